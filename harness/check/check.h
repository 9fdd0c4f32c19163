// Checks: what must be true of a run. To add one: write one function and add one row to kChecks
// (check/table.cpp). The row drives validation of the scenario file, the JSON Schema,
// `uniharness checks` and the reference page.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"
#include "scenario/scenario.h"

namespace harness {

/// The type of a value, as written in a scenario: of a check's parameter, and of the scenario's own
/// fields (scenario/fields.h).
enum class ParamType {
  flag,         // true or false                        -> bool
  count,        // 10, 24K, 4M                          -> std::uint64_t
  number,       // 0.25                                 -> double
  range,        // 50..500, 10, ..500, 50..             -> Range
  text,         // one line, not empty                  -> std::string
  pattern,      // a regular expression, checked by RE2 -> std::string
  texts,        // a list of strings                    -> std::vector<std::string>
  verdict,      // name of a verdict, one of `choices`  -> std::string
  choice,       // one of `choices`                     -> std::string
  identifier,   // a name that can be a folder          -> std::string
  prose,        // any string                           -> std::string
  duration,     // 500ms, 10s, 2m                       -> std::uint64_t, milliseconds
  command,      // a list, or one line to split         -> std::vector<std::string>
  one_or_more,  // a text, or a list of texts          -> std::vector<std::string>
  counts,       // a count, or a list of them           -> std::vector<std::uint64_t>
  files,        // a map: name to text or {file: PATH}  -> std::vector<FwCfgEntry>
};

struct ParamSpec {
  std::string_view name;
  ParamType type = ParamType::text;
  bool required = false;
  std::string_view help = {};
  std::vector<std::string_view> choices = {};
  Range within = {};            // allowed values of a count, a number or a duration
  std::string_view needs = {};  // only together with the parameter of this name
};

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
