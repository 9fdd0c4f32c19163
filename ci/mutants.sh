#!/bin/bash
# mutants.sh [NUMBER...]: plants the faults of mutants.txt (or those of these numbers), one at a time,
# into T1, T0, the reader, the specializer and the adaptive engine of unikernel/jit, and tells which tests find them. Prints a line for
# each, and counts. Exit status 1 if one was found by nothing; 2 if a fault cannot be planted, or if
# the tests fail without one.
#
#   corpus   programs of the corpus, at four levels, and those that end by a fault, whose status,
#            output or count of instructions is wrong
#   diamond  the compiler as a program, compiled by the mutated compiler: `code`, it became other
#            code; `yes`, that code, or T0, does not compile it once more to the right bytes. Only
#            that would be found had the fault been in the compiler's sources.
#   csmith   programs of csmith's; tried where the others find nothing
#
# All of it runs by runner32 (unikernel/jit/testing). From the environment: JOBS, mutants at a time
# (2); SEEDS, of csmith (6).
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
jit=$PWD/unikernel/jit
corpus=$jit/corpus
out=$PWD/build/mutants
base=$out/base
seeds=${SEEDS:-6} first_seed=${FIRST_SEED:-2000}
. "$jit/testing/runner32.sh"

# ---- what a runner does with many programs: a line for each, which are compared

results_of() {  # RUNNER LIST TIER
  (ulimit -c 0; exec "$1" "@$2" 0 "$3" 2>/dev/null) |
    sed -E 's/, (specialized [0-9]+, inlined [0-9]+, refused|versions|not cut) [0-9]+//g; s/^(fault_.*) fuel [0-9]+,/\1/' |
    sort || true  # how far a fault lets it get is the tier's affair
}
wrong() {  # RIGHT LINES: how many of LINES are not among RIGHT; one more if LINES ends early
  comm -13 "$1" "$2" | wc -l
  [ "$(wc -l <"$1")" = "$(wc -l <"$2")" ] || echo 1
}
hash_by() {  # RUNNER WAY: of the compiler as a program
  (ulimit -t 60 -c 0; exec "$1" "$base/compiler.bc" 0 "$2") 2>&1 | sed -n 's/^hash //p' || true
}

# ---- the programs, as lists for runner32

corpus_list() {
  local name argument level
  while IFS=$'\t' read -r name argument _; do
    for level in O0 O1 O2 Os; do
      [ ! -e "build/corpus/bitcode/$name.$level.bc" ] ||
        printf '%s\t%s\t%s\t%s\n' "$name.$level" "$argument" "build/corpus/bitcode/$name.$level.bc" \
          "build/corpus/output/$name.O1"
    done
  done <build/corpus/expected.tsv
  for name in deep deep_frames divide divide_least divide_wide endless endless_calls endless_long endless_rows \
    endless_ways trap wrong_pointer wrong_result wrong_type; do
    for level in O0 O2; do
      [ -e "$out/faults/$name.$level.bc" ] ||
        to_bitcode "$corpus/faults/$name.c" "$level" "$out/faults/$name.$level.bc" -w
      printf '%s\t1\t%s\t/dev/null\n' "fault_$name.$level" "$out/faults/$name.$level.bc"
    done
  done
}
csmith_list() {  # of programs that are kept, because `false` does not do what they are to do
  local folder
  [ -e "$out/csmith/$first_seed" ] ||
    RUNNER=false WORK=$out/csmith JOBS=1 ci/csmith.sh "$seeds" "$first_seed" >/dev/null 2>&1 || true
  for folder in "$out"/csmith/*/; do
    [ "$(head -n 1 "$folder/result")" = differs ] || continue
    for level in O0 O2; do
      printf '%s\t1\t%s\t%s\n' "$(basename "$folder").$level" "$folder$level.bc" "$folder$level.output"
    done
  done
}

# ---- the mutants

# Plants them all: $out/NUMBER/ gets the changed file, and `mutant`: number, name, kind, file.
plant() {
  /usr/bin/env python3 - ci/mutants.txt "$jit" "$out" <<'PYTHON'
import pathlib, re, shutil, sys
table, jit, out = map(pathlib.Path, sys.argv[1:])
blocks = re.split(r"^(?=\[)", table.read_text(), flags=re.M)[1:]
for number, block in enumerate(blocks, 1):
    lines = block.splitlines()
    name, kind, file = re.fullmatch(r"\[(.*)\] (\S+) (\S+)", lines[0]).groups()
    old, new = ("\n".join(line[1:] for line in lines[1:] if line.startswith(sign)) for sign in "-+")
    text = (jit / file).read_text()
    if text.count(old) != 1:
        sys.exit(f"mutants.sh: {name}: its text is {text.count(old)} times in {file}")
    folder = out / str(number)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / file).parent.mkdir(parents=True)
    (folder / file).write_text(text.replace(old, new))
    (folder / "mutant").write_text(f"{number}\t{name}\t{kind}\t{file}\n")
print(len(blocks))
PYTHON
}
build_mutant() {  # FOLDER FILE: of the base's objects, and those that FILE is part of
  local object source from objects=("$base/objects/string.o")
  while IFS= read -r object; do
    source=${object#objects/} source=${source%.o}
    if [[ $affected = *" $source "* ]]; then
      mkdir -p "$1/objects/${source%/*}"
      from=$jit/$source
      [ ! -e "$1/$source" ] || from=$1/$source
      # Not optimized: compiled sooner than it would save.
      "${to_object[@]}" -O0 -w -I"$1" -I"$jit" "$from" -o "$1/$object" || return
      objects+=("$1/$object")
    else
      objects+=("$base/$object")
    fi
  done <"$base/objects.txt"
  # Nor are tables of abstract classes left out, with what is never called.
  link_runner "$1/runner32" "${objects[@]}" --defsym=__cxa_pure_virtual=0
}
one_mutant() {  # NUMBER: a line: number, name, kind, by corpus, by diamond, by csmith, verdict
  local folder=$out/$1 number name kind file affected count=0 diamond=- csmith=- verdict=found way ways=(t1)
  IFS=$'\t' read -r number name kind file <"$folder/mutant"
  affected=" $(sed -nE "s|^(.*): (.* )?[^ ]*unikernel/jit/$file .*|\1|p" "$base/dependencies.txt" | tr '\n' ' ')"
  build_mutant "$folder" "$file" || { echo broken >"$folder/result"; return; }
  case $kind in
    T0 | reader) ways=(t1 t0) ;;
    specialize) ways=(s1 s0) ;;
    adaptive) ways=(adaptive) ;;
  esac
  for way in "${ways[@]}"; do
    results_of "$folder/runner32" "$out/programs" "$way" >"$folder/by-$way"
    count=$((count + $(wrong "$out/right" "$folder/by-$way" | paste -sd+)))
  done
  if [ "$kind" != adaptive ]; then  # the compiler as a program is not what changes while it runs
    [ "$(hash_by "$folder/runner32" compile)" = "$(<"$out/hash")" ] || diamond=code
    for way in "${ways[@]}"; do
      [ "$(hash_by "$folder/runner32" "$way")" = "$(<"$out/hash")" ] || diamond=yes
    done
  fi
  if [ $count = 0 ] && [ $diamond != yes ]; then
    csmith=0
    for way in "${ways[@]}"; do
      results_of "$folder/runner32" "$out/csmith.list" "$way" >"$folder/csmith"
      csmith=$((csmith + $(wrong "$out/csmith.right" "$folder/csmith" | paste -sd+)))
    done
    [ $csmith != 0 ] || verdict=SURVIVED
  fi
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$number" "$name" "$kind" $count $diamond $csmith $verdict |
    tee "$folder/result" | format
}
format() { awk -F'\t' '{printf "%-6s %-36s %-10s %6s %7s %6s  %s\n", $1, $2, $3, $4, $5, $6, $7}'; }

# ---- all

prepare() {
  mkdir -p "$out/faults"
  "$jit/testing/build_runner32.sh" "$base"
  [ "${KEEP_CORPUS:-}" ] || NATIVE=O1 "$corpus/build.sh" build/corpus >/dev/null
  runner_sources | sed 's|.*|objects/&.o|' >"$base/objects.txt"
  ninja -C "$base" -t deps | awk '
    /^objects\//{sub(/^objects\//, ""); sub(/\.o:.*/, ""); printf "%s%s: ", end, $0; end = "\n"; next}
    /^ /{printf "%s ", $1} END {print ""}' >"$base/dependencies.txt"
  . "$corpus/compile.sh"
  corpus_list >"$out/programs"
  csmith_list >"$out/csmith.list"
  hash_by "$base/runner32" compile >"$out/hash"
  results_of "$base/runner32" "$out/programs" t1 >"$out/right"
  results_of "$base/runner32" "$out/csmith.list" t1 >"$out/csmith.right"
}
check() {  # without a fault, everything must be right
  local way
  for way in t0 s1 s0 adaptive; do
    results_of "$base/runner32" "$out/programs" $way | diff "$out/right" - || return 1
  done
  results_of "$base/runner32" "$out/csmith.list" t0 | diff "$out/csmith.right" - || return 1
  ! grep -h ' wrong ' "$out/right" "$out/csmith.right" || return 1
  awk 'NR == FNR {right[$1] = $3; next}
    {name = $1; sub(/\.[^.]*$/, "", name)}
    name in right && right[name] != $2 {print $1 ": status " $2 ", not " right[name]; bad = 1}
    END {exit bad}' build/corpus/expected.tsv "$out/right" || return 1
  for way in t1 t0 s1; do [ "$(hash_by "$base/runner32" $way)" = "$(<"$out/hash")" ] || return 1; done
}

if [ "${MUTANTS_ONE:-}" ]; then  # a call of ours, below: one of many
  one_mutant "$MUTANTS_ONE"
  exit
fi
prepare
check || { echo "mutants.sh: without a fault, the tests do not agree" >&2; exit 2; }
all=$(plant) || exit 2
numbers=("$@")
[ $# != 0 ] || mapfile -t numbers < <(seq 1 "$all")
printf 'number\tname\tkind\tcorpus\tdiamond\tcsmith\t\n' | format
printf '%s\n' "${numbers[@]}" | xargs -P "${JOBS:-2}" -I NUMBER env MUTANTS_ONE=NUMBER bash ci/mutants.sh
for number in "${numbers[@]}"; do cat "$out/$number/result"; done | awk -F'\t' '
  $1 == "broken" {broken++; next}
  {all++; by_corpus += $4 > 0; by_diamond += $5 == "yes"; by_csmith += $6 > 0
   only_diamond += $4 == 0 && $5 == "yes"; survived += $7 == "SURVIVED"}
  END {
    printf "mutants: %d, found %d: by the corpus %d, by the diamond %d (%d that the corpus misses), by csmith alone %d\n",
      all, all - survived, by_corpus, by_diamond, only_diamond, by_csmith
    if (survived) printf "mutants: %d survived\n", survived
    if (broken) printf "mutants: %d could not be built\n", broken
    exit broken ? 2 : survived > 0}'
