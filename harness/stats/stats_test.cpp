// Expected figures are worked out by hand or by counting all cases, not by the code under test.
#include "stats/stats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/distributions.h"

namespace harness::stats {
namespace {

using Samples = std::vector<double>;

TEST(Median, IsTheMiddleOrTheMeanOfTheMiddleTwo) {
  EXPECT_EQ(median(Samples{7}), 7);
  EXPECT_EQ(median(Samples{9, 1, 5}), 5);
  EXPECT_EQ(median(Samples{4, 1, 2, 9}), 3);
}

TEST(Mad, IsNotMovedByOneOutlier) {
  EXPECT_EQ(mad(Samples{1, 2, 3, 4, 5}), 1);
  EXPECT_EQ(mad(Samples{1, 2, 3, 4, 5000}), 1);
}

TEST(Outliers, AreNamedByTheirPlace) {
  EXPECT_TRUE(outliers(Samples{10, 11, 12, 13, 14, 15}).empty());
  EXPECT_EQ(outliers(Samples{10, 99, 11, 12, 13, 14}), std::vector<std::size_t>{1});
}

TEST(Bootstrap, IsTheSameForTheSameSeedAndHoldsTheMedian) {
  const Samples samples = {10, 12, 11, 15, 13, 14, 12, 11, 10, 40};
  const Interval first = bootstrap_median(samples), second = bootstrap_median(samples);
  EXPECT_EQ(first.low, second.low);
  EXPECT_EQ(first.high, second.high);
  EXPECT_TRUE(first.contains(12));
  EXPECT_GE(first.low, 10);
  EXPECT_LT(first.high, 40) << "one outlier is not the median of a resample";
}

TEST(Bootstrap, CoversTheTrueMedianAboutAsOftenAsItSays) {
  // 1000 samples of 25 from 0..9999, by a generator of the test's own: median 4999.5.
  std::uint64_t state = 42;
  int covered = 0;
  for (int series = 0; series < 1000; ++series) {
    Samples samples(25);
    for (double& x : samples) {
      state = state * 6364136223846793005 + 1442695040888963407;
      x = static_cast<double>((state >> 33) % 10000);
    }
    covered += bootstrap_median(samples, {.confidence = 0.95, .resamples = 300, .seed = 7})
                   .contains(4999.5);
  }
  EXPECT_GE(covered, 925);
  EXPECT_LE(covered, 975);
}

/// P(U <= u) by going through every way to deal n + m ranks.
Samples counted_mann_whitney(std::size_t n, std::size_t m) {
  Samples counts(n * m + 1, 0.0);
  double total = 0;
  for (unsigned deal = 0; deal < 1u << (n + m); ++deal) {
    if (static_cast<std::size_t>(std::popcount(deal)) != m) continue;
    std::size_t u = 0, below = 0;
    for (std::size_t i = 0; i < n + m; ++i) (deal >> i & 1) != 0 ? u += below : ++below;
    ++counts[u];
    ++total;
  }
  std::partial_sum(counts.begin(), counts.end(), counts.begin());
  for (double& count : counts) count /= total;
  return counts;
}

TEST(Distributions, MannWhitneyIsThatOfAllOrders) {
  for (const auto& [n, m] : {std::pair{1, 1}, {3, 3}, {4, 7}, {7, 4}, {6, 6}}) {
    const auto a = static_cast<std::size_t>(n), b = static_cast<std::size_t>(m);
    const Samples expected = counted_mann_whitney(a, b), got = mann_whitney_cdf(a, b);
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t u = 0; u < got.size(); ++u) EXPECT_DOUBLE_EQ(got[u], expected[u]) << u;
  }
}

TEST(Distributions, LargestExactCountsAreStillWholeNumbers) {
  // 40 over 20 is 137,846,528,820; one order of them has U = 0.
  EXPECT_DOUBLE_EQ(mann_whitney_cdf(20, 20).front() * 137846528820.0, 1);
  EXPECT_DOUBLE_EQ(mann_whitney_cdf(20, 20).back(), 1);
  EXPECT_DOUBLE_EQ(signed_rank_cdf(30).front() * 1073741824.0, 1);
}

TEST(Distributions, SignedRankIsThatOfAllSigns) {
  // Of the 8 ways to give 1, 2, 3 a sign, the sums are 0 1 2 3 3 4 5 6.
  const Samples expected = {1 / 8.0, 2 / 8.0, 3 / 8.0, 5 / 8.0, 6 / 8.0, 7 / 8.0, 1};
  const Samples got = signed_rank_cdf(3);
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_DOUBLE_EQ(got[i], expected[i]);
}

TEST(MannWhitney, CountsPairsAndIsExactWhenSmall) {
  const MannWhitney apart = mann_whitney(Samples{1, 2, 3}, Samples{4, 5, 6});
  EXPECT_EQ(apart.u, 9);
  EXPECT_TRUE(apart.exact);
  EXPECT_DOUBLE_EQ(apart.p, 2 / 20.0) << "2 of the 20 orders are as far apart";
  EXPECT_DOUBLE_EQ(mann_whitney(Samples{1, 4}, Samples{2, 3}).p, 1);
}

TEST(MannWhitney, TiesCountHalfAndUseTheCorrectedNormal) {
  const MannWhitney tied = mann_whitney(Samples{1, 2, 2, 3}, Samples{2, 3, 4, 5});
  EXPECT_EQ(tied.u, 13.5);
  EXPECT_FALSE(tied.exact);
  // Ranks tie in groups of 3 and 2: sum t^3 - t = 30. Variance 16/12 (9 - 30/56) = 11.2857;
  // z = (13.5 - 8 - 0.5) / 3.35943 = 1.48835; p = 0.13666.
  EXPECT_NEAR(tied.p, 0.13666, 2e-5);
}

TEST(MannWhitney, NothingToCompareIsNoDifference) {
  EXPECT_EQ(mann_whitney(Samples{}, Samples{1}).p, 1);
  EXPECT_EQ(mann_whitney(Samples{5, 5, 5}, Samples{5, 5, 5}).p, 1);
}

TEST(CliffsDelta, IsOneWhenAllNewOnesAreLarger) {
  EXPECT_EQ(cliffs_delta(Samples{1, 2}, Samples{3, 4}), 1);
  EXPECT_EQ(cliffs_delta(Samples{3, 4}, Samples{1, 2}), -1);
  EXPECT_EQ(cliffs_delta(Samples{1, 4}, Samples{2, 3}), 0);
}

TEST(PairwiseRatio, IsTheMedianOverAllPairs) {
  // Ratios 2 4 8 / 1 2 4 / 0.5 1 2: the median is 2.
  const Ratio ratio = pairwise_ratio(Samples{1, 2, 4}, Samples{2, 4, 8}, 0.95);
  EXPECT_DOUBLE_EQ(ratio.value, 2);
  EXPECT_EQ(ratio.interval.low, 0) << "three samples exclude nothing at 95 %";
  EXPECT_TRUE(std::isinf(ratio.interval.high));
}

TEST(PairwiseRatio, IntervalExcludesOneWhereTheTestRejects) {
  Samples base, candidate;
  for (int i = 0; i < 8; ++i) {
    base.push_back(100 + i);
    candidate.push_back(104.5 + i);
  }
  for (const double confidence : {0.9, 0.95, 0.99, 0.995, 0.999}) {
    const bool rejected = mann_whitney(base, candidate).p <= 1 - confidence;
    EXPECT_EQ(!pairwise_ratio(base, candidate, confidence).interval.contains(1), rejected)
        << confidence;
  }
}

TEST(PairedRatio, DriftFallsOut) {
  Samples base, candidate;
  for (int i = 0; i < 12; ++i) {
    base.push_back(100 * std::exp(0.2 * i));
    candidate.push_back(base.back() * (1.05 + 0.001 * i));
  }
  const Ratio paired = paired_ratio(base, candidate, 0.99);
  EXPECT_NEAR(paired.value, 1.0555, 0.0002);
  EXPECT_GT(paired.interval.low, 1.05);
  EXPECT_TRUE(pairwise_ratio(base, candidate, 0.99).interval.contains(1)) << "unpaired it does not";
}

TEST(SignedRank, IsExactWhenSmall) {
  // All three differences up, of different sizes: 2 of 8 signs are as extreme.
  EXPECT_DOUBLE_EQ(signed_rank_p(Samples{10, 10, 10}, Samples{11, 12, 13}), 2 / 8.0);
  EXPECT_EQ(signed_rank_p(Samples{4, 5}, Samples{4, 5}), 1) << "equal pairs say nothing";
}

TEST(SignedRank, AgreesWithTheNormalWhereBothApply) {
  Samples base(31), candidate(31);
  for (std::size_t i = 0; i < base.size(); ++i) {
    const auto x = static_cast<double>(i);
    base[i] = 1000;
    candidate[i] = 1000 + (i % 3 == 0 ? -1 : 1) * (1 + x);
  }
  const double normal = signed_rank_p(base, candidate);
  base.erase(base.begin());
  candidate.erase(candidate.begin());
  EXPECT_NEAR(signed_rank_p(base, candidate), normal, 0.03);
}

}  // namespace
}  // namespace harness::stats
