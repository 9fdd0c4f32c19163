#include "base/copy_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "base/folder_testing.h"

namespace harness {
namespace {

TEST(CopySparse, HolesAndDataAreTheSameInTheCopy) {
  const TestFolder folder;
  const auto from = folder.path / "from.img", to = folder.path / "to.img";
  std::ofstream(from, std::ios::binary) << "head" << std::string(100'000, 'x');
  std::filesystem::resize_file(from, 8 << 20);  // a hole at the end
  {
    std::fstream file(from, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(5 << 20);
    file << "middle";
  }
  std::ofstream(to) << "what was there before, and longer";
  copy_sparse(from, to);
  EXPECT_EQ(read_file(from), read_file(to));
  struct stat status{};
  ASSERT_EQ(stat(to.c_str(), &status), 0);
  EXPECT_LT(status.st_blocks * 512, 2 << 20) << "holes take no room";
}

TEST(CopySparse, AnEmptyFileIsAnEmptyFile) {
  const TestFolder folder;
  std::ofstream(folder.path / "from");
  copy_sparse(folder.path / "from", folder.path / "to");
  EXPECT_EQ(std::filesystem::file_size(folder.path / "to"), 0u);
}

TEST(CopySparse, WhatCannotBeReadIsNamed) {
  const TestFolder folder;
  try {
    copy_sparse(folder.path / "none", folder.path / "to");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("none"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace harness
