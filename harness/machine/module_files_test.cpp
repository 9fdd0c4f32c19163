// Modules of a multiboot kernel, wherever their files lie: what arrives is what the guest says.
#include "machine/module_files.h"

#include <fstream>

#include "base/folder_testing.h"
#include "machine/boot_testing.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

fs::path file_with(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
  return file;
}

Job module_boot(std::vector<BootModule> modules) {
  Job job = boot_of("modules");
  job.multiboot = true;
  job.modules = std::move(modules);
  return job;
}

TEST(ModuleFiles, LieInFoldersWithBlanksAndCommas) {
  const TestFolder folder;
  const fs::path comma = file_with(folder.path / "a,b" / "one.txt", "first");
  const fs::path blank = file_with(folder.path / "c d, e" / "two.txt", "second");
  const fs::path name = file_with(folder.path / "f" / "the third.txt", "third");
  const Trace trace = run(module_boot({{comma, ""}, {blank, "of two, words"}, {name, "x"}}));
  EXPECT_EQ(trace.serial, "first (" + comma.string() +
                              ")\nsecond (/proc/self/fd/4/two.txt of two, words)\n"
                              "third (/proc/self/fd/5 x)\n")
      << trace.stderr_text;
}

TEST(ModuleFiles, OneAloneIsNoOtherCase) {
  const TestFolder folder;
  for (const char* name : {"a,b/m.txt", "a b/m.txt", "a,b c.txt"}) {
    const fs::path file = file_with(folder.path / name, "only");
    const Trace trace = run(module_boot({{file, ""}}));
    EXPECT_EQ(trace.serial.substr(0, 6), "only (") << name << ": " << trace.stderr_text;
  }
}

}  // namespace
}  // namespace harness
