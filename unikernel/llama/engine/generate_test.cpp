#include "engine/generate.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/model_file.h"

namespace llama {
namespace {

/// Says the tokens of a list, one after the other.
struct Script {
  std::vector<std::uint32_t> tokens;
  std::vector<std::uint32_t> seen = {};
  std::vector<bool> wanted = {};
  float logit = 0;
  template <class L>
  const float* step(std::uint32_t token, std::uint32_t, bool want_logits, L&) {
    seen.push_back(token);
    wanted.push_back(want_logits);
    return want_logits ? &logit : nullptr;
  }
  std::size_t at = 0;
  std::uint32_t next(const float*) { return tokens[at++]; }
};

struct GenerateTest : testing::Test {
  void SetUp() override {
    constexpr std::uint32_t kTokens = 300;
    entries.resize(kTokens);
    order.resize(kTokens);
    ASSERT_FALSE(tokenizer.read(file.data(), file.size(), kTokens, entries.data(), order.data()));
  }
  Generated run(std::vector<std::uint32_t> given, std::uint32_t steps) {
    NoOperatorTimer timer;
    return generate(
        script, tokenizer, script, given.data(), static_cast<std::uint32_t>(given.size()), steps,
        timer, [&](Piece piece) { text.append(piece.text, piece.size); }, [&] { ++done; });
  }
  static std::uint32_t byte(char c) { return static_cast<std::uint8_t>(c) + kFirstByteToken; }

  const Bytes file = random_tokenizer(300, 1);
  std::vector<Tokenizer::Entry> entries;
  std::vector<std::uint32_t> order;
  Tokenizer tokenizer;
  Script script;
  std::string text;
  unsigned done = 0;
};

TEST_F(GenerateTest, EndsAfterItsStepsWithEachPositionDone) {
  script.tokens = {byte('a'), byte('b'), byte('c')};
  const Generated result = run({kBeginToken}, 3);
  EXPECT_EQ(text, "abc");
  EXPECT_EQ(result.positions, 3u);
  EXPECT_EQ(result.pieces, 3u);
  EXPECT_FALSE(result.ended);
  EXPECT_EQ(done, 3u);
}

TEST_F(GenerateTest, AnEndThatTheModelMakesIsAPositionTooAndDone) {
  script.tokens = {byte('a'), kBeginToken};
  const Generated result = run({kBeginToken}, 10);
  EXPECT_EQ(text, "a");
  EXPECT_EQ(result.positions, 2u);
  EXPECT_EQ(result.pieces, 1u);
  EXPECT_TRUE(result.ended);
  EXPECT_EQ(done, 2u) << "its time would be missing from the tokens'";
}

TEST_F(GenerateTest, AGivenTokenIsWrittenAndNeedsNoLogits) {
  script.tokens = {byte('c')};
  run({kBeginToken, byte('a'), byte('b')}, 3);
  EXPECT_EQ(text, "abc");
  EXPECT_EQ(script.wanted, (std::vector<bool>{false, false, true}));
  EXPECT_EQ(script.seen, (std::vector<std::uint32_t>{kBeginToken, byte('a'), byte('b')}));
}

TEST_F(GenerateTest, WhatATerminalMayNotGetIsNotWritten) {
  script.tokens = {byte('\x1b'), byte('x'), byte('\n')};
  const Generated result = run({kBeginToken}, 3);
  EXPECT_EQ(text, "x\n");
  EXPECT_EQ(result.pieces, 2u);
}

}  // namespace
}  // namespace llama
