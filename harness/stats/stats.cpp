#include "stats/stats.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/random.h"

namespace harness::stats {
namespace {

/// The element that would stand at `index` if values were sorted.
double nth(std::vector<double>& values, std::size_t index) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(index);
  std::ranges::nth_element(values, at);
  return *at;
}

double median_in_place(std::vector<double>& values) {
  const std::size_t half = values.size() / 2;
  const double upper = nth(values, half);
  if (values.size() % 2 == 1) return upper;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(half);
  return std::midpoint(*std::max_element(values.begin(), middle), upper);
}

/// By linear interpolation between order statistics. sorted must not be empty.
double quantile(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], at - std::floor(at));
}

}  // namespace

double median(std::span<const double> samples) {
  std::vector<double> values(samples.begin(), samples.end());
  return median_in_place(values);
}

double mad(std::span<const double> samples) {
  const double centre = median(samples);
  std::vector<double> distances;
  distances.reserve(samples.size());
  for (const double x : samples) distances.push_back(std::abs(x - centre));
  return median_in_place(distances);
}

std::vector<std::size_t> outliers(std::span<const double> samples) {
  if (samples.empty()) return {};
  std::vector<double> sorted(samples.begin(), samples.end());
  std::ranges::sort(sorted);
  const double q1 = quantile(sorted, 0.25), q3 = quantile(sorted, 0.75);
  const double fence = 3 * (q3 - q1);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i] < q1 - fence || samples[i] > q3 + fence) found.push_back(i);
  }
  return found;
}

Interval bootstrap_median(std::span<const double> samples, const Bootstrap& how) {
  Random random(how.seed);
  std::vector<double> medians, resample(samples.size());
  medians.reserve(how.resamples);
  for (std::size_t i = 0; i < how.resamples; ++i) {
    for (double& value : resample) value = samples[random.below(samples.size())];
    medians.push_back(median_in_place(resample));
  }
  std::ranges::sort(medians);
  const double tail = (1 - how.confidence) / 2;
  return {quantile(medians, tail), quantile(medians, 1 - tail)};
}

double cliffs_delta(std::span<const double> base, std::span<const double> candidate) {
  const double pairs = static_cast<double>(base.size()) * static_cast<double>(candidate.size());
  return 2 * mann_whitney(base, candidate).u / pairs - 1;
}

}  // namespace harness::stats
