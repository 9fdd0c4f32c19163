// The code of an ELF file by its symbols, read with libelf.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "elf/elf_file.h"

namespace harness::profile {

/// Code [begin, end) from one symbol to the next of its section.
struct ElfFunction {
  std::string symbol;  // as in the file; "[.text]" for code before the first symbol of a section
  std::uint64_t begin = 0, end = 0;
};
struct ElfCode {
  bool is_64_bit = false;
  std::vector<ElfFunction> functions;  // by address, disjoint, at least one
};

/// Functions (STT_FUNC), and where there are none, the labels of assembly; of several names for one
/// address, the most public. Of any machine; an address of Thumb code has its lowest bit cleared.
/// Throws Error naming `file`, under which `elf` was opened, where it has none.
ElfCode read_elf_code(const ElfFile& elf, const std::filesystem::path& file);
/// The same of a file for x86. Throws Error naming it.
ElfCode read_elf_code(const std::filesystem::path& file);

/// A C++ name as a person reads it; others, and those that cannot be taken apart, as they are.
std::string demangled(const std::string& symbol);

}  // namespace harness::profile
