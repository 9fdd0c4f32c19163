#!/bin/bash
# check_trials.sh UNIHARNESS BUILD: programs of trials/ with many arguments, in the adaptive tier, where
# versions are made early and trials are cut as often as can be. Each must end as it does in T1, and none
# may take the guest with it.
set -euo pipefail
uniharness=${1:?usage: check_trials.sh UNIHARNESS BUILD}
build=$(realpath "${2:?}")
corpus=$(cd "$(dirname "$0")" && pwd)
out=$build/corpus-trials
mkdir -p "$out"
. "$corpus/compile.sh"

run() {  # NAME WATCHED FIRST LAST
  local name=$1 watched=$2 argument options= option
  to_bitcode "$corpus/trials/$name.c" O1 "$out/$name.bc"
  for argument in $(seq "$3" "$4"); do
    cp "$out/$name.bc" "$out/$name.$argument.bc"
    printf '%s\t%s\n' "$out/$name.$argument.bc" "$argument"
  done >"$out/$name.list"
  "$uniharness" bitcode pack --list "$out/$name.list" -o "$build/images/trials-$name.ukbc" >/dev/null
  for option in tiers=t1,adaptive share=17 break_even=1 loop_samples=1 machine_share=101 machine_break_even=1 \
    watched=$watched watch_share=1 version_ticks=1000000 slice=1; do
    options+="opt/uniharness/bitcode/${option%%=*}: \"${option#*=}\", "
  done
  cat >"$out/$name.yaml" <<END
name: trials-$name
image: {target: bitcode, kernel: bitcode.elf, initrd: trials-$name.ukbc}
machine: {model: pc, memory: 128M, vga: false, fw_cfg: {${options%, }}}
clock: counted
boots: 1
limits: {wall: 600s, idle: 120s}
checks:
  - complete: true
END
  "$uniharness" run "$out/$name.yaml" --no-build --build-dir "$build" --out "$out/$name" -q || true
  # A line a program and tier. How far it had paid where it ends by a fault is not the same in all tiers.
  grep '^\[TEST\]' "$out/$name/serial.log" | sed '/: fail /s/ iterations=[0-9]*//' >"$out/$name.tests" || true
  local tests differ versions
  tests=$(wc -l <"$out/$name.tests")
  [ "$tests" = $((2 * ($4 - $3 + 1))) ] || { echo "check_trials.sh: $name: only $tests results came" >&2; exit 1; }
  differ=$(diff <(grep '\.t1: ' "$out/$name.tests" | sed 's/\.t1:/:/') \
    <(grep '\.adaptive: ' "$out/$name.tests" | sed 's/\.adaptive:/:/')) || {
    printf 'check_trials.sh: %s ends otherwise than in T1:\n%s\n' "$name" "$differ" >&2
    exit 1
  }
  versions=$(grep -cE ' t1 -> t2 at ' "$out/$name/serial.log" || true)
  [ "$versions" -ge 10 ] || { echo "check_trials.sh: $name: only $versions versions were made" >&2; exit 1; }
  echo "$name: $tests results, $versions versions"
}

run ends_in_a_trial 4 0 20
run second_chance 32 4 16
