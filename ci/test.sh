#!/bin/sh
# Everything that must hold before a change lands: formatting, static analysis, all tests in the
# release build (the images in QEMU too), and the host tests again under ASan and UBSan.
#
# test.sh quick: what a change needs while it is being made. The dev build, formatting, the layers and
# all tests that boot nothing.
set -eu
cd "$(dirname "$0")/.."

begin=$(date +%s)
# A heading with the minutes and seconds since this script began.
stage() {
  now=$(($(date +%s) - begin))
  printf '== %02d:%02d %s\n' $((now / 60)) $((now % 60)) "$1"
}
sh ci/setup.sh tests
. ci/build.sh
sh ci/lint.sh format
if [ "${1:-}" = quick ]; then
  build dev
  stage "tests of the dev build that boot nothing"
  exec ctest --test-dir build/dev --output-on-failure -j2 -LE qemu </dev/null
fi
stage "the release build"
build release
stage "the build with AddressSanitizer and UBSan"
build asan
stage "static analysis"
sh ci/lint.sh tidy

stage "tests under AddressSanitizer and UBSan"
# But for what a sanitizer sees nothing of: statistics of numbers, speed, a browser, a real Slurm or Grid Engine, long
# guests; floods, which have smaller tests; and two of four levels of the corpus.
beyond='^OnSlurm|^OnGridEngine|^(Runs)?Simulation\.|^RateOfCompare\.|^uniharness_bench\.runs|^Html\.|^ReportPage\.'
beyond="$beyond|^View\.TheListWorksInABrowser|^Flood\.|OfTheCorpusIsWholeAtO[1s]$|^JitCorpus\.(TheGuest|AFault|WhatBecomes|.*Compiled)"
beyond="$beyond|^PowerCuts\.OurStore|Expected/(bitcode_|selfhost|hot_swap|code_pages|trial|reload|warm_start|power_cuts)"
ctest --test-dir build/asan --output-on-failure -j2 -E "$beyond" </dev/null
stage "tests of the release build, with QEMU"
ctest --test-dir build/release --output-on-failure -j2 </dev/null

stage "accessibility of the pages, by axe-core"
sh ci/axe.sh || [ $? = 77 ]
stage "examples: kernels and firmware of others"
sh ci/examples.sh
stage "sdk: installed, packaged, and apps of their own built and booted from it"
sh ci/sdk.sh
stage "gate: session20, smoke and inference against their baselines"
sh ci/gate.sh
stage "all of it holds"
