#!/bin/bash
# check_sanitizers.sh OUTDIR [NAME...]: looks for undefined behaviour in the corpus: each program
# under UBSan as the i386 program that it is, and under ASan with UBSan and under MSan as one of the
# host's. Programs in LLVM's text have no C that UBSan could look at: ASan and MSan alone. Prints the names of those that end in a report, and their count. JOBS=N: N at a time (2).
set -euo pipefail
corpus=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: check_sanitizers.sh OUTDIR [NAME...]}
shift
. "$corpus/compile.sh"
kReported=86
export ASAN_OPTIONS=exitcode=$kReported:detect_leaks=0:detect_stack_use_after_return=1
export MSAN_OPTIONS=exitcode=$kReported UBSAN_OPTIONS=halt_on_error=1:exitcode=$kReported

# As the i386 program has it but for pointers, which have 64 bits.
text_for_host() {  # SOURCE SANITIZER
  cat "$corpus/corpus.ll" "$1" |
    sed "/^target /d; s/^attributes #0 = .*/attributes #0 = { noinline nounwind sanitize_$2 }/"
}
on_host() {  # SOURCE PROGRAM SANITIZER OPTION...: compiles and runs
  local source=$1 program=$2 sanitizer=$3 status=0
  local -n compiler=c
  shift 3
  set -- -msse2 -ffp-contract=off -fsanitize="$sanitizer" -fno-sanitize-recover=all "$@"
  case $source in
    *.ll)
      text_for_host "$source" "$sanitizer" |
        clang-19 -O1 "$@" -x ir -Wno-override-module -c - -o "$program.o"
      clang-19 "$@" "$program.o" "$out/host.o" -o "$program" ;;
    *)
      case $source in *.cpp) local -n compiler=cpp ;; esac
      # Frame pointers and line numbers are for the reports; alignas of locals needs no option.
      "${compiler[@]}" -g1 -O1 "$@" -ffreestanding -fno-math-errno -I"$corpus" "$source" \
        "$out/host.o" -o "$program" ;;
  esac
  timeout 120 "$program" "$(argument_of "$source")" >/dev/null 2>"$program.log" || status=$?
  [ $status != $kReported ] && [ $status -lt 124 -o ! -s "$program.log" ]
}
on_i386() {  # SOURCE PROGRAM
  local status=0
  to_bitcode "$1" O1 "$2.bc" -fsanitize=undefined -fsanitize-trap=all
  to_native "$2.bc" O1 "$2"
  # A trap is ud2: the shell's status is that of SIGILL.
  timeout 60 "$2" "$(argument_of "$1")" >/dev/null 2>"$2.log" || status=$?
  [ $status -lt 124 ] || grep -q "^$(basename "${1%.*}")	[^	]*	$status	" "$corpus/expected.tsv"
}
one_program() {  # SOURCE
  local name failed=0
  name=$(basename "${1%.*}")
  case $1 in
    *.ll) ;;
    *) on_i386 "$1" "$out/$name.i386" || { echo "$name: UBSan on i386"; failed=1; } ;;
  esac
  on_host "$1" "$out/$name.asan" address -fsanitize=undefined || { echo "$name: ASan or UBSan"; failed=1; }
  on_host "$1" "$out/$name.msan" memory || { echo "$name: MSan"; failed=1; }
  return $failed
}

if [ "${CORPUS_ONE:-}" ]; then
  one_program "$CORPUS_ONE"
  exit
fi

mkdir -p "$out"
out=$(cd "$out" && pwd)
native_runtime
clang-19 -O1 -c "$corpus/native/host.c" -o "$out/host.o"
sources=()
for source in "$corpus"/{programs,benchmarks}/*.{c,cpp,ll}; do
  name=$(basename "${source%.*}")
  [ -e "$source" ] || continue
  [ $# = 0 ] || [[ " $* " = *" $name "* ]] || continue
  sources+=("$source")
done
found=0
printf '%s\0' "${sources[@]}" |
  xargs -0 -P "${JOBS:-2}" -I SOURCE env CORPUS_ONE=SOURCE "$corpus/check_sanitizers.sh" "$out" || found=1
echo "sanitizers: ${#sources[@]} programs looked at"
exit $found
