#include "commands/timeline.h"

#include <fmt/core.h>

#include <vector>

#include "machine/machine.h"
#include "output/finish.h"
#include "process/scratch_folder.h"
#include "run/auto_accel.h"
#include "run/empty_guest_boot.h"
#include "run/measured_boot.h"
#include "run/progress.h"
#include "suite/select.h"
#include "timeline/render.h"
#include "timeline/timeline.h"

namespace harness {

ExitStatus show_timeline(const TimelineOptions& options) {
  Scenario scenario = the_instance(options.scenario, options.patterns);
  scenario.clock = ClockKind::host;  // what accel: auto is chosen for
  Progress progress(progress_style(options.quiet || options.json));
  choose_accel(scenario, progress);
  progress.now("build " + scenario.image.target);
  const Image image = build_image(scenario, options.build);
  const ScratchFolder scratch(64 << 10);
  const Image empty = make_empty_image(image, scratch.path());
  QemuMachine machine;

  std::vector<BootRecord> counted;
  if (scenario.machine.accel == "tcg") {
    scenario.clock = ClockKind::counted;
    for (std::uint64_t i = 1; i <= 2; ++i) {
      progress.now(fmt::format("counted boot {}/2", i));
      counted.push_back(measured_boot(machine, scenario, image, i, "the image"));
    }
  }
  scenario.clock = ClockKind::host;
  std::vector<BootRecord> host;
  std::vector<Trace> empty_boots;
  for (std::size_t i = 0; i <= options.boots; ++i) {
    progress.now(fmt::format("{} of {} pairs", i, options.boots));
    BootRecord boot = measured_boot(machine, scenario, image, i, "the image");
    Trace trace = boot_empty(machine, scenario, empty);
    if (i == 0) continue;  // warm-up: files that were not in memory
    host.push_back(std::move(boot));
    empty_boots.push_back(std::move(trace));
  }
  progress.clear();

  const timeline::Timeline result = timeline::make_timeline(host, empty_boots, counted);
  const timeline::TimelineSubject subject{scenario.name,
                                          scenario.machine.arch + " " + scenario.machine.model,
                                          scenario.machine.accel, host.front().trace.qemu_version};
  if (options.json) {
    print_text(timeline::render_json(result, subject));
  } else {
    print_folded(timeline::render_text(result, subject));
  }
  return ExitStatus::pass;
}

}  // namespace harness
