#!/bin/bash
# soak.sh [N [JOBS]]: N runs of good and bad guests, JOBS at a time. Checks that every verdict is the
# right one, that no process and no temporary file is left, and that memory does not grow; prints
# the figures. Exit status 1 where one of them is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-200}
jobs=${2:-4}
program=$(realpath "${UNIHARNESS:-build/release/uniharness}")
images=$(dirname "$program")/images
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tmp"
export TMPDIR=$work/tmp

# Image, and the verdict that it must get. The images are copied, so that their QEMUs can be told
# from all others by the path.
kinds=(
  "kernel tinyllama.elf pass" "disk tinyllama.img pass" "kernel hello_c.elf pass"
  "kernel guest_panic.elf panic" "kernel guest_exception.elf panic" "kernel triple_fault.elf reset"
  "kernel torn_line.elf invalid_data" "kernel bad_profile.elf invalid_data"
  "kernel early_exit.elf truncated" "kernel power_off.elf exit_unsignalled"
  "kernel hang.elf idle" "kernel silent.elf no_output" "kernel wrong_witness.elf invalid_data"
)
for kind in "${kinds[@]}"; do
  set -- $kind
  cp "$images/$2" "$work/"
done
for ((i = 0; i < count; ++i)); do
  set -- ${kinds[i % ${#kinds[@]}]}
  printf 'name: run-%03d\nimage: {%s: %s}\nboots: 1\nlimits: {wall: 60s, idle: 1s}\n' \
    "$i" "$1" "$2" >"$work/run-$(printf %03d "$i").yaml"
  printf 'run-%03d %s\n' "$i" "$3" >>"$work/expected"
done

cd "$work"
start=${EPOCHREALTIME/./}
"$program" run '*.yaml' -j "$jobs" >"$work/output" 2>&1 &
pid=$!
while kill -0 "$pid" 2>/dev/null; do
  sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" >>"$work/memory" 2>/dev/null || true
  sleep 0.1
done
status=0
wait "$pid" || status=$?
seconds=$(((${EPOCHREALTIME/./} - start) / 1000000))

failed=0
awk -F'"' '/"name":/ {name = $4} /"verdict":/ {print name, $4}' reports/summary.json >"$work/got"
right=$(comm -12 <(sort expected) <(sort got) | wc -l)
[ "$right" = "$count" ] || { failed=1; diff <(sort expected) <(sort got) || true; }
[ "$status" = 5 ] || { failed=1; tail -n 20 output; }
left=$(pgrep -fc "qemu-system.*$work/" || true)
files=$(find "$work/tmp" "$work/reports" -mindepth 1 -path "$work/tmp/*" -o -name '*.tmp' | wc -l)
[ "$left" = 0 ] && [ "$files" = 0 ] || failed=1
read -r early peak < <(awk '{all[NR] = $1} END {print all[int(NR / 4) + 1], all[NR]}' memory)
# Buffers of a worker grow to what its largest boot needs; after a quarter of the runs all have.
[ $((peak - early)) -le 4096 ] || failed=1
echo "$right of $count verdicts right in $seconds s, $jobs at a time; exit status $status;" \
  "$left processes and $files temporary files left;" \
  "VmHWM $early KiB after a quarter of the time, $peak KiB at the end"
exit "$failed"
