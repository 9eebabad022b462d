# Sourced by the container tests: a Compose project of its own on free ports, questions to it, and counted checks.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
passed=0
failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/rollcall.XXXXXX")

# The Compose of this machine; COMPOSE='docker compose' chooses.
if [ -z "${COMPOSE:-}" ]; then
  if command -v docker-compose >/dev/null; then COMPOSE=docker-compose; else COMPOSE='docker compose'; fi
fi

say() { printf '%s\n' "$*"; }

# ---- checks

ok() { passed=$((passed + 1)); say "ok      $*"; }
not_ok() { failed=$((failed + 1)); say "NOT OK  $*"; }

# expect WHAT EXPECTED ACTUAL
expect() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1: $3 (expected: $2)"; fi; }

# at_most WHAT LIMIT ACTUAL: for whole numbers
at_most() { if [ "$3" -le "$2" ] 2>/dev/null; then ok "$1: $3"; else not_ok "$1: $3 (expected: at most $2)"; fi; }

# in_time WHAT LIMIT-MS ACTUAL-MS: a time is judged by hand, on a quiet machine. Where ROLLCALL_PATIENCE is a number, as
# in CI, whose machines are noisy, only what takes that many times as long is a failure; what is merely late is said.
in_time() {
  local patience=${ROLLCALL_PATIENCE:-1}
  if [ "$3" -gt "$2" ] 2>/dev/null && [ "$3" -le $(($2 * patience)) ]; then
    say "late    $1: $3 (aim: at most $2)"
    passed=$((passed + 1))
  else
    at_most "$1" "$2" "$3"
  fi
}

# within WHAT LIMIT-MS COMMAND…: the command must come true in that time
within() {
  local what=$1 limit=$2
  shift 2
  in_time "$what, ms" "$limit" "$(until_true $((limit * ${ROLLCALL_PATIENCE:-1} + 10000)) "$@")"
}

# counts: the last line of each test; its exit code says whether all is well
counts() { say "$passed passed, $failed failed"; [ "$failed" -eq 0 ]; }

now() { date +%s%3N; }

# until_true LIMIT-MS COMMAND…: tries every 50 ms; prints the ms that it took
until_true() {
  local limit=$1 start
  start=$(now)
  shift
  until "$@" >/dev/null 2>&1; do
    if [ $(($(now) - start)) -gt "$limit" ]; then echo "more than $limit"; return 1; fi
    sleep 0.05
  done
  echo $(($(now) - start))
}

# ---- a project

# open_stack NAME FILE…: names the project and chooses its ports; nothing runs yet
open_stack() {
  local file
  export COMPOSE_PROJECT_NAME="rollcall-$1-$$"
  shift
  compose_files=()
  for file in "$@"; do compose_files+=(-f "$root/$file"); done
  ROLLCALL_HTTP_PORT=$(free_port)
  ROLLCALL_ADMIN_PORT=$(free_port)
  ROLLCALL_HTTP_PORT_2=$(free_port)
  ROLLCALL_ADMIN_PORT_2=$(free_port)
  export ROLLCALL_HTTP_PORT ROLLCALL_ADMIN_PORT ROLLCALL_HTTP_PORT_2 ROLLCALL_ADMIN_PORT_2
}

# shellcheck disable=SC2086 # `docker compose` is two words
compose() { $COMPOSE "${compose_files[@]}" "$@" </dev/null; }

close_stack() { compose down --volumes --timeout 3 >>"$work/compose.log" 2>&1; }

# up N: the project with N upstreams
up() { compose up -d --no-build --scale "upstream=$1" >>"$work/compose.log" 2>&1 || { tail -5 "$work/compose.log"; return 1; }; }

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# containers SERVICE [-a]: ids, one a line; only the running ones without -a
containers() {
  docker ps -q --no-trunc "${@:2}" --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" \
    --filter "label=com.docker.compose.service=$1"
}

# ---- questions

# hello [PORT]: who answers a request on a new connection
hello() { curl -s --max-time 5 -H 'Accept: text/plain' "http://127.0.0.1:${1:-$ROLLCALL_HTTP_PORT}/" | sed -n 's/^Hello from //p'; }

# hellos N [PORT]: who answers N requests, one name a line
hellos() { local i; for ((i = 0; i < $1; i++)); do hello "${2:-}"; done; }

admin() { curl -s --max-time 5 "http://127.0.0.1:$ROLLCALL_ADMIN_PORT$1"; }

# roll STATE: names of the instances in this state
roll() { admin /api/v1/services | tr '{' '\n' | grep "\"state\":\"$1\"" | sed -n 's/.*"name":"\([^"]*\)".*/\1/p'; }

# answering N: exactly N instances are up, and N different names answer in turn
answering() { [ "$(roll up | wc -l)" -eq "$1" ] && [ "$(hellos "$1" | sort -u | wc -l)" -eq "$1" ]; }

is_up() { roll up | grep -qx "$1"; }
is_not_up() { ! is_up "$1"; }

# name ID: what the container calls itself
name() { echo "${1:0:12}"; }
