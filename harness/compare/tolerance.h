#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace harness {

/// How much worse a number may become: "+0", "2%", "200", "200 instructions".
struct Tolerance {
  double amount = 0;
  bool percent = false;
  std::string unit;  // empty: that of the number
  /// What it allows above (or below) `base`, in the unit of the number.
  [[nodiscard]] double allowed(double base) const;
  [[nodiscard]] std::string text() const;
};

/// nullopt: not one. No sign but "+", which may stand before any of them.
std::optional<Tolerance> parse_tolerance(std::string_view text);

}  // namespace harness
