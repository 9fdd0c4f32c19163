// An ELF file for x86, opened with libelf.
#pragma once

#include <gelf.h>
#include <libelf.h>

#include <filesystem>

namespace harness::profile {

class ElfFile {
 public:
  /// Throws Error naming the file if it cannot be read, is no ELF file, or is not for x86.
  explicit ElfFile(const std::filesystem::path& file);
  ~ElfFile();
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;

  [[nodiscard]] Elf* get() const { return elf_; }
  [[nodiscard]] bool is_64_bit() const { return gelf_getclass(elf_) == ELFCLASS64; }

 private:
  int descriptor_ = -1;
  Elf* elf_ = nullptr;
};

}  // namespace harness::profile
