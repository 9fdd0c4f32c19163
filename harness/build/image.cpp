#include "build/image.h"

#include <unistd.h>

#include <cstdlib>

#include "base/error.h"
#include "base/shell.h"
#include "build/command.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

fs::path scenario_folder(const Scenario& scenario) {
  return fs::absolute(scenario.file).parent_path();
}

/// A file that the scenario names; must exist, unless the caller only asks where it would be.
fs::path located(const std::string& name, const fs::path& folder, const Scenario& scenario,
                 const BuildOptions& options, const std::string& hint) {
  if (name.empty()) return {};
  const fs::path file = fs::absolute(folder / name).lexically_normal();
  if (options.must_exist && !fs::is_regular_file(file)) {
    throw Error(scenario.image.at.text() + ": there is no image file '" + file.string() + "'",
                hint);
  }
  return file;
}

/// -bios takes a file, or a name of QEMU's own folder. A file beside the scenario goes first.
std::string firmware(const Scenario& scenario) {
  const std::string& name = scenario.image.firmware;
  const fs::path beside = scenario_folder(scenario) / name;
  return !name.empty() && fs::is_regular_file(beside) ? fs::absolute(beside).string() : name;
}

}  // namespace

void run_build(const std::vector<std::string>& command, const fs::path& folder,
               const std::function<void(std::string_view)>& on_output) {
  const CommandResult result = run_command(command, folder, on_output);
  if (result.exit_status == 0) return;
  throw Error("the build failed (" + result.ending() + "): " + shell_quoted(command) + "\n" +
                  result.output_tail,
              "run that command by itself to see all of its output");
}

fs::path find_build_dir(const BuildOptions& options) {
  const auto is_build_tree = [](const fs::path& folder) {
    return fs::is_regular_file(folder / "CMakeCache.txt");
  };
  const char* const from_environment = std::getenv("UNIHARNESS_BUILD_DIR");
  const bool asked = !options.build_dir.empty();
  if (asked || (from_environment != nullptr && *from_environment != '\0')) {
    const fs::path folder = fs::absolute(asked ? options.build_dir : fs::path(from_environment));
    if (is_build_tree(folder)) return folder;
    throw UsageError("'" + folder.string() + "' is not a CMake build tree (no CMakeCache.txt)",
                     "configure it: cmake --preset release");
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    if (is_build_tree(folder)) return folder;
  }
  throw UsageError("no CMake build tree above " + program.string(),
                   "name it with --build-dir DIR or UNIHARNESS_BUILD_DIR");
}

std::vector<std::string> build_command(const Scenario& scenario, const BuildOptions& options) {
  if (!scenario.image.build.empty()) return scenario.image.build;
  if (scenario.image.target.empty()) return {};
  return {"cmake", "--build", find_build_dir(options).string(), "--target", scenario.image.target};
}

Image build_image(const Scenario& scenario, const BuildOptions& options,
                  const std::function<void(std::string_view)>& on_output) {
  const std::vector<std::string> command =
      options.build ? build_command(scenario, options) : std::vector<std::string>{};
  if (!command.empty()) run_build(command, scenario_folder(scenario), on_output);
  return find_image(scenario, options);
}

Image find_image(const Scenario& scenario, const BuildOptions& options) {
  const ImageSpec& spec = scenario.image;
  const bool ours = !spec.target.empty();
  const fs::path folder = ours ? find_build_dir(options) / "images" : scenario_folder(scenario);
  const std::string hint = !options.build ? "build it first: leave out --no-build"
                           : ours         ? "target '" + spec.target +
                                        "' does not make it; `disk:` and "
                                        "`kernel:` name files in " +
                                        folder.string()
                                  : "paths are relative to the scenario file";
  Image image;
  image.disk = located(spec.disk, folder, scenario, options, hint);
  image.kernel = located(spec.kernel, folder, scenario, options, hint);
  image.cdrom = located(spec.cdrom, folder, scenario, options, hint);
  image.firmware = firmware(scenario);
  const fs::path manifest = folder / (spec.target + ".manifest.json");
  if (ours && fs::is_regular_file(manifest)) image.manifest = manifest;
  return image;
}

}  // namespace harness
