#include <gtest/gtest.h>

#include "check/check_testing.h"

namespace harness {
namespace {

using namespace testing_record;

std::string sample() { return sample_session().close("pass"); }

TEST(EndingCheck, PassesWhereEveryBootEndsSo) {
  const Finding finding = run_check(run_of({sample(), sample()}), "ending", {{"is", text("pass")}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.check, "ending pass");
  EXPECT_EQ(finding.figure, "pass in 2 boots");
}
TEST(EndingCheck, NamesTheBootThatEndsOtherwise) {
  RunRecord record = run_of({sample(), sample(), sample()});
  record.boots[1].ending = {VerdictKind::timeout, "still running after 10 s"};
  const Finding finding = run_check(record, "ending", {{"is", text("pass")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.figure, "pass in 2 boots, timeout in 1 boot");
  EXPECT_EQ(finding.reason,
            "boot 2: the ending is timeout (still running after 10 s), must be pass");
}
TEST(EndingCheck, AnExpectedPanicIsAPass) {
  RunRecord record = run_of({"[PANIC] out of memory\n"});
  record.boots[0].ending = {VerdictKind::panic, "out of memory"};
  EXPECT_EQ(run_check(record, "ending", {{"is", text("panic")}}).status, FindingStatus::pass);
}

TEST(CleanCheck, PassesOnTextTabsAndLineEnds) {
  const std::string log = "[BEGIN] protocol=1 image=a boot=disk tests=0 metrics=0\r\na\tb\n";
  const Finding finding = run_check(run_of({log}), "clean");
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.figure, "checked " + std::to_string(log.size()) + " bytes");
}
TEST(CleanCheck, FailsWithLineColumnAndByte) {
  const std::string bad = replaced(sample(), "Sample Unikernel", "Sample Uni\xC3kernel");
  const Finding finding = run_check(run_of({bad}), "clean");
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "line 2, column 11 holds byte 0xC3, which is not text");
}
TEST(CleanCheck, AByteInTheFirstLineHasItsColumnToo) {
  const Finding finding = run_check(run_of({std::string("ab\0c\n", 5)}), "clean");
  EXPECT_EQ(finding.reason, "line 1, column 3 holds byte 0x00, which is not text");
}
TEST(CleanCheck, EscapesOfTheFirmwareBeforeBeginAreNotTheGuests) {
  EXPECT_EQ(run_check(run_of({"\x1b[2J firmware\n" + sample()}), "clean").status,
            FindingStatus::pass);
}
TEST(CleanCheck, GarbageAfterEndCounts) {
  EXPECT_EQ(run_check(run_of({sample() + "\xFF\n"}), "clean").status, FindingStatus::fail);
}

TEST(CompleteCheck, PassesOnTheWholeSession) {
  const Finding finding = run_check(run_of({sample()}), "complete");
  EXPECT_EQ(finding.status, FindingStatus::pass) << finding.reason;
  EXPECT_EQ(finding.figure, "lines 14, tests 3, metrics 6");
}
TEST(CompleteCheck, FailsWithoutBegin) {
  const Finding finding = run_check(run_of({"hello\n"}), "complete");
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason,
            "[BEGIN] was expected and did not arrive: the guest never opened its session");
}
TEST(CompleteCheck, FailsWithoutEnd) {
  const Finding finding = run_check(run_of({sample_session().open()}), "complete");
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "[END] was expected and did not arrive: the output is cut short");
}
TEST(CompleteCheck, ALostLineIsInvalid) {
  const Finding finding =
      run_check(run_of({replaced(sample(), "Sample Unikernel v0.1\n", "")}), "complete");
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_EQ(finding.reason, "13 lines arrived, [END] says 14");
}
TEST(CompleteCheck, AChangedByteIsInvalid) {
  const Finding finding =
      run_check(run_of({replaced(sample(), "Unikernel", "Unikernal")}), "complete");
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_NE(finding.reason.find("the checksum of what arrived is "), std::string::npos);
}
TEST(CompleteCheck, ADamagedLineIsInvalidEvenWithATrueChecksum) {
  const Finding finding = run_check(run_of({session({"[TIMING] Init: many cycles"})}), "complete");
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_NE(finding.reason.find("line 2 is damaged ("), std::string::npos) << finding.reason;
  EXPECT_NE(finding.reason.find("'[TIMING] Init: many cycles'"), std::string::npos);
}
TEST(CompleteCheck, AnAnnouncedTestThatDidNotArriveFails) {
  const Finding finding = run_check(run_of({SampleLog(1, 0).close("pass")}), "complete");
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "[BEGIN] announced 1 test, 0 arrived");
}
TEST(CompleteCheck, MoreMetricsThanAnnouncedAreInvalid) {
  const Finding finding = run_check(run_of({session({"[TIMING] Init: 12 cycles"})}), "complete");
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_EQ(finding.reason, "[BEGIN] announced 0 metrics, 1 arrived");
}

TEST(TestCheck, PassesWithIterationsAndResult) {
  const Finding finding = run_check(
      run_of({sample()}), "test",
      {{"name", text("fibonacci")}, {"iterations", Range{10, 10}}, {"result", text("55")}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.check, "test fibonacci");
  EXPECT_EQ(finding.figure, "pass, result '55', iterations 10");
}
TEST(TestCheck, FailsOnAnotherResult) {
  const Finding finding = run_check(run_of({replaced(sample(), "result=55", "result=54")}), "test",
                                    {{"name", text("fibonacci")}, {"result", text("55")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "result is '54', must be '55'");
}
TEST(TestCheck, FailsOnAnotherNumberOfIterations) {
  const Finding finding =
      run_check(run_of({replaced(sample(), "iterations=10", "iterations=9")}), "test",
                {{"name", text("fibonacci")}, {"iterations", Range{10, 10}}});
  EXPECT_EQ(finding.reason, "iterations is 9, must be 10");
}
TEST(TestCheck, FailsOnAFailedTest) {
  const Finding finding =
      run_check(run_of({replaced(sample(), "fibonacci: pass", "fibonacci: fail")}), "test",
                {{"name", text("fibonacci")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "status is fail, must be pass");
}
TEST(TestCheck, AnExpectedSkipPasses) {
  const RunRecord record = run_of({sample()});
  EXPECT_EQ(run_check(record, "test", {{"name", text("primes")}, {"status", text("skip")}}).status,
            FindingStatus::pass);
  EXPECT_EQ(run_check(record, "test", {{"name", text("primes")}}).status, FindingStatus::fail);
}
TEST(TestCheck, ATestThatDidNotArriveFails) {
  const Finding finding = run_check(run_of({sample()}), "test", {{"name", text("heap")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "[TEST] 'heap' was expected and did not arrive");
}
TEST(TestCheck, AResultThatDidNotArriveFails) {
  const RunRecord record = run_of({session({"[TEST] heap: pass"})});
  EXPECT_EQ(run_check(record, "test", {{"name", text("heap")}, {"result", text("1")}}).reason,
            "result did not arrive, must be '1'");
  EXPECT_EQ(run_check(record, "test", {{"name", text("heap")}, {"iterations", Range{1, 2}}}).reason,
            "iterations was expected and did not arrive");
}
TEST(TestCheck, ATestThatArrivedTwiceIsInvalid) {
  const Finding finding = run_check(run_of({session({"[TEST] heap: pass", "[TEST] heap: pass"})}),
                                    "test", {{"name", text("heap")}});
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_EQ(finding.reason, "[TEST] 'heap' arrived 2 times");
}

TEST(EntryCheck, PassesOnTheWayTheGuestNames) {
  const Finding finding = run_check(run_of({sample()}), "entry", {{"via", text("disk")}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.figure, "disk");
}
TEST(EntryCheck, FailsOnAnotherWay) {
  const Finding finding = run_check(run_of({sample()}), "entry", {{"via", text("pvh")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "the image was entered via disk, must be pvh");
}
TEST(EntryCheck, FailsWithoutBegin) {
  EXPECT_EQ(run_check(run_of({"hello\n"}), "entry", {{"via", text("disk")}}).status,
            FindingStatus::fail);
}

}  // namespace
}  // namespace harness
