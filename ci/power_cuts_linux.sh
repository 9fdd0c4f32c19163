#!/bin/sh
# Cuts the power of a Linux that keeps a file on ext4 (scenarios/examples/power-cuts), and says
# whether each way to keep it came to what is known of it: with fsync nothing is lost, and each of the
# others is found out. Packages of 28 MB are downloaded once, and not installed. Not part of CI: 600
# boots of Linux take a quarter of an hour of two processors. Usage: ci/power_cuts_linux.sh [NAME...]
set -eu
cd "$(dirname "$0")/.."
. ci/build.sh
[ -n "${UNIHARNESS:-}" ] || build release uniharness
uniharness=${UNIHARNESS:-build/release/uniharness}
out=build/examples/ext4/reports
wrong=0

# name, exit status, what the report must say
expect() {
  case " $names " in *" $1 "*) ;; *) return 0 ;; esac
  status=0
  "$uniharness" run "scenarios/examples/power-cuts/ext4-$1.yaml" --out "$out/$1" || status=$?
  if [ $status = "$2" ] && grep -q "$3" "$out/$1/report.md"; then
    echo "ext4-$1: as expected"
  else
    echo "ext4-$1: exit status $status, where $2 and '$3' were expected" >&2
    wrong=1
  fi
}

names=${*:-fsync plain no-barrier rename sectors}
expect fsync 0 'states were tried'
expect plain 1 'was promised'
expect no-barrier 1 'was promised'
expect rename 1 'damaged: 0 lines'
expect sectors 1 'invalid superblock checksum'
exit $wrong
