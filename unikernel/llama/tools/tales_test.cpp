// The project's own model (model/, trained by tools/train), as it is committed: whether the engine
// computes what the trainer computed, and tells the story that the scenarios expect.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "engine/lanes.h"
#include "tools/host_model.h"

namespace llama {
namespace {

Bytes read_file(const std::string& name) {
  std::ifstream in(std::string(LLAMA_MODEL_FOLDER) + "/" + name, std::ios::binary);
  Bytes bytes(std::istreambuf_iterator<char>(in), {});
  if (bytes.empty()) ADD_FAILURE() << "there is no " << name << " in " << LLAMA_MODEL_FOLDER;
  return bytes;
}

struct Tales : testing::Test {
  const Bytes file = read_file("tales.bin");
  const LoadedModel loaded{file};
  HostTokenizer tokenizer{read_file("tales.tok"), loaded.model.config.vocab};

  template <class V>
  std::string text(const Bytes& model, const Request& request = {}) {
    const LoadedModel one(model);
    return generate_text<V>(one.model, tokenizer, request);
  }
};

/// Mean of -ln(probability) that the model gives to each token of a text but the first: what the
/// trainer calls loss.
double loss_of(const Model& model, const std::vector<std::uint32_t>& tokens) {
  HostTransformer<Sse2Lanes> host(model, static_cast<std::uint32_t>(tokens.size()));
  NoOperatorTimer timer;
  double sum = 0;
  for (std::uint32_t i = 0; i + 1 < tokens.size(); ++i) {
    const float* logits = host.transformer.step(tokens[i], i, true, timer);
    double all = 0;
    for (std::uint32_t t = 0; t < model.config.vocab; ++t) all += std::exp(double{logits[t]});
    sum += std::log(all) - double{logits[tokens[i + 1]]};
  }
  return sum / static_cast<double>(tokens.size() - 1);
}

TEST_F(Tales, TheEngineComputesWhatTheTrainerDid) {
  const Bytes sample = read_file("tales.txt");  // a story of the validation set, and a line end
  const std::string story(sample.begin(), sample.end() - 1);
  const std::vector<std::uint32_t> tokens = tokenizer.encode(story);
  EXPECT_EQ(tokens.size(), 247u) << "the trainer split it otherwise";
  EXPECT_NEAR(loss_of(loaded.model, tokens), 0.18618, 2e-5) << "the trainer's, by PyTorch";
}

TEST_F(Tales, TokensComeBackAsTheText) {
  const Bytes sample = read_file("tales.txt");
  const std::string story(sample.begin(), sample.end() - 1);
  const std::vector<std::uint32_t> tokens = tokenizer.encode(story);
  std::string back;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const Piece piece = tokenizer.tokenizer.decode(tokens[i - 1], tokens[i]);
    back.append(piece.text, piece.size);
  }
  EXPECT_EQ(back, story);
}

TEST_F(Tales, TheStoryIsTheGoldenOneInBothBuilds) {
  const std::string story = text<Sse2Lanes>(file);
  EXPECT_EQ(harness::sha256_of(story),
            "2d648369d6635db2caac88662193e3d8ebdf62f9d6540ae7aa70f68be2365476")
      << story;
  EXPECT_EQ(text<ScalarLanes>(file), story);
}

TEST_F(Tales, Int8TellsAStoryTheSameInBothBuilds) {
  const Bytes int8 = quantize(file);
  const std::string story = text<Sse2Lanes>(int8);
  EXPECT_EQ(harness::sha256_of(story),
            "c0586f23917f3f88fb1c0f11501937f73c0b0431d356df3abbda04b597d8e8a0")
      << story;
  EXPECT_EQ(text<ScalarLanes>(int8), story);
}

TEST_F(Tales, APromptIsContinued) {
  const std::string story = text<Sse2Lanes>(
      file,
      {.prompt = "There once was a brave mouse. His name was Otto.", .steps = 256, .sampling = {}});
  EXPECT_TRUE(story.starts_with("There once was a brave mouse. His name was Otto. ")) << story;
  EXPECT_TRUE(story.ends_with(".\n")) << "it has an end: " << story;
  EXPECT_NE(story.find("\"Thank you"), story.npos) << story;
}

}  // namespace
}  // namespace llama
