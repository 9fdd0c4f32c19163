#include "base/json.h"

#include <gtest/gtest.h>

#include <string>

namespace harness {
namespace {

TEST(Json, WhatTheGrammarAllowsIsAccepted) {
  for (const char* text :
       {"0", "-0", "1.5e+10", "1E-400", "18446744073709551615", "true", "null", "\"\"", "[]", "{}",
        " { \"a\" : [ 1 , {} ] } ", R"("\u00e9\n\"\\\/\ud83d\ude00")",
        "\"\xC3\xA9 \xF0\x9F\x98\x80\"", R"({"a":{"a":[[],[0]]}})"}) {
    EXPECT_TRUE(is_valid_json(text)) << text;
  }
}

TEST(Json, WhatItDoesNotIsRefused) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "[1,]",
                           "{\"a\":1,}",
                           "{a:1}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "[1 2]",
                           "01",
                           "+1",
                           "1.",
                           ".5",
                           "1e",
                           "-",
                           "1e400",
                           "nul",
                           "truely",
                           "\"",
                           "\"\\x\"",
                           "\"\\u12g4\"",
                           "\"\\ud800\"",
                           "\"\\udc00\"",
                           "\"\\ud800\\u0041\"",
                           "\"\t\"",
                           "\"\xC0\x80\"",
                           "\"\xED\xA0\x80\"",
                           "\"\xF4\x90\x80\x80\"",
                           "\"\xC3\"",
                           "\"\x80\"",
                           "[1]]",
                           "[1}",
                           "// no\n1",
                           "'a'",
                           "NaN",
                           "Infinity"}) {
    EXPECT_FALSE(is_valid_json(text)) << text;
  }
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }
TEST(Json, DepthIsLimited) {
  EXPECT_TRUE(is_valid_json(nested(kMaxJsonDepth)));
  EXPECT_FALSE(is_valid_json(nested(kMaxJsonDepth + 1)));
  EXPECT_FALSE(is_valid_json(std::string(1 << 20, '[')));
  EXPECT_TRUE(is_valid_json(nested(kMaxJsonDepth + 1), kMaxJsonDepth + 1));
}

TEST(Json, WideArraysAreNotDeepOnes) {
  std::string wide = "[[]";
  for (int i = 0; i < 1000; ++i) wide += ",[]";
  EXPECT_TRUE(is_valid_json(wide + "]"));
}

}  // namespace
}  // namespace harness
