// Parameters: the values that a scenario file gives to checks and fields, their types, and the
// description of one (ParamSpec) that drives validation, the JSON Schema and the reference page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace harness {

/// An inclusive range of whole numbers, "50..500" in a scenario; an open end is 0 or UINT64_MAX.
struct Range {
  std::uint64_t low = 0;
  std::uint64_t high = UINT64_MAX;
  [[nodiscard]] bool contains(std::uint64_t x) const { return low <= x && x <= high; }
  friend bool operator==(const Range&, const Range&) = default;
};

/// One file that the machine hands to the guest through fw_cfg: a text, or a file of the host.
struct FwCfgEntry {
  std::string name;  // opt/..., at most 55 characters
  std::string text;  // not empty; or else
  std::string file;  // a path
  friend bool operator==(const FwCfgEntry&, const FwCfgEntry&) = default;
};

/// The value of one parameter of a check or of one field, typed by its ParamSpec.
using ParamValue =
    std::variant<bool, std::uint64_t, double, Range, std::string, std::vector<std::string>,
                 std::vector<std::uint64_t>, std::vector<FwCfgEntry>>;

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

}  // namespace harness
