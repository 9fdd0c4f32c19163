// The history as text for a terminal. Pure; every word of a record goes through printable().
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "history/calibration.h"
#include "history/json.h"
#include "history/series.h"

namespace harness::history {

/// What a history holds, a row for each series.
std::string render_holdings(std::span<const Holding> holdings);

/// A chart of block characters for each segment, with its steps and the commits they fall on. Of
/// more points than `width` has room for, the last are drawn, and it is said.
std::string render_series(const NumberSeries& series, std::size_t width);

/// A table for each scenario and clock.
std::string render_calibration(const Calibration& calibration);

/// 1234.5 -> "1,234.5"; whole numbers without a decimal.
std::string figure(double value);

}  // namespace harness::history
