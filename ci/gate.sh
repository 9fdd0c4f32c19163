#!/bin/sh
# gate.sh: holds the counted numbers of session20, smoke, inference, bitcode and reload against the baselines that are
# committed, and asks whether the reports that are committed are what they would be now. Every
# argument goes to `uniharness gate`. Writes the Markdown for a pull request to
# reports/gate-NAME.md; exits with the status of the first gate that does not pass.
set -eu
cd "$(dirname "$0")/.."

sh ci/setup.sh
. ci/build.sh
build release uniharness

status=0
for name in session20 smoke tinyllama-microvm tinyllama-int8 tinyllama-multiboot tinyllama-fw-cfg \
  bitcode-speed bitcode-adaptive bitcode-repeated warm-start reload; do
  # smoke boots once in host time; a gate needs the exact clock, and a second boot as its proof. The
  # boots of warm-start are no two alike.
  boots="--boots 2"
  [ "$name" != warm-start ] || boots=
  # shellcheck disable=SC2086  # an option and its value, or nothing
  build/release/uniharness gate "scenarios/$name.yaml" --clock counted $boots \
    --baseline "reports/baselines/$name.json" --markdown "reports/gate-$name.md" "$@" || {
    code=$?
    [ "$status" != 0 ] || status=$code
  }
done
build release
build/release/uniharness report comparison scenarios/comparison.yaml --check || status=$?
build/release/uniharness report summary reports/session20 --check \
  --baseline reports/baselines/session20.json --roadmap ROADMAP.md \
  --out reports/SESSION_20_SUMMARY.md || status=$?
[ "$status" = 0 ] || echo "where a change is meant: uniharness baseline accept \
scenarios/NAME.yaml --clock counted --boots 2 --baseline reports/baselines/NAME.json --why '...'" >&2
exit "$status"
