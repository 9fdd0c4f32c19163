#!/bin/sh
# Makes what the ext4-*.yaml scenarios boot, in build/examples/ext4: Debian's cloud kernel, a ramdisk
# with busybox, the modules for virtio-blk and init, and an empty ext4 of 64 MB. The packages are
# downloaded once (28 MB) and unpacked, not installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "$here/../../../.." && pwd)/build/examples/ext4
mkdir -p "$out"
work=$(mktemp -d "$out/work.XXXXXX")
trap 'rm -rf "$work"' EXIT

unpack() { # package, folder
  mkdir "$work/download"
  (cd "$work/download" && apt-get download -qq "$1" >../log 2>&1) || {
    cat "$work/log" >&2
    echo "cannot get the package $1: run apt-get update" >&2
    exit 3
  }
  dpkg-deb -x "$work"/download/*.deb "$2"
  rm -r "$work/download"
}

if [ ! -f "$out/vmlinuz" ] || [ ! -d "$out/modules" ]; then
  package=$(apt-cache depends linux-image-cloud-amd64 |
    sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
  [ -n "$package" ] || {
    echo "no package linux-image-cloud-amd64: run apt-get update" >&2
    exit 3
  }
  unpack "$package" "$work/linux"
  mkdir "$work/modules"
  find "$work/linux/lib/modules" -name 'virtio*.ko' -exec cp {} "$work/modules" \;
  rm -rf "$out/modules"
  mv "$work/modules" "$out/modules"
  mv "$work"/linux/boot/vmlinuz-* "$out/vmlinuz"
fi
if [ ! -f "$out/busybox" ]; then
  unpack busybox-static "$work/busybox"
  mv "$work/busybox/bin/busybox" "$out/busybox"
fi

root=$work/root
mkdir -p "$root/bin" "$root/dev" "$root/proc" "$root/disk" "$root/modules"
cp "$out/busybox" "$root/bin"
for name in sh mount umount insmod cat head grep wc yes mv sync poweroff; do
  ln -s busybox "$root/bin/$name"
done
for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci \
  virtio_blk; do
  cp "$out/modules/$module.ko" "$root/modules"
done
cp "$here/init" "$root/init"
(cd "$root" && find . | "$out/busybox" cpio -o -H newc 2>"$work/log") >"$work/root.cpio"
mv "$work/root.cpio" "$out/root.cpio"

# The same bytes whenever it is made.
truncate -s 64M "$work/disk.img"
E2FSPROGS_FAKE_TIME=946684800 /sbin/mke2fs -q -F -t ext4 -U 00000000-0000-4000-8000-000000000001 \
  -E lazy_itable_init=0,lazy_journal_init=0,hash_seed=00000000-0000-4000-8000-000000000002 \
  "$work/disk.img"
mv "$work/disk.img" "$out/disk.img"
