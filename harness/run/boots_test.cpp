// All boots of a run, on a machine that answers from a list of traces.
#include "run/boots.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/folder_testing.h"
#include "run/measured_boot.h"
#include "run/progress.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

/// Hands out the traces in order, each as serial output that arrives in pieces of 16 bytes until
/// the sink says stop.
struct FakeMachine final : Machine {
  std::vector<Trace> traces;
  std::vector<Job> jobs;  // as they came

  Trace run(const Job& job, const SerialSink& sink) override {
    Trace trace = traces.at(jobs.size());
    jobs.push_back(job);
    for (std::size_t at = 0; at < trace.serial.size(); at += 16) {
      const std::string piece = trace.serial.substr(at, 16);
      if (sink && !sink(piece, std::chrono::milliseconds(1))) {
        trace.serial.resize(at + piece.size());
        trace.stop = StopReason::panic_line;
        break;
      }
    }
    return trace;
  }
};

Trace passing() {
  Trace trace;
  trace.serial = sample_session().close("pass");
  trace.exit_status = wire::process_status(wire::Exit::pass);
  trace.started = true;
  trace.qemu_version = "7.2.22";
  return trace;
}

Scenario scenario_of(std::uint64_t boots) {
  Scenario scenario;
  scenario.name = "fake";
  scenario.file = "fake.yaml";
  scenario.boots = boots;
  return scenario;
}

struct FakeRun {
  TestFolder folder;
  FakeMachine machine;
  Progress progress{ProgressStyle::none};

  RunRecord of(const Scenario& scenario) {
    return boot_all(machine, scenario, Image{},
                    ImageFacts{.sha256 = "ab", .compiler = {}, .sizes = {}},
                    folder.path / "reports", {}, progress);
  }
};

TEST(BootAll, BootsAsOftenAsTheScenarioSays) {
  FakeRun run;
  run.machine.traces = {passing(), passing(), passing()};
  const RunRecord record = run.of(scenario_of(3));
  ASSERT_EQ(record.boots.size(), 3u);
  EXPECT_EQ(record.boots[2].index, 3u);
  EXPECT_EQ(record.boots[2].ending.kind, VerdictKind::pass);
  EXPECT_EQ(record.fingerprint.qemu_version, "7.2.22");
  EXPECT_EQ(record.fingerprint.image_sha256, "ab");
}

TEST(BootAll, TakesTheScreenshotInTheFirstBootOnly) {
  FakeRun run;
  run.machine.traces = {passing(), passing()};
  run.of(scenario_of(2));
  EXPECT_TRUE(run.machine.jobs[0].screenshot);
  EXPECT_FALSE(run.machine.jobs[1].screenshot);
  EXPECT_TRUE(run.machine.jobs[1].capture_screen);
}

TEST(BootAll, DoesNotRepeatABootThatWasCutOff) {
  FakeRun run;
  Trace hung = passing();
  hung.serial = "still here\n";
  hung.exit_status.reset();
  hung.exit_signal = 9;
  hung.stop = StopReason::idle_limit;
  run.machine.traces = {hung};
  const RunRecord record = run.of(scenario_of(5));
  ASSERT_EQ(record.boots.size(), 1u);
  EXPECT_EQ(record.boots[0].ending.kind, VerdictKind::idle);
}

TEST(BootAll, DoesNotRepeatABootThatQemuCouldNotBegin) {
  FakeRun run;
  Trace refused;
  refused.exit_status = 1;
  refused.stderr_text = "qemu: unsupported machine type\n";
  run.machine.traces = {refused};
  const RunRecord record = run.of(scenario_of(2));
  ASSERT_EQ(record.boots.size(), 1u);
  EXPECT_EQ(record.boots[0].ending.kind, VerdictKind::harness_error);
}

TEST(BootAll, LeavesNoFolderWhereItWroteNothing) {
  FakeRun run;
  run.machine.traces = {passing()};
  run.of(scenario_of(1));
  EXPECT_FALSE(std::filesystem::exists(run.folder.path / "reports"));
}

TEST(BootOnce, EndsAtAPanicLine) {
  FakeRun run;
  Trace trace = passing();
  trace.serial = SampleLog(0, 0).line("[PANIC] exception 14").close("fail") + std::string(400, 'x');
  const std::size_t all = trace.serial.size();
  run.machine.traces = {trace};
  const BootRecord boot = boot_once(run.machine, Job{}, 1, scenario_of(1), false, run.progress);
  EXPECT_EQ(boot.ending.kind, VerdictKind::panic);
  EXPECT_LT(boot.trace.serial.size(), all);
}

TEST(BootOnce, EndsAtAForbiddenLine) {
  FakeRun run;
  Trace trace = passing();
  trace.serial = "ready\nERR: bad sector\n" + std::string(400, 'x');
  const std::size_t all = trace.serial.size();
  run.machine.traces = {trace};
  Scenario scenario = scenario_of(1);
  scenario.checks.push_back({"forbid", {{"text", std::string("ERR:")}}, {}});
  const BootRecord boot = boot_once(run.machine, Job{}, 1, scenario, false, run.progress);
  EXPECT_LT(boot.trace.serial.size(), all);
}

TEST(MeasuredBoot, RefusesAGuestThatDidNotPass) {
  FakeRun run;
  Trace trace = passing();
  trace.exit_status = wire::process_status(wire::Exit::fail);
  trace.serial = sample_session().close("fail");
  run.machine.traces = {trace};
  try {
    measured_boot(run.machine, scenario_of(1), Image{}, 1, "the image");
    FAIL() << "a failed boot has no times";
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::invalid_data);
    EXPECT_NE(std::string(error.what()).find("the image"), std::string::npos);
  }
}

TEST(MeasuredBoot, ReadsNoScreen) {
  FakeRun run;
  run.machine.traces = {passing()};
  measured_boot(run.machine, scenario_of(1), Image{}, 1, "the image");
  EXPECT_FALSE(run.machine.jobs[0].capture_screen);
  EXPECT_FALSE(run.machine.jobs[0].screenshot);
}

}  // namespace
}  // namespace harness
