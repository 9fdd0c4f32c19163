#include "formats/exact.h"
#include "base/text.h"

#include <algorithm>
#include <numeric>

namespace harness {
namespace {

struct Unit {
  std::string_view name;
  char kind;
  std::uint64_t size;  // in the smallest of its kind
};
constexpr Unit kUnits[] = {
    {"ns", 't', 1},         {"us", 't', 1'000},         {"\xC2\xB5s", 't', 1'000},
    {"ms", 't', 1'000'000}, {"s", 't', 1'000'000'000},  {"B", 'b', 1},
    {"bytes", 'b', 1},      {"KB", 'b', 1'000},         {"kB", 'b', 1'000},
    {"MB", 'b', 1'000'000}, {"GB", 'b', 1'000'000'000}, {"KiB", 'b', 1 << 10},
    {"MiB", 'b', 1 << 20},  {"GiB", 'b', 1 << 30},
};
const Unit* find_unit(std::string_view name) {
  const auto* at = std::ranges::find(kUnits, name, &Unit::name);
  return at == std::end(kUnits) ? nullptr : at;
}

/// mantissa x 10^exponent.
struct Decimal {
  std::uint64_t mantissa = 0;
  int exponent = 0;
};

constexpr int kMaxDigits = 18;    // that fit into 64 bits
constexpr int kMaxExponent = 40;  // beyond it, nothing fits or nothing is whole

/// Cuts the digits off the front. A zero that adds nothing is no digit of the mantissa: "000.500".
bool take_digits(std::string_view& text, bool fraction, Decimal& number, int& digits) {
  std::size_t count = 0;
  for (; count < text.size() && is_digit(text[count]); ++count) {
    if (digits > 0 || text[count] != '0') ++digits;
    if (digits > kMaxDigits) return false;
    number.mantissa = number.mantissa * 10 + static_cast<std::uint64_t>(text[count] - '0');
    if (fraction) --number.exponent;
  }
  text.remove_prefix(count);
  return count > 0;
}

/// "e-3": added to the exponent. The sign may be missing.
bool take_exponent(std::string_view& text, Decimal& number) {
  if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return true;
  text.remove_prefix(1);
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  int power = 0;
  std::size_t count = 0;
  for (; count < text.size() && is_digit(text[count]) && count < 4; ++count) {
    power = power * 10 + (text[count] - '0');
  }
  text.remove_prefix(count);
  number.exponent += minus ? -power : power;
  return count > 0;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal number;
  int digits = 0;
  if (!take_digits(text, false, number, digits)) return std::nullopt;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!take_digits(text, true, number, digits)) return std::nullopt;
  }
  if (!take_exponent(text, number) || !text.empty()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Factor> factor_between(std::string_view from, std::string_view to) {
  if (from == to) return Factor{};
  const Unit *a = find_unit(from), *b = find_unit(to);
  if (!a || !b || a->kind != b->kind) return std::nullopt;
  const std::uint64_t common = std::gcd(a->size, b->size);
  return Factor{a->size / common, b->size / common};
}

Exact exact_number(std::string_view text, Factor factor) {
  const std::optional<Decimal> number = parse_decimal(text);
  if (!number) return {Exactness::not_a_number};
  std::uint64_t value = number->mantissa, den = factor.den;
  if (value == 0) return {Exactness::exact, 0};
  // What can be divided is, before anything is multiplied: no intermediate is larger than it must.
  const auto divide = [&](std::uint64_t by) {
    const std::uint64_t common = std::gcd(value, by);
    value /= common;
    return by / common;
  };
  den = divide(den);
  std::uint64_t num = factor.num;
  int exponent = std::clamp(number->exponent, -kMaxExponent, kMaxExponent);
  for (; exponent < 0; ++exponent) {
    const std::uint64_t left = divide(10);
    const std::uint64_t common = std::gcd(num, left);
    num /= common;
    if (left != common) return {Exactness::not_whole};
  }
  const std::uint64_t common = std::gcd(num, den);
  num /= common;
  den /= common;
  for (; exponent > 0; --exponent) {
    const std::uint64_t ten = 10 / std::gcd<std::uint64_t>(10, den);
    den /= 10 / ten;
    if (__builtin_mul_overflow(value, ten, &value)) return {Exactness::too_large};
  }
  if (den != 1) return {Exactness::not_whole};
  if (__builtin_mul_overflow(value, num, &value)) return {Exactness::too_large};
  return {Exactness::exact, value};
}

}  // namespace harness
