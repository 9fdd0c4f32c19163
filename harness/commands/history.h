// The history of runs: adding to it, showing it, moving it between databases.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

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

}  // namespace harness
