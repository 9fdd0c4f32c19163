// The modes of values that were measured one after another: groups with gaps between. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harness::stats {

/// Logarithms of values around one centre.
struct Mode {
  double low = 0, high = 0, mean = 0;
  double squares = 0;  // sum of squared distances from the mean
  std::size_t count = 0;
};

/// A standard deviation below this is taken for it: equal values are no proof that the next is.
inline constexpr double kLeastDeviation = 0.0025;

struct Modes {
  std::vector<Mode> modes;   // from the lowest; never empty
  std::vector<Mode> strays;  // groups of fewer than kFewestOfMode, or of less than a fifth of all
};

/// Modes of `logs`. Two neighbours are apart where the gap between them is at least kApart of the
/// pooled deviation within (kFarApart where one of the two has fewer than three values); fewer than
/// kFewestToSplit values are one mode. Where no group is large enough, all is one mode. `logs` must
/// not be empty.
Modes modes_of(std::span<const double> logs);
inline constexpr double kApart = 3.5, kFarApart = 5;
inline constexpr std::size_t kFewestToSplit = 6, kMostModes = 4;  // strays count as modes here
inline constexpr std::size_t kFewestOfMode = 3;

/// Where in time the groups of `logs`, in that order, part: each is wholly before the value of this
/// index or wholly from it on. The first such place; 0 where there is none.
std::size_t parting_of(std::span<const double> logs);

/// `logs` in two, wherever there is a gap or not: below `at`, and from it on; each within least
/// squares.
struct Halves {
  double at = 0;
  double apart = 0;  // their means
};
/// All from `at` on, and 0 apart, where all are equal.
Halves halves_of(std::span<const double> logs);

/// Where in time `logs` change between the groups below a gap and those above it, and do so seldom:
/// in a random order of them with probability `alpha` at most, of all gaps together
/// (stretches.h). Of several such gaps the one of the least probability; empty where there is none.
std::vector<std::size_t> switches_of(std::span<const double> logs, double alpha);

}  // namespace harness::stats
