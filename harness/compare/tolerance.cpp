#include "compare/tolerance.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/text.h"

namespace harness {
double Tolerance::allowed(double base) const {
  return percent ? std::abs(base) * amount / 100 : amount;
}

std::string Tolerance::text() const {
  if (percent) return fmt::format("{}%", amount);
  return unit.empty() ? fmt::format("+{}", amount) : fmt::format("{} {}", amount, unit);
}

std::optional<Tolerance> parse_tolerance(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  Tolerance tolerance;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(),
                                            tolerance.amount, std::chars_format::fixed);
  if (error != std::errc{} || !(tolerance.amount >= 0)) return std::nullopt;
  if (std::signbit(tolerance.amount) || !std::isfinite(tolerance.amount)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  const std::string_view rest = trimmed(text);
  tolerance.percent = rest == "%";
  if (tolerance.percent) return tolerance;
  // "200x" is a slip of the hand, "200 instructions" is not.
  if (!rest.empty() && !text.starts_with(' ')) return std::nullopt;
  if (rest.find_first_of(" 0123456789%") != std::string_view::npos) return std::nullopt;
  tolerance.unit = std::string(rest);
  return tolerance;
}

}  // namespace harness
