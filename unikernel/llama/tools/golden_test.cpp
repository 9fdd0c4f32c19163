// A model that was trained elsewhere, whose text at temperature 0 is known. It is not part of the
// project: UNIHARNESS_MODELS names the folder that holds stories260K.bin and tok512.bin.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "base/sha256.h"
#include "engine/lanes.h"
#include "tools/host_model.h"

namespace llama {
namespace {

Bytes read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

class Stories : public testing::Test {
 protected:
  void SetUp() override {
    const char* const folder = std::getenv("UNIHARNESS_MODELS");
    if (folder == nullptr || *folder == '\0') {
      GTEST_SKIP() << "UNIHARNESS_MODELS does not name a folder with stories260K.bin";
    }
    model = read_file(std::string(folder) + "/stories260K.bin");
    tokenizer = read_file(std::string(folder) + "/tok512.bin");
    ASSERT_FALSE(model.empty()) << "there is no stories260K.bin in " << folder;
    ASSERT_FALSE(tokenizer.empty()) << "there is no tok512.bin in " << folder;
  }
  template <class V>
  std::string text(const Bytes& file, const Request& request = {}) {
    const LoadedModel loaded(file);
    HostTokenizer reader(tokenizer, loaded.model.config.vocab);
    return generate_text<V>(loaded.model, reader, request);
  }
  Bytes model, tokenizer;
};

TEST_F(Stories, TheTextIsTheGoldenOneInBothBuilds) {
  const std::string sse2 = text<Sse2Lanes>(model);
  EXPECT_EQ(harness::sha256_of(sse2),
            "a3213f9ea026d75bf2993355ae334822d7c9d34328964c711ab030d3148e6cef");
  EXPECT_TRUE(sse2.starts_with("Once upon a time, there was a little girl named Lily."));
  EXPECT_EQ(text<ScalarLanes>(model), sse2);
}

TEST_F(Stories, Int8TellsAStoryTheSameInBothBuilds) {
  const Bytes int8 = quantize(model);
  EXPECT_LT(int8.size(), model.size() * 3 / 10);
  const std::string story = text<Sse2Lanes>(int8);
  EXPECT_TRUE(story.starts_with("Once upon a time, there was a little girl named Lily.")) << story;
  EXPECT_EQ(text<ScalarLanes>(int8), story);
}

TEST_F(Stories, APromptIsContinued) {
  const std::string story =
      text<Sse2Lanes>(model, {.prompt = "The dog", .steps = 20, .sampling = {}});
  EXPECT_TRUE(story.starts_with("The dog")) << story;
  EXPECT_GT(story.size(), 20u);
}

TEST_F(Stories, ASeedGivesTheSameTextEveryTime) {
  Request request;
  request.sampling = {.temperature = 0.8F, .top_p = 0.9F, .seed = 7};
  const std::string first = text<Sse2Lanes>(model, request);
  EXPECT_EQ(text<ScalarLanes>(model, request), first);
  request.sampling.seed = 8;
  EXPECT_NE(text<Sse2Lanes>(model, request), first);
}

}  // namespace
}  // namespace llama
