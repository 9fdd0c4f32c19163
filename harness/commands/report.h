// uniharness report: documents made of what images measure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "build/image.h"

namespace harness {

inline constexpr char kComparisonName[] = "PERFORMANCE_COMPARISON";

struct ComparisonReportOptions {
  std::string file;  // comparison (scenario/comparison_plan.h)
  BuildOptions build;
  std::filesystem::path out = "reports";    // folder of kComparisonName.md and .html
  std::optional<std::uint64_t> host_boots;  // measure host time anew, with so many boots of each
  bool check = false;                       // only say whether the report is current
  bool quiet = false;
};
/// Boots every image under the counted clock and writes the report; host times come from a series
/// that is kept beside it (comparison-host.jsonl). pass; with `check`, regression where the report
/// is not what it would be now.
ExitStatus report_comparison(const ComparisonReportOptions& options);

struct SummaryReportOptions {
  std::filesystem::path report;    // folder of a run
  std::filesystem::path baseline;  // of its numbers, or empty
  std::filesystem::path roadmap;   // what is next, or empty
  std::filesystem::path out;       // Markdown file
  bool check = false;              // only say whether the summary is current
};
/// Writes one page about a run: built, measured, changed, next. Exit status as above.
ExitStatus report_summary(const SummaryReportOptions& options);

struct ExportOptions {
  std::filesystem::path report;  // folder of a run
  std::string as;                // name of a form (report/exports/exports.h)
  std::filesystem::path out;     // file to write; empty: the standard output
};
/// Writes a recorded run in the form of another tool. pass, whatever became of the run: its verdict
/// is in what is written. Throws Error for a folder without a record.
ExitStatus report_export(const ExportOptions& options);

}  // namespace harness
