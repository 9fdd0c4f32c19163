#!/bin/sh
# Looks for faults of accessibility in report pages: `ci/axe.sh [PAGE.html ...]`. Without pages it makes
# them: a run that passes, one that fails, a suite, a gate, a history and the list of `view`. Needs
# chromium, node and npm, which fetches axe-core into a temporary folder. Exit status 1: something was found;
# 77: one of these cannot be had, and nothing was looked at.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
program=${UNIHARNESS:-$root/build/release/uniharness}
work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

skip() {
  echo "ci/axe.sh: pages are not looked at: $1" >&2
  exit 77
}
for tool in chromium node npm; do command -v $tool >/dev/null || skip "there is no $tool here"; done
npm install --silent --no-audit --no-fund --prefix "$work/npm" axe-core@4 >"$work/log" 2>&1 ||
  skip "npm could not fetch axe-core: $(tail -n 1 "$work/log")"

if [ $# = 0 ]; then
  reports=$work/reports
  cd "$root"
  made() { # runs something whose exit status may be that of a failure
    status=0
    "$program" "$@" >"$work/log" 2>&1 || status=$?
    case $status in 0 | 1 | 4) ;; *) cat "$work/log" >&2; exit 3 ;; esac
  }
  made profile scenarios/smoke.yaml --out "$reports/smoke"
  sed 's/\("fibonacci avg": {"value":\)[0-9]/\1/' reports/baselines/smoke.json >"$work/baseline.json"
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

# Faults that must be found in a page, else what is found in the others proves nothing.
sed 's|</body>|<input type="text"><p style="color:#777;background:#787878">faint</p></body>|' "$1" >"$work/planted.html"
node "$root/ci/axe.js" "$work/npm/node_modules/axe-core/axe.min.js" "$work" "$@" "$work/planted.html"
