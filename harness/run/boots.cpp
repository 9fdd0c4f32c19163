#include "run/boots.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "backtrace/qemu_registers.h"
#include "backtrace/symbolize.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/time.h"
#include "check/judge.h"
#include "check/promise.h"
#include "check/watch.h"
#include "live/status.h"
#include "machine/machine.h"
#include "model/verdict.h"
#include "process/interrupt.h"
#include "record/classify.h"
#include "run/boots_at_once.h"
#include "run/clock_watch.h"
#include "run/host_facts.h"
#include "run/origin_facts.h"
#include "run/power_cut_boots.h"
#include "run/working_disk.h"
#include "stream/collector.h"

namespace harness {
namespace {

/// A boot whose writes are recorded, where `power_cuts:` asks for it.
class CutRecording {
 public:
  /// `disk`: what the boot will begin with.
  CutRecording(const Scenario& scenario, std::uint64_t index, const std::filesystem::path& disk)
      : persists_(scenario.image.persist), disk_(disk) {
    if (!scenario.power_cuts) return;
    const std::vector<std::uint64_t>& boots = scenario.power_cuts->boots;
    if (std::ranges::find(boots, index) != boots.end()) copy_.emplace(disk);
  }
  void prepare(Job& job) const {
    if (!copy_) return;
    job.record_disk = true;
    // Where nothing persists, the image itself stays what it was, and the boot gets the copy.
    if (!persists_) job.written_disk = copy_->file();
  }
  /// What the boot began with.
  [[nodiscard]] const std::filesystem::path& before() const {
    return copy_ && persists_ ? copy_->file() : disk_;
  }
  void try_cuts(Machine& machine, const PowerCutRun& run, Progress& progress,
                std::vector<PowerCuts>& all) const {
    if (!copy_) return;
    if (run.recorded.ending.kind == VerdictKind::pass) {
      all.push_back(try_power_cuts(machine, run, progress));
      return;
    }
    PowerCuts none;
    none.boot = run.recorded.index;
    none.at = run.spec.at;
    none.fault = fmt::format("the boot itself ended as {}", verdict_name(run.recorded.ending.kind));
    all.push_back(std::move(none));
  }

 private:
  bool persists_;
  std::filesystem::path disk_;
  std::optional<WorkingDisk> copy_;
};

/// Only an explanation is made of them, so what is wrong with them is no fault of the run.
std::filesystem::path symbols(const Image& image) {
  try {
    return symbols_of(image);
  } catch (const Error&) {
    return {};
  }
}

/// How many those become that are booted until it is enough, nobody knows.
std::string name_of_boot(const Scenario& scenario, std::uint64_t index) {
  return index <= scenario.boots ? fmt::format("boot {}/{}", index, scenario.boots)
                                 : fmt::format("boot {}", index);
}

}  // namespace

std::string boot_outcome(const Scenario& scenario, const BootRecord& boot) {
  return fmt::format("{}: {} after {:.1f} ms", name_of_boot(scenario, boot.index),
                     verdict_name(boot.ending.kind), in_milliseconds(boot.trace.wall));
}

BootRecord boot_once(Machine& machine, const Job& job, std::uint64_t index,
                     const Scenario& scenario, bool verbose, Progress& progress,
                     LiveReporter* live) {
  const OutputRules rules = output_rules_of(scenario);
  ForbiddenLines forbidden(scenario.checks);
  bool over = false;  // a forbidden line came
  EventCollector collector(
      [&](std::string_view line, LineKind, bool goes_on) {
        over |= forbidden.see(line, goes_on);
        if (verbose) progress.serial(line);
      },
      rules);
  std::size_t received = 0;
  BootRecord boot;
  boot.index = index;
  const std::string which = name_of_boot(scenario, index);
  progress.now(which);
  Job asking = job;
  asking.where_it_was = [&](std::string_view registers) {
    boot.crash_site = site_of_registers(registers);
  };
  boot.trace = machine.run(asking, [&](std::string_view bytes, std::chrono::nanoseconds at) {
    collector.add(bytes, at);
    if (live) live->said(bytes);
    received += bytes.size();
    progress.now(fmt::format("{}: {} bytes in {:.0f} ms", which, received, in_milliseconds(at)));
    return !over && !collector.crashed();
  });
  boot.events = collector.finish();
  // Of a flood only the beginning and the end are kept, and a replay has nothing else to judge by.
  if (boot.trace.left_out > 0) {
    boot.events = {};  // before the others are made: together they would be too much
    boot.events = collect_events(boot.trace.serial, boot.trace.marks, rules,
                                 event_limits(boot.trace.left_out));
  }
  boot.ending = classify(boot.trace, boot.events, rules);
  if (exit_status(boot.ending.kind) == ExitStatus::pass) boot.crash_site.reset();
  progress.done(boot_outcome(scenario, boot));
  return boot;
}

namespace {

void find_crash_site(BootRecord& boot, const Image& image) {
  if (exit_status(boot.ending.kind) == ExitStatus::pass) return;
  boot.crash_site = crash_site_of(boot, symbols(image));
}

/// The boots of `record`, as many at a time as options.boot_jobs says.
void boot_side_by_side(Machine& machine, const Scenario& scenario, const Image& image,
                       const BootAllOptions& options, Progress& progress, LiveReporter& live,
                       RunRecord& record) {
  record.boots = boot_at_once(machine, scenario, image, options.boot_jobs, progress, live);
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  record.fingerprint.qemu_version = record.boots.front().trace.qemu_version;
  for (BootRecord& boot : record.boots) {
    find_crash_site(boot, image);
  }
}

}  // namespace

RunRecord boot_all(Machine& machine, const Scenario& scenario, const Image& image,
                   const ImageFacts& facts, const std::filesystem::path& folder,
                   const BootAllOptions& options, Progress& progress) {
  RunRecord record = make_record(scenario, image, facts);
  note_host(record, options.hide_hostname);
  begin_origin_search();
  if (scenario.clock == ClockKind::host) record.origin = this_origin();  // git takes time, too
  std::optional<WorkingDisk> disk;                                       // that persists
  if (scenario.image.persist) disk.emplace(image.disk);
  std::optional<std::uint64_t> promised;  // by the boots so far
  remove_kept_cuts(folder);
  LiveReporter live(folder, scenario.name, scenario.boots);
  if (options.boot_jobs > 1 && scenario.boots > 1 && !options.another && !options.verbose &&
      may_boot_at_once(scenario)) {
    boot_side_by_side(machine, scenario, image, options, progress, live, record);
    record.origin = this_origin();
    return record;
  }
  ClockWatch watch(machine, scenario);
  const auto wanted = [&](std::uint64_t index) {
    return index <= scenario.boots || (options.another && options.another(record));
  };
  for (std::uint64_t index = 1; wanted(index); ++index) {
    Job job = make_job(scenario, image, index);
    if (disk) job.written_disk = disk->file();
    CutRecording recording(scenario, index, disk ? disk->file() : image.disk);
    recording.prepare(job);
    live.boot_begins(index);
    record.boots.push_back(
        boot_once(watch, job, index, scenario, options.verbose, progress, &live));
    BootRecord& boot = record.boots.back();
    record.fingerprint.qemu_version = record.boots.front().trace.qemu_version;
    if (disk) boot.trace.disk_sha256 = sha256_of_file(disk->file());
    if (interrupted()) break;
    find_crash_site(boot, image);
    if (scenario.power_cuts) {
      const PowerCutSpec& spec = *scenario.power_cuts;
      recording.try_cuts(machine,
                         {.scenario = scenario,
                          .spec = spec,
                          .image = image,
                          .recorded = boot,
                          .before = recording.before(),
                          .folder = folder,
                          .promised = promised,
                          .jobs = options.cut_jobs},
                         progress, record.power_cuts);
      if (disk) {
        promised = std::max(promised, PromisePattern(spec.said).highest(boot.trace.serial));
      }
    }
    if (!worth_another_boot(record.boots.back())) break;
  }
  if (scenario.power_cuts) complete_power_cuts(record, *scenario.power_cuts);
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  if (disk && options.keep_disk) disk->keep_as(folder / kKeptDisk);
  record.origin = this_origin();
  return record;
}

}  // namespace harness
