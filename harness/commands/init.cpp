#include "commands/init.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "backtrace/qemu_registers.h"
#include "backtrace/symbolize.h"
#include "base/files.h"
#include "base/text.h"
#include "build/file_form.h"
#include "build/image.h"
#include "formats/formats.h"
#include "machine/machine.h"
#include "onboarding/draft.h"
#include "onboarding/hints.h"
#include "onboarding/prompt.h"
#include "onboarding/schema_line.h"
#include "onboarding/yaml_text.h"
#include "output/finish.h"
#include "process/interrupt.h"
#include "record/classify.h"
#include "report/crash.h"
#include "run/plan.h"
#include "run/progress.h"
#include "scenario/values.h"
#include "stream/collector.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// What the bytes show, and what the user says instead.
onboarding::IdentifiedImage image_of(const InitOptions& options) {
  onboarding::IdentifiedImage image = onboarding::identify(options.image);
  const onboarding::ImageKind asked = onboarding::kind_of_key(options.as);
  if (!options.as.empty() && asked != image.kind) {
    image = {.kind = asked, .arch = image.arch, .what = options.as + " image"};
  }
  if (!options.arch.empty()) image.arch = options.arch;
  if (image.arch.empty()) image.arch = "x86_64";
  if (!options.append.empty()) image.append = options.append;
  if (!image.refusal.empty()) {
    throw UsageError(options.image.string() + ": " + image.refusal,
                     with_file_name(image.next_step, options.image.string()));
  }
  const bool kernel_words = !options.append.empty() || !options.initrd.empty();
  if (image.kind != onboarding::ImageKind::kernel && kernel_words) {
    const auto& key = onboarding::image_key(image.kind).key;
    throw UsageError(fmt::format("--append and --initrd are for a kernel, and {} is booted as {}",
                                 options.image.string(), key),
                     fmt::format("leave them out, or add {}", onboarding::hint::kAsKernel));
  }
  return image;
}

fs::path scenario_path(const InitOptions& options) {
  if (!options.out.empty()) return options.out;
  fs::path file = options.image;
  return file.replace_extension(".yaml");
}

void require_free(const fs::path& file, bool force) {
  std::error_code error;
  if (force || !fs::exists(fs::symlink_status(file, error))) return;
  throw UsageError(file.string() + " already exists",
                   fmt::format("replace it with {}, or write elsewhere: {}",
                               onboarding::hint::kReplace, onboarding::hint::kElsewhere));
}

/// A file as a scenario in `file` must name it.
std::string path_from(const fs::path& file, const fs::path& image) {
  std::error_code error;
  const fs::path there = fs::canonical(image, error);
  if (error) {
    throw UsageError(image.string() + " cannot be read: " + error.message(),
                     "name a file that is there");
  }
  const fs::path folder = fs::weakly_canonical(fs::absolute(file).parent_path());
  return there.lexically_proximate(folder).string();
}

std::string module_from(const fs::path& file, const std::string& text) {
  const ModuleText module = split_module(text, [](const std::string& name) {
    std::error_code error;
    return fs::is_regular_file(name, error);
  });
  return path_from(file, module.file) + (module.words.empty() ? "" : " " + module.words);
}

onboarding::Wishes wishes_of(const InitOptions& options, const fs::path& file) {
  onboarding::Wishes wishes;
  wishes.memory = options.memory;
  wishes.cpu = options.cpu;
  wishes.smp = options.smp;
  for (const std::string& module : options.initrd) {
    wishes.initrd.push_back(module_from(file, module));
  }
  for (const fs::path& disk : options.disks) wishes.disks.push_back(path_from(file, disk));
  return wishes;
}

std::vector<std::string> formats_that_mean_crashes() {
  std::vector<std::string> names;
  for (const Format& format : formats()) {
    if (!format.meant[0].empty()) names.emplace_back(format.name);
  }
  return names;
}

/// One boot that nothing is expected of. A crash ends it, since nothing of interest can follow, and
/// so does the silence behind a prompt.
BootRecord probe_boot(const Scenario& scenario, const InitOptions& options) {
  Progress progress(progress_style(options.quiet));
  EventCollector collector([&](std::string_view line, LineKind, bool) {
    if (options.verbose) progress.serial(line);
  });
  BootRecord boot;
  std::size_t received = 0;
  std::string end;  // of the output
  const std::string what = "probe boot with " + written(ParamType::count, scenario.machine.memory);
  progress.now(what);
  QemuMachine machine;
  const Image image = find_image(scenario, {.build = false});
  Job job = make_job(scenario, image, 1);
  job.where_it_was = [&](std::string_view registers) {
    boot.crash_site = site_of_registers(registers);
  };
  job.settled = [&] { return onboarding::ends_in_prompt(end); };
  // A test may crash on purpose; what printed it is not known yet.
  EventCollector with_formats({}, {.allowances = {},
                                   .exits = {},
                                   .formats = formats_that_mean_crashes(),
                                   .steps = {},
                                   .metrics = {}});
  boot.trace = machine.run(job, [&](std::string_view bytes, std::chrono::nanoseconds at) {
    constexpr std::size_t kKept = 1024;
    collector.add(bytes, at);
    with_formats.add(bytes, at);
    received += bytes.size();
    end += bytes;
    end.erase(0, end.size() - std::min(end.size(), kKept));
    progress.now(fmt::format("{}: {} bytes", what, received));
    return !collector.crashed() || !with_formats.crashed();
  });
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  boot.events = collector.finish();
  if (!with_formats.finish().crash) boot.events.crash.reset();
  boot.ending = classify(boot.trace, boot.events);
  try {
    boot.crash_site = crash_site_of(boot, symbols_of(image));
  } catch (const Error&) {
    boot.crash_site.reset();  // only an explanation is made of it
  }
  return boot;
}

/// Where the guest crashed, reset the machine or was ended, as far as the image has symbols.
std::string place_of(const onboarding::Probe& probe) {
  const bool waits = onboarding::ends_in_prompt(probe.boot.trace.serial);
  if (!probe.boot.crash_site || waits) return "";
  const std::string place = crash_place_text(*probe.boot.crash_site);
  return place.empty() ? "" : "it was in " + place;
}

/// Boots, and once more with more memory where that may help and the user has not said how much.
/// Returns what to tell of it.
std::string take_probe(onboarding::Probe& probe, const InitOptions& options) {
  probe.boot = probe_boot(probe.scenario, options);
  const std::string why = onboarding::reason_for_more_memory(probe.boot);
  if (why.empty() || options.memory != 0) return "";
  const std::uint64_t first = probe.scenario.machine.memory;
  Scenario larger = probe.scenario;
  larger.machine.memory = onboarding::more_memory(first);
  BootRecord second = probe_boot(larger, options);
  const auto size = [](std::uint64_t bytes) { return written(ParamType::count, bytes); };
  const std::string begin = fmt::format("with {} of memory {}", size(first), why);
  const std::string other = onboarding::reason_for_more_memory(second);
  if (!second.trace.started || !other.empty()) {
    return fmt::format("{}; {} is no help", begin, size(larger.machine.memory));
  }
  probe.scenario = std::move(larger);
  probe.boot = std::move(second);
  return fmt::format("{}; with {} it does not, so the scenario has that", begin,
                     size(probe.scenario.machine.memory));
}

/// Two boots more, under the counted clock, of a guest that ends by itself: where they say the same
/// and end as the probe did, the scenario has that clock. Returns what to tell of it.
std::string take_counted_probes(onboarding::Probe& probe, const InitOptions& options) {
  const bool may_be_counted = probe.boot.trace.started && !probe.boot.trace.serial.empty() &&
                              probe.scenario.machine.smp == 1 &&
                              onboarding::ended_alike(probe.boot, probe.boot);
  if (!may_be_counted) return "";
  Scenario counted = probe.scenario;
  counted.clock = ClockKind::counted;
  const BootRecord first = probe_boot(counted, options);
  if (!onboarding::ended_alike(probe.boot, first)) {
    return "under the counted clock it ends otherwise, so the scenario has the host's";
  }
  BootRecord second = probe_boot(counted, options);
  if (!onboarding::ended_alike(first, second) || first.trace.serial != second.trace.serial) {
    return "two boots under the counted clock did not say the same, so the scenario has the host's";
  }
  probe.scenario = std::move(counted);
  probe.boot = std::move(second);
  return "two boots under the counted clock said the same bytes, so the scenario has that clock";
}

}  // namespace

ExitStatus init_scenario(const InitOptions& options) {
  const fs::path file = scenario_path(options);
  onboarding::Probe probe{.image = image_of(options), .scenario = {}, .boot = {}};
  require_free(file, options.force);
  require_writable(fs::absolute(file).parent_path());
  probe.scenario = onboarding::scenario_to_probe(
      probe.image, onboarding::scenario_name(options.image.stem().string()),
      path_from(file, options.image), wishes_of(options, file));
  probe.scenario.file = file.string();
  probe.scenario.image.at = {file.string(), 0, 0};
  probe.scenario.limits.wall = options.wall;
  probe.scenario.limits.idle = options.wall / 3;
  const std::string memory = take_probe(probe, options);
  const std::string clock = take_counted_probes(probe, options);

  const onboarding::Draft draft = onboarding::make_draft(probe, options.expect_failure);
  write_atomically(file, onboarding::schema_line() + draft.yaml);
  std::string text = fmt::format("{}: written\n", printable(file.string()));
  for (const std::string& line : draft.found) text += "  " + printable(line) + "\n";
  for (const std::string& one : {place_of(probe), memory, clock}) {
    if (!one.empty()) text += "  " + printable(one) + "\n";
  }
  for (const std::string& line : draft.warnings) text += "WARNING: " + printable(line) + "\n";
  print_text(text + fmt::format("next: uniharness run {}\n", printable(file.string())));
  return draft.passes ? ExitStatus::pass : ExitStatus::failed;
}

}  // namespace harness
