// A file opened with libelf.
#pragma once

#include <gelf.h>
#include <libelf.h>

#include <filesystem>
#include <functional>
#include <memory>

namespace harness {

struct ElfCloser {
  void operator()(Elf* elf) const { elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, ElfCloser>;

/// Owns the descriptor and the handle. What kind of file it is, and for which machine, is the
/// caller's to check.
class ElfFile {
 public:
  /// Throws Error naming the file if it cannot be opened.
  explicit ElfFile(const std::filesystem::path& file);
  ~ElfFile();
  ElfFile(ElfFile&& other) noexcept;
  ElfFile& operator=(ElfFile&&) = delete;

  /// nullptr where libelf cannot read the file; elf_errmsg(-1) says why.
  [[nodiscard]] Elf* get() const { return elf_.get(); }
  [[nodiscard]] bool is_64_bit() const { return gelf_getclass(get()) == ELFCLASS64; }

  /// Each member of an archive in turn, whatever it is.
  void for_each_member(const std::function<void(Elf*)>& use) const;

 private:
  int descriptor_ = -1;
  ElfHandle elf_;
};

}  // namespace harness
