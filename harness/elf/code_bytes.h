// The machine code of an ELF file, by address.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "elf/elf_file.h"

namespace harness {

class CodeBytes {
 public:
  /// Of `elf`, which must outlive this and which libelf can read.
  explicit CodeBytes(const ElfFile& elf);

  /// What the file holds from `address` to the end of its section of code, at most `most` bytes;
  /// empty where it holds none.
  [[nodiscard]] std::string_view at(std::uint64_t address, std::size_t most) const;

 private:
  std::vector<std::pair<std::uint64_t, std::string_view>> sections_;
};

}  // namespace harness
