#!/bin/bash
# check_adaptive.sh UNIHARNESS BUILD CORPUS: as check_guest.sh, but functions become machine code while
# they run, as early and as often as can be: every 17 instructions the guest looks where it is, and
# whatever has been interpreted once is compiled, calls and loops; what has run once as machine code is
# watched for four calls, specialized, tried on a call and published, whether it gains or not. Of the
# corpus at -O0 and -O2.
set -euo pipefail
uniharness=${1:?usage: check_adaptive.sh UNIHARNESS BUILD CORPUS}
build=$(realpath "${2:?}") corpus=$(realpath "${3:?}")
folder=$build/corpus-adaptive
mkdir -p "$folder"
while IFS=$'\t' read -r name argument _; do
  for level in O0 O2; do
    file=$corpus/bitcode/$name.$level.bc
    [ ! -e "$file" ] || printf '%s\t%s\n' "$file" "$argument"
  done
done <"$corpus/expected.tsv" >"$folder/list"
"$uniharness" bitcode pack --list "$folder/list" --scenario "$folder/corpus.yaml" -o "$build/images/corpus-adaptive.ukbc"
options=
for option in tiers=adaptive share=17 break_even=1 loop_samples=1 machine_share=101 machine_break_even=1 watched=4 watch_share=1 \
  version_ticks=1000000; do
  options+="opt/uniharness/bitcode/${option%=*}: \"${option#*=}\", "
done
sed -e '/\.t1,/d' -e 's/\.t0,/.adaptive,/' -e "s|fw_cfg: .*|fw_cfg: {${options%, }}|" -e 's/^clock: .*/&\nboots: 1/' \
  "$folder/corpus.yaml" >"$folder/adaptive.yaml"
"$uniharness" run "$folder/adaptive.yaml" --no-build --build-dir "$build" --out "$folder/report"
# It was what it says: most programs are small, and yet hundreds of loops went on as machine code.
log=$folder/report/serial.log
count() { grep -cE "$1" "$log" || true; }
loops=$(count ', loop t0 -> t1 ') functions=$(count 'tier: [^,]* t0 -> t1 ') versions=$(count ' t1 -> t2 at ')
wrong=$(count 'it does something else than t0')
[ "$loops" -ge 300 ] || { echo "check_adaptive.sh: only $loops loops became machine code" >&2; exit 1; }
[ "$versions" -ge 300 ] || { echo "check_adaptive.sh: only $versions versions were made" >&2; exit 1; }
[ "$wrong" = 0 ] || { echo "check_adaptive.sh: $wrong versions did something else than t0" >&2; exit 1; }
echo "adaptive: $loops loops and $functions functions became machine code while they ran, and $versions versions"
