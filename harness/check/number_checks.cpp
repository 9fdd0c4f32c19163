// What the guest measured. A number that was expected and did not arrive fails; one that came
// twice, or that is impossible, is invalid: it must not be compared with anything.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "check/checks.h"
#include "check/support.h"
#include "stream/impossible.h"

namespace harness {
namespace {

/// Why these numbers are impossible, or nothing.
std::optional<std::string> impossible(const Memory& memory) {
  const auto over = [](const char* part, std::uint64_t a, const char* whole, std::uint64_t b) {
    return fmt::format("{} {} is more than {} {}", part, grouped(a), whole, grouped(b));
  };
  if (memory.heap_used > memory.heap_peak)
    return over("heap_used", memory.heap_used, "heap_peak", memory.heap_peak);
  if (memory.heap_peak > memory.heap_total)
    return over("heap_peak", memory.heap_peak, "heap_total", memory.heap_total);
  if (memory.heap_largest > memory.heap_total)
    return over("heap_largest", memory.heap_largest, "heap_total", memory.heap_total);
  if (memory.stack_used > memory.stack_total)
    return over("stack_used", memory.stack_used, "stack_total", memory.stack_total);
  return std::nullopt;
}

/// Adds calls, avg and every other number that the entry gives a range for. `prefix` tells rows
/// apart where the entry is about all of them.
void add_numbers(Seen& seen, const Profile& row, const CheckSpec& spec, const std::string& prefix,
                 std::string_view unit) {
  struct Column {
    const char* key;
    std::optional<std::uint64_t> value;
    bool counts_time;
  };
  const Column columns[] = {{"calls", row.calls, false}, {"avg", row.avg, true},
                            {"min", row.min, true},      {"max", row.max, true},
                            {"total", row.total, true},  {"self", row.self, true},
                            {"first", row.first, true}};
  for (const Column& column : columns) {
    const std::string key = column.key;
    const auto* range = param<Range>(spec, key);
    const bool always = key == "avg" || (key == "calls" && prefix.empty());
    if (!range && !always) continue;
    if (column.value) {
      seen.numbers.push_back({prefix + key, *column.value,
                              std::string(column.counts_time ? unit : ""), range_param(spec, key)});
    } else if (!seen.fault) {
      seen.fault = Fault{FindingStatus::fail, prefix + key + " was expected and did not arrive"};
    }
  }
}

/// The first name that came twice, among rows of one kind.
template <class Row>
std::optional<std::string> repeated_name(const std::vector<Row>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (rows[i].name == rows[j].name) return rows[i].name;
    }
  }
  return std::nullopt;
}

/// [low, high] of `min` and `max`, narrowed by the range `key`.
Range limits_of(const CheckSpec& spec, const std::string& key) {
  Range range = range_param(spec, key);
  if (const auto* low = param<std::uint64_t>(spec, "min")) range.low = std::max(range.low, *low);
  if (const auto* high = param<std::uint64_t>(spec, "max"))
    range.high = std::min(range.high, *high);
  return range;
}

}  // namespace

Finding check_profile(const RunRecord& record, const CheckSpec& spec) {
  const std::string name = text_param(spec, "name");
  const char* unit = unit_of(record);
  return over_boots(record, spec, title_of(spec, name), [&](const BootRecord& boot) {
    const std::vector<Profile>& rows = boot.events.profiles;
    const auto found = rows_named(rows, name);
    const std::size_t arrived = name.empty() ? std::min<std::size_t>(rows.size(), 1) : found.size();
    if (auto fault = arrival_fault(boot, wire::kProfile, name, arrived)) {
      return Seen{.fault = std::move(fault)};
    }
    if (const auto twice = name.empty() ? repeated_name(rows) : std::nullopt) {
      return invalid(fmt::format("{} {} arrived twice", wire::kProfile, quote(*twice)));
    }
    Seen seen;
    for (const Profile* row : found) {
      add_numbers(seen, *row, spec, name.empty() ? printable(row->name) + " " : "", unit);
    }
    for (const Profile* row : found) {
      if (const std::string why = impossible(*row); !why.empty()) {
        seen.fault = Fault{FindingStatus::invalid, fmt::format("{}: {}", quote(row->name), why)};
        break;
      }
    }
    return seen;
  });
}

Finding check_timing(const RunRecord& record, const CheckSpec& spec) {
  const std::string name = text_param(spec, "name");
  return over_boots(record, spec, title_of(spec, name), [&](const BootRecord& boot) {
    const auto found = rows_named(boot.events.timings, name);
    if (auto fault = arrival_fault(boot, wire::kTiming, name, found.size())) {
      return Seen{.fault = std::move(fault)};
    }
    return Seen{
        .numbers = {{"time", found.front()->cycles, unit_of(record), limits_of(spec, "cycles")}}};
  });
}

Finding check_bench(const RunRecord& record, const CheckSpec& spec) {
  const auto* calls = param<std::uint64_t>(spec, "calls");
  const std::string unit = unit_of(record);
  const std::string about = calls ? std::to_string(*calls) + " calls" : "";
  return over_boots(record, spec, title_of(spec, about), [&](const BootRecord& boot) {
    std::vector<const Bench*> found;
    for (const Bench& row : boot.events.benches) {
      if (!calls || row.calls == *calls) found.push_back(&row);
    }
    const std::size_t arrived = calls ? found.size() : std::min<std::size_t>(found.size(), 1);
    if (auto fault = arrival_fault(boot, wire::kBench, about, arrived)) {
      return Seen{.fault = std::move(fault)};
    }
    Seen seen;
    for (const Bench* row : found) {
      const std::string prefix = calls ? "" : std::to_string(row->calls) + " calls: ";
      seen.numbers.push_back(
          {prefix + "per call", row->per_call, unit, range_param(spec, "per_call")});
      seen.numbers.push_back({prefix + "in all", row->cycles, unit, range_param(spec, "cycles")});
      if (seen.fault || (row->calls != 0 && row->per_call == row->cycles / row->calls)) continue;
      seen.fault = Fault{FindingStatus::invalid,
                         fmt::format("{} per call is not {} over {} calls", grouped(row->per_call),
                                     grouped(row->cycles), grouped(row->calls))};
    }
    return seen;
  });
}

Finding check_metric(const RunRecord& record, const CheckSpec& spec) {
  const std::string name = text_param(spec, "name");
  const auto* wanted_unit = param<std::string>(spec, "unit");
  return over_boots(record, spec, title_of(spec, name), [&](const BootRecord& boot) {
    auto found = rows_named(boot.events.metrics, name);
    // What `metrics:` found is asked for in the same way.
    std::vector<Metric> others;
    for (const FoundMetric* one : rows_named(boot.events.found, name)) {
      others.push_back({one->name, one->value, one->unit});
    }
    for (const Metric& one : others) found.push_back(&one);
    if (auto fault = arrival_fault(boot, wire::kMetric, name, found.size())) {
      return Seen{.fault = std::move(fault)};
    }
    const Metric& metric = *found.front();
    // The guest says cycles for what its counter shows; what that is, the clock decides.
    const std::string unit =
        metric.unit == wire::kCycles ? unit_of(record) : printable(metric.unit);
    Seen seen{.numbers = {{"value", metric.value, unit, range_param(spec, "value")}}};
    if (wanted_unit && metric.unit != *wanted_unit) {
      seen.fault = Fault{FindingStatus::fail, fmt::format("the unit is {}, must be {}",
                                                          quote(metric.unit), quote(*wanted_unit))};
    }
    return seen;
  });
}

Finding check_found(const RunRecord& record, std::size_t entry) {
  const MetricPattern& spec = record.output_rules.metrics[entry];
  const CheckSpec none{.kind = "metrics", .params = {}, .at = {}};
  const std::string about = spec.name.empty() ? spec.pattern : spec.name;
  return over_boots(record, none, title_of(none, about), [&](const BootRecord& boot) {
    std::uint64_t names = 0, samples = 0, rounded = 0;
    for (const FoundMetric& found : boot.events.found) {
      if (found.entry != entry) continue;
      ++names;
      samples += found.samples.size();
      rounded += found.rounded;
    }
    Seen seen{.numbers = {{"names", names, ""}, {"samples", samples, ""}}};
    if (rounded > 0) seen.numbers.push_back({"rounded", rounded, ""});
    if (names == 0) {
      const bool refused = !boot.events.protocol_errors.empty();
      seen.fault = Fault{FindingStatus::fail, refused ? "no line has such a number that can be kept"
                                                      : "no line has such a number"};
    }
    return seen;
  });
}

Finding check_memory(const RunRecord& record, const CheckSpec& spec) {
  return over_boots(record, spec, title_of(spec), [&](const BootRecord& boot) {
    const std::size_t arrived = boot.events.memory ? 1 : 0;
    if (auto fault = arrival_fault(boot, wire::kMemory, "", arrived)) {
      return Seen{.fault = std::move(fault)};
    }
    const Memory& memory = *boot.events.memory;
    struct Column {
      const char* key;
      std::uint64_t value;
      bool always;
    };
    const Column columns[] = {{wire::field::heap_used, memory.heap_used, true},
                              {wire::field::heap_peak, memory.heap_peak, true},
                              {wire::field::heap_largest, memory.heap_largest, false},
                              {wire::field::stack_used, memory.stack_used, true},
                              {wire::field::image, memory.image, false}};
    Seen seen;
    for (const Column& column : columns) {
      if (!column.always && !param<Range>(spec, column.key)) continue;
      seen.numbers.push_back(
          {column.key, column.value, wire::kBytes, range_param(spec, column.key)});
    }
    if (auto why = impossible(memory)) {
      seen.fault = Fault{FindingStatus::invalid, std::move(*why)};
    }
    return seen;
  });
}

}  // namespace harness
