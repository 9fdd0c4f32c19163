#include "sources/history_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <set>
#include <vector>

#include "history/database.h"
#include "history/measured.h"
#include "history/series.h"
#include "sources/history_access.h"

namespace harness {
namespace {

struct Wanted {
  std::string scenario;
  std::size_t number = 0;  // behind the mark
};

/// "history:SCENARIO", and a number behind `mark`; nothing where that is no number.
std::optional<Wanted> wanted_of(std::string_view source, char mark) {
  Wanted wanted{std::string(source.substr(kHistoryPrefix.size())), 0};
  const std::size_t place = wanted.scenario.rfind(mark);
  if (place == std::string::npos) return wanted;
  const char* const end = wanted.scenario.data() + wanted.scenario.size();
  const auto [at, error] = std::from_chars(wanted.scenario.data() + place + 1, end, wanted.number);
  if (error != std::errc() || at != end) return std::nullopt;
  wanted.scenario.resize(place);
  return wanted;
}

Wanted run_wanted(const std::string& source) {
  const auto wanted = wanted_of(source, '~');
  if (wanted) return *wanted;
  throw UsageError("'" + source + "' does not name a run of the history",
                   "write history:SCENARIO for the newest, history:SCENARIO~1 for the one before");
}

/// Without a name it would be the newest run of whatever scenario.
void require_name(const Wanted& wanted, const std::vector<history::Entry>& entries) {
  if (!wanted.scenario.empty()) return;
  std::set<std::string> names;
  for (const history::Entry& entry : entries) names.insert(entry.scenario);
  throw UsageError(fmt::format("'{}' names no scenario", kHistoryPrefix),
                   names.empty()
                       ? "the history is empty; `uniharness run SCENARIO --record` adds to it"
                       : fmt::format("write history:SCENARIO, one of: {}", fmt::join(names, ", ")));
}

Measurements numbers_of(const history::Entry& entry, const std::string& source) {
  const char* const lacks = entry.waits_for_disk ? "" : ", kept without memory and sizes";
  return history::measurements_of(entry, source + " (" + entry.started_at + lacks + ")");
}

}  // namespace

Measurements measurements_of_history(const std::string& source) {
  const Wanted wanted = run_wanted(source);
  const auto entries =
      history::Database(history_file({}), history::Access::read).entries(wanted.scenario);
  require_name(wanted, entries);
  if (wanted.number >= entries.size()) {
    throw UsageError(
        fmt::format("the history has {} run{} of '{}', but '{}' is requested", entries.size(),
                    entries.size() == 1 ? "" : "s", wanted.scenario, source),
        "`uniharness history` lists what there is");
  }
  return numbers_of(entries[entries.size() - 1 - wanted.number], source);
}

bool names_runs_of_history(std::string_view source) {
  return source.starts_with(kHistoryPrefix) && source.find('@') != std::string_view::npos;
}

std::vector<Measurements> runs_of_history(const std::string& source) {
  const auto wanted = wanted_of(source, '@');
  if (!wanted || wanted->number < 1 || wanted->number > kMostRuns) {
    throw UsageError(
        fmt::format("'{}' does not say how many runs", source),
        fmt::format("write history:SCENARIO@30 for the last 30, {} at most", kMostRuns));
  }
  auto entries =
      history::Database(history_file({}), history::Access::read).entries(wanted->scenario);
  require_name(*wanted, entries);
  std::erase_if(
      entries, [](const history::Entry& entry) { return !history::is_measurement(entry.verdict); });
  if (entries.empty()) {
    throw UsageError(fmt::format("the history has no run of '{}' that passed", wanted->scenario),
                     "`uniharness run SCENARIO --record` adds to it");
  }
  const Fingerprint newest = entries.back().fingerprint;
  std::erase_if(entries, [&](const history::Entry& entry) {
    return !history::same_environment(entry.fingerprint, newest);
  });
  std::vector<Measurements> runs;
  for (std::size_t i = entries.size() - std::min(entries.size(), wanted->number);
       i < entries.size(); ++i) {
    runs.push_back(numbers_of(entries[i], kHistoryPrefix.data() + wanted->scenario));
  }
  return runs;
}

}  // namespace harness
