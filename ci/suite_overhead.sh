#!/bin/bash
# suite_overhead.sh [SCENARIO [N [ROUNDS]]]: what a suite costs over QEMU alone. Runs N copies of the
# scenario as one suite, as many at a time as there are processors, and N times the command line
# that --dry-run prints through xargs -P, by turns; prints the medians and their ratio.
set -euo pipefail
cd "$(dirname "$0")/.."
scenario=${1:-scenarios/smoke.yaml}
count=${2:-40}
rounds=${3:-11}
program=$(realpath "${UNIHARNESS:-build/release/uniharness}")
jobs=$(nproc)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

name=$(sed -n 's/^name: *//p' "$scenario")
for ((i = 0; i < count; ++i)); do
  sed "s/^name: .*/name: $name-$i/" "$scenario" >"$out/$i.yaml"
done
bare=$("$program" run "$scenario" --dry-run)
for ((i = 0; i < count; ++i)); do
  echo "${bare#* }"
done >"$out/commands"

suite() { "$program" run "$out/*.yaml" --no-build -q -j "$jobs" --out "$out/reports"; }
xargs_suite() { xargs -P "$jobs" -L 1 "${bare%% *}" <"$out/commands"; }
microseconds() {  # of a command; its output and status are not of interest here
  local start=${EPOCHREALTIME/./}
  "$@" >"$out/output" 2>&1 || true
  echo $((${EPOCHREALTIME/./} - start))
}
for ((i = 0; i < rounds; ++i)); do
  microseconds xargs_suite >>"$out/bare"
  microseconds suite >>"$out/suite"
done
grep -q "$count passed" "$out/output" || { cat "$out/output" >&2; exit 1; }
median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }
b=$(median "$out/bare") s=$(median "$out/suite")
awk -v b="$b" -v s="$s" -v n="$rounds" -v c="$count" -v j="$jobs" 'BEGIN {
  printf "%d boots, %d at a time, median of %d: bare QEMU through xargs %.0f ms, uniharness run %.0f ms, ratio %.3f\n",
         c, j, n, b/1000, s/1000, s/b }'
cut -d" " -f1-3 /proc/loadavg | sed "s/^/load now: /"
