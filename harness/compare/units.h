// Two sides that measured in two units of one kind. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compare/measurements.h"

namespace harness {

/// `value` told in another unit, to 15 significant digits; nullopt where that cannot be.
std::optional<double> converted_number(double value, std::string_view from, std::string_view to);

/// The series told in `unit`; nullopt where that cannot be.
std::optional<Series> converted_series(const Series& series, const std::string& unit);

}  // namespace harness
