// End-to-end tests run the real program on real images, as a user would.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/files.h"
#include "model/verdict.h"
#include "process/command.h"
#include "record/codec.h"

namespace harness {

namespace fs = std::filesystem;

/// A new empty folder for one test, in the build tree: what a failed test left can be looked at.
inline fs::path fresh_folder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::string name = std::string(test->test_suite_name()) + "." + test->name();
  for (char& c : name) {
    if (c == '/') c = '_';
  }
  const fs::path folder = fs::path(UNIHARNESS_OUTPUT) / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

inline fs::path scenario_file(const std::string& name) {
  return fs::path(UNIHARNESS_SOURCE_DIR) / "scenarios" / (name + ".yaml");
}

/// Runs the program with these arguments, in `folder`. stdout and stderr come back together.
inline CommandResult uniharness(std::vector<std::string> arguments, const fs::path& folder = "/") {
  arguments.insert(arguments.begin(), UNIHARNESS_PROGRAM);
  return run_command(arguments, folder);
}

/// Runs a scenario on images that are built already; the record is in `folder`.
inline CommandResult run_scenario(const std::string& name, const fs::path& folder,
                                  std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"run", scenario_file(name), "--no-build", "--out", folder};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return uniharness(arguments);
}

/// The command line of a process by its folder in /proc, words ending in NUL; "" where it has ended
/// meanwhile, which a stream's iterators would throw for.
inline std::string command_line_of(const fs::path& process) {
  std::ifstream in(process / "cmdline");
  std::string line, word;
  while (std::getline(in, word, '\0')) line += word + '\0';
  return line;
}

/// What is the same in each counted boot: all but [BOOT], which tells of the host's disk.
inline std::string without_boot_line(const std::string& serial) {
  return serial.substr(0, serial.find("\n[BOOT] "));
}

inline RunRecord saved_record(const fs::path& folder) {
  return record_from_json(read_file(folder / "record.json"), "record.json");
}

}  // namespace harness
