#include "formats/tap_line.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(TapLine, EachKindIsKnownByItsForm) {
  EXPECT_EQ(read_tap_line("TAP version 14").kind, TapKind::version);
  EXPECT_EQ(read_tap_line("    KTAP version 1").kind, TapKind::version);
  EXPECT_EQ(read_tap_line("1..12").count, 12u);
  EXPECT_EQ(read_tap_line("1..0 # SKIP why").kind, TapKind::plan);
  EXPECT_EQ(read_tap_line("1..3 apples").kind, TapKind::odd_plan);
  EXPECT_EQ(read_tap_line("BAIL out!  no disk").rest, "no disk");
  EXPECT_EQ(read_tap_line("  ---").kind, TapKind::yaml);
  EXPECT_EQ(read_tap_line("}").kind, TapKind::brace);
  EXPECT_EQ(read_tap_line("okay").kind, TapKind::text);
  EXPECT_EQ(read_tap_line("notok 1").kind, TapKind::text);
  EXPECT_EQ(read_tap_line("# diagnostic").text, "diagnostic");
}

TEST(TapLine, OfAResultTheNumberIsOptional) {
  const TapLine whole = read_tap_line("not ok 12 - name");
  EXPECT_EQ(whole.kind, TapKind::result);
  EXPECT_TRUE(whole.failed);
  EXPECT_EQ(whole.number, 12u);
  EXPECT_EQ(whole.rest, "- name");
  EXPECT_EQ(read_tap_line("ok 3- name").number, 3u);
  EXPECT_EQ(read_tap_line("ok 3rd name").number, std::nullopt);
  EXPECT_EQ(read_tap_line("ok\tname").rest, "name");
}

TEST(TapLine, TabsStopAtEveryEighthColumn) {
  EXPECT_EQ(read_tap_line("\tok 1").indent, 8u);
  EXPECT_EQ(read_tap_line("    \tok 1").indent, 8u);
  EXPECT_EQ(read_tap_line("\t    ok 1").indent, 12u);
}

TEST(TapLine, WhatStandsBehindACommentIsALevelBelow) {
  const TapLine inner = read_tap_line("# not ok 2 inner");
  EXPECT_EQ(inner.kind, TapKind::result);
  EXPECT_EQ(inner.indent, kCommentColumns);
  EXPECT_EQ(read_tap_line("# #     ok 1 x").indent, 2 * kCommentColumns + 4);
  EXPECT_EQ(read_tap_line("# # Totals: pass:1 fail:0").kind, TapKind::comment);
  EXPECT_EQ(read_tap_line("# ok then").kind, TapKind::result);  // counts only in a document
  EXPECT_EQ(read_tap_line("#ok 1").kind, TapKind::comment);
}

std::string described(std::string_view text, bool failed = false) {
  const TapDescription found = read_tap_description(text, failed);
  constexpr const char* kNames[] = {"", "skip", "todo", "xfail", "timeout", "error"};
  return found.name + "|" + kNames[static_cast<int>(found.directive)] + "|" +
         std::string(found.note);
}

TEST(TapDescription, EndsAtTheFirstUnescapedHash) {
  EXPECT_EQ(described("- boot # time=10.45ms"), "boot||time=10.45ms");
  EXPECT_EQ(described("C# test"), "C# test||");
  EXPECT_EQ(described("C# test # SKIP no mono"), "C# test|skip|SKIP no mono");
  EXPECT_EQ(described(R"(a \# b \\ c # TODO later)"), R"(a # b \ c|todo|TODO later)");
  EXPECT_EQ(described(R"(a \# SKIP b)"), "a # SKIP b||");
  EXPECT_EQ(described("b # TODO handle # in names"), "b|todo|TODO handle # in names");
}

TEST(TapDescription, DirectivesHaveAnyCaseAndAnyBlanks) {
  for (const char* text : {"x #SKIP", "x # skip", "x #\tSkip: why", "x # SKIPPED why", "x#skip",
                           "x  #  sKiP-unsupported"}) {
    EXPECT_EQ(read_tap_description(text, false).directive, TapDirective::skip) << text;
    EXPECT_EQ(read_tap_description(text, false).name, "x") << text;
  }
  for (const char* text : {"x # skips nothing", "x # todo_list", "x # SKIP=1", "x # unskip"}) {
    EXPECT_EQ(read_tap_description(text, false).directive, TapDirective::none) << text;
  }
  EXPECT_EQ(described("q # XFAIL known"), "q|xfail|XFAIL known");
  EXPECT_EQ(described("q # TIMEOUT 45 seconds", true), "q|timeout|TIMEOUT 45 seconds");
}

TEST(TapDescription, OnlyTheFirstHashExcusesAFailure) {
  EXPECT_EQ(described("a # exit=1 # TODO later", true), "a||exit=1 # TODO later");
  EXPECT_EQ(described("a # exit=1 # SKIP later", true), "a||exit=1 # SKIP later");
  EXPECT_EQ(described("a # time=1ms # SKIP later"), "a|skip|SKIP later");
}

TEST(TapDescription, AMessageOfTheKernelIsNoPartOfAName) {
  EXPECT_EQ(described("b[    1.234567] random: crng init done"), "b||");
  EXPECT_EQ(described("takes [ 1.5] seconds"), "takes [ 1.5] seconds||");
}

TEST(TapTotals, AreReadInBothFormsOrNotAtAll) {
  const auto kunit = read_tap_totals("suite: pass:5 fail:1 skip:4 total:10");
  ASSERT_TRUE(kunit);
  EXPECT_EQ(kunit->name, "suite");
  EXPECT_EQ(kunit->counts.skipped, 4u);
  EXPECT_EQ(kunit->total, 10u);
  const auto kselftest = read_tap_totals("Totals: pass:6 fail:0 xfail:1 xpass:2 skip:1 error:3");
  ASSERT_TRUE(kselftest);
  EXPECT_EQ(kselftest->counts.passed, 8u);
  EXPECT_EQ(kselftest->counts.failed, 3u);
  EXPECT_EQ(kselftest->counts.skipped, 2u);
  for (const char* text : {"pass:1", "x: pass:", "x: pass:1 of 2", "x: pass:1 maybe:2", ""}) {
    EXPECT_FALSE(read_tap_totals(text)) << text;
  }
}

}  // namespace
}  // namespace harness
