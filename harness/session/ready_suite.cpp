#include "session/ready_suite.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "output/finish.h"
#include "process/interrupt.h"
#include "report/suite_report.h"
#include "run/plan.h"
#include "session/suite_boots.h"
#include "suite/outcome.h"
#include "suite/select.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

/// What could not be run here stands behind what was.
void add_skipped(const SuiteOptions& options, SuiteResult& suite) {
  for (const SkippedCase& skipped : options.skipped) {
    if (!chosen(options.patterns, skipped.name)) continue;
    suite.instances.push_back({.name = skipped.name,
                               .scenario_file = skipped.source,
                               .folder = {},
                               .outcome = Outcome::skipped,
                               .attempts = {{.verdict = {VerdictKind::skip, skipped.reason}}}});
  }
}

bool disk_was_full(const SuiteResult& suite) {
  return std::ranges::any_of(suite.instances, [](const InstanceResult& result) {
    return !result.attempts.empty() && result.attempts.back().disk_full;
  });
}

/// The results of what was run and of what had run before, in the order of the plan.
std::vector<InstanceResult> in_order(std::vector<std::optional<InstanceResult>> kept,
                                     std::vector<InstanceResult> ran) {
  if (kept.empty()) return ran;
  std::vector<InstanceResult> all;
  all.reserve(kept.size());
  auto next = ran.begin();
  for (std::optional<InstanceResult>& one : kept) {
    all.push_back(one ? std::move(*one) : std::move(*next++));
  }
  return all;
}

/// After Ctrl-C: what had ended by then is reported, the rest was not run. Throws Error where
/// nothing had.
void end_early(SuiteResult& suite, const fs::path& root) {
  suite.status = ExitStatus::interrupted;
  bool any_ended = false;
  for (InstanceResult& result : suite.instances) {
    any_ended |= result.outcome != Outcome::not_run;
    if (result.outcome == Outcome::not_run) result.attempts.clear();
  }
  const std::string next = "uniharness run --resume " + root.string() + " runs what is left";
  if (!any_ended) {
    throw Error("interrupted before any instance had ended", next, ExitStatus::interrupted);
  }
  suite.notes.push_back("interrupted; " + next);
}

}  // namespace

ExitStatus run_ready(ReadySuite ready, const SuiteOptions& options) {
  const fs::path root = root_folder(options);
  SuiteResult suite;
  suite.uniharness_version = UNIHARNESS_VERSION;
  suite.started_at = fmt::format(
      "{:%Y-%m-%dT%H:%M:%SZ}",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
  suite.jobs = jobs_of(options);
  suite.allow_flaky = options.allow_flaky;
  const Clock::time_point start = Clock::now();
  suite.instances = in_order(std::move(ready.kept),
                             boot_instances(ready.instances, ready.images, ready.file, options));
  suite.wall = Clock::now() - start;
  suite.status = status_of(suite.instances, options.allow_flaky);
  suite.notes = std::move(ready.notes);
  if (interrupted()) end_early(suite, root);
  if (disk_was_full(suite)) {
    suite.status = ExitStatus::harness_error;
    suite.notes.push_back(
        "a disk was full, and no further instance was begun; with room made, "
        "uniharness run --resume " +
        root.string() + " runs what is left");
  }
  add_skipped(options, suite);
  deliver_suite(suite, options.run.output, root);
  return suite.status;
}

void deliver_suite(const SuiteResult& suite, const OutputOptions& options, const fs::path& root) {
  std::optional<Error> fault;
  try {
    for (const SuiteFormat& format : suite_formats()) {
      write_atomically(root / format.file, format.render(suite));
    }
  } catch (const Error& error) {
    fault = error;  // what is known is told nevertheless
  }
  print_suite(suite, options, root);
  if (fault) throw Error(*fault);
}

void print_commands(const std::vector<Instance>& instances, const BuildOptions& options) {
  for (const Instance& instance : instances) {
    fmt::print("# {}\n{}\n", instance.scenario.name, bare_command_line(instance.scenario, options));
  }
}

}  // namespace harness
