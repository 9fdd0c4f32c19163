#include "commands/moved_functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "backtrace/symbolize.h"
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
  std::optional<profile::CountedProfile> profile;
  std::string why;
};

CountedFunctions count_functions(const Scenario& scenario, const RunOptions& options) {
  BuildOptions build = options.build;
  build.build = false;  // it has just been built
  try {
    const Scenario profiled = profile::scenario_to_profile(scenario);
    Progress progress(progress_style(options.output.quiet));
    const Image image = build_with_progress(profiled, build, progress);
    profile::ProfiledBoot boot = profile::boot_and_profile(profiled, image, {}, progress);
    progress.clear();
    const Verdict& ending = boot.boot.ending;
    if (ending.kind != VerdictKind::pass) {
      return {{},
              {},
              fmt::format("the boot that counts them ended with {}", verdict_name(ending.kind))};
    }
    const std::string json =
        profile::render_json(boot.profile, scenario.name, read_facts(image).sha256, {});
    return {profile::saved_numbers_from_json(json, "profile"), std::move(boot.profile), {}};
  } catch (const Error& error) {
    if (error.status == ExitStatus::interrupted) throw;
    return {{}, {}, error.what()};
  }
}

/// By how many instructions the numbers that got worse grew.
std::set<std::int64_t> grown_by(const Comparison& comparison) {
  constexpr double kMost = 1e15;
  std::set<std::int64_t> deltas;
  for (const ComparedNumber& row : comparison.rows) {
    if (row.change != Change::regression || row.unit == "bytes" || !row.base || !row.candidate) {
      continue;
    }
    const double by = *row.candidate - *row.base;
    if (by > 0 && by < kMost) deltas.insert(static_cast<std::int64_t>(by));
  }
  return deltas;
}

/// ", at src/sum.cpp:9"; empty where no symbols or no lines say so.
std::string source_place_of(const profile::CountedProfile& counted, const std::string& name) {
  for (const profile::FunctionTotals& one : counted.functions) {
    const profile::Function& function = counted.code.functions[one.function];
    if (function.is_region || function.is_made()) continue;
    if (profile::shown_name(counted, one.function) != name) continue;
    BootRecord entered;  // as if it had ended where the function begins
    entered.crash_site = CrashSite{.frames = {{.address = function.address}}};
    const auto site = crash_site_of(entered, counted.code.files.at(function.file));
    if (!site || site->frames.empty() || site->frames.front().file.empty()) return {};
    return fmt::format(", at {}:{}", site->frames.front().file, site->frames.front().line);
  }
  return {};
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

void add_moved_functions(Comparison& comparison, const Scenario& scenario,
                         const RunOptions& options, const fs::path& file,
                         const Baseline& baseline) {
  constexpr std::size_t kKept = 20, kPlaces = 3;
  std::error_code none;
  if (!fs::exists(file, none)) return;
  const auto not_known = [&](const std::string& why) {
    comparison.notes.push_back("which function it is, is not known: " + why);
  };
  const profile::SavedNumbers base = profile::read_saved_numbers(file);
  if (base.of != acceptance_of(baseline)) {
    return not_known(file.string() + " is of other numbers than the baseline");
  }
  const CountedFunctions now = count_functions(scenario, options);
  if (!now.numbers || !now.profile) return not_known(now.why);
  const auto changes =
      causes_of(grown_by(comparison), profile::changes_between(base, *now.numbers));
  if (changes.empty()) {
    comparison.notes.emplace_back("no function executed another number of instructions");
  }
  for (std::size_t i = 0; i < std::min(changes.size(), kKept); ++i) {
    comparison.moved.push_back(profile::change_words(changes[i]));
    if (i < kPlaces)
      comparison.moved.back() += source_place_of(*now.profile, changes[i].after.name);
  }
  if (changes.size() > kPlaces) {
    comparison.notes.push_back(
        fmt::format("all {} functions that moved: {}", changes.size(),
                    shell_quoted({"uniharness", "profile", scenario.file, "--base", file})));
  }
}

}  // namespace harness
