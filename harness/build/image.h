// From a scenario's `image:` to files that can be booted: asks CMake, or runs the user's command,
// and finds what they made.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/image.h"
#include "model/record.h"
#include "model/scenario.h"

namespace harness {

struct BuildOptions {
  bool build = true;                     // false: take what is there
  bool must_exist = true;                // false: only say where the files would be
  std::filesystem::path build_dir = {};  // CMake build tree, or empty to find it
};

/// What add_unikernel (kernel_lib/cmake/unikernel.cmake) says about an image it built.
struct Manifest {
  std::filesystem::path elf, disk, archive;
  std::vector<std::filesystem::path> app_objects;
  std::string compiler;
};
/// Throws Error naming the file and the key.
Manifest read_manifest(const std::filesystem::path& file);

/// The CMake build tree to use: options.build_dir, else $UNIHARNESS_BUILD_DIR, else the nearest
/// folder above this program that holds a CMakeCache.txt; for an installed program, which has none,
/// the nearest of `near` and the folders above it that holds one or whose `build` does. Throws
/// UsageError with what to do.
std::filesystem::path find_build_dir(const BuildOptions& options,
                                     const std::filesystem::path& near = {});

/// Builds (unless told not to) and returns the files. `on_output` gets the build's output as it
/// comes. Throws Error with the end of the output when the build fails, naming the missing file
/// where it ended well and made no such file.
Image build_image(const Scenario& scenario, const BuildOptions& options,
                  const std::function<void(std::string_view)>& on_output = {});

/// A module of `initrd:`, "FILE" or "FILE WORDS", in two: the longest beginning that `is_file`
/// knows is the file, for blanks may be part of its name; where it knows none, what stands before
/// the first.
struct ModuleText {
  std::string file, words;
};
ModuleText split_module(const std::string& text,
                        const std::function<bool(const std::string&)>& is_file);

/// The second half of build_image: the files that a build has made. Throws Error naming one that is
/// not there, or that QEMU cannot boot (build/file_form.h); options.build only chooses its hint.
Image find_image(const Scenario& scenario, const BuildOptions& options);

/// The file with the guest's symbols: the one that the scenario names, else what add_unikernel made
/// the image of, else the kernel itself; empty for a disk, a CD or firmware alone. Throws Error for
/// a manifest that cannot be read.
std::filesystem::path symbols_of(const Image& image);

/// What goes with the booted file: disks with data, flash, modules, files of fw_cfg. Throws Error
/// naming one that is not there, or that QEMU would not take as what it is (build/file_form.h).
void find_companions(const Scenario& scenario, const BuildOptions& options, Image& image);

/// Runs a build command. Throws Error with the end of its output when it fails.
void run_build(const std::vector<std::string>& command, const std::filesystem::path& folder,
               const std::function<void(std::string_view)>& on_output);

/// The command that build_image would run, or empty.
std::vector<std::string> build_command(const Scenario& scenario, const BuildOptions& options);

}  // namespace harness
