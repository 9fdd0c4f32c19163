#pragma once

#include <string>
#include <vector>

namespace harness {

/// An argument vector as one line that a POSIX shell reads back as the same vector.
std::string shell_quoted(const std::vector<std::string>& argv);

}  // namespace harness
