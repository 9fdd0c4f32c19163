#include "commands/init.h"

#include <fmt/format.h>

#include <cstdio>
#include <system_error>

#include "base/files.h"
#include "base/text.h"
#include "machine/machine.h"
#include "onboarding/draft.h"
#include "onboarding/yaml_text.h"
#include "output/finish.h"
#include "process/interrupt.h"
#include "record/classify.h"
#include "run/plan.h"
#include "run/progress.h"
#include "stream/collector.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// What the bytes show, and what the user says instead.
onboarding::ImageKind kind_of(const InitOptions& options) {
  onboarding::ImageKind kind = onboarding::identify(options.image);
  if (!options.as.empty() && options.as != kind.key) {
    kind = {.key = options.as, .arch = kind.arch, .what = options.as + " image"};
  }
  if (!options.arch.empty()) kind.arch = options.arch;
  if (kind.arch.empty()) kind.arch = "x86_64";
  if (!options.append.empty()) kind.append = options.append;
  if (kind.key != "kernel" && !options.append.empty()) {
    throw UsageError("--append is the command line of a kernel, and " + options.image.string() +
                         " is booted as " + std::string(kind.key),
                     "leave it out, or add --as kernel");
  }
  if (!kind.refusal.empty()) {
    throw UsageError(options.image.string() + ": " + kind.refusal, kind.next_step);
  }
  return kind;
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
                   "replace it with --force, or write elsewhere: -o OTHER.yaml");
}

/// The image as a scenario in `file` must name it.
std::string path_from(const fs::path& file, const fs::path& image) {
  const fs::path folder = fs::weakly_canonical(fs::absolute(file).parent_path());
  return fs::canonical(image).lexically_proximate(folder).string();
}

Image image_of(const Scenario& scenario, const fs::path& file) {
  const fs::path path = fs::canonical(file);
  Image image;
  if (!scenario.image.disk.empty()) image.disk = path;
  if (!scenario.image.kernel.empty()) image.kernel = path;
  if (!scenario.image.cdrom.empty()) image.cdrom = path;
  if (!scenario.image.firmware.empty()) image.firmware = path.string();
  if (!scenario.image.flash.empty()) image.flash = {path};
  return image;
}

/// One boot that nothing is expected of. A crash ends it: nothing of interest can follow.
BootRecord probe_boot(const Scenario& scenario, const InitOptions& options) {
  Progress progress(progress_style(options.quiet));
  EventCollector collector([&](std::string_view line, LineKind) {
    if (options.verbose) progress.serial(line);
  });
  BootRecord boot;
  std::size_t received = 0;
  progress.now("probe boot");
  QemuMachine machine;
  boot.trace = machine.run(make_job(scenario, image_of(scenario, options.image), 1),
                           [&](std::string_view bytes, std::chrono::nanoseconds at) {
                             collector.add(bytes, at);
                             received += bytes.size();
                             progress.now(fmt::format("probe boot: {} bytes", received));
                             return !collector.crashed();
                           });
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  boot.events = collector.finish();
  boot.ending = classify(boot.trace, boot.events);
  return boot;
}

}  // namespace

ExitStatus init_scenario(const InitOptions& options) {
  const fs::path file = scenario_path(options);
  onboarding::Probe probe{.kind = kind_of(options), .scenario = {}, .boot = {}};
  require_free(file, options.force);
  require_writable(fs::absolute(file).parent_path());
  probe.scenario = onboarding::scenario_to_probe(
      probe.kind, onboarding::scenario_name(options.image.stem().string()),
      path_from(file, options.image));
  probe.scenario.limits.wall = options.wall;
  probe.scenario.limits.idle = options.wall / 3;
  probe.boot = probe_boot(probe.scenario, options);

  const onboarding::Draft draft = onboarding::make_draft(probe);
  write_atomically(file, draft.yaml);
  std::string text = fmt::format("{}: written\n", printable(file.string()));
  for (const std::string& line : draft.found) text += "  " + printable(line) + "\n";
  print_text(text + fmt::format("next: uniharness run {}\n", printable(file.string())));
  return ExitStatus::pass;
}

}  // namespace harness
