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

#include "base/files.h"
#include "base/text.h"
#include "history/chart.h"
#include "history/database.h"
#include "history/json.h"
#include "output/finish.h"
#include "record/store.h"
#include "run/progress.h"
#include "sources/history_access.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using history::Access;
using history::Database;
using history::Entry;

history::Revision asked_revision(const std::string& commit) {
  if (commit.empty()) return revision_of(".");
  if (commit == "none") return {};
  if (!is_commit_id(commit)) {
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
  throw UsageError("the history has no " + kind + " '" + word + "'" +
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

ExitStatus show_history(const HistoryOptions& options) {
  if (!options.html.empty() && options.metric.empty()) {
    throw UsageError("--html shows one number, but none is named",
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
  for (const history::NumberSeries& one : series) {
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
  print_folded(text);
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
