#!/bin/bash
# overhead.sh [SCENARIO [N]]: what uniharness costs over QEMU alone. Runs the scenario with
# --no-build, and the command line that --dry-run prints, by turns, N times each; prints the
# medians and their ratio.
set -euo pipefail
cd "$(dirname "$0")/.."
scenario=${1:-scenarios/smoke.yaml}
rounds=${2:-101}
program=build/release/uniharness
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

eval "bare=($("$program" run "$scenario" --dry-run))"
microseconds() {  # of a command; its output and status are not of interest here
  local start=${EPOCHREALTIME/./}
  "$@" >"$out/output" 2>&1 </dev/null || true
  echo $((${EPOCHREALTIME/./} - start))
}
for ((i = 0; i < rounds; ++i)); do
  microseconds "${bare[@]}" >>"$out/bare"
  microseconds "$program" run "$scenario" --no-build --out "$out/report" >>"$out/harness"
done
median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }
b=$(median "$out/bare") h=$(median "$out/harness")
awk -v b="$b" -v h="$h" -v n="$rounds" 'BEGIN {
  printf "median of %d: bare QEMU %.1f ms, uniharness run %.1f ms, ratio %.3f\n", n, b/1000, h/1000, h/b }'
