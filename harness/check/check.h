// Checks: what must be true of a run. To add one: write one function and add one row to kChecks
// (check/table.cpp). The row drives validation of the scenario file, the JSON Schema,
// `uniharness checks` and the reference page.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/param.h"
#include "model/record.h"
#include "model/scenario.h"

namespace harness {

struct CheckKind {
  std::string_view name;
  std::string_view help;          // one sentence
  std::string_view example;       // one line of YAML, without the leading "- "
  std::vector<ParamSpec> params;  // none: the check is written "kind: true"
  std::string_view scalar;        // the parameter that a bare scalar sets ("text: hello"), or empty
  Finding (*run)(const RunRecord& record, const CheckSpec& spec);
  std::vector<std::string_view> one_of = {};  // parameters of which exactly one must be given
};

/// All kinds, in the order that `uniharness checks` prints.
std::span<const CheckKind> check_kinds();
/// The row of that name, or nullptr.
const CheckKind* find_check(std::string_view name);

/// Runs all checks of a scenario on a record: fills record.findings (in order) and record.verdict.
/// An `ending:` check that names the verdict observed makes that ending a pass; without one, only
/// an ending of `pass` is good. A run whose ending is not what was expected takes the kind of the
/// ending; else a failed check makes it fail, an invalid one invalid_data. Pure.
void judge(RunRecord& record, const std::vector<CheckSpec>& checks);

}  // namespace harness
