#include "compare/units.h"

#include <fmt/format.h>

#include <charconv>

#include "formats/units.h"

namespace harness {
namespace {

/// What a conversion of a decimal number adds in its last binary digits is no change of it:
/// 0.1000336 us are 100.0336 ns.
double converted(double value, const Factor& factor) {
  double told = value * static_cast<double>(factor.num) / static_cast<double>(factor.den);
  const std::string text = fmt::format("{:.15g}", told);
  std::from_chars(text.data(), text.data() + text.size(), told);
  return told;
}

}  // namespace

std::optional<double> converted_number(double value, std::string_view from, std::string_view to) {
  const std::optional<Factor> factor = factor_between(from, to);
  if (!factor) return std::nullopt;
  return converted(value, *factor);
}

std::optional<Series> converted_series(const Series& series, const std::string& unit) {
  const std::optional<Factor> factor = factor_between(series.unit, unit);
  if (!factor) return std::nullopt;
  Series told = series;
  told.unit = unit;
  for (double& sample : told.samples) sample = converted(sample, *factor);
  if (told.limit) told.limit = converted(*told.limit, *factor);
  return told;
}

}  // namespace harness
