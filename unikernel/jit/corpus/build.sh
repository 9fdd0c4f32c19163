#!/bin/bash
# build.sh OUTDIR [NAME...]: compiles the corpus (or the named programs of it) into OUTDIR:
#   bitcode/NAME.LEVEL.bc     programs/ at O0, O1, O2 and Os; those in LLVM's text behind corpus.ll
#   benchmarks/NAME.LEVEL.bc  benchmarks/ the same
#   refused/NAME.bc           programs/refused/ at O1
#   native/NAME.LEVEL         an i386 Linux program of just that bitcode, at the levels in $NATIVE
#   output/NAME.LEVEL         what the native program wrote
#   expected.tsv              name, argument, status, SHA-256 of the output; one line a program
# Compiles only what is older than its source. Exit status 1 if a program does not compile, imports
# what a guest does not have, or if its levels do not agree: then it has undefined behaviour; 2 if
# the results are not those of the expected.tsv beside this script (all programs only).
# From the environment: JOBS, how many at a time (2); NATIVE, levels to run natively (O1).
set -euo pipefail
corpus=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUTDIR [NAME...]}
shift
. "$corpus/compile.sh"
levels=(O0 O1 O2 Os)
read -ra native <<<"${NATIVE:-O1}"

run_native() {  # NAME LEVEL ARGUMENT: prints argument, status, SHA-256
  local status=0 sum
  timeout 60 "$out/native/$1.$2" "$3" >"$out/output/$1.$2" || status=$?
  sum=$(sha256sum <"$out/output/$1.$2")
  printf '%s\t%s\t%s' "$3" "$status" "${sum%% *}"
}
one_program() {  # SOURCE
  local source=$1 folder=bitcode warnings=(-Wall -Wextra -Werror)
  local name level file result first="" argument
  name=$(basename "${source%.*}")
  case $source in
    */benchmarks/*) folder=benchmarks ;;
    */refused/*)
      file=$out/refused/$name.bc
      newer "$file" "${inputs[@]}" "$source" || to_bitcode "$source" O1 "$file" "${warnings[@]}"
      return ;;
  esac
  case $source in *.ll) inputs+=("$corpus/corpus.ll") ;; esac
  argument=$(argument_of "$source")
  for level in "${levels[@]}"; do
    file=$out/$folder/$name.$level.bc
    newer "$file" "${inputs[@]}" "$source" || to_bitcode "$source" "$level" "$file" "${warnings[@]}"
  done
  for level in "${native[@]}"; do
    file=$out/$folder/$name.$level.bc
    newer "$out/native/$name.$level" "$file" || to_native "$file" "$level" "$out/native/$name.$level"
    result=$(run_native "$name" "$level" "$argument")
    first=${first:-$result}
    [ "$result" = "$first" ] || { echo "$name.$level differs: $result, not $first" >&2; return 1; }
  done
  printf '%s\t%s\n' "$name" "$first" >"$out/expected/$name"
}

if [ "${CORPUS_ONE:-}" ]; then  # a call of ours, below: one program of many
  one_program "$CORPUS_ONE"
  exit
fi

mkdir -p "$out"/{bitcode,benchmarks,refused,native,output,expected}
out=$(cd "$out" && pwd)
native_runtime
sources=()
for source in "$corpus"/{programs,benchmarks,programs/refused}/*.{c,cpp,ll}; do
  name=$(basename "${source%.*}")
  [ -e "$source" ] || continue
  [ $# = 0 ] || [[ " $* " = *" $name "* ]] || continue
  sources+=("$source")
done
if [ $# = 0 ]; then  # of programs that are gone, too
  rm -f "$out"/expected/*
  for file in "$out"/{bitcode,benchmarks,refused}/*.bc; do
    name=$(basename "${file%.bc}")
    case $file in
      */refused/*) folder=programs/refused ;;
      */benchmarks/*) folder=benchmarks name=${name%.*} ;;
      *) folder=programs name=${name%.*} ;;
    esac
    compgen -G "$corpus/$folder/$name.*" >/dev/null || rm -f "$file"
  done
fi
failed=0
printf '%s\0' "${sources[@]}" |
  xargs -0 -P "${JOBS:-2}" -I SOURCE env CORPUS_ONE=SOURCE "$corpus/build.sh" "$out" || failed=1
# In one order everywhere, whatever the locale.
find "$out/expected" -type f -printf '%f\n' | LC_ALL=C sort | (cd "$out/expected" && xargs -r cat) \
  >"$out/expected.tsv"
echo "corpus: $(wc -l <"$out/expected.tsv") programs in $out"
[ $failed = 0 ] || exit 1
[ $# != 0 ] || diff "$corpus/expected.tsv" "$out/expected.tsv" || exit 2
