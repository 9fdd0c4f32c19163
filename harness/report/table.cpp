#include <array>

#include "report/report.h"

namespace harness {
namespace {

// To add a format: write one function, add one row.
constexpr std::array kReports = {
    ReportFormat{"report.md", "for people: verdict, checks, figures, screen", render_markdown},
    ReportFormat{"report.html", "the same with pictures and the whole log, for a browser",
                 render_html},
    ReportFormat{"junit.xml", "for CI servers: each check, test and boot as a test case",
                 render_junit},
    ReportFormat{"benchmark.json", "the times as Google Benchmark writes them, for its tools",
                 render_benchmark_json},
};

}  // namespace

std::span<const ReportFormat> report_formats() { return kReports; }

}  // namespace harness
