#include "page/markdown_text.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(MarkdownText, MarkupIsShownLiterally) {
  EXPECT_EQ(markdown_text("a|b `c` *d* [e](f) ~g~ \\"),
            "a\\|b \\`c\\` \\*d\\* \\[e\\](f) \\~g\\~ \\\\");
}
TEST(MarkdownText, HtmlIsShownLiterally) {
  EXPECT_EQ(markdown_text("<script>&amp;"), "&lt;script&gt;&amp;amp;");
}
TEST(MarkdownText, UnderscoresInsideWordsStayReadable) {
  EXPECT_EQ(markdown_text("heap_used _x_ a__b"), "heap_used \\_x\\_ a\\_\\_b");
}
TEST(MarkdownText, AddressesDoNotBecomeLinks) {
  EXPECT_EQ(markdown_text("http://evil.example www.evil.example"),
            "http\\://evil.example www\\.evil.example");
  EXPECT_EQ(markdown_text("line 3: x.y"), "line 3: x.y");
}
TEST(MarkdownText, LineEndsStayInsideTheCell) { EXPECT_EQ(markdown_text("a\nb"), "a<br>b"); }
TEST(MarkdownText, ControlsAndBrokenUtf8AreSpelledOut) {
  EXPECT_EQ(markdown_text("\x1b[31m\xff"), "\\\\x1B\\[31m\\\\xFF");
  EXPECT_EQ(markdown_text("caf\xC3\xA9"), "caf\xC3\xA9");
}

TEST(MarkdownBlock, FenceIsLongerThanAnyRunOfBackticksInside) {
  EXPECT_EQ(markdown_block("plain"), "```text\nplain\n```\n");
  EXPECT_EQ(markdown_block("a\n````\nb\n", "sh"), "`````sh\na\n````\nb\n`````\n");
}
TEST(MarkdownCode, BackticksInsideAreKept) {
  EXPECT_EQ(markdown_code("abc"), "`abc`");
  EXPECT_EQ(markdown_code("a``b"), "```a``b```");
  EXPECT_EQ(markdown_code("`"), "`` ` ``");
}

TEST(MarkdownTable, NumbersAreAlignedToTheRight) {
  EXPECT_EQ(markdown_table({{"Name"}, {"Value", true}}, {{"a", "1"}, {"b", ""}}),
            "| Name | Value |\n| --- | ---: |\n| a | 1 |\n| b | |\n");
}
TEST(MarkdownTable, WithoutRowsThereIsNone) { EXPECT_EQ(markdown_table({{"Name"}}, {}), ""); }

}  // namespace
}  // namespace harness
