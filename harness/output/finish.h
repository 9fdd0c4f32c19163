// The end of a run and of a replay: reports on disk, the result on stdout.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "model/record.h"
#include "report/report.h"
#include "suite/suite.h"

namespace harness {

/// What a command prints, and where reports go.
struct OutputOptions {
  std::filesystem::path out;  // report folder, or empty for reports/<scenario>
  bool json = false;          // the record on stdout, nothing else there
  bool quiet = false;         // no progress, and of a result the verdict alone
  bool silent = false;        // nothing on stdout
};

/// Writes record, raw files and every report format to `folder`, each atomically.
void write_reports(const std::filesystem::path& folder, const RunRecord& record);

/// report.html of a run whose files are in `folder`, with `more` and, where `profile` left one of
/// the same image there, with that.
std::string render_page(const std::filesystem::path& folder, const RunRecord& record,
                        PageMore more = {});

/// render_page() as report.html of that folder.
void write_page(const std::filesystem::path& folder, const RunRecord& record, PageMore more = {});

/// Writes text to stdout. Throws Error where it cannot be delivered whole.
void print_text(const std::string& text);
/// The same for people: on a terminal, what is wider goes on in the next line (base/format.h).
void print_folded(const std::string& text);

/// Options of a command whose user asked for no verdict of a run: a run that failed is shown whole.
OutputOptions with_details(OutputOptions options);

/// Prints the result as the options ask. `folder`: where the reports are, or empty. In a step of
/// GitHub Actions, unless JSON is asked for: with annotations (report/annotations.h), and the
/// report in the step's summary.
void print_result(const RunRecord& record, const OutputOptions& options,
                  const std::filesystem::path& folder);

/// The same for a suite whose reports are in `folder`.
void print_suite(const SuiteResult& suite, const OutputOptions& options,
                 const std::filesystem::path& folder);

}  // namespace harness
