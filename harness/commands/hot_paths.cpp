#include <fmt/core.h>

#include "base/text.h"
#include "commands/profile.h"
#include "output/finish.h"
#include "run/build_progress.h"
#include "run/profiled_boot.h"
#include "suite/select.h"

namespace harness {

ExitStatus hot_paths(const HotPathOptions& options) {
  const Scenario scenario =
      profile::scenario_to_profile(the_instance(options.scenario, options.patterns));
  Progress progress(progress_style(options.output.quiet));
  const Image image = build_with_progress(scenario, options.build, progress);
  const profile::ProfiledBoot boot =
      profile::boot_and_profile(scenario, image, options.elf, progress);
  const profile::CountedProfile& profile = boot.profile;
  progress.clear();

  const profile::Listing listing = profile::make_listing(profile);
  const auto paths = profile::find_hot_paths(profile, listing, options.least);
  const auto gains = profile::tier_gains(profile, boot.boot.events);
  const ExitStatus status = profile::has_difference(gains) ? ExitStatus::failed : ExitStatus::pass;
  if (options.output.json) {
    print_text(profile::render_hot_paths_json(profile, listing, paths, gains, scenario.name));
    return status;
  }
  print_folded(
      fmt::format("{} of {} functions execute more than {} instructions of their own a call\n",
                  paths.size(), profile.functions.size(), grouped(options.least)) +
      profile::render_hot_paths(profile, listing, paths) + profile::render_tier_gains(gains));
  return status;
}

}  // namespace harness
