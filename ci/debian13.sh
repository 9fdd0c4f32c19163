#!/bin/sh
# debian13.sh [FOLDER]: uniharness on Debian 13, beside the 12 that CI runs on. In a system of its own in FOLDER
# (/tmp/uniharness-debian13 by default; 3 GB, made once by debootstrap) it installs what ci/setup.sh names, builds
# this tree, runs the golden set and the random guests of the profiler on the QEMU there, with the plugin for its
# interface, asks `doctor`, and holds session20's counted numbers against the baseline that Debian 12 made.
# MIRROR names another mirror of Debian's. Needs root and debootstrap; not part of CI.
set -eu
cd "$(dirname "$0")/.."

if [ "${1:-}" = --inside ]; then
  sh ci/setup.sh tool
  . ci/build.sh
  build release uniharness profile_plugin harness_profile_tests
  sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release
  qemu-system-i386 --version | head -n 1
  UNIHARNESS_TEST_PLUGIN=$PWD/build/release/uniharness_profile_api3.so \
    build/release/harness/profile/harness_profile_tests --gtest_brief=1
  build/release/uniharness doctor
  # Of the conditions QEMU's version alone may differ: the compiler is the same. On this QEMU the firmware is halted
  # now and then while it waits for the disk; numbers are then in ticks, which do not compare (status 5), and it is
  # booted again.
  for try in 1 2 3 4 5; do
    status=0
    build/release/uniharness gate scenarios/session20.yaml --baseline reports/baselines/session20.json \
      --ignore qemu --out build/session20 >build/gate.log 2>&1 || status=$?
    [ "$status" = 5 ] && grep -q "to 'ticks'" build/gate.log || break
    echo "try $try: the firmware was halted, again"
  done
  cat build/gate.log
  exit "$status"
fi

fail() {
  echo "ci/debian13.sh: $*" >&2
  exit 3
}
[ "$(id -u)" = 0 ] || fail "chroot and mount need root"
command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
folder=${1:-/tmp/uniharness-debian13}
if [ ! -e "$folder/made" ]; then
  debootstrap --variant=minbase trixie "$folder" ${MIRROR:+"$MIRROR"} >"$folder.log" 2>&1 ||
    { tail -n 20 "$folder.log" >&2; fail "debootstrap failed: $folder.log"; }
  touch "$folder/made"
fi
cp /etc/resolv.conf "$folder/etc/resolv.conf"

# The tree as it is, but for what git ignores. What was built there before stays, to be built on.
mkdir -p "$folder/uniharness"
git ls-files -z --cached --others --exclude-standard >"$folder/files"
tar --null --files-from "$folder/files" --ignore-failed-read -cf - | tar -C "$folder/uniharness" -xf -

# Mounts are of this process alone, and end with it.
exec unshare --mount sh -eu -c '
  mount --bind /proc "$0/proc"
  mount --bind /dev "$0/dev"
  exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin HOME=/root LC_ALL=C.UTF-8 \
    sh /uniharness/ci/debian13.sh --inside' "$folder"
