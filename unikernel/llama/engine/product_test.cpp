// Products of a matrix and a vector, against plain loops.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/fp32.h"
#include "engine/int8.h"
#include "engine/lanes.h"
#include "tools/model_file.h"

namespace llama {
namespace {

struct alignas(16) Cell {
  float lane[4];
};
std::vector<Cell> room(std::size_t floats) { return std::vector<Cell>(floats / 4 + 1); }

/// A model whose w2 is dim x hidden and whose classifier has an odd number of rows.
Config shape(std::uint32_t hidden) {
  return {.dim = 8,
          .hidden_dim = hidden,
          .layers = 2,
          .heads = 2,
          .kv_heads = 1,
          .vocab = 11,
          .seq_len = 4};
}

template <class V>
class Product : public testing::Test {};
using Builds = testing::Types<ScalarLanes, Sse2Lanes>;
TYPED_TEST_SUITE(Product, Builds);

// 172 is a length that a group of 64 would not divide; the others end each of the unrolled loops.
constexpr std::uint32_t kLengths[] = {4, 8, 16, 20, 64, 68, 84, 132, 172, 256, 300};

TYPED_TEST(Product, FloatsAreWithinRoundingOfTheExactSum) {
  for (const std::uint32_t n : kLengths) {
    const LoadedModel loaded(random_model(shape(n), n));
    const Tensor& t = loaded.model.w2;
    auto x = room(n), out = room(t.rows);
    for (std::uint32_t i = 0; i < n; ++i) x[i / 4].lane[i % 4] = std::sin(static_cast<float>(i));
    Fp32<TypeParam>::multiply(out[0].lane, t, 1, x[0].lane);
    for (std::uint32_t row = 0; row < t.rows; ++row) {
      double exact = 0;
      for (std::uint32_t c = 0; c < n; ++c) {
        exact += double{static_cast<const float*>(t.data)[(t.rows + row) * n + c]} *
                 x[c / 4].lane[c % 4];
      }
      EXPECT_NEAR(out[row / 4].lane[row % 4], exact, 1e-6 * std::sqrt(n)) << n << " " << row;
    }
  }
}

TYPED_TEST(Product, BytesAreExactButForTheScale) {
  for (const std::uint32_t n : kLengths) {
    const LoadedModel loaded(quantize(random_model(shape(n), n)));
    const Tensor& t = loaded.model.w2;
    auto x = room(n), out = room(t.rows);
    for (std::uint32_t i = 0; i < n; ++i) x[i / 4].lane[i % 4] = std::sin(static_cast<float>(i));
    auto rounded = room(n);
    const auto input = Int8<TypeParam>::prepare(x[0].lane, n, rounded[0].lane);
    Int8<TypeParam>::multiply(out[0].lane, t, 1, input);
    for (std::uint32_t row = 0; row < t.rows; ++row) {
      std::int64_t exact = 0;
      for (std::uint32_t c = 0; c < n; ++c) {
        const auto stored = static_cast<const std::uint8_t*>(t.data)[(t.rows + row) * t.stride + c];
        const auto weight = static_cast<std::int8_t>(stored ^ (c % 2 == 0 ? 0x80 : 0));
        const std::int16_t* const pair = input.pairs + c / 16 * 16 + c % 16 / 2;
        const int value = c % 2 == 0 ? pair[0] : pair[8] + 256 * pair[0];
        EXPECT_LE(std::abs(value), 127);
        EXPECT_NEAR(static_cast<float>(value) * input.scale, x[c / 4].lane[c % 4],
                    0.5001F * input.scale);
        exact += weight * value;
      }
      const float expected = static_cast<float>(exact) * (t.scales[t.rows + row] * input.scale);
      EXPECT_EQ(out[row / 4].lane[row % 4], expected) << n << " " << row;
    }
  }
}

TYPED_TEST(Product, RowsThatFillNoVectorAreRight) {
  const Bytes fp32 = random_model(shape(12), 5);
  for (const Bytes& file : {fp32, quantize(fp32)}) {
    const LoadedModel loaded(file);
    const Tensor& t = loaded.model.classifier;
    ASSERT_EQ(t.rows % 4, 3u);
    auto x = room(8), out = room(12), rounded = room(16), all = room(12);
    for (int i = 0; i < 8; ++i)
      x[static_cast<std::size_t>(i) / 4].lane[i % 4] = 0.125F * static_cast<float>(i - 3);
    if (loaded.model.format == Format::fp32) {
      Fp32<TypeParam>::multiply(out[0].lane, t, 0, x[0].lane);
    } else {
      Int8<TypeParam>::multiply(out[0].lane, t, 0,
                                Int8<TypeParam>::prepare(x[0].lane, 8, rounded[0].lane));
    }
    for (std::uint32_t row = 0; row < t.rows; ++row) {
      auto weights = room(8);
      if (loaded.model.format == Format::fp32) {
        Fp32<TypeParam>::embed(weights[0].lane, t, row);
      } else {
        Int8<TypeParam>::embed(weights[0].lane, t, row);
      }
      double exact = 0;
      for (std::size_t c = 0; c < 8; ++c) {
        exact += double{weights[c / 4].lane[c % 4]} * x[c / 4].lane[c % 4];
      }
      EXPECT_NEAR(out[row / 4].lane[row % 4], exact, 0.01) << row;
    }
  }
}

TEST(Product, AnInputOfZerosGivesZeros) {
  const LoadedModel loaded(quantize(random_model(shape(16), 1)));
  auto x = room(16), out = room(8), rounded = room(16);
  Int8<Sse2Lanes>::multiply(out[0].lane, loaded.model.w2, 0,
                            Int8<Sse2Lanes>::prepare(x[0].lane, 16, rounded[0].lane));
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(out[i / 4].lane[i % 4], 0.0F);
}

}  // namespace
}  // namespace llama
