#!/bin/sh
# release.sh: what a release consists of, in build/release-files: the Debian package, a tarball of the same files
# for other systems (the program in it is static), and SHA256SUMS. Refuses a version that CHANGELOG.md has no
# section for, or a tree with changes; release.sh --trial does not mind either. Where lintian is installed, an
# error of it is ours.
set -eu
cd "$(dirname "$0")/.."
trial=${1:-}
. ci/build.sh
build release

fail() {
  echo "ci/release.sh: $*" >&2
  exit 1
}

version=$(build/release/uniharness --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)
[ -n "$version" ] || fail "the program does not say its version"
if [ "$trial" != --trial ]; then
  grep -q "^## \[$version\]" CHANGELOG.md || fail "CHANGELOG.md has no section [$version]"
  [ -z "$(git status --porcelain)" ] || fail "the tree has changes that are not committed"
fi
# Files have the time of the commit, so that the same commit gives the same bytes.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

out=$PWD/build/release-files
rm -rf "$out"
mkdir -p "$out/tree"
(cd build/release && cpack -G DEB -B "$out/deb" >"$out/cpack.log" 2>&1) || { cat "$out/cpack.log" >&2; fail cpack; }
mv "$out"/deb/*.deb "$out"
name=uniharness-$version-linux-$(uname -m)
cmake --install build/release --strip --prefix "$out/tree/$name" >"$out/install.log"
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
  -C "$out/tree" -cf - "$name" | gzip -n >"$out/$name.tar.gz"
# What was packed runs from where it was unpacked.
mkdir "$out/try"
tar -C "$out/try" -xzf "$out/$name.tar.gz"
"$out/try/$name/bin/uniharness" --version >/dev/null || fail "the program of the tarball does not run"
rm -rf "$out/tree" "$out/deb" "$out/try" "$out"/*.log

package=$(echo "$out"/*.deb)
if command -v lintian >/dev/null; then
  lintian --tag-display-limit 0 --fail-on error "$package" || fail "lintian finds errors"
else
  echo "note: lintian is not installed, the package was not checked by it"
fi
(cd "$out" && sha256sum -- *.deb *.tar.gz >SHA256SUMS)
echo "release $version:"
cat "$out/SHA256SUMS"
