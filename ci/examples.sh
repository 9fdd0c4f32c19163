#!/bin/sh
# Boots the examples of guests that others wrote (scenarios/examples). Each says itself how it must
# end, so every one of them must pass. Their packages are downloaded once, 30 MB, and not installed.
# Those in optional/ need more than setup.sh installs and run where it is there: QEMU for riscv64
# (Debian's qemu-system-misc) has 208 MB.
set -eu
cd "$(dirname "$0")/.."
. ci/build.sh
build release uniharness
optional=""
if command -v qemu-system-riscv64 >/dev/null; then
  optional='scenarios/examples/optional/*.yaml'
else
  echo "examples.sh: no qemu-system-riscv64 (apt-get install qemu-system-misc):" \
    "scenarios/examples/optional is left out"
fi
exec build/release/uniharness run 'scenarios/examples/*.yaml' ${optional:+"$optional"} \
  --out build/examples/reports
