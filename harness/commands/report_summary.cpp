#include "base/files.h"
#include "base/shell.h"
#include "commands/report.h"
#include "output/written_report.h"
#include "record/store.h"
#include "summary_report/summary.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> commands_for(const SummaryReportOptions& options,
                                      const RunRecord& record) {
  std::vector<std::string> command = {"uniharness", "report", "summary", options.report.string()};
  if (!options.baseline.empty()) command.insert(command.end(), {"--baseline", options.baseline});
  if (!options.roadmap.empty()) command.insert(command.end(), {"--roadmap", options.roadmap});
  command.insert(command.end(), {"--out", options.out});
  return {shell_quoted({"uniharness", "run", record.scenario_file, "--out", options.report}),
          shell_quoted(command)};
}

}  // namespace

ExitStatus report_summary(const SummaryReportOptions& options) {
  const RunRecord record = load_record(options.report);
  std::optional<Baseline> baseline;
  if (!options.baseline.empty()) {
    baseline = baseline_from_json(read_file(options.baseline), options.baseline.string());
  }
  std::optional<summary::Roadmap> roadmap;
  if (!options.roadmap.empty()) {
    roadmap = summary::parse_roadmap(read_file(options.roadmap, 1u << 20));
  }
  const std::vector<std::string> commands = commands_for(options, record);
  const Document document = summary::describe(record, baseline, roadmap, commands);
  return deliver_document(document, options.out, false, options.check, commands.back());
}

}  // namespace harness
