#include "base/packages.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace harness {
namespace {

struct Brought {
  std::string_view what, package;
};

constexpr Brought kPackages[] = {
    {"cmake", "cmake"},
    {"ninja", "ninja-build"},
    {"nasm", "nasm"},
    {"clang-19", "clang-19"},
    {"ld.lld-19", "lld-19"},
    {"git", "git"},
    {"bios-256k.bin", "seabios"},
    {"bios-microvm.bin", "seabios"},
    {"qboot.rom", "qemu-system-data"},
};

/// By the beginning of the architecture's name, in this order; Debian 12.
constexpr Brought kQemu[] = {
    {"i386", "qemu-system-x86"},       {"x86_64", "qemu-system-x86"},
    {"arm", "qemu-system-arm"},        {"aarch64", "qemu-system-arm"},
    {"mips", "qemu-system-mips"},      {"ppc", "qemu-system-ppc"},
    {"sparc", "qemu-system-sparc"},    {"riscv", "qemu-system-misc"},
    {"s390x", "qemu-system-misc"},     {"m68k", "qemu-system-misc"},
    {"loongarch", "qemu-system-misc"},
};

}  // namespace

std::string package_of(std::string_view what) {
  if (take(what, "qemu-system-")) {
    const auto* at =
        std::ranges::find_if(kQemu, [&](const Brought& one) { return what.starts_with(one.what); });
    return at == std::end(kQemu) ? "" : std::string(at->package);
  }
  const auto* at = std::ranges::find(kPackages, what, &Brought::what);
  return at == std::end(kPackages) ? "" : std::string(at->package);
}

}  // namespace harness
