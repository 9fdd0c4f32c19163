// What moved between two profiles, function by function: since every instruction is counted, what
// is not here did not move. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "profile/saved_numbers.h"

namespace harness::profile {

struct FunctionChange {
  std::string name;             // of the side that has it, the new one first
  SavedFunction before, after;  // without a name where that side does not have it
  /// By how many of its own instructions it grew.
  [[nodiscard]] std::int64_t moved() const {
    return static_cast<std::int64_t>(after.self) - static_cast<std::int64_t>(before.self);
  }
};

/// Functions whose own instructions or calls differ, what moved most first. They are matched by
/// name; of several with one name (" @0x<address>" tells them apart, and addresses move) in their
/// order.
std::vector<FunctionChange> changes_between(const SavedNumbers& base, const SavedNumbers& now);

/// The order in which they are causes: first functions whose own code takes another number of
/// instructions in as many calls as before, and new ones; then what is only called more or less
/// often. Of each, first what moved by as much in each call, then by the largest share of itself.
std::vector<FunctionChange> causes_first(std::vector<FunctionChange> changes);

/// The same, of changes that explain numbers which grew by `deltas` instructions: functions that
/// grew by just that much before all others, the largest first, and those that shrank last. A
/// checksum that is printed has other digits in each build, and takes a few instructions more or
/// less.
std::vector<FunctionChange> causes_of(const std::set<std::int64_t>& deltas,
                                      std::vector<FunctionChange> changes);

/// "parse(int): 170 → 180 own instructions (+10) in 10 calls", or "in 10 → 12 calls".
std::string change_words(const FunctionChange& change);

/// For a terminal: own instructions and calls before and after, at most `rows` functions. `base`:
/// what the first side is called.
std::string render_changes(const SavedNumbers& base, const SavedNumbers& now,
                           const std::string& base_name, std::size_t rows, std::size_t width);

/// By name how far each function moved, for a flame graph.
std::map<std::string, std::int64_t> moved_by_name(const std::vector<FunctionChange>& changes);

}  // namespace harness::profile
