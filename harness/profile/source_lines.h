// Which source line an address belongs to: the line tables of DWARF, read with libdw.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "elf/elf_file.h"

namespace harness::profile {

class SourceLines {
 public:
  /// Reads all line tables of a file. None, or damaged ones, leave addresses without lines.
  explicit SourceLines(const ElfFile& elf);

  struct Line {
    std::uint32_t file = 0;  // index into files()
    std::uint32_t line = 0;  // 0: not known
  };
  [[nodiscard]] Line at(std::uint64_t address) const;
  [[nodiscard]] const std::vector<std::string>& files() const { return files_; }

 private:
  struct Row {
    std::uint64_t address;
    std::uint32_t file, line;
    std::uint32_t order;  // in the file: of several rows for one address, the last counts
    bool ends;            // the first address behind a sequence
  };
  std::vector<Row> rows_;
  std::vector<std::string> files_;
};

}  // namespace harness::profile
