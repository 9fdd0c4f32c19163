#include "engine/checkpoint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "tools/model_file.h"

namespace llama {
namespace {

const Config kShape{
    .dim = 8, .hidden_dim = 12, .layers = 3, .heads = 2, .kv_heads = 1, .vocab = 7, .seq_len = 6};

Fault read(const Bytes& file) {
  Model model;
  // A copy of exactly that size, so that a sanitizer sees a read beyond it.
  const std::unique_ptr<std::uint8_t[]> exact(new std::uint8_t[file.size() + 1]);
  std::copy(file.begin(), file.end(), exact.get());
  return read_checkpoint(exact.get(), file.size(), model);
}

Bytes with_word(Bytes file, std::size_t index, std::int32_t value) {
  std::memcpy(file.data() + index * 4, &value, sizeof value);
  return file;
}

TEST(Checkpoint, ShapeAndTensorsAreWhereTheFormatSays) {
  Bytes file = random_model(kShape, 1);
  // Marks the first element of w2: after embedding, norms, wq, wk, wv, wo, norms and w1.
  const std::size_t before = 7 * 8 + 3 * 8 + 3 * 64 + 2 * 3 * 32 + 3 * 64 + 3 * 8 + 3 * 96;
  const float mark = 123.5F;
  std::memcpy(file.data() + 28 + before * 4, &mark, sizeof mark);
  const LoadedModel loaded(file);
  const Model& m = loaded.model;
  EXPECT_EQ(m.format, Format::fp32);
  EXPECT_EQ(m.config.head_size(), 4u);
  EXPECT_EQ(m.config.kv_dim(), 4u);
  EXPECT_TRUE(m.config.shared_classifier);
  EXPECT_EQ(m.classifier.data, m.embedding.data);
  EXPECT_EQ(static_cast<const float*>(m.w2.data)[0], 123.5F);
  EXPECT_EQ(m.w2.rows, 8u);
  EXPECT_EQ(m.w2.columns, 12u);
  EXPECT_EQ(m.final_norm[0], 1.0F);
}

TEST(Checkpoint, ANegativeVocabularyMeansAClassifierOfItsOwn) {
  Config shape = kShape;
  shape.shared_classifier = false;
  const Bytes file = random_model(shape, 1);
  EXPECT_EQ(file.size(), random_model(kShape, 1).size() + 7 * 8 * 4);
  const LoadedModel loaded(file);
  EXPECT_EQ(loaded.model.config.vocab, 7u);
  EXPECT_NE(loaded.model.classifier.data, loaded.model.embedding.data);
}

TEST(Checkpoint, EveryTruncationIsAFaultAndSoIsAByteMore) {
  const Bytes fp32 = random_model(kShape, 1);
  for (const Bytes& file : {fp32, quantize(fp32)}) {
    for (std::size_t size = 0; size < file.size(); ++size) {
      const Fault fault =
          read(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)));
      ASSERT_TRUE(fault) << size;
      ASSERT_EQ(fault.found, size);
    }
    Bytes longer = file;
    longer.push_back(0);
    EXPECT_TRUE(read(longer));
    EXPECT_FALSE(read(file));
  }
}

TEST(Checkpoint, AbsurdHeadersAreFaultsThatNameTheField) {
  const Bytes good = random_model(kShape, 1);
  struct Case {
    std::size_t word;
    std::int32_t value;
    const char* what;
  };
  const Case cases[] = {{0, 0, "dim is not"},
                        {0, -8, "dim is not"},
                        {0, INT32_MAX, "dim is not"},
                        {1, 0, "hidden_dim is not"},
                        {1, 13, "hidden_dim is not a"},
                        {2, 0, "n_layers"},
                        {2, 1 << 21, "n_layers"},
                        {3, 3, "dim is not a multiple of n_heads"},
                        {3, 0, "n_heads"},
                        {3, 4, "dim / n_heads"},
                        {4, 0, "n_kv_heads"},
                        {4, 3, "n_heads is not a multiple"},
                        {5, 0, "vocab_size"},
                        {5, INT32_MIN, "vocab_size"},
                        {5, 3, "vocab_size is less"},
                        {6, 0, "seq_len"},
                        {6, -1, "seq_len"},
                        {2, 2, "size its header asks"}};
  for (const Case& c : cases) {
    const Fault fault = read(with_word(good, c.word, c.value));
    ASSERT_TRUE(fault) << c.what;
    EXPECT_NE(std::string(fault.what).find(c.what), std::string::npos) << fault.what;
  }
}

TEST(Checkpoint, TheLargestShapeDoesNotOverflow) {
  const Config huge{.dim = kMaxSize,
                    .hidden_dim = kMaxSize,
                    .layers = kMaxSize,
                    .heads = 1,
                    .kv_heads = 1,
                    .vocab = kMaxSize,
                    .seq_len = kMaxSize};
  // Seven matrices a layer of 2^40 floats each.
  EXPECT_GT(file_bytes(huge, Format::fp32), 7ULL << 62);
}

TEST(Checkpoint, Int8OfAnotherVersionOrTooWideIsAFault) {
  const Bytes good = quantize(random_model(kShape, 1));
  EXPECT_NE(std::string(read(with_word(good, 1, 2)).what).find("version"), std::string::npos);
  EXPECT_NE(std::string(read(with_word(good, 3, 1 << 18)).what).find("too large for int8"),
            std::string::npos);
}

TEST(Checkpoint, Int8WeightsAreWithinHalfAStepOfTheFloats) {
  const Bytes fp32 = random_model(kShape, 3);
  const LoadedModel floats(fp32), bytes(quantize(fp32));
  ASSERT_EQ(bytes.model.format, Format::int8);
  const Tensor &f = floats.model.w2, &q = bytes.model.w2;
  EXPECT_EQ(q.stride, 16u);
  for (std::uint32_t row = 0; row < 3 * f.rows; ++row) {
    for (std::uint32_t c = 0; c < f.columns; ++c) {
      const auto stored = static_cast<const std::uint8_t*>(q.data)[row * q.stride + c];
      const auto byte = static_cast<std::int8_t>(stored ^ (c % 2 == 0 ? 0x80 : 0));
      const float exact = static_cast<const float*>(f.data)[row * f.columns + c];
      EXPECT_LE(std::fabs(static_cast<float>(byte) * q.scales[row] - exact),
                q.scales[row] * 0.5001F);
    }
  }
}

}  // namespace
}  // namespace llama
