#include "run/boots.h"

#include <fmt/core.h>

#include <chrono>

#include "base/time.h"
#include "check/watch.h"
#include "live/status.h"
#include "machine/machine.h"
#include "model/verdict.h"
#include "process/interrupt.h"
#include "record/classify.h"
#include "run/clock_watch.h"
#include "stream/collector.h"

namespace harness {
namespace {

/// Whether another boot is worth its time: not after one that we had to cut off, which would take
/// its full limit again; not after a flood, which fills what memory there is for a run and has its
/// verdict; nor when QEMU itself cannot run.
bool worth_another_boot(const BootRecord& last) {
  return last.trace.started &&
         (last.trace.stop == StopReason::none || last.trace.stop == StopReason::satisfied) &&
         last.trace.left_out == 0;
}

}  // namespace

BootRecord boot_once(Machine& machine, const Job& job, std::uint64_t index,
                     const Scenario& scenario, bool verbose, Progress& progress,
                     LiveReporter* live) {
  const std::uint64_t boots = scenario.boots;
  const OutputRules rules = output_rules_of(scenario);
  ForbiddenLines forbidden(scenario.checks);
  bool over = false;  // a forbidden line came
  EventCollector collector(
      [&](std::string_view line, LineKind) {
        over |= forbidden.see(line);
        if (verbose) progress.serial(line);
      },
      rules);
  std::size_t received = 0;
  BootRecord boot;
  boot.index = index;
  progress.now(fmt::format("boot {}/{}", index, boots));
  boot.trace = machine.run(job, [&](std::string_view bytes, std::chrono::nanoseconds at) {
    collector.add(bytes, at);
    if (live) live->said(bytes);
    received += bytes.size();
    progress.now(fmt::format("boot {}/{}: {} bytes in {:.0f} ms", index, boots, received,
                             in_milliseconds(at)));
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
  progress.done(fmt::format("boot {}/{}: {} after {:.1f} ms", index, boots,
                            verdict_name(boot.ending.kind), in_milliseconds(boot.trace.wall)));
  return boot;
}

RunRecord boot_all(Machine& machine, const Scenario& scenario, const Image& image,
                   const ImageFacts& facts, const std::filesystem::path& folder, bool verbose,
                   Progress& progress) {
  RunRecord record = make_record(scenario, image, facts);
  LiveReporter live(folder, scenario.name, scenario.boots);
  ClockWatch watch(machine, scenario);
  for (std::uint64_t index = 1; index <= scenario.boots; ++index) {
    const Job job = make_job(scenario, image, index);
    live.boot_begins(index);
    record.boots.push_back(boot_once(watch, job, index, scenario, verbose, progress, &live));
    if (!worth_another_boot(record.boots.back())) break;
  }
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  record.fingerprint.qemu_version = record.boots.front().trace.qemu_version;
  return record;
}

}  // namespace harness
