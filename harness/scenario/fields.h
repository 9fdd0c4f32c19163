// The fields of a scenario, as one table: the loader reads by it, and the JSON Schema and the
// reference page are made from it. To add a field: a member in scenario.h and one row here.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/param.h"
#include "model/scenario.h"

namespace harness {

struct Field {
  ParamSpec spec;
  std::string_view default_text = {};  // as written in a scenario; empty: nothing is set
  std::string_view default_note = {};  // where the default depends on another field
  void (*set)(Scenario& scenario, const ParamValue& value) = nullptr;
};

struct FieldSection {
  std::string_view name = {};  // the key; empty for the top level
  std::string_view help;
  bool required = false;
  std::vector<Field> fields = {};
  bool checks = false;                                          // and a list `checks` of its own
  std::vector<std::string_view> any_of = {};                    // at least one of these is given
  std::vector<std::vector<std::string_view>> at_most_one = {};  // no two of one group are given
};

/// All sections; the first is the top level.
std::span<const FieldSection> scenario_sections();

}  // namespace harness
