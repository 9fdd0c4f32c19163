#!/bin/sh
# kernel_lib as an SDK: installs the release build below an empty prefix, and builds and boots from there
# what docs/SDK.md tells and examples/sdk-app has. Then the Debian package: what is in it.
set -eu
cd "$(dirname "$0")/.."
. ci/build.sh
build release

root=$PWD
work=$root/build/sdk
prefix=$work/prefix
rm -rf "$work"
mkdir -p "$work/minute"
# Moved after it was installed: nothing in it may know where it stood.
cmake --install build/release --prefix "$work/elsewhere" >"$work/install.log"
mv "$work/elsewhere" "$prefix"
unset UNIHARNESS_BUILD_DIR UNIHARNESS_PROFILE_PLUGIN
PATH=$prefix/bin:$PATH
export PATH CMAKE_PREFIX_PATH="$prefix"
export CC=clang-19 CXX=clang++-19

fail() {
  echo "ci/sdk.sh: $*" >&2
  exit 1
}
# quietly NAME COMMAND...: its output only where it fails
quietly() {
  log=$work/$1.log
  shift
  "$@" >"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; fail "failed: $*"; }
}

# The minute, as it is written down.
awk '/ci\/sdk.sh runs this/ { wanted = 1 }
     /^```/ { if (inside) exit; inside = wanted; next }
     inside { print }' docs/SDK.md >"$work/minute.sh"
grep -q 'uniharness run' "$work/minute.sh" || fail "docs/SDK.md has no block to run"
cd "$work/minute"
quietly minute sh -eu "$work/minute.sh"

# The example, by ctest and by the tool, built and profiled from what is installed.
cp -r "$root/examples/sdk-app" "$work/app"
cd "$work/app"
quietly configure cmake -B build -G Ninja
quietly build cmake --build build
quietly ctest ctest --test-dir build --output-on-failure -j2
quietly run uniharness run '*.yaml'
quietly profile uniharness profile counter.yaml --out profile
# A scenario that asks for something else must fail.
sed 's/result: "26"/result: "27"/' greeting.yaml >wrong.yaml
if uniharness run wrong.yaml --no-build >"$work/wrong.log" 2>&1; then
  fail "a wrong expectation passed"
fi
# Both kinds of scenario that are written for the user name the schema that was installed.
for file in build/scenarios/greeting.yaml "$work/init.yaml"; do
  [ -e "$file" ] || quietly init uniharness init build/images/greeting.elf -o "$file"
  schema=$(sed -n '1s/^# yaml-language-server: \$schema=//p' "$file")
  [ -s "$schema" ] || fail "$file names no schema in its first line"
done
# Another compiler is refused with the command to use.
if CC=cc CXX=c++ cmake -B gcc >"$work/gcc.log" 2>&1; then fail "gcc was not refused"; fi
grep -q 'CC=clang-19' "$work/gcc.log" || fail "the refusal of gcc does not say what to do"

# Manual pages and completion are where man and shells look for them.
for file in man/man1/uniharness-run.1.gz bash-completion/completions/uniharness \
  fish/vendor_completions.d/uniharness.fish zsh/vendor-completions/_uniharness; do
  [ -s "$prefix/share/$file" ] || fail "share/$file is not installed"
done

# The package holds what the prefix does, and the tool in it runs.
cd "$root/build/release"
quietly cpack cpack -G DEB -B "$work/deb"
package=$(echo "$work"/deb/uniharness_*_*.deb)
dpkg-deb -x "$package" "$work/package"
(cd "$work/package/usr" && find . ! -type d | sort) >"$work/package.list"
(cd "$prefix" && find . ! -type d | sort) >"$work/prefix.list"
diff "$work/prefix.list" "$work/package.list" >&2 || fail "the package and the prefix differ"
dpkg-deb -f "$package" Depends | grep -q qemu-system-x86 || fail "the package needs no QEMU"
for needed in $(dpkg-deb -f "$package" Recommends | tr -d ,); do
  grep -qw -- "$needed" "$root/ci/setup.sh" || fail "ci/setup.sh does not install $needed"
done
"$work/package/usr/bin/uniharness" --version >"$work/version.log"

quietly templates sh "$root/ci/templates.sh" "$package" "$root/build/release/images/tinyllama.elf" \
  "$root/examples/sdk-app"
echo "sdk: installed, packaged, and five apps built and booted from it"
