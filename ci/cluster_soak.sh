#!/bin/bash
# cluster_soak.sh [BOOTS [KILLS]]: a suite of BOOTS on a Slurm on loopback (ci/slurm.sh) of which KILLS
# times a node loses its power while it boots guests, and comes back. Checks that every instance has
# exactly one result, that none was lost and none counted twice, and prints the figures. Exit status 1
# where that does not hold.
set -euo pipefail
cd "$(dirname "$0")/.."
boots=${1:-300} kills=${2:-2}
. ci/cluster_suite.sh
PATIENCE=5 begin_slurm 3
write_suite "$boots"
start=$EPOCHSECONDS
"$program" run . --on slurm -j 3 -q --out out >told 2>&1 &
client=$!
mine+=($client)
done_so_far() { find out/.cluster -name result.json 2>/dev/null | wc -l; }
# A node that boots something now: whoever runs the first task that the queue tells of.
busy_node() { squeue --noheader --states=RUNNING --format=%N 2>/dev/null | head -n 1; }

# When Slurm has noticed that the node is gone.
come_back() {
  while [ "$(sinfo --noheader --nodes="$1" --format=%t)" != down ] && kill -0 $client 2>/dev/null; do
    sleep 0.5
  done
  sh "$source/ci/slurm.sh" node "$work/slurm" "$1" || true
}

killed=0 returning=()
while kill -0 $client 2>/dev/null && [ $killed -lt "$kills" ]; do
  if [ "$(done_so_far)" -ge $((boots * (killed + 1) / (kills + 1))) ]; then
    node=$(busy_node)
    if [ -n "$node" ]; then
      sh "$source/ci/slurm.sh" kill-node "$work/slurm" "$node"
      killed=$((killed + 1))
      echo "$node is gone after $(done_so_far) of $boots boots"
      come_back "$node" &
      returning+=($!)
      mine+=($!)
    fi
  fi
  sleep 1  # counting takes a tenth of a second where there are 10,000
done
status=0
wait $client || status=$?
seconds=$((EPOCHSECONDS - start))
[ ${#returning[@]} = 0 ] || wait "${returning[@]}"
python3 - "$boots" "$status" "$killed" "$kills" "$seconds" <<'END'
import collections, json, sys
boots, status, killed, kills, seconds = map(int, sys.argv[1:])
suite = json.load(open("out/summary.json"))
names = collections.Counter(one["name"] for one in suite["instances"])
outcomes = collections.Counter(one["outcome"] for one in suite["instances"])
twice = sum(count > 1 for count in names.values()) + sum(" ran " in note and " times" in note for note in suite["notes"])
load = open("/proc/loadavg").read().split()[0]
print(f"{boots} boots, {killed} nodes killed: {dict(outcomes)}, {outcomes['lost']} lost, {twice} twice; "
      f"exit status {status}, {seconds} s, load {load}")
sys.exit(not (len(names) == boots and outcomes == {"passed": boots} and twice == 0 and status == 0 and killed == kills))
END
