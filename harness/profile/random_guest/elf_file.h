// A guest as an ELF file that QEMU loads by multiboot.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace harness::profile {

struct Symbol {
  std::string name;
  std::uint32_t begin = 0, end = 0;
};

/// Bytes that are loaded at an address.
struct Loaded {
  std::uint32_t address = 0;
  std::string bytes;
};

/// A 32-bit executable for i386 with a table of symbols, all of them functions in `code`, entered
/// at `entry`. Layout: System V ABI, chapter 4 and 5.
std::string elf_file(const Loaded& code, const Loaded& data, std::uint32_t entry,
                     const std::vector<Symbol>& functions);

}  // namespace harness::profile
