// The files of this folder that go into a page, built in by harness/embed.cmake.
#pragma once

#include <string_view>

namespace harness::html {

extern const std::string_view kPage;          // page.html
extern const std::string_view kStyle;         // report.css
extern const std::string_view kScript;        // report.js
extern const std::string_view kCharts;        // charts.js
extern const std::string_view kLive;          // live.js
extern const std::string_view kTables;        // tables.js
extern const std::string_view kFlame;         // flame.js
extern const std::string_view kChartLibrary;  // Chart.js
extern const std::string_view kChartLicence;  // of it

}  // namespace harness::html
