#include "formats/exact.h"

#include <limits>
#include <optional>

namespace harness {
namespace {

using Wide = unsigned __int128;

/// value x 10^power, or nullopt where that has more than 126 bits.
std::optional<Wide> times_ten(Wide value, int power) {
  constexpr Wide kMost = (Wide{1} << 126) / 10;
  for (; power > 0 && value != 0; --power) {
    if (value > kMost) return std::nullopt;
    value *= 10;
  }
  return value;
}

bool may_round(Rounding rounding, Wide rounded) {
  constexpr Wide kFine = 500;  // half of 1 is a thousandth of it
  return rounding == Rounding::fine ? rounded >= kFine
                                    : rounding == Rounding::nearest && rounded > 0;
}

Exact whole_number(const Decimal& number, Factor factor, Rounding rounding) {
  if (number.mantissa == 0) return {Exactness::exact, 0};
  const std::optional<Wide> num = times_ten(number.mantissa * factor.num, number.exponent);
  if (!num) return {Exactness::too_large};
  // A denominator that does not fit is more than any numerator: what is left is less than a half.
  const std::optional<Wide> den = times_ten(factor.den, -number.exponent);
  const Wide quotient = den ? *num / *den : 0, rest = den ? *num % *den : *num;
  if (quotient > std::numeric_limits<std::uint64_t>::max()) return {Exactness::too_large};
  if (rest == 0 && !number.beyond) {
    return {Exactness::exact, static_cast<std::uint64_t>(quotient)};
  }
  const Wide left = den ? *den - rest : *num + 1;
  const bool up = rest > left || (rest == left && (number.beyond || quotient % 2 == 1));
  const Wide rounded = quotient + (up ? 1 : 0);
  if (!may_round(rounding, rounded)) return {Exactness::not_whole};
  if (rounded > std::numeric_limits<std::uint64_t>::max()) return {Exactness::too_large};
  return {Exactness::rounded, static_cast<std::uint64_t>(rounded)};
}

}  // namespace

Exact exact_number(std::string_view text, Factor factor, Rounding rounding, DecimalMark mark) {
  const std::optional<Decimal> number = parse_decimal(text, mark);
  if (!number) return {Exactness::not_a_number};
  Exact whole = whole_number(*number, factor, rounding);
  whole.negative = number->negative;
  return whole;
}

}  // namespace harness
