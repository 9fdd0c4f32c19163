#!/bin/bash
# cluster_ratio.sh [BOOTS [ROUNDS [WIDTH]]]: what a suite on Slurm costs beside the same plan on one
# machine, and beside an array job of the same parts that nobody follows or merges. Starts a Slurm on
# loopback (ci/slurm.sh) with WIDTH nodes of one processor, and runs the three by turns, another one
# first in each round. Prints the medians, and the ratios of the medians.
#
# On this one machine the nodes and the local run have the same processors. Where others have them, too,
# the load that is printed is above WIDTH, and the ratios tell little.
set -euo pipefail
cd "$(dirname "$0")/.."
boots=${1:-500} rounds=${2:-5} width=${3:-$(nproc)}
. ci/cluster_suite.sh
begin_slurm "$width"
write_suite "$boots"
"$program" plan . --parts "$width" -o plan.json >/dev/null

on_one_machine() { "$program" run --plan plan.json -j "$width" -q --out "one-$1" >"told-one-$1"; }
on_slurm() { "$program" run --plan plan.json --on slurm -j "$width" -q --out "slurm-$1" >"told-slurm-$1"; }
bare_array() {
  local job
  job=$(sbatch --parsable --output="$work/bare-%a.log" --array="1-$width%$width" \
    --wrap "exec '$program' run --plan plan.json --part \$SLURM_ARRAY_TASK_ID --out bare-$1/part-\$SLURM_ARRAY_TASK_ID -j 1 -q")
  # sbatch --wait looks at ever longer intervals.
  while [ -n "$(squeue --noheader --jobs="$job" --states=PENDING,RUNNING,COMPLETING 2>/dev/null)" ]; do
    sleep 0.2
  done
}
ran() { find "$1" -name result.json -not -path '*/.cluster/*' | wc -l; }
time_of() {  # of the command $1 in round $2, in milliseconds, to the file of that name
  local start=${EPOCHREALTIME/./}
  "$1" "$2"
  echo $(((${EPOCHREALTIME/./} - start) / 1000)) >>"$work/$1"
}

for ((round = 0; round < rounds; ++round)); do
  for ((i = 0; i < 3; ++i)); do
    case $(((i + round) % 3)) in
      0) time_of on_one_machine "$round" && [ "$(ran "one-$round")" = "$boots" ] ;;
      1) time_of on_slurm "$round" && [ "$(ran "slurm-$round")" = "$boots" ] ;;
      2) time_of bare_array "$round" && [ "$(ran "bare-$round")" = "$boots" ] ;;
    esac || { echo "cluster_ratio.sh: not all boots have a result" >&2; exit 1; }
  done
  rm -rf one-* slurm-* bare-*
done
median() { sort -n "$work/$1" | sed -n "$(((rounds + 1) / 2))p"; }
awk -v one="$(median on_one_machine)" -v slurm="$(median on_slurm)" -v bare="$(median bare_array)" \
  -v boots="$boots" -v rounds="$rounds" -v width="$width" -v load="$(cut -d' ' -f1 /proc/loadavg)" 'BEGIN {
  printf "%d boots, %d at a time, medians of %d rounds: one machine %.1f s, Slurm %.1f s, a bare array %.1f s\n",
    boots, width, rounds, one / 1000, slurm / 1000, bare / 1000
  printf "Slurm is %.3f times one machine, %.3f times the bare array; load %s\n", slurm / one, slurm / bare, load }'
