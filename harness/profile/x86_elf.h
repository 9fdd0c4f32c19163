// The ELF file of a guest that can be profiled.
#pragma once

#include "elf/elf_file.h"

namespace harness::profile {

/// Throws Error naming the file if it cannot be read, is no ELF file, or is not for x86.
ElfFile open_x86_elf(const std::filesystem::path& file);

}  // namespace harness::profile
