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
null|access outside of its memory
trap|trapped
wrong_pointer|call of what is no function
wrong_result|call of a function as if it were of another type
wrong_type|call of a function as if it were of another type
afterwards|
LIST
"$uniharness" bitcode pack --list "$folder/list" -o "$build/images/faults.ukbc"
cat >"$folder/faults.yaml" <<'YAML'
name: faults
about: programs in bitcode that end by a fault
image: {target: bitcode, kernel: bitcode.elf, initrd: faults.ukbc}
machine:
  model: pc
  memory: 128M
  vga: false
  fw_cfg: {opt/uniharness/bitcode/tiers: "t0,t1,adaptive", opt/uniharness/bitcode/fuel: "20000000"}
clock: counted
limits: {wall: 300s, idle: 120s}
checks:
  - complete: true
YAML
"$uniharness" run "$folder/faults.yaml" --no-build --build-dir "$build" --out "$folder/report" >"$folder/log" || true
sed -n 's/^\(\[TEST\] [^ ]* [a-z]*\) .*/\1/p; /^[a-z_]*\.O[02]: /p' "$folder/report/serial.log" >"$folder/said"
diff "$folder/expected" "$folder/said"
echo "faults: $(wc -l <"$folder/list") programs end as they are to, in all tiers"
