// What DWARF says of an address beside its line: in which inlined function it is, and from which
// folder the names of the sources are counted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "elf/elf_file.h"

namespace harness {

struct SourceUnit {
  std::string inlined = {};  // name of the innermost inlined function; empty: there is none
  std::string folder = {};   // in which it was compiled; empty: not known
};

/// The compilation units of a file; none where it has no DWARF, or a damaged one.
class SourceUnits {
 public:
  /// `elf` must outlive this.
  explicit SourceUnits(const ElfFile& elf);
  [[nodiscard]] SourceUnit at(std::uint64_t address) const;

 private:
  std::shared_ptr<void> dwarf_;
};

}  // namespace harness
