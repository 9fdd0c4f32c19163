#include "elf/elf_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "base/error.h"

namespace harness {

ElfFile::ElfFile(const std::filesystem::path& file)
    : descriptor_(open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) throw Error("cannot read '" + file.string() + "'");
  elf_version(EV_CURRENT);
  elf_.reset(elf_begin(descriptor_, ELF_C_READ, nullptr));
}

ElfFile::ElfFile(ElfFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), elf_(std::move(other.elf_)) {}

ElfFile::~ElfFile() {
  elf_.reset();
  if (descriptor_ >= 0) close(descriptor_);
}

void ElfFile::for_each_member(const std::function<void(Elf*)>& use) const {
  Elf_Cmd command = ELF_C_READ;
  while (const ElfHandle member{elf_begin(descriptor_, command, get())}) {
    use(member.get());
    command = elf_next(member.get());
  }
}

}  // namespace harness
