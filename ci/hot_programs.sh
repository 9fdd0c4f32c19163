#!/bin/bash
# hot_programs.sh [SEEDS [FIRST]]: SEEDS (100) programs of hot_program.py's, from seed FIRST (1) on, which
# call the same functions many times, each compiled at -O0, -O1, -O2 and -Os, and run in all tiers: t0, t1,
# s0, s1, adaptive and restored of unikernel/jit/testing/runner32.cpp. Status, output and number of
# instructions of the IR must be those of the interpreter, status and output those of the native
# program, and no version may do something else than the interpreter where it is tried. Prints a
# line for each difference, and the counts last. Exit status 1 if there were differences.
#
# From the environment: TIERS, instead of all behind t0; RUNNER, a runner32 that is built already;
# JOBS, programs compiled at a time (2); WORK, where to work (build/hot_programs).
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
count=${1:-100} first=${2:-1}
jit=$PWD/unikernel/jit corpus=$PWD/unikernel/jit/corpus
out=${WORK:-build/hot_programs}
tiers=${TIERS:-t1 s0 s1 adaptive restored}
levels=(O0 O1 O2 Os)
. "$corpus/compile.sh"

one_seed() {  # SEED: its lines of the list
  local level file=$out/$1 status
  python3 ci/hot_program.py "$1" >"$file.c"
  to_bitcode "$file.c" O1 "$file.O1.bc" -w -fwrapv
  to_native "$file.O1.bc" O1 "$file.native"
  status=0
  timeout 5 "$file.native" >"$file.output" 2>/dev/null || status=$?
  case $status in 124 | 13[2-9])  # its time is over, or a signal, or a status that looks like one
    echo "hot_programs.sh: $1 is left out: the native program ends with $status" >&2
    return ;;
  esac
  for level in "${levels[@]}"; do
    [ -e "$file.$level.bc" ] || to_bitcode "$file.c" "$level" "$file.$level.bc" -w -fwrapv
    printf '%s.%s\t1\t%s\t%s\n' "$1" "$level" "$file.$level.bc" "$file.output" >>"$file.list"
    echo "$1.$level $status right" >>"$file.right"
  done
}
if [ "${HOT_ONE:-}" ]; then  # a call of ours, below: one program of many
  one_seed "$HOT_ONE"
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
seq "$first" $((first + count - 1)) | xargs -P "${JOBS:-2}" -I{} env HOT_ONE={} "$0"
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
echo "hot programs: $(wc -l <"$out/list"), in $(wc -w <<<"t0 $tiers") tiers, versions: $versions, lines that differ: $differences"
[ $differences = 0 ]
