#include "elf/elf_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "base/error.h"

namespace harness::profile {
namespace {

/// What is wrong with the file, or nothing.
std::string fault(Elf* elf) {
  if (elf == nullptr || elf_kind(elf) != ELF_K_ELF) return "is not an ELF file";
  GElf_Ehdr header;
  if (gelf_getehdr(elf, &header) == nullptr) return std::string("is damaged: ") + elf_errmsg(-1);
  if (header.e_machine != EM_386 && header.e_machine != EM_X86_64) {
    return "is not for x86 (ELF machine " + std::to_string(header.e_machine) + ")";
  }
  return "";
}

}  // namespace

ElfFile::ElfFile(const std::filesystem::path& file) {
  elf_version(EV_CURRENT);
  descriptor_ = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) throw Error("cannot read '" + file.string() + "'");
  elf_ = elf_begin(descriptor_, ELF_C_READ, nullptr);
  const std::string why = fault(elf_);
  if (why.empty()) return;
  elf_end(elf_);
  close(descriptor_);
  throw Error("'" + file.string() + "' " + why,
              "--elf names the file with the guest's symbols, before it was made an image");
}

ElfFile::~ElfFile() {
  elf_end(elf_);
  close(descriptor_);
}

}  // namespace harness::profile
