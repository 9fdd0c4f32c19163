#!/bin/sh
# Installs what uniharness needs, on Debian 12 and 13. Asks nothing; does nothing, in a fraction of a
# second, where all of it is there already.
#
# setup.sh tool: what builds the tool and the guests, and boots those that are x86's (half of it all).
# setup.sh: what lint, tests, examples and documents need, too.
# setup.sh tests: what the tests on a real Slurm and those of accessibility need as well. Where that cannot be
# had they are skipped, and say so.
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

wanted=""
if [ "${1:-}" = tests ]; then
  wanted="slurmctld slurmd slurm-client munge"
  # Some packages of Node.js have npm in them, and conflict with Debian's.
  command -v npm >/dev/null || wanted="$wanted nodejs npm"
fi

missing_of() {
  for package in "$@"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || printf ' %s' "$package"
  done
}
missing=$(missing_of $packages)
missing_wanted=$(missing_of $wanted)
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
if [ -n "$missing_wanted" ] && ! install $missing_wanted >"$log" 2>&1 </dev/null; then
  tail -n 3 "$log" >&2
  echo "ci/setup.sh: tests that need them will be skipped, for apt-get could not install:$missing_wanted" >&2
fi
