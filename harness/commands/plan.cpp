#include "commands/plan.h"

#include <fmt/format.h>

#include <string>

#include "base/files.h"
#include "base/format.h"
#include "base/text.h"
#include "output/finish.h"
#include "session/suite_run.h"
#include "suite_plan/suite_plan.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// "about 3.2 s of boots", where that is known of all.
std::string expected_text(const SuitePlan& plan) {
  std::chrono::nanoseconds sum{0};
  for (const PlannedInstance& one : plan.instances) {
    if (!one.expected) return {};
    sum += *one.expected;
  }
  return fmt::format(", {} of boots expected", duration_text(sum));
}

ExitStatus make(const PlanOptions& options) {
  if (options.suite.scenarios.empty()) {
    throw UsageError("plan: no scenario is named", "name scenario files, globs or folders");
  }
  SuitePlan made = plan_suite(options.suite);
  if (options.parts > made.instances.size()) {
    throw UsageError(fmt::format("--parts {}: there is only {}, and a part must not be empty",
                                 options.parts, count_of(made.instances.size(), "instance")),
                     fmt::format("at most --parts {}", made.instances.size()));
  }
  made.parts = options.parts;
  const PlanFile file = plan_file(std::move(made));
  const std::string name = options.out.string();
  (void)plan_from_json(file.text, name);  // what cannot be read again is of no use to anybody
  write_named(options.out, file.text);
  print_text(fmt::format(
      "{}: {}{}; SHA-256 {}\nnext: uniharness run --plan {} --part 1/{} --out part-1\n",
      printable(name), count_of(file.plan.instances.size(), "instance"), expected_text(file.plan),
      file.sha256, printable(name), options.parts == 0 ? "n" : std::to_string(options.parts)));
  return ExitStatus::pass;
}

ExitStatus check(const PlanOptions& options) {
  const SuitePlan then = load_plan(options.check).plan;
  SuiteOptions again = options.suite;
  again.scenarios = then.choice.scenarios;
  again.patterns = then.choice.patterns;
  again.quarantine = then.choice.quarantine;
  again.retries = then.retries;
  again.allow_flaky = then.allow_flaky;
  again.run.boots = then.boots;
  again.run.clock = then.clock;
  const std::vector<std::string> changes = plan_changes(then, plan_suite(again));
  if (changes.empty()) {
    print_text(fmt::format("{}: nothing has changed, {}\n", printable(options.check.string()),
                           count_of(then.instances.size(), "instance")));
    return ExitStatus::pass;
  }
  std::string text;
  for (const std::string& change : changes) text += "changed: " + printable(change) + "\n";
  print_text(text + fmt::format("{}: {}; make the plan again\n", printable(options.check.string()),
                                count_of(changes.size(), "change")));
  return ExitStatus::invalid_data;
}

}  // namespace

ExitStatus plan(const PlanOptions& options) {
  return options.check.empty() ? make(options) : check(options);
}

}  // namespace harness
