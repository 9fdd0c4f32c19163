#include "profile/code.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "profile/elf_symbols.h"

namespace harness::profile {
namespace {

// Of a PC. Sources: Intel SDM volume 3, 9.1.4 (first instruction at 0xFFFFFFF0); the BIOS loads the
// boot sector to 0x7C00; option ROMs and the BIOS itself lie from 0xC0000 to 1 MiB, and are also
// mapped below 4 GiB.
constexpr plugin::Range kBootSector = {0x7c00, 0x7e00, 0, plugin::kGuest};
constexpr plugin::Range kFirmware[] = {{0xc0000, 0x100000, 0, 0},
                                       {0xff000000, 0x1'0000'0000, 0, 0}};

std::uint32_t add_region(GuestCode& code, const char* name, std::uint64_t address) {
  code.functions.push_back({name, address, true, 0});
  return static_cast<std::uint32_t>(code.functions.size() - 1);
}

/// Adds what of `range` no other covers. `ranges` is sorted.
void fill(std::vector<plugin::Range>& ranges, plugin::Range range) {
  std::vector<plugin::Range> pieces;
  for (const plugin::Range& other : ranges) {
    if (other.end <= range.begin || other.begin >= range.end) continue;
    if (other.begin > range.begin) {
      pieces.push_back({range.begin, other.begin, range.function, range.flags});
    }
    range.begin = other.end;
  }
  if (range.begin < range.end) pieces.push_back(range);
  ranges.insert(ranges.end(), pieces.begin(), pieces.end());
  std::ranges::sort(ranges, {}, &plugin::Range::begin);
}

void add_regions(GuestCode& code) {
  const std::uint32_t boot_sector = add_region(code, "[boot sector]", kBootSector.begin);
  code.firmware = add_region(code, "[firmware]", kFirmware[0].begin);
  code.outside = add_region(code, "[code without symbols]", 0);
  plugin::Range range = kBootSector;
  range.function = boot_sector;
  fill(code.ranges, range);
  for (plugin::Range firmware : kFirmware) {
    firmware.function = code.firmware;
    fill(code.ranges, firmware);
  }
}

void tell_namesakes_apart(std::vector<Function>& functions) {
  std::map<std::string, int> seen;
  for (const Function& function : functions) ++seen[function.name];
  for (Function& function : functions) {
    if (seen[function.name] < 2) continue;
    char address[24];
    std::snprintf(address, sizeof address, " @0x%llx",
                  static_cast<unsigned long long>(function.address));
    function.name += address;
  }
}

/// "f.cold" and "f.cold.1" are parts of f that the compiler has moved away.
std::string whole_of(const std::string& symbol) {
  const std::size_t cold = symbol.rfind(".cold");
  return cold == symbol.npos || cold == 0 ? std::string() : symbol.substr(0, cold);
}

/// The functions of one file.
void add_file(GuestCode& code, const ElfCode& elf, std::uint32_t file) {
  std::map<std::string, std::uint32_t> wholes;
  const auto add = [&](const ElfFunction& function, std::uint32_t flags) {
    const auto id = static_cast<std::uint32_t>(code.functions.size());
    code.functions.push_back({demangled(function.symbol), function.begin, false, file});
    code.ranges.push_back({function.begin, function.end, id, flags});
    return id;
  };
  constexpr std::uint32_t kPart = plugin::kFollowed | plugin::kGuest;
  constexpr std::uint32_t kWhole = kPart | plugin::kEntry;
  for (const ElfFunction& function : elf.functions) {
    if (whole_of(function.symbol).empty()) wholes.emplace(function.symbol, add(function, kWhole));
  }
  for (const ElfFunction& function : elf.functions) {
    const std::string whole = whole_of(function.symbol);
    if (whole.empty()) continue;
    if (const auto id = wholes.find(whole); id != wholes.end()) {
      code.ranges.push_back({function.begin, function.end, id->second, kPart});
    } else {
      add(function, kWhole);
    }
  }
}

}  // namespace

GuestCode read_code(const std::vector<std::filesystem::path>& files) {
  GuestCode code;
  code.files = files;
  for (std::size_t i = 0; i < files.size(); ++i) {
    add_file(code, read_elf_code(files[i]), static_cast<std::uint32_t>(i));
  }
  std::ranges::sort(code.ranges, {}, &plugin::Range::begin);
  for (std::size_t i = 1; i < code.ranges.size(); ++i) {  // two files in one place
    code.ranges[i].begin = std::max(code.ranges[i].begin, code.ranges[i - 1].end);
  }
  std::erase_if(code.ranges, [](const plugin::Range& range) { return range.begin >= range.end; });
  tell_namesakes_apart(code.functions);
  add_regions(code);
  return code;
}

}  // namespace harness::profile
