// Decimal numbers as whole ones: exactly, or rounded where that was asked for, or not at all. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/decimal.h"
#include "formats/units.h"

namespace harness {

/// What may happen to digits that do not fit.
enum class Rounding {
  none,     // nothing is rounded
  nearest,  // to the nearest whole number, of two the even one; what is not 0 never becomes 0
  fine,     // the same, where that changes the number by a thousandth of it or less
};

enum class Exactness { exact, rounded, not_a_number, not_whole, too_large };
struct Exact {
  Exactness how = Exactness::exact;
  std::uint64_t value = 0;  // of `exact` and `rounded`; of a negative number its size
  bool negative = false;
};
/// A number as parse_decimal() reads it, times `factor`, where that is a whole number below 2^64 or
/// may be rounded to one.
Exact exact_number(std::string_view text, Factor factor, Rounding rounding = Rounding::none,
                   DecimalMark mark = DecimalMark::point);

}  // namespace harness
