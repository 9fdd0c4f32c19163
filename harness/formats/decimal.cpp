#include "formats/decimal.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace harness {
namespace {

constexpr int kMaxDigits = 20;           // times any factor of a unit they fit into 126 bits
constexpr int kMaxExponent = 1'000'000;  // beyond it, nothing fits or nothing is left
constexpr std::string_view kMinus = "\xE2\x88\x92";  // U+2212

/// Between groups of three digits, besides a comma or a point.
constexpr std::string_view kSeparators[] = {
    "'", "_", " ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x99"};

std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

/// A zero in front is no digit of the mantissa; nor is one that would only be dropped.
void append_digits(Decimal& number, std::string_view digits, bool fraction) {
  constexpr unsigned __int128 kFull = [] {
    unsigned __int128 power = 1;
    for (int i = 1; i < kMaxDigits; ++i) power *= 10;
    return power;
  }();
  for (const char c : digits) {
    if (number.mantissa < kFull) {
      number.mantissa = number.mantissa * 10 + static_cast<unsigned>(c - '0');
      if (fraction) --number.exponent;
    } else {
      number.beyond |= c != '0';
      if (!fraction) ++number.exponent;
    }
  }
}

/// What separates the first group from the next; empty where nothing does.
std::string_view separator_of(std::string_view text, DecimalMark mark) {
  const std::string_view group = mark == DecimalMark::point ? "," : ".";
  if (text.starts_with(group)) return group;
  const auto* at = std::ranges::find_if(
      kSeparators, [&](std::string_view one) { return text.starts_with(one); });
  return at == std::end(kSeparators) ? std::string_view() : *at;
}

/// "1,234,567" or "1234567", off the front; false where groups are none.
bool take_whole(std::string_view& text, DecimalMark mark, Decimal& number, std::size_t& digits) {
  const std::string_view first = take_digits(text);
  append_digits(number, first, false);
  digits = first.size();
  const std::string_view separator = separator_of(text, mark);
  if (separator.empty()) return true;
  if (first.empty() || first.size() > 3 || first.front() == '0') return false;
  while (take(text, separator)) {
    const std::string_view group = take_digits(text);
    if (group.size() != 3) return false;
    append_digits(number, group, false);
  }
  return true;
}

/// "e-3": added to the exponent. The sign may be missing.
bool take_exponent(std::string_view& text, Decimal& number) {
  if (!take(text, "e") && !take(text, "E")) return true;
  const bool minus = take(text, "-");
  if (!minus) take(text, "+");
  const std::string_view digits = take_digits(text);
  int power = 0;
  for (const char c : digits) power = std::min(power * 10 + (c - '0'), kMaxExponent);
  number.exponent += minus ? -power : power;
  return !digits.empty();
}

std::optional<Decimal> parse_hexadecimal(std::string_view text) {
  constexpr std::size_t kMost = 16;
  Decimal number;
  if (text.empty() || text.size() > kMost) return std::nullopt;
  for (const char c : text) {
    const char low = static_cast<char>(c | 0x20);
    const bool letter = low >= 'a' && low <= 'f';
    if (!letter && !is_digit(c)) return std::nullopt;
    number.mantissa =
        number.mantissa * 16 + static_cast<unsigned>(letter ? low - 'a' + 10 : c - '0');
  }
  return number;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text, DecimalMark mark) {
  Decimal number;
  const bool minus = take(text, "-") || take(text, kMinus);
  if (!minus) take(text, "+");
  std::size_t digits = 0;
  if (take(text, "0x") || take(text, "0X")) {
    const std::optional<Decimal> whole = parse_hexadecimal(text);
    if (!whole) return std::nullopt;
    number = *whole;
  } else {
    if (!take_whole(text, mark, number, digits)) return std::nullopt;
    if (take(text, mark == DecimalMark::point ? "." : ",")) {
      const std::string_view fraction = take_digits(text);
      append_digits(number, fraction, true);
      digits += fraction.size();
    }
    if (digits == 0 || !take_exponent(text, number) || !text.empty()) return std::nullopt;
  }
  number.negative = minus && number.mantissa != 0;
  return number;
}

}  // namespace harness
