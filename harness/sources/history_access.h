// The history that a command works with: where it is, what a run adds to it, what it says of a run.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "history/entry.h"
#include "history/html.h"
#include "model/record.h"

namespace harness {

/// Adds a run: what `run --record` does at its end. Throws Error where the history cannot be used.
void record_run(const RunRecord& record, const std::filesystem::path& db);

/// The past of this run's scenario, for its report; no section where there was no run before.
history::HistoryPart past_of(const RunRecord& record, const std::filesystem::path& db);

/// The database that a command works with.
std::filesystem::path history_file(const std::filesystem::path& asked);

/// The commit of the git work tree at `folder`, and whether tracked files differ from it. Empty
/// where there is no work tree, no commit, or no git.
history::Revision revision_of(const std::filesystem::path& folder);

/// The same as text, "+" behind it where files differ; empty where there is none.
std::string commit_of(const std::filesystem::path& folder);

/// The entries of report folders, and of those below a folder that is none. Throws Error
/// (invalid_data) naming the folder, UsageError for a file.
std::vector<history::Entry> entries_of_reports(const std::vector<std::filesystem::path>& folders,
                                               const history::Revision& revision);

/// Whether `text` is a whole commit id: 40 or 64 hexadecimal digits.
bool is_commit_id(std::string_view text);

}  // namespace harness
