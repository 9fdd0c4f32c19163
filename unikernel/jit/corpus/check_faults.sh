#!/bin/bash
# check_faults.sh UNIHARNESS BUILD: programs that end by a fault, in the guest `bitcode` of the build
# tree BUILD, interpreted, compiled and adaptive. Each must end in its own way, and the boot must
# go on: the last program comes to its end.
set -euo pipefail
uniharness=${1:?usage: check_faults.sh UNIHARNESS BUILD}
build=$(realpath "${2:?}") corpus=$(cd "$(dirname "$0")" && pwd)
folder=$build/faults
rm -rf "$folder" && mkdir -p "$folder"
# What each is to say, in each tier.
while IFS='|' read -r name says; do
  for level in O0 O2; do
    clang-19 --target=i386-unknown-linux-gnu -msse2 -fno-pic -ffreestanding -nostdlibinc -ffp-contract=off \
      -std=c17 "-$level" -emit-llvm -c -I"$corpus" -w "$corpus/faults/$name.c" -o "$folder/$name.$level.bc"
    printf '%s\t1\n' "$name.$level.bc" >>"$folder/list"
    for tier in t0 t1 adaptive; do
      [ -z "$says" ] || printf '%s.%s: %s\n' "$name" "$level" "$says" >>"$folder/expected"
      if [ -n "$says" ]; then status=fail; else status=pass; fi
      printf '[TEST] %s.%s.%s: %s\n' "$name" "$level" "$tier" "$status" >>"$folder/expected"
    done
  done
done <<'LIST'
divide|division by zero, or overflow of a division
divide_least|division by zero, or overflow of a division
divide_wide|division by zero, or overflow of a division
deep|stack overflow
deep_frames|stack overflow
endless|out of fuel
endless_calls|out of fuel
endless_long|out of fuel
endless_rows|out of fuel
endless_ways|out of fuel
null|access outside of its memory
trap|trapped
wrong_pointer|call of what is no function
wrong_result|call of a function as if it were of another type
wrong_type|call of a function as if it were of another type
afterwards|
LIST
"$uniharness" bitcode pack --list "$folder/list" -o "$build/images/faults.ukbc"
boot() {  # BUNDLE FUEL: leaves serial.log in $folder/report
  cat >"$folder/faults.yaml" <<YAML
name: faults
about: programs in bitcode that end by a fault
image: {target: bitcode, kernel: bitcode.elf, initrd: $1}
machine:
  model: pc
  memory: 128M
  vga: false
  fw_cfg: {opt/uniharness/bitcode/tiers: "t0,t1,adaptive", opt/uniharness/bitcode/fuel: "$2"}
clock: counted
limits: {wall: 300s, idle: 120s}
checks:
  - complete: true
YAML
  "$uniharness" run "$folder/faults.yaml" --no-build --build-dir "$build" --out "$folder/report" >"$folder/log" || true
}
boot faults.ukbc 20000000
sed -n 's/^\(\[TEST\] [^ ]* [a-z]*\) .*/\1/p; /^[a-z_]*\.O[02]: /p' "$folder/report/serial.log" >"$folder/said"
diff "$folder/expected" "$folder/said"
echo "faults: $(wc -l <"$folder/list") programs end as they are to, in all tiers"

# Fuel is exact: what a program takes is enough, one instruction less is not.
name=afterwards.O2
"$uniharness" bitcode pack "$folder/$name.bc" --argument 1 -o "$build/images/faults-fuel.ukbc" >"$folder/log"
taken=$(sed -n "s/^\[TEST\] $name.t0: pass iterations=\([0-9]*\) .*/\1/p" "$folder/report/serial.log")
for fuel in "$taken" $((taken - 1)); do
  if [ "$fuel" = "$taken" ]; then status=pass; else status=fail; fi
  boot faults-fuel.ukbc "$fuel"
  for tier in t0 t1 adaptive; do
    grep -q "^\[TEST\] $name.$tier: $status " "$folder/report/serial.log" ||
      { echo "$name.$tier with fuel of $fuel is not: $status" >&2; exit 1; }
  done
done
echo "faults: $taken instructions take just as much fuel, in all tiers"
