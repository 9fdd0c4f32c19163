// Statistics for noisy numbers: what a sample says, how two samples differ, and what may be
// concluded. Pure; no randomness but the seeded one of the bootstrap. decide.h makes verdicts.
//
// Samples are finite numbers. A function that needs at least one says so; broken input is the
// caller's to refuse (decide() does).
//
// Sources of the formulas:
//   bootstrap, percentile interval   Efron & Tibshirani, An Introduction to the Bootstrap, 13.3
//   Mann-Whitney U                   Mann & Whitney 1947; Hollander, Wolfe & Chicken,
//                                    Nonparametric Statistical Methods, 3rd ed., 4.1 (with ties)
//   ratio of two samples, interval   Hodges & Lehmann 1963 and Moses, ibid. 4.2 and 4.3, on logs
//   signed-rank test                 Wilcoxon 1945; ibid. 3.1 (with ties)
//   ratio of pairs, interval         Hodges & Lehmann 1963 and Tukey, ibid. 3.2 and 3.3, on logs
//   Cliff's delta                    Cliff 1993, Psychological Bulletin 114:494
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace harness::stats {

struct Interval {
  double low = 0, high = 0;
  [[nodiscard]] bool contains(double x) const { return low <= x && x <= high; }
};

/// The mean of the two middle values for an even count. samples must not be empty.
double median(std::span<const double> samples);

/// Median absolute deviation from the median, as it is (times 1.4826 it estimates a normal's
/// standard deviation). samples must not be empty.
double mad(std::span<const double> samples);

/// Which samples lie outside of [Q1 - 3 IQR, Q3 + 3 IQR] (Tukey's outer fences). For showing: no
/// sample is ever left out of a statistic.
std::vector<std::size_t> outliers(std::span<const double> samples);

struct Bootstrap {
  double confidence = 0.95;
  std::size_t resamples = 2000;
  std::uint64_t seed = 1;  // the same seed gives the same interval, on every machine
};
/// Interval of the median, by the percentile method. Not BCa: its acceleration is made by the
/// jackknife, which is inconsistent for the median (Efron & Tibshirani 11.6). samples must not be
/// empty; of one sample the interval is that sample.
Interval bootstrap_median(std::span<const double> samples, const Bootstrap& how = {});

// ---- two samples ----------------------------------------------------------------------------

struct MannWhitney {
  double u = 0;        // pairs (b, n) with n above b, ties count one half
  double p = 1;        // two-sided
  bool exact = false;  // by counting all orders; else normal with tie and continuity correction
};
/// Tests that base and candidate come from one distribution. Exact where there are no ties and both
/// hold at most kExactSamples. With an empty side p is 1.
inline constexpr std::size_t kExactSamples = 20;
MannWhitney mann_whitney(std::span<const double> base, std::span<const double> candidate);

/// Cliff's delta: P(new > base) - P(new < base), from -1 to 1; 0 where they overlap evenly. Equal
/// to the rank-biserial correlation 2 U / (n m) - 1. Neither side may be empty.
double cliffs_delta(std::span<const double> base, std::span<const double> candidate);

struct Ratio {
  double value = 1;   // new / base
  Interval interval;  // at the confidence that was asked for; may be [0, infinity]
};
/// The median of the ratios new / base over all n x m pairs, with the interval that Mann-Whitney
/// gives when turned round: the factors by which base may be multiplied without being rejected. All
/// samples must be above 0, neither side empty.
Ratio pairwise_ratio(std::span<const double> base, std::span<const double> candidate,
                     double confidence);

/// The same for pairs that were taken side by side (base[i] with candidate[i]; equal counts, at
/// least one; all above 0): the centre of candidate[i] / base[i] by Hodges and Lehmann, with the
/// interval that the signed-rank test gives when turned round. What drifts slowly falls out.
Ratio paired_ratio(std::span<const double> base, std::span<const double> candidate,
                   double confidence);

/// Two-sided p of Wilcoxon's signed-rank test on log(candidate[i] / base[i]): exact by counting up
/// to kExactPairs pairs without ties, else normal with tie and continuity correction. Pairs that
/// are equal are left out, as the test has it. All samples above 0, equal counts.
inline constexpr std::size_t kExactPairs = 30;
double signed_rank_p(std::span<const double> base, std::span<const double> candidate);

}  // namespace harness::stats
