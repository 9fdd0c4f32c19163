#include "stats/stretches.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace harness::stats {
namespace {

/// ln of n over k; k <= n.
double log_choose(std::size_t n, std::size_t k) {
  const auto log_factorial = [](std::size_t i) { return std::lgamma(static_cast<double>(i) + 1); };
  return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

/// In how many ways `count` values are so many stretches, none of them empty, as a logarithm.
double log_ways(std::size_t count, std::size_t stretches) {
  return log_choose(count - 1, stretches - 1);
}

}  // namespace

std::size_t stretches_in(const std::vector<bool>& kinds) {
  std::size_t stretches = kinds.empty() ? 0 : 1;
  for (std::size_t i = 1; i < kinds.size(); ++i) stretches += kinds[i] != kinds[i - 1] ? 1 : 0;
  return stretches;
}

double chance_of_so_few_stretches(const std::vector<bool>& kinds) {
  const auto ones = static_cast<std::size_t>(std::ranges::count(kinds, true));
  const std::size_t others = kinds.size() - ones;
  if (ones == 0 || others == 0) return 1;
  const double all = log_choose(kinds.size(), ones);
  double chance = 0;
  for (std::size_t stretches = 2; stretches <= stretches_in(kinds); ++stretches) {
    // Of the kind that begins there are as many as of the other, or one more.
    const std::size_t first = (stretches + 1) / 2, second = stretches / 2;
    for (const auto& [begins, follows] : {std::pair(ones, others), std::pair(others, ones)}) {
      if (first > begins || second > follows) continue;
      chance += std::exp(log_ways(begins, first) + log_ways(follows, second) - all);
    }
  }
  return std::min(1.0, chance);
}

}  // namespace harness::stats
