// One counted boot with the profiler plugin: what `profile` and `hotpaths` look at.
#pragma once

#include <filesystem>
#include <vector>

#include "build/image.h"
#include "model/record.h"
#include "model/scenario.h"
#include "profile/profile.h"
#include "run/progress.h"

namespace harness::profile {

struct ProfiledBoot {
  profile::CountedProfile profile;
  BootRecord boot;
};

/// The scenario as it is profiled: counted clock, TCG, one boot. Throws UsageError for what cannot
/// be: several processors.
Scenario scenario_to_profile(Scenario scenario);

/// The ELF files with the symbols of an image: those `named`, else its own. Throws UsageError where
/// there is none.
std::vector<std::filesystem::path> symbol_files(const Image& image,
                                                const std::vector<std::filesystem::path>& named);

/// Boots once; a guest that fails, or is cut off at a limit, has a profile too. Throws Error where
/// there is none: no plugin, a QEMU that does not load it, no counts that add up.
ProfiledBoot boot_and_profile(const Scenario& scenario, const Image& image,
                              const std::vector<std::filesystem::path>& elf, Progress& progress);

/// Which plugin QEMU takes.
struct LoadedPlugin {
  std::filesystem::path file;
  std::string why;  // it takes none: what it says of the last; else empty
};

/// Boots `guest`, a multiboot file for a PC that ends by itself, with each plugin in turn, until
/// one counts. Throws Error where there is none, and where Ctrl-C came.
LoadedPlugin try_plugins(const std::filesystem::path& guest);

}  // namespace harness::profile
