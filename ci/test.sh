#!/bin/sh
# Everything that must hold before a change lands: formatting, static analysis, all tests in the
# release build (the images in QEMU too), and the host tests again under ASan and UBSan.
#
# test.sh quick: what a change needs while it is being made. The dev build, formatting, the layers and
# all tests that boot nothing.
set -eu
cd "$(dirname "$0")/.."

sh ci/setup.sh
. ci/build.sh
sh ci/lint.sh format
if [ "${1:-}" = quick ]; then
  build dev
  echo "== tests of the dev build that boot nothing"
  exec ctest --test-dir build/dev --output-on-failure -j2 -LE qemu </dev/null
fi
build release
build asan
sh ci/lint.sh tidy

echo "== tests under AddressSanitizer and UBSan"
ctest --test-dir build/asan --output-on-failure -j2 </dev/null
echo "== tests of the release build, with QEMU"
ctest --test-dir build/release --output-on-failure -j2 </dev/null

echo "== examples: kernels and firmware of others"
sh ci/examples.sh
echo "== sdk: installed, packaged, and apps of their own built and booted from it"
sh ci/sdk.sh
echo "== gate: session20, smoke and inference against their baselines"
sh ci/gate.sh
