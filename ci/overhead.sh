#!/bin/bash
# overhead.sh [SCENARIO [N]]: what uniharness costs over QEMU alone. Runs the scenario with
# --no-build, and the command line that --dry-run prints, by turns, N times each; prints the
# medians and their ratio: of processor time (user and system, of all processes of a side), and of
# wall time, which says nothing where others work on the machine, too.
set -euo pipefail
cd "$(dirname "$0")/.."
scenario=${1:-scenarios/smoke.yaml}
rounds=${2:-101}
program=${UNIHARNESS:-build/release/uniharness}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

eval "bare=($("$program" run "$scenario" --dry-run))"
TIMEFORMAT='%3U %3S'
# Of a command: microseconds of wall time and of processor time, its children's with it. Its output and
# status are not of interest here.
cost() {
  local start=${EPOCHREALTIME/./} used
  used=$({ time "$@" >"$out/output" 2>&1 </dev/null; } 2>&1) || true
  echo "$((${EPOCHREALTIME/./} - start)) $(awk '{printf "%d", 1000000 * ($1 + $2)}' <<<"$used")"
}
for ((i = 0; i < rounds; ++i)); do
  cost "${bare[@]}" >>"$out/bare"
  cost "$program" run "$scenario" --no-build --out "$out/report" >>"$out/harness"
done
median() { cut -d" " -f"$2" "$out/$1" | sort -n | sed -n "$(((rounds + 1) / 2))p"; }
ratio() {  # NAME COLUMN
  awk -v b="$(median bare "$2")" -v h="$(median harness "$2")" -v name="$1" 'BEGIN {
    printf "  %s: bare QEMU %.1f ms, uniharness run %.1f ms, ratio %.3f\n", name, b/1000, h/1000, h/b }'
}
load=$(cut -d" " -f1 /proc/loadavg)
echo "medians of $rounds, load $load:"
ratio "processor time" 2
# One of the two runs at a time: anything beyond is the load of others.
if awk -v load="$load" -v cores="$(nproc)" 'BEGIN {exit !(load > cores)}'; then
  echo "  wall time: not comparable, others work here, too"
else
  ratio "wall time" 1
fi
