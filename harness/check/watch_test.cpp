#include "check/watch.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "check/check_testing.h"
#include "check/judge.h"
#include "record/classify.h"
#include "stream/split.h"

namespace harness {
namespace {

using namespace testing_record;

/// What the collector and classify() make of a log under these checks, as a run does.
RunRecord judged(const std::string& serial, const std::vector<CheckSpec>& checks) {
  RunRecord record = run_of({serial});
  Scenario scenario;
  scenario.checks = checks;
  apply_output_rules(record, output_rules_of(scenario));
  for (BootRecord& boot : record.boots) boot.ending = classify(boot.trace, boot.events);
  judge(record, checks);
  return record;
}

const CheckSpec kAllowAssert =
    spec_of("allow", {{"crash", text("assert")}, {"from", text("try")}, {"to", text("tried")}});
const CheckSpec kForbidWarning = spec_of("forbid", {{"pattern", text("(?i)warning")}});

TEST(Allow, ACrashIsAPanicUnlessItsSpanIsOpen) {
  const std::string assertion = "Assertion failed: x (a.c: f: 1)";
  const auto verdict = [](const std::string& log, const std::vector<CheckSpec>& checks) {
    return judged(log, checks).verdict;
  };
  EXPECT_EQ(verdict(session({"try", assertion, "tried"}), {kAllowAssert}).kind, VerdictKind::pass);
  EXPECT_EQ(verdict(session({"try", assertion, "tried"}), {}).kind, VerdictKind::panic);
  const Verdict early = verdict(session({assertion, "try", "tried"}), {kAllowAssert});
  EXPECT_EQ(early.kind, VerdictKind::panic);
  EXPECT_EQ(early.reason, "line 2 (assert): Assertion failed: x (a.c: f: 1)");
  EXPECT_EQ(verdict(session({"try", "tried", assertion}), {kAllowAssert}).kind, VerdictKind::panic);
  EXPECT_EQ(verdict(session({"try", "panic: other", "tried"}), {kAllowAssert}).kind,
            VerdictKind::panic);
}

/// Of a log alone: no rules are those that a new record has, and it is read all the same.
TEST(ReadOutput, ReadsWhatWasNeverReadWhateverTheRules) {
  RunRecord record = run_of({session({"[TIMING] Init: 12 cycles"})});
  const Events events = std::exchange(record.boots[0].events, {});
  apply_output_rules(record, {});
  EXPECT_TRUE(record.boots[0].events.timings.empty()) << "the rules are the same";
  read_output(record, {});
  EXPECT_EQ(record.boots[0].events.timings.size(), events.timings.size());
  EXPECT_EQ(record.boots[0].events.timings.size(), 1u);
}

TEST(Allow, SaysHowManyLinesNeededIt) {
  const RunRecord record =
      judged(session({"try", "Assertion failed: x (a.c: f: 1)", "tried"}), {kAllowAssert});
  ASSERT_EQ(record.findings.size(), 1u);
  EXPECT_EQ(record.findings[0].check, "allow assert");
  EXPECT_EQ(record.findings[0].figure, "lines allowed 1");
}

TEST(Allow, ATextIsAllowedToAForbiddenLineToo) {
  const CheckSpec allow = spec_of("allow", {{"text", text("slow clock")}});
  const std::string log = session({"warning: slow clock"});
  EXPECT_EQ(judged(log, {kForbidWarning}).verdict.kind, VerdictKind::fail);
  EXPECT_EQ(judged(log, {kForbidWarning, allow}).verdict.kind, VerdictKind::pass);
  // Naming a crash does not allow what is forbidden.
  EXPECT_EQ(
      judged(log, {kForbidWarning, spec_of("allow", {{"crash", text("assert")}})}).verdict.kind,
      VerdictKind::fail);
}

TEST(Allow, ASpanEndsWhereItsTextStandsAcrossTwoPiecesOfALongLine) {
  const std::string before(kMaxLineLength - 3, '.'), behind(kMaxLineLength, '.');
  const auto kind = [](const std::string& log) {
    return judged(session({"try", log, "Assertion failed: x (a.c: f: 1)"}), {kAllowAssert});
  };
  // The line is damage of the session, so that neither passes: only whether it is a crash differs.
  EXPECT_TRUE(kind(before + "tried" + behind).boots[0].events.crash);
  EXPECT_TRUE(kind(before + "tri\x1b[1med" + behind).boots[0].events.crash);
  EXPECT_FALSE(kind(before + "tired" + behind).boots[0].events.crash);
  EXPECT_FALSE(kind(before + "tri\ned" + behind).boots[0].events.crash);
}

TEST(ForbiddenLines, AgreeWithTheCheckOnEveryLine) {
  const std::vector<CheckSpec> checks = {
      kForbidWarning, spec_of("allow", {{"text", text("clock")}, {"from", text("try")}})};
  const struct {
    const char* line;
    bool forbidden;
  } cases[] = {{"all is well", false},
               {"Warning: clock", true},  // its span is not open yet
               {"try", false},
               {"Warning: clock", false},
               {"Warning: disk", true}};
  ForbiddenLines live(checks);
  std::vector<std::string> before;
  for (const auto& [line, forbidden] : cases) {
    EXPECT_EQ(live.see(line), forbidden) << line;
    // The check on this line alone, after all lines before it that are allowed.
    before.emplace_back(line);
    EXPECT_EQ(judged(session(before), checks).verdict.kind == VerdictKind::fail, forbidden) << line;
    if (forbidden) before.pop_back();
  }
}

TEST(ForbiddenLines, ARunThatWasStoppedAtOneSaysWhich) {
  RunRecord record = run_of({"[BEGIN] protocol=1 image=a boot=disk tests=0 metrics=0\nWarning\n"});
  record.boots[0].trace.started = true;
  record.boots[0].trace.stop = StopReason::panic_line;
  record.boots[0].trace.exit_signal = 9;
  record.boots[0].ending = classify(record.boots[0].trace, record.boots[0].events);
  judge(record, {spec_of("complete"), kForbidWarning});
  EXPECT_EQ(record.verdict.kind, VerdictKind::fail);
  EXPECT_EQ(record.verdict.reason, "forbid /(?i)warning/: line 2 says 'Warning'");
}

}  // namespace
}  // namespace harness
