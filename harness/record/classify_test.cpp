#include "record/classify.h"
#include "record/classify_cases.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

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
       {"could not go on",
        changed(left("host-error", kPass, false),
                [](Trace& t) { t.stderr_text = "the guest was stopped: its state is io-error\n"; }),
        VerdictKind::harness_error,
        "QEMU could not go on: the guest was stopped: its state is io-error"},
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
           VerdictKind::panic, "an empty [PANIC] line"},
          {"line, then a pass", ended(wire::Exit::pass, kPanic), VerdictKind::panic,
           "exception 6 (invalid opcode)"},
          {"value alone", ended(wire::Exit::panic, kPass), VerdictKind::panic,
           "ended with the panic exit value, without a [PANIC] line"},
          {"pvpanic", left("guest-panic", kPass), VerdictKind::panic,
           "reported a panic to QEMU, without a [PANIC] line"}});
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
        VerdictKind::invalid_data, "line 2: min 6, avg 5, max 7 are not in rising order"},
       {"a line more than announced",
        ended(wire::Exit::pass, std::string(kPass).insert(kPass.find("[TIMING]"), "extra\n")),
        VerdictKind::invalid_data, "line 16: 15 lines arrived of 14"},
       {"no [BEGIN]", ended(wire::Exit::pass, without(kPass, "[BEGIN]")), VerdictKind::invalid_data,
        "line 3: protocol line before [BEGIN] (and 11 more)"}});
}

TEST(Classify, SignalsThatDisagreeAreTheVerdict) {
  expect({{"exit value fail, [END] pass", ended(wire::Exit::fail, kPass), VerdictKind::invalid_data,
           "[END] says status=pass, the exit value says fail"},
          {"exit value pass, [END] fail", ended(wire::Exit::pass, kFail), VerdictKind::invalid_data,
           "[END] says status=fail, the exit value says pass"},
          {"exit value skip, [END] pass", ended(wire::Exit::skip, kPass), VerdictKind::invalid_data,
           "[END] says status=pass, the exit value says skip"},
          {"failed test, [END] pass",
           ended(wire::Exit::pass, SampleLog(1, 0).line("[TEST] a: fail").close("pass")),
           VerdictKind::fail, "failed tests: a ([END] says status=pass)"},
          {"failed test, [END] skip",
           ended(wire::Exit::skip, SampleLog(1, 0).line("[TEST] a: fail").close("skip")),
           VerdictKind::fail, "failed tests: a ([END] says status=skip)"}});
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

}  // namespace
}  // namespace harness
