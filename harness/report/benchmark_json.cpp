// benchmark.json: the times of a run in the form of Google Benchmark's --benchmark_out, so that its
// compare.py and other tools for that format can read them. One entry for each boot.
//
// A guest that ran benchmarks of its own (report/guest_benchmarks.h) has these in the file and
// nothing else, as the same program on the host would; of other guests it holds all numbers of the
// clock.
//
// The form knows seconds and their fractions only. Under the host clock a guest's benchmarks are
// written so: the frequency of its counter was measured. Instructions, and cycles of unknown
// length, stand there as if they were nanoseconds; context.unit says what they are.
#include <wire/benchmark.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "base/text.h"
#include "record/summary.h"
#include "report/guest_benchmarks.h"
#include "report/report.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

struct TimeUnit {
  std::string_view name;
  double per_second;
};
constexpr std::array kTimeUnits = {TimeUnit{"ns", 1e9}, TimeUnit{"us", 1e6}, TimeUnit{"ms", 1e3},
                                   TimeUnit{"s", 1}};

TimeUnit time_unit(std::string_view name) {
  const auto* at = std::ranges::find(kTimeUnits, name, &TimeUnit::name);
  return at == kTimeUnits.end() ? kTimeUnits[0] : *at;
}

/// What has one time or several, under which name, and which of how many it is.
Json entry_of(const std::string& name, std::size_t family, std::size_t instance,
              std::size_t repetitions, std::size_t repetition) {
  return {{"name", name},
          {"family_index", family},
          {"per_family_instance_index", instance},
          {"run_name", name},
          {"run_type", "iteration"},
          {"repetitions", repetitions},
          {"repetition_index", repetition},
          {"threads", 1}};
}

void add_time(Json& entry, std::uint64_t iterations, const Json& time, std::string_view unit) {
  entry["iterations"] = iterations;
  entry["real_time"] = time;
  entry["cpu_time"] = time;
  entry["time_unit"] = unit;
}

/// What is said for each second, and what needs none. A number that JSON cannot hold is left out.
void add_counters(Json& entry, const GuestBenchmark& one, double seconds) {
  const auto add = [&](const std::string& name, double value) {
    if (std::isfinite(value) && !entry.contains(name)) entry[name] = value;
  };
  if (seconds > 0) {
    if (one.bytes > 0) add("bytes_per_second", static_cast<double>(one.bytes) / seconds);
    if (one.items > 0) add("items_per_second", static_cast<double>(one.items) / seconds);
  }
  for (const GuestCounter& counter : one.counters) {
    if (seconds <= 0 && (counter.flags & wire::benchmark::kIsRate) != 0) continue;
    add(printable(counter.name), counter_value(counter, one.iterations, seconds));
  }
}

/// `hz`: how many ticks are a second; 0 where a tick is an instruction, or nobody knows.
Json guest_entry(const GuestBenchmark& one, std::size_t boot, std::size_t boots, double hz) {
  Json entry = entry_of(printable(one.name), one.family, one.instance, boots * one.repetitions,
                        boot * one.repetitions + one.repetition);
  if (!one.error.empty()) {
    entry["error_occurred"] = true;
    entry["error_message"] = printable(one.error);
    add_time(entry, 0, 0.0, "ns");
    return entry;
  }
  const double ticks = static_cast<double>(one.cycles) / static_cast<double>(one.iterations);
  const TimeUnit unit = time_unit(hz > 0 ? one.time_unit : "ns");
  add_time(entry, one.iterations, hz > 0 ? ticks / hz * unit.per_second : ticks, unit.name);
  if (!one.label.empty()) entry["label"] = printable(one.label);
  add_counters(entry, one, hz > 0 ? static_cast<double>(one.cycles) / hz : 0);
  return entry;
}

/// The least frequency that a boot measured; 0 where one could not.
double frequency_of(const RunRecord& record) {
  if (record.fingerprint.clock != ClockKind::host) return 0;
  std::uint64_t least = record.boots.front().trace.tsc_hz;
  for (const BootRecord& boot : record.boots) least = std::min(least, boot.trace.tsc_hz);
  return static_cast<double>(least);
}

Json guest_entries(const RunRecord& record) {
  Json entries = Json::array();
  const bool in_seconds = frequency_of(record) > 0;
  const std::span<const BootRecord> boots = measured_boots(record);
  for (std::size_t boot = 0; boot < boots.size(); ++boot) {
    const double hz = in_seconds ? static_cast<double>(boots[boot].trace.tsc_hz) : 0;
    for (const GuestBenchmark& one : guest_benchmarks(boots[boot].events)) {
      entries.push_back(guest_entry(one, boot, boots.size(), hz));
    }
  }
  return entries;
}

Json entries_of_all_numbers(const RunRecord& record, const std::string& unit) {
  Json entries = Json::array();
  std::size_t family = 0;
  for (const MetricSamples& metric : collect_samples(record)) {
    if (metric.unit != unit || waits_for_disk(metric, record)) continue;
    for (std::size_t boot = 0; boot < metric.samples.size(); ++boot) {
      entries.push_back(entry_of(printable(metric.name), family, 0, metric.samples.size(), boot));
      add_time(entries.back(), 1, metric.samples[boot], "ns");
    }
    ++family;
  }
  return entries;
}

}  // namespace

std::string render_benchmark_json(const RunRecord& record) {
  const Fingerprint& print = record.fingerprint;
  const std::string unit = unit_of(record);
  Json entries = guest_entries(record);
  const bool in_seconds = !entries.empty() && frequency_of(record) > 0;
  if (entries.empty()) entries = entries_of_all_numbers(record, unit);

  const std::string conditions = print.qemu_version + " " + print.arch + " " + print.model + " " +
                                 print.accel + " " + print.cpu + " " + print.compiler +
                                 (print.host.empty() ? "" : " on " + print.host);
  Json context = {{"date", printable(record.started_at)},
                  {"executable", printable(record.scenario)}};
  if (!in_seconds) context["unit"] = unit;
  context["conditions"] = printable(conditions);
  context["num_cpus"] = print.smp;
  context["caches"] = Json::array();
  const Json json = {{"context", std::move(context)}, {"benchmarks", std::move(entries)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace harness
