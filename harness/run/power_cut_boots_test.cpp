// Power cuts in the writes of a guest that is simulated: its disk is read and judged in the place
// of a boot.
#include "run/power_cut_boots.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <set>
#include <string>

#include "base/files.h"
#include "base/folder_testing.h"
#include "power_cuts/history_testing.h"
#include "run/boots.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// A guest with a value in sector 1 and its copy in sector 2. Recorded, it writes the value 1 as
/// `log` says, and promises it at the end. After a cut it finds the value, and fails where the
/// two differ.
struct CopyingMachine final : Machine {
  DiskLog log;
  std::string promise_after = "promised 1\n";
  std::atomic<int> boots = 0;
  std::set<std::string> disks;  // as they were booted; one thread only

  Trace run(const Job& job, const SerialSink& sink) override {
    Trace trace;
    trace.exit_status = wire::process_status(wire::Exit::pass);
    trace.started = true;
    std::string said;
    bool good = true;
    if (!job.written_disk.empty() || job.record_disk) {
      if (job.record_disk) trace.disk_log = log;
      said = promise_after;
      for (DiskEvent& event : trace.disk_log.events) event.said = 0;
    } else {
      ++boots;
      const std::string disk = read_file(job.disk);
      disks.insert(disk);
      const std::string value = disk.substr(512, 512), copy = disk.substr(1024, 512);
      good = value == copy;
      said = value[0] == '.' ? "found 0\n" : "found 1\n";
    }
    trace.serial = said + sample_session().close(good ? "pass" : "fail");
    if (!good) trace.exit_status = wire::process_status(wire::Exit::fail);
    if (sink) sink(trace.serial, {});
    return trace;
  }
};

struct PowerCutBoots : testing::Test {
  TestFolder folder;
  Scenario scenario;
  Image image;
  CopyingMachine machine;
  Progress progress{ProgressStyle::none};

  PowerCutBoots() {
    image.disk = folder.path / "image.img";
    std::ofstream(image.disk, std::ios::binary) << std::string(4096, '.');
    scenario.name = scenario.file = "fake";
    scenario.boots = 1;
    scenario.power_cuts.emplace();
  }
  PowerCuts cuts_of(std::string_view log, const BootAllOptions& options = {}) {
    machine.log = log_of(log);
    const RunRecord record =
        boot_all(machine, scenario, image, {}, folder.path / "reports", options, progress);
    EXPECT_EQ(record.power_cuts.size(), 1u);
    return record.power_cuts.at(0);
  }
  std::string kept(const std::string& name) { return read_file(folder.path / "reports" / name); }
};

TEST_F(PowerCutBoots, EachDiskIsBootedOnceAndTheImageStays) {
  // Nothing that this guest does can be found wrong: sector 3 is not looked at.
  const PowerCuts cuts = cuts_of("3a 3b | 3a |");
  EXPECT_EQ(cuts.fault, "");
  EXPECT_EQ(cuts.failed, 0u);
  EXPECT_EQ(cuts.tried, cuts.possible);
  EXPECT_EQ(cuts.writes, 3u);
  EXPECT_EQ(cuts.flushes, 2u);
  EXPECT_EQ(cuts.disks, machine.disks.size());
  EXPECT_EQ(static_cast<int>(cuts.disks), machine.boots.load());
  EXPECT_LT(cuts.disks, cuts.tried) << "some states have the same disk";
  EXPECT_EQ(read_file(image.disk), std::string(4096, '.'));
  EXPECT_EQ(cuts.lost, 3u);
  EXPECT_EQ(cuts.torn, 3u);
}

TEST_F(PowerCutBoots, WhatACutBreaksIsFoundNamedAndKept) {
  const PowerCuts cuts = cuts_of("1a | 2a |");
  EXPECT_GT(cuts.failed, 0u);
  ASSERT_FALSE(cuts.failures.empty());
  const CutFailure& first = cuts.failures.front();
  EXPECT_EQ(first.event, 1u) << "the shortest log: value written, copy not";
  EXPECT_EQ(first.verdict.kind, VerdictKind::fail);
  EXPECT_EQ(first.image, "power-cut-1-1.img");
  EXPECT_NE(first.command.find("power-cut-1-1.img"), std::string::npos);
  EXPECT_EQ(kept(first.image).substr(512, 1024), std::string(512, 'a') + std::string(512, '.'));
  EXPECT_TRUE(kept("power-cut-1-1.log").starts_with("found 1\n"));
  EXPECT_NE(first.said.find("[END] "), std::string::npos) << first.said;
  EXPECT_EQ(cuts.points.at(1).what, "write of 1 sector at 1");
  EXPECT_GT(cuts.points.at(1).failed, 0u);
  EXPECT_EQ(cuts.points.at(4).failed, 0u);
}

TEST_F(PowerCutBoots, AFailureThatDoesNotComeAgainIsSaidToBeThat) {
  struct Once final : Machine {
    CopyingMachine& machine;
    std::atomic<int> cut_boots = 0;
    explicit Once(CopyingMachine& first) : machine(first) {}
    Trace run(const Job& job, const SerialSink& sink) override {
      if (job.record_disk) return machine.run(job, sink);
      Trace trace;
      trace.exit_status = wire::process_status(wire::Exit::pass);
      trace.started = true;
      // The second boot after a cut dies, and never again.
      trace.serial = ++cut_boots == 2 ? "[PANIC] no timer\n" : sample_session().close("pass");
      if (sink) sink(trace.serial, {});
      return trace;
    }
  } once(machine);
  machine.log = log_of("3a 4b |");
  const RunRecord record =
      boot_all(once, scenario, image, {}, folder.path / "reports", {}, progress);
  const PowerCuts& cuts = record.power_cuts.at(0);
  EXPECT_NE(cuts.failed, 0u) << "once is enough";
  // Which disk that is depends on who boots first; it may be that of several events.
  ASSERT_FALSE(cuts.failures.empty());
  for (const CutFailure& failure : cuts.failures) {
    EXPECT_NE(failure.verdict.kind, VerdictKind::pass);
    EXPECT_NE(failure.verdict.reason.find("no timer"), std::string::npos) << failure.verdict.reason;
    EXPECT_TRUE(failure.verdict.reason.ends_with("not the disk alone"));
  }
}

TEST_F(PowerCutBoots, WhatTheDiskWritesAsAWholeIsNotTaken) {
  // Value and copy are in one request, and in one piece of 4 KB.
  EXPECT_GT(cuts_of("1aa |").failed, 0u);
  scenario.power_cuts->atomic = 4096;
  const PowerCuts cuts = cuts_of("1aa |");
  EXPECT_EQ(cuts.failed, 0u);
  EXPECT_EQ(cuts.atomic, 4096u);
  EXPECT_EQ(cuts.tried, 4u) << "before, lost, there, flushed";
  EXPECT_EQ(cuts.disks, 2u);
  EXPECT_EQ(cuts.torn, 0u);
}

TEST_F(PowerCutBoots, APromiseThatIsNotKeptIsAFailure) {
  scenario.power_cuts->said = "promised (?P<value>\\d+)";
  scenario.power_cuts->found = "found (?P<value>\\d+)";
  // Here what was promised at the end had not been flushed.
  const PowerCuts cuts = cuts_of("3a");
  ASSERT_GT(cuts.failed, 0u);
  EXPECT_EQ(cuts.failures.front().verdict.reason, "1 was promised, and 0 found");
}

TEST_F(PowerCutBoots, SeveralAtATimeComeToTheSame) {
  const PowerCuts one = cuts_of("3a 3b 3c 3d 3e 3f |");
  const int boots = machine.boots.exchange(0);
  struct Counting final : Machine {
    CopyingMachine& machine;
    explicit Counting(CopyingMachine& counted) : machine(counted) {}
    Trace run(const Job& job, const SerialSink& sink) override {
      if (job.record_disk) return machine.run(job, sink);
      ++machine.boots;
      Trace trace;
      trace.exit_status = wire::process_status(wire::Exit::pass);
      trace.started = true;
      trace.serial = sample_session().close("pass");
      if (sink) sink(trace.serial, {});
      return trace;
    }
  } counting(machine);
  const RunRecord record =
      boot_all(counting, scenario, image, {}, folder.path / "reports", {.cut_jobs = 4}, progress);
  EXPECT_EQ(machine.boots.load(), boots);
  EXPECT_EQ(record.power_cuts.at(0).tried, one.tried);
  EXPECT_EQ(record.power_cuts.at(0).disks, one.disks);
}

TEST_F(PowerCutBoots, NothingWrittenOrABadBootIsNoPass) {
  EXPECT_NE(cuts_of("|").fault, "");
  machine.promise_after = "[PANIC] no disk\n";
  EXPECT_NE(cuts_of("1a").fault, "");
}

TEST_F(PowerCutBoots, WhatAnEarlierBootPromisedOnADiskThatPersistsHoldsToo) {
  scenario.power_cuts->said = "promised (?P<value>\\d+)";
  scenario.power_cuts->found = "found (?P<value>\\d+)";
  scenario.image.persist = true;
  scenario.boots = 2;
  scenario.power_cuts->boots = {2};
  const PowerCuts cuts = cuts_of("3a |");  // sectors 1 and 2 never become what was promised
  EXPECT_EQ(cuts.failed, cuts.tried);
  EXPECT_EQ(cuts.points.at(0).promised, 1u);
}

TEST_F(PowerCutBoots, ABootThatWasNotMadeIsToldOf) {
  scenario.power_cuts->boots = {2};
  EXPECT_NE(cuts_of("3a").fault, "");
}

TEST_F(PowerCutBoots, WhatAnEarlierRunKeptGoesAway) {
  cuts_of("1a | 2a |");
  ASSERT_TRUE(fs::exists(folder.path / "reports/power-cut-1-1.img"));
  cuts_of("3a |");
  EXPECT_FALSE(fs::exists(folder.path / "reports/power-cut-1-1.img"));
  EXPECT_FALSE(fs::exists(folder.path / "reports/power-cut-1-1.log"));
}

}  // namespace
}  // namespace harness
