#include "page/markup.h"

#include <gtest/gtest.h>

namespace harness::html {
namespace {

TEST(Markup, TextIsEscapedAndOurTagsAreNot) {
  EXPECT_EQ(element("p", escaped("<b>&\"\x1b")).text(), "<p>&lt;b&gt;&amp;&quot;\\x1B</p>");
  EXPECT_EQ(element("a", attribute("href", "\"><x"), "y").text(),
            "<a href=\"&quot;&gt;&lt;x\">y</a>");
}
TEST(Markup, ALongWordBreaksBetweenItsPartsAndAShortOneNowhere) {
  EXPECT_EQ(breakable("count_primes regression 1,234,567,890,123.5").text(),
            "count_primes regression 1,234,567,890,123.5");
  EXPECT_EQ(breakable("metric matmul.attention.total, a<b").text(),
            "metric matmul.<wbr>attention.<wbr>total, a&lt;b");
  EXPECT_EQ(breakable("kernel::VgaText<kernel::VgaHardware>::new_line").text(),
            "kernel::<wbr>VgaText&lt;<wbr>kernel::<wbr>VgaHardware&gt;::<wbr>new_<wbr>line");
  EXPECT_EQ(breakable("scenarios/misbehaving/panic.yaml:10:5").text(),
            "scenarios/<wbr>misbehaving/<wbr>panic.<wbr>yaml:<wbr>10:5");
  // A checksum has no parts; a character is never cut, and what is no text is written out.
  EXPECT_EQ(breakable(std::string(50, 'a')).text(),
            std::string(24, 'a') + "<wbr>" + std::string(24, 'a') + "<wbr>aa");
  EXPECT_EQ(breakable(std::string(23, 'a') + "\xC3\xA9\xC3\xA9").text(),
            std::string(23, 'a') + "\xC3\xA9<wbr>\xC3\xA9");
  EXPECT_EQ(breakable(std::string(20, '\x1b')).text().find('\x1b'), std::string::npos);
  EXPECT_EQ(breakable("").text(), "");
}
TEST(Markup, MarksTellAByteFromAGuestThatWritesOne) {
  EXPECT_EQ(marked("\\x1B").text(), "\\x1B");
  EXPECT_EQ(marked("a\x1b\x9b[<").text(), "a<i>\\x1B\\x9B</i>[&lt;");
  EXPECT_EQ(marked("\xE2\x80\xAE"
                   "caf\xC3\xA9\t.")
                .text(),
            "<i>\\xE2\\x80\\xAE</i>caf\xC3\xA9 .");
  EXPECT_EQ(marked("").text(), "");
}
TEST(Markup, NothingInJsonEndsItsBlock) {
  EXPECT_EQ(data_block("data", "[\"</script><!--&\xE2\x80\xA8\"]").text(),
            "<script type=\"application/json\" "
            "id=\"data\">[\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\"]</script>");
}
TEST(Markup, ATableWithoutRowsIsNotThere) {
  EXPECT_TRUE(table({{"A"}}, {}).empty());
  EXPECT_NE(table({{"A", true}}, {{{escaped("1")}, "bad"}})
                .text()
                .find("<tr class=\"bad\"><td class=\"n\">1</td></tr>"),
            std::string::npos);
}
TEST(Markup, AColumnWithoutATitleHasNoHead) {
  EXPECT_NE(table({{""}, {"B"}}, {{{escaped("a"), escaped("b")}}})
                .text()
                .find("<thead><tr><td></td><th scope=\"col\">B</th></tr></thead>"),
            std::string::npos);
}
TEST(Template, WhatIsPutInIsNotLookedAtForNames) {
  std::string text;
  const auto put = [&](std::string_view piece) { text += piece; };
  Template::fill("a {{x}} b {{y}}{{x}}", {{"x", escaped("{{y}}")}, {"y", "Y"}}, put);
  EXPECT_EQ(text, "a {{y}} b Y{{y}}");
  EXPECT_THROW(Template::fill("{{z}}", {}, put), std::logic_error);
}

}  // namespace
}  // namespace harness::html
