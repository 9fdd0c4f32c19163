#include "engine/operators.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "engine/attention.h"
#include "engine/lanes.h"

namespace llama {
namespace {

/// Aligned floats, drawn evenly from [-1, 1).
struct Vector {
  explicit Vector(std::uint32_t n, unsigned seed = 1) : cells(n / 4 + 1), size(n) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> number(-1, 1);
    for (std::uint32_t i = 0; i < n; ++i) at(i) = number(random);
  }
  float& at(std::uint32_t i) { return cells[i / 4].lane[i % 4]; }
  float* data() { return cells[0].lane; }

  struct alignas(16) Cell {
    float lane[4];
  };
  std::vector<Cell> cells;
  std::uint32_t size;
};

template <class V>
class Operators : public testing::Test {};
using Builds = testing::Types<ScalarLanes, Sse2Lanes>;
TYPED_TEST_SUITE(Operators, Builds);

TYPED_TEST(Operators, NormIsTheFormula) {
  for (const std::uint32_t n : {4u, 64u, 172u}) {
    Vector x(n), weight(n, 2), out(n);
    rms_norm<TypeParam>(out.data(), x.data(), weight.data(), n);
    double squares = 0;
    for (std::uint32_t i = 0; i < n; ++i) squares += double{x.at(i)} * x.at(i);
    const double scale = 1 / std::sqrt(squares / n + 1e-5);
    for (std::uint32_t i = 0; i < n; ++i) {
      EXPECT_NEAR(out.at(i), x.at(i) * scale * weight.at(i), 1e-6);
    }
  }
}

TYPED_TEST(Operators, SwigluIsTheFormulaAndStaysFinite) {
  Vector gate(172), up(172, 2);
  gate.at(3) = -300.0F;
  gate.at(4) = 300.0F;
  Vector before = gate;
  swiglu<TypeParam>(gate.data(), up.data(), 172);
  for (std::uint32_t i = 0; i < 172; ++i) {
    const double g = before.at(i);
    EXPECT_NEAR(gate.at(i), g / (1 + std::exp(-g)) * up.at(i), 1e-6 * (1 + std::fabs(g)));
  }
}

TYPED_TEST(Operators, ArgmaxIsTheFirstOfTheLargest) {
  for (const std::uint32_t n : {4u, 7u, 512u}) {
    for (std::uint32_t best = 0; best < n; ++best) {
      Vector x(n);
      x.at(best) = 2.0F;
      if (best + 1 < n) x.at(n - 1) = 2.0F;
      ASSERT_EQ(argmax<TypeParam>(x.data(), n), best);
    }
  }
}

TYPED_TEST(Operators, AttentionIsTheFormulaAtEveryLengthOfTheLastBlock) {
  constexpr std::uint32_t kSize = 8, kPositions = 16, kHeads = 3;
  constexpr std::uint32_t kFloats = kPositions * kSize * kHeads;
  Vector keys(kFloats), values(kFloats), scores(kPositions), spread(kSize * 4);
  for (std::uint32_t i = 0; i < kFloats; ++i) keys.at(i) = values.at(i) = NAN;  // as memory may be
  std::vector<Vector> all_keys, all_values;
  const Attention<TypeParam> attention(kSize, scores.data(), spread.data());
  for (std::uint32_t position = 0; position < kPositions; ++position) {
    all_keys.emplace_back(kHeads * kSize, 10 + position);
    all_values.emplace_back(kHeads * kSize, 100 + position);
    // Far below 0, where an empty lane's score of 0 would be the largest.
    for (std::uint32_t i = 0; i < kHeads * kSize; ++i) all_keys[position].at(i) -= 100.0F;
    store_position<TypeParam>(keys.data(), all_keys[position].data(), position, kHeads, kSize,
                              kPositions);
    store_position<TypeParam>(values.data(), all_values[position].data(), position, kHeads, kSize,
                              kPositions);
    for (std::uint32_t head = 0; head < kHeads; ++head) {
      Vector q(kSize, 7 + head), out(kSize);
      for (std::uint32_t d = 0; d < kSize; ++d) q.at(d) += 2.0F;
      const std::size_t offset = std::size_t{head} * kPositions * kSize;
      attention.head(out.data(), q.data(), keys.data() + offset, values.data() + offset,
                     position + 1);
      std::vector<double> weights;
      double top = -1e300, sum = 0;
      for (std::uint32_t p = 0; p <= position; ++p) {
        double score = 0;
        for (std::uint32_t d = 0; d < kSize; ++d) {
          score += double{q.at(d)} * all_keys[p].at(head * kSize + d);
        }
        weights.push_back(score / std::sqrt(double{kSize}));
        top = std::max(top, weights.back());
      }
      for (double& w : weights) sum += w = std::exp(w - top);
      for (std::uint32_t d = 0; d < kSize; ++d) {
        double expected = 0;
        for (std::uint32_t p = 0; p <= position; ++p) {
          expected += weights[p] / sum * all_values[p].at(head * kSize + d);
        }
        EXPECT_NEAR(out.at(d), expected, 2e-4) << position << " " << head;
      }
    }
  }
}

TEST(Rope, TurnsPairsOfEachHead) {
  float x[8] = {1, 0, 0, 1, 2, 0, 0, 2};
  const SineCosine one = sine_cosine(0.5), other = sine_cosine(-2.0);
  const float angles[4] = {one.cosine, one.sine, other.cosine, other.sine};
  rotate(x, 8, angles, 4);
  const double expected[8] = {std::cos(0.5),     std::sin(0.5),     std::sin(2.0),
                              std::cos(2.0),     2 * std::cos(0.5), 2 * std::sin(0.5),
                              2 * std::sin(2.0), 2 * std::cos(2.0)};
  for (int i = 0; i < 8; ++i) EXPECT_NEAR(x[i], expected[i], 1e-6) << i;
}

}  // namespace
}  // namespace llama
