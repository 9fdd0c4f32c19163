// Paths as the user in this folder would write them.
#pragma once

#include <string>

namespace harness {

/// "src/a.c" for a file below the working directory, else the path as it is. Does not throw.
std::string near_path(const std::string& file);

}  // namespace harness
