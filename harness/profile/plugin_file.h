// Where the profiler plugin is.
#pragma once

#include <filesystem>

namespace harness::profile {

/// $UNIHARNESS_PROFILE_PLUGIN, else beside this program, where the build puts it, else in
/// ../lib/uniharness from there. Throws Error saying where it was looked for.
std::filesystem::path find_plugin();

}  // namespace harness::profile
