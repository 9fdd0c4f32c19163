#include "commands/history_source.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "commands/history.h"
#include "history/database.h"
#include "record/verdict.h"

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
        "'" + source + "' is no run of the history",
        "write history:SCENARIO for the newest, history:SCENARIO~1 for the one before");
  }
  wanted.scenario.resize(tilde);
  return wanted;
}

/// Whether firmware's wait for a disk may be in it: the history does not know how the guest was
/// booted.
bool may_wait_for_disk(const history::EntryMetric& metric) {
  return metric.source == NumberSource::phase &&
         (metric.name == kPhaseTotal || metric.name == kPhasePrefix + std::string("firmware") ||
          metric.name == kPhasePrefix + std::string("boot sector"));
}

std::vector<MetricSamples> samples_of(const history::Entry& entry) {
  std::vector<MetricSamples> all;
  for (const history::EntryMetric& metric : entry.metrics) {
    if (may_wait_for_disk(metric)) continue;
    MetricSamples& samples =
        all.emplace_back(MetricSamples{metric.source, metric.name, metric.unit, {}});
    for (const history::Sample& sample : metric.samples) samples.samples.push_back(sample.value);
  }
  return all;
}

std::size_t boots_of(const history::Entry& entry) {
  std::uint64_t boots = 0;
  for (const history::EntryMetric& metric : entry.metrics) {
    for (const history::Sample& sample : metric.samples) boots = std::max(boots, sample.boot);
  }
  return static_cast<std::size_t>(boots);
}

}  // namespace

Measurements measurements_of_history(const std::string& source) {
  const Wanted wanted = wanted_of(source);
  const auto entries =
      history::Database(history_file({}), history::Access::read).entries(wanted.scenario);
  if (wanted.before >= entries.size()) {
    throw UsageError(
        fmt::format("the history has {} run{} of '{}', and '{}' is wanted", entries.size(),
                    entries.size() == 1 ? "" : "s", wanted.scenario, source),
        "`uniharness history` lists what there is");
  }
  const history::Entry& entry = entries[entries.size() - 1 - wanted.before];
  Measurements all{.scenario = entry.scenario,
                   .source = source + " (" + entry.started_at + ")",
                   .fingerprint = compared_fingerprint(entry.fingerprint),
                   .series = series_of(samples_of(entry), boots_of(entry), entry.fingerprint.clock),
                   .fault = {}};
  if (exit_status(entry.verdict) != ExitStatus::pass) {
    all.fault = fmt::format("its run did not pass: {}", verdict_name(entry.verdict));
  }
  return all;
}

}  // namespace harness
