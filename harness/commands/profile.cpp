#include "commands/profile.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "base/text.h"
#include "model/verdict.h"
#include "output/finish.h"
#include "profile/difference.h"
#include "record/store.h"
#include "run/build_progress.h"
#include "run/plan.h"
#include "run/profiled_boot.h"
#include "scenario/matrix.h"
#include "suite/select.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// The files of a profile. To add one: its renderer and a row.
struct ProfileFile {
  const char* name;
  std::string (*render)(const profile::CountedProfile& profile, const std::string& scenario);
};
constexpr ProfileFile kFiles[] = {
    {"profile.folded", [](const profile::CountedProfile& profile,
                          const std::string&) { return render_folded(profile); }},
    {"profile.svg",
     [](const profile::CountedProfile& profile, const std::string& scenario) {
       return render_flame_graph(profile, scenario);
     }},
    {"profile.speedscope.json", profile::render_speedscope},
};

void write_files(const fs::path& folder, const profile::CountedProfile& profile,
                 const profile::Listing& listing, const std::string& scenario,
                 const std::string& json) {
  write_atomically(folder / "profile.json", json);
  write_atomically(folder / "callgrind.out", profile::render_callgrind(profile, listing, scenario));
  for (const ProfileFile& file : kFiles) {
    write_atomically(folder / file.name, file.render(profile, scenario));
  }
}

/// The report of a run of the same image, if there is one, shows the profile from now on.
void add_to_page(const fs::path& folder, const std::string& sha256) {
  if (!fs::exists(folder / "record.json")) return;
  const RunRecord record = load_record(folder);
  if (record.fingerprint.image_sha256 != sha256) return;
  write_atomically(folder / "report.html", render_page(folder, record));
}

/// A profile of a guest that went wrong is a profile; but whoever reads it should know.
std::string how_it_ended(const Verdict& ending) {
  if (ending.kind == VerdictKind::pass) return "";
  return fmt::format("note: the guest ended with {}{}\n", verdict_name(ending.kind),
                     ending.reason.empty() ? "" : ": " + printable(ending.reason));
}

ExitStatus status_of(const std::vector<profile::CrossCheck>& checks) {
  const bool differs = std::ranges::any_of(checks, [](const profile::CrossCheck& check) {
    return check.agreement == profile::Agreement::differs;
  });
  return differs ? ExitStatus::failed : ExitStatus::pass;
}

}  // namespace

ExitStatus profile_scenario(const ProfileOptions& options) {
  const Scenario scenario =
      profile::scenario_to_profile(the_instance(options.scenario, options.patterns));
  std::optional<profile::SavedNumbers> base;  // before the boot: a wrong name costs none
  if (!options.base.empty()) base = profile::read_saved_numbers(options.base);
  Progress progress(progress_style(options.output.quiet));
  const Image image = build_with_progress(scenario, options.build, progress);
  const profile::ProfiledBoot boot =
      profile::boot_and_profile(scenario, image, options.elf, progress);
  progress.clear();

  const fs::path folder = options.output.out.empty()
                              ? fs::path("reports") / folder_name(scenario.name)
                              : options.output.out;
  const auto checks = profile::cross_check(boot.profile, boot.boot.events);
  const std::string sha256 = read_facts(image).sha256;
  const std::string json = profile::render_json(boot.profile, scenario.name, sha256, checks);
  const profile::Listing listing = profile::make_listing(boot.profile);
  write_files(folder, boot.profile, listing, scenario.name, json);
  add_to_page(folder, sha256);
  std::string changes;
  if (base) {
    const auto now = profile::saved_numbers_from_json(json, "profile.json");
    changes = profile::render_changes(*base, now, options.base.string(), options.text.rows,
                                      terminal_width());
    const auto moved = profile::moved_by_name(profile::changes_between(*base, now));
    if (!moved.empty()) {
      const fs::path picture = folder / "profile-changes.svg";
      write_atomically(picture, render_flame_graph(boot.profile, scenario.name, moved));
      changes += "\nwhat grew in red: " + printable(picture.string()) + "\n";
    }
  }
  if (options.output.json) {
    print_text(json);
  } else {
    profile::TextOptions text = options.text;
    text.width = terminal_width();
    print_folded(
        how_it_ended(boot.boot.ending) + profile::render_text(boot.profile, text) +
        (options.lines == 0 ? "" : profile::render_lines(boot.profile, listing, options.lines)) +
        (options.blocks == 0 ? "" : profile::render_blocks(boot.profile, listing, options.blocks)) +
        profile::render_cross_check(checks) + changes +
        "\nflame graph: " + printable((folder / "profile.svg").string()) + "\n");
  }
  return status_of(checks);
}

}  // namespace harness
