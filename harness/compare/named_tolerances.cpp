#include "compare/named_tolerances.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/listing.h"
#include "base/text.h"
#include "compare/number_names.h"

namespace harness {
namespace {

void add_names(const Measurements& side, std::vector<std::string_view>& names) {
  for (const Series& series : side.series) names.emplace_back(series.name);
}

std::string units_hint(std::span<const Measurements> bases) {
  std::set<std::string> units;
  for (const Measurements& base : bases) {
    for (const Series& series : base.series) {
      if (!series.unit.empty()) units.insert("'" + printable(series.unit) + "'");
    }
  }
  constexpr const char* kPercent = "a percentage needs no unit: --tolerance 2%";
  if (units.empty()) return kPercent;
  constexpr std::size_t kListed = 10;
  const std::vector<std::string> all(units.begin(), units.end());
  return fmt::format("there are {}; {}",
                     listed(std::span(all).first(std::min(all.size(), kListed))), kPercent);
}

}  // namespace

void check_tolerances(std::span<const Measurements> bases, const Rules& rules) {
  const std::string them =
      bases.size() == 1 ? bases.front().source + " does not have" : "none of BASE has";
  std::vector<std::string_view> names;
  if (!rules.tolerances.empty()) {
    for (const Measurements& base : bases) add_names(base, names);
  }
  for (const auto& [word, tolerance] : rules.tolerances) {
    if (!numbers_called(word, names).empty()) continue;
    throw UsageError(fmt::format("a tolerance for '{}', which {}{}", printable(word), them,
                                 other_numbers(word, names)),
                     "name a number as `compare` prints it, or several by a pattern: "
                     "--tolerance 'fib*=2%'");
  }
  if (!rules.tolerance || rules.tolerance->unit.empty()) return;
  const auto has_unit = [&](const Measurements& base) {
    return std::ranges::count(base.series, rules.tolerance->unit, &Series::unit) != 0;
  };
  if (std::ranges::none_of(bases, has_unit)) {
    throw UsageError(
        fmt::format("a tolerance of {}, a unit that {}", printable(rules.tolerance->text()), them),
        units_hint(bases));
  }
}

Rules with_full_names(const Measurements& base, const Rules& rules) {
  Rules named = rules;
  if (rules.tolerances.empty()) return named;
  std::vector<std::string_view> names;
  add_names(base, names);
  std::map<std::string, std::string> by_name, by_pattern;  // number -> the word for it
  for (const auto& [word, tolerance] : rules.tolerances) {
    const std::vector<std::string_view> called = numbers_called(word, names);
    const bool plain = !is_pattern(word) || (called.size() == 1 && called.front() == word);
    for (const std::string_view name : called) {
      const auto [at, is_new] = (plain ? by_name : by_pattern).emplace(name, word);
      if (is_new) continue;
      throw UsageError(fmt::format("two tolerances are about '{}': '{}' and '{}'", printable(name),
                                   printable(at->second), printable(word)),
                       "keep one of them, or state it for that name");
    }
  }
  named.tolerances.clear();
  by_name.merge(by_pattern);  // what has a tolerance by name keeps it
  for (const auto& [name, word] : by_name) named.tolerances[name] = rules.tolerances.at(word);
  return named;
}

}  // namespace harness
