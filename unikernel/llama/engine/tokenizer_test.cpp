#include "engine/tokenizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "tools/host_model.h"

namespace llama {
namespace {

struct Token {
  std::string text;
  float score;
};

Bytes file_of(const std::vector<Token>& tokens, std::uint32_t longest = 20) {
  Bytes out;
  const auto append = [&](const void* data, std::size_t size) {
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    out.insert(out.end(), bytes, bytes + size);
  };
  append(&longest, 4);
  for (const Token& token : tokens) {
    const auto size = static_cast<std::uint32_t>(token.text.size());
    append(&token.score, 4);
    append(&size, 4);
    append(token.text.data(), size);
  }
  return out;
}

/// <unk>, <s>, </s>, the bytes, then those given: number 259 and on.
HostTokenizer tokenizer_of(const std::vector<Token>& more) {
  std::vector<Token> all = {{"<unk>", 0}, {"<s>", 0}, {"</s>", 0}};
  for (unsigned byte = 0; byte < 256; ++byte) {
    char text[8];
    std::snprintf(text, sizeof text, "<0x%02X>", byte);
    all.push_back({text, 0});
  }
  all.insert(all.end(), more.begin(), more.end());
  return HostTokenizer(file_of(all), static_cast<std::uint32_t>(all.size()));
}

using Tokens = std::vector<std::uint32_t>;

TEST(Tokenizer, MergesTheBestPairFirst) {
  HostTokenizer t = tokenizer_of({{" ", -9},
                                  {"a", -9},
                                  {"b", -9},
                                  {"c", -9},
                                  {"ab", -3},
                                  {"bc", -1},
                                  {"abc", -2},
                                  {" a", -5}});
  // " abc": bc is the best pair, then a + bc = abc; " " + abc is no token.
  EXPECT_EQ(t.encode("abc"), (Tokens{1, 259, 265}));
  EXPECT_EQ(t.encode("ab"), (Tokens{1, 259, 263}));
  EXPECT_EQ(t.encode("a"), (Tokens{1, 266}));
}

TEST(Tokenizer, OfEqualPairsTheLeftmostIsMerged) {
  HostTokenizer t = tokenizer_of({{" ", 0}, {"a", 0}, {"aa", -1}});
  EXPECT_EQ(t.encode("aaa"), (Tokens{1, 259, 261, 260}));
}

TEST(Tokenizer, NoTextIsOnlyTheBeginning) {
  EXPECT_EQ(tokenizer_of({{" ", 0}}).encode(""), Tokens{1});
}

TEST(Tokenizer, WhatIsNoTokenBecomesItsBytes) {
  HostTokenizer t = tokenizer_of({{" ", 0}});
  EXPECT_EQ(t.encode("\xC3\xA9"), (Tokens{1, 259, 0xC3 + 3, 0xA9 + 3}));
  EXPECT_EQ(t.encode("\xFF"), (Tokens{1, 259, 0xFF + 3}));
}

TEST(Tokenizer, ACharacterOfSeveralBytesIsOneToken) {
  HostTokenizer t = tokenizer_of({{" ", 0}, {"\xC3\xA9", 0}});
  EXPECT_EQ(t.encode("\xC3\xA9"), (Tokens{1, 259, 260}));
}

std::string text_of(HostTokenizer& t, std::uint32_t previous, std::uint32_t token) {
  const Piece piece = t.tokenizer.decode(previous, token);
  return std::string(piece.text, piece.size);
}

TEST(Tokenizer, DecodesBytesAndStripsTheFirstSpace) {
  HostTokenizer t = tokenizer_of({{" a", 0}});
  EXPECT_EQ(text_of(t, 5, 259), " a");
  EXPECT_EQ(text_of(t, kBeginToken, 259), "a");
  EXPECT_EQ(text_of(t, 5, 3 + '\n'), "\n");
  EXPECT_EQ(t.tokenizer.decode(5, 260).size, 0u);  // beyond the vocabulary
}

TEST(Tokenizer, EveryTruncationIsAFaultAndSoAreBytesLeftOver) {
  const Bytes good = file_of({{"a", 1}, {"bcd", 2}, {"", 3}, {"e", 4}});
  for (std::size_t size = 0; size < good.size(); ++size) {
    const std::unique_ptr<std::uint8_t[]> exact(new std::uint8_t[size + 1]);
    std::copy_n(good.begin(), size, exact.get());
    Tokenizer::Entry entries[4];
    std::uint32_t order[4];
    Tokenizer t;
    ASSERT_TRUE(t.read(exact.get(), size, 4, entries, order)) << size;
  }
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_THROW(HostTokenizer(longer, 4), FileError);
  EXPECT_NO_THROW(HostTokenizer(good, 4));
}

TEST(Tokenizer, ATokenLongerThanTheLongestIsAFault) {
  EXPECT_THROW(HostTokenizer(file_of({{"abc", 0}}, 2), 1), FileError);
  Bytes wild = file_of({{"abc", 0}});
  wild[8] = wild[9] = wild[10] = wild[11] = 0xFF;  // length -1
  EXPECT_THROW(HostTokenizer(wild, 1), FileError);
}

TEST(Tokenizer, AVocabularyFullOfOneTextStillEncodes) {
  // Many equal texts: sorting must not be quadratic, and the lowest number wins.
  std::vector<Token> same(5000, Token{"x", 0});
  same.insert(same.begin(), Token{" ", 0});
  EXPECT_EQ(tokenizer_of(same).encode("x"), (Tokens{1, 259, 260}));
}

}  // namespace
}  // namespace llama
