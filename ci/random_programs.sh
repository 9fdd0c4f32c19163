#!/bin/bash
# random_programs.sh hot|graphs|turning [SEEDS [FIRST]]: SEEDS (100) programs, from seed FIRST (1) on, each run in all
# tiers: t0, t1, s0, s1, adaptive and restored of unikernel/jit/testing/runner32.cpp. Status, output and
# number of instructions of the IR must be those of the interpreter, status and output those of the native
# program, and no version may do something else than the interpreter where it is tried. Twenty of
# them are run with just the fuel that they take, and with one instruction less, which must not be enough.
# Prints a line for each difference, and the counts last. Exit status 1 if there were differences.
#
#   hot     of hot_program.py: the same functions are called many times; at -O0, -O1, -O2 and -Os
#   graphs  of graph_program.py: functions whose blocks lead anywhere; their variables in registers, no
#           more (mem2reg), and at -O1 and -Os
#   turning of turning_program.py: what is the same for long, and then is not, and an end by a fault in the
#           midst of it; at -O0, -O1, -O2 and -Os. Such an end is no number of C's, so the interpreter says
#           what is right; of one by a fault it says which, and the instructions do not count.
#
# From the environment: TIERS, instead of all behind t0; RUNNER, a runner32 that is built already;
# JOBS, programs compiled at a time (2); WORK, where to work (build/random_programs).
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
kind=${1:?random_programs.sh: hot, graphs or turning?} count=${2:-100} first=${3:-1}
jit=$PWD/unikernel/jit corpus=$PWD/unikernel/jit/corpus
out=${WORK:-build/random_programs}
tiers=${TIERS:-t1 s0 s1 adaptive restored}
fuel=100000000
case $kind in
  hot) generator=hot_program.py suffix=c levels=(O0 O1 O2 Os) ;;
  graphs) generator=graph_program.py suffix=ll levels=(registers O1 Os) ;;
  turning) generator=turning_program.py suffix=c levels=(O0 O1 O2 Os) fuel=30000000 ;;
  *) echo "random_programs.sh: no such kind of programs: $kind (hot, graphs or turning)" >&2; exit 2 ;;
esac
. "$corpus/compile.sh"

compiled() {  # SOURCE LEVEL BITCODE
  if [ "$2" = registers ]; then
    cat "$corpus/corpus.ll" "$1" | opt-19 -passes=mem2reg - -o "$3"
  else
    to_bitcode "$1" "$2" "$3" -w -fwrapv
  fi
}
ends() {  # of lines of results: which fault it was, by signal or as the machine says, and no instructions
  sed -E '/ fuel /!{s/ 136 (right|wrong)/ fault \1 division/; s/ 139 (right|wrong)/ fault \1 access/
    s/ 132 (right|wrong)/ fault \1 trapped/}
    s/ 251 (right|wrong) (.*)fuel [0-9]+,? (access|division|trapped|stack|out of|call).*/ fault \1 \2\3/'
}
one_seed() {  # SEED: its lines of the list
  local level file=$out/$1 status source=$out/$1.$suffix
  python3 "ci/$generator" "$1" >"$source"
  if [ "$kind" = turning ]; then
    for level in "${levels[@]}"; do
      compiled "$source" "$level" "$file.$level.bc"
      status=0
      "$RUNNER" "$file.$level.bc" 1 t0 "$fuel" >"$file.$level.output" 2>"$file.$level.end" || status=$?
      printf '%s.%s\t1\t%s\t%s\n' "$1" "$level" "$file.$level.bc" "$file.$level.output" >>"$file.list"
      echo "$1.$level $status right $(tr '\n' ' ' <"$file.$level.end")" | ends |
        sed -E 's/ fuel .*//; s/ +$//' >>"$file.right"
    done
    return
  fi
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
  (ulimit -c 0; exec "$runner" "@$out/list" 0 "$1" "$fuel" 2>/dev/null) | tee "$out/all-$1" |
    sed -E 's/, (specialized [0-9]+, inlined [0-9]+, refused|versions|not cut|restored) [0-9]+//g' |
    ends | sed -E 's/ +$//' | sort || true
}

rm -rf "$out"
mkdir -p "$out"
native_runtime
runner=${RUNNER:-}
if [ ! "$runner" ]; then
  "$jit/testing/build_runner32.sh" build/runner32 runner32
  runner=build/runner32/runner32
fi
export RUNNER=$runner
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
# Fuel is exact: what a program takes is enough, one instruction less is not. Of some that end by themselves.
exact=0
while read -r name status _ _ taken; do
  for tier in t0 $tiers; do
    for given in "$taken" $((taken - 1)); do
      ended=0
      said=$("$runner" "$out/$name.bc" 1 "$tier" "$given" 2>&1 >/dev/null) || ended=$?
      exact=$((exact + 1))
      if [ "$given" = "$taken" ] && [ "$ended" = "$status" ]; then continue; fi
      if [ "$given" != "$taken" ] && [[ $ended = 251 && $said = *"out of fuel"* ]]; then continue; fi
      echo "$tier: $name with fuel of $given of $taken ends with $ended: ${said//$'\n'/, }"
      differences=$((differences + 1))
    done
  done
done < <(grep -E ' right fuel [0-9]+$' "$out/by-t0" | shuf -n 20 --random-source=<(yes "$first"))
versions=$(grep -ohE 'versions [0-9]+' "$out"/all-* | awk '{ sum += $2 } END { print sum + 0 }')
echo "$kind: $(wc -l <"$out/list"), in $(wc -w <<<"t0 $tiers") tiers, versions: $versions, runs with just as much fuel, and one less: $exact, lines that differ: $differences"
[ $differences = 0 ]
