// Which code of the guest's own making is alive: what its [CODE] lines come to, one after the
// other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "model/record.h"

namespace harness {

class CodeRanges {
 public:
  struct Range {
    std::uint64_t size = 0;
    std::size_t load = 0;  // which one it is, of all that were loaded, counted from 0
  };
  using Map = std::map<std::uint64_t, Range>;  // by base; none overlaps another

  /// Why the line does not fit what is alive; empty where it does, and then it has been done.
  std::string apply(const CodeLine& line);
  [[nodiscard]] const Map& alive() const { return alive_; }

 private:
  [[nodiscard]] bool is_free(std::uint64_t base, std::uint64_t size) const;
  std::string move(const CodeLine& line);
  std::string retire(const CodeLine& line);

  Map alive_;
  std::size_t loads_ = 0;
};

}  // namespace harness
