#include "record/summary.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "stats/stats.h"

namespace harness {
namespace {

/// Samples by source, name and unit, in the order of first appearance.
class Collector {
 public:
  void start_boot() { ++boot_; }
  void add(NumberSource source, std::string name, std::string_view unit, std::uint64_t value) {
    const auto [at, is_new] =
        index_.try_emplace({source, std::move(name), std::string(unit)}, series_.size());
    if (is_new) {
      series_.push_back({{source, std::get<1>(at->first), std::string(unit), {}}, 0});
    }
    Collected& series = series_[at->second];
    // A name that came twice in one boot is damage; the first stands for the boot.
    if (series.last_boot == boot_) return;
    series.last_boot = boot_;
    series.metric.samples.push_back(value);
  }
  [[nodiscard]] std::vector<MetricSamples> metrics() && {
    std::vector<MetricSamples> all;
    all.reserve(series_.size());
    for (Collected& series : series_) all.push_back(std::move(series.metric));
    return all;
  }

 private:
  struct Collected {
    MetricSamples metric;
    std::uint64_t last_boot;
  };
  std::map<std::tuple<NumberSource, std::string, std::string>, std::size_t> index_;
  std::vector<Collected> series_;
  std::uint64_t boot_ = 0;
};

NumberSource source_of(const FoundMetric& found) {
  switch (found.better) {
    case BetterWhen::lower:
      return NumberSource::found_lower;
    case BetterWhen::higher:
      return NumberSource::found_higher;
    case BetterWhen::by_unit:
      break;
  }
  return NumberSource::found;
}

/// The phases of one boot, and the whole of them: from power-on to the last one's end.
void add_phases(const BootRecord& boot, std::string_view ticks, Collector& collector) {
  std::uint64_t total = 0;
  bool overflow = false;
  for (const Phase& phase : boot.events.phases) {
    collector.add(NumberSource::phase, kPhasePrefix + phase.name, ticks, phase.cycles);
    overflow |= __builtin_add_overflow(total, phase.cycles, &total);
  }
  if (!boot.events.phases.empty() && !overflow) {
    collector.add(NumberSource::phase, kPhaseTotal, ticks, total);
  }
}

/// What a guest was halted for, and says is instructions, is none.
std::string_view true_unit(std::string_view unit, std::string_view ticks) {
  return ticks == kTicks && unit == unit_of(ClockKind::counted) ? ticks : unit;
}

std::vector<MetricSamples> collect(std::span<const BootRecord> boots, const RunRecord& record) {
  const char* ticks = unit_of(record);
  const ClockKind clock = record.fingerprint.clock;
  Collector collector;
  for (const BootRecord& boot : boots) {
    collector.start_boot();
    for (const Timing& timing : boot.events.timings) {
      collector.add(NumberSource::timing, timing.name, ticks, timing.cycles);
    }
    for (const Bench& bench : boot.events.benches) {
      const std::string name = std::to_string(bench.calls) + " calls";
      collector.add(NumberSource::bench, name, ticks, bench.cycles);
      collector.add(NumberSource::bench, name + " per call", ticks, bench.per_call);
    }
    for (const Profile& profile : boot.events.profiles) {
      for (auto& [name, value] : numbers_of(profile, clock)) {
        collector.add(NumberSource::profile, std::move(name), ticks, value);
      }
    }
    for (const Metric& metric : boot.events.metrics) {
      // "cycles" on the wire is what the clock of the run makes of it.
      collector.add(NumberSource::metric, metric.name,
                    metric.unit == wire::kCycles ? ticks : true_unit(metric.unit, ticks),
                    metric.value);
    }
    for (const FoundMetric& found : boot.events.found) {
      collector.add(source_of(found), found.name, true_unit(found.unit, ticks), found.value);
    }
    add_phases(boot, ticks, collector);
    if (boot.trace.executed && ticks == std::string_view(kTicks)) {
      collector.add(NumberSource::metric, kWholeBoot, unit_of(ClockKind::counted),
                    *boot.trace.executed);
    }
  }
  return std::move(collector).metrics();
}

/// From a disk or a CD, for which it waits.
bool is_started_by_firmware(const Trace& trace) {
  return std::ranges::find(trace.command, "-kernel") == trace.command.end();
}

}  // namespace

std::vector<std::pair<std::string, std::uint64_t>> numbers_of(const Profile& profile,
                                                              ClockKind clock) {
  const std::string& name = profile.name;
  const bool apart = clock == ClockKind::host && profile.first && profile.calls > 1 &&
                     *profile.first <= profile.total;
  if (!apart) return {{name + kAverage, profile.avg}, {name + " total", profile.total}};
  return {{name + kFirst, *profile.first},
          {name + kAverageAfterFirst, (profile.total - *profile.first) / (profile.calls - 1)}};
}

std::size_t warm_up_boots(const RunRecord& record) {
  constexpr std::size_t kEnough = 3;
  const bool host = record.fingerprint.clock == ClockKind::host;
  return host && record.boots.size() >= kEnough ? 1 : 0;
}

std::span<const BootRecord> measured_boots(const RunRecord& record) {
  return std::span(record.boots).subspan(warm_up_boots(record));
}

namespace {
constexpr std::string_view kBootNameBegin = " (boot ";
}  // namespace

std::string boot_name_end(const RunRecord& record, const BootRecord& boot) {
  if (!record.disk_persists || record.boots.size() < 2) return {};
  return std::string(kBootNameBegin) + std::to_string(boot.index) + ")";
}

std::string_view without_boot_name_end(std::string_view name) {
  const std::size_t at = name.rfind(kBootNameBegin);
  if (at == std::string_view::npos || !name.ends_with(')')) return name;
  const std::string_view number =
      name.substr(at + kBootNameBegin.size(), name.size() - at - kBootNameBegin.size() - 1);
  const bool is_one = !number.empty() && number.find_first_not_of("0123456789") == number.npos;
  return is_one ? name.substr(0, at) : name;
}

std::vector<MetricSamples> collect_samples(const RunRecord& record) {
  return collect(measured_boots(record), record);
}

std::vector<MetricSamples> warm_up_samples(const RunRecord& record) {
  return collect(std::span(record.boots).first(warm_up_boots(record)), record);
}

bool waits_for_disk(const MetricSamples& metric, const RunRecord& record) {
  if (metric.source == NumberSource::metric && metric.name == kWholeBoot) {
    return is_started_by_firmware(record.boots.front().trace) ||
           std::ranges::adjacent_find(metric.samples, std::not_equal_to<>()) !=
               metric.samples.end();
  }
  if (metric.source != NumberSource::phase || record.fingerprint.clock != ClockKind::counted) {
    return false;
  }
  const Events& events = record.boots.front().events;
  if (!events.begin || events.begin->boot != wire::BootPath::disk) return false;
  return metric.name == kPhaseTotal || std::ranges::any_of(events.phases, [&](const Phase& phase) {
           return phase.before_kernel && metric.name == kPhasePrefix + phase.name;
         });
}

bool is_in_no_gate(const MetricSamples& metric, const RunRecord& record) {
  if (waits_for_disk(metric, record)) return true;
  if (metric.source != NumberSource::phase || record.fingerprint.clock != ClockKind::counted) {
    return false;
  }
  const std::vector<Phase>& phases = record.boots.front().events.phases;
  return std::ranges::any_of(phases, [&](const Phase& phase) {
    return phase.before_kernel &&
           (metric.name == kPhaseTotal || metric.name == kPhasePrefix + phase.name);
  });
}

bool is_exact(const MetricSummary& metric, const RunRecord& record) {
  return record.fingerprint.clock == ClockKind::counted && metric.min == metric.max &&
         metric.samples == record.boots.size();
}

std::vector<MetricSummary> summarize(const RunRecord& record) {
  std::vector<MetricSummary> all;
  for (const MetricSamples& metric : collect_samples(record)) {
    const std::vector<double> values(metric.samples.begin(), metric.samples.end());
    const auto [min, max] = std::ranges::minmax(metric.samples);
    all.push_back({metric.name, metric.unit, metric.samples.size(), min, max, stats::median(values),
                   stats::mad(values)});
  }
  return all;
}

}  // namespace harness
