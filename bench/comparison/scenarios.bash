# Sourced: what is measured. Each scenario drives one proxy for some seconds and sets requests, errors, p50, p99, p999.
# shellcheck shell=bash

all_scenarios=get100,get100-1000,get10k,get1m,post10k,rate,new,tls,tls-new,tls-resumed,h2,h2c,ws,idle

declare -A title=(
  [get100]="GET 100 B, 64 connections"
  [get100-1000]="GET 100 B, 1000 connections"
  [get10k]="GET 10 KB, 64 connections"
  [get1m]="GET 1 MB, 32 connections"
  [post10k]="POST 10 KB, 64 connections"
  [rate]="GET 100 B at 60 % of what nginx can"
  [new]="GET 100 B, a connection each"
  [tls]="TLS: GET 100 B, 64 connections"
  [tls-new]="TLS: new session each"
  [tls-resumed]="TLS: resumed session each"
  [h2]="HTTP/2 over TLS: GET 100 B, 16 × 16 streams"
  [h2c]="HTTP/2 in clear: GET 100 B, 16 × 16 streams"
  [ws]="WebSocket: 100 B echoed, 64 connections"
  [idle]="up to 10 000 idle connections"
)

scenario_get100() { drive_wrk 64 "http://127.0.0.1:${http[$1]}/100" "$2"; }
scenario_get100_1000() { drive_wrk 1000 "http://127.0.0.1:${http[$1]}/100" "$2"; }
scenario_get10k() { drive_wrk 64 "http://127.0.0.1:${http[$1]}/10k" "$2"; }
scenario_get1m() { drive_wrk 32 "http://127.0.0.1:${http[$1]}/1m" "$2"; }
scenario_post10k() { drive_wrk 64 "http://127.0.0.1:${http[$1]}/post" "$2" -- post; }
scenario_new() { drive_wrk 64 "http://127.0.0.1:${http[$1]}/100" "$2" -H "Connection: close"; }
scenario_tls() { drive_wrk 64 "https://127.0.0.1:${https[$1]}/100" "$2"; }
scenario_tls_new() { drive_s_time "$1" "$2" -new; }
scenario_tls_resumed() { drive_s_time "$1" "$2" -reuse; }
scenario_h2() { drive_h2load "$2" -c16 -m16 "https://127.0.0.1:${https[$1]}/100"; }
scenario_h2c() { drive_h2load "$2" -c16 -m16 "http://127.0.0.1:${h2c[$1]}/100"; }

# At the same rate for all: here only the times count.
scenario_rate() {
  if [ -z "${rate-}" ]; then
    drive_wrk 64 "http://127.0.0.1:${http[nginx]}/100" 2
    rate=$((requests * 60 / 100 / 2))
  fi
  drive_h2load "$2" --h1 -c64 --rps="$((rate / 64))" "http://127.0.0.1:${http[$1]}/100"
}

scenario_ws() {
  read -r requests errors p50 p99 p999 < <(taskset -c "$load_cores" "$java" -Xmx64m -XX:+UseSerialGC -cp "$work/classes" \
    WebSocketLoad "${http[$1]}" 64 "$2")
}

# Memory in KB a connection: opened, one request each, then silent.
scenario_idle() {
  local before after
  before=$(memory_of "$(process_of "$1" idle)")
  coproc IDLE { taskset -c "$load_cores" "$java" -Xmx256m -XX:+UseSerialGC -cp "$work/classes" IdleLoad "${http[$1]}" "$idle_connections"; }
  read -r requests errors <&"${IDLE[0]}"
  sleep 1
  after=$(memory_of "$(process_of "$1" idle)")
  echo >&"${IDLE[1]}"
  wait "$IDLE_PID" 2>/dev/null
  p50=0 p99=0 p999=0
  each=$(awk -v b="$before" -v a="$after" -v n="$requests" 'BEGIN { printf "%.1f", n ? (a - b) / n : 0 }')
}

# drive_wrk CONNECTIONS URL SECONDS [OPTION…] [-- ARGUMENT]
drive_wrk() {
  local connections=$1 url=$2 duration=$3 options=() word
  shift 3
  while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
  read -r word requests errors p50 p99 p999 < <(taskset -c "$load_cores" wrk -t"$load_threads" -c"$connections" -d"$duration" \
    "${options[@]}" -s "$here/wrk.lua" "$url" "$@" | grep '^result') || requests=0 errors=1
}

# drive_h2load SECONDS OPTION…
drive_h2load() {
  local duration=$1 log=$work/h2load.csv
  shift
  : >"$log"
  taskset -c "$load_cores" h2load -t"$load_threads" -D"$duration" --log-file="$log" "$@" >"$work/h2load.log" 2>&1
  requests=$(awk '/^requests:/ { print $8 }' "$work/h2load.log")
  errors=$(awk '/^requests:/ { print $10 + $12 }' "$work/h2load.log")
  read -r p50 p99 p999 < <(cut -f3 "$log" | sort -n | awk '{ v[NR] = $1 }
    END { printf "%.3f %.3f %.3f\n", v[int(NR * .5) + 1] / 1000, v[int(NR * .99) + 1] / 1000, v[int(NR * .999) + 1] / 1000 }')
}

# drive_s_time PROXY SECONDS -new|-reuse: four clients, one handshake after the other, a request in each
drive_s_time() {
  local i clients=()
  for i in 1 2 3 4; do
    taskset -c "$load_cores" openssl s_time -connect "127.0.0.1:${https[$1]}" -www /100 "$3" -time "$2" >"$work/s_time.$i" 2>&1 &
    clients+=($!)
  done
  wait "${clients[@]}"
  requests=$(cat "$work"/s_time.* | awk '/ connections in [0-9]+ real seconds/ { sum += $1 } END { print sum + 0 }')
  errors=0 p50=0 p99=0 p999=0
}
