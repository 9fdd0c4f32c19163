#!/bin/bash
# suite_overhead.sh [SCENARIO [N [ROUNDS]]]: what a suite costs over QEMU alone. Runs N copies of the
# scenario as one suite, as many at a time as there are processors, and N times the command line
# that --dry-run prints through xargs -P, by turns, the one and the other first; prints the median of
# the ratios of the pairs, with the half of them that lies in the middle: of processor time (user and
# system, of all processes of a side), and of wall time, which says nothing on a machine where others
# work, too: a scheduler that gives each session its share makes the one or the other side wait.
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
TIMEFORMAT='%3U %3S'
# Of a command: microseconds of wall time and of processor time, its children's with it. Its output and
# status are not of interest here.
cost() {
  local start=${EPOCHREALTIME/./} used
  used=$({ time "$@" >"$out/output" 2>&1; } 2>&1) || true
  echo "$((${EPOCHREALTIME/./} - start)) $(awk '{printf "%d", 1000000 * ($1 + $2)}' <<<"$used")"
}
for ((i = 1; i <= rounds; ++i)); do
  if ((i % 2)); then
    b=$(cost xargs_suite) s=$(cost suite "$i")
  else
    s=$(cost suite "$i") b=$(cost xargs_suite)
  fi
  echo "${b% *} ${s% *} $((1000 * ${s% *} / ${b% *})) ${b#* } ${s#* } $((1000 * ${s#* } / ${b#* }))"
done >"$out/times"
grep -q "$count passed" "$out/suite_output" || { cat "$out/suite_output" >&2; exit 1; }
# at COLUMN QUARTER: 2 is the median of the column
at() { cut -d" " -f"$1" "$out/times" | sort -n | sed -n "$(((rounds - 1) * $2 / 4 + 1))p"; }
load=$(cut -d" " -f1 /proc/loadavg)
echo "$count boots, $jobs at a time, $rounds pairs, reports on $(stat -f -c %T "$out"), load $load:"
ratio() {  # NAME COLUMN: bare, ours and their ratio stand from that column on
  awk -v b="$(at "$2" 2)" -v s="$(at $(($2 + 1)) 2)" -v lo="$(at $(($2 + 2)) 1)" -v r="$(at $(($2 + 2)) 2)" \
    -v hi="$(at $(($2 + 2)) 3)" -v name="$1" 'BEGIN {
    printf "  %s: bare QEMU through xargs %.0f ms, uniharness run %.0f ms, ", name, b/1000, s/1000
    printf "ratio %.3f [%.3f..%.3f]\n", r/1000, lo/1000, hi/1000 }'
}
ratio "processor time" 4
# What these two make themselves is a load of as many processors, and a little.
if awk -v load="$load" -v own="$jobs" 'BEGIN {exit !(load > own + 1)}'; then
  echo "  wall time: not comparable, others work here, too"
else
  ratio "wall time" 1
fi
