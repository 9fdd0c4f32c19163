#include "profile/source_lines.h"

#include <elfutils/libdw.h>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

namespace harness::profile {
namespace {

struct DwarfCloser {
  void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
};

constexpr std::size_t kMaxRows = 20'000'000;

}  // namespace

SourceLines::SourceLines(const ElfFile& elf) {
  const std::unique_ptr<Dwarf, DwarfCloser> dwarf(
      dwarf_begin_elf(elf.get(), DWARF_C_READ, nullptr));
  if (dwarf == nullptr) return;
  std::map<std::string, std::uint32_t> known;
  const auto file_of = [&](Dwarf_Line* line) {
    const char* name = dwarf_linesrc(line, nullptr, nullptr);
    const auto [at, is_new] =
        known.try_emplace(name != nullptr ? name : "?", static_cast<std::uint32_t>(files_.size()));
    if (is_new) files_.push_back(at->first);
    return at->second;
  };
  std::size_t header_size = 0;
  Dwarf_Off next = 0;
  for (Dwarf_Off offset = 0;
       dwarf_nextcu(dwarf.get(), offset, &next, &header_size, nullptr, nullptr, nullptr) == 0 &&
       next > offset;
       offset = next) {
    Dwarf_Die unit;
    Dwarf_Lines* lines = nullptr;
    std::size_t count = 0;
    if (dwarf_offdie(dwarf.get(), offset + header_size, &unit) == nullptr) continue;
    if (dwarf_getsrclines(&unit, &lines, &count) != 0) continue;
    for (std::size_t i = 0; i < count && rows_.size() < kMaxRows; ++i) {
      Dwarf_Line* line = dwarf_onesrcline(lines, i);
      Dwarf_Addr address = 0;
      int number = 0;
      bool ends = false;
      if (dwarf_lineaddr(line, &address) != 0 || dwarf_lineno(line, &number) != 0) continue;
      dwarf_lineendsequence(line, &ends);
      // Code that the linker has dropped was left at 0, or at the end of the address space.
      if (address == 0 || address >= UINT64_MAX - 1) continue;
      rows_.push_back({address, file_of(line), static_cast<std::uint32_t>(std::max(number, 0)),
                       static_cast<std::uint32_t>(rows_.size()), ends});
    }
  }
  // Where one sequence ends and the next begins, the beginning counts.
  std::ranges::sort(rows_, [](const Row& a, const Row& b) {
    return std::tie(a.address, b.ends, a.order) < std::tie(b.address, a.ends, b.order);
  });
}

SourceLines::Line SourceLines::at(std::uint64_t address) const {
  const auto behind = std::ranges::upper_bound(rows_, address, {}, &Row::address);
  if (behind == rows_.begin()) return {};
  const Row& row = *std::prev(behind);
  return row.ends ? Line{} : Line{row.file, row.line};
}

}  // namespace harness::profile
