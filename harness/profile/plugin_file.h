// Where the profiler plugin is.
#pragma once

#include <filesystem>
#include <vector>

namespace harness::profile {

/// The plugin for each interface of QEMU's that there is, in the order to be tried: those beside
/// the program or in ../lib/uniharness, or the one that UNIHARNESS_PROFILE_PLUGIN names. Never
/// empty. Throws Error where there is none.
std::vector<std::filesystem::path> find_plugins();

}  // namespace harness::profile
