// The history of runs: adding to it, showing it, moving it between databases.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "history/entry.h"
#include "history/html.h"
#include "record/record.h"

namespace harness {

struct HistoryOptions {
  std::filesystem::path db;  // empty: $UNIHARNESS_HISTORY, else reports/history.db
  std::string metric;        // empty: list what there is
  std::string scenario;      // empty: all
  std::size_t last = 0;      // only so many runs, 0: all
  bool json = false;
  std::filesystem::path html;  // also as a page, unless empty; needs a metric
};
/// Shows one metric with its steps, or lists what there is. Throws UsageError for a metric or a
/// scenario that the history does not know.
ExitStatus show_history(const HistoryOptions& options);

struct HistoryAddOptions {
  std::filesystem::path db;
  std::vector<std::filesystem::path> reports;  // report folders, or folders of them
  std::string commit;  // the commit they were made of; empty: the working directory's; "none"
};
/// Adds all of them or, where one cannot be read, none.
ExitStatus add_to_history(const HistoryAddOptions& options);

struct HistoryFileOptions {
  std::filesystem::path db;
  std::string file = "-";  // "-": standard input or output
};
ExitStatus export_history(const HistoryFileOptions& options);
/// Adds all lines or, where one is not as it must be, none.
ExitStatus import_history(const HistoryFileOptions& options);

/// What `run --record` does at its end. Throws Error where the history cannot be used.
void record_run(const RunRecord& record, const std::filesystem::path& db);

/// The past of this run's scenario, for its report; no section where there was no run before.
history::HistoryPart past_of(const RunRecord& record, const std::filesystem::path& db);

/// The database that a command works with.
std::filesystem::path history_file(const std::filesystem::path& asked);

/// The commit of the git work tree at `folder`, and whether tracked files differ from it. Empty
/// where there is no work tree, no commit, or no git.
history::Revision revision_of(const std::filesystem::path& folder);

/// The entries of report folders, and of those below a folder that is none. Throws Error
/// (invalid_data) naming the folder, UsageError for a file.
std::vector<history::Entry> entries_of_reports(const std::vector<std::filesystem::path>& folders,
                                               const history::Revision& revision);

}  // namespace harness
