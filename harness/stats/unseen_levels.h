// What so many runs cannot know: levels of the host (a frequency, huge pages, where code lies, a
// neighbour) that none of them has shown. Pure.
//
// A level that shows in a share q of all runs shows in each of the newest k and in none of the n
// before them with q^k (1 - q)^n. Nobody knows q; the worst is q = k / (n + k), so
//
//   k^k n^n / (n + k)^(n + k)
//
// bounds the rate at which such a level is taken for a change, whatever it is and however far off:
// 12 runs do not support that one more, off them, is a change (2.9 %), and support it of two that
// follow each other (0.3 %). Runs count where they are draws of their own: a host keeps its level
// for a while, so those begun within kOneOccasion of each other are one.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace harness::stats {

/// Seconds: a quarter of a day, for many hosts are busier by day than by night. That a level of the
/// host lasts no longer is an assumption, which docs/MEASUREMENT.md states.
inline constexpr double kOneOccasion = 6 * 3600;

/// At most the probability that a level of the host shows in each of `newest` runs and in none of
/// the `before` runs before them; 1 where either is 0.
double chance_of_unseen_level(std::size_t before, std::size_t newest);

/// How many runs like the newest it takes that the chance is `level` at most: `newest` or more, and
/// no more than kMostWanted. `before` and `level` must be above 0.
std::size_t newest_wanted(std::size_t before, std::size_t newest, double level);
inline constexpr std::size_t kMostWanted = 1000;

/// "a level of the host that 12 runs have not shown is as likely as 2.9 % (allowed: 0.6 %): 1 more
/// run like it, six hours apart, would decide". `level` must be above 0.
std::string unseen_level_text(std::size_t before, std::size_t newest, double level);

/// Which runs are draws of their own.
class Occasions {
 public:
  /// `begun`: when each run began, in seconds; empty where that is not known: then each is one of
  /// its own. It must outlive this.
  explicit Occasions(std::span<const double> begun) : begun_(begun) {}

  /// How many of the runs from `begin` to before `end` are, taken from the newest, each
  /// kOneOccasion or more apart from the others and from the runs from `end` to before
  /// `apart_from_end`.
  [[nodiscard]] std::size_t count(std::size_t begin, std::size_t end,
                                  std::size_t apart_from_end = 0) const;

 private:
  std::span<const double> begun_;
};

}  // namespace harness::stats
