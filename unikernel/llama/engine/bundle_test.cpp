#include "engine/bundle.h"

#include <gtest/gtest.h>

#include <cstring>

#include "tools/model_file.h"

namespace llama {
namespace {

const Config kShape{
    .dim = 8, .hidden_dim = 12, .layers = 1, .heads = 2, .kv_heads = 1, .vocab = 260, .seq_len = 8};

Fault read(const Bytes& file, Bundle& found) {
  return read_bundle(file.data(), file.size(), found);
}

TEST(Bundle, HoldsBothFilesWithTheModelsTensorsAligned) {
  const Bytes tokenizer = random_tokenizer(kShape.vocab, 1);
  const Bytes fp32 = random_model(kShape, 1);
  for (const Bytes& model : {fp32, quantize(fp32)}) {
    const Bytes file = bundle(model, tokenizer);
    Bundle found;
    const Fault fault = read(file, found);
    ASSERT_FALSE(fault) << fault.what;
    EXPECT_EQ(Bytes(found.model, found.model + found.model_size), model);
    EXPECT_EQ(Bytes(found.tokenizer, found.tokenizer + found.tokenizer_size), tokenizer);
    const std::uint8_t first[4] = {model[0], model[1], model[2], model[3]};
    EXPECT_EQ((static_cast<std::size_t>(found.model - file.data()) + data_offset(first)) % 16, 0u);
  }
}

TEST(Bundle, EveryTruncationIsAFaultOrCutsATokenizerThatSaysSo) {
  const Bytes file = bundle(random_model(kShape, 1), random_tokenizer(kShape.vocab, 1));
  for (std::size_t size = 0; size < file.size(); ++size) {
    const Bytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
    Bundle found;
    ASSERT_TRUE(read(cut, found)) << size;
  }
}

TEST(Bundle, AnOffsetThatWrapsAroundIsAFault) {
  Bytes file = bundle(random_model(kShape, 1), random_tokenizer(kShape.vocab, 1));
  for (const std::size_t field : {8U, 16U, 24U, 32U}) {
    Bytes bad = file;
    const std::uint64_t wild = UINT64_MAX - 7;
    std::memcpy(bad.data() + field, &wild, sizeof wild);
    Bundle found;
    EXPECT_TRUE(read(bad, found)) << field;
  }
}

TEST(Bundle, AnotherFileIsNamedAsSuch) {
  Bytes file(100, 'x');
  Bundle found;
  EXPECT_NE(std::string(read(file, found).what).find("no bundle"), std::string::npos);
}

TEST(Bundle, AModelThatWouldNotBeAlignedIsAFault) {
  Bytes file = bundle(random_model(kShape, 1), random_tokenizer(kShape.vocab, 1));
  file[8] = static_cast<std::uint8_t>(file[8] - 4);
  Bundle found;
  EXPECT_NE(std::string(read(file, found).what).find("aligned"), std::string::npos);
}

TEST(Bundle, ATokenizerOfAnotherVocabularyIsRefused) {
  EXPECT_THROW(bundle(random_model(kShape, 1), random_tokenizer(300, 1)), FileError);
}

}  // namespace
}  // namespace llama
