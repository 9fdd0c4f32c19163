// Hostile bytes in every text of a record, one at a time, through every report; and proof that the
// readers which judge the reports find what they are for.
#include <gtest/gtest.h>

#include "base/json.h"
#include "page/harmless_testing.h"
#include "page/html_testing.h"
#include "page/markdown_testing.h"
#include "page/xml_testing.h"
#include "record/codec.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

using namespace std::string_literals;

/// Each breaks something of its own where it is let through.
const std::string kAttacks[] = {
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\xC2\x9B"
    "2J",
    "nul\0byte"s,
    "\x7f\b\b",
    "\r\noverwritten\r",
    "\xff\xfe torn \xE2\x80",
    "\xE2\x80\xAE gpj.exe \xD8\x9C \xE2\x81\xA6",
    "a\xE2\x80\xA8next line",
    "]]></failure><script>alert(1)</script>&lt;",
    "\xEF\xBF\xBF \xEF\xBF\xBE",
    "a|b | `c|d` \\| \\",
    "``` ```` `",
    "\n```\n# heading\n```\n",
    "![x](http://evil.example) [a]: http://b www.c.example",
    "<br><img src=x> <!-- ",
    "\" onmouseover=\"alert(1)\" x='",
    "</script><script>alert(1)</script></style></title>",
    "{{script}}{{headline}}",
    "&lt;b&gt;&#60;b&#62;&colon;",
    "javascript:alert(1)",
    std::string(3000, '`'),
    std::string(100'000, 'x'),
};

/// Puts one text wherever a record can hold a text that is not ours.
RunRecord record_of(const std::string& text) {
  RunRecord record = failing_record();
  record.scenario = record.scenario_file = record.about = record.started_at =
      record.uniharness_version = text;
  record.verdict = {VerdictKind::panic, text};
  Fingerprint& print = record.fingerprint;
  print.qemu_version = print.arch = print.model = print.accel = print.cpu = print.firmware =
      print.image_sha256 = print.compiler = text;
  BootRecord& boot = record.boots[0];
  boot.ending = {VerdictKind::panic, text};
  boot.trace.serial = boot.trace.stderr_text = text;
  boot.trace.command = boot.trace.bare_command = {"qemu", text};
  boot.trace.shutdown_reason = text;
  boot.events.panics = {text};
  boot.events.crash = Crash{1, text, text};
  boot.events.tests = {{text, wire::Status::fail, 1, text}};
  boot.events.timings = {{text, 1}};
  boot.events.metrics = {{text, 1, text}};
  boot.events.profiles = {{.name = text, .calls = 1, .self = {}}};
  boot.events.protocol_errors = {{1, text, text}};
  for (Finding& finding : record.findings) {
    finding = {text, FindingStatus::fail, text, text, {text, 1, 1}};
  }
  return record;
}

TEST(HostileReport, MarkdownStaysIntact) {
  for (const std::string& attack : kAttacks) {
    const std::string text = render_markdown(record_of(attack));
    EXPECT_EQ(MarkdownReader::fault_in(text), "") << attack.substr(0, 100);
    EXPECT_EQ(harm_in(text), "") << attack.substr(0, 100);
  }
}
TEST(HostileReport, HtmlStaysIntact) {
  for (const std::string& attack : kAttacks) {
    const std::string text = render_html(record_of(attack));
    EXPECT_EQ(HtmlReader::fault_in(text), "") << attack.substr(0, 100);
    EXPECT_EQ(harm_in(text), "") << attack.substr(0, 100);
  }
}
TEST(HostileReport, JunitStaysWellFormed) {
  for (const std::string& attack : kAttacks) {
    const std::string text = render_junit(record_of(attack));
    EXPECT_NO_THROW(XmlReader::read(text)) << attack.substr(0, 100);
    EXPECT_EQ(harm_in(text), "") << attack.substr(0, 100);
  }
}
TEST(HostileReport, TerminalGetsTextAndOurColoursOnly) {
  for (const std::string& attack : kAttacks) {
    const RunRecord record = record_of(attack);
    const std::string plain = render_console_report(record, false, 80);
    EXPECT_EQ(harm_in(plain), "") << attack.substr(0, 100);
    EXPECT_EQ(without_colors(render_console_report(record, true, 80)), plain);
  }
}
TEST(HostileReport, JsonIsPlainText) {
  for (const std::string& attack : kAttacks) {
    const RunRecord record = record_of(attack);
    for (const std::string& text : {record_to_json(record), render_benchmark_json(record)}) {
      EXPECT_TRUE(is_valid_json(text)) << attack.substr(0, 100);
      EXPECT_EQ(harm_in(text), "") << attack.substr(0, 100);
    }
  }
}
TEST(HostileReport, CharactersInsideAJsonLineAreEscapedInTheRecord) {
  RunRecord record = passing_record();
  record.boots[0].events.json = {"{\"a\xE2\x80\xAE\": \"\xC2\x9B\x7f caf\xC3\xA9\"}",
                                 "[\"caf\xC3\xA9\"]"};
  const std::string text = record_to_json(record);
  EXPECT_EQ(harm_in(text), "");
  EXPECT_NE(text.find(R"({"a\u202e":"\u009b\u007f caf\u00e9"})"), text.npos);
  EXPECT_NE(text.find("[\"caf\xC3\xA9\"]"), text.npos);
}

TEST(HarmIn, FindsWhatATerminalOrAReaderActsOn) {
  EXPECT_EQ(harm_in("plain \xC3\xA9\xF0\x9F\x98\x80\nline\n"), "");
  for (const std::string text :
       {"\x1b", "\t", "\r", "\x7f", "\xC2\x85", "\xff", "\xC0\xAF", "\xED\xA0\x80", "\xE2\x80",
        "\xF4\x90\x80\x80", "\xD8\x9C", "\xE2\x80\xAE", "\xE2\x81\xA9", "\xE2\x80\xA8"}) {
    EXPECT_NE(harm_in("a" + text + "b"), "") << text;
  }
  EXPECT_EQ(without_colors("\x1b[1m\x1b[31mx\x1b[0m\x1b[2J"), "x\x1b[2J");
}
TEST(HtmlReader, FindsWhatIsNotIntact) {
  const std::string page = "<!doctype html>\n";
  EXPECT_EQ(HtmlReader::fault_in(page + "<p class=\"a\">x &lt; y</p>"), "");
  for (const char* text :
       {"<p>", "</p>", "<p>a < b</p>", "<p>a & b</p>", "<p>&#60;</p>", "<p onclick=\"x\"></p>",
        "<p style=\"x\"></p>", "<iframe></iframe>", "<script>alert(1)</script>",
        "<style>p{}</style>", "<a href=\"javascript:x\">y</a>", "<a href=\"http://x\">y</a>",
        "<img src=\"x\">", "<p id=\"a\"></p><p id=\"a\"></p>", "<p class=a></p>",
        "<script type=\"application/json\">{</script>", "<b><i></b></i>"}) {
    EXPECT_NE(HtmlReader::fault_in(page + text), "") << text;
  }
  EXPECT_NE(HtmlReader::fault_in("<p></p>"), "");
}
TEST(MarkdownReader, FindsWhatIsNotIntact) {
  EXPECT_EQ(MarkdownReader::fault_in("# a\n\n| a | b |\n| --- | --- |\n| `x` | y \\| z<br> |\n\n"
                                     "```text\n<b> | # x\n```\n\n## b\n\n![screen](vga.png)\n"),
            "");
  for (const char* text :
       {"no line end", "```\nopen\n", "````\n```\n", "a\n# b\n", "<b>\n", "[x](y)\n", "http://x\n",
        "| a |\n| b | c |\n", "| a | b |\n| `c|d` | e |\n", "    code\n"}) {
    EXPECT_NE(MarkdownReader::fault_in(text), "") << text;
  }
}

}  // namespace
}  // namespace harness
