#include "session/suite_build.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include "base/format.h"
#include "base/shell.h"
#include "run/build_progress.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

/// The build commands of all instances, each once; of all CMake targets one.
std::map<std::pair<fs::path, std::vector<std::string>>, std::string> build_commands(
    const std::vector<Instance>& instances, const BuildOptions& options) {
  std::map<std::pair<fs::path, std::vector<std::string>>, std::string> commands;
  std::set<std::string> targets;
  const Scenario* one = nullptr;
  for (const Instance& instance : instances) {
    const Scenario& scenario = instance.scenario;
    if (!scenario.image.target.empty()) {
      targets.insert(scenario.image.target);
      one = &scenario;
    } else if (!scenario.image.build.empty()) {
      commands.emplace(std::pair(fs::absolute(scenario.file).parent_path(), scenario.image.build),
                       shell_quoted(scenario.image.build));
    }
  }
  if (one == nullptr) return commands;
  std::vector<std::string> command = build_command(*one, options);
  command.pop_back();
  command.insert(command.end(), targets.begin(), targets.end());
  commands.emplace(std::pair(fs::current_path(), std::move(command)),
                   targets.size() <= 4 ? fmt::format("{}", fmt::join(targets, ", "))
                                       : fmt::format("{} targets", targets.size()));
  return commands;
}

}  // namespace

void build_all(const std::vector<Instance>& instances, const BuildOptions& options,
               Progress& progress) {
  if (!options.build) return;
  for (const auto& [command, what] : build_commands(instances, options)) {
    const auto start = std::chrono::steady_clock::now();
    progress.now("build " + what);
    run_build(command.second, command.first, build_output(progress, what));
    progress.done(fmt::format("build {}: done in {}", what,
                              duration_text(std::chrono::steady_clock::now() - start)));
  }
}

PreparedImages prepare(const std::vector<Instance>& instances, const BuildOptions& options) {
  PreparedImages all;
  std::map<std::pair<fs::path, fs::path>, std::shared_ptr<const ImageFacts>> known;
  for (const Instance& instance : instances) {
    Prepared& prepared = all[&instance];
    try {
      prepared.image = find_image(instance.scenario, options);
      auto& facts = known[{prepared.image.booted(), prepared.image.manifest}];
      if (!facts) facts = std::make_shared<const ImageFacts>(read_facts(prepared.image));
      prepared.facts = facts;
    } catch (const Error& error) {
      if (error.status == ExitStatus::usage) throw;
      prepared.fault = error;
    }
  }
  return all;
}

}  // namespace harness
