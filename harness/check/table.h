// Kinds of checks: what must be true of a run. To add one: write one function and add one row to
// the table (check/table.cpp). The row drives validation of the scenario file, the JSON Schema,
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

/// What a kind means to others than its own function, if anything.
enum class CheckRole {
  plain,      // nothing: the finding is all
  ending,     // states how every boot ends
  allow,      // lines that are neither a crash nor forbidden
  forbid,     // lines that end the boot at once
  identical,  // proves that the counted clock counts
};

struct CheckKind {
  std::string_view name;
  std::string_view help;          // one sentence
  std::string_view example;       // one line of YAML, without the leading "- "
  std::vector<ParamSpec> params;  // none: the check is written "kind: true"
  std::string_view scalar;        // the parameter that a bare scalar sets ("text: hello"), or empty
  Finding (*run)(const RunRecord& record, const CheckSpec& spec);
  std::vector<std::string_view> one_of = {};  // parameters of which exactly one must be given
  CheckRole role = CheckRole::plain;
  bool needs_vga = false;  // looks at the VGA screen, so the machine must have the adapter
};

/// All kinds, in the order that `uniharness checks` prints.
std::span<const CheckKind> check_kinds();
/// The row of that name, or nullptr.
const CheckKind* find_check(std::string_view name);

/// The row with that role; not for `plain`.
const CheckKind& kind_with(CheckRole role);
/// Whether the check is of a kind with that role.
bool has_role(const CheckSpec& spec, CheckRole role);

}  // namespace harness
