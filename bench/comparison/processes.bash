# Sourced: what a comparison needs of the machine: cores, tools, ports, processes and the time that they took.
# shellcheck shell=bash

children=()
ticks=$(getconf CLK_TCK)

# The first cores are the proxy's, the others drive it.
choose_cores() {
  local cores
  cores=$(nproc)
  [ "$cores" -gt "$workers" ] || fail "$cores cores (expected: more than the $workers of the proxy)"
  proxy_cores=0-$((workers - 1))
  load_cores=$workers-$((cores - 1))
  load_threads=$((cores - workers))
}

# Idle connections that fit into the descriptors: HAProxy wants two for each.
choose_limits() {
  ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"
  descriptors=$(ulimit -n)
  idle_connections=$(((descriptors - 1000) / 2))
  [ "$idle_connections" -le 10000 ] || idle_connections=10000
}

require_tools() {
  local missing=()
  command -v nginx >/dev/null || missing+=(nginx-light)
  command -v haproxy >/dev/null || missing+=(haproxy)
  command -v wrk >/dev/null || missing+=(wrk)
  command -v h2load >/dev/null || missing+=(nghttp2-client)
  command -v openssl >/dev/null || missing+=(openssl)
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "missing: ${missing[*]} (expected: installed, or root on Debian)"
  note "installing ${missing[*]}"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$work/apt.log" 2>&1 || {
    tail -5 "$work/apt.log" >&2
    fail "apt-get install ${missing[*]} failed"
  }
}

find_java() {
  local javac=javac
  java=java
  [ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java javac=$JAVA_HOME/bin/javac
  jdk=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
  [ "${jdk:-0}" -ge 17 ] || fail "Java ${jdk:-is missing} (expected: JDK 17 or newer in JAVA_HOME or on the PATH)"
  mkdir -p "$work/classes"
  "$javac" --release 17 -d "$work/classes" "$here"/*.java || fail "javac failed"
}

# Also when a source is newer: the numbers are said to be those of the commit.
build_if_stale() {
  local jar=$1/proxy/target/rollcall-proxy.jar
  [ ! -e "$jar" ] || [ -n "$(find "$1"/{discovery,proxy}/src/main -newer "$jar" -type f -print -quit)" ] || return 0
  note "building $1"
  (cd "$1" && mvn -q -B -Dfast -Dmaven.test.skip=true -pl proxy -am package) >&2 || fail "the build failed"
}

# A port of the loopback interface that nobody uses; each call another.
next_port=$((20000 + RANDOM % 8000))
free_port() {
  while next_port=$((next_port + 1)); (exec 3<>"/dev/tcp/127.0.0.1/$next_port") 2>/dev/null; do :; done
  port=$next_port
}

# start CORES NAME COMMAND…: a process of ours on these cores, its output in a file; $pid is its id
start() {
  local cores=$1 log=$work/$2.log
  shift 2
  taskset -c "$cores" "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  children+=("$pid")
}

# await_port PORT NAME: until somebody listens there
await_port() {
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.1
  done
  tail -5 "$work/$2.log" >&2
  fail "$2 doesn't listen"
}

stop_all() {
  local child
  for child in "${children[@]}"; do kill "$child" 2>/dev/null; done
  for child in "${children[@]}"; do wait "$child" 2>/dev/null; done
}

# A process and all its children, one id a line.
tree() {
  printf '%s\n' "$1"
  local child
  for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do tree "$child"; done
}

# Ticks that a process tree has run: utime + stime of each (proc(5)).
cpu_of() {
  local id
  for id in $(tree "$1"); do sed 's/.*) //' "/proc/$id/stat" 2>/dev/null; done | awk '{ sum += $12 + $13 } END { print sum + 0 }'
}

# KB of memory that a process tree holds, what its processes share counted once.
memory_of() {
  local id
  for id in $(tree "$1"); do cat "/proc/$id/smaps_rollup" 2>/dev/null; done | awk '/^Pss:/ { sum += $2 } END { print sum + 0 }'
}

# Ticks that the load's cores have run or idled: "busy idle"
load_ticks() {
  awk -v from="${load_cores%-*}" -v to="${load_cores#*-}" '
    /^cpu[0-9]/ { n = substr($1, 4) + 0; if (n >= from && n <= to) { busy += $2 + $3 + $4 + $7 + $8; idle += $5 + $6 } }
    END { print busy, idle }' /proc/stat
}
