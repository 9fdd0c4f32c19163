#!/bin/bash
# csmith.sh [SEEDS [FIRST]]: SEEDS (200) programs of csmith's, from seed FIRST (1) on, each compiled at
# -O0 and -O2 to bitcode, run by $RUNNER (RUNNER="build/release/uniharness bitcode run"), and
# compared with the native program of the same bitcode: status and output. Prints a line for each
# difference, with the folder that holds the program, and the counts last. What RUNNER says is not
# supported counts as refused, and what takes more instructions than it gives apart. Exit status 1 if
# there were differences.
#
# A program whose two native builds disagree, or that takes more than two seconds natively, proves
# nothing and is left out. From the environment: TIER, instead of RUNNER, for a tier of
# unikernel/jit/testing/runner32.cpp, or several ("t0 t1"), which must all agree: t0, interpreted; t1, machine
# code; s1, of bodies that are specialized; adaptive, what becomes machine code and is specialized while it
# runs; JOBS, how many at a time (2); LIMIT, seconds for a run by RUNNER (60); WORK, where to work
# (build/csmith).
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-200}
first=${2:-1}
corpus=$PWD/unikernel/jit/corpus
out=${WORK:-build/csmith}
runner=${RUNNER:-$corpus/run_native.sh}
. "$corpus/compile.sh"
generate=(csmith --no-argc --quiet --concise)

result_of() {  # LIMIT OUTPUT COMMAND...: the status, and the output in its file
  local limit=$1 output=$2 status=0
  shift 2
  timeout "$limit" "$@" >"$output" 2>"$output.errors" || status=$?
  echo $status
}
compare() {  # FOLDER LEVEL: one word, and a line on stderr for a difference
  local file=$1/$2 expected actual
  expected=$(<"$file.status")
  actual=$(result_of "${LIMIT:-60}" "$file.actual" $runner "$file.bc")
  if [ "$actual" = "$expected" ] && cmp -s "$file.output" "$file.actual"; then
    echo same
  elif grep -q 'not supported' "$file.actual.errors"; then
    echo refused
  elif grep -q 'out of fuel' "$file.actual.errors"; then
    echo unfinished
  else
    echo differs
    echo "$file: status $actual, not $expected; $(head -c 200 "$file.actual.errors" | head -n 1)" >&2
  fi
}
one_seed() {  # SEED
  local folder=$out/$1 level
  rm -rf "$folder"
  mkdir -p "$folder"
  # csmith reads the sizes of types from this file in its folder.
  printf 'integer size = 4\npointer size = 4\n' >"$folder/platform.info"
  # Bit-fields make integers of odd widths, some of more than 64 bits: every other program has none.
  local own=()
  [ $(($1 % 2)) = 1 ] || own=(--no-bitfields)
  (cd "$folder" && "${generate[@]}" "${own[@]}" --seed "$1" --output program.c)
  for level in O0 O2; do
    to_bitcode "$folder/program.c" "$level" "$folder/$level.bc" -I"$corpus/csmith" -w
    to_native "$folder/$level.bc" "$level" "$folder/$level.native"
    result_of 2 "$folder/$level.output" "$folder/$level.native" >"$folder/$level.status"
  done
  if [ "$(<"$folder/O0.status")" = 124 ] || ! cmp -s "$folder"/O{0,2}.status || ! cmp -s "$folder"/O{0,2}.output; then
    echo skipped >"$folder/result"
  else
    for level in O0 O2; do compare "$folder" "$level"; done >"$folder/result"
    grep -q differs "$folder/result" || rm -f "$folder"/*.bc "$folder"/*.native
  fi
}

if [ "${TIER:-}" ] && [ -z "${CORPUS_ONE:-}" ]; then
  unikernel/jit/testing/build_runner32.sh "$out/runner" runner32
  runner=$(realpath "$out/runner")/run
  cat >"$runner" <<RUN
#!/bin/bash
# FILE: in each tier. Status and output of the first; 252 where another has others.
said=\$(mktemp -d)
trap 'rm -rf "\$said"' EXIT
for tier in $TIER; do
  status=0
  "${runner}ner32" "\$1" 1 \$tier >"\$said/output" || status=\$?
  first=\${first:-\$status}
  [ -e "\$said/first" ] || cp "\$said/output" "\$said/first"
  [ \$status = \$first ] && cmp -s "\$said/output" "\$said/first" || { echo "\$tier differs" >&2; exit 252; }
done
cat "\$said/first"
exit \$first
RUN
  chmod +x "$runner"
  export RUNNER=$runner
fi
if [ "${CORPUS_ONE:-}" ]; then  # a call of ours, below: one seed of many
  one_seed "$CORPUS_ONE"
  exit
fi

command -v csmith >/dev/null || { echo "csmith.sh: csmith is missing (apt-get install csmith)" >&2; exit 3; }
mkdir -p "$out"
native_runtime
seq "$first" $((first + count - 1)) |
  xargs -P "${JOBS:-2}" -I SEED env CORPUS_ONE=SEED WORK="$out" bash ci/csmith.sh
seq "$first" $((first + count - 1)) | sed "s|.*|$out/&/result|" | xargs cat | sort | uniq -c |
  awk -v seeds="$count" '{n[$2] = $1} END {
    printf "csmith: %d seeds, %d runs agree, %d refused, %d out of fuel, %d differ, %d seeds left out\n",
      seeds, n["same"], n["refused"], n["unfinished"], n["differs"], n["skipped"]
    exit n["differs"] > 0}'
