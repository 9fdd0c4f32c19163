#!/bin/bash
# suite_overhead.sh [SCENARIO [N [ROUNDS]]]: what a suite costs over QEMU alone. Runs N copies of the
# scenario as one suite, as many at a time as there are processors, and N times the command line
# that --dry-run prints through xargs -P, by turns, the one and the other first; prints the median of
# the ratios of the pairs, with the half of them that lies in the middle.
#
# The reports go below ${TMPDIR:-/tmp}: FRESH=1 (as is) gives each round a folder of its own, as CI
# does, FRESH=0 writes over the reports of the round before. What a file system takes to make and
# free files is in the ratio: an ext4 without a journal looks at each inode that was freed in the
# last minutes before it gives out a new one, and one that is mounted with `discard` waits for the disk.
set -euo pipefail
cd "$(dirname "$0")/.."
scenario=${1:-scenarios/smoke.yaml}
count=${2:-40}
rounds=${3:-11}
fresh=${FRESH:-1}
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

suite() {
  "$program" run "$out/*.yaml" --no-build -q -j "$jobs" --out "$out/reports$((fresh ? $1 : 0))"
  cp "$out/output" "$out/suite_output"
}
xargs_suite() { xargs -P "$jobs" -L 1 "${bare%% *}" <"$out/commands"; }
microseconds() {  # of a command; its output and status are not of interest here
  local start=${EPOCHREALTIME/./}
  "$@" >"$out/output" 2>&1 || true
  echo $((${EPOCHREALTIME/./} - start))
}
for ((i = 1; i <= rounds; ++i)); do
  if ((i % 2)); then
    b=$(microseconds xargs_suite) s=$(microseconds suite "$i")
  else
    s=$(microseconds suite "$i") b=$(microseconds xargs_suite)
  fi
  echo "$b $s $((1000 * s / b))"
done >"$out/times"
grep -q "$count passed" "$out/suite_output" || { cat "$out/suite_output" >&2; exit 1; }
# at COLUMN QUARTER: 2 is the median of the column
at() { cut -d" " -f"$1" "$out/times" | sort -n | sed -n "$(((rounds - 1) * $2 / 4 + 1))p"; }
awk -v b="$(at 1 2)" -v s="$(at 2 2)" -v lo="$(at 3 1)" -v r="$(at 3 2)" -v hi="$(at 3 3)" \
    -v n="$rounds" -v c="$count" -v j="$jobs" -v f="$(stat -f -c %T "$out")" 'BEGIN {
  printf "%d boots, %d at a time, %d pairs, reports on %s: bare QEMU through xargs %.0f ms, uniharness run %.0f ms, ", c, j, n, f, b/1000, s/1000
  printf "ratio %.3f [%.3f..%.3f]\n", r/1000, lo/1000, hi/1000 }'
cut -d" " -f1-3 /proc/loadavg | sed "s/^/load now: /"
