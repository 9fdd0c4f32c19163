// Shapes: what a map of a scenario may hold, whether it is a section or the parameters of a check.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/param.h"
#include "scenario/faults.h"
#include "scenario/node.h"

namespace harness {

struct Shape {
  std::string name;  // for messages: "machine", "check 'profile'"
  std::vector<const ParamSpec*> params;
  std::vector<std::string_view> one_of = {};                    // exactly one of these is given
  std::vector<std::string_view> any_of = {};                    // at least one of these is given
  std::vector<std::vector<std::string_view>> at_most_one = {};  // no two of one group are given
  std::vector<std::string_view> others = {};                    // keys that are read elsewhere
  bool extensions = false;  // keys that start with "x-" are skipped
};

struct Given {
  ParamValue value;
  Place at;
};
using Values = std::map<std::string, Given, std::less<>>;

/// Reads the values that a map gives, after `shape`. What is wrong is added to `faults` and left
/// out: unknown and missing keys, values of the wrong form, keys that exclude each other, a key
/// that needs another, a min over its max.
Values read_map(const Node& map, const Shape& shape, Faults& faults);

}  // namespace harness
