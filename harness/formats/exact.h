// Decimal numbers as whole ones, exactly or not at all, and units that are whole multiples of each
// other. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace harness {

/// num / den: what a number of one unit is multiplied by to be one of another.
struct Factor {
  std::uint64_t num = 1, den = 1;
};

/// From one unit of time (s, ms, us, ns) or of size (B, KB, MB, GB, KiB, MiB, GiB, bytes) to
/// another of the same kind; nullopt for all others, but for two that are the same. KB is 1000
/// bytes.
std::optional<Factor> factor_between(std::string_view from, std::string_view to);

enum class Exactness { exact, not_a_number, not_whole, too_large };
struct Exact {
  Exactness how = Exactness::exact;
  std::uint64_t value = 0;
};
/// "12.5", "3", "1.5e-3" times `factor`, where that is a whole number below 2^64. Digits, a point
/// and an exponent; no sign, no separators. Nothing is rounded.
Exact exact_number(std::string_view text, Factor factor);

}  // namespace harness
