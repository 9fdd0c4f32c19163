#include "commands/finish.h"

#include <cstdio>

#include "commands/progress.h"
#include "record/codec.h"
#include "record/store.h"
#include "report/report.h"

namespace harness {

void write_reports(const std::filesystem::path& folder, const RunRecord& record) {
  save_record(folder, record);
  for (const ReportFormat& format : report_formats()) {
    write_atomically(folder / format.file, format.render(record));
  }
}

void print_result(const RunRecord& record, const OutputOptions& options,
                  const std::filesystem::path& folder) {
  std::string text = options.json
                         ? record_to_json(record)
                         : render_console_report(record, terminal_color(), terminal_width());
  if (!options.json && !folder.empty()) {
    text += "report: " + (folder / "report.md").string() + "\n";
  }
  // A full disk or a closed pipe must not look like a result that was delivered.
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Error("cannot write the result to the standard output");
  }
}

}  // namespace harness
