#include "commands/timeline.h"

#include <fmt/core.h>

#include <fstream>
#include <vector>

#include "base/text.h"
#include "commands/auto_accel.h"
#include "commands/finish.h"
#include "commands/measured_boot.h"
#include "commands/plan.h"
#include "commands/progress.h"
#include "machine/machine.h"
#include "machine/scratch_folder.h"
#include "record/store.h"
#include "scenario/load.h"
#include "timeline/floor_guest.h"
#include "timeline/timeline.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using timeline::Entry;

Entry entry_of(const Image& image) {
  if (!image.disk.empty()) return Entry::boot_sector;
  if (!image.kernel.empty()) return timeline::entry_of_kernel(read_file(image.kernel.string()));
  throw UsageError("there is no empty guest for a CD: timeline takes disks and kernels");
}

/// The empty guest in the place of the image.
Image empty_image(const Image& image, const fs::path& folder) {
  const Entry entry = entry_of(image);
  Image empty;
  empty.firmware = image.firmware;
  fs::path& file = entry == Entry::boot_sector ? empty.disk : empty.kernel;
  file = folder / "empty";
  std::ofstream(file, std::ios::binary) << timeline::floor_guest(entry);
  return empty;
}

Trace boot_empty(Machine& machine, const Scenario& scenario, const Image& empty) {
  Trace trace = run_measured(machine, scenario, empty, 1);
  if (trace.exit_status != wire::process_status(wire::Exit::pass)) {
    throw Error("the empty guest does not come to its end on this machine: QEMU ended with " +
                    (trace.exit_status ? fmt::format("status {}", *trace.exit_status)
                                       : std::string("a signal")),
                "it needs a PC's debug-exit port; try it with the machine `model: pc`");
  }
  return trace;
}

}  // namespace

ExitStatus show_timeline(const TimelineOptions& options) {
  Scenario scenario = load_scenario(options.scenario);
  scenario.clock = ClockKind::host;  // what accel: auto is chosen for
  Progress progress(progress_style(options.quiet || options.json));
  choose_accel(scenario, progress);
  progress.now("build " + scenario.image.target);
  const Image image = build_image(scenario, options.build);
  const ScratchFolder scratch(64 << 10);
  const Image empty = empty_image(image, scratch.path());
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
  std::vector<Trace> floor;
  for (std::size_t i = 0; i <= options.boots; ++i) {
    progress.now(fmt::format("{} of {} pairs", i, options.boots));
    BootRecord boot = measured_boot(machine, scenario, image, i, "the image");
    Trace trace = boot_empty(machine, scenario, empty);
    if (i == 0) continue;  // warm-up: files that were not in memory
    host.push_back(std::move(boot));
    floor.push_back(std::move(trace));
  }
  progress.clear();

  const timeline::Timeline result = timeline::make_timeline(host, floor, counted);
  const timeline::Subject subject{scenario.name,
                                  scenario.machine.arch + " " + scenario.machine.model,
                                  scenario.machine.accel, host.front().trace.qemu_version};
  print_text(options.json ? timeline::render_json(result, subject)
                          : timeline::render_text(result, subject));
  return ExitStatus::pass;
}

}  // namespace harness
