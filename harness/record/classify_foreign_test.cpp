// Verdicts of guests that were not written for us: by a table of exit statuses, by the results of
// another test protocol, by the steps of a conversation.
#include "record/classify.h"
#include "record/classify_cases.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

const std::string kPass = sample_session().close("pass");

const OutputRules kTable = {.allowances = {},
                            .exits = {{0, ExitMeaning::pass},
                                      {1, ExitMeaning::pass},
                                      {33, ExitMeaning::fail},
                                      {77, ExitMeaning::skip},
                                      {99, ExitMeaning::panic}},
                            .formats = {},
                            .steps = {},
                            .metrics = {}};

/// Another kernel's boot that ended with this status.
Trace foreign(int status, std::string serial = "hello from another kernel\n") {
  Trace trace = left("guest-shutdown", std::move(serial));
  trace.exit_status = status;
  if (status != 0) trace.shutdown_reason.reset();
  return trace;
}

TEST(ClassifyByTable, ListedStatusIsTheVerdict) {
  expect({{"power-off", foreign(0), VerdictKind::pass, ""},
          {"a guest's 0 at the debug-exit port", foreign(1), VerdictKind::pass, ""},
          {"our pass is their fail", foreign(33), VerdictKind::fail,
           "ended with status 33, which the scenario lists as a fail"},
          {"skip", foreign(77), VerdictKind::skip,
           "ended with status 77, which the scenario lists as a skip"},
          {"panic", foreign(99), VerdictKind::panic,
           "ended with status 99, which the scenario lists as a panic"},
          {"not listed", foreign(35), VerdictKind::exit_unsignalled,
           "ended with status 35, which the scenario's exit table does not list"}},
         kTable);
}

TEST(ClassifyByTable, TheGuestsOwnWordsStandBeforeItsStatus) {
  expect({{"a skip", foreign(77, "unit 3\r\nSKIP: no such unit\r\nSUMMARY: 0 tests\r\n"),
           VerdictKind::skip,
           "said \"SKIP: no such unit\" and ended with status 77, which the scenario lists as a "
           "skip"},
          {"an assertion", foreign(99, "a.c:12: assert failed: x == 1\n\tSTACK: @400 401\n"),
           VerdictKind::panic,
           "said \"a.c:12: assert failed: x == 1\" and ended with status 99, which the scenario "
           "lists as a panic"},
          {"a failure", foreign(33, "FAIL: first\nFAIL: second\nbye"), VerdictKind::fail,
           "said \"FAIL: second\" and ended with status 33, which the scenario lists as a fail"},
          {"a skip is not explained by a failure", foreign(77, "FAIL: first\n"), VerdictKind::skip,
           "ended with status 77, which the scenario lists as a skip"}},
         kTable);
}

TEST(ClassifyByTable, OtherWitnessesAreHeardFirst) {
  const Trace reset = changed(foreign(0), [](Trace& t) { t.shutdown_reason = "guest-reset"; });
  const Trace failed_start = changed(
      foreign(1), [](Trace& t) { t.stderr_text = "qemu-system-i386: cannot read the disk\n"; });
  expect(
      {{"a reset with the status of a power-off", reset, VerdictKind::reset,
        "the guest reset the machine (a triple fault, or a reset it asked for) after 'hello from "
        "another kernel'"},
       {"QEMU's own status 1", failed_start, VerdictKind::harness_error,
        "QEMU gave up with status 1: qemu-system-i386: cannot read the disk"},
       {"an even status on a PC", foreign(36), VerdictKind::harness_error,
        "QEMU ended with status 36, which no guest can cause: QEMU gave no reason"},
       {"a crash in the text",
        foreign(0, "Kernel panic - not syncing: VFS: Unable to mount root fs\n"),
        VerdictKind::panic,
        "line 1 (linux): Kernel panic - not syncing: VFS: Unable to mount root fs"},
       {"cut off", stopped(StopReason::wall_limit, "hello\n"), VerdictKind::timeout,
        "limit wall: still running after 3000 ms, after 'hello'"}},
      kTable);
}

TEST(ClassifyByTable, SilenceIsOnlyBrokenByAStatusThatCannotComeByAccident) {
  expect({{"silent power-off", foreign(0, ""), VerdictKind::no_output,
           "ended with status 0 without a byte of serial output"},
          {"silent fail", foreign(33, ""), VerdictKind::fail,
           "ended with status 33, which the scenario lists as a fail"}},
         kTable);
}

TEST(ClassifyByTable, AnArmGuestMayEndWithAnyStatus) {
  Trace trace = foreign(36);
  trace.command = {"/usr/bin/qemu-system-aarch64"};
  const Verdict verdict = classify(trace, collect_events(trace.serial, {}, kTable), kTable);
  EXPECT_EQ(verdict.kind, VerdictKind::exit_unsignalled) << verdict.reason;
}

TEST(ClassifyByTable, LinesOfTheProtocolCountWithoutASession) {
  const Trace trace =
      foreign(0, "[BENCH] 10 calls: 80 cycles (8 cycles/call)\n[TEST] broken\n[TEST] a: fail\n");
  const Events events = collect_events(trace.serial, {}, kTable);
  EXPECT_EQ(events.benches.size(), 1u);
  EXPECT_TRUE(events.protocol_errors.empty());
  const Verdict verdict = classify(trace, events, kTable);
  EXPECT_EQ(verdict.kind, VerdictKind::fail);
  EXPECT_EQ(verdict.reason, "failed tests: a");
}

TEST(ClassifyByTable, AGuestThatOpensASessionMustCloseIt) {
  const std::string torn = sample_session().open();
  expect({{"torn", foreign(0, torn), VerdictKind::truncated,
           "ended without [END]; the exit value says pass"},
          {"whole", foreign(0, kPass), VerdictKind::pass, ""},
          {"disagrees", foreign(33, kPass), VerdictKind::invalid_data,
           "[END] says status=pass, the exit value says fail"}},
         kTable);
}

// ---- formats and steps ------------------------------------------------------------------------

Verdict read_as(const OutputRules& rules, Trace trace) {
  return classify(trace, collect_events(trace.serial, {}, rules), rules);
}
OutputRules rules_of_formats(std::vector<std::string> formats) {
  OutputRules rules;
  rules.formats = std::move(formats);
  return rules;
}
std::string in_words(const Verdict& verdict) {
  return std::string(verdict_name(verdict.kind)) +
         (verdict.reason.empty() ? "" : ": " + verdict.reason);
}

TEST(ClassifyFormats, OfAFailureThatNobodySaidTheReasonSaysWhy) {
  EXPECT_EQ(in_words(read_as(rules_of_formats({"googletest"}),
                             foreign(0,
                                     "[==========] Running 2 tests from 1 test suite.\n"
                                     "[ RUN      ] A.a\n[  FAILED  ] A.a (0 ms)\n"
                                     "[ RUN      ] A.b\n"))),
            "fail: failed tests: A.a, A.b (did not end)");
  OutputRules own;
  own.tests.result = {R"(^(?P<name>\w): (?P<status>\w+))"};
  own.tests.end = {"^end$"};
  EXPECT_EQ(in_words(read_as(own, foreign(0, "a: gut\nb: fail\nend\n"))),
            "fail: failed tests: a (its status is not understood), b");
}

TEST(ClassifyFormats, ResultsDecideHoweverTheGuestEnds) {
  const OutputRules ktap = rules_of_formats({"ktap"});
  const auto ended_with = [&](int status, const char* log) {
    return in_words(read_as(ktap, foreign(status, log)));
  };
  EXPECT_EQ(ended_with(0, "KTAP version 1\n1..1\nok 1 a\n"), "pass");
  EXPECT_EQ(ended_with(35, "KTAP version 1\n1..1\nok 1 a\n"), "pass");
  EXPECT_EQ(ended_with(0, "KTAP version 1\n1..2\nok 1 a\nnot ok 2 b\n"), "fail: failed tests: b");
  EXPECT_EQ(ended_with(0, "1..0 # SKIP no device\n"), "skip: ktap: the tests were skipped");
  EXPECT_EQ(ended_with(0, "1..2\nok 1 a\n"), "truncated: ktap: 1 results came, 2 were announced");
  EXPECT_EQ(ended_with(0, "hello\n"), "truncated: no results came (ktap)");
  EXPECT_EQ(ended_with(0,
                       "running 1 test\ntest a ... ok\n\n"
                       "test result: ok. 1 passed; 0 failed; 0 ignored\n"),
            "truncated: no results came (ktap); it reads as libtest: formats: libtest");
  EXPECT_EQ(ended_with(0, "Bail out! no memory\n"), "fail: ktap: bailed out: no memory");
}

TEST(ClassifyFormats, AFailingStatusIsNotHiddenByGoodResults) {
  OutputRules rules = rules_of_formats({"kvm-unit-tests"});
  rules.exits = {{1, ExitMeaning::pass}, {3, ExitMeaning::fail}};
  EXPECT_EQ(in_words(read_as(rules, foreign(1, "PASS: a\nSUMMARY: 1 tests\n"))), "pass");
  EXPECT_EQ(in_words(read_as(rules, foreign(3, "PASS: a\nSUMMARY: 1 tests\n"))),
            "fail: ended with status 3, which the scenario lists as a fail");
  // The suite says by the status how a test went; not all of them print results.
  EXPECT_EQ(in_words(read_as(rules, foreign(1, "cpuid 1234\n"))), "pass");
  rules.exits.clear();
  EXPECT_EQ(in_words(read_as(rules, foreign(33, "cpuid 1234\n"))),
            "truncated: no results came (kvm-unit-tests)");
}

TEST(ClassifyFormats, OneOfSeveralIsEnough) {
  EXPECT_EQ(
      in_words(read_as(rules_of_formats({"ktap", "googletest"}), foreign(0, "1..1\nok 1 a\n"))),
      "pass");
}

TEST(ClassifyFormats, AStatusIsEnoughWhereOnlyTheSummaryIsMissing) {
  OutputRules rules = rules_of_formats({"kvm-unit-tests"});
  EXPECT_EQ(in_words(read_as(rules, foreign(0, "PASS: a\n"))),
            "truncated: kvm-unit-tests: no SUMMARY: it cannot be told whether results are missing");
  rules.exits = {{1, ExitMeaning::pass}};
  EXPECT_EQ(in_words(read_as(rules, foreign(1, "PASS: a\n"))), "pass");
  EXPECT_EQ(in_words(read_as(rules, foreign(1, "PASS: a\nSUMMARY: 2 tests\n"))),
            "truncated: kvm-unit-tests: 1 results came, SUMMARY counts 2");
}

TEST(ClassifyFormats, ARebootIsAnEndOnlyWhereAllResultsHaveCome) {
  OutputRules rules = rules_of_formats({"ktap"});
  const auto rebooted = [](std::string serial) { return left("guest-reset", std::move(serial)); };
  const std::string whole = "KTAP version 1\n1..2\nok 1 a\nok 2 b\n";
  EXPECT_EQ(read_as(rules, rebooted(whole)).kind, VerdictKind::reset);
  rules.reboot = ExitMeaning::pass;
  EXPECT_EQ(in_words(read_as(rules, rebooted(whole))), "pass");
  EXPECT_EQ(read_as(rules, rebooted(whole.substr(0, whole.rfind("ok 2")))).kind,
            VerdictKind::reset);
  EXPECT_EQ(read_as(rules, rebooted("nothing\n")).kind, VerdictKind::reset);
  EXPECT_EQ(in_words(read_as(rules, rebooted("1..1\nnot ok 1 a\n"))), "fail: failed tests: a");
  EXPECT_EQ(read_as(rules, rebooted(whole + "Kernel panic - not syncing: x\n")).kind,
            VerdictKind::panic);
  EXPECT_EQ(read_as({.reboot = ExitMeaning::pass}, rebooted(whole)).kind, VerdictKind::reset);
}

TEST(ClassifyFormats, PatternsOfTheScenarioAreAFormat) {
  OutputRules rules;
  rules.tests = {
      .pass = {"^(?P<name>\\w+): good$"}, .fail = {"^(?P<name>\\w+): bad$"}, .end = {"^all done$"}};
  EXPECT_EQ(in_words(read_as(rules, foreign(0, "a: good\nall done\n"))), "pass");
  EXPECT_EQ(in_words(read_as(rules, foreign(0, "a: good\nb: bad\nall done\n"))),
            "fail: failed tests: b");
  EXPECT_EQ(in_words(read_as(rules, foreign(0, "a: good\n"))),
            "truncated: tests: the closing line did not come");
  EXPECT_EQ(in_words(read_as(rules, foreign(0, "hello\n"))), "truncated: no results came (tests)");
}

TEST(ClassifySteps, StopIsAPassAndATestThatFailedIsNot) {
  OutputRules rules;
  rules.steps = {{.wait = "ready", .within = {}, .send = {}, .send_file = {}, .stop = false},
                 {.wait = {}, .within = {}, .send = {}, .send_file = {}, .stop = true}};
  Trace satisfied = stopped(StopReason::satisfied, "ready\n");
  satisfied.steps_done = 2;
  EXPECT_EQ(in_words(read_as(rules, satisfied)), "pass");
  rules.formats = {"tap"};
  satisfied.serial = "1..1\nnot ok 1 a\nready\n";
  EXPECT_EQ(in_words(read_as(rules, satisfied)), "fail: failed tests: a");
}

TEST(ClassifySteps, AStepThatWasNotDoneIsNamed) {
  OutputRules rules;
  rules.steps = {{.wait = "=> ", .within = {}, .send = {}, .send_file = {}, .stop = false}};
  rules.exits = {{0, ExitMeaning::pass}};
  EXPECT_EQ(in_words(read_as(rules, foreign(0, "hello\n"))),
            "fail: it ended before step 1 ('=> ') came");
  rules.exits.clear();
  EXPECT_EQ(in_words(read_as(rules, ended(wire::Exit::pass, kPass))),
            "fail: it ended before step 1 ('=> ') came");
  EXPECT_EQ(in_words(read_as(rules, ended(wire::Exit::pass, "hello\n"))),
            "truncated: ended without [BEGIN] and [END]; the exit value says pass");
  EXPECT_EQ(in_words(read_as(rules, stopped(StopReason::step_limit, "hello\n"))),
            "timeout: step 1 ('=> ') did not come in time, after 'hello'");
}

}  // namespace
}  // namespace harness
