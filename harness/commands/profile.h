// uniharness profile: one counted boot with QEMU's own instructions counted by function.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "build/image.h"
#include "commands/commands.h"
#include "profile/render.h"

namespace harness {

struct ProfileOptions {
  std::string scenario;
  std::vector<std::string> patterns;       // choose one instance of a matrix
  std::vector<std::filesystem::path> elf;  // files with the guest's symbols; empty: the image's own
  BuildOptions build;
  OutputOptions output;
  profile::TextOptions text;
};
/// Prints the profile and writes it in every format to the report folder. pass, or failed where the
/// guest's own profile does not agree with it.
ExitStatus profile_scenario(const ProfileOptions& options);

}  // namespace harness
