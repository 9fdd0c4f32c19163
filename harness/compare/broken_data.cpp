#include "compare/broken_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "compare/figures.h"
#include "stats/stats.h"

namespace harness {
namespace {

// Of another program's file; and of boots of ours, where the median must not be one.
constexpr double kMostZeros = 0.2, kMostZerosOfBoots = 0.5;
constexpr std::size_t kFewestForSpread = 5;
constexpr std::size_t kFewestThatMove = 5;
constexpr double kSameFactor = 0.01, kNoFactor = 0.02;

std::string spread_fault(const std::vector<double>& samples) {
  if (samples.size() < kFewestForSpread) return {};
  const auto count = static_cast<double>(samples.size());
  double mean = 0, squares = 0;
  for (const double x : samples) mean += x / count;
  for (const double x : samples) squares += (x - mean) * (x - mean) / (count - 1);
  const double deviation = std::sqrt(squares);
  if (deviation <= mean) return {};
  return fmt::format("the standard deviation of its samples, {}, is above their mean, {}",
                     number_of(deviation), number_of(mean));
}

/// A number with a value on both sides, above 0.
struct NumberRatio {
  ComparedNumber* row;
  double ratio;  // new by base
};

bool all_moved_by(const std::vector<NumberRatio>& numbers, double factor) {
  return std::ranges::all_of(numbers, [&](const NumberRatio& number) {
    return std::abs(number.ratio / factor - 1) <= kSameFactor;
  });
}

bool is_judged(const ComparedNumber& row) {
  return row.change == Change::unchanged || row.change == Change::improvement ||
         row.change == Change::regression || row.change == Change::inconclusive;
}

}  // namespace

std::string broken_data(const Series& series, bool among_runs) {
  if (series.announced > series.samples.size()) {
    return fmt::format("{} of {} announced samples arrived", series.samples.size(),
                       series.announced);
  }
  if (!series.noisy || series.better == Direction::neither || series.samples.empty()) return {};
  const auto zeros = std::ranges::count(series.samples, 0.0);
  const double most = series.of_file ? kMostZeros : kMostZerosOfBoots;
  if (static_cast<double>(zeros) > most * static_cast<double>(series.samples.size())) {
    return fmt::format("{} of {} samples are zero", zeros, series.samples.size());
  }
  // One odd run among others is part of what they show, and one odd boot no part of a median. A
  // boot of ours that waited for a processor in the middle of what it measured is odd, and not
  // broken.
  return among_runs || !series.of_file ? std::string() : spread_fault(series.samples);
}

std::string mark_common_factor(std::vector<ComparedNumber>& rows) {
  std::map<std::string, std::vector<NumberRatio>> by_unit;
  for (ComparedNumber& row : rows) {
    if (!row.noisy || !is_judged(row) || !row.base || !row.candidate) continue;
    const double base = *row.base, candidate = *row.candidate;
    if (base > 0 && candidate > 0) by_unit[row.unit].push_back({&row, candidate / base});
  }
  for (auto& [unit, all] : by_unit) {
    if (all.size() < kFewestThatMove) continue;
    std::vector<double> ratios;
    ratios.reserve(all.size());
    for (const NumberRatio& number : all) ratios.push_back(number.ratio);
    const double factor = stats::median(ratios);
    if (std::abs(factor - 1) <= kNoFactor || !all_moved_by(all, factor)) continue;
    for (const NumberRatio& number : all) {
      number.row->change = Change::invalid;
      number.row->detail = fmt::format("moved by the factor {:.3f}, as all others", factor);
    }
    return fmt::format(
        "all {} numbers in {} moved by one factor ({:.3f}): another clock or machine, not another "
        "program",
        all.size(), unit.empty() ? "no unit" : unit, factor);
  }
  return {};
}

}  // namespace harness
