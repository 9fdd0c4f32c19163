#!/bin/sh
# The profiler's golden set and random guests on the QEMU of Debian 13, with the plugin for its
# interface; and twenty counted boots, none of which may be in ticks for what the guest does while QEMU ends. Usage: ci/newer_qemu.sh [FOLDER]: where the packages are unpacked (about 170 MB), a
# folder below /tmp by default; they are fetched by apt, and nothing is installed. Not part of CI.
# The build tree is $BUILD, build/release by default.
set -eu
cd "$(dirname "$0")/.."
build=$(realpath "${BUILD:-build/release}")
folder=${1:-/tmp/uniharness-newer-qemu}
mkdir -p "$folder"
folder=$(realpath "$folder")
root=$folder/root

if [ ! -d "$root" ]; then
  mkdir -p "$folder/etc" "$folder/state/lists/partial" "$folder/cache/archives/partial"
  : >"$folder/status"
  keys=/usr/share/keyrings/debian-archive-keyring.gpg
  echo "deb [signed-by=$keys] http://deb.debian.org/debian trixie main" >"$folder/etc/sources.list"
  apt() {
    apt-get -o Dir::Etc::SourceList="$folder/etc/sources.list" -o Dir::Etc::SourceParts=/dev/null \
      -o Dir::State="$folder/state" -o Dir::Cache="$folder/cache" \
      -o Dir::State::status="$folder/status" -o APT::Architecture=amd64 -o Debug::NoLocking=1 "$@"
  }
  apt update
  apt -y --no-install-recommends --download-only install qemu-system-x86 seabios ipxe-qemu
  mkdir "$root"
  for package in "$folder"/cache/archives/*.deb; do dpkg-deb -x "$package" "$root"; done
fi

# Each runs with the libraries that were fetched with it.
mkdir -p "$folder/bin"
for arch in i386 x86_64; do
  cat >"$folder/bin/qemu-system-$arch" <<END
#!/bin/sh
exec $root/usr/lib64/ld-linux-x86-64.so.2 \\
  --library-path $root/usr/lib/x86_64-linux-gnu:$root/usr/lib/x86_64-linux-gnu/pulseaudio \\
  $root/usr/bin/qemu-system-$arch -L $root/usr/share/qemu -L $root/usr/share/seabios \\
  -L $root/usr/lib/ipxe/qemu "\$@"
END
  chmod +x "$folder/bin/qemu-system-$arch"
done
PATH=$folder/bin:$PATH
export PATH UNIHARNESS_TEST_PLUGIN="$build/uniharness_profile_api3.so"
qemu-system-i386 --version | head -1
"$build/harness/profile/harness_profile_tests" --gtest_filter='*Golden.*:*KnownGuests.*:Plugin.*:RandomGuests.*'

unset UNIHARNESS_TEST_PLUGIN
cmake --build "$build" --target uniharness tinyllama >/dev/null
for run in 1 2 3 4 5 6 7 8 9 10; do
  "$build/uniharness" run scenarios/boot-multiboot.yaml --no-build --out "$folder/report" -q >/dev/null
  grep -q '"qemu_version": "10' "$folder/report/record.json" || { echo "it was not booted on QEMU 10" >&2; exit 3; }
  if grep -o '"halted": [1-9][0-9]*' "$folder/report/record.json"; then
    echo "ci/newer_qemu.sh: run $run: the guest's end counts as a halt" >&2
    exit 1
  fi
done
echo "20 counted boots: never halted"
