// For tests: numbers and sides of comparisons.
#pragma once

#include <string>
#include <vector>

#include "compare/compare.h"

namespace harness::testing_compare {

inline Series exact(const std::string& name, double value,
                    const std::string& unit = "instructions") {
  return {.name = name,
          .unit = unit,
          .better = better_of(unit),
          .noisy = false,
          .samples = {value, value},
          .fault = {},
          .tolerance = {},
          .limit = {}};
}

inline Series noisy(const std::string& name, std::vector<double> samples) {
  return {.name = name,
          .unit = "cycles",
          .better = Direction::lower,
          .noisy = true,
          .samples = std::move(samples),
          .fault = {},
          .tolerance = {},
          .limit = {}};
}

inline Measurements side(std::vector<Series> series) {
  return {.scenario = "s",
          .source = "file",
          .fingerprint = {{"clock", "counted"}},
          .series = std::move(series),
          .fault = {}};
}

inline Comparison compared(const Series& base, const Series& candidate, const Rules& rules = {}) {
  return compare(side({base}), side({candidate}), rules);
}

inline Change change_of(const Comparison& result, std::size_t row = 0) {
  return result.rows.at(row).change;
}

/// Twelve samples around a middle, the same ripple each time.
inline std::vector<double> around(double middle) {
  std::vector<double> samples;
  for (int i = 0; i < 12; ++i) samples.push_back(middle * (1 + 0.001 * ((i * 7) % 12)));
  return samples;
}

}  // namespace harness::testing_compare
