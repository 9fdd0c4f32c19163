// The guest's code as a map: which addresses are which function. Read from the symbols of ELF
// files, i386 and x86_64 alike; what they do not cover is named by its address.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "profile/plugin/memory.h"

namespace harness::profile {

struct Function {
  std::string name;           // demangled; unique: what shares one has " @0x<address>" behind it
  std::uint64_t address = 0;  // where it is entered
  bool is_region = false;     // no function, but code that is named by where it lies: [firmware]
  std::uint32_t file = 0;     // the ELF file that it is from, counted from 0; regions: none
  // Made by the guest at run time, by the compiler of this name (wire::kCode); else empty. Part of
  // the name: "guest_main [t1]". It is in no file.
  std::string tier = {};
  bool is_unnamed = false;  // code without a symbol, called by its range: [code 0x2000-0x2010]
  /// Its bytes are in no file.
  [[nodiscard]] bool is_made() const { return is_unnamed || !tier.empty(); }
};

/// All that is known before the boot; the regions are the last functions. What the guest makes
/// comes behind them (made_code.h).
struct GuestCode {
  std::vector<std::filesystem::path> files;
  std::vector<Function> functions;
  std::vector<plugin::Range> ranges;        // sorted, disjoint
  std::uint32_t firmware = 0, outside = 0;  // of these functions
};

/// Addresses are taken as the files say (no relocation). Code without a symbol belongs to the
/// symbol before it in its section. Throws Error naming the file that cannot be read, is no ELF
/// file for x86, or has no code with symbols.
GuestCode read_code(const std::vector<std::filesystem::path>& files);

/// "f" of "f @0x1005a0": one of several functions of a name, as profiles call it.
std::string without_address(std::string name);

/// A name without parameters, return type and "(anonymous namespace)::":
/// "kernel::VgaText<kernel::VgaHardware>::put(char)" ->
/// "kernel::VgaText<kernel::VgaHardware>::put".
std::string brief_name(const std::string& name);

/// The part of a name that a person would say: without scopes and template arguments, too.
/// "(anonymous namespace)::fibonacci(unsigned int)" -> "fibonacci".
std::string short_name(const std::string& name);

}  // namespace harness::profile
