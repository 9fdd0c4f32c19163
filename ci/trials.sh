#!/bin/bash
# trials.sh KIND [N]: how often the measuring commands are right, with real guests. KIND:
#   gates     N gates of session20 under the counted clock, nothing changed: every alarm is false
#   host      N gates of session20 by host time, nothing changed: none may say regression
#   planted   gates with one instruction more in each of the three tests: all must be found
#   same      N `uniharness ab` under the host clock of one image with itself: every alarm is false
#   slower    the same with a guest whose sum_to_n takes 5 % more time: a regression must be found
# Prints one line a try and the count. Exit status 1 where a gate was wrong (the host clock's rates
# are for people to judge). The images must have been built.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:?gates, host, planted, same or slower}
count=${2:-100} clock=counted
case $count in
  '' | *[!0-9]*) echo "trials.sh: N is a number of tries, not '$count'" >&2; exit 2 ;;
esac
program=$(realpath "${UNIHARNESS:-build/release/uniharness}")
images=$(dirname "$program")/images
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

scenario_of() {  # IMAGE: session20's machine with that image
  printf 'name: trial\nimage: {disk: %s}\nchecks:\n  - complete: true\n' "$images/$1.img" >"$work/$1.yaml"
}
gate() {  # IMAGE: its exit status
  local status=0
  "$program" gate "$work/$1.yaml" -q --clock "$clock" --boots "$boots" --baseline "$work/baseline.json" --out "$work/report" \
    >"$work/gate.log" 2>&1 || status=$?
  echo "$status"
}
ab() {  # IMAGE: what the comparison of its sum_to_n with that of tinyllama_0_percent says
  "$program" ab scenarios/boot-multiboot.yaml --clock host -q --verbose --metric 'sum_to_n' \
    --base "$images/tinyllama_0_percent.elf" --new "$images/$1.elf" >"$work/ab.log" 2>&1 || true
  sed -n 's/^  sum_to_n/    &/p' "$work/ab.log" >&2
  sed -n 's/^  sum_to_n.* //p' "$work/ab.log"
}

right=0 tries=0 wanted=""
try() {  # WANTED COMMAND...: WANTED is one answer, or several with | between them
  local got
  wanted=$1
  shift
  got=$("$@")
  tries=$((tries + 1))
  case "|$wanted|" in *"|$got|"*) right=$((right + 1)) ;; esac
  echo "try $tries: $*: $got, wanted $wanted"
}

boots=2
[ "$kind" = host ] && clock=host boots=12
case $kind in
  gates | planted | host)
    scenario_of tinyllama
    "$program" baseline accept "$work/tinyllama.yaml" -q --clock "$clock" --boots "$boots" --baseline "$work/baseline.json" \
      --why "trial" --out "$work/report" >/dev/null
    if [ "$kind" = gates ]; then
      for ((i = 0; i < count; ++i)); do try 0 gate tinyllama; done
    elif [ "$kind" = host ]; then
      for ((i = 0; i < count; ++i)); do try "0|6" gate tinyllama; done
    else
      for test in fibonacci sum_to_n count_primes; do
        scenario_of "tinyllama_plus_$test"
        for ((i = 0; i < count; ++i)); do try 4 gate "tinyllama_plus_$test"; done
      done
    fi ;;
  same) for ((i = 0; i < count; ++i)); do try "unchanged|inconclusive" ab tinyllama_0_percent; done ;;
  slower) for ((i = 0; i < count; ++i)); do try regression ab tinyllama_5_percent; done ;;
  *) echo "trials.sh: $kind is none of gates, host, planted, same, slower" >&2; exit 2 ;;
esac
echo "$kind: $right of $tries as wanted ($wanted); load $(cut -d' ' -f1-3 /proc/loadavg)"
[ "$kind" = same ] || [ "$kind" = slower ] || [ "$right" = "$tries" ]
