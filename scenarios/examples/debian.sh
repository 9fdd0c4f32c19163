#!/bin/sh
# debian.sh PACKAGE FILE NAME: takes one file out of a Debian package, without installing it (a
# hypervisor in /boot would become an entry of the boot menu), to build/examples/debian/NAME.
# A .gz is unpacked. What is there already is kept.
set -eu
package=$1 file=$2 name=$3
out=$(cd "$(dirname "$0")/../.." && pwd)/build/examples/debian
mkdir -p "$out"
[ ! -f "$out/$name" ] || exit 0
work=$(mktemp -d "$out/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -qq "$package" >log 2>&1 || {
  cat log >&2
  echo "cannot get the package $package: run apt-get update" >&2
  exit 3
}
dpkg-deb -x ./*.deb package
case $file in
  *.gz) gunzip -c "package/$file" >made ;;
  *) cp "package/$file" made ;;
esac
mv made "$out/$name"
