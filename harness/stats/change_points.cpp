#include "stats/change_points.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>

#include "stats/random.h"
#include "stats/stats.h"

namespace harness::stats {
namespace {

/// By the remainder, whose bias is under 2^-50 here: p of a given series stays as it always was.
void shuffle(std::vector<double>& values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[random.next() % i]);
}

/// Ranks from 1, ties sharing the mean of theirs, less their mean: they add up to 0.
std::vector<double> centred_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> ranks(values.size());
  const double mean = (static_cast<double>(values.size()) + 1) / 2;
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    const double rank = (static_cast<double>(i + end) + 1) / 2;
    for (; i < end; ++i) ranks[order[i]] = rank - mean;
  }
  return ranks;
}

struct Split {
  std::size_t at = 0;
  double contrast = 0;  // squared and standardised, but for the variance of the ranks
};

/// The split that contrasts most: [0, t) with [t, k), any k.
Split best_split(std::span<const double> ranks, std::size_t shortest) {
  const std::size_t size = ranks.size();
  std::vector<double> sum(size + 1), share(size + 1);
  for (std::size_t i = 0; i < size; ++i) {
    sum[i + 1] = sum[i] + ranks[i];
    share[i + 1] = 1 / static_cast<double>(i + 1);
  }
  Split best;
  for (std::size_t t = shortest; t + shortest <= size; ++t) {
    const double left = sum[t] * share[t];
    for (std::size_t k = t + shortest; k <= size; ++k) {
      // Under a random order Var(mean - mean) = s^2 (1/a + 1/b), ties and all.
      const double difference = (sum[k] - sum[t]) * share[k - t] - left;
      const double contrast = difference * difference / (share[t] + share[k - t]);
      if (contrast > best.contrast) best = {t, contrast};
    }
  }
  return best;
}

struct Tested {
  std::size_t at = 0;
  double p = 1;
};

/// The best split of `values`, where random orders seldom have one as good.
std::optional<Tested> significant_split(std::span<const double> values,
                                        const ChangePointRules& rules, Random& random) {
  if (values.size() < 2 * rules.shortest) return std::nullopt;
  std::vector<double> ranks = centred_ranks(values);
  const Split found = best_split(ranks, rules.shortest);
  if (found.contrast == 0) return std::nullopt;
  // p = (1 + as good) / (1 + permutations) <= alpha; once there are too many, the rest is not
  // needed.
  const double runs = static_cast<double>(rules.permutations) + 1;
  const auto most = static_cast<std::size_t>(std::floor(rules.alpha * runs + 1e-9));
  std::size_t as_good = 1;
  constexpr double kRounding = 1 - 1e-9;
  for (std::size_t i = 0; i < rules.permutations && as_good <= most; ++i) {
    shuffle(ranks, random);
    const Split other = best_split(ranks, rules.shortest);
    as_good += other.contrast >= found.contrast * kRounding ? 1 : 0;
  }
  if (as_good > most) return std::nullopt;
  return Tested{found.at, static_cast<double>(as_good) / runs};
}

void split(std::span<const double> values, std::size_t offset, const ChangePointRules& rules,
           Random& random, std::vector<ChangePoint>& steps) {
  const auto found = significant_split(values, rules, random);
  if (!found) return;
  split(values.first(found->at), offset, rules, random, steps);
  steps.push_back({offset + found->at, 0, 0, found->p});
  split(values.subspan(found->at), offset + found->at, rules, random, steps);
}

double absolute_deviation(std::span<const double> values) {
  const double level = median(values);
  return std::transform_reduce(values.begin(), values.end(), 0.0, std::plus<>(),
                               [&](double value) { return std::abs(value - level); });
}

/// Where two levels fit `values` best: the least sum of absolute deviations.
std::size_t best_place(std::span<const double> values, std::size_t shortest) {
  std::size_t best = shortest;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t t = shortest; t + shortest <= values.size(); ++t) {
    const double sum = absolute_deviation(values.first(t)) + absolute_deviation(values.subspan(t));
    if (sum >= least) continue;
    least = sum;
    best = t;
  }
  return best;
}

/// [begin, end) of the values between the neighbours of step i.
struct Between {
  std::size_t begin, end;
};
Between neighbours(const std::vector<ChangePoint>& steps, std::size_t i, std::size_t size) {
  return {i == 0 ? 0 : steps[i - 1].at, i + 1 == steps.size() ? size : steps[i + 1].at};
}

}  // namespace

std::vector<ChangePoint> exact_change_points(std::span<const double> values) {
  std::vector<ChangePoint> steps;
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] != values[i - 1]) steps.push_back({i, values[i - 1], values[i], 0});
  }
  return steps;
}

std::vector<ChangePoint> noisy_change_points(std::span<const double> values,
                                             const ChangePointRules& rules) {
  const std::size_t skipped = values.size() - std::min(values.size(), kMaxSeriesLength);
  values = values.subspan(skipped);
  Random random(rules.seed);
  std::vector<ChangePoint> steps;
  split(values, 0, rules, random, steps);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto [begin, end] = neighbours(steps, i, values.size());
    steps[i].at = begin + best_place(values.subspan(begin, end - begin), rules.shortest);
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto [begin, end] = neighbours(steps, i, values.size());
    steps[i].before = median(values.subspan(begin, steps[i].at - begin));
    steps[i].after = median(values.subspan(steps[i].at, end - steps[i].at));
  }
  for (ChangePoint& step : steps) step.at += skipped;
  return steps;
}

}  // namespace harness::stats
