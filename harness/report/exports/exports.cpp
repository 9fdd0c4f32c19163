#include "report/exports/exports.h"

#include <algorithm>
#include <array>

namespace harness {
namespace {

constexpr std::array kExports = {
    ExportFormat{"ctrf", "test cases as CTRF, the Common Test Report Format (JSON)", render_ctrf},
    ExportFormat{"code-quality", "what failed at its place in the source, for GitLab (JSON)",
                 render_code_quality},
    ExportFormat{"tap", "test cases as TAP 14", render_tap},
    ExportFormat{"openmetrics", "numbers in the text format that Prometheus reads",
                 render_openmetrics},
    ExportFormat{"trace", "boots and phases over time, for Perfetto and chrome://tracing (JSON)",
                 render_trace_events},
};

}  // namespace

std::span<const ExportFormat> export_formats() { return kExports; }

const ExportFormat* find_export(std::string_view name) {
  const auto* const row = std::ranges::find(kExports, name, &ExportFormat::name);
  return row == kExports.end() ? nullptr : row;
}

}  // namespace harness
