// uniharness profile: one counted boot with QEMU's own instructions counted by function.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "build/image.h"
#include "output/finish.h"
#include "profile/render.h"

namespace harness {

struct ProfileOptions {
  std::string scenario;
  std::vector<std::string> patterns;       // choose one instance of a matrix
  std::vector<std::filesystem::path> elf;  // files with the guest's symbols; empty: the image's own
  BuildOptions build;
  OutputOptions output;
  profile::TextOptions text;
  std::size_t lines = 0, blocks = 0;  // most of them to be shown
  std::filesystem::path base;         // an earlier profile to hold it against, or empty
};
/// Prints the profile and writes it in every format to the report folder. pass, or failed where the
/// guest's own profile does not agree with it.
ExitStatus profile_scenario(const ProfileOptions& options);

struct HotPathOptions {
  std::string scenario;
  std::vector<std::string> patterns;
  std::vector<std::filesystem::path> elf;
  BuildOptions build;
  OutputOptions output;        // `out` is not used: nothing is written
  std::uint64_t least = 1000;  // own instructions a call
};
/// Prints the functions with more than that, each with the block that costs most. pass, whether
/// there are any or not.
ExitStatus hot_paths(const HotPathOptions& options);

}  // namespace harness
