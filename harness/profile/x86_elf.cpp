#include "profile/x86_elf.h"

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

ElfFile open_x86_elf(const std::filesystem::path& file) {
  ElfFile elf(file);
  const std::string why = fault(elf.get());
  if (why.empty()) return elf;
  throw Error("'" + file.string() + "' " + why,
              "--elf names the file with the guest's symbols, before it was made an image");
}

}  // namespace harness::profile
