#include "sources/history_access.h"

#include <cstdlib>
#include <optional>
#include <string>

#include "history/database.h"
#include "process/command.h"
#include "record/store.h"
#include "sources/sources.h"

namespace harness {

namespace fs = std::filesystem;
using history::Access;
using history::Database;
using history::Entry;

namespace {

/// The output of a command that says one thing, or nullopt where it fails or is not there.
std::optional<std::string> answer_of(const std::vector<std::string>& argv, const fs::path& folder) {
  std::string output;
  try {
    const CommandResult result =
        run_command(argv, folder, [&](std::string_view text) { output += text; });
    if (result.exit_status != 0) return std::nullopt;
  } catch (const Error& error) {
    if (error.status == ExitStatus::interrupted) throw;
    return std::nullopt;
  }
  output.erase(output.find_last_not_of(" \r\n") + 1);
  return output;
}

}  // namespace

bool is_commit_id(std::string_view text) {
  return history::is_hex(text, 40) || history::is_hex(text, 64);
}

fs::path history_file(const fs::path& asked) {
  if (!asked.empty()) return asked;
  const char* environment = std::getenv("UNIHARNESS_HISTORY");
  return environment && *environment ? fs::path(environment) : fs::path("reports") / "history.db";
}

history::Revision revision_of(const fs::path& folder) {
  const auto commit = answer_of({"git", "rev-parse", "--verify", "--quiet", "HEAD"}, folder);
  if (!commit || !is_commit_id(*commit)) return {};
  // Without optional locks, git leaves the index of the work tree as it is.
  const auto changes = answer_of(
      {"git", "--no-optional-locks", "status", "--porcelain", "--untracked-files=no"}, folder);
  return {*commit, !changes || !changes->empty()};
}

std::string commit_of(const fs::path& folder) {
  const history::Revision revision = revision_of(folder);
  return revision.commit + (revision.dirty && !revision.commit.empty() ? "+" : "");
}

std::vector<Entry> entries_of_reports(const std::vector<fs::path>& folders,
                                      const history::Revision& revision) {
  std::vector<Entry> entries;
  for (const fs::path& folder : folders) {
    if (fs::is_regular_file(folder)) {
      throw UsageError("'" + folder.string() + "' is a file, but report folders are expected",
                       "--db FILE names a history");
    }
    for (const fs::path& report : report_folders(folder)) {
      entries.push_back(history::entry_of(load_record(report), revision));
    }
  }
  return entries;
}

void record_run(const RunRecord& record, const fs::path& db) {
  Database(history_file(db), Access::append)
      .add(std::vector{history::entry_of(record, revision_of("."))});
}

history::HistoryPart past_of(const RunRecord& record, const fs::path& db) {
  const auto entries = Database(history_file(db), Access::read).entries(record.scenario);
  if (entries.size() < 2) return {{"history", "History", {}}, {}};
  constexpr std::size_t kLast = 100;
  return history::render_series_part(history::series_of(entries, {record.scenario, {}, kLast}));
}

}  // namespace harness
