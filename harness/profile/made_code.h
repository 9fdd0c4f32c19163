// Code that a guest makes while it runs, as far as its [CODE] lines tell (wire/protocol.h).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "profile/code.h"
#include "stream/code_ranges.h"
#include "stream/line.h"
#include "stream/split.h"

namespace harness::profile {

/// Follows one boot. Lines that are malformed, or do not fit what is alive, tell nothing: the
/// events of the boot report them.
class MadeCode {
 public:
  /// Its functions have numbers from `first` on; there are at most `most`.
  MadeCode(std::uint32_t first, std::uint32_t most) : first_(first), most_(most) {}

  /// What the guest has said since the last call.
  void add(std::string_view serial);
  /// What is alive, for the plugin.
  [[nodiscard]] std::vector<plugin::Range> alive() const;
  /// All functions that ever were, by number. Two of one name are told apart by their addresses,
  /// and two of one address by their number: "f [t1] @0x1000 #2".
  [[nodiscard]] std::vector<Function> functions() const;
  /// How many there were no numbers for.
  [[nodiscard]] std::uint64_t left_out() const { return left_out_; }

 private:
  void take(const CodeLine& line);

  std::uint32_t first_, most_;
  LineSplitter splitter_;
  LineValues values_;
  CodeRanges ranges_;
  std::vector<Function> functions_;
  std::uint64_t lines_ = 0, left_out_ = 0;
};

}  // namespace harness::profile
