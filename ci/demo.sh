#!/bin/sh
# From nothing to a report: installs what is missing, builds uniharness, and lets it build, boot,
# check and report on the TinyLlama unikernel.
set -eu
cd "$(dirname "$0")/.."

sh ci/setup.sh
. ci/build.sh
build release uniharness
exec build/release/uniharness run scenarios/session20.yaml "$@"
