#include "build/image.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/error.h"
#include "base/files.h"
#include "base/shell.h"
#include "base/text.h"
#include "build/file_form.h"
#include "model/image.h"
#include "process/command.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

fs::path scenario_folder(const Scenario& scenario) {
  return fs::absolute(scenario.file).parent_path();
}

/// The name nearest to that of a file that is not there, of those in its folder; as the scenario
/// would write it, or empty.
std::string nearest_file(const fs::path& file, const std::string& name) {
  constexpr std::size_t kMostLookedAt = 1'000;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(file.parent_path(), error), end; !error && at != end;
       at.increment(error)) {
    if (names.size() == kMostLookedAt) break;
    std::error_code none;
    if (at->is_regular_file(none)) names.push_back(at->path().filename().string());
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string found = nearest(file.filename().string(), candidates);
  return found.empty() ? "" : (fs::path(name).parent_path() / found).string();
}

/// A file that the scenario names; must exist, unless the caller only asks where it would be.
fs::path located(const std::string& name, const fs::path& folder, const Scenario& scenario,
                 const BuildOptions& options, const std::string& hint) {
  if (name.empty()) return {};
  const fs::path file = fs::absolute(folder / name).lexically_normal();
  if (options.must_exist && !fs::is_regular_file(file)) {
    const std::string meant = nearest_file(file, name);
    throw Error(scenario.image.at.text() + ": there is no image file '" + file.string() + "'" +
                    (meant.empty() ? "" : " (did you mean '" + printable(meant) + "'?)"),
                hint);
  }
  return file;
}

/// Throws Error where QEMU cannot boot the file, or would take its bytes for others.
void require_usable(const fs::path& file, const Scenario& scenario, const BuildOptions& options,
                    const UnusableFile* (*look)(std::string_view head)) {
  std::error_code error;
  if (!options.must_exist || !fs::is_regular_file(file, error)) return;
  const UnusableFile* fault = look(beginning_of(file, kFormBytes));
  if (fault == nullptr) return;
  throw Error(scenario.image.at.text() + ": '" + file.string() + "': " + std::string(fault->why),
              with_file_name(fault->next_step, file.string()));
}

void require_architecture(const fs::path& kernel, const Scenario& scenario,
                          const BuildOptions& options) {
  std::error_code error;
  if (!options.must_exist || !fs::is_regular_file(kernel, error)) return;
  const std::string& arch = scenario.machine.arch;
  const std::string_view other = other_architecture(beginning_of(kernel, kFormBytes), arch);
  if (other.empty()) return;
  throw Error(fmt::format("{}: '{}' is a kernel for {}, and this machine is {}",
                          scenario.image.at.text(), kernel.string(), other, arch),
              fmt::format("write machine: {{arch: {}}}", other));
}

/// A file that goes with an image: a product of the build, or a file of the scenario's folder.
fs::path located_beside(const std::string& name, const fs::path& folder, const Scenario& scenario,
                        const BuildOptions& options) {
  std::error_code error;
  const bool built = !scenario.image.target.empty() && fs::is_regular_file(folder / name, error);
  return located(name, built ? folder : scenario_folder(scenario), scenario, options,
                 scenario.image.target.empty()
                     ? "paths are relative to the scenario file"
                     : "it is neither in " + folder.string() + " nor beside the scenario file");
}

BootModule module_of(const std::string& text, const fs::path& folder, const Scenario& scenario,
                     const BuildOptions& options) {
  const ModuleText module = split_module(text, [&](const std::string& name) {
    std::error_code error;
    const fs::path beside = (scenario_folder(scenario) / name).lexically_normal();
    return fs::is_regular_file(beside, error) || fs::is_regular_file(folder / name, error);
  });
  return {located_beside(module.file, folder, scenario, options), module.words};
}

/// -bios takes a file, or a name of QEMU's own folder. A file beside the scenario goes first.
std::string firmware(const Scenario& scenario) {
  const std::string& name = scenario.image.firmware;
  const fs::path beside = scenario_folder(scenario) / name;
  return !name.empty() && fs::is_regular_file(beside) ? fs::absolute(beside).string() : name;
}

bool is_build_tree(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "CMakeCache.txt", error);
}

/// `folder` or the next one above it that is a build tree, or, where `below` is given, that has one
/// of that name in it; empty where there is none.
fs::path nearest_build_tree(fs::path folder, const char* below = nullptr) {
  for (; folder.has_relative_path(); folder = folder.parent_path()) {
    if (is_build_tree(folder)) return folder;
    if (below != nullptr && is_build_tree(folder / below)) return folder / below;
  }
  return {};
}

/// Where the files of an image lie that the scenario names.
fs::path images_folder(const Scenario& scenario, const BuildOptions& options) {
  const fs::path beside = scenario_folder(scenario);
  return scenario.image.target.empty() ? beside : find_build_dir(options, beside) / "images";
}

/// More than that is for fw_cfg, which is faster.
constexpr std::uintmax_t kMostSent = 65'536;

bool sends_files(const Scenario& scenario) {
  return std::ranges::any_of(scenario.steps,
                             [](const Step& step) { return !step.send_file.empty(); });
}

}  // namespace

ModuleText split_module(const std::string& text,
                        const std::function<bool(const std::string&)>& is_file) {
  const auto split_at = [&](std::size_t end) {
    return ModuleText{text.substr(0, end), end < text.size() ? text.substr(end + 1) : ""};
  };
  for (std::size_t end = text.size(); end != 0 && end != text.npos;
       end = text.find_last_of(' ', end - 1)) {
    if (is_file(text.substr(0, end))) return split_at(end);
  }
  return split_at(std::min(text.find(' '), text.size()));
}

void run_build(const std::vector<std::string>& command, const fs::path& folder,
               const std::function<void(std::string_view)>& on_output) {
  const CommandResult result = run_command(command, folder, on_output);
  if (result.exit_status == 0) return;
  throw Error("the build failed (" + result.ending() + "): " + shell_quoted(command) + "\n" +
                  result.output_tail,
              "run that command by itself to see all of its output");
}

fs::path find_build_dir(const BuildOptions& options, const fs::path& near) {
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
  if (const fs::path tree = nearest_build_tree(program.parent_path()); !tree.empty()) return tree;
  if (const fs::path tree = nearest_build_tree(near, "build"); !tree.empty()) return tree;
  throw UsageError("no CMake build tree above " + program.string() +
                       (near.empty() ? "" : ", nor in, beside or above " + near.string()),
                   "configure one (cmake -B build), or name it with --build-dir DIR or "
                   "UNIHARNESS_BUILD_DIR");
}

std::vector<std::string> build_command(const Scenario& scenario, const BuildOptions& options) {
  if (!scenario.image.build.empty()) return scenario.image.build;
  if (scenario.image.target.empty()) return {};
  return {"cmake", "--build", find_build_dir(options, scenario_folder(scenario)).string(),
          "--target", scenario.image.target};
}

Image build_image(const Scenario& scenario, const BuildOptions& options,
                  const std::function<void(std::string_view)>& on_output) {
  const std::vector<std::string> command =
      options.build ? build_command(scenario, options) : std::vector<std::string>{};
  if (!command.empty()) run_build(command, scenario_folder(scenario), on_output);
  return find_image(scenario, options);
}

void find_companions(const Scenario& scenario, const BuildOptions& options, Image& image) {
  const ImageSpec& spec = scenario.image;
  const bool has_data_disk = !spec.disk.empty() && (!spec.kernel.empty() || !spec.cdrom.empty());
  if (!has_data_disk && spec.further_disks.empty() && spec.flash.empty() && spec.initrd.empty() &&
      scenario.machine.fw_cfg.empty() && !sends_files(scenario)) {
    return;
  }
  const fs::path folder = images_folder(scenario, options);
  const auto disk = [&](const std::string& name) {
    const fs::path file = located_beside(name, folder, scenario, options);
    require_usable(file, scenario, options, unusable_disk);
    return file;
  };
  if (has_data_disk) image.disk = disk(spec.disk);
  for (const std::string& name : spec.further_disks) image.further_disks.push_back(disk(name));
  for (const std::string& name : spec.flash) image.flash.push_back(disk(name));
  for (const std::string& text : spec.initrd) {
    image.modules.push_back(module_of(text, folder, scenario, options));
  }
  for (FwCfgEntry entry : scenario.machine.fw_cfg) {
    if (!entry.file.empty()) {
      entry.file = located_beside(entry.file, folder, scenario, options).string();
    }
    image.fw_cfg.push_back(std::move(entry));
  }
  for (const Step& step : scenario.steps) {
    if (step.send_file.empty()) continue;
    BuildOptions anywhere = options;
    anywhere.must_exist = false;
    const fs::path file = located_beside(step.send_file, folder, scenario, anywhere);
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
      if (!options.must_exist) continue;
      throw Error(fmt::format("{}: send_file: there is no file '{}'", printable(scenario.file),
                              printable(file.string())),
                  "name a file beside the scenario, or one that its build makes",
                  ExitStatus::usage);
    }
    const std::uintmax_t size = fs::file_size(file, error);
    if (size == 0 || size > kMostSent) {
      throw Error(
          fmt::format("{}: send_file: '{}' has {} bytes", printable(scenario.file),
                      printable(file.string()), grouped(size)),
          fmt::format("a step sends from 1 to {} bytes: split the file, or give it by fw_cfg",
                      grouped(kMostSent)),
          ExitStatus::usage);
    }
    image.sent.push_back(file);
  }
}

Image find_image(const Scenario& scenario, const BuildOptions& options) {
  const ImageSpec& spec = scenario.image;
  const bool ours = !spec.target.empty();
  const fs::path folder = images_folder(scenario, options);
  const std::string hint = !options.build ? "build it first: leave out --no-build"
                           : ours         ? "target '" + spec.target +
                                        "' does not make it; `disk:` and "
                                        "`kernel:` name files in " +
                                        folder.string()
                                  : "paths are relative to the scenario file";
  Image image;
  if (spec.kernel.empty() && spec.cdrom.empty()) {
    image.disk = located(spec.disk, folder, scenario, options, hint);
  }
  image.kernel = located(spec.kernel, folder, scenario, options, hint);
  image.cdrom = located(spec.cdrom, folder, scenario, options, hint);
  require_usable(image.disk, scenario, options, unusable_disk);
  require_usable(image.cdrom, scenario, options, unusable_disk);
  require_architecture(image.kernel, scenario, options);
  if (architecture(scenario.machine.arch).pc) {
    require_usable(image.kernel, scenario, options, unusable_pc_kernel);
  }
  image.firmware = firmware(scenario);
  find_companions(scenario, options, image);
  const fs::path manifest = folder / (spec.target + ".manifest.json");
  if (ours && fs::is_regular_file(manifest)) image.manifest = manifest;
  if (!spec.symbols.empty()) {
    image.symbols = located_beside(spec.symbols, folder, scenario, options);
  }
  return image;
}

fs::path symbols_of(const Image& image) {
  if (!image.symbols.empty()) return image.symbols;
  if (!image.manifest.empty()) return read_manifest(image.manifest).elf;
  return image.kernel;
}

}  // namespace harness
