// The sections of the table of fields (fields.h), each from the file that has it, and how their
// rows read what was given.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "model/param.h"
#include "scenario/fields.h"

namespace harness::field_sections {

FieldSection image();
FieldSection machine();
FieldSection power_cuts();

/// The value of a field, of the type that its row names.
inline const std::string& text(const ParamValue& value) { return std::get<std::string>(value); }
inline std::uint64_t number(const ParamValue& value) { return std::get<std::uint64_t>(value); }
inline bool flag(const ParamValue& value) { return std::get<bool>(value); }
inline const std::vector<std::string>& texts(const ParamValue& value) {
  return std::get<std::vector<std::string>>(value);
}
inline std::chrono::milliseconds duration(const ParamValue& value) {
  return std::chrono::milliseconds(number(value));
}

inline constexpr Range kTimeLimits{1, 3'600'000};  // milliseconds

}  // namespace harness::field_sections
