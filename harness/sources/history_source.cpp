#include "sources/history_source.h"

#include <fmt/format.h>

#include <charconv>
#include <set>
#include <vector>

#include "history/database.h"
#include "history/measured.h"
#include "sources/history_access.h"

namespace harness {
namespace {

struct Wanted {
  std::string scenario;
  std::size_t before = 0;  // so many runs before the newest
};

Wanted wanted_of(const std::string& source) {
  Wanted wanted{source.substr(kHistoryPrefix.size()), 0};
  const std::size_t tilde = wanted.scenario.rfind('~');
  if (tilde == std::string::npos) return wanted;
  const char* const end = wanted.scenario.data() + wanted.scenario.size();
  const auto [at, error] = std::from_chars(wanted.scenario.data() + tilde + 1, end, wanted.before);
  if (error != std::errc() || at != end) {
    throw UsageError(
        "'" + source + "' does not name a run of the history",
        "write history:SCENARIO for the newest, history:SCENARIO~1 for the one before");
  }
  wanted.scenario.resize(tilde);
  return wanted;
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

}  // namespace

Measurements measurements_of_history(const std::string& source) {
  const Wanted wanted = wanted_of(source);
  const auto entries =
      history::Database(history_file({}), history::Access::read).entries(wanted.scenario);
  require_name(wanted, entries);
  if (wanted.before >= entries.size()) {
    throw UsageError(
        fmt::format("the history has {} run{} of '{}', but '{}' is requested", entries.size(),
                    entries.size() == 1 ? "" : "s", wanted.scenario, source),
        "`uniharness history` lists what there is");
  }
  const history::Entry& entry = entries[entries.size() - 1 - wanted.before];
  const char* const lacks = entry.waits_for_disk ? "" : ", kept without memory and sizes";
  return history::measurements_of(entry, source + " (" + entry.started_at + lacks + ")");
}

}  // namespace harness
