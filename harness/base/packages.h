// Which package of Debian brings a program or a firmware that is missing.
#pragma once

#include <string>
#include <string_view>

namespace harness {

/// Of "qemu-system-riscv64", "clang-19", "qboot.rom"; "" where it is not known here. Pure.
std::string package_of(std::string_view what);

}  // namespace harness
