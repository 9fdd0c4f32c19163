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

/// "{ k:a 1 }": what a visitor was told.
struct Told : JsonVisitor {
  std::string text;
  void enter(char bracket) override { text += bracket; }
  void leave() override { text += ")"; }
  void key(std::string_view raw) override { text += "k:" + std::string(raw); }
  void scalar(std::string_view raw) override { text += " " + std::string(raw); }
};

TEST(ReadJson, ToldPieceByPiece) {
  Told told;
  EXPECT_EQ(read_json(R"( {"a": [1, "x\"", NaN], "b": {"c": -Infinity}} )", told), "");
  EXPECT_EQ(told.text, R"({k:"a"[ 1 "x\"" NaN)k:"b"{k:"c" -Infinity)))");
}

TEST(ReadJson, WhatIsNoneSaysWhereAndWhy) {
  EXPECT_EQ(json_fault(""), "is empty");
  EXPECT_EQ(json_fault("\n \t"), "is empty");
  EXPECT_EQ(json_fault("***WARNING*** x\n{}"), "is not JSON: line 1, at '***WARNING*** x\\x0A{}'");
  EXPECT_EQ(json_fault("{\n\"a\": 1,\n}"), "is not JSON: line 3, at '}'");
  EXPECT_EQ(json_fault("{\"a\": "), "is not JSON: line 1, at its end");
  EXPECT_EQ(json_fault("{}\n{}"), "goes on behind its end: line 2, at '{}'");
  EXPECT_EQ(json_fault("[[[]]]", 2), "is nested deeper than 2");
  EXPECT_EQ(json_fault(std::string_view("\xFF\xFE{\0}\0", 6)),
            "is in UTF-16, and JSON is in UTF-8 (RFC 8259, 8.1)");
  for (const char* bad : {"NaNN", "1.NaN", "--Infinity", "1e400Infinity"}) {
    EXPECT_NE(json_fault(bad), "") << bad;
  }
  EXPECT_FALSE(is_valid_json("NaN"));
}

TEST(ReadJson, AStringMeansWhatItsEscapesSay) {
  EXPECT_EQ(json_text(R"("a\"\\\/\b\f\n\r\t")"), "a\"\\/\b\f\n\r\t");
  EXPECT_EQ(json_text(R"("\u0041\u00e9\u20AC\ud83d\ude00")"),
            "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  EXPECT_EQ(json_text("12"), "12");
  for (const char* torn : {"\"\\\"", "\"\\u\"", "\"\\ud83d\\u\"", "\""}) json_text(torn);
}

TEST(ReadJson, KeysOfTheRootAreThoseUpToAFault) {
  EXPECT_EQ(json_root(R"({"a": {"b": 1}, "c\u0064": [{"e": 2}]})").keys,
            (std::vector<std::string>{"a", "cd"}));
  EXPECT_EQ(json_root(R"({"a": 1, "b)").keys, std::vector<std::string>{"a"});
  EXPECT_TRUE(json_root(R"([{"a": 1}])").keys.empty());
  EXPECT_TRUE(json_root("").keys.empty());
}

TEST(ReadJson, AByteOrderMarkIsTakenOff) {
  EXPECT_EQ(without_byte_order_mark("\xEF\xBB\xBF{}"), "{}");
  EXPECT_EQ(without_byte_order_mark("{}"), "{}");
}

}  // namespace
}  // namespace harness
