#include "commands/moved_functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "base/shell.h"
#include "model/verdict.h"
#include "profile/difference.h"
#include "profile/render.h"
#include "run/build_progress.h"
#include "run/plan.h"
#include "run/profiled_boot.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// Which numbers of a baseline the counts belong to: people may edit tolerances, and each time that
/// numbers are accepted is an entry more.
std::string acceptance_of(const Baseline& baseline) {
  return fmt::format("acceptance {}", baseline.history.size());
}

/// What the functions of a boot executed, or why that is not known.
struct CountedFunctions {
  std::optional<profile::SavedNumbers> numbers;
  std::string why;
};

CountedFunctions count_functions(const Scenario& scenario, const RunOptions& options) {
  BuildOptions build = options.build;
  build.build = false;  // it has just been built
  try {
    const Scenario profiled = profile::scenario_to_profile(scenario);
    Progress progress(progress_style(options.output.quiet));
    const Image image = build_with_progress(profiled, build, progress);
    const profile::ProfiledBoot boot = profile::boot_and_profile(profiled, image, {}, progress);
    progress.clear();
    const Verdict& ending = boot.boot.ending;
    if (ending.kind != VerdictKind::pass) {
      return {{},
              fmt::format("the boot that counts them ended with {}", verdict_name(ending.kind))};
    }
    const std::string json =
        profile::render_json(boot.profile, scenario.name, read_facts(image).sha256, {});
    return {profile::saved_numbers_from_json(json, "profile"), {}};
  } catch (const Error& error) {
    if (error.status == ExitStatus::interrupted) throw;
    return {{}, error.what()};
  }
}

}  // namespace

fs::path functions_file(const fs::path& baseline) {
  return fs::path(baseline).replace_extension(".functions.json");
}

bool has_functions(const fs::path& file, const Baseline& baseline) {
  std::error_code none;
  if (!fs::exists(file, none)) return false;
  return profile::read_saved_numbers(file).of == acceptance_of(baseline);
}

std::string keep_functions(const Scenario& scenario, const RunOptions& options,
                           const fs::path& file, const Baseline& baseline) {
  CountedFunctions counted = count_functions(scenario, options);
  if (!counted.numbers) {
    std::error_code none;
    fs::remove(file, none);
    return std::move(counted.why);
  }
  counted.numbers->of = acceptance_of(baseline);
  write_named(file, saved_numbers_to_json(*counted.numbers));
  return {};
}

std::vector<std::string> moved_functions(const Scenario& scenario, const RunOptions& options,
                                         const fs::path& file, const Baseline& baseline) {
  constexpr std::size_t kShown = 3;
  std::error_code none;
  if (!fs::exists(file, none)) return {};
  const profile::SavedNumbers base = profile::read_saved_numbers(file);
  if (base.of != acceptance_of(baseline)) {
    return {
        fmt::format("which function it is, is not known: {} is of other numbers than the "
                    "baseline",
                    file.string())};
  }
  const CountedFunctions now = count_functions(scenario, options);
  if (!now.numbers) return {"which function it is, is not known: " + now.why};
  const auto changes = causes_first(profile::changes_between(base, *now.numbers));
  if (changes.empty()) return {"no function executed another number of instructions"};
  std::vector<std::string> notes;
  for (const profile::FunctionChange& one :
       std::span(changes).first(std::min(changes.size(), kShown))) {
    notes.push_back((notes.empty() ? "moved: " : "then: ") + profile::change_words(one));
  }
  if (changes.size() > kShown) {
    notes.push_back(
        fmt::format("and {} more functions: {}", changes.size() - kShown,
                    shell_quoted({"uniharness", "profile", scenario.file, "--base", file})));
  }
  return notes;
}

}  // namespace harness
