#include <gtest/gtest.h>

#include <csignal>
#include <string>

#include "record/verdict.h"
#include "stream/sample_log.h"
#include "stream/stream.h"

namespace harness {
namespace {

/// A boot that ended by itself with a debug-exit value.
Trace ended(wire::Exit value, std::string serial) {
  Trace trace;
  trace.command = {"qemu-system-i386"};
  trace.started = true;
  trace.exit_status = wire::process_status(value);
  trace.serial = std::move(serial);
  return trace;
}
/// A boot that QEMU left with status 0, for the reason given.
Trace left(const char* reason, std::string serial, bool by_guest = true) {
  Trace trace = ended(wire::Exit::pass, std::move(serial));
  trace.exit_status = 0;
  trace.shutdown_reason = reason;
  trace.shutdown_by_guest = by_guest;
  return trace;
}
/// A boot that the harness ended.
Trace stopped(StopReason stop, std::string serial) {
  Trace trace = ended(wire::Exit::pass, std::move(serial));
  trace.exit_status.reset();
  trace.exit_signal = SIGKILL;
  trace.stop = stop;
  trace.wall = std::chrono::milliseconds(3000);
  return trace;
}
template <class Change>
Trace changed(Trace trace, Change change) {
  change(trace);
  return trace;
}
std::string without(std::string log, const std::string& part) {
  const std::size_t at = log.find(part);
  if (at == std::string::npos) {
    ADD_FAILURE() << "not in the log: " << part;
    return log;
  }
  return log.erase(at, part.size());
}

struct Case {
  const char* what;
  Trace trace;
  VerdictKind kind;
  std::string reason;
};

void expect(const std::vector<Case>& cases) {
  for (const Case& test : cases) {
    const Verdict verdict = classify(test.trace, fold(test.trace.serial, {}));
    EXPECT_EQ(verdict_name(verdict.kind), verdict_name(test.kind)) << test.what;
    EXPECT_EQ(verdict.reason, test.reason) << test.what;
  }
}

const std::string kPass = sample_session().close("pass");
const std::string kFail = sample_session().close("fail");
const std::string kPanic = SampleLog(1, 0).line("[PANIC] exception 6 (invalid opcode)").open();

TEST(Classify, GuestThatSaysHowItEndedIsBelieved) {
  expect({{"pass", ended(wire::Exit::pass, kPass), VerdictKind::pass, ""},
          {"fail", ended(wire::Exit::fail, kFail), VerdictKind::fail, "the guest reported failure"},
          {"failed tests",
           ended(wire::Exit::fail, SampleLog(3, 0)
                                       .line("[TEST] a: fail")
                                       .line("[TEST] b: pass")
                                       .line("[TEST] c d: fail")
                                       .close("fail")),
           VerdictKind::fail, "failed tests: a, c d"},
          {"skip before any test", ended(wire::Exit::skip, SampleLog(3, 3).close("skip")),
           VerdictKind::skip, "the guest said that it cannot run here"}});
}

TEST(Classify, PlanThatWasNotKeptIsAFailure) {
  expect({{"a test fewer", ended(wire::Exit::pass, SampleLog(1, 0).close("pass")),
           VerdictKind::fail, "0 tests came, 1 were announced"},
          {"a metric fewer",
           ended(wire::Exit::pass, SampleLog(0, 2).line("[TIMING] a: 1 cycles").close("pass")),
           VerdictKind::fail, "1 metrics came, 2 were announced"},
          {"a metric more",
           ended(wire::Exit::pass, SampleLog(0, 0).line("[METRIC] a: 1 bytes").close("pass")),
           VerdictKind::fail, "1 metrics came, 0 were announced"}});
}

TEST(Classify, InterruptionIsBeforeAllElse) {
  expect({{"by the user", stopped(StopReason::interrupted, kPanic), VerdictKind::interrupted,
           "stopped by the user"},
          {"before the start",
           changed(stopped(StopReason::interrupted, ""), [](Trace& t) { t.started = false; }),
           VerdictKind::interrupted, "stopped by the user"}});
}

TEST(Classify, FaultsOfQemuAreNeverTheGuests) {
  const Trace pass = ended(wire::Exit::pass, kPass);
  expect(
      {{"did not start",
        changed(ended(wire::Exit::pass, ""),
                [](Trace& t) {
                  t.started = false;
                  t.exit_status = 1;
                  t.stderr_text = "q: warning: old\nq: no such machine\nmore\n";
                }),
        VerdictKind::harness_error, "QEMU did not start: q: no such machine"},
       {"aborted",
        changed(pass,
                [](Trace& t) {
                  t.exit_status.reset();
                  t.exit_signal = SIGABRT;
                }),
        VerdictKind::harness_error, "QEMU was killed by signal 6 (Aborted): QEMU gave no reason"},
       {"aborted after a panic",
        changed(ended(wire::Exit::panic, kPanic),
                [](Trace& t) {
                  t.exit_status.reset();
                  t.exit_signal = SIGSEGV;
                  t.stderr_text = "\x1b[1mboom";
                }),
        VerdictKind::harness_error,
        "QEMU was killed by signal 11 (Segmentation fault): \\x1B[1mboom"},
       {"aborted before it started",
        changed(ended(wire::Exit::pass, ""),
                [](Trace& t) {
                  t.started = false;
                  t.exit_status.reset();
                  t.exit_signal = SIGABRT;
                  t.stderr_text = "q: error: no such MSR\n";
                }),
        VerdictKind::harness_error,
        "QEMU did not start: killed by signal 6 (Aborted): q: error: no such MSR"},
       {"no sandbox",
        changed(ended(wire::Exit::pass, ""),
                [](Trace& t) {
                  t.started = false;
                  t.exit_status = 1;
                  t.stderr_text = "q: -sandbox on: There is no option group 'sandbox'\n";
                }),
        VerdictKind::harness_error,
        "QEMU did not start: q: -sandbox on: There is no option group 'sandbox' (turn it off: "
        "machine.sandbox: false)"},
       {"status 1", changed(pass, [](Trace& t) { t.exit_status = 1; }), VerdictKind::harness_error,
        "QEMU gave up with status 1: QEMU gave no reason"},
       {"status 2", changed(pass, [](Trace& t) { t.exit_status = 2; }), VerdictKind::harness_error,
        "QEMU ended with status 2, which no guest can cause: QEMU gave no reason"},
       {"SIGTERM from outside", left("host-signal", kPass, false), VerdictKind::harness_error,
        "QEMU was ended from outside (host-signal)"},
       {"unseen", changed(pass, [](Trace& t) { t.exit_status.reset(); }),
        VerdictKind::harness_error, "the end of QEMU was not observed"}});
}

TEST(Classify, PanicIsOneByAnyWitness) {
  const std::string torn = without(kPanic, "[BEGIN]");
  expect({{"line and value", ended(wire::Exit::panic, kPanic), VerdictKind::panic,
           "exception 6 (invalid opcode)"},
          {"in a damaged log", ended(wire::Exit::panic, torn + "[TIMING] In"), VerdictKind::panic,
           "exception 6 (invalid opcode)"},
          {"line, then silence", stopped(StopReason::idle_limit, kPanic), VerdictKind::panic,
           "exception 6 (invalid opcode)"},
          {"stopped at the line", stopped(StopReason::panic_line, kPanic), VerdictKind::panic,
           "exception 6 (invalid opcode)"},
          {"line after a pass", ended(wire::Exit::panic, kPass + "[PANIC] late\n"),
           VerdictKind::panic, "late"},
          {"a line without words", ended(wire::Exit::panic, kPass + "[PANIC] \n"),
           VerdictKind::panic, "a [PANIC] line that says nothing"},
          {"line, then a pass", ended(wire::Exit::pass, kPanic), VerdictKind::panic,
           "exception 6 (invalid opcode)"},
          {"value alone", ended(wire::Exit::panic, kPass), VerdictKind::panic,
           "ended with the panic exit value, without a [PANIC] line"},
          {"pvpanic", left("guest-panic", kPass), VerdictKind::panic,
           "told QEMU that it panicked, without a [PANIC] line"}});
}

TEST(Classify, TripleFaultIsAResetThoughTheStatusIsZero) {
  expect({{"early", left("guest-reset", ""), VerdictKind::reset,
           "the guest reset the machine (a triple fault, or a reset it asked for) before its first "
           "byte"},
          {"later", left("guest-reset", "hello\n"), VerdictKind::reset,
           "the guest reset the machine (a triple fault, or a reset it asked for) after 'hello'"},
          {"after a pass", left("guest-reset", kPass), VerdictKind::reset,
           "the guest reset the machine (a triple fault, or a reset it asked for) after [END] "
           "status=pass"}});
}

TEST(Classify, SilenceIsNoOutputHoweverItEnded) {
  expect({{"wall", stopped(StopReason::wall_limit, ""), VerdictKind::no_output,
           "stopped after 3000 ms without a byte of serial output"},
          {"idle", stopped(StopReason::idle_limit, ""), VerdictKind::no_output,
           "stopped after 3000 ms without a byte of serial output"},
          {"power-off", left("guest-shutdown", ""), VerdictKind::no_output,
           "ended with status 0 without a byte of serial output"},
          {"exit value pass", ended(wire::Exit::pass, ""), VerdictKind::no_output,
           "ended with exit value pass without a byte of serial output"},
          {"unknown value",
           changed(ended(wire::Exit::pass, ""), [](Trace& t) { t.exit_status = 0x33 << 1 | 1; }),
           VerdictKind::no_output, "ended with exit value 0x33 without a byte of serial output"}});
}

TEST(Classify, LimitsAreNamed) {
  expect({{"wall", stopped(StopReason::wall_limit, "tick\ntock\n"), VerdictKind::timeout,
           "limit wall: still running after 3000 ms, after 'tock'"},
          {"idle", stopped(StopReason::idle_limit, "\x1b[2Jtick\n\n"), VerdictKind::idle,
           "fell silent after '\\x1B[2Jtick'"},
          {"wall, on a busy host",
           changed(stopped(StopReason::wall_limit, "tock\n"),
                   [](Trace& t) { t.waited = std::chrono::milliseconds(2500); }),
           VerdictKind::timeout,
           "limit wall: still running after 3000 ms (2500 ms of them without a processor), after "
           "'tock'"},
          {"cpu",
           changed(stopped(StopReason::cpu_limit, "tock\n"),
                   [](Trace& t) {
                     t.use.user = std::chrono::milliseconds(900);
                     t.use.system = std::chrono::milliseconds(101);
                   }),
           VerdictKind::timeout,
           "limit cpu: still running after 1001 ms of processor time, after 'tock'"},
          {"serial", stopped(StopReason::serial_limit, "babble"), VerdictKind::truncated,
           "limit serial: stopped after 6 bytes of serial output"},
          {"serial, much more than is kept",
           changed(stopped(StopReason::serial_limit, "one\nlast\n"),
                   [](Trace& t) {
                     t.left_out = 1000;
                     t.left_out_at = 4;
                   }),
           VerdictKind::truncated,
           "limit serial: stopped after 1009 bytes of serial output; kept the first 4 and the last "
           "5"},
          {"idle after a pass", stopped(StopReason::idle_limit, kPass), VerdictKind::idle,
           "fell silent after [END] status=pass"},
          {"stopped at a line", stopped(StopReason::panic_line, "forbidden\n"), VerdictKind::fail,
           "stopped by the harness after 'forbidden'"}});
}

TEST(Classify, BootSectorGivesItsReason) {
  expect({{"disk", ended(wire::Exit::boot_disk_error, "E1"), VerdictKind::fail,
           "the boot sector stopped: the disk could not be read after all retries"},
          {"signature, silent", ended(wire::Exit::boot_bad_signature, ""), VerdictKind::fail,
           "the boot sector stopped: what was loaded does not carry the image signature"},
          {"A20", ended(wire::Exit::boot_no_a20, ""), VerdictKind::fail,
           "the boot sector stopped: the A20 line could not be opened"},
          {"map", ended(wire::Exit::boot_no_memory_map, ""), VerdictKind::fail,
           "the boot sector stopped: the firmware gave no memory map"},
          {"extensions", ended(wire::Exit::boot_no_extensions, ""), VerdictKind::fail,
           "the boot sector stopped: the firmware has no INT 13h extensions"}});
}

TEST(Classify, GoingAwayWithoutAWordIsExitUnsignalled) {
  expect({{"power-off after a pass", left("guest-shutdown", kPass), VerdictKind::exit_unsignalled,
           "the guest powered the machine off"},
          {"status 0", changed(left("", "x\n"), [](Trace& t) { t.shutdown_reason.reset(); }),
           VerdictKind::exit_unsignalled, "QEMU ended with status 0 (no reason given)"},
          {"unknown value after a pass",
           changed(ended(wire::Exit::pass, kPass), [](Trace& t) { t.exit_status = 0x33 << 1 | 1; }),
           VerdictKind::exit_unsignalled,
           "ended with exit value 0x33, which is none of the protocol's"}});
}

TEST(Classify, OutputWithoutItsEndIsTruncated) {
  expect(
      {{"no [END]", ended(wire::Exit::pass, sample_session().open()), VerdictKind::truncated,
        "ended without [END]; the exit value says pass"},
       {"no protocol", ended(wire::Exit::fail, "SUCCESS\n"), VerdictKind::truncated,
        "ended without [BEGIN] and [END]; the exit value says fail"},
       {"in the middle of a line", ended(wire::Exit::pass, sample_session().open() + "[TIMING] La"),
        VerdictKind::truncated, "ended without [END]; the exit value says pass"},
       {"more than is kept, though it ended well",
        changed(ended(wire::Exit::pass, kPass),
                [](Trace& t) {
                  t.left_out = 7;
                  t.left_out_at = 2;
                }),
        VerdictKind::truncated,
        std::to_string(kPass.size() + 7) +
            " bytes of serial output came, more than are kept: kept the first 2 and the last " +
            std::to_string(kPass.size() - 2) + "; the exit value says pass"},
       {"a line lost", ended(wire::Exit::pass, without(kPass, "[TIMING] Init: 1234 cycles\n")),
        VerdictKind::truncated, "line 14: 13 lines arrived of 14; the exit value says pass"}});
}

TEST(Classify, DamageIsInvalidData) {
  expect(
      {{"torn line", ended(wire::Exit::pass, without(kPass, "4 cycles")), VerdictKind::invalid_data,
        "line 3: expected ' ' (and 1 more)"},
       {"torn line and a line lost",
        ended(wire::Exit::pass,
              without(without(kPass, "4 cycles"), "[METRIC] profiler.overhead: 24 cycles\n")),
        VerdictKind::invalid_data, "line 3: expected ' ' (and 1 more)"},
       {"torn line, no [END]",
        ended(wire::Exit::fail, without(sample_session().open(), "4 cycles")),
        VerdictKind::invalid_data, "line 3: expected ' '"},
       {"min > avg",
        ended(wire::Exit::pass, SampleLog(0, 1)
                                    .line("[PROFILE] f: calls=1 total=5 min=6 avg=5 max=7 cycles")
                                    .close("pass")),
        VerdictKind::invalid_data, "line 2: min > avg"},
       {"a line more than announced",
        ended(wire::Exit::pass, std::string(kPass).insert(kPass.find("[TIMING]"), "extra\n")),
        VerdictKind::invalid_data, "line 16: 15 lines arrived of 14"},
       {"no [BEGIN]", ended(wire::Exit::pass, without(kPass, "[BEGIN]")), VerdictKind::invalid_data,
        "line 3: protocol line before [BEGIN] (and 11 more)"}});
}

TEST(Classify, WitnessesThatDisagreeAreTheVerdict) {
  expect({{"exit value fail, [END] pass", ended(wire::Exit::fail, kPass), VerdictKind::invalid_data,
           "[END] says status=pass, the exit value says fail"},
          {"exit value pass, [END] fail", ended(wire::Exit::pass, kFail), VerdictKind::invalid_data,
           "[END] says status=fail, the exit value says pass"},
          {"exit value skip, [END] pass", ended(wire::Exit::skip, kPass), VerdictKind::invalid_data,
           "[END] says status=pass, the exit value says skip"},
          {"failed test, [END] pass",
           ended(wire::Exit::pass, SampleLog(1, 0).line("[TEST] a: fail").close("pass")),
           VerdictKind::invalid_data, "[TEST] says that a failed, [END] says status=pass"}});
}

TEST(Classify, BareLogIsJudgedByItsClosingLineAlone) {
  const auto bare = [](std::string serial) {
    Trace trace;
    trace.started = true;
    trace.serial = std::move(serial);
    return trace;
  };
  expect({{"pass", bare(kPass), VerdictKind::pass, ""},
          {"fail", bare(kFail), VerdictKind::fail, "the guest reported failure"},
          {"empty", bare(""), VerdictKind::no_output, "the log is empty"},
          {"panic", bare(kPanic), VerdictKind::panic, "exception 6 (invalid opcode)"},
          {"cut", bare(sample_session().open()), VerdictKind::truncated, "ended without [END]"}});
}

TEST(Classify, EventsWithoutABeginAreNotTaken) {
  Events events;
  events.end.emplace();
  EXPECT_EQ(classify(ended(wire::Exit::pass, "x"), events).kind, VerdictKind::truncated);
}

TEST(VerdictTable, NamesLeadBackToTheirKinds) {
  ASSERT_EQ(kVerdictCount, 13u);
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    EXPECT_EQ(verdict_of(verdict_name(static_cast<VerdictKind>(i))), static_cast<VerdictKind>(i));
  }
  EXPECT_EQ(verdict_of("passed"), std::nullopt);
  EXPECT_EQ(verdict_of(""), std::nullopt);
}

TEST(VerdictTable, ExitStatusesAreTheContract) {
  const std::pair<const char*, int> contract[] = {
      {"pass", 0},         {"fail", 1},      {"skip", 0},         {"panic", 1},
      {"reset", 1},        {"timeout", 1},   {"idle", 1},         {"exit_unsignalled", 1},
      {"no_output", 1},    {"truncated", 5}, {"invalid_data", 5}, {"harness_error", 3},
      {"interrupted", 130}};
  EXPECT_EQ(std::size(contract), kVerdictCount);
  for (const auto& [name, status] : contract) {
    EXPECT_EQ(static_cast<int>(exit_status(verdict_of(name).value())), status) << name;
  }
}

// ---- guests that were not written for us ------------------------------------------------------

const Reading kTable = {.allowances = {},
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

void expect_by_table(const std::vector<Case>& cases) {
  for (const Case& test : cases) {
    const Verdict verdict = classify(test.trace, fold(test.trace.serial, {}, kTable), kTable);
    EXPECT_EQ(verdict_name(verdict.kind), verdict_name(test.kind)) << test.what;
    EXPECT_EQ(verdict.reason, test.reason) << test.what;
  }
}

TEST(ClassifyByTable, ListedStatusIsTheVerdict) {
  expect_by_table({{"power-off", foreign(0), VerdictKind::pass, ""},
                   {"a guest's 0 at the debug-exit port", foreign(1), VerdictKind::pass, ""},
                   {"our pass is their fail", foreign(33), VerdictKind::fail,
                    "ended with status 33, which the scenario lists as a fail"},
                   {"skip", foreign(77), VerdictKind::skip,
                    "ended with status 77, which the scenario lists as a skip"},
                   {"panic", foreign(99), VerdictKind::panic,
                    "ended with status 99, which the scenario lists as a panic"},
                   {"not listed", foreign(35), VerdictKind::exit_unsignalled,
                    "ended with status 35, which the scenario's exit table does not list"}});
}

TEST(ClassifyByTable, OtherWitnessesAreHeardFirst) {
  const Trace reset = changed(foreign(0), [](Trace& t) { t.shutdown_reason = "guest-reset"; });
  const Trace failed_start = changed(
      foreign(1), [](Trace& t) { t.stderr_text = "qemu-system-i386: cannot read the disk\n"; });
  expect_by_table(
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
        "limit wall: still running after 3000 ms, after 'hello'"}});
}

TEST(ClassifyByTable, SilenceIsOnlyBrokenByAStatusThatCannotComeByAccident) {
  expect_by_table({{"silent power-off", foreign(0, ""), VerdictKind::no_output,
                    "ended with status 0 without a byte of serial output"},
                   {"silent fail", foreign(33, ""), VerdictKind::fail,
                    "ended with status 33, which the scenario lists as a fail"}});
}

TEST(ClassifyByTable, AnArmGuestMayEndWithAnyStatus) {
  Trace trace = foreign(36);
  trace.command = {"/usr/bin/qemu-system-aarch64"};
  const Verdict verdict = classify(trace, fold(trace.serial, {}, kTable), kTable);
  EXPECT_EQ(verdict.kind, VerdictKind::exit_unsignalled) << verdict.reason;
}

TEST(ClassifyByTable, LinesOfTheProtocolCountWithoutASession) {
  const Trace trace =
      foreign(0, "[BENCH] 10 calls: 80 cycles (8 cycles/call)\n[TEST] broken\n[TEST] a: fail\n");
  const Events events = fold(trace.serial, {}, kTable);
  EXPECT_EQ(events.benches.size(), 1u);
  EXPECT_TRUE(events.damage.empty());
  const Verdict verdict = classify(trace, events, kTable);
  EXPECT_EQ(verdict.kind, VerdictKind::fail);
  EXPECT_EQ(verdict.reason, "failed tests: a");
}

TEST(ClassifyByTable, AGuestThatOpensASessionMustCloseIt) {
  const std::string torn = sample_session().open();
  expect_by_table({{"torn", foreign(0, torn), VerdictKind::truncated,
                    "ended without [END]; the exit value says pass"},
                   {"whole", foreign(0, kPass), VerdictKind::pass, ""},
                   {"disagrees", foreign(33, kPass), VerdictKind::invalid_data,
                    "[END] says status=pass, the exit value says fail"}});
}

// ---- formats and steps ------------------------------------------------------------------------

Verdict read_as(const Reading& reading, Trace trace) {
  return classify(trace, fold(trace.serial, {}, reading), reading);
}
Reading reading_formats(std::vector<std::string> formats) {
  Reading reading;
  reading.formats = std::move(formats);
  return reading;
}
std::string in_words(const Verdict& verdict) {
  return std::string(verdict_name(verdict.kind)) +
         (verdict.reason.empty() ? "" : ": " + verdict.reason);
}

TEST(ClassifyFormats, ResultsDecideHoweverTheGuestEnds) {
  const Reading ktap = reading_formats({"ktap"});
  const auto ended_with = [&](int status, const char* log) {
    return in_words(read_as(ktap, foreign(status, log)));
  };
  EXPECT_EQ(ended_with(0, "KTAP version 1\n1..1\nok 1 a\n"), "pass");
  EXPECT_EQ(ended_with(35, "KTAP version 1\n1..1\nok 1 a\n"), "pass");
  EXPECT_EQ(ended_with(0, "KTAP version 1\n1..2\nok 1 a\nnot ok 2 b\n"), "fail: failed tests: b");
  EXPECT_EQ(ended_with(0, "1..0 # SKIP no device\n"), "skip: ktap: the tests were skipped");
  EXPECT_EQ(ended_with(0, "1..2\nok 1 a\n"), "truncated: ktap: 1 results came, 2 were announced");
  EXPECT_EQ(ended_with(0, "hello\n"), "truncated: no results came (ktap)");
  EXPECT_EQ(ended_with(0, "Bail out! no memory\n"), "fail: ktap: bailed out: no memory");
}

TEST(ClassifyFormats, AFailingStatusIsNotHiddenByGoodResults) {
  Reading reading = reading_formats({"kvm-unit-tests"});
  reading.exits = {{1, ExitMeaning::pass}, {3, ExitMeaning::fail}};
  EXPECT_EQ(in_words(read_as(reading, foreign(1, "PASS: a\nSUMMARY: 1 tests\n"))), "pass");
  EXPECT_EQ(in_words(read_as(reading, foreign(3, "PASS: a\nSUMMARY: 1 tests\n"))),
            "fail: ended with status 3, which the scenario lists as a fail");
  // The suite says by the status how a test went; not all of them print results.
  EXPECT_EQ(in_words(read_as(reading, foreign(1, "cpuid 1234\n"))), "pass");
  EXPECT_EQ(in_words(read_as(reading, foreign(1, "PASS: a\n"))),
            "truncated: kvm-unit-tests: no SUMMARY: it cannot be told whether results are missing");
  reading.exits.clear();
  EXPECT_EQ(in_words(read_as(reading, foreign(33, "cpuid 1234\n"))),
            "truncated: no results came (kvm-unit-tests)");
}

TEST(ClassifyFormats, OneOfSeveralIsEnough) {
  EXPECT_EQ(
      in_words(read_as(reading_formats({"ktap", "googletest"}), foreign(0, "1..1\nok 1 a\n"))),
      "pass");
}

TEST(ClassifySteps, StopIsAPassAndATestThatFailedIsNot) {
  Reading reading;
  reading.steps = {{.wait = "ready", .within = {}, .send = {}, .stop = false},
                   {.wait = {}, .within = {}, .send = {}, .stop = true}};
  Trace satisfied = stopped(StopReason::satisfied, "ready\n");
  satisfied.steps_done = 2;
  EXPECT_EQ(in_words(read_as(reading, satisfied)), "pass");
  reading.formats = {"tap"};
  satisfied.serial = "1..1\nnot ok 1 a\nready\n";
  EXPECT_EQ(in_words(read_as(reading, satisfied)), "fail: failed tests: a");
}

TEST(ClassifySteps, AStepThatWasNotDoneIsNamed) {
  Reading reading;
  reading.steps = {{.wait = "=> ", .within = {}, .send = {}, .stop = false}};
  reading.exits = {{0, ExitMeaning::pass}};
  EXPECT_EQ(in_words(read_as(reading, foreign(0, "hello\n"))),
            "fail: it ended before step 1 ('=> ') came");
  reading.exits.clear();
  EXPECT_EQ(in_words(read_as(reading, ended(wire::Exit::pass, kPass))),
            "fail: it ended before step 1 ('=> ') came");
  EXPECT_EQ(in_words(read_as(reading, ended(wire::Exit::pass, "hello\n"))),
            "truncated: ended without [BEGIN] and [END]; the exit value says pass");
  EXPECT_EQ(in_words(read_as(reading, stopped(StopReason::step_limit, "hello\n"))),
            "timeout: step 1 ('=> ') did not come in time, after 'hello'");
}

}  // namespace
}  // namespace harness
