#include "backtrace/source_units.h"

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <cstdlib>

namespace harness {
namespace {

std::string folder_of(Dwarf_Die& unit) {
  Dwarf_Attribute attribute;
  const char* name = dwarf_formstring(dwarf_attr(&unit, DW_AT_comp_dir, &attribute));
  return name != nullptr ? name : "";
}

std::string inlined_at(Dwarf_Die& unit, Dwarf_Addr address) {
  Dwarf_Die* all = nullptr;
  const int count = dwarf_getscopes(&unit, address, &all);
  const std::unique_ptr<Dwarf_Die, void (*)(void*)> scopes(count > 0 ? all : nullptr, &std::free);
  for (int i = 0; i < count; ++i) {
    Dwarf_Die* scope = scopes.get() + i;
    if (dwarf_tag(scope) == DW_TAG_subprogram) break;
    if (dwarf_tag(scope) != DW_TAG_inlined_subroutine) continue;
    const char* name = dwarf_diename(scope);
    return name != nullptr ? name : "";
  }
  return {};
}

}  // namespace

SourceUnits::SourceUnits(const ElfFile& elf) {
  Dwarf* dwarf = dwarf_begin_elf(elf.get(), DWARF_C_READ, nullptr);
  if (dwarf == nullptr) return;
  dwarf_ = std::shared_ptr<void>(dwarf, [](void* open) { dwarf_end(static_cast<Dwarf*>(open)); });
}

SourceUnit SourceUnits::at(std::uint64_t address) const {
  if (dwarf_ == nullptr) return {};
  auto* dwarf = static_cast<Dwarf*>(dwarf_.get());
  std::size_t header_size = 0;
  Dwarf_Off next = 0;
  for (Dwarf_Off offset = 0;
       dwarf_nextcu(dwarf, offset, &next, &header_size, nullptr, nullptr, nullptr) == 0 &&
       next > offset;
       offset = next) {
    Dwarf_Die unit;
    if (dwarf_offdie(dwarf, offset + header_size, &unit) == nullptr) continue;
    if (dwarf_haspc(&unit, address) == 1) return {inlined_at(unit, address), folder_of(unit)};
  }
  return {};
}

}  // namespace harness
