#!/bin/bash
# scenario.sh UNIHARNESS CORPUS BUNDLE SCENARIO: packs the corpus that build.sh compiled into CORPUS, and
# writes a scenario that boots the guest `bitcode` with it. Each program must give the status of its
# native build, and run exactly as many instructions as it does on the host.
# A program whose host run differs from the native one is an error here already.
set -euo pipefail
uniharness=${1:?usage: scenario.sh UNIHARNESS CORPUS BUNDLE SCENARIO}
corpus=${2:?} bundle=${3:?} scenario=${4:?}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

one_program() {  # NAME ARGUMENT STATUS SHA256: appends to $folder/list.PID and $folder/checks.PID
  local level file fuel status sum
  for level in O0 O1 O2 Os; do
    file=$corpus/bitcode/$1.$level.bc
    [ -e "$file" ] || continue  # a benchmark
    status=0
    "$uniharness" bitcode run "$file" "$2" >"$folder/$1.output" || status=$?
    sum=$(sha256sum <"$folder/$1.output")
    if [ "$status" != "$3" ] || [ "${sum%% *}" != "$4" ]; then
      echo "$1.$level: status $status, not $3, or another output than the native program's" >&2
      return 1
    fi
    fuel=$("$uniharness" bitcode run --json "$file" "$2" | sed -n 's/^  "fuel": \([0-9]*\),$/\1/p')
    printf '%s\t%s\n' "$file" "$2" >>"$folder/$1.list"
    printf '  - test: {name: %s.%s.t0, iterations: %s, result: "%s"}\n' "$1" "$level" "$fuel" "$3" \
      >>"$folder/$1.checks"
  done
}

while IFS=$'\t' read -r name argument status sum; do
  while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-2}" ]; do wait -n; done
  one_program "$name" "$argument" "$status" "$sum" &
done <"$corpus/expected.tsv"
for job in $(jobs -p); do wait "$job"; done

cat "$folder"/*.list >"$folder/list"
"$uniharness" bitcode pack --list "$folder/list" -o "$bundle"
{
  cat <<'END'
name: bitcode-corpus
about: programs in LLVM bitcode, interpreted in the guest as on the host and as the native builds
image: {target: bitcode, kernel: bitcode.elf, initrd: corpus.ukbc}
machine: {model: pc, memory: 128M, vga: false}
clock: counted
limits: {wall: 300s, idle: 60s}
checks:
  - ending: pass
  - complete: true
END
  cat "$folder"/*.checks
} >"$scenario"
