#include "view/record_rows.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "base/folder_testing.h"
#include "record/codec.h"
#include "record/record_testing.h"

namespace harness::view {
namespace {

namespace fs = std::filesystem;

struct RecordRowsTest : testing::Test {
  TestFolder folder;
  RecordRows rows;

  fs::path write(const std::string& name, const std::string& scenario) const {
    RunRecord record = sample_record();
    record.scenario = scenario;
    const fs::path file = folder.path / name;
    write_atomically(file, record_to_json(record));
    return file;
  }
  /// As if it had been written an hour ago. The inode's own time is now: it cannot be set.
  static void age(const fs::path& file) {
    timespec times[2] = {{.tv_sec = std::time(nullptr) - 3600, .tv_nsec = 0},
                         {.tv_sec = std::time(nullptr) - 3600, .tv_nsec = 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
  }
  std::vector<std::string> scenarios(const std::vector<fs::path>& files) {
    std::vector<std::string> all;
    for (const RecordRow& row : rows.of(files)) all.push_back(row.scenario);
    return all;
  }
};

TEST_F(RecordRowsTest, AFileThatWasJustWrittenIsReadAgain) {
  const fs::path a = write("a", "one");
  EXPECT_EQ(scenarios({a}), std::vector<std::string>{"one"});
  // In place, of the same size, and within the same moment as far as its times tell.
  std::string text = read_file(a);
  text.replace(text.find("\"one\""), 5, "\"two\"");
  std::ofstream(a) << text;
  EXPECT_EQ(scenarios({a}), std::vector<std::string>{"two"});
  EXPECT_EQ(rows.reads(), 2u);
}

TEST_F(RecordRowsTest, WhatCannotBeReadSaysWhy) {
  std::ofstream(folder.path / "bad") << "{";
  const std::vector<RecordRow> found = rows.of({folder.path / "bad", folder.path / "none"});
  EXPECT_NE(found[0].fault, "");
  EXPECT_NE(found[1].fault, "");
  EXPECT_EQ(found[0].scenario, "");
}

TEST_F(RecordRowsTest, AnUnchangedFileIsReadOnceAndAChangedOneAgain) {
  // Files of this system, so that their inodes are old: a record cannot be made to look old.
  const fs::path old = fs::path(UNIHARNESS_SOURCE_DIR) / "CMakeLists.txt";
  struct stat state{};
  ASSERT_EQ(::stat(old.c_str(), &state), 0);
  if (state.st_ctim.tv_sec + 3 > std::time(nullptr)) GTEST_SKIP() << old << " was just written";
  EXPECT_NE(rows.of({old})[0].fault, "");
  EXPECT_NE(rows.of({old})[0].fault, "");
  EXPECT_EQ(rows.reads(), 1u);
  const fs::path young = write("a", "one");
  age(young);
  EXPECT_EQ(scenarios({old, young})[1], "one");
  EXPECT_EQ(rows.reads(), 2u);
  write("a", "three");
  age(young);
  EXPECT_EQ(scenarios({old, young})[1], "three");
  EXPECT_EQ(rows.reads(), 3u);
  EXPECT_EQ(rows.of({}).size(), 0u);
  rows.of({old});
  EXPECT_EQ(rows.reads(), 4u) << "what nobody asks for is forgotten";
}

}  // namespace
}  // namespace harness::view
