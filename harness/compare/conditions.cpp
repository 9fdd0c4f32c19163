#include "compare/conditions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <ranges>
#include <set>
#include <utility>
#include <vector>

#include "compare/google_benchmark.h"
#include "stats/stats.h"

namespace harness {

std::string condition_of(const Measurements& side, std::string_view key) {
  const auto at =
      std::ranges::find(side.fingerprint, key, &std::pair<std::string, std::string>::first);
  return at == side.fingerprint.end() ? std::string() : at->second;
}

std::vector<ConditionChange> condition_changes(const Measurements& base,
                                               const Measurements& candidate) {
  std::vector<ConditionChange> changes;
  for (const Measurements* side : {&base, &candidate}) {
    for (const auto& [name, value] : side->fingerprint) {
      if (std::ranges::count(changes, name, &ConditionChange::name) != 0) continue;
      std::string before = condition_of(base, name), now = condition_of(candidate, name);
      if (before != now) changes.push_back({name, std::move(before), std::move(now)});
    }
  }
  return changes;
}

std::string conditions_text(const std::vector<ConditionChange>& changes) {
  std::string text;
  for (const auto& [name, before, now] : changes) {
    const auto shown = [](const std::string& value) { return value.empty() ? "(none)" : value; };
    text +=
        fmt::format("{}{}: {} and {}", text.empty() ? "" : "; ", name, shown(before), shown(now));
  }
  return text;
}

UnlikeConditions unlike_conditions(const Measurements& base, const Measurements& candidate,
                                   const Rules& rules) {
  UnlikeConditions unlike;
  for (ConditionChange& change : condition_changes(base, candidate)) {
    const bool waived =
        rules.ignore_fingerprint || std::ranges::count(rules.ignore, change.name) != 0;
    (waived ? unlike.waived : unlike.refused).push_back(std::move(change));
  }
  return unlike;
}

std::string nothing_to_ignore(const Measurements& base, const Measurements& candidate,
                              const Rules& rules) {
  std::vector<std::string> names;
  for (const std::string& name : rules.ignore) {
    const auto says = [&](const Measurements& side) {
      return std::ranges::any_of(side.fingerprint,
                                 [&](const auto& condition) { return condition.first == name; });
    };
    if (name != kScenarioCondition && !says(base) && !says(candidate)) names.push_back(name);
  }
  if (names.empty()) return {};
  return fmt::format("neither side says anything of {}: there was nothing to ignore",
                     fmt::join(names, ", "));
}

namespace {

/// A condition that files of some kind or age do not tell of.
bool may_be_lacking(std::string_view name) {
  return is_optional_condition(name) || is_benchmark_condition(name);
}

}  // namespace

void check_ignored(std::span<const Measurements> bases, std::span<const Measurements> candidates,
                   const Rules& rules) {
  std::set<std::string> known = {std::string(kScenarioCondition)};
  for (const std::span<const Measurements> side : {bases, candidates}) {
    for (const Measurements& one : side) {
      for (const auto& [name, value] : one.fingerprint) known.insert(name);
    }
  }
  for (const std::string& name : rules.ignore) {
    if (known.contains(name) || may_be_lacking(name)) continue;
    throw UsageError(fmt::format("no side says anything of a condition '{}'", name),
                     known.empty() ? "" : fmt::format("they say: {}", fmt::join(known, ", ")));
  }
}

namespace {

/// A number that moved, in a unit of time or work.
struct Moved {
  double base, candidate;
  /// Whether base times `factor` is candidate, but for what rounding both to whole numbers does.
  [[nodiscard]] bool by(double factor) const {
    constexpr double kSpread = 0.02;
    const bool whole = base == std::floor(base) && candidate == std::floor(candidate);
    const double rounding = whole ? 1 : 0;
    return candidate + rounding >= (base - rounding) * factor * (1 - kSpread) &&
           candidate - rounding <= (base + rounding) * factor * (1 + kSpread);
  }
  /// A number so small that its rounding hides the factor says neither yes nor no.
  [[nodiscard]] bool tells(double factor) const { return !(by(factor) && by(1)); }
};

}  // namespace

std::string common_factor(const std::vector<ComparedNumber>& rows) {
  constexpr std::size_t kFewest = 3;
  constexpr double kMaxCount = 0.9, kNone = 0.02;
  std::map<std::string, std::vector<Moved>> by_unit;
  for (const ComparedNumber& row : rows) {
    const bool judged = row.change != Change::missing && row.change != Change::added &&
                        row.change != Change::not_comparable && row.change != Change::invalid;
    // How much memory a program takes is the same at any speed.
    if (judged && row.unit != "bytes" && row.base && row.candidate && *row.base > 0 &&
        *row.candidate > 0) {
      by_unit[row.unit].push_back({*row.base, *row.candidate});
    }
  }
  for (auto& [unit, all] : by_unit) {
    // Large numbers say the factor best: rounding is nothing to them.
    std::ranges::sort(all, std::greater(), &Moved::base);
    std::vector<double> ratios;
    for (const Moved& one : all | std::views::take((all.size() + 1) / 2)) {
      ratios.push_back(one.candidate / one.base);
    }
    const double factor = stats::median(ratios);
    std::erase_if(all, [&](const Moved& one) { return !one.tells(factor); });
    const auto count = static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const Moved& one) { return one.by(factor); }));
    const bool moved = std::abs(factor - 1) > kNone;
    if (!moved || count < kFewest ||
        static_cast<double>(count) < kMaxCount * static_cast<double>(all.size())) {
      continue;
    }
    return fmt::format(
        "{} of {} numbers in {} moved by one factor ({:.2f}): that is rather another clock, "
        "machine or load than another program",
        count, all.size(), unit.empty() ? "no unit" : unit, factor);
  }
  return {};
}

}  // namespace harness
