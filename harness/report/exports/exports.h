// A run in the forms of other tools. Pure. To add one: a function in a file, and a row in the table
// (exports.cpp).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/record.h"

namespace harness {

struct ExportFormat {
  std::string_view name;  // of `report export --as`
  std::string_view help;
  std::string (*render)(const RunRecord& record);
};
std::span<const ExportFormat> export_formats();
/// The row of that name, or nullptr.
const ExportFormat* find_export(std::string_view name);

/// The test cases of junit.xml as CTRF, the Common Test Report Format: JSON (https://ctrf.io,
/// schema 0.0.0). An error, too, is "failed" there.
std::string render_ctrf(const RunRecord& record);
/// What failed, each with a place in a file, as GitLab's code quality report takes it: JSON, an
/// array of objects with description, check_name, fingerprint, severity and location. [] where
/// nothing did. Two reports of the same failure have one fingerprint, so that GitLab can tell what
/// is new, whatever line it moved to.
std::string render_code_quality(const RunRecord& record);
/// The test cases as TAP 14 (https://testanything.org/tap-version-14-specification.html), what is
/// known of a failure in a YAML block behind it.
std::string render_tap(const RunRecord& record);
/// Every number of the run in the text format of OpenMetrics 1.0 (RFC-to-be, Prometheus reads it):
/// the median over the boots as a gauge `uniharness_number`, named and with its unit by labels.
std::string render_openmetrics(const RunRecord& record);
/// The boots by host time, and their phases by the guest's clock, as trace events that Perfetto and
/// chrome://tracing show: JSON (Trace Event Format, events X, i and M). On the guest's clock an
/// instruction, or a cycle, is shown as a nanosecond.
std::string render_trace_events(const RunRecord& record);

}  // namespace harness
