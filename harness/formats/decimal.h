// Numbers as people print them: 12.5, 1,234,567, .75, 0x1f, 3.011090610836324, 1.5e-3. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace harness {

/// What stands before the fraction. The other of the two separates groups of three digits.
enum class DecimalMark { point, comma };
inline constexpr const char* kDecimalMarkNames[] = {"point", "comma"};

/// mantissa x 10^exponent, and a little more where `beyond`: digits that did not fit were not 0.
struct Decimal {
  unsigned __int128 mantissa = 0;  // below 10^20
  int exponent = 0;                // within +-10^6
  bool beyond = false;
  bool negative = false;  // -0 is not
};

/// The whole text, or nullopt. Accepted are: a sign (also U+2212); digits with or without a
/// fraction, of which either side may be empty, but not both; an exponent; whole hexadecimal
/// numbers behind 0x. Groups of exactly three digits may be separated by a comma (or a point, where
/// `mark` is the comma), an apostrophe (also U+2019), an underscore, a blank (also U+00A0, U+2009,
/// U+202F), by the same throughout. "1,23" and "0,750" are thus no numbers with a decimal point.
std::optional<Decimal> parse_decimal(std::string_view text, DecimalMark mark = DecimalMark::point);

}  // namespace harness
