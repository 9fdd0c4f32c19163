#!/bin/bash
# suites.sh FOLDER|FILE.c...: other people's C programs, below the folders, each compiled to bitcode at
# each level and run in each tier by unikernel/jit/testing/runner32.cpp. What does not end in all tiers
# as the program itself says (status 0 and no output; or what FILE.c.expected or
# FILE.reference_output has) is held against the native program of the same bitcode: status and output.
# The programs stand on the small C library in unikernel/jit/corpus/hosted. Prints what does not
# agree, and counts last:
#
#   agree       all tiers as the program says, or as its native build does
#   refused     what docs/BITCODE.md says is refused, and by what
#   undefined   reached code that is never reached: natively that is whatever lies behind it
#   unprovided  takes functions that the library has not
#   unfinished  more than 100,000,000 instructions, or twenty seconds, in one tier
#   differ      none of these: a finding
#
# Programs that clang does not compile for i386 are counted apart. Exit status 1 if there were
# differences, 2 of the usage. From the environment: LEVELS (O0 O1 O2 O3 Os); TIERS (t0 t1 adaptive);
# FLAGS, for clang besides; ONLY, a pattern (grep -E) of files to take; WORK, where to work
# (build/suites); JOBS, how many at a time (2).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
hosted=$root/unikernel/jit/corpus/hosted
corpus=$root/unikernel/jit/corpus
[ $# -gt 0 ] || { echo "usage: suites.sh FOLDER|FILE.c..." >&2; exit 2; }
out=$(realpath -m "${WORK:-build/suites}")
read -ra levels <<<"${LEVELS:-O0 O1 O2 O3 Os}"
read -ra tiers <<<"${TIERS:-t0 t1 adaptive}"
read -ra flags <<<"${FLAGS:-}"
. "$corpus/compile.sh"
# As whoever wrote such programs compiled them: old C, and no word about it.
for_programs=("${target[@]}" -std=gnu17 -ffp-contract=off -nostdlibinc -isystem "$hosted/include" -w
  -Wno-implicit-int -Wno-implicit-function-declaration -Wno-int-conversion -Wno-return-type
  -Wno-incompatible-function-pointer-types "${flags[@]}")

make_library() {
  local part
  for part in "$hosted"/*.c; do
    clang-19 "${for_programs[@]}" -fno-builtin -O2 -emit-llvm -c "$part" -o "$out/$(basename "$part").bc"
  done
  llvm-link-19 "$out"/{decimal,numbers,output,standard,text}.c.bc -o "$out/library.bc"
}
name_of() {  # SOURCE: of one program, without the folders that all have
  local name=${1#"$common"}
  name=${name%.c}
  echo "${name//\//.}"
}
expected_of() {  # SOURCE: the file with the output that is right, if there is one; of reference_output
  local made=$out/programs/$(name_of "$1").expected  # without its last line, `exit 0`
  if [ -e "$1.expected" ]; then
    cp "$1.expected" "$made"
  elif [ -e "${1%.c}.reference_output" ]; then
    sed '$ { /^exit 0$/d }' "${1%.c}.reference_output" >"$made"
  else
    : >"$made"
  fi
  echo "$made"
}
compile_one() {  # SOURCE: to programs/NAME.LEVEL.bc; its lines to NAME.list, the levels without to NAME.not
  local source=$1 name level file expected
  name=$(name_of "$source")
  file=$out/programs/$name
  expected=$(expected_of "$source")
  for level in "${levels[@]}"; do
    if timeout 60 clang-19 "${for_programs[@]}" "-$level" -emit-llvm -c "$source" -o "$file.$level.o" 2>/dev/null &&
      llvm-link-19 --only-needed "$out/start.c.bc" "$file.$level.o" "$out/library.bc" \
        -o "$file.$level.bc" 2>/dev/null; then
      printf '%s.%s\t0\t%s\t%s\n' "$name" "$level" "$file.$level.bc" "$expected"
    else
      printf '%s.%s\n' "$name" "$level" >&2
    fi
    rm -f "$file.$level.o"
  done >"$file.list" 2>"$file.not"
}
result_of() {  # OUTPUT COMMAND...: the status, and the output in its file
  local output=$1 status=0
  shift
  timeout 20 "$@" >"$output" 2>"$output.errors" || status=$?
  echo $status
}
look_closer() {  # NAME.LEVEL: alone, against the native program; prints verdict, name, tier, why
  local file=$out/programs/$1 tier native="" status said
  for tier in "${tiers[@]}"; do
    status=$(result_of "$file.$tier" "$out/runner/runner32" "$file.bc" 0 "$tier")
    said=$(tr '\n' ' ' <"$file.$tier.errors")
    case $status$said in
      25[01]*'not supported'* | 251*'as if it were'*) echo "refused $1 $tier $said"; return ;;
      251*'out of fuel'* | 124*) echo "unfinished $1 $tier"; return ;;
      25[01]*'nobody provides'*) echo "unprovided $1 $tier $said"; return ;;
      251*'is never reached'*) echo "undefined $1 $tier $said"; return ;;
    esac
    if [ -z "$native" ]; then
      (to_native "$file.bc" O1 "$file.native" 2>/dev/null) || true
      [ -e "$file.native" ] || { echo "unprovided $1 native: it is not linked"; return; }
      native=$(result_of "$file.right" "$file.native")
    fi
    if [ "$status" != "$native" ] || ! cmp -s "$file.$tier" "$file.right"; then
      echo "differ $1 $tier status $status, natively $native; $said"
      return
    fi
  done
  if [ "$native" = 0 ] && cmp -s "$out/programs/${1%.*}.expected" "$file.right"; then
    echo "differ $1 all alone as it says, among others not"
  else
    echo "agree $1 all status $native, natively too"
  fi
}

if [ "${SUITES_COMPILE:-}" ]; then
  common=$SUITES_COMMON
  for source; do compile_one "$source"; done
  exit
elif [ "${SUITES_CLOSER:-}" ]; then
  set +e
  for name; do look_closer "$name" >"$out/programs/$name.result"; done
  exit
fi

mkdir -p "$out/programs"
"$root/unikernel/jit/testing/build_runner32.sh" "$out/runner" runner32
native_runtime
make_library
find "$(realpath "$1")" "${@:2}" -name '*.c' -type f | grep -E "${ONLY:-.}" | sort >"$out/sources"
common=$(realpath "$1")/
[ -d "$1" ] || common=$(dirname "$(realpath "$1")")/
export SUITES_COMMON=$common WORK=$out
tr '\n' '\0' <"$out/sources" | SUITES_COMPILE=1 xargs -0 -P "${JOBS:-2}" -n 20 bash "$0"
# As name_of() has them, all at once.
sed "s|^$common||; s|\.c$||; s|/|.|g" "$out/sources" >"$out/names"
of_all() { sed "s|.*|$out/programs/&.$1|" "$2" | tr '\n' '\0' | xargs -0 -r cat; }  # ENDING NAMES
of_all list "$out/names" >"$out/list"
of_all not "$out/names" | sed 's/^/uncompiled /' >"$out/results"

# Many in one process, which ends where three take too long: then it goes on behind them.
for tier in "${tiers[@]}"; do
  : >"$out/said.$tier"
  split -d -a 4 -l 500 "$out/list" "$out/part."
  for part in "$out"/part.*; do
    while [ -s "$part" ]; do
      before=$(wc -l <"$out/said.$tier")
      "$out/runner/runner32" "@$part" 0 "$tier" >"$out/said.one" || true
      cat "$out/said.one" >>"$out/said.$tier"
      done=$(wc -l <"$out/said.one")
      [ "$done" -gt 0 ] || { echo "suites.sh: $tier ends at $(head -n 1 "$part" | cut -f 1)" >&2; done=1; }
      sed -i "1,${done}d" "$part"
    done
    rm "$part"
  done
done
# As the program itself says in all tiers: no more to look at.
cat "${tiers[@]/#/$out/said.}" | awk -v tiers="${#tiers[@]}" '
  $2 == 0 && $3 == "right" && !/something else|unsound/ {if (++n[$1] == tiers) print $1}' | sort >"$out/right"
cut -f 1 "$out/list" | sort | comm -23 - "$out/right" >"$out/closer"
tr '\n' '\0' <"$out/closer" | SUITES_CLOSER=1 xargs -0 -r -P "${JOBS:-2}" -n 20 bash "$0"
sed 's/^/agree /' "$out/right" >>"$out/results"
of_all result "$out/closer" >>"$out/results"
grep -vE '^(agree|uncompiled) ' "$out/results" || true
awk -v programs="$(wc -l <"$out/sources")" '{++n[$1]} END {
  printf "suites: %d programs, %d builds agree, %d refused, %d undefined, %d unprovided, %d unfinished, ",
    programs, n["agree"], n["refused"], n["undefined"], n["unprovided"], n["unfinished"]
  printf "%d differ, %d not compiled\n", n["differ"], n["uncompiled"]
  exit n["differ"] > 0
}' "$out/results"
