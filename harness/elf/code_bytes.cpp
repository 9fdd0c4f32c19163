#include "elf/code_bytes.h"

namespace harness {

CodeBytes::CodeBytes(const ElfFile& elf) {
  for (Elf_Scn* at = elf_nextscn(elf.get(), nullptr); at != nullptr;
       at = elf_nextscn(elf.get(), at)) {
    GElf_Shdr header;
    if (gelf_getshdr(at, &header) == nullptr || header.sh_type == SHT_NOBITS) continue;
    if ((header.sh_flags & SHF_EXECINSTR) == 0) continue;
    const Elf_Data* data = elf_getdata(at, nullptr);
    if (data == nullptr || data->d_buf == nullptr) continue;
    sections_.push_back({header.sh_addr, {static_cast<const char*>(data->d_buf), data->d_size}});
  }
}

std::string_view CodeBytes::at(std::uint64_t address, std::size_t most) const {
  for (const auto& [begin, content] : sections_) {
    if (address >= begin && address - begin < content.size()) {
      return content.substr(address - begin, most);
    }
  }
  return {};
}

}  // namespace harness
