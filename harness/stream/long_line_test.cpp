#include "stream/long_line.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "stream/collector.h"
#include "stream/split.h"

namespace harness {
namespace {

/// All texts, fed in pieces of `step` bytes: "text" or "+text" for the rest of one.
std::vector<std::string> texts_of(std::string_view line, std::size_t step) {
  std::vector<std::string> texts;
  LongLine folded;
  for (std::size_t at = 0; at < line.size(); at += step) {
    const bool last = at + step >= line.size();
    folded.feed(line.substr(at, step), last, [&](std::string_view text, LongLine::Part part) {
      texts.push_back((part == LongLine::Part::rest ? "+" : "") + std::string(text));
    });
    EXPECT_EQ(folded.is_open(), !last);
  }
  return texts;
}

TEST(LongLine, HowItWasCutMakesNoDifference) {
  const std::string line = "1%\r\x1b[31mnot ok 2 b\x1b[0m\r\x1b[2J99%\b\b%\rlast";
  const std::vector<std::string> texts = {"1%", "not ok 2 b", "9%", "last"};
  for (std::size_t step = 1; step <= line.size(); ++step) EXPECT_EQ(texts_of(line, step), texts);
}

TEST(LongLine, ATextThatIsLongItselfComesInParts) {
  const std::string line = std::string(3 * kMaxLineLength, 'x') + "\rend";
  const auto texts = texts_of(line, kMaxLineLength / 2);
  ASSERT_GE(texts.size(), 3u);
  EXPECT_EQ(texts.front().front(), 'x');
  for (std::size_t i = 1; i + 1 < texts.size(); ++i) EXPECT_EQ(texts[i].front(), '+');
  for (const std::string& text : texts) EXPECT_LE(text.size(), 2 * kMaxLineLength);
  EXPECT_EQ(texts.back(), "end");
}

std::string progress() {
  std::string dots;
  while (dots.size() < 5 * kMaxLineLength / 2) dots += "reading 12%\r";
  return dots;
}

Events read_tap(const std::string& log) {
  OutputRules rules;
  rules.formats = {"tap"};
  return collect_events(log, {}, rules);
}

TEST(LongLine, ResultsAndCrashesInOneAreFound) {
  const std::string plan = "1..2\nok 1 a\n", dots = progress();
  EXPECT_EQ(read_tap(plan + dots + "not ok 2 b\r\n").tests.at(1).status, wire::Status::fail);
  EXPECT_EQ(read_tap(plan + dots + "ok 2 b\r" + dots).tests.size(), 2u);
  EXPECT_EQ(read_tap(plan + dots + "ok 2 b").tests.size(), 2u);
  const Events crashed = read_tap(plan + dots + "panic: x\r" + dots);
  ASSERT_TRUE(crashed.crash);
  EXPECT_EQ(crashed.crash->text, "panic: x");
  EXPECT_TRUE(read_tap(plan + std::string(100'000, '.') +
                       "[    1.234567] Kernel panic - not syncing: x\nok 2 b\n")
                  .crash);
}

TEST(LongLine, AResultMayHaveALongName) {
  const std::string name(2 * kMaxLineLength, 'x');
  EXPECT_EQ(read_tap("1..1\nnot ok 1 " + name + "\n").tests.at(0).status, wire::Status::fail);
  EXPECT_TRUE(read_tap("1..1\nok 1 " + name + "\n").formats.at(0).fault.empty());
}

TEST(LongLine, WhatPatternsDoNotReadIsDamage) {
  OutputRules rules;
  rules.tests = {.pass = {"PASS: (?P<name>[a-z]+)"}, .fail = {"FAIL: (?P<name>[a-z]+)"}};
  const auto log_of = [](std::size_t dots) {
    return "PASS: a\n" + std::string(dots, '.') + " FAIL: b\n";
  };
  const Events whole = collect_events(log_of(70'000), {}, rules);
  EXPECT_EQ(whole.tests.size(), 2u);
  EXPECT_TRUE(whole.protocol_errors.empty());
  const Events in_part = collect_events(log_of(3 * kMaxLineLength), {}, rules);
  ASSERT_EQ(in_part.protocol_errors.size(), 1u) << "said once";
  EXPECT_NE(in_part.protocol_errors[0].why.find("`tests:` reads the beginning alone"),
            std::string::npos);
}

/// Of every place at which a piece may end, none makes an "ok" of "not ok", or a line of its own of
/// what stands inside a text.
TEST(LongLine, NoCutMakesAFailurePass) {
  for (std::size_t cut = 0; cut <= 12; ++cut) {
    const std::string before(kMaxLineLength - cut, '.');
    const std::string log = "1..1\n" + before + "not ok 1 b\nx\n";
    EXPECT_TRUE(read_tap(log).tests.empty() ||
                read_tap(log).tests.at(0).status == wire::Status::fail)
        << cut;
    const Events moved = read_tap("1..1\n" + before + "\rnot ok 1 b\r\n");
    ASSERT_EQ(moved.tests.size(), 1u) << cut;
    EXPECT_EQ(moved.tests[0].status, wire::Status::fail) << cut;
  }
}

}  // namespace
}  // namespace harness
