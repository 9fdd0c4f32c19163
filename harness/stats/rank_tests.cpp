// Tests by ranks, and the intervals that they give when turned round: a shift (here, of logarithms:
// a factor) belongs to the interval if the test would not reject the samples after undoing it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "stats/distributions.h"
#include "stats/stats.h"

namespace harness::stats {
namespace {

struct Ranks {
  std::vector<double> of;  // of each value, from 1; equal values share the mean of their ranks
  double tie_term = 0;     // sum of t^3 - t over groups of t equal values
};

Ranks ranked(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  Ranks ranks{std::vector<double>(values.size()), 0};
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double shared = static_cast<double>(begin + 1 + end) / 2;
    for (std::size_t i = begin; i < end; ++i) ranks.of[order[i]] = shared;
    const auto equal = static_cast<double>(end - begin);
    ranks.tie_term += equal * equal * equal - equal;
  }
  return ranks;
}

/// Two-sided p of a statistic with this exact distribution, symmetric about its middle.
double exact_p(const std::vector<double>& cdf, double statistic) {
  const double largest = static_cast<double>(cdf.size() - 1);
  const double lower = std::min(statistic, largest - statistic);
  return std::min(1.0, 2 * cdf[static_cast<std::size_t>(lower)]);
}

double normal_p(double statistic, double mean, double variance) {
  if (variance <= 0) return 1;
  const double distance = std::max(0.0, std::abs(statistic - mean) - 0.5);
  return std::min(1.0, 2 * normal_cdf(-distance / std::sqrt(variance)));
}

/// How many of the sorted estimates lie outside of the interval on each side: the largest c with
/// P(statistic <= c - 1) <= tail.
std::size_t cut_exact(const std::vector<double>& cdf, double tail) {
  return static_cast<std::size_t>(std::ranges::upper_bound(cdf, tail) - cdf.begin());
}
std::size_t cut_normal(double mean, double variance, double tail) {
  const double cut = mean + 0.5 + normal_quantile(tail) * std::sqrt(variance);
  return cut < 1 ? 0 : static_cast<std::size_t>(cut);
}

/// From the logs of all elementary ratios to their median and interval.
Ratio ratio_from(std::vector<double>& logs, std::size_t cut) {
  const auto at = [&](std::size_t index) {
    const auto nth = logs.begin() + static_cast<std::ptrdiff_t>(index);
    std::ranges::nth_element(logs, nth);
    return std::exp(*nth);
  };
  Ratio ratio;
  ratio.value = std::exp(median(logs));
  // With too few samples no factor can be excluded at this confidence.
  ratio.interval = cut == 0 ? Interval{0, std::numeric_limits<double>::infinity()}
                            : Interval{at(cut - 1), at(logs.size() - cut)};
  return ratio;
}

std::vector<double> log_ratios(std::span<const double> base, std::span<const double> candidate) {
  std::vector<double> logs(base.size());
  for (std::size_t i = 0; i < logs.size(); ++i)
    logs[i] = std::log(candidate[i]) - std::log(base[i]);
  return logs;
}

double signed_rank_variance(double n) { return n * (n + 1) * (2 * n + 1) / 24; }

}  // namespace

MannWhitney mann_whitney(std::span<const double> base, std::span<const double> candidate) {
  if (base.empty() || candidate.empty()) return {};
  std::vector<double> all(base.begin(), base.end());
  all.insert(all.end(), candidate.begin(), candidate.end());
  const Ranks ranks = ranked(all);

  const auto n = static_cast<double>(base.size()), m = static_cast<double>(candidate.size());
  double rank_sum = 0;
  for (std::size_t i = base.size(); i < all.size(); ++i) rank_sum += ranks.of[i];
  MannWhitney result;
  result.u = rank_sum - m * (m + 1) / 2;
  result.exact =
      ranks.tie_term == 0 && base.size() <= kExactSamples && candidate.size() <= kExactSamples;
  if (result.exact) {
    result.p = exact_p(mann_whitney_cdf(base.size(), candidate.size()), result.u);
  } else {
    const double all_count = n + m;
    const double variance =
        n * m / 12 * (all_count + 1 - ranks.tie_term / (all_count * (all_count - 1)));
    result.p = normal_p(result.u, n * m / 2, variance);
  }
  return result;
}

Ratio pairwise_ratio(std::span<const double> base, std::span<const double> candidate,
                     double confidence) {
  std::vector<double> base_logs, logs;
  for (const double x : base) base_logs.push_back(std::log(x));
  logs.reserve(base.size() * candidate.size());
  for (const double y : candidate) {
    const double log_y = std::log(y);
    for (const double log_x : base_logs) logs.push_back(log_y - log_x);
  }
  const auto n = static_cast<double>(base.size()), m = static_cast<double>(candidate.size());
  const double tail = (1 - confidence) / 2;
  const bool exact = base.size() <= kExactSamples && candidate.size() <= kExactSamples;
  return ratio_from(logs, exact ? cut_exact(mann_whitney_cdf(base.size(), candidate.size()), tail)
                                : cut_normal(n * m / 2, n * m * (n + m + 1) / 12, tail));
}

Ratio paired_ratio(std::span<const double> base, std::span<const double> candidate,
                   double confidence) {
  const std::vector<double> pairs = log_ratios(base, candidate);
  // Walsh averages: the mean of each two of them, and of each with itself.
  std::vector<double> logs;
  logs.reserve(pairs.size() * (pairs.size() + 1) / 2);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (std::size_t j = i; j < pairs.size(); ++j) logs.push_back((pairs[i] + pairs[j]) / 2);
  }
  const auto n = static_cast<double>(pairs.size());
  const double tail = (1 - confidence) / 2;
  return ratio_from(logs, pairs.size() <= kExactPairs
                              ? cut_exact(signed_rank_cdf(pairs.size()), tail)
                              : cut_normal(n * (n + 1) / 4, signed_rank_variance(n), tail));
}

double signed_rank_p(std::span<const double> base, std::span<const double> candidate) {
  std::vector<double> logs = log_ratios(base, candidate);
  std::erase(logs, 0.0);
  if (logs.empty()) return 1;
  std::vector<double> sizes;
  sizes.reserve(logs.size());
  for (const double x : logs) sizes.push_back(std::abs(x));
  const Ranks ranks = ranked(sizes);
  double positive = 0;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (logs[i] > 0) positive += ranks.of[i];
  }
  if (ranks.tie_term == 0 && logs.size() <= kExactPairs) {
    return exact_p(signed_rank_cdf(logs.size()), positive);
  }
  const auto n = static_cast<double>(logs.size());
  return normal_p(positive, n * (n + 1) / 4, signed_rank_variance(n) - ranks.tie_term / 48);
}

}  // namespace harness::stats
