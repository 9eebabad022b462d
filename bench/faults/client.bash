# Sourced: the open-loop client (Load.java) in the background, and what it saw (Verdict.java). Needs $work and $root.
# shellcheck shell=bash

mkdir -p "$work/classes" "$work/journal"
chmod 777 "$work" "$work/journal" # the containers' user writes here
javac --release 17 -d "$work/classes" "$root"/bench/faults/*.java || { echo "javac failed (expected: JDK 17 or newer)" >&2; exit 1; }

# load_start RATE SECONDS POST-EVERY
load_start() {
  java -Xmx256m -XX:+UseSerialGC -cp "$work/classes" Load "http://127.0.0.1:$ROLLCALL_HTTP_PORT/" "$1" "$2" "$3" "$work/load.csv" &
  load_pid=$!
}

load_end() { wait "$load_pid"; }

# verdict FAULT-MS [NAME=SINCE-MS …]: sets v_failed, v_worst and Verdict's other words
verdict() {
  local word
  for word in $(java -cp "$work/classes" Verdict "$work/load.csv" "$work/journal" "$@"); do
    printf -v "v_${word%%=*}" %s "${word#*=}"
  done
}
