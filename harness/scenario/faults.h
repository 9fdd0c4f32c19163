// The mistakes of one scenario file, collected so that the user sees all of them at once.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "base/error.h"

namespace harness {

class Faults {
 public:
  static constexpr std::size_t kShown = 20;

  /// `hint` is the user's next step, or empty.
  void add(const Place& at, std::string what, std::string hint = {});
  [[nodiscard]] bool empty() const { return faults_.empty(); }
  /// Throws one UsageError with every fault on its own line, in the order of the file; returns
  /// where there is none.
  void throw_if_any() const;

 private:
  struct Fault {
    Place at;
    std::string what, hint;
  };
  std::multimap<std::pair<int, int>, Fault> faults_;  // by line and column
};

}  // namespace harness
