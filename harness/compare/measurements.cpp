#include "compare/measurements.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "formats/units.h"
#include "model/verdict.h"
#include "record/brief_reason.h"
#include "record/summary.h"
#include "stream/impossible.h"

namespace harness {
namespace {

constexpr std::array kDirectionNames = {"lower", "higher", "neither"};

constexpr const char* tag_of(NumberSource source) {
  switch (source) {
    case NumberSource::timing:
      return "[TIMING]";
    case NumberSource::bench:
      return "[BENCH]";
    case NumberSource::profile:
      return "[PROFILE]";
    case NumberSource::metric:
      return "[METRIC]";
    case NumberSource::phase:
      return "[PHASE]";
    case NumberSource::found:
    case NumberSource::found_lower:
    case NumberSource::found_higher:
      return "(metrics)";
  }
  return "";
}

/// Names of numbers that a boot said twice, or that cannot be, with the reason.
using Faults = std::map<std::pair<NumberSource, std::string>, std::string>;

void find_faults(const BootRecord& boot, ClockKind clock, Faults& faults) {
  std::set<std::pair<NumberSource, std::string>> seen;
  const auto once = [&](NumberSource source, const std::string& name) {
    if (!seen.insert({source, name}).second) {
      faults[{source, name}] = fmt::format("arrived twice in boot {}", boot.index);
    }
  };
  for (const Timing& row : boot.events.timings) once(NumberSource::timing, row.name);
  for (const Metric& row : boot.events.metrics) once(NumberSource::metric, row.name);
  for (const Bench& row : boot.events.benches) {
    for (const char* what : {" calls", " calls per call"}) {
      once(NumberSource::bench, std::to_string(row.calls) + what);
    }
  }
  for (const Profile& row : boot.events.profiles) {
    const std::string why = impossible(row);
    for (const auto& [name, value] : numbers_of(row, clock)) {
      once(NumberSource::profile, name);
      if (!why.empty()) {
        faults[{NumberSource::profile, name}] = fmt::format("{} ({})", why, row.name);
      }
    }
  }
}

/// Collects series; a name that another kind of line has taken gets its own tag appended.
class Collected {
 public:
  Collected(std::size_t boots, ClockKind clock) : boots_(boots), clock_(clock) {}

  /// What is added from here on.
  void end_names_with(std::string end) { end_ = std::move(end); }
  [[nodiscard]] std::string full_name(const std::string& name) const { return name + end_; }

  void add(const MetricSamples& metric, std::string fault) {
    add(tag_of(metric.source), metric.name, metric.unit,
        {metric.samples.begin(), metric.samples.end()}, std::move(fault));
    all_.back().better = better_of(metric);
    all_.back().noisy |= is_found(metric.source) && clock_ == ClockKind::host;
  }
  void add(const char* tag, const std::string& name, const std::string& unit,
           std::vector<double> samples, std::string fault) {
    Series series{.name = full_name(name),
                  .unit = unit,
                  .better = better_of(unit),
                  .noisy = clock_ == ClockKind::host && unit == unit_of(clock_),
                  .samples = std::move(samples),
                  .fault = std::move(fault)};
    if (!names_.insert(series.name).second) {
      names_.insert(series.name = full_name(name + " " + tag));
    }
    if (series.fault.empty() && series.samples.size() != boots_) {
      series.fault = fmt::format("arrived in {} of {} boots", series.samples.size(), boots_);
    }
    all_.push_back(std::move(series));
  }

  void add_memory(const RunRecord& record) {
    for (const auto& [name, member] : kMemoryNumbers) {
      std::vector<double> samples;
      for (const BootRecord& boot : measured_boots(record)) {
        if (boot.events.memory) samples.push_back(static_cast<double>(*boot.events.memory.*member));
      }
      if (!samples.empty()) add("[MEMORY]", name, "bytes", std::move(samples), {});
    }
  }

  /// One sample for each boot, as of every other number: they are of one image.
  void add_sizes(const RunRecord& record) {
    for (const auto& [name, member] : kSizeNumbers) {
      const std::optional<std::uint64_t>& size = record.sizes.*member;
      if (size)
        add("(build)", name, "bytes", std::vector<double>(boots_, static_cast<double>(*size)), {});
    }
  }

  [[nodiscard]] std::vector<Series> take() && { return std::move(all_); }

 private:
  std::size_t boots_;
  ClockKind clock_;
  std::string end_;
  std::vector<Series> all_;
  std::set<std::string> names_;
};

}  // namespace

const char* direction_name(Direction direction) {
  return kDirectionNames[static_cast<std::size_t>(direction)];
}

std::optional<Direction> direction_of(std::string_view name) {
  for (std::size_t i = 0; i < kDirectionNames.size(); ++i) {
    if (name == kDirectionNames[i]) return static_cast<Direction>(i);
  }
  return std::nullopt;
}

Direction better_of(std::string_view unit) {
  switch (sense_of_unit(unit)) {
    case UnitSense::cost:
      return Direction::lower;
    case UnitSense::rate:
      return Direction::higher;
    case UnitSense::other:
      break;
  }
  return Direction::neither;
}

Direction better_of(const MetricSamples& metric) {
  if (metric.source == NumberSource::found_lower) return Direction::lower;
  if (metric.source == NumberSource::found_higher) return Direction::higher;
  return better_of(metric.unit);
}

bool is_optional_condition(std::string_view name) { return name == "options" || name == "host"; }

ComparedFingerprint compared_fingerprint(const Fingerprint& print) {
  ComparedFingerprint all = {{"qemu", print.qemu_version},
                             {"arch", print.arch},
                             {"model", print.model},
                             {"accel", print.accel},
                             {"cpu", print.cpu},
                             {"firmware", print.firmware},
                             {"memory", std::to_string(print.memory)},
                             {"smp", std::to_string(print.smp)},
                             {"clock", print.clock == ClockKind::counted ? "counted" : "host"},
                             {"compiler", print.compiler}};
  // Left out where there are none, as in what was written before there were any.
  if (!print.options.empty()) all.emplace_back("options", print.options);
  if (!print.host.empty()) all.emplace_back("host", print.host);
  return all;
}

std::vector<Series> series_of(const std::vector<MetricSamples>& metrics, std::size_t boots,
                              ClockKind clock) {
  Collected collected(boots, clock);
  for (const MetricSamples& metric : metrics) collected.add(metric, {});
  return std::move(collected).take();
}

namespace {

/// What the boots of `record` said; names that are in no gate go to `left_out`.
void add_numbers(const RunRecord& record, Collected& collected,
                 std::vector<std::string>& left_out) {
  Faults faults;
  for (const BootRecord& boot : record.boots) find_faults(boot, record.fingerprint.clock, faults);
  for (const MetricSamples& metric : collect_samples(record)) {
    if (is_in_no_gate(metric, record)) {
      left_out.push_back(collected.full_name(metric.name));
      continue;
    }
    const auto fault = faults.find({metric.source, metric.name});
    collected.add(metric, fault == faults.end() ? "" : fault->second);
  }
  collected.add_memory(record);
}

/// Where the disk persists, no two boots begin with the same one: the numbers of each have names of
/// their own.
void add_boot_by_boot(const RunRecord& record, Collected& collected,
                      std::vector<std::string>& left_out) {
  for (const BootRecord& boot : measured_boots(record)) {
    RunRecord one;
    one.fingerprint = record.fingerprint;
    one.boots.push_back(boot);
    collected.end_names_with(boot_name_end(record, boot));
    add_numbers(one, collected, left_out);
  }
  collected.end_names_with({});
}

}  // namespace

Measurements measurements_of(const RunRecord& record, std::string source) {
  Measurements all{.scenario = record.scenario,
                   .source = std::move(source),
                   .fingerprint = compared_fingerprint(record.fingerprint),
                   .series = {},
                   .fault = {}};
  all.started_at = record.started_at;
  if (exit_status(record.verdict.kind) != ExitStatus::pass) {
    all.fault = fmt::format("its run did not pass: {}{}{}", verdict_name(record.verdict.kind),
                            record.verdict.reason.empty() ? "" : ", ",
                            without_registers(record.verdict.reason));
  }
  const bool by_boot = record.disk_persists && record.boots.size() > 1;
  Collected collected(by_boot ? 1 : measured_boots(record).size(), record.fingerprint.clock);
  if (by_boot) {
    add_boot_by_boot(record, collected, all.left_out);
    all.note = "each boot began with another disk: none has proved what another one counted";
  } else {
    add_numbers(record, collected, all.left_out);
  }
  collected.add_sizes(record);
  all.series = std::move(collected).take();
  if (record.fingerprint.clock == ClockKind::counted && record.boots.size() == 1) {
    all.note = "one boot: no second one has proved that what it counted is exact";
  }
  return all;
}

}  // namespace harness
