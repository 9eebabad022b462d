# Sourced by run: the faults. Each row is three functions: row_X says what it is and what Rollcall must hold,
# fault_X does it, since_X (if asked) names instances and the moment from which each should be in use.
# shellcheck shell=bash disable=SC2034,SC2154 # the variables are read by run

all_rows=(more fewer kill stop pause cut half rolling lossy frozen-half cut-half flapping mixed frozen-all killed-all only)

row_defaults() {
  start=4          # upstreams
  peace=3          # seconds before the fault
  seconds=15       # seconds from the fault on
  worst_limit=500  # ms that a client may wait at most
  used_limit=      # ms until those of since_X must be in use
  used_what=
  out_limit=       # ms until $victim must be off the roll
  victim=
}

row_more() { what="scale 4 to 8"; seconds=12; used_limit=1000; used_what="all new ones"; }
fault_more() { before=$(containers upstream); up 8; }
since_more() { local id; for id in $(containers upstream); do grep -q "$id" <<<"$before" || listening "$id"; done; }

row_fewer() { what="scale 8 to 4"; start=8; }
fault_fewer() { up 4; }

row_kill() { what="kill -9 one"; worst_limit=250; out_limit=200; }
fault_kill() { choose 1; docker kill -s KILL $victim >/dev/null; }

row_stop() { what="stop one"; worst_limit=100; }
fault_stop() { choose 1; docker stop -t 45 $victim >/dev/null; }

row_pause() { what="pause one"; worst_limit=1000; seconds=25; used_limit=5000; used_what="thawed"; out_limit=1000; }
fault_pause() { choose 1; docker pause $victim >/dev/null; sleep 15; since=$(now); docker unpause $victim >/dev/null; }
since_pause() { echo "$(name $victim)=$since"; }

row_cut() { what="network cut to one"; worst_limit=1000; seconds=30; used_limit=2000; used_what="reconnected"; out_limit=1000; }
fault_cut() {
  choose 1
  docker network disconnect "${COMPOSE_PROJECT_NAME}_rollcall" $victim
  sleep 15
  since=$(now)
  docker network connect --alias upstream "${COMPOSE_PROJECT_NAME}_rollcall" $victim
}
since_cut() { echo "$(name $victim)=$since"; }

row_half() { what="kill half at once"; }
fault_half() { choose 2; docker kill -s KILL $victim >/dev/null; }

row_rolling() { what="rolling restart of all"; seconds=30; }
fault_rolling() {
  local id
  for id in $(containers upstream); do
    docker restart -t 45 "$id" >/dev/null
    sleep 3
  done
}

# The kernel sends again after 0.2, 0.4, 0.8, 1.7 and 3.3 s in all. Of some 350 requests one in 600 is lost four times, one
# in 3000 five times, whoever sends it.
row_lossy() { what="one loses 20 % of its packets"; worst_limit=3500; }
fault_lossy() {
  choose 1
  nsenter -t "$(docker inspect -f '{{.State.Pid}}' $victim)" -n \
    iptables -A INPUT -m statistic --mode random --probability 0.2 -j DROP
}

row_frozen-half() { what="pause half at once"; worst_limit=1000; seconds=25; used_limit=5000; used_what="thawed"; }
fault_frozen-half() { choose 2; docker pause $victim >/dev/null; sleep 15; since=$(now); docker unpause $victim >/dev/null; }
since_frozen-half() { local id; for id in $victim; do echo "$(name "$id")=$since"; done; }

row_cut-half() { what="network cut to half"; worst_limit=1000; seconds=30; used_limit=2000; used_what="reconnected"; }
fault_cut-half() {
  local id
  choose 2
  for id in $victim; do docker network disconnect "${COMPOSE_PROJECT_NAME}_rollcall" "$id"; done
  sleep 15
  since=$(now)
  for id in $victim; do docker network connect --alias upstream "${COMPOSE_PROJECT_NAME}_rollcall" "$id"; done
}
since_cut-half() { since_frozen-half; }

row_flapping() { what="one killed and started, five times"; seconds=25; }
fault_flapping() {
  local id i
  id=$(containers upstream | head -n 1)
  for i in 1 2 3 4 5; do
    docker kill -s KILL "$id" >/dev/null
    sleep 2
    docker start "$id" >/dev/null
    sleep 1.5
  done
}

row_mixed() { what="of six one killed, one frozen, one stopped, then scaled to 8"; seconds=30; worst_limit=1000; start=6; }
fault_mixed() {
  local ids
  mapfile -t ids < <(containers upstream)
  docker pause "${ids[0]}" >/dev/null
  docker kill -s KILL "${ids[1]}" >/dev/null
  docker stop -t 45 "${ids[2]}" >/dev/null
  up 8
  sleep 8
  docker unpause "${ids[0]}" >/dev/null
}

row_frozen-all() { what="pause all for 2 s"; worst_limit=3500; }
fault_frozen-all() { choose 4; docker pause $victim >/dev/null; sleep 2; docker unpause $victim >/dev/null; }

row_killed-all() { what="kill all and start them"; worst_limit=3500; }
fault_killed-all() { choose 4; docker kill -s KILL $victim >/dev/null; docker start $victim >/dev/null; }

row_only() { what="restart the only one"; start=1; worst_limit=3500; }
fault_only() { docker restart -t 45 "$(containers upstream)" >/dev/null; }

# choose N: the first of the containers become the victims
choose() { victim=$(containers upstream | head -n "$1"); }

# listening ID: its name and when it began to listen, in ms
listening() {
  local at
  at=$(grep -h ' listening on ' "$JOURNAL/$(name "$1")" | tail -n 1 | cut -d' ' -f1)
  echo "$(name "$1")=$(date -u -d "${at:-00:00}" +%s%3N)"
}
