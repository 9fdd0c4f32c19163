#!/bin/bash
# random_programs.sh hot|graphs [SEEDS [FIRST]]: SEEDS (100) programs, from seed FIRST (1) on, each run in all
# tiers: t0, t1, s0, s1, adaptive and restored of unikernel/jit/testing/runner32.cpp. Status, output and
# number of instructions of the IR must be those of the interpreter, status and output those of the native
# program, and no version may do something else than the interpreter where it is tried. Prints a
# line for each difference, and the counts last. Exit status 1 if there were differences.
#
#   hot     of hot_program.py: the same functions are called many times; at -O0, -O1, -O2 and -Os
#   graphs  of graph_program.py: functions whose blocks lead anywhere; their variables in registers, no
#           more (mem2reg), and at -O1 and -Os
#
# From the environment: TIERS, instead of all behind t0; RUNNER, a runner32 that is built already;
# JOBS, programs compiled at a time (2); WORK, where to work (build/random_programs).
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
kind=${1:?random_programs.sh: hot or graphs?} count=${2:-100} first=${3:-1}
jit=$PWD/unikernel/jit corpus=$PWD/unikernel/jit/corpus
out=${WORK:-build/random_programs}
tiers=${TIERS:-t1 s0 s1 adaptive restored}
case $kind in
  hot) generator=hot_program.py suffix=c levels=(O0 O1 O2 Os) ;;
  graphs) generator=graph_program.py suffix=ll levels=(registers O1 Os) ;;
  *) echo "random_programs.sh: no such kind of programs: $kind (hot or graphs)" >&2; exit 2 ;;
esac
. "$corpus/compile.sh"

compiled() {  # SOURCE LEVEL BITCODE
  if [ "$2" = registers ]; then
    cat "$corpus/corpus.ll" "$1" | opt-19 -passes=mem2reg - -o "$3"
  else
    to_bitcode "$1" "$2" "$3" -w -fwrapv
  fi
}
one_seed() {  # SEED: its lines of the list
  local level file=$out/$1 status source=$out/$1.$suffix
  python3 "ci/$generator" "$1" >"$source"
  compiled "$source" O1 "$file.O1.bc"
  to_native "$file.O1.bc" O1 "$file.native"
  status=0
  timeout 5 "$file.native" >"$file.output" 2>/dev/null || status=$?
  case $status in 124 | 13[2-9])  # its time is over, or a signal, or a status that looks like one
    echo "random_programs.sh: $1 is left out: the native program ends with $status" >&2
    return ;;
  esac
  for level in "${levels[@]}"; do
    [ -e "$file.$level.bc" ] || compiled "$source" "$level" "$file.$level.bc"
    printf '%s.%s\t1\t%s\t%s\n' "$1" "$level" "$file.$level.bc" "$file.output" >>"$file.list"
    echo "$1.$level $status right" >>"$file.right"
  done
}
if [ "${ONE_SEED:-}" ]; then  # a call of ours, below: one program of many
  one_seed "$ONE_SEED"
  exit
fi

results_of() {  # TIER
  (ulimit -c 0; exec "$runner" "@$out/list" 0 "$1" 2>/dev/null) | tee "$out/all-$1" |
    sed -E 's/, (specialized [0-9]+, inlined [0-9]+, refused|versions|not cut|restored) [0-9]+//g' | sort || true
}

rm -rf "$out"
mkdir -p "$out"
native_runtime
runner=${RUNNER:-}
if [ ! "$runner" ]; then
  "$jit/testing/build_runner32.sh" build/runner32 runner32
  runner=build/runner32/runner32
fi
seq "$first" $((first + count - 1)) | xargs -P "${JOBS:-2}" -I{} env ONE_SEED={} "$0" "$kind"
cat "$out"/*.list >"$out/list"
cat "$out"/*.right | sort >"$out/right"
results_of t0 >"$out/by-t0"
differences=0
# Of the interpreter, status and output; of the others, instructions as well.
sed -E 's/ fuel .*//' "$out/by-t0" | comm -3 "$out/right" - >"$out/differs-t0"
for tier in $tiers; do
  results_of "$tier" >"$out/by-$tier"
  comm -3 "$out/by-t0" "$out/by-$tier" >"$out/differs-$tier"
done
for tier in t0 $tiers; do
  sed "s/^/$tier: /" "$out/differs-$tier"
  differences=$((differences + $(wc -l <"$out/differs-$tier")))
done
versions=$(grep -ohE 'versions [0-9]+' "$out"/all-* | awk '{ sum += $2 } END { print sum + 0 }')
echo "$kind: $(wc -l <"$out/list"), in $(wc -w <<<"t0 $tiers") tiers, versions: $versions, lines that differ: $differences"
[ $differences = 0 ]
