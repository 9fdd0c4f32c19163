#include "engine/sampler.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>

#include "engine/lanes.h"

namespace llama {
namespace {

constexpr std::uint32_t kVocab = 6;
// Probabilities 0.4, 0.3, 0.15, 0.1, 0.04, 0.01 at temperature 1, in another order.
alignas(16) const std::array<float, 8> kLogits = {std::log(0.1F), std::log(0.4F),  std::log(0.01F),
                                                  std::log(0.3F), std::log(0.15F), std::log(0.04F)};

template <class V>
std::map<std::uint32_t, int> draws(const Sampling& how, int count) {
  typename Sampler<V>::Choice choices[kVocab];
  Sampler<V> sampler(how, kVocab, choices);
  std::map<std::uint32_t, int> seen;
  for (int i = 0; i < count; ++i) ++seen[sampler.next(kLogits.data())];
  return seen;
}

TEST(Sampler, TemperatureZeroIsTheBestAndNeedsNoRoom) {
  Sampler<Sse2Lanes> sampler({}, kVocab, nullptr);
  EXPECT_EQ(sampler.next(kLogits.data()), 1u);
}

TEST(Sampler, DrawsByProbability) {
  const auto seen = draws<Sse2Lanes>({.temperature = 1, .top_p = 1, .seed = 5}, 20000);
  const float expected[kVocab] = {0.1F, 0.4F, 0.01F, 0.3F, 0.15F, 0.04F};
  for (std::uint32_t t = 0; t < kVocab; ++t) {
    const int count = seen.contains(t) ? seen.at(t) : 0;
    // Six standard deviations.
    EXPECT_NEAR(count, 20000 * expected[t], 6 * std::sqrt(20000 * expected[t])) << t;
  }
}

TEST(Sampler, TopPKeepsTheFewestThatReachIt) {
  const auto seen = draws<Sse2Lanes>({.temperature = 1, .top_p = 0.6F, .seed = 5}, 5000);
  EXPECT_EQ(seen.size(), 2u);  // 0.4 + 0.3
  EXPECT_TRUE(seen.contains(1) && seen.contains(3));
}

TEST(Sampler, LowTemperatureSharpens) {
  const auto seen = draws<Sse2Lanes>({.temperature = 0.05F, .top_p = 1, .seed = 5}, 1000);
  EXPECT_GT(seen.at(1), 950);
}

TEST(Sampler, SameSeedSameTokensInBothBuildsAnotherSeedOthers) {
  const Sampling how{.temperature = 1, .top_p = 0.95F, .seed = 42};
  EXPECT_EQ(draws<Sse2Lanes>(how, 500), draws<ScalarLanes>(how, 500));
  Sampling other = how;
  other.seed = 43;
  EXPECT_NE(draws<Sse2Lanes>(how, 500), draws<Sse2Lanes>(other, 500));
}

TEST(Sampler, LogitsThatAreNotNumbersGiveAToken) {
  alignas(16) float bad[8] = {NAN, NAN, NAN, NAN, NAN, NAN};
  Sampler<Sse2Lanes>::Choice choices[kVocab];
  for (const float temperature : {0.0F, 1.0F}) {
    Sampler<Sse2Lanes> sampler({.temperature = temperature}, kVocab, choices);
    EXPECT_LT(sampler.next(bad), kVocab);
  }
}

TEST(Random, IsTheNamedGenerator) {
  // xorshift64* from state 1: first output, computed by hand from its definition.
  std::uint64_t state = 1;
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  EXPECT_EQ(Random(1).next(), static_cast<std::uint32_t>((state * 0x2545F4914F6CDD1D) >> 32));
  EXPECT_EQ(Random(0).next(), Random(1).next());
}

}  // namespace
}  // namespace llama
