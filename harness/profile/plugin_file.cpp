#include "profile/plugin_file.h"

#include <cstdlib>
#include <string>

#include "base/error.h"

namespace harness::profile {

namespace fs = std::filesystem;

std::vector<fs::path> find_plugins() {
  // In the order in which they are tried: a QEMU that has interface 3 takes a plugin for 2 as well,
  // and calls it in another way.
  constexpr const char* kNames[] = {"uniharness_profile.so", "uniharness_profile_api3.so",
                                    "uniharness_profile_api2.so"};
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  const char* named = std::getenv("UNIHARNESS_PROFILE_PLUGIN");
  if (named != nullptr && *named != '\0') {
    const fs::path file = fs::absolute(named);
    if (fs::is_regular_file(file, error)) return {file};
    throw Error("there is no profiler plugin '" + file.string() + "'",
                "UNIHARNESS_PROFILE_PLUGIN names it: correct that, or unset it");
  }
  const fs::path places[] = {folder, (folder / "../lib/uniharness").lexically_normal()};
  std::vector<fs::path> found;
  for (const fs::path& place : places) {
    for (const char* name : kNames) {
      if (fs::is_regular_file(place / name, error)) found.push_back(place / name);
    }
    if (!found.empty()) return found;
  }
  throw Error(std::string("the profiler plugin ") + kNames[0] + " is not there: looked in " +
                  places[0].string() + " and " + places[1].string(),
              "build it (cmake --build BUILD --target profile_plugin), or name it with "
              "UNIHARNESS_PROFILE_PLUGIN");
}

}  // namespace harness::profile
