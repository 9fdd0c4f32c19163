// The script that each task of an array runs. Pure.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cluster/driver.h"

namespace harness {

/// All paths are absolute.
struct TaskScript {
  std::vector<std::string> program;  // uniharness run --plan FILE, and what else each task is given
  std::filesystem::path parts;       // a file: line n is the --part of task n
  std::filesystem::path folder;      // part 3/40 leaves its reports in folder/part-3,
                                     // and what it prints in folder/part-3.log
  std::string path = {};  // $PATH of the client; an engine's login shells may set another
};

/// For /bin/sh. Its argument is how many tasks stand in earlier arrays. A task that is started
/// again goes on with what it had done.
std::string render_task_script(const ClusterDriver& driver, const TaskScript& script);

/// The folder of a part's reports.
std::filesystem::path part_folder(const std::filesystem::path& folder, std::size_t part);

}  // namespace harness
