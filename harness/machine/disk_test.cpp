// Real boots from a disk: the image stays as it was, and the overlay goes away.
#include <signal.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/folder_testing.h"
#include "machine/boot_testing.h"
#include "machine/machine.h"
#include "process/scratch_folder.h"

namespace harness {
namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

TEST(Disk, ImageIsUntouchedByAGuestThatWritesToIt) {
  const TestFolder folder;
  Job job;
  job.disk = folder.path / "comma, quote' image.img";
  std::filesystem::copy_file(std::string(TEST_GUESTS) + "/write_disk.bin", job.disk);
  const std::string bytes_before = content_of(job.disk);
  const auto time_before = std::filesystem::last_write_time(job.disk);

  const Trace trace = run(job);
  EXPECT_EQ(trace.serial, "written\n") << trace.stderr_text;
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_TRUE(content_of(job.disk) == bytes_before);
  EXPECT_EQ(std::filesystem::last_write_time(job.disk), time_before);
}

TEST(Disk, OverlayIsMadeInTmpdirAndNothingIsLeftThere) {
  const TestFolder folder;
  setenv("TMPDIR", folder.path.c_str(), 1);
  Job job;
  job.disk = std::string(TEST_GUESTS) + "/write_disk.bin";
  std::size_t folders_seen = 0;
  const Trace trace = run(job, [&](std::string_view, auto) {
    const std::filesystem::directory_iterator entries(folder.path);
    folders_seen = static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
    return true;
  });
  unsetenv("TMPDIR");
  EXPECT_EQ(trace.serial, "written\n") << trace.stderr_text;
  EXPECT_EQ(folders_seen, 1u);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path));
}

TEST(Disk, AKernelReadsAndWritesTheDisksBesideItAndTheFilesStayAsTheyWere) {
  const TestFolder folder;
  Job job = pc_boot_of("data_disks");
  const auto disk = [&](const std::string& name, const std::string& text) {
    const std::filesystem::path file = folder.path / name;
    std::ofstream(file, std::ios::binary) << text << std::string((1 << 20) - text.size(), '\0');
    return file;
  };
  job.disk = disk("first.img", "one");
  job.further_disks = {disk("the second, with data.img", "two")};
  const Trace trace = run(job);
  EXPECT_EQ(trace.serial, "one\ntwo\nwritten\n") << trace.stderr_text;
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_EQ(content_of(job.disk).substr(0, 3), "one");
}

TEST(ScratchFolder, LeftByAKilledHarnessIsRemovedByTheNextOne) {
  const TestFolder folder;
  setenv("TMPDIR", folder.path.c_str(), 1);
  const pid_t child = fork();
  if (child == 0) {
    const ScratchFolder scratch(0);
    std::ofstream(scratch.path() / "vl.overlay") << "half";
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  const auto entries = [&] {
    const std::filesystem::directory_iterator all(folder.path);
    return std::distance(begin(all), end(all));
  };
  EXPECT_EQ(entries(), 1);
  std::filesystem::create_directory(folder.path / "uniharness-other");  // somebody else's
  {
    const ScratchFolder next(0);
    EXPECT_EQ(entries(), 2);
    // And one that lives is not touched.
    const ScratchFolder beside(0);
    EXPECT_TRUE(std::filesystem::exists(next.path()));
    EXPECT_EQ(entries(), 3);
  }
  unsetenv("TMPDIR");
  EXPECT_EQ(entries(), 1);
}

TEST(Disk, FolderThatCannotBeWrittenIsAnErrorThatNamesTheWayOut) {
  setenv("TMPDIR", "/no/such/folder", 1);
  Job job;
  job.disk = std::string(TEST_GUESTS) + "/write_disk.bin";
  QemuMachine machine;
  try {
    machine.run(job, {});
    ADD_FAILURE() << "it ran";
  } catch (const Error& error) {
    EXPECT_EQ(error.hint, "set TMPDIR to a folder that can be written");
  }
  unsetenv("TMPDIR");
}

}  // namespace
}  // namespace harness
