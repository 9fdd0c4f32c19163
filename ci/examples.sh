#!/bin/sh
# Boots the examples of guests that others wrote (scenarios/examples). Each says itself how it must
# end, so every one of them must pass. The Linux kernel is downloaded once, 27 MB.
set -eu
cd "$(dirname "$0")/.."
. ci/build.sh
build release uniharness
exec build/release/uniharness run 'scenarios/examples/*.yaml' --out build/examples/reports
