// The guest's code, instruction by instruction, with how often each was executed: pieces that were
// counted, taken apart with Capstone and put together with source lines from DWARF (libdw).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "profile/profile.h"

namespace harness::profile {

/// One instruction that was executed.
struct InstructionCount {
  std::uint64_t address = 0;
  std::uint32_t size = 0, function = 0;
  std::uint64_t count = 0;
  std::string text;          // "mov eax, dword ptr [ebp + 8]"
  std::uint32_t source = 0;  // index into Listing::files, if line is not 0
  std::uint32_t line = 0;    // 0: not known
};

/// Instructions one behind the other that were executed equally often, in one function.
struct HotBlock {
  std::size_t first = 0, size = 0;  // in Listing::instructions
  std::uint64_t executed = 0;       // count times size
};

struct LineCount {
  std::uint32_t source = 0, line = 0, function = 0;
  std::uint64_t executed = 0;
};

struct Listing {
  std::vector<std::string> files;              // as DWARF names them
  std::vector<InstructionCount> instructions;  // by address; what the guest made comes last
  std::uint64_t unread = 0;  // executed instructions that the ELF files do not show: firmware, code
                             // that was moved, or made at run time and not told of
};

/// Throws Error naming a file that cannot be read. DWARF that is missing or damaged only leaves
/// lines unknown. The counts of all instructions and `unread` are the profile's total.
Listing make_listing(const CountedProfile& profile);

/// Most executed first.
std::vector<HotBlock> hot_blocks(const Listing& listing);
std::vector<LineCount> line_counts(const Listing& listing);

/// "kernel_lib/drivers/vga_text.h:63", or "?" for an unknown line. Made harmless.
std::string place_of(const Listing& listing, std::uint32_t source, std::uint32_t line);

}  // namespace harness::profile
