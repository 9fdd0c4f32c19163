// Real boots whose writes to a disk are recorded, each in its place among what the guest says.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "base/folder_testing.h"
#include "machine/boot_testing.h"

namespace harness {
namespace {

struct DiskRecording : testing::Test {
  TestFolder folder;
  Job job = pc_boot_of("disk_writes");

  DiskRecording() {
    job.disk = folder.path / "image.img";
    job.written_disk = folder.path / "copy.img";
    for (const auto& file : {job.disk, job.written_disk}) {
      std::ofstream(file, std::ios::binary) << std::string(1 << 20, '.');
    }
    job.record_disk = true;
  }
};

TEST_F(DiskRecording, WritesAndFlushesComeInOrderWithWhatWasSaidBefore) {
  const Trace trace = run(job);
  ASSERT_EQ(trace.serial, "before\nbetween\nflushed\nafter\n") << trace.stderr_text;
  EXPECT_EQ(trace.exit_status, kPassStatus);
  const DiskLog& log = trace.disk_log;
  EXPECT_EQ(log.disk_bytes, 1u << 20);
  EXPECT_FALSE(log.overflowed);
  using Kind = DiskEvent::Kind;
  const std::string sector(512, 'w');
  const std::vector<DiskEvent> expected = {
      {.kind = Kind::write, .offset = 5 * 512, .bytes = sector, .said = 7},
      {.kind = Kind::flush, .offset = 0, .bytes = "", .said = 15},
      {.kind = Kind::write, .offset = 6 * 512, .bytes = sector, .said = 23}};
  EXPECT_EQ(log.events, expected);
  EXPECT_EQ(read_file(job.disk), std::string(1 << 20, '.'));
  EXPECT_EQ(read_file(job.written_disk).substr(5 * 512, 1024), sector + sector);
}

TEST_F(DiskRecording, TheOrderIsTheSameInEachBoot) {
  const Trace first = run(job);
  for (int boot = 0; boot < 5; ++boot) {
    std::filesystem::copy_file(job.disk, job.written_disk,
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(run(job).disk_log.events, first.disk_log.events);
  }
}

TEST_F(DiskRecording, ADiskThatIsOnlyWrittenToIsNotRecorded) {
  job.record_disk = false;
  const Trace trace = run(job);
  EXPECT_EQ(trace.exit_status, kPassStatus) << trace.stderr_text;
  EXPECT_TRUE(trace.disk_log.events.empty());
  EXPECT_EQ(read_file(job.written_disk).substr(5 * 512, 512), std::string(512, 'w'));
}

TEST_F(DiskRecording, TheBareCommandHasTheImageAndAnOverlay) {
  const std::vector<std::string> bare = qemu_command(job, CommandStyle::bare);
  const std::string drive = "file=" + job.disk.string() + ",format=raw,snapshot=on,if=ide";
  EXPECT_NE(std::ranges::find(bare, drive), bare.end());
}

TEST_F(DiskRecording, ADiskThatCannotBeOpenedIsAnError) {
  job.written_disk = folder.path / "none.img";
  QemuMachine machine;
  EXPECT_THROW(machine.run(job, {}), std::runtime_error);
}

}  // namespace
}  // namespace harness
