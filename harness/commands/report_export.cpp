#include "base/files.h"
#include "commands/report.h"
#include "output/finish.h"
#include "record/store.h"
#include "report/exports/exports.h"

namespace harness {

ExitStatus report_export(const ExportOptions& options) {
  const ExportFormat* format = find_export(options.as);
  if (format == nullptr) throw UsageError("there is no form '" + options.as + "'");
  const std::string text = format->render(load_record(options.report));
  if (options.out.empty()) {
    print_text(text);
  } else {
    write_named(options.out, text);
  }
  return ExitStatus::pass;
}

}  // namespace harness
