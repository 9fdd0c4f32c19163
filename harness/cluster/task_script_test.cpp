#include "cluster/task_script.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "base/folder_testing.h"
#include "process/command.h"

namespace harness {
namespace {

TEST(TaskScript, RunsThePartOfItsTask) {
  const TestFolder folder;
  const std::filesystem::path strange = folder.path / "it's $HOME \"x\"";
  std::filesystem::create_directories(strange);
  std::ofstream(strange / "parts") << "3/40\n7/40\n9/40\n";
  std::ofstream(strange / "task.sh") << render_task_script(
      cluster_driver("slurm"),
      {.program = {"printf", "<%s>", "a b", "$x"}, .parts = strange / "parts", .folder = strange});
  const auto run = [&](const std::string& environment, const std::string& offset) {
    return run_command({"env", environment, "sh", (strange / "task.sh").string(), offset}, "/");
  };
  const CommandResult second = run("SLURM_ARRAY_TASK_ID=2", "0");
  EXPECT_EQ(second.exit_status, 0);
  EXPECT_EQ(second.output_tail, "");
  EXPECT_EQ(
      read_file(strange / "part-7.log"),
      "<a b><$x><--part><7/40><--resume><" + part_folder(strange, 7).string() + "><--jobs><1><-q>");
  EXPECT_EQ(run("SLURM_ARRAY_TASK_ID=1", "2").exit_status, 0);
  EXPECT_NE(read_file(strange / "part-9.log").find("<9/40>"), std::string::npos);
  EXPECT_EQ(run("SLURM_ARRAY_TASK_ID=1", "3").exit_status, 3) << "there is no such part";
}

TEST(TaskScript, LooksForProgramsWhereTheClientDid) {
  const TestFolder folder;
  std::ofstream(folder.path / "parts") << "1/1\n";
  const auto render = [&](const std::string& path) {
    return render_task_script(cluster_driver("gridengine"),
                              {.program = {"/bin/sh", "-c", "echo \"$PATH\"", "sh"},
                               .parts = folder.path / "parts",
                               .folder = folder.path,
                               .path = path});
  };
  std::ofstream(folder.path / "task.sh") << render("/it's here:$x:/usr/bin:/bin");
  run_command({"env", "SGE_TASK_ID=1", "sh", (folder.path / "task.sh").string(), "0"}, "/");
  EXPECT_TRUE(read_file(folder.path / "part-1.log").starts_with("/it's here:$x:/usr/bin:/bin\n"));
  EXPECT_EQ(render("").find("export PATH"), std::string::npos);
}

}  // namespace
}  // namespace harness
