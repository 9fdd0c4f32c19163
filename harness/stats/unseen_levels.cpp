#include "stats/unseen_levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ranges>
#include <vector>

#include "base/format.h"

namespace harness::stats {

namespace {

/// That a level of this share shows so.
double chance_of(const Witnesses& seen, double share) {
  const auto n = static_cast<double>(seen.before);
  const double odds = share / (1 - share);
  double term =
      std::exp(static_cast<double>(seen.newest) * std::log(share) + n * std::log1p(-share));
  double sum = term;
  for (std::size_t j = 1; j <= seen.shown; ++j) {
    const auto place = static_cast<double>(j);
    term *= (n - place + 1) / place * odds;
    sum += term;
  }
  return sum;
}

}  // namespace

double chance_of_unseen_level(const Witnesses& seen) {
  if (seen.newest == 0 || seen.shown >= seen.before) return 1;
  const auto all = static_cast<double>(seen.before + seen.newest);
  // It rises to one peak, between the shares that are the worst for none shown and for `shown`.
  const double low = static_cast<double>(seen.newest) / all;
  const double high = static_cast<double>(seen.newest + seen.shown) / all;
  constexpr int kSteps = 64;
  double most = 0;
  for (int i = 0; i <= kSteps; ++i) {
    most = std::max(most, chance_of(seen, low + (high - low) * i / kSteps));
  }
  return most;
}

std::size_t newest_wanted(const Witnesses& seen, double level) {
  // The more of the newest show it, the less likely it is.
  const auto counts =
      std::views::iota(std::clamp<std::size_t>(seen.newest, 1, kMostWanted), kMostWanted);
  const auto enough = std::ranges::partition_point(counts, [&](std::size_t newest) {
    return chance_of_unseen_level({seen.before, seen.shown, newest}) > level;
  });
  return enough == counts.end() ? std::max(seen.newest, kMostWanted) : *enough;
}

std::string unseen_level_text(const Witnesses& seen, double level) {
  if (seen.before == 0) {
    return "all began within six hours: how the host differs from one part of the day to another "
           "they "
           "do not show";
  }
  const std::string shown = seen.shown == 0 ? count_of(seen.before, "run") + " have not shown"
                                            : fmt::format("{} of {} have shown", seen.shown,
                                                          count_of(seen.before, "run"));
  return fmt::format(
      "a level of the host that {} is as likely as {:.2g} % (allowed: {:.2g} %): {} more like it, "
      "six "
      "hours apart, would decide",
      shown, chance_of_unseen_level(seen) * 100, level * 100,
      count_of(newest_wanted(seen, level) - seen.newest, "run"));
}

std::size_t Occasions::count(std::size_t begin, std::size_t end, std::size_t apart_from_end) const {
  if (begun_.empty()) return end - std::min(begin, end);
  std::vector<double> counted;
  const auto is_apart = [&](double time) {
    return std::ranges::all_of(
        counted, [&](double other) { return std::abs(time - other) >= kOneOccasion; });
  };
  for (std::size_t i = end; i < apart_from_end; ++i) counted.push_back(begun_[i]);
  const std::size_t others = counted.size();
  for (std::size_t i = end; i-- > begin;) {
    if (is_apart(begun_[i])) counted.push_back(begun_[i]);
  }
  return counted.size() - others;
}

}  // namespace harness::stats
