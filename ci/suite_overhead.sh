#!/bin/bash
# suite_overhead.sh [SCENARIO [N [ROUNDS]]]: what a suite costs over QEMU alone, and over the least that a
# harness can do (harness/bench/least_harness.c). Runs N copies of the scenario as one suite, as many at a
# time as there are processors, and N times the command line that --dry-run prints through xargs -P, bare
# and by that program, by turns, and prints as ci/overhead.sh: processor time, and wall time where nobody
# else works on the machine: a scheduler that gives each session its share makes one side or the other
# wait.
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
least=$(dirname "$program")/tools/least_harness
[ -x "$least" ] || { echo "suite_overhead.sh: there is no $least: ninja -C $(dirname "$program") least_harness" >&2; exit 2; }
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

run() {  # SIDE ROUND
  case $1 in
    1) xargs -P "$jobs" -L 1 "${bare%% *}" <"$out/commands" ;;
    2) xargs -P "$jobs" -L 1 "$least" "${bare%% *}" <"$out/commands" ;;
    3) "$program" run "$out/*.yaml" --no-build -q -j "$jobs" --out "$out/reports$((fresh ? $2 : 0))" ;;
  esac
}
. ci/cost.sh
for ((i = 0; i < rounds; ++i)); do
  for ((k = 0; k < 3; ++k)); do
    side=$(((i + k) % 3 + 1))
    costs[side]=$(cost run "$side" "$i")
    case $side in
      2) [ "$(grep -c '^PASS$' "$out/output")" = "$count" ] || { cat "$out/output" >&2; exit 1; } ;;
      3) grep -q "$count passed" "$out/output" || { cat "$out/output" >&2; exit 1; } ;;
    esac
  done
  echo "${costs[1]} ${costs[2]} ${costs[3]}"
done >"$out/times"
echo "$count boots, $jobs at a time, reports on $(stat -f -c %T "$out")"
print_costs "$out/times" "bare QEMU" "the least harness" "uniharness run" "$((jobs + 1))"
