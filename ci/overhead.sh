#!/bin/bash
# overhead.sh [SCENARIO [N]]: what uniharness costs over QEMU alone, and over the least that a harness
# can do (harness/bench/least_harness.c). Runs the command line that --dry-run prints, the same by that
# program, and the scenario with --no-build, by turns, N times each, and prints
#   processor time (user and system, of all processes of a side): the mean of each, and the median of
#     the ratios of the turns, with the half of them that lies in the middle;
#   wall time, the same way, which says nothing where others work on the machine, too.
set -euo pipefail
cd "$(dirname "$0")/.."
scenario=${1:-scenarios/smoke.yaml}
rounds=${2:-101}
program=${UNIHARNESS:-build/release/uniharness}
least=$(dirname "$program")/tools/least_harness
[ -x "$least" ] || { echo "overhead.sh: there is no $least: ninja -C $(dirname "$program") least_harness" >&2; exit 2; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

eval "bare=($("$program" run "$scenario" --dry-run))"
"$least" "${bare[@]}" >/dev/null || { echo "overhead.sh: $scenario does not end with pass" >&2; exit 1; }
run() {  # SIDE
  case $1 in
    1) "${bare[@]}" ;;
    2) "$least" "${bare[@]}" ;;
    3) "$program" run "$scenario" --no-build --out "$out/report" ;;
  esac
}
. ci/cost.sh
for ((i = 0; i < rounds; ++i)); do
  # Who begins changes with each turn: what the one leaves in caches is not always the next one's.
  for ((k = 0; k < 3; ++k)); do
    side=$(((i + k) % 3 + 1))
    costs[side]=$(cost run "$side")
  done
  echo "${costs[1]} ${costs[2]} ${costs[3]}"
done >"$out/times"
print_costs "$out/times" "bare QEMU" "the least harness" "uniharness run" "$(nproc)"
