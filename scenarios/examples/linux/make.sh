#!/bin/sh
# Makes what the linux-*.yaml examples boot, in build/examples/linux: Debian's cloud kernel, taken
# out of its package without installing it (27 MB, once), and a ramdisk with one program, init.cpp.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "$here/../../.." && pwd)/build/examples/linux
mkdir -p "$out"
work=$(mktemp -d "$out/work.XXXXXX")
trap 'rm -rf "$work"' EXIT

if [ ! -f "$out/vmlinuz" ]; then
  package=$(apt-cache depends linux-image-cloud-amd64 |
    sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
  [ -n "$package" ] || {
    echo "no package linux-image-cloud-amd64: run apt-get update" >&2
    exit 3
  }
  (cd "$work" && apt-get download -qq "$package")
  dpkg-deb -x "$work"/*.deb "$work/package"
  mv "$work"/package/boot/vmlinuz-* "$out/vmlinuz"
fi

clang++-19 -std=c++20 -O1 -static -fno-exceptions -fno-rtti "$here/init.cpp" -o "$work/init"

# One entry of an archive as the kernel reads it ("newc"): a header of 8-digit numbers, the name,
# the content, the last two padded to 4 bytes.
entry() { # name, file, mode in hexadecimal
  size=$(stat -c %s "$2")
  header_and_name=$((110 + ${#1} + 1))
  printf '070701%08X%s%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X' 1 "$3" 0 0 1 0 "$size" 0 0 0 0 \
    $((${#1} + 1))
  printf '00000000%s' "$1"
  head -c $((1 + (4 - header_and_name % 4) % 4)) /dev/zero
  cat "$2"
  head -c $(((4 - size % 4) % 4)) /dev/zero
}
{
  entry init "$work/init" 000081ED
  entry 'TRAILER!!!' /dev/null 00000000
} >"$work/root.cpio"
mv "$work/root.cpio" "$out/root.cpio"
