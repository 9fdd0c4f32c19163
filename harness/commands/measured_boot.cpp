#include "commands/measured_boot.h"

#include <fmt/core.h>

#include <utility>

#include "check/watch.h"
#include "commands/plan.h"
#include "record/verdict.h"
#include "stream/stream.h"

namespace harness {

Trace run_measured(Machine& machine, const Scenario& scenario, const Image& image,
                   std::uint64_t index) {
  Job job = make_job(scenario, image, index);
  job.capture_screen = job.screenshot = false;
  Trace trace = machine.run(job, [](std::string_view, std::chrono::nanoseconds) { return true; });
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  return trace;
}

BootRecord measured_boot(Machine& machine, const Scenario& scenario, const Image& image,
                         std::uint64_t index, const std::string& what) {
  BootRecord boot;
  boot.index = index;
  boot.trace = run_measured(machine, scenario, image, index);
  const Reading reading = reading_of(scenario);
  boot.events = fold(boot.trace.serial, boot.trace.marks, reading);
  boot.ending = classify(boot.trace, boot.events, reading);
  if (boot.ending.kind != VerdictKind::pass) {
    throw Error(fmt::format("boot {} of {} is no pass but {}: {}", index, what,
                            verdict_name(boot.ending.kind), boot.ending.reason),
                "see it with: uniharness run " + scenario.file, ExitStatus::invalid_data);
  }
  return boot;
}

}  // namespace harness
