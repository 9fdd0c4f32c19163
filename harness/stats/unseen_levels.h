// What so many runs cannot know: levels of the host (a frequency, huge pages, where code lies, a
// neighbour) that none of them has shown. Pure.
//
// A level that shows in a share q of all runs shows in each of the newest k and in none of the n
// before them with q^k (1 - q)^n. Nobody knows q; the worst is q = k / (n + k), so
//
//   k^k n^n / (n + k)^(n + k)
//
// bounds the rate at which such a level is taken for a change, whatever it is and however far off.
// Where s of the n showed it, the bound is the largest, over q, of
//
//   sum over j <= s of C(n, j) q^(k + j) (1 - q)^(n - j)
//
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

/// Runs that are draws of their own: those before, how many of these were as far off as the newest,
/// and the newest.
struct Witnesses {
  std::size_t before = 0, shown = 0, newest = 0;
};

/// At most the probability that a level of the host shows in each of the newest runs and in no more
/// of those before than `shown`; 1 where there are none of either, or all before have shown it.
double chance_of_unseen_level(const Witnesses& seen);

/// How many runs like the newest it takes that the chance is `level` at most: `newest` or more, and
/// no more than kMostWanted.
std::size_t newest_wanted(const Witnesses& seen, double level);
inline constexpr std::size_t kMostWanted = 100;

/// "a level of the host that 12 runs have not shown is as likely as 2.9 % (allowed: 0.55 %): 1 more
/// run like it, six hours apart, would decide".
std::string unseen_level_text(const Witnesses& seen, double level);

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
