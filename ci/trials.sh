#!/bin/bash
# trials.sh KIND [N]: how often the measuring commands are right, with real guests. KIND:
#   gates     N gates of session20 under the counted clock, nothing changed: every alarm is false
#   host      N gates by host time against a file, nothing changed: none may say regression
#   runs      the same against the runs of the history, each gate recorded as one more: every alarm
#             is false. All are of one day, and none can be an alarm
#   days      N runs, in an order drawn by chance and dated as if one had been made each day, each
#             compared with the 30 before it: every alarm is false. Beside them stands what
#             --one-run-decides would have said. Chance, for a host keeps its level for some minutes
#   planted   gates with one instruction more in each of the three tests: all must be found
#   same      N `uniharness ab` under the host clock of one image with itself: every alarm is false
#   slower    the same with a guest whose sum_to_n takes 5 % more time: a regression must be found
# Prints one line a try, how often each answer came, and the count. Exit status 1 where a gate was
# wrong (the rates of statistics are for people to judge). The images must have been built.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:?gates, host, runs, days, planted, same or slower}
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
# By host time: the verdict of a gate of a short guest. Its numbers that are no alarm because the machine
# is busy, or the baseline of another time, are kept apart.
host_gate() {  # OPTION...
  "$program" gate scenarios/boot-multiboot.yaml --no-build --json --clock host --boots 10 --out "$work/report" "$@" \
    >"$work/gate.json" 2>"$work/gate.log" || true
  grep -cE '(regression|improvement), and the' "$work/gate.json" >>"$work/taken_back" || true
  sed -n 's/^ *"verdict": "\([a-z_]*\)".*/\1/p' "$work/gate.json" | head -1
}
dated() {  # DAY: standard input as if it had begun on that day
  sed "s/\"started_at\": *\"[^\"]*\"/\"started_at\": \"$(date -u -d "2026-01-01 + $1 days" +%FT03:00:00Z)\"/"
}
against_days() {  # RUN OPTION...: the verdict of a run, the days before it as its base
  local run=$1
  shift
  "$program" compare history:boot-multiboot@30 "$work/run$run" --json "$@" >"$work/compare.json" 2>"$work/compare.log" || true
  sed -n 's/^ *"verdict": "\([a-z_]*\)".*/\1/p' "$work/compare.json" | head -1
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
  echo "$got" >>"$work/answers"
  case "|$wanted|" in *"|$got|"*) right=$((right + 1)) ;; esac
  echo "try $tries: $*: $got, wanted $wanted"
}

boots=2
case $kind in
  gates | planted)
    scenario_of tinyllama
    "$program" baseline accept "$work/tinyllama.yaml" -q --clock "$clock" --boots "$boots" --baseline "$work/baseline.json" \
      --why "trial" --out "$work/report" >/dev/null
    if [ "$kind" = gates ]; then
      for ((i = 0; i < count; ++i)); do try 0 gate tinyllama; done
    else
      for test in fibonacci sum_to_n count_primes; do
        scenario_of "tinyllama_plus_$test"
        for ((i = 0; i < count; ++i)); do try 4 gate "tinyllama_plus_$test"; done
      done
    fi ;;
  host)
    "$program" baseline accept scenarios/boot-multiboot.yaml --no-build -q --clock host --boots 10 \
      --baseline "$work/baseline.json" --why "trial" --out "$work/report" >/dev/null
    for ((i = 0; i < count; ++i)); do try "unchanged|inconclusive" host_gate --baseline "$work/baseline.json"; done ;;
  runs)
    export UNIHARNESS_HISTORY=$work/history.db
    for ((i = 0; i < 12; ++i)); do
      "$program" run scenarios/boot-multiboot.yaml --no-build -q --clock host --boots 10 --record --out "$work/report" >/dev/null
    done
    for ((i = 0; i < count; ++i)); do
      try "unchanged|inconclusive" host_gate --record --baseline history:boot-multiboot@30
    done ;;
  days)
    export UNIHARNESS_HISTORY=$work/history.db
    for ((i = 0; i < count + 12; ++i)); do
      "$program" run scenarios/boot-multiboot.yaml --no-build -q --clock host --boots 10 --record --out "$work/run$i" >/dev/null
    done
    "$program" history export "$work/runs.jsonl"
    export UNIHARNESS_HISTORY=$work/days.db
    day=0
    while read -r i; do
      dated "$day" <"$work/run$i/record.json" >"$work/record.json"
      mv "$work/record.json" "$work/run$i/record.json"
      if ((day >= 12)); then
        try "unchanged|inconclusive" against_days "$i"
        against_days "$i" --one-run-decides >>"$work/one_run"
      fi
      sed -n "$((i + 1))p" "$work/runs.jsonl" | dated "$day" | "$program" history import - >/dev/null
      day=$((day + 1))
    done < <(shuf -i "0-$((count + 11))" --random-source=<(yes)) ;;
  same) for ((i = 0; i < count; ++i)); do try "unchanged|inconclusive" ab tinyllama_0_percent; done ;;
  slower) for ((i = 0; i < count; ++i)); do try regression ab tinyllama_5_percent; done ;;
  *) echo "trials.sh: $kind is none of gates, host, runs, days, planted, same, slower" >&2; exit 2 ;;
esac
if [ -e "$work/taken_back" ]; then
  awk '$1 > 0 {gates++; numbers += $1} END {
    printf "  would have been alarms, and were taken back: %d numbers in %d gates\n", numbers, gates}' "$work/taken_back"
fi
if [ -e "$work/one_run" ]; then
  echo "  --one-run-decides would have said:$(sort "$work/one_run" | uniq -c | tr -s ' \n' ' ')"
fi
sort "$work/answers" | uniq -c | sed 's/ *\([0-9]*\) \(.*\)/  \2: \1/'
echo "$kind: $right of $tries as wanted ($wanted); load $(cut -d' ' -f1-3 /proc/loadavg)"
case $kind in same | slower | runs | days) exit 0 ;; esac
[ "$right" = "$tries" ]
