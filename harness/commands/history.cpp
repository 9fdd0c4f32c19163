#include "commands/history.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "build/command.h"
#include "commands/finish.h"
#include "commands/progress.h"
#include "commands/sources.h"
#include "history/chart.h"
#include "history/database.h"
#include "history/json.h"
#include "record/store.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using history::Access;
using history::Database;
using history::Entry;

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

bool is_commit(std::string_view text) {
  return history::is_hex(text, 40) || history::is_hex(text, 64);
}

history::Revision asked_revision(const std::string& commit) {
  if (commit.empty()) return revision_of(".");
  if (commit == "none") return {};
  if (!is_commit(commit)) {
    throw UsageError("--commit '" + commit + "' is not a commit",
                     "write all of its 40 hexadecimal digits (git rev-parse HEAD), or none");
  }
  return {commit, false};
}

std::vector<history::Holding> holdings_of(const std::vector<Entry>& entries) {
  std::vector<history::Holding> all;
  std::map<history::SeriesKey, std::size_t> index;
  for (const Entry& entry : entries) {
    for (const history::EntryMetric& metric : entry.metrics) {
      const history::SeriesKey key = {entry.scenario, metric.source, metric.name, metric.unit,
                                      entry.fingerprint.clock};
      const auto [at, is_new] = index.try_emplace(key, all.size());
      if (is_new) all.push_back({key, 0, 0});
      ++all[at->second].runs;
      all[at->second].samples += metric.samples.size();
    }
  }
  std::multimap<std::string, history::Holding> by_scenario;
  for (const history::Holding& one : all) by_scenario.emplace(one.key.scenario, one);
  all.clear();
  for (const auto& [scenario, one] : by_scenario) all.push_back(one);
  return all;
}

/// `word` is none of those that the history knows.
[[noreturn]] void unknown(const std::string& kind, const std::string& word,
                          const std::set<std::string>& known) {
  const std::vector<std::string_view> words(known.begin(), known.end());
  const std::string near = nearest(word, words);
  throw UsageError("the history knows no " + kind + " '" + word + "'" +
                       (near.empty() ? "" : " (did you mean '" + near + "'?)"),
                   "`uniharness history` lists what there is");
}

void require_known(const Database& database, const HistoryOptions& options) {
  std::set<std::string> scenarios, metrics;
  for (const Entry& entry : database.entries()) {
    scenarios.insert(entry.scenario);
    if (!options.scenario.empty() && entry.scenario != options.scenario) continue;
    for (const history::EntryMetric& metric : entry.metrics) metrics.insert(metric.name);
  }
  if (!options.scenario.empty() && !scenarios.contains(options.scenario)) {
    unknown("scenario", options.scenario, scenarios);
  }
  if (!options.metric.empty() && !metrics.contains(options.metric)) {
    unknown("metric", options.metric, metrics);
  }
}

ExitStatus list(const Database& database, const HistoryOptions& options) {
  const auto holdings = holdings_of(database.entries(options.scenario));
  print_text(options.json ? history::to_json(holdings) : history::render_holdings(holdings));
  return ExitStatus::pass;
}

void say_added(std::size_t added, std::size_t all, const fs::path& file) {
  std::string text = fmt::format("{}: {} run{} added", file.string(), added, added == 1 ? "" : "s");
  if (added < all) text += fmt::format(", {} were there already", all - added);
  print_text(printable(text) + "\n");
}

}  // namespace

fs::path history_file(const fs::path& asked) {
  if (!asked.empty()) return asked;
  const char* environment = std::getenv("UNIHARNESS_HISTORY");
  return environment && *environment ? fs::path(environment) : fs::path("reports") / "history.db";
}

history::Revision revision_of(const fs::path& folder) {
  const auto commit = answer_of({"git", "rev-parse", "--verify", "--quiet", "HEAD"}, folder);
  if (!commit || !is_commit(*commit)) return {};
  // Without optional locks, git leaves the index of the work tree as it is.
  const auto changes = answer_of(
      {"git", "--no-optional-locks", "status", "--porcelain", "--untracked-files=no"}, folder);
  return {*commit, !changes || !changes->empty()};
}

std::vector<Entry> entries_of_reports(const std::vector<fs::path>& folders,
                                      const history::Revision& revision) {
  std::vector<Entry> entries;
  for (const fs::path& folder : folders) {
    if (fs::is_regular_file(folder)) {
      throw UsageError("'" + folder.string() + "' is a file, and report folders are wanted",
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

ExitStatus show_history(const HistoryOptions& options) {
  if (!options.html.empty() && options.metric.empty()) {
    throw UsageError("--html shows one number, and none is named",
                     "`uniharness history` lists what there is");
  }
  const Database database(history_file(options.db), Access::read);
  require_known(database, options);
  if (options.metric.empty()) return list(database, options);
  const auto series = history::series_of(database.entries(options.scenario, options.metric),
                                         {options.scenario, options.metric, options.last});
  if (options.json) {
    if (!options.html.empty()) write_named(options.html, history::render_series_html(series));
    print_text(history::to_json(series));
    return ExitStatus::pass;
  }
  std::string text;
  for (const history::Series& one : series) {
    text += history::render_series(one, terminal_width());
  }
  if (series.empty()) {
    throw Error(
        "no run that has '" + options.metric + "' passed",
        "numbers of failed runs are not to be trusted; `uniharness history export` has them",
        ExitStatus::invalid_data);
  }
  if (!options.html.empty()) {
    write_named(options.html, history::render_series_html(series));
    text += "page: " + printable(options.html.string()) + "\n";
  }
  print_text(text);
  return ExitStatus::pass;
}

ExitStatus add_to_history(const HistoryAddOptions& options) {
  const fs::path file = history_file(options.db);
  const auto entries = entries_of_reports(options.reports, asked_revision(options.commit));
  say_added(Database(file, Access::append).add(entries), entries.size(), file);
  return ExitStatus::pass;
}

ExitStatus export_history(const HistoryFileOptions& options) {
  std::string text;
  for (const Entry& entry : Database(history_file(options.db), Access::read).entries()) {
    text += history::to_line(entry);
  }
  if (options.file == "-") {
    print_text(text);
  } else {
    write_named(options.file, text);
  }
  return ExitStatus::pass;
}

ExitStatus import_history(const HistoryFileOptions& options) {
  const fs::path file = history_file(options.db);
  const std::string text = options.file == "-"
                               ? std::string(std::istreambuf_iterator<char>(std::cin), {})
                               : read_file(options.file);
  const auto entries =
      history::entries_from_lines(text, options.file == "-" ? "standard input" : options.file);
  say_added(Database(file, Access::append).add(entries), entries.size(), file);
  return ExitStatus::pass;
}

}  // namespace harness
