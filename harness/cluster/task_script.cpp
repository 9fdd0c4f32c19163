#include "cluster/task_script.h"

#include <fmt/format.h>

#include "base/shell.h"

namespace harness {

std::filesystem::path part_folder(const std::filesystem::path& folder, std::size_t part) {
  return folder / fmt::format("part-{}", part);
}

std::string render_task_script(const ClusterDriver& driver, const TaskScript& script) {
  return fmt::format(
      "#!/bin/sh\n"
      "# Made by uniharness: one part of a plan.\n"
      "part=$(sed -n \"$(($1 + {0}))p\" {1})\n"
      "[ -n \"$part\" ] || {{ echo \"no part of number $1 + ${0}\" >&2; exit 3; }}\n"
      "{5}"
      "exec >>{3}/part-\"${{part%/*}}\".log 2>&1\n"
      "exec {2} --part \"$part\" --resume {3}/part-\"${{part%/*}}\" --jobs \"${{{4}:-1}}\" -q\n",
      driver.index_variable, shell_quoted({script.parts.string()}), shell_quoted(script.program),
      shell_quoted({script.folder.string()}), driver.cpus_variable,
      script.path.empty() ? "" : "export PATH=" + shell_quoted({script.path}) + "\n");
}

}  // namespace harness
