#include "compare/conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "stats/stats.h"

namespace harness {

std::string fingerprint_difference(const Measurements& base, const Measurements& fresh) {
  std::string text;
  const auto add = [&](const std::string& key, const std::string& a, const std::string& b) {
    const auto shown = [](const std::string& value) { return value.empty() ? "(none)" : value; };
    text += fmt::format("{}{}: {} and {}", text.empty() ? "" : "; ", key, shown(a), shown(b));
  };
  const auto value = [](const Measurements& side, const std::string& key) {
    const auto at =
        std::ranges::find(side.fingerprint, key, &std::pair<std::string, std::string>::first);
    return at == side.fingerprint.end() ? std::string() : at->second;
  };
  for (const auto& [key, a] : base.fingerprint) {
    if (const std::string b = value(fresh, key); a != b) add(key, a, b);
  }
  for (const auto& [key, b] : fresh.fingerprint) {
    if (value(base, key).empty() && !b.empty() &&
        !std::ranges::count(base.fingerprint, key, &std::pair<std::string, std::string>::first)) {
      add(key, "", b);
    }
  }
  return text;
}

std::string common_factor(const std::vector<ComparedNumber>& rows) {
  constexpr std::size_t kFewest = 3;
  constexpr double kSpread = 0.02;
  std::vector<double> ratios;
  for (const ComparedNumber& row : rows) {
    const bool judged = row.change != Change::missing && row.change != Change::added &&
                        row.change != Change::not_comparable;
    if (judged && row.base && row.fresh && *row.base > 0 && *row.fresh > 0) {
      ratios.push_back(*row.fresh / *row.base);
    }
  }
  if (ratios.size() < kFewest) return {};
  const auto [low, high] = std::ranges::minmax(ratios);
  if (high > low * (1 + kSpread) || (low <= 1 + kSpread && high >= 1 - kSpread)) return {};
  return fmt::format(
      "everything moved by one factor ({:.2f}): that is rather another clock, "
      "machine or load than another program",
      stats::median(ratios));
}

}  // namespace harness
