# Sourced: the open-loop client (Load.java) in the background, and what it saw (Verdict.java). Needs $work and $root.
# shellcheck shell=bash

mkdir -p "$work/classes" "$work/no-journal"
javac --release 17 -d "$work/classes" "$root"/bench/faults/*.java || { echo "javac failed (expected: JDK 17 or newer)" >&2; exit 1; }

# load_start RATE SECONDS POST-EVERY
load_start() {
  java -Xmx256m -XX:+UseSerialGC -cp "$work/classes" Load "http://127.0.0.1:$ROLLCALL_HTTP_PORT/" "$1" "$2" "$3" "$work/load.csv" &
  load_pid=$!
}

load_end() { wait "$load_pid"; }

# verdict FAULT-MS [NAME=SINCE-MS …]: sets v_failed, v_worst and Verdict's other words; $JOURNAL, if set, is where
# the upstreams wrote what reached them
verdict() {
  local word
  for word in $(java -cp "$work/classes" Verdict "$work/load.csv" "${JOURNAL:-$work/no-journal}" "$@"); do
    printf -v "v_${word%%=*}" %s "${word#*=}"
  done
}
