#include <fmt/format.h>

#include "base/text.h"
#include "model/verdict.h"
#include "record/summary.h"
#include "report/exports/exports.h"

namespace harness {
namespace {

/// Between double quotes: "\", the quote and the line end are escaped.
std::string label(std::string_view name, std::string_view untrusted) {
  std::string text = std::string(name) + "=\"";
  for (const char c : printable(untrusted)) {
    if (c == '\\' || c == '"') text += '\\';
    text += c;
  }
  return text + "\"";
}

}  // namespace

std::string render_openmetrics(const RunRecord& record) {
  const Fingerprint& print = record.fingerprint;
  const std::string scenario = label("scenario", record.scenario);
  std::string text = "# TYPE uniharness_run info\n";
  text += fmt::format("uniharness_run_info{{{},{},{},{},{}}} 1\n", scenario,
                      label("verdict", verdict_name(record.verdict.kind)),
                      label("image_sha256", print.image_sha256), label("qemu", print.qemu_version),
                      label("started_at", record.started_at));
  text += "# TYPE uniharness_exit_status gauge\n";
  text += fmt::format("uniharness_exit_status{{{}}} {}\n", scenario,
                      static_cast<int>(exit_status(record.verdict.kind)));
  const std::vector<MetricSummary> numbers = summarize(record);
  if (!numbers.empty()) text += "# TYPE uniharness_number gauge\n";
  for (const MetricSummary& one : numbers) {
    text += fmt::format("uniharness_number{{{},{},{}}} {}\n", scenario, label("name", one.name),
                        label("unit", one.unit), one.median);
  }
  return text + "# EOF\n";
}

}  // namespace harness
