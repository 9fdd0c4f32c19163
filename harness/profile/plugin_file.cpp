#include "profile/plugin_file.h"

#include <cstdlib>
#include <string>

#include "base/error.h"

namespace harness::profile {

namespace fs = std::filesystem;

fs::path find_plugin() {
  constexpr char kName[] = "uniharness_profile.so";
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  const char* named = std::getenv("UNIHARNESS_PROFILE_PLUGIN");
  if (named != nullptr && *named != '\0') {
    const fs::path file = fs::absolute(named);
    if (fs::is_regular_file(file, error)) return file;
    throw Error("there is no profiler plugin '" + file.string() + "'",
                "UNIHARNESS_PROFILE_PLUGIN names it: correct that, or unset it");
  }
  const fs::path candidates[] = {folder / kName,
                                 (folder / "../lib/uniharness" / kName).lexically_normal()};
  for (const fs::path& file : candidates) {
    if (fs::is_regular_file(file, error)) return file;
  }
  throw Error(std::string("the profiler plugin ") + kName + " is not there: looked in " +
                  candidates[0].parent_path().string() + " and " +
                  candidates[1].parent_path().string(),
              "build it (cmake --build BUILD --target profile_plugin), or name it with "
              "UNIHARNESS_PROFILE_PLUGIN");
}

}  // namespace harness::profile
