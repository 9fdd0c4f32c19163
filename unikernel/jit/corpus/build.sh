#!/bin/bash
# build.sh OUTDIR [NAME...]: compiles the corpus (or the named programs of it) into OUTDIR:
#   bitcode/NAME.LEVEL.bc     programs/ at O0, O1, O2 and Os
#   benchmarks/NAME.LEVEL.bc  benchmarks/ the same
#   refused/NAME.bc           programs/refused/ at O1
#   native/NAME.LEVEL         an i386 Linux program of just that bitcode, at the levels in $NATIVE
#   output/NAME.LEVEL         what the native program wrote
#   expected.tsv              name, argument, status, SHA-256 of the output; one line a program
# Compiles only what is older than its source. Exit status 1 if a program does not compile, imports
# what a guest does not have, or if its levels do not agree: then it has undefined behaviour.
# From the environment: JOBS, how many at a time (2); NATIVE, levels to run natively (O1).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUTDIR [NAME...]}
shift

target=(--target=i386-unknown-linux-gnu -msse2 -fno-pic)
language=(-ffreestanding -nostdlibinc -ffp-contract=off -fno-math-errno -Wall -Wextra -Werror -I"$here")
levels=(O0 O1 O2 Os)
read -ra native <<<"${NATIVE:-O1}"
inputs=("$here/build.sh" "$here/corpus.h" "$here/native/start.c")

newer() {  # A B...: is A newer than each B
  local made=$1 from
  shift
  for from; do [ "$made" -nt "$from" ] || return 1; done
}
to_bitcode() {  # SOURCE LEVEL BITCODE
  local compiler=(clang-19 -std=c17)
  case $1 in *.cpp)
    compiler=(clang++-19 -std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics) ;;
  esac
  local own
  own=$(grep -m1 -oE '^// Flags: .*' "$1") || own=""
  read -ra own <<<"${own#// Flags: }"
  "${compiler[@]}" "${target[@]}" "${language[@]}" "${own[@]}" "-$2" -emit-llvm -c "$1" -o "$3"
}
# Code generation and no more: the bitcode is optimized. A symbol that neither the guest's interface
# nor compiler-rt has is an error of the linker's.
to_native() {  # BITCODE LEVEL PROGRAM
  llc-19 -"${2/s/2}" -relocation-model=static -filetype=obj "$1" -o "$3.o"
  ld.lld-19 -static "$out/start.o" "$3.o" "$CORPUS_RUNTIME" -o "$3"
  rm "$3.o"
}
argument_of() {  # SOURCE: as its comment says, else 1
  local line
  line=$(grep -m1 -oE '^// Argument: -?[0-9]+' "$1") || line="1"
  echo "${line##* }"
}
run_native() {  # NAME LEVEL ARGUMENT: prints argument, status, SHA-256
  local status=0 sum
  timeout 60 "$out/native/$1.$2" "$3" >"$out/output/$1.$2" || status=$?
  sum=$(sha256sum <"$out/output/$1.$2")
  printf '%s\t%s\t%s' "$3" "$status" "${sum%% *}"
}
one_program() {  # SOURCE
  local source=$1 folder=bitcode name level result first="" argument
  name=$(basename "${source%.*}")
  case $source in
    */benchmarks/*) folder=benchmarks ;;
    */refused/*)
      newer "$out/refused/$name.bc" "${inputs[@]}" "$source" || to_bitcode "$source" O1 "$out/refused/$name.bc"
      return ;;
  esac
  for level in "${levels[@]}"; do
    newer "$out/$folder/$name.$level.bc" "${inputs[@]}" "$source" ||
      to_bitcode "$source" "$level" "$out/$folder/$name.$level.bc"
  done
  argument=$(argument_of "$source")
  for level in "${native[@]}"; do
    newer "$out/native/$name.$level" "$out/$folder/$name.$level.bc" ||
      to_native "$out/$folder/$name.$level.bc" "$level" "$out/native/$name.$level"
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
CORPUS_RUNTIME=$(clang-19 "${target[@]}" --rtlib=compiler-rt -print-libgcc-file-name)
export CORPUS_RUNTIME
newer "$out/start.o" "${inputs[@]}" ||
  clang-19 "${target[@]}" -std=c17 -O1 -ffreestanding -c "$here/native/start.c" -o "$out/start.o"
sources=()
for source in "$here"/{programs,benchmarks,programs/refused}/*.{c,cpp}; do
  name=$(basename "${source%.*}")
  [ -e "$source" ] || continue
  [ $# = 0 ] || [[ " $* " = *" $name "* ]] || continue
  sources+=("$source")
done
failed=0
printf '%s\0' "${sources[@]}" |
  xargs -0 -P "${JOBS:-2}" -I SOURCE env CORPUS_ONE=SOURCE "$here/build.sh" "$out" || failed=1
# In one order everywhere, whatever the locale.
find "$out/expected" -type f -printf '%f\n' | LC_ALL=C sort | (cd "$out/expected" && xargs -r cat) \
  >"$out/expected.tsv"
echo "corpus: $(wc -l <"$out/expected.tsv") programs in $out"
exit $failed
