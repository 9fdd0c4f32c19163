#include "run/working_disk.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/files.h"
#include "base/folder_testing.h"
#include "machine/machine.h"
#include "run/boots.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

TEST(WorkingDisk, IsACopyThatGoesAwayAndMayBeKept) {
  const TestFolder folder;
  const fs::path image = folder.path / "image.img";
  std::ofstream(image) << "before";
  fs::path file;
  {
    const WorkingDisk disk(image);
    file = disk.file();
    std::ofstream(file) << "after!";
    disk.keep_as(folder.path / "reports/kept.img");
  }
  EXPECT_FALSE(fs::exists(file));
  EXPECT_EQ(read_file(image), "before");
  EXPECT_EQ(read_file(folder.path / "reports/kept.img"), "after!");
}

/// Adds a byte to the disk in each boot, and says how many were there.
struct CountingMachine final : Machine {
  Trace run(const Job& job, const SerialSink& sink) override {
    const std::string before = job.written_disk.empty() ? "none" : read_file(job.written_disk);
    if (!job.written_disk.empty()) std::ofstream(job.written_disk, std::ios::app) << "+";
    Trace trace;
    trace.serial = "disk: " + before + "\n" + sample_session().close("pass");
    trace.exit_status = wire::process_status(wire::Exit::pass);
    trace.started = true;
    if (sink) sink(trace.serial, {});
    return trace;
  }
};

struct PersistingRun : testing::Test {
  TestFolder folder;
  Scenario scenario;
  Image image;
  CountingMachine machine;
  Progress progress{ProgressStyle::none};

  PersistingRun() {
    image.disk = folder.path / "image.img";
    std::ofstream(image.disk) << "image";
    scenario.name = scenario.file = "fake";
    scenario.boots = 3;
    scenario.image.persist = true;
  }
  RunRecord run(const BootAllOptions& options = {}) {
    return boot_all(machine, scenario, image, {}, folder.path / "reports", options, progress);
  }
};

TEST_F(PersistingRun, ABootFindsWhatTheOneBeforeWroteAndTheImageStays) {
  const RunRecord record = run();
  ASSERT_EQ(record.boots.size(), 3u);
  EXPECT_TRUE(record.boots[0].trace.serial.starts_with("disk: image\n"));
  EXPECT_TRUE(record.boots[1].trace.serial.starts_with("disk: image+\n"));
  EXPECT_TRUE(record.boots[2].trace.serial.starts_with("disk: image++\n"));
  EXPECT_EQ(read_file(image.disk), "image");
  EXPECT_TRUE(record.disk_persists);
  EXPECT_EQ(record.boots[0].trace.disk_sha256.size(), 64u);
  EXPECT_NE(record.boots[0].trace.disk_sha256, record.boots[1].trace.disk_sha256);
  EXPECT_FALSE(fs::exists(folder.path / "reports" / kKeptDisk));
}

TEST_F(PersistingRun, TheNextRunBeginsWithTheImage) {
  run();
  EXPECT_TRUE(run().boots[0].trace.serial.starts_with("disk: image\n"));
}

TEST_F(PersistingRun, TheLastDiskIsKeptWhereThatIsAsked) {
  run({.keep_disk = true});
  EXPECT_EQ(read_file(folder.path / "reports" / kKeptDisk), "image+++");
}

TEST_F(PersistingRun, WithoutItThereIsNoSuchDisk) {
  scenario.image.persist = false;
  const RunRecord record = run();
  EXPECT_TRUE(record.boots[1].trace.serial.starts_with("disk: none\n"));
  EXPECT_FALSE(record.disk_persists);
  EXPECT_EQ(record.boots[1].trace.disk_sha256, "");
}

}  // namespace
}  // namespace harness
