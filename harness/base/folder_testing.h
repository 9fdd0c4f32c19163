// A folder for the files of one test.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace harness {

/// Empty, of this object's own, and removed with it. ctest runs each test in a process of its own,
/// several at a time: tests that share a name of a folder fail each other now and then.
struct TestFolder {
  std::filesystem::path path;

  TestFolder() {
    std::string name =
        (std::filesystem::path(testing::TempDir()) / "uniharness-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for a test: " + name);
    path = name;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
};

}  // namespace harness
