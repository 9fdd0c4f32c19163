#!/bin/bash
# check_guest.sh UNIHARNESS BUILD CORPUS: boots the guest `bitcode` of the build tree BUILD with the
# corpus that build.sh compiled into CORPUS. Each program must give in the guest the status that its
# native build gives, interpreted and compiled, after as many instructions as on the host. Exit status of `uniharness run`.
set -euo pipefail
uniharness=${1:?usage: check_guest.sh UNIHARNESS BUILD CORPUS}
build=$(realpath "${2:?}") corpus=$(realpath "${3:?}")
folder=$build/corpus-guest
mkdir -p "$folder"
while IFS=$'\t' read -r name argument status _; do
  for level in O0 O1 O2 Os; do
    file=$corpus/bitcode/$name.$level.bc
    [ -e "$file" ] || continue  # a benchmark
    printf '%s\t%s\n' "$file" "$argument"
    printf '%s.%s.t0 %s\n%s.%s.t1 %s\n' "$name" "$level" "$status" "$name" "$level" "$status" >&3
  done
done <"$corpus/expected.tsv" >"$folder/list" 3>"$folder/native"
"$uniharness" bitcode pack --list "$folder/list" --scenario "$folder/corpus.yaml" -o "$build/images/corpus.ukbc"
# The statuses in the scenario are this machine's interpreter's: they must be the native builds'.
sed -n 's/.*name: \([^,]*\), .*result: "\([0-9]*\)".*/\1 \2/p' "$folder/corpus.yaml" | diff "$folder/native" -
exec "$uniharness" run "$folder/corpus.yaml" --no-build --build-dir "$build" --out "$folder/report"
