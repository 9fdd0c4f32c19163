#include "report/rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "record/summary.h"
#include "stats/stats.h"

namespace harness {
namespace {

constexpr std::size_t kMaxRates = 8;

struct ShownUnit {
  std::string_view name;
  double nanoseconds;
};
constexpr ShownUnit kShownUnits[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};

/// Units that are parts of a text.
constexpr std::string_view kTextUnits[] = {"tokens", "words", "characters"};

struct DottedName {
  std::string_view prefix, last;
};
/// "load.blocks" as "load" and "blocks".
DottedName parts_of(std::string_view name) {
  const std::size_t point = name.rfind('.');
  if (point == name.npos) return {{}, name};
  return {name.substr(0, point), name.substr(point + 1)};
}

double median_of(const MetricSamples& metric) {
  const std::vector<double> values(metric.samples.begin(), metric.samples.end());
  return stats::median(values);
}

struct MeasuredTime {
  std::string_view prefix;
  double nanoseconds = 0;
};

/// Every metric "time" in a unit of time.
std::vector<MeasuredTime> times_in(const std::vector<MetricSamples>& metrics) {
  std::vector<MeasuredTime> times;
  for (const MetricSamples& metric : metrics) {
    const DottedName name = parts_of(metric.name);
    const auto* unit = std::ranges::find(kShownUnits, metric.unit, &ShownUnit::name);
    if (name.last != "time" || unit == std::end(kShownUnits)) continue;
    times.push_back({name.prefix, median_of(metric) * unit->nanoseconds});
  }
  return times;
}

/// "tokens" as "token".
std::string one_of(const std::string& unit) {
  return unit.size() > 2 && unit.ends_with('s') ? unit.substr(0, unit.size() - 1) : unit;
}

std::string significant(double value) {
  constexpr double kWhole = 9007199254740992.0;  // 2^53: beyond it a double has no units
  if (value >= kWhole) return fmt::format("{:.3g}", value);
  if (value >= 1000 || value == std::floor(value))
    return grouped(static_cast<std::uint64_t>(std::llround(value)));
  return fmt::format("{:.{}f}", value, value >= 100 ? 1 : value >= 1 ? 2 : 4);
}

Figure time_figure(double nanoseconds, std::string words) {
  const auto* unit = std::end(kShownUnits) - 1;
  while (unit != std::begin(kShownUnits) && nanoseconds < unit->nanoseconds) --unit;
  return {significant(nanoseconds / unit->nanoseconds),
          std::string(unit->name) + " " + std::move(words)};
}

}  // namespace

std::vector<Rate> rates_of(const RunRecord& record) {
  const bool counted = record.fingerprint.clock == ClockKind::counted;
  if (record.boots.empty() || (counted && was_halted(record))) return {};
  std::vector<MetricSamples> metrics = collect_samples(record);
  std::erase_if(metrics, [](const MetricSamples& metric) {
    return metric.source != NumberSource::metric || metric.samples.empty();
  });
  const std::vector<MeasuredTime> times = times_in(metrics);
  std::vector<Rate> rates;
  for (const MetricSamples& metric : metrics) {
    const DottedName name = parts_of(metric.name);
    if (metric.unit.empty() || name.last != metric.unit || rates.size() == kMaxRates) continue;
    auto time = std::ranges::find(times, name.prefix, &MeasuredTime::prefix);
    if (time == times.end() && times.size() == 1) time = times.begin();
    if (time == times.end()) continue;
    const Rate rate = {metric.unit, median_of(metric), time->nanoseconds, counted};
    if (rate.count > 0 && rate.nanoseconds > 0) rates.push_back(rate);
  }
  return rates;
}

std::vector<Figure> figures_of(const Rate& rate) {
  const std::string one = one_of(rate.unit);
  std::vector<Figure> figures;
  if (rate.counted) {
    figures.push_back({significant(rate.nanoseconds / rate.count), "instructions a " + one});
    figures.push_back({significant(rate.count), rate.unit});
    return figures;
  }
  figures.push_back({significant(rate.count / rate.nanoseconds * 1e9), rate.unit + " a second"});
  figures.push_back(time_figure(rate.nanoseconds / rate.count, "a " + one));
  figures.push_back({significant(rate.count), rate.unit});
  figures.push_back(time_figure(rate.nanoseconds, "in all"));
  return figures;
}

std::string made_text(const std::vector<Rate>& rates, const BootRecord& boot) {
  constexpr std::size_t kMostBytes = 8'000;
  const bool text = std::ranges::any_of(rates, [](const Rate& rate) {
    return std::ranges::find(kTextUnits, rate.unit) != std::end(kTextUnits);
  });
  if (!text) return {};
  const std::string_view serial = boot.trace.serial;
  std::string_view longest;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    if (end > begin && end - begin > longest.size()) longest = serial.substr(begin, end - begin);
  };
  for (const Line& line : boot.events.lines) {
    if (!line.protocol || line.begin > serial.size()) continue;
    take(line.begin);
    begin = std::min(line.end + 1, serial.size());
  }
  take(serial.size());
  while (!longest.empty() && (longest.back() == '\n' || longest.back() == '\r')) {
    longest.remove_suffix(1);
  }
  return shortened(longest, kMostBytes);
}

}  // namespace harness
