#include "stats/unseen_levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/format.h"

namespace harness::stats {

double chance_of_unseen_level(std::size_t before, std::size_t newest) {
  if (before == 0 || newest == 0) return 1;
  const auto n = static_cast<double>(before), k = static_cast<double>(newest);
  return std::exp(k * std::log(k / (n + k)) + n * std::log(n / (n + k)));
}

std::size_t newest_wanted(std::size_t before, std::size_t newest, double level) {
  std::size_t wanted = std::max<std::size_t>(1, newest);
  // Beyond as many as are before, more of them are no rarer: then they are the level.
  while (wanted < kMostWanted && chance_of_unseen_level(before, wanted) > level) ++wanted;
  return wanted;
}

std::string unseen_level_text(std::size_t before, std::size_t newest, double level) {
  if (before == 0) {
    return "all began within six hours: how the host differs from one part of the day to another "
           "they "
           "do not show";
  }
  const std::size_t more = newest_wanted(before, newest, level) - newest;
  return fmt::format(
      "a level of the host that {} have not shown is as likely as {:.2g} % (allowed: {:.2g} %): "
      "{} more like it, six hours apart, would decide",
      count_of(before, "run"), chance_of_unseen_level(before, newest) * 100, level * 100,
      count_of(more, "run"));
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
