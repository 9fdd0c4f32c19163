// From the command line that the harness used back to the one that a person can paste. Pure.
#pragma once

#include <string>
#include <vector>

namespace harness {

/// The same machine without the harness's own connections (QMP, the paused start, the screen
/// hold), serial on the terminal: what qemu_command(job, CommandStyle::bare) gave for that job.
std::vector<std::string> bare_command(const std::vector<std::string>& harnessed);

}  // namespace harness
