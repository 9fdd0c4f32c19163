// The history of a number as a page: charts with change points, and the commits they fall on. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "history/series.h"
#include "page/markup.h"

namespace harness::history {

/// One self-contained page, in the manner of report.html. `series`: all of one metric.
std::string render_series_html(std::span<const NumberSeries> series);

/// The numbers of one scenario as a part of its report: those that stepped, kMaxParts at most, and
/// how many kept their level. Empty for no series.
inline constexpr std::size_t kMaxParts = 12;
struct HistoryPart {
  html::PageSection section;
  std::string chart_data;  // JSON for charts.js; empty: nothing to draw
};
HistoryPart render_series_part(std::span<const NumberSeries> series);

}  // namespace harness::history
