// What a scenario's checks say about lines while they come: which end the run at once, and which
// are allowed. A replay comes to the same by the same code.
#pragma once

#include <string_view>
#include <vector>

#include "check/matcher.h"
#include "model/record.h"
#include "model/scenario.h"
#include "stream/allow.h"

namespace harness {

/// The `allow:` entries of a scenario.
std::vector<Allowance> allowances_of(const std::vector<CheckSpec>& checks);

/// What of a scenario decides how its guest is read.
OutputRules output_rules_of(const Scenario& scenario);

/// Makes `rules` that of the record: where it differs from what it was made with, each boot is
/// collected and classified again.
void apply_output_rules(RunRecord& record, OutputRules rules);
/// The same where the boots hold traces alone: each is collected and classified, whatever the
/// rules.
void read_output(RunRecord& record, OutputRules rules);

/// The `forbid:` entries of a scenario, ready for every line of a boot.
class ForbiddenLines {
 public:
  explicit ForbiddenLines(const std::vector<CheckSpec>& checks);

  /// Takes the next line of the log, protocol or not; of a line that is too long its next piece
  /// (`goes_on`: not the first). Returns whether it is forbidden and in no span that allows it.
  /// What stands across two pieces the check finds when the run is over.
  bool see(std::string_view line, bool goes_on = false);

 private:
  std::vector<Matcher> forbidden_;
  AllowedSpans allowed_;
};

}  // namespace harness
