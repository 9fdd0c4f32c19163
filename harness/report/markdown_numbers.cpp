// The sections of report.md that hold figures of the guest and of its files.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "page/markdown_text.h"
#include "record/summary.h"
#include "report/counted.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/markdown_sections.h"

namespace harness {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string with_unit(const std::string& number, const std::string& unit) {
  return unit.empty() ? number : number + " " + markdown_text(unit);
}

std::string fact_table(const std::vector<Fact>& facts) {
  Rows rows;
  for (const Fact& fact : facts) rows.push_back({fact.name, fact.value});
  return markdown_table({{"What"}, {"Size", true}}, rows);
}

std::string exact_measurements(const std::vector<MetricSummary>& metrics, std::size_t boots,
                               const RunRecord& record) {
  Rows rows;
  for (const MetricSummary& metric : metrics) {
    rows.push_back({markdown_text(metric.name), with_unit(grouped(metric.min), metric.unit)});
  }
  std::string note =
      boots > 1 ? fmt::format("Counted exactly: the same in each of {} boots. ", grouped(boots))
                : "Counted, in one boot. ";
  // Else a reader wonders why the guest's own text below says another unit.
  note += fmt::format("What the guest prints as cycles is {} under this clock.", unit_of(record));
  if (const std::string halted = halted_text(record); !halted.empty()) {
    note += " Note: " + markdown_text(halted) + ".";
  }
  note += "\n\n";
  return note + markdown_table_within({{"Name"}, {"Value", true}}, rows, kTableBytes, kWholeReport);
}

/// Of those of `all` that are not exact. `all` is summarize(record).
std::string spread_measurements(const std::vector<MetricSummary>& all, const RunRecord& record) {
  const std::size_t boots = measured_boots(record).size();
  const std::vector<MetricSamples> samples = collect_samples(record);
  Rows rows;
  bool some_missing = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const MetricSummary& metric = all[i];
    if (is_exact(metric, record)) continue;
    some_missing = some_missing || metric.samples != boots;
    const bool spread = metric.samples > 1;
    rows.push_back({markdown_text(metric.name), grouped(metric.min), number_text(metric.median),
                    interval_of_median(samples[i]), grouped(metric.max),
                    spread ? number_text(metric.mad) : "not measured", markdown_text(metric.unit),
                    grouped(metric.samples)});
  }
  std::string text =
      "Over boots; the interval is that of the median, 95 % by the bootstrap; spread is the median "
      "absolute deviation.\n\n";
  if (record.fingerprint.clock == ClockKind::counted) {
    const InexactCounts counts = inexact_counts(record);
    text = "Spread is the median absolute deviation.\n\n";
    if (!counts.note.empty()) text = markdown_text(counts.note) + " " + text;
    if (!counts.alarm.empty()) text = "**" + markdown_text(counts.alarm) + "** " + text;
  }
  text += markdown_table_within({{"Name"},
                                 {"Min", true},
                                 {"Median", true},
                                 {"Interval", true},
                                 {"Max", true},
                                 {"Spread", true},
                                 {"Unit"},
                                 {"Boots", true}},
                                rows, kTableBytes, kWholeReport);
  if (const std::string warm_up = warm_up_text(record); !warm_up.empty()) {
    text += "\n" + markdown_text(shortened(warm_up, kTableBytes)) + "\n";
  }
  if (some_missing) {
    text +=
        fmt::format("\nNot every one of the {} reported each number.\n", count_of(boots, "boot"));
  }
  return text;
}

}  // namespace

std::string measurements_section(const RunRecord& record) {
  const std::vector<MetricSummary> metrics = summarize(record);
  if (metrics.empty()) return {};
  std::vector<MetricSummary> exact;
  std::ranges::copy_if(metrics, std::back_inserter(exact),
                       [&](const MetricSummary& metric) { return is_exact(metric, record); });
  std::string text;
  if (!exact.empty()) text = exact_measurements(exact, record.boots.size(), record);
  if (exact.size() < metrics.size()) {
    text += (text.empty() ? "" : "\n") + spread_measurements(metrics, record);
  }
  return markdown_section("Measurements", text);
}

std::string profile_section(const RunRecord& record, const BootRecord& boot) {
  Rows rows;
  for (const Profile& profile : boot.events.profiles) {
    rows.push_back({markdown_text(profile.name), grouped(profile.calls), grouped(profile.total),
                    profile.self ? grouped(*profile.self) : "", grouped(profile.min),
                    grouped(profile.avg), grouped(profile.max),
                    profile.first ? grouped(*profile.first) : ""});
  }
  if (rows.empty()) return {};
  return markdown_section(
      title_of_boot("Profile", record, boot),
      fmt::format("All times in {}; min, avg, max and first are of one call.\n\n",
                  unit_of(record)) +
          markdown_table_within({{"Section"},
                                 {"Calls", true},
                                 {"Total", true},
                                 {"Self", true},
                                 {"Min", true},
                                 {"Avg", true},
                                 {"Max", true},
                                 {"First", true}},
                                rows, kTableBytes, kWholeReport));
}

std::string memory_section(const RunRecord& record, const BootRecord& boot) {
  if (!boot.events.memory) return {};
  return markdown_section(title_of_boot("Memory of the guest", record, boot),
                          fact_table(memory_facts(*boot.events.memory)));
}

std::string sizes_section(const Sizes& sizes) {
  return markdown_section("Sizes", fact_table(size_facts(sizes)));
}

}  // namespace harness
