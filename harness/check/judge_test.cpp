#include <gtest/gtest.h>

#include "check/check_testing.h"
#include "check/judge.h"

namespace harness {
namespace {

using namespace testing_record;

std::string sample() { return sample_session().close("pass"); }

CheckSpec ending(const char* is) { return spec_of("ending", {{"is", text(is)}}); }

/// A run of boots with these endings and equal output.
RunRecord run_ending(const std::vector<Verdict>& endings) {
  RunRecord record = run_of(std::vector<std::string>(endings.size(), sample()));
  for (std::size_t i = 0; i < endings.size(); ++i) record.boots[i].ending = endings[i];
  return record;
}
Verdict judged(RunRecord record, const std::vector<CheckSpec>& checks) {
  judge(record, checks);
  return record.verdict;
}

const Verdict kPass = {};
const Verdict kPanic = {VerdictKind::panic, "exception 14"};
const Verdict kTimeout = {VerdictKind::timeout, "still running after 10 s"};
const Verdict kSkip = {VerdictKind::skip, "no disk"};

TEST(Judge, APassWithoutChecksIsAPass) {
  const Verdict verdict = judged(run_ending({kPass}), {});
  EXPECT_EQ(verdict.kind, VerdictKind::pass);
  EXPECT_EQ(verdict.reason, "");
}
TEST(Judge, FindingsComeInTheOrderOfTheScenario) {
  RunRecord record = run_ending({kPass});
  judge(record, {spec_of("clean"), ending("pass"), spec_of("complete")});
  ASSERT_EQ(record.findings.size(), 3u);
  EXPECT_EQ(record.findings[0].check, "clean");
  EXPECT_EQ(record.findings[1].check, "ending pass");
  EXPECT_EQ(record.findings[2].check, "complete");
  EXPECT_EQ(record.verdict.kind, VerdictKind::pass);
}
TEST(Judge, JudgingTwiceGivesTheSameFindings) {
  RunRecord record = run_ending({kPass, kPass});
  judge(record, {ending("pass")});
  judge(record, {ending("pass")});
  EXPECT_EQ(record.findings.size(), 2u);
}

TEST(Judge, TheRecordSaysWhichEndingIsStated) {
  RunRecord record = run_ending({kPanic});
  judge(record, {ending("panic")});
  EXPECT_EQ(record.stated_ending, VerdictKind::panic);
  judge(record, {});
  EXPECT_EQ(record.stated_ending, std::nullopt);
}

TEST(Judge, ABadEndingIsTheVerdictAndNamesItsBoot) {
  const Verdict verdict = judged(run_ending({kPass, kTimeout}), {});
  EXPECT_EQ(verdict.kind, VerdictKind::timeout);
  EXPECT_EQ(verdict.reason, "boot 2: still running after 10 s");
}
TEST(Judge, ABadEndingComesBeforeAFailedCheck) {
  EXPECT_EQ(judged(run_ending({kPanic}), {spec_of("text", {{"text", text("absent")}})}).kind,
            VerdictKind::panic);
}
TEST(Judge, AnExpectedPanicInEveryBootPasses) {
  EXPECT_EQ(judged(run_ending({kPanic, kPanic}), {ending("panic")}).kind, VerdictKind::pass);
}
TEST(Judge, AnExpectedPanicWithAFailedCheckFails) {
  const Verdict verdict =
      judged(run_ending({kPanic}), {ending("panic"), spec_of("text", {{"text", text("absent")}})});
  EXPECT_EQ(verdict.kind, VerdictKind::fail);
  EXPECT_EQ(verdict.reason, "text absent: 'absent' was not found in 15 lines");
}
TEST(Judge, AnotherEndingThanTheExpectedOneIsTheVerdict) {
  EXPECT_EQ(judged(run_ending({kTimeout}), {ending("panic")}).kind, VerdictKind::timeout);
}
TEST(Judge, APassWhereAPanicWasExpectedFails) {
  const Verdict verdict = judged(run_ending({kPanic, kPass}), {ending("panic")});
  EXPECT_EQ(verdict.kind, VerdictKind::fail);
  EXPECT_EQ(verdict.reason, "boot 2: the ending is pass, must be panic");
}
TEST(Judge, ABadEndingComesBeforeAnUnexpectedPass) {
  EXPECT_EQ(judged(run_ending({kPass, kTimeout}), {ending("panic")}).kind, VerdictKind::timeout);
}

TEST(Judge, WhatKeptTheHarnessFromItsJobComesFirst) {
  const Verdict broken = {VerdictKind::harness_error, "QEMU did not start"};
  EXPECT_EQ(judged(run_ending({kPanic, broken}), {}).kind, VerdictKind::harness_error);
  EXPECT_EQ(judged(run_ending({kSkip, broken}), {}).kind, VerdictKind::harness_error);
  const Verdict stopped = {VerdictKind::interrupted, ""};
  EXPECT_EQ(judged(run_ending({kTimeout, stopped}), {}).kind, VerdictKind::interrupted);
}
TEST(Judge, AHarnessErrorCannotBeMadeAPassByExpectingIt) {
  // The loader refuses such a scenario; judge() does not depend on it.
  const Verdict broken = {VerdictKind::harness_error, "QEMU did not start"};
  EXPECT_EQ(judged(run_ending({broken}), {ending("harness_error")}).kind,
            VerdictKind::harness_error);
}
TEST(Judge, NoBootAtAllIsAHarnessError) {
  RunRecord record;
  judge(record, {ending("pass")});
  EXPECT_EQ(record.verdict.kind, VerdictKind::harness_error);
}

TEST(Judge, ASkipIsASkipWhereNoCheckFails) {
  const Verdict verdict = judged(run_ending({kSkip, kSkip}), {spec_of("clean")});
  EXPECT_EQ(verdict.kind, VerdictKind::skip);
  EXPECT_EQ(verdict.reason, "boot 1: no disk");
}
TEST(Judge, ASkipWithAFailedCheckFails) {
  EXPECT_EQ(judged(run_ending({kSkip}), {spec_of("text", {{"text", text("absent")}})}).kind,
            VerdictKind::fail);
}
TEST(Judge, ASkipWherePassIsStatedFails) {
  const Verdict verdict = judged(run_ending({kSkip}), {ending("pass")});
  EXPECT_EQ(verdict.kind, VerdictKind::fail);
  EXPECT_EQ(verdict.reason, "the ending is skip, must be pass");
}
TEST(Judge, AnExpectedSkipIsAPass) {
  EXPECT_EQ(judged(run_ending({kSkip}), {ending("skip")}).kind, VerdictKind::pass);
}

TEST(Judge, AFailedCheckComesBeforeAnInvalidOne) {
  const CheckSpec absent = spec_of("text", {{"text", text("absent")}});
  const CheckSpec unknown = spec_of("size", {{"of", text("app")}});
  EXPECT_EQ(judged(run_ending({kPass}), {unknown, absent}).kind, VerdictKind::fail);
  const Verdict verdict = judged(run_ending({kPass}), {unknown});
  EXPECT_EQ(verdict.kind, VerdictKind::invalid_data);
  EXPECT_EQ(verdict.reason,
            "size app: the size of 'app' is not known: no file of the build states it");
}
TEST(Judge, SeveralFailuresAreCounted) {
  const CheckSpec absent = spec_of("text", {{"text", text("absent")}});
  const Verdict verdict = judged(run_ending({kPass}), {spec_of("clean"), absent, absent});
  EXPECT_EQ(verdict.reason, "2 of 3 checks, first text absent: 'absent' was not found in 15 lines");
}

TEST(Judge, CountedBootsProveThemselves) {
  RunRecord record = run_ending({kPass, kPass});
  judge(record, {});
  ASSERT_EQ(record.findings.size(), 1u);
  EXPECT_EQ(record.findings[0].check, "identical");
  EXPECT_EQ(record.verdict.kind, VerdictKind::pass);
}
TEST(Judge, CountedBootsThatDifferAreInvalidData) {
  RunRecord record = run_of({sample(), replaced(sample(), "Init: 1234", "Init: 1240")});
  judge(record, {});
  EXPECT_EQ(record.verdict.kind, VerdictKind::invalid_data);
}
TEST(Judge, HostBootsMayDiffer) {
  RunRecord record = run_of({sample(), replaced(sample(), "Init: 1234", "Init: 1240")});
  record.fingerprint.clock = ClockKind::host;
  judge(record, {});
  EXPECT_EQ(record.verdict.kind, VerdictKind::pass);
  EXPECT_TRUE(record.findings.empty());
}
TEST(Judge, TheProofIsNotMadeTwice) {
  RunRecord record = run_ending({kPass, kPass});
  judge(record, {spec_of("identical")});
  EXPECT_EQ(record.findings.size(), 1u);
}
TEST(Judge, AnUnknownKindIsInvalidAndNotDropped) {
  EXPECT_EQ(judged(run_ending({kPass}), {spec_of("nonsense")}).kind, VerdictKind::invalid_data);
}

// ---- checks of some boots -------------------------------------------------------------------

std::string saying(const std::string& line) { return session({line}); }

/// Three boots that begin with "cold", "warm" and "warm".
RunRecord persisting_run() {
  RunRecord record = run_of({saying("cold"), saying("warm"), saying("warm")});
  record.disk_persists = true;
  return record;
}

CheckSpec text_in(const char* what, Range boots) {
  return spec_of("text", {{"text", text(what)}, {"boots", boots}});
}

TEST(Judge, ACheckMayBeOfSomeBootsOnly) {
  RunRecord record = persisting_run();
  judge(record,
        {text_in("cold", {1, 1}), text_in("warm", {2, 3}), text_in("warm", {2, UINT64_MAX})});
  EXPECT_EQ(record.verdict.kind, VerdictKind::pass) << record.verdict.reason;
  ASSERT_EQ(record.findings.size(), 3u);
  EXPECT_TRUE(record.findings[0].check.ends_with(" in boot 1")) << record.findings[0].check;
  EXPECT_TRUE(record.findings[1].check.ends_with(" in boots 2..3")) << record.findings[1].check;
  EXPECT_TRUE(record.findings[2].check.ends_with(" in boots 2..")) << record.findings[2].check;
  ASSERT_EQ(record.boots.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(record.boots[i].index, i + 1);
}

TEST(Judge, ItFailsWhereOneOfThoseBootsDoes) {
  EXPECT_EQ(judged(persisting_run(), {text_in("warm", {1, 1})}).kind, VerdictKind::fail);
  EXPECT_EQ(judged(persisting_run(), {text_in("warm", {1, 2})}).kind, VerdictKind::fail);
}

TEST(Judge, ABootThatWasNotMadeIsMissingData) {
  for (const Range boots : {Range{4, 4}, Range{2, 4}, Range{4, UINT64_MAX}, Range{0, 0}}) {
    const Verdict verdict = judged(persisting_run(), {text_in("warm", boots)});
    EXPECT_EQ(verdict.kind, VerdictKind::invalid_data) << boots.low;
  }
}

TEST(Judge, BootsOnADiskThatPersistsNeedNotBeIdentical) {
  EXPECT_EQ(judged(persisting_run(), {}).kind, VerdictKind::pass);
  RunRecord fresh = persisting_run();
  fresh.disk_persists = false;
  EXPECT_EQ(judged(fresh, {}).kind, VerdictKind::invalid_data);
}

}  // namespace
}  // namespace harness
