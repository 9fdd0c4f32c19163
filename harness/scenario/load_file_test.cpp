// Which files are scenarios, and what is said of those that are none.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/folder_testing.h"
#include "scenario/load.h"
#include "scenario/messages.h"

namespace harness {
namespace {

using namespace testing_scenario;

std::string load_complaint(const std::filesystem::path& file) {
  try {
    load_scenario(file);
    return "";
  } catch (const UsageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
}

class ScenarioFile : public testing::Test {
 protected:
  TestFolder temporary_;
  std::filesystem::path folder_ = temporary_.path;
};

TEST_F(ScenarioFile, IsReadWithItsPathAsGiven) {
  std::ofstream(folder_ / "smoke.yaml") << kMinimal;
  EXPECT_EQ(load_scenario(folder_ / "smoke.yaml").file, (folder_ / "smoke.yaml").string());
}
TEST_F(ScenarioFile, MissingFileNamesTheNearestOne) {
  std::ofstream(folder_ / "smoke.yaml") << kMinimal;
  const std::string folder = folder_.string();
  EXPECT_EQ(load_complaint(folder_ / "smok.yaml"),
            folder + "/smok.yaml: cannot be read: No such file or directory | did you mean " +
                folder + "/smoke.yaml?");
  EXPECT_EQ(load_complaint(folder_ / "completely-other.yaml"),
            folder +
                "/completely-other.yaml: cannot be read: No such file or directory | give "
                "the path of a scenario file, e.g. scenarios/smoke.yaml");
}
TEST_F(ScenarioFile, FolderIsRefused) {
  EXPECT_EQ(load_complaint(folder_),
            folder_.string() + ": is a folder, not a scenario file | name one of its .yaml files");
}
TEST_F(ScenarioFile, OverOneMebibyteIsRefused) {
  const std::string comment = std::string(99, '#') + "\n";
  std::ofstream file(folder_ / "large.yaml");
  file << kMinimal;
  for (int i = 0; i < 11'000; ++i) file << comment;
  file.close();
  EXPECT_EQ(load_complaint(folder_ / "large.yaml"),
            (folder_ / "large.yaml").string() +
                ": larger than 1,048,576 bytes | a scenario is a short text; is this the right "
                "file?");
}

TEST(ShippedScenarios, AllLoad) {
  const std::filesystem::path folder = UNIHARNESS_SOURCE_DIR "/scenarios";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    if (entry.path().filename() == "comparison.yaml") continue;  // of `report comparison`
    ++count;
    EXPECT_EQ(load_complaint(entry.path()), "");
  }
  EXPECT_GT(count, 0u);
}

std::string complaint_about(const std::filesystem::path& file) {
  try {
    load_scenarios(file.string());
  } catch (const UsageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
  return "";
}

TEST(NoScenarioFile, AnImageInItsPlaceIsSentToInit) {
  const TestFolder folder;
  const std::filesystem::path elf = folder.path / "k.elf", disk = folder.path / "d.img";
  std::ofstream(elf, std::ios::binary) << "\x7F"
                                          "ELF\x02\x01";
  std::ofstream(disk, std::ios::binary) << std::string(512, '\0');
  EXPECT_EQ(complaint_about(elf),
            elf.string() +
                ": is an ELF file, not a scenario | write a scenario for it: uniharness "
                "init " +
                elf.string());
  EXPECT_NE(complaint_about(disk).find("is a binary file, not a scenario"), std::string::npos);
}
TEST(NoScenarioFile, AFileOfOursInItsPlaceIsSentToItsCommand) {
  const TestFolder folder;
  const std::string at = folder.path.string();
  const auto of = [&](const char* text) {
    std::ofstream(folder.path / "x.json") << text;
    return complaint_about(folder.path / "x.json");
  };
  EXPECT_EQ(of("{\n \"schema\": 10,\n \"uniharness_version\": \"0.1.0\"}"),
            at +
                "/x.json: is the record of a run, not a scenario | judge it again: uniharness "
                "replay " +
                at);
  EXPECT_EQ(of("{\"uniharness_baseline\": 1}"),
            at +
                "/x.json: is a baseline, not a scenario | compare a scenario with it: uniharness "
                "gate SCENARIO --baseline " +
                at + "/x.json");
  EXPECT_EQ(
      of("{\"uniharness_plan\": 1}"),
      at + "/x.json: is a plan, not a scenario | run it: uniharness run --plan " + at + "/x.json");
  EXPECT_EQ(of("{\"name\": \"j\", \"about\": \"uniharness_plan\"}").find("not a scenario"),
            std::string::npos);
}

TEST(NoScenarioFile, WhatCannotBeReadIsNotTakenForAnotherName) {
  const TestFolder folder;
  const std::filesystem::path loop = folder.path / "loop.yaml";
  std::filesystem::create_symlink("loop.yaml", loop);
  EXPECT_EQ(complaint_about(loop),
            loop.string() + ": is unreadable: Too many levels of symbolic links | ");
}

}  // namespace
}  // namespace harness
