// The history of a number as a page: charts with change points, and the commits they fall on. Pure.
#pragma once

#include <span>
#include <string>

#include "history/series.h"

namespace harness::history {

/// One self-contained page, in the manner of report.html. `series`: all of one metric.
std::string render_series_html(std::span<const Series> series);

}  // namespace harness::history
