// Where a guest crashed: its own words, read with the symbols of its image. Plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace harness {

/// An address of a crash, and what the symbols say of it.
struct CrashFrame {
  std::uint64_t address = 0;  // as printed: of the instruction, or a return address
  std::string function = {};  // empty: in no function of the image
  std::uint64_t offset = 0;   // from where the function begins
  std::string file = {};      // of the source; empty: no line table covers the address
  std::uint64_t line = 0;
};

struct CrashRegister {
  std::string name = {};
  std::uint64_t value = 0;
};

struct CrashSite {
  std::string symbols = {};                   // the ELF file, as it was found
  std::vector<CrashFrame> frames = {};        // the innermost first
  std::vector<CrashRegister> registers = {};  // in the order in which they were printed
  std::string instruction = {};               // at the innermost, disassembled; empty: unknown
};

}  // namespace harness
