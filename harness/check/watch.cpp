#include "check/watch.h"

#include <algorithm>
#include <utility>

#include "check/support.h"
#include "check/table.h"
#include "record/classify.h"
#include "stream/collector.h"

namespace harness {

std::vector<Allowance> allowances_of(const std::vector<CheckSpec>& checks) {
  std::vector<Allowance> allowances;
  for (const CheckSpec& spec : checks) {
    if (!has_role(spec, CheckRole::allow)) continue;
    allowances.push_back({.crash = text_param(spec, "crash"),
                          .text = text_param(spec, "text"),
                          .from = text_param(spec, "from"),
                          .to = text_param(spec, "to")});
  }
  return allowances;
}

OutputRules output_rules_of(const Scenario& scenario) {
  return {.allowances = allowances_of(scenario.checks),
          .exits = scenario.exits,
          .reboot = scenario.reboot,
          .formats = scenario.formats,
          .steps = scenario.steps,
          .metrics = scenario.metrics,
          .tests = scenario.tests};
}

void apply_output_rules(RunRecord& record, OutputRules rules) {
  if (record.output_rules != rules) read_output(record, std::move(rules));
}

void read_output(RunRecord& record, OutputRules rules) {
  OutputRules& own = record.output_rules;
  own = std::move(rules);
  for (BootRecord& boot : record.boots) {
    boot.events =
        collect_events(boot.trace.serial, boot.trace.marks, own, event_limits(boot.trace.left_out));
    boot.ending = classify(boot.trace, boot.events, own);
  }
}

ForbiddenLines::ForbiddenLines(const std::vector<CheckSpec>& checks)
    : allowed_(allowances_of(checks)) {
  for (const CheckSpec& spec : checks) {
    if (has_role(spec, CheckRole::forbid)) forbidden_.push_back(matcher_of(spec));
  }
}

bool ForbiddenLines::see(std::string_view line, bool goes_on) {
  if (forbidden_.empty()) return false;
  allowed_.see(line, goes_on);
  return std::ranges::any_of(forbidden_, [&](const Matcher& matches) { return matches(line); }) &&
         !allowed_.allows(line, "");
}

}  // namespace harness
