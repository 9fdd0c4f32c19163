#!/bin/bash
# fuzz.sh [LIMIT [TARGET...]]: builds the libFuzzer programs (preset `fuzz`) and runs each for
# LIMIT: a number of runs (20000, the default), or a time in seconds (30s). The long run of
# docs/RELIABILITY.md is fuzz.sh 10000000. Starts from the committed
# corpus and from what earlier runs found (build/fuzz/corpus). Exit status 1 if anything was found;
# the inputs are then in build/fuzz/findings.
set -euo pipefail
cd "$(dirname "$0")/.."
limit=${1:-20000}
shift $(($# > 0))
targets=("$@")
[ ${#targets[@]} -gt 0 ] ||
  targets=(split parse fold console formats metrics json verdict qmp scenario record elf manifest screen text report adopt benchmark store nbd plan
           bitcode ir)
case $limit in
  *s) bound=-max_total_time=${limit%s} ;;
  *) bound=-runs=$limit ;;
esac

sh ci/setup.sh
. ci/build.sh
build fuzz fuzzers
programs=build/fuzz/fuzzers seeds=harness/fuzz
found=build/fuzz/corpus findings=build/fuzz/findings logs=build/fuzz/logs
mkdir -p "$found" "$findings" "$logs"

# A reader that asks for too much memory must take "no" for an answer, as from a real allocator.
# Use after return is left to the short runs of the asan build: without it a run takes half the time.
export ASAN_OPTIONS=allocator_may_return_null=1:quarantine_size_mb=8:malloc_context_size=2
ASAN_OPTIONS+=:detect_stack_use_after_return=0
export UBSAN_OPTIONS=print_stacktrace=1

words_of() {  # the dictionary for a target, and the longest input that is worth its time
  case $1 in
    split | parse | fold | verdict) echo protocol 256 ;;
    console | formats | metrics | adopt) echo console 256 ;;
    json | qmp | manifest) echo json 256 ;;
    record | benchmark | plan) echo json 1024 ;;
    scenario) echo scenario 256 ;;
    elf) echo elf 1024 ;;
    bitcode | ir) echo hostile 12000 ;;
    *) echo hostile 256 ;;
  esac
}
fuzz() {  # TARGET [OPTION...]
  local target=$1 dictionary longest
  shift
  read -r dictionary longest < <(words_of "$target")
  mkdir -p "$found/$target"
  "$programs/fuzz_$target" "$found/$target" "$@" -dict="$seeds/dictionaries/$dictionary.dict" \
    -max_len="$longest" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$findings/$target-" >"$logs/$target.log" 2>&1
}

# First of all: would a fault be found?
if fuzz planted "$seeds/corpus/text" -runs=5000000 -max_len=8; then
  echo "fuzz.sh: the planted fault was not found" >&2
  exit 3
fi
grep -q 'broken promise: planted' "$logs/planted.log" || { cat "$logs/planted.log" >&2; exit 3; }
rm -rf "$findings"/planted-* "$found/planted"

failed=0
for target in "${targets[@]}"; do
  folder=$seeds/corpus/$target
  if [ "$target" = bitcode ]; then
    unikernel/jit/corpus/build.sh build/corpus >"$logs/corpus.log"
    folder=build/corpus/bitcode
  elif [ "$target" = ir ]; then
    # Files of the corpus, behind the number of changes and that of a function: none, and the first.
    unikernel/jit/corpus/build.sh build/corpus >"$logs/corpus.log"
    folder=$found/ir-seeds
    mkdir -p "$folder"
    for file in build/corpus/bitcode/*.bc; do
      (printf '\0\0' && cat "$file") >"$folder/$(basename "$file")"
    done
  elif [ ! -d "$folder" ]; then  # it makes its own of any bytes
    folder=$found/$target
    mkdir -p "$folder"
  fi
  if fuzz "$target" "$folder" "$bound"; then verdict=ok; else verdict=FOUND failed=1; fi
  awk -v target="$target" -v verdict="$verdict" '
    /number_of_executed_units/ { runs = $2 }
    /average_exec_per_sec/ { rate = $2 }
    END { printf "%-9s %12d runs %8d a second  %s\n", target, runs, rate, verdict }' \
    "$logs/$target.log"
  [ $verdict = ok ] || tail -n 40 "$logs/$target.log" >&2
done
exit $failed
