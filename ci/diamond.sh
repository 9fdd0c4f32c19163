#!/bin/bash
# diamond.sh: one changed constant in the compiler's bitcode, and one planted miscompilation in S0, clang's
# build of the compiler: the diamond of unikernel/jit/selfhost tells them from one another and from a
# sound build. Prints for each which of these are the same bytes, and exits with 1 where that is not as
# it must be:
#
#   M1  S0 compiles the bitcode          MT  T0 interprets the bitcode, which compiles itself
#   M2  M1 compiles the bitcode          MH  another sound build of the compiler compiles the bitcode
#
#                                   M1 and MH   M1 and M2   M2 and MT   MH and MT
#   sound                             same        same        same        same
#   a constant in the bitcode         same        differ      same        differ
#   a miscompilation in S0            differ      differ      same        same
#   one that M1 does not survive      differ      differ      differ      same
#
# What MH and MT agree on is what the bitcode says: they have neither compiler nor processor in common
# (D. A. Wheeler, "Fully Countering Trusting Trust through Diverse Double-Compiling", 2009, whose trusted
# compiler they are). Where they differ, the bitcode does not reproduce itself: it is other code than what
# it was made of. Where M1 differs from both, S0 is to blame.
#
# All of it runs by runner32 (unikernel/jit/testing). From the environment: JOBS, how many at a time to
# build (2).
set -euo pipefail
cd "$(dirname "$0")/.."
jit=$PWD/unikernel/jit
base=$PWD/build/mutants/base  # as ci/mutants.sh has it
out=$PWD/build/diamond
. "$jit/testing/runner32.sh"

changed() {  # FILE OLD NEW: the name of a copy with NEW for OLD, which must be there once
  mkdir -p "$out/$(dirname "$1")"
  /usr/bin/env python3 - "$jit/$1" "$2" "$3" >"$out/$1" <<'PYTHON'
import pathlib, sys
file, old, new = sys.argv[1:]
text = pathlib.Path(file).read_text()
if text.count(old) != 1:
    sys.exit(f"diamond.sh: '{old}' is {text.count(old)} times in {file}")
sys.stdout.write(text.replace(old, new))
PYTHON
  echo "$out/$1"
}
hash_by() {  # RUNNER BITCODE WAY
  (ulimit -t 120 -c 0; exec "$1" "$2" 0 "$3") 2>&1 | sed -n 's/^hash //p' || true
}
compare() { if [ -n "$1" ] && [ "$1" = "$2" ]; then echo same; else echo differ; fi; }
failed=0
row() {  # NAME S0 BITCODE EXPECTED: four words
  local m1 m2 mt mh found
  m1=$(hash_by "$2" "$3" compile) m2=$(hash_by "$2" "$3" t1) mt=$(hash_by "$2" "$3" t0)
  mh=$(hash_by "$base/runner32" "$3" compile)
  found="$(compare "$m1" "$mh") $(compare "$m1" "$m2") $(compare "$m2" "$mt") $(compare "$mh" "$mt")"
  # shellcheck disable=SC2086
  printf '%-30s  %-9s   %-9s   %-9s   %-9s\n' "$1" $found
  printf '  M1 %.16s  M2 %.16s  MT %.16s  MH %.16s\n' "${m1:-none}" "${m2:-none}" "${mt:-none}" "${mh:-none}"
  [ "$found" = "$4" ] || { echo "diamond.sh: must be: $4" >&2; failed=1; }
}

"$jit/testing/build_runner32.sh" "$base"

# A use in a loop counts elevenfold, not tenfold, where registers are given out: other code, as right as
# before, so that only what compiles tells it.
file=compiler/lives.cpp
source=$(changed $file 'weight *= 10;' 'weight *= 11;')
"${to_bitcode[@]}" -I"$jit" "$source" -o "$out/changed.bc"
mapfile -t parts < <(compiler_sources | grep -vx "$file" | sed "s|.*|$base/bitcode/&.bc|")
llvm-link-19 "${parts[@]}" "$out/changed.bc" -o "$out/linked.bc"
opt-19 -passes=internalize,globaldce -internalize-public-api-list=guest_main "$out/linked.bc" -o "$out/compiler.bc"

s0_with() {  # NAME FILE OLD NEW: a runner whose own compiler has that change
  local source objects
  source=$(changed "$2" "$3" "$4")
  "${to_object[@]}" -w -I"$jit" "$source" -o "$out/$1.o"
  mapfile -t objects < <(runner_sources | grep -vx "$2" | sed "s|.*|$base/objects/&.o|")
  link_runner "$out/$1" "${objects[@]}" "$base/objects/string.o" "$out/$1.o"
}
# No short jump goes forwards: other code, which does the same.
s0_with long_jumps compiler/encoder_layout.cpp 'distance > 127) continue;' 'distance > 0) continue;'
# 128 is thought to fit a signed byte.
s0_with wrong_bytes compiler/encoder.cpp 'value <= 127; }' 'value <= 128; }'

printf '%-30s  M1 and MH   M1 and M2   M2 and MT   MH and MT\n' ''
row sound "$base/runner32" "$base/compiler.bc" 'same same same same'
row 'a constant in the bitcode' "$base/runner32" "$out/compiler.bc" 'same differ same differ'
row 'a miscompilation in S0' "$out/long_jumps" "$base/compiler.bc" 'differ differ same same'
row 'one that M1 does not survive' "$out/wrong_bytes" "$base/compiler.bc" 'differ differ differ same'
exit $failed
