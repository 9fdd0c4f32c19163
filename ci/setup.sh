#!/bin/sh
# Installs what uniharness needs, on Debian 12 and 13. Asks nothing; does nothing, in a fraction of a
# second, where all of it is there already.
#
# setup.sh tool: what builds the tool and the guests, and boots those that are x86's (half of it all).
# setup.sh: what lint, tests, examples and documents need, too.
# setup.sh tests: what the tests on a real Slurm, on a real Grid Engine and those of accessibility need as
# well. Where that cannot be had they are skipped, and say so.
set -eu

# Boost.Process v2 came with Boost 1.81: Debian 12 has that beside its own, 13 has a newer one.
boost=libboost-dev
! grep -q '^VERSION_CODENAME=bookworm' /etc/os-release || boost=libboost1.81-dev

# python3 and the libraries of tests: the build is configured once, with its tests.
packages="
  clang-19 lld-19 llvm-19 libclang-rt-19-dev
  nasm cmake ninja-build ccache pkg-config python3 git
  qemu-system-x86
  libcli11-dev nlohmann-json3-dev libyaml-cpp-dev libfmt-dev libre2-dev libelf-dev libdw-dev zlib1g-dev
  libcapstone-dev
  nettle-dev $boost libsqlite3-dev libgtest-dev libbenchmark-dev
  libjs-chart.js
"
case ${1:-} in
  tool) ;;
  '' | tests)
    packages="$packages
      clang-format-19 clang-tidy-19 csmith curl make
      qemu-system-arm u-boot-qemu
      chromium zsh fish mandoc bsdextrautils"
    ;;
  *)
    echo "ci/setup.sh: there is no set '$1': 'tool', 'tests', or nothing" >&2
    exit 2
    ;;
esac

slurm="" grid_engine="" node=""
if [ "${1:-}" = tests ]; then
  slurm="slurmctld slurmd slurm-client munge"
  # s-nail is the mailer with the fewest packages behind it.
  grid_engine="gridengine-master gridengine-exec gridengine-client s-nail iproute2"
  # Some packages of Node.js have npm in them, and conflict with Debian's.
  command -v npm >/dev/null || node="nodejs npm"
fi

missing_of() {
  for package in "$@"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || printf ' %s' "$package"
  done
}
missing=$(missing_of $packages)
missing_wanted=$(missing_of $slurm $grid_engine $node)
[ -n "$missing$missing_wanted" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
  as_root="sudo"
  command -v sudo >/dev/null || {
    echo "ci/setup.sh: these packages are missing and sudo is not here to install them:$missing$missing_wanted" >&2
    [ -n "$missing" ] || exit 0
    exit 3
  }
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# libclang-rt-19-dev and friends are named above, so recommendations are not needed.
install() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
echo "installing:$missing$missing_wanted"
$as_root apt-get update -qq >"$log" 2>&1 </dev/null || [ -z "$missing" ] || {
  tail -n 30 "$log" >&2
  echo "ci/setup.sh: apt-get could not ask for:$missing" >&2
  exit 3
}
if [ -n "$missing" ] && ! install $missing >"$log" 2>&1 </dev/null; then
  tail -n 30 "$log" >&2
  echo "ci/setup.sh: apt-get could not install:$missing" >&2
  exit 3
fi
# Its packages would make a cluster and start it: the tests start their own.
quiet_grid_engine() {
  [ ! -e /etc/default/gridengine ] || return 0
  printf 'SGE_START_MASTERD=no\nSGE_START_EXECD=no\n' | $as_root tee /etc/default/gridengine >/dev/null
  echo 'gridengine-common shared/gridengineconfig boolean false' | $as_root debconf-set-selections
}
# What is wanted stands or falls by itself.
for set in "$slurm" "$grid_engine" "$node"; do
  missing_wanted=$(missing_of $set)
  [ -n "$missing_wanted" ] || continue
  case "$missing_wanted" in *gridengine*) quiet_grid_engine ;; esac
  if ! install $missing_wanted >"$log" 2>&1 </dev/null; then
    tail -n 3 "$log" >&2
    echo "ci/setup.sh: tests that need them will be skipped, for apt-get could not install:$missing_wanted" >&2
  fi
done
