#include "run/measured_boot.h"

#include <fmt/core.h>

#include <utility>

#include "check/watch.h"
#include "model/verdict.h"
#include "process/interrupt.h"
#include "record/classify.h"
#include "run/plan.h"
#include "stream/collector.h"

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
  const OutputRules rules = output_rules_of(scenario);
  boot.events = collect_events(boot.trace.serial, boot.trace.marks, rules);
  boot.ending = classify(boot.trace, boot.events, rules);
  if (boot.ending.kind != VerdictKind::pass) {
    throw Error(fmt::format("boot {} of {} ended with {} instead of pass: {}", index, what,
                            verdict_name(boot.ending.kind), boot.ending.reason),
                "see it with: uniharness run " + scenario.file, ExitStatus::invalid_data);
  }
  return boot;
}

}  // namespace harness
