#include "profile/random_guest/elf_file.h"

#include <elf.h>

#include <cstring>

namespace harness::profile {

namespace {

template <class T>
void append(std::string& to, const T& value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

std::string elf_file(const Loaded& code, const Loaded& data, std::uint32_t entry,
                     const std::vector<Symbol>& functions) {
  constexpr std::uint32_t kText = 0x1000;
  const std::uint32_t data_at =
      kText + (static_cast<std::uint32_t>(code.bytes.size()) + 15) / 16 * 16;
  const std::uint32_t symbols = data_at + static_cast<std::uint32_t>(data.bytes.size());
  std::string names(1, '\0'), table(sizeof(Elf32_Sym), '\0');
  for (const Symbol& one : functions) {
    append(table, Elf32_Sym{static_cast<Elf32_Word>(names.size()), one.begin, one.end - one.begin,
                            ELF32_ST_INFO(STB_GLOBAL, STT_FUNC), 0, 1});
    names += one.name + '\0';
  }
  const std::string sections = std::string("\0.text\0.symtab\0.strtab\0", 23);
  const auto strings = symbols + static_cast<std::uint32_t>(table.size());
  const auto section_names = strings + static_cast<std::uint32_t>(names.size());
  const auto headers = (section_names + static_cast<std::uint32_t>(sections.size()) + 3) / 4 * 4;

  std::string file;
  Elf32_Ehdr header = {};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS32;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = header.e_version = EV_CURRENT;
  header.e_type = ET_EXEC;
  header.e_machine = EM_386;
  header.e_entry = entry;
  header.e_phoff = sizeof header;
  header.e_shoff = headers;
  header.e_ehsize = sizeof header;
  header.e_phentsize = sizeof(Elf32_Phdr);
  header.e_phnum = 2;
  header.e_shentsize = sizeof(Elf32_Shdr);
  header.e_shnum = 5;
  header.e_shstrndx = 4;
  append(file, header);
  const auto text_size = static_cast<Elf32_Word>(code.bytes.size());
  const auto data_size = static_cast<Elf32_Word>(data.bytes.size());
  append(file,
         Elf32_Phdr{PT_LOAD, kText, code.address, code.address, text_size, text_size, 7, 0x1000});
  append(file,
         Elf32_Phdr{PT_LOAD, data_at, data.address, data.address, data_size, data_size, 6, 16});
  file.resize(kText);
  file += code.bytes;
  file.resize(data_at);
  file += data.bytes + table + names + sections;
  file.resize(headers);
  append(file, Elf32_Shdr{});
  append(file, Elf32_Shdr{1, SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, code.address, kText,
                          text_size, 0, 0, 16, 0});
  append(file, Elf32_Shdr{7, SHT_SYMTAB, 0, 0, symbols, static_cast<Elf32_Word>(table.size()), 3, 1,
                          4, sizeof(Elf32_Sym)});
  append(file, Elf32_Shdr{15, SHT_STRTAB, 0, 0, strings, static_cast<Elf32_Word>(names.size()), 0,
                          0, 1, 0});
  append(file, Elf32_Shdr{15, SHT_STRTAB, 0, 0, section_names,
                          static_cast<Elf32_Word>(sections.size()), 0, 0, 1, 0});
  return file;
}

}  // namespace harness::profile
