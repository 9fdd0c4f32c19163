#include "profile/elf_symbols.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>
#include <tuple>

#include "base/error.h"
#include "profile/x86_elf.h"

namespace harness::profile {
namespace {

// Names are shown, and a file may hold any.
constexpr std::size_t kMaxSymbol = 1000;
constexpr std::size_t kMaxSymbols = 2'000'000;

struct CodeSection {
  std::uint64_t begin = 0, end = 0;
  std::string name;
};

struct Symbol {
  std::uint64_t address = 0, size = 0;
  bool is_function = false;
  int publicity = 0;  // of names for one address, the highest is taken
  std::string name;
};

int publicity_of(unsigned char binding) {
  return binding == STB_GLOBAL ? 2 : binding == STB_WEAK ? 1 : 0;
}

std::vector<CodeSection> code_sections(Elf* elf) {
  std::vector<CodeSection> sections;
  std::size_t names = 0;
  elf_getshdrstrndx(elf, &names);
  for (Elf_Scn* at = elf_nextscn(elf, nullptr); at != nullptr; at = elf_nextscn(elf, at)) {
    GElf_Shdr header;
    if (gelf_getshdr(at, &header) == nullptr) continue;
    constexpr std::uint64_t kWanted = SHF_ALLOC | SHF_EXECINSTR;
    if ((header.sh_flags & kWanted) != kWanted || header.sh_size == 0) continue;
    if (header.sh_addr > UINT64_MAX - header.sh_size) continue;
    const char* name = elf_strptr(elf, names, header.sh_name);
    sections.push_back({header.sh_addr, header.sh_addr + header.sh_size,
                        std::string(name != nullptr ? name : "?").substr(0, kMaxSymbol)});
  }
  std::ranges::sort(sections, {}, &CodeSection::begin);
  return sections;
}

void add_symbols(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, std::vector<Symbol>& to) {
  Elf_Data* data = elf_getdata(section, nullptr);
  if (data == nullptr || header.sh_entsize == 0) return;
  const std::size_t count = header.sh_size / header.sh_entsize;
  GElf_Ehdr file;
  const bool is_arm = gelf_getehdr(elf, &file) != nullptr && file.e_machine == EM_ARM;
  for (std::size_t i = 0; i < count && to.size() < kMaxSymbols; ++i) {
    GElf_Sym symbol;
    if (gelf_getsym(data, static_cast<int>(i), &symbol) == nullptr) break;
    const unsigned char type = GELF_ST_TYPE(symbol.st_info);
    const bool is_function = type == STT_FUNC || type == STT_GNU_IFUNC;
    if (!is_function && type != STT_NOTYPE) continue;
    if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_ABS) continue;
    const char* name = elf_strptr(elf, header.sh_link, symbol.st_name);
    // "$x", "$d": mapping symbols of ARM and RISC-V.
    if (name == nullptr || *name == '\0' || *name == '$') continue;
    const std::uint64_t thumb = is_arm && is_function ? 1 : 0;
    to.push_back({symbol.st_value & ~thumb, symbol.st_size, is_function,
                  publicity_of(GELF_ST_BIND(symbol.st_info)) + (is_function ? 4 : 0),
                  std::string(name).substr(0, kMaxSymbol)});
  }
}

std::vector<Symbol> all_symbols(Elf* elf) {
  std::vector<Symbol> symbols;
  for (Elf_Scn* at = elf_nextscn(elf, nullptr); at != nullptr; at = elf_nextscn(elf, at)) {
    GElf_Shdr header;
    if (gelf_getshdr(at, &header) == nullptr) continue;
    if (header.sh_type == SHT_SYMTAB) add_symbols(elf, at, header, symbols);
  }
  std::ranges::sort(symbols, [](const Symbol& a, const Symbol& b) {
    return std::tie(a.address, b.publicity, a.name) < std::tie(b.address, a.publicity, b.name);
  });
  return symbols;
}

/// Labels inside functions are none: those that lie in an STT_FUNC symbol, and NASM's local labels
/// ("enter.loop" beside "enter"), whatever their type.
void keep_entries(std::vector<Symbol>& symbols) {
  std::set<std::string> names;
  for (const Symbol& symbol : symbols) names.insert(symbol.name);
  std::uint64_t covered = 0;
  std::erase_if(symbols, [&](const Symbol& symbol) {
    if (symbol.is_function) {
      covered = std::max(covered, symbol.address + symbol.size);
      return false;
    }
    const std::size_t dot = symbol.name.find('.', 1);
    const bool is_local = symbol.name[0] == '.' ||
                          (dot != symbol.name.npos && names.contains(symbol.name.substr(0, dot)));
    return is_local || symbol.address < covered;
  });
  const auto [first, last] = std::ranges::unique(symbols, {}, &Symbol::address);
  symbols.erase(first, last);
}

/// Cuts a section into functions. `at`: the first symbol that is not below it; moved on.
void cut(const CodeSection& section, const std::vector<Symbol>& symbols, std::size_t& at,
         std::vector<ElfFunction>& functions) {
  while (at < symbols.size() && symbols[at].address < section.begin) ++at;
  std::uint64_t begin = section.begin;
  std::string name = "[" + section.name + "]";
  for (; at < symbols.size() && symbols[at].address < section.end; ++at) {
    if (symbols[at].address > begin) functions.push_back({name, begin, symbols[at].address});
    begin = symbols[at].address;
    name = symbols[at].name;
  }
  functions.push_back({name, begin, section.end});
}

}  // namespace

ElfCode read_elf_code(const std::filesystem::path& path) {
  return read_elf_code(open_x86_elf(path), path);
}

ElfCode read_elf_code(const ElfFile& elf, const std::filesystem::path& path) {
  std::vector<Symbol> symbols = all_symbols(elf.get());
  keep_entries(symbols);
  ElfCode code;
  code.is_64_bit = elf.is_64_bit();
  std::size_t at = 0;
  std::uint64_t done = 0;
  for (CodeSection section : code_sections(elf.get())) {
    section.begin = std::max(section.begin, done);  // sections that overlap: damaged
    if (section.begin >= section.end) continue;
    done = section.end;
    cut(section, symbols, at, code.functions);
  }
  if (code.functions.empty() || symbols.empty()) {
    throw Error("'" + path.string() + "' has no code with symbols",
                "a stripped file cannot be profiled by function: name the one before `strip`");
  }
  return code;
}

std::string demangled(const std::string& symbol) {
  if (!symbol.starts_with("_Z")) return symbol;
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  if (status != 0 || text == nullptr) return symbol;
  const std::string name = text.get();
  return name.size() <= kMaxSymbol ? name : symbol;
}

}  // namespace harness::profile
