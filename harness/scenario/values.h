// Values: how each type is written in a scenario, and reading one from a Node.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/param.h"
#include "scenario/faults.h"
#include "scenario/node.h"

namespace harness {

/// One row a type, in the order of ParamType.
struct ValueForm {
  ParamType type;
  std::string_view name;      // "range"
  std::string_view accepted;  // "10, 50..500, ..500 or 50.."
  std::string_view pattern;   // of a scalar written as a string, for the JSON Schema; or empty
};
const ValueForm& value_form(ParamType type);

/// What may be written for a parameter: its form, its choices, its bounds.
std::string accepted_text(const ParamSpec& spec);
/// A number as it is written for this parameter: 67108864 as "64M", 3600000 ms as "60m".
std::string written(ParamType type, std::uint64_t value);

/// Reads `node` as a value of `spec`; nullopt after adding a fault that names the key, the value
/// and what is accepted.
std::optional<ParamValue> read_value(const Node& node, const ParamSpec& spec, Faults& faults);

/// "10", "50..500", "..500", "50.."; nullopt for anything else, and for a low end over the high.
std::optional<Range> parse_range(std::string_view text);
/// "500ms", "10s", "2m" in milliseconds.
std::optional<std::uint64_t> parse_duration(std::string_view text);

}  // namespace harness
