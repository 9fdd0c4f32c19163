#!/bin/sh
# Looks for faults of accessibility in report pages: `ci/axe.sh [PAGE.html ...]`. Without pages it makes
# them: a run that passes, one that fails, a suite, a gate, a history and the list of `view`. Needs
# chromium, node and npm, which fetches axe-core into a temporary folder. Exit status 1: something was found.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
program=${UNIHARNESS:-$root/build/release/uniharness}
work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

npm install --silent --no-audit --no-fund --prefix "$work/npm" axe-core@4

if [ $# = 0 ]; then
  reports=$work/reports
  cd "$root"
  made() { # runs something whose exit status may be that of a failure
    status=0
    "$program" "$@" >"$work/log" 2>&1 || status=$?
    case $status in 0 | 1 | 4) ;; *) cat "$work/log" >&2; exit 3 ;; esac
  }
  made profile scenarios/smoke.yaml --out "$reports/smoke"
  sed 's/"fibonacci avg": {"value":/&1/' reports/baselines/smoke.json >"$work/baseline.json"
  made gate scenarios/smoke.yaml --clock counted --ignore-fingerprint --baseline "$work/baseline.json" --out "$reports/smoke"
  made run scenarios/tinyllama-inference.yaml --boots 3 --out "$reports/tinyllama-inference"
  made run scenarios/smoke.yaml scenarios/misbehaving/panic.yaml scenarios/misbehaving/failing-tests.yaml \
    --out "$reports/suite"
  for i in 1 2 3; do made run scenarios/smoke.yaml --clock counted --record --db "$work/history.db" --out "$reports/recorded"; done
  made history "fibonacci avg" --db "$work/history.db" --html "$reports/history.html"
  "$program" view "$reports" >"$work/view" 2>&1 &
  server=$!
  until address=$(grep -o 'http://[^ ]*' "$work/view"); do
    kill -0 "$server" || { cat "$work/view" >&2; exit 3; }
    sleep 0.1
  done
  node -e 'fetch(process.argv[1]).then((r) => r.text()).then((t) =>
    require("fs").writeFileSync(process.argv[2], t))' "$address" "$reports/view.html"
  set -- "$reports/smoke/report.html" "$reports/tinyllama-inference/report.html" \
    "$reports/suite/panic/report.html" "$reports/suite/failing-tests/report.html" \
    "$reports/suite/index.html" "$reports/history.html" "$reports/view.html"
fi

node "$root/ci/axe.js" "$work/npm/node_modules/axe-core/axe.min.js" "$work" "$@"
