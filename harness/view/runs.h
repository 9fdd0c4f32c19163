// The runs below a folder: those whose reports are there, and those that are going on.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace harness::view {

struct RunFolder {
  std::string id;    // 16 hexadecimal digits, made of the path below the root
  std::string name;  // that path, or the root's own name
  std::filesystem::path folder;
  bool recorded = false;  // record.json is there
  bool live = false;      // a run says that it is going on (live/status.h)
};

/// More are not listed.
inline constexpr std::size_t kMaxRuns = 5'000;

/// `root` itself and folders at most three levels below it; of more than kMaxRuns, or than 50,000
/// folders, the first that are found.
/// Links are not followed. What cannot be read is left out. In the order of their names.
std::vector<RunFolder> runs_in(const std::filesystem::path& root);

}  // namespace harness::view
