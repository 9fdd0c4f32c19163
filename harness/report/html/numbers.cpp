// The figures of the guest: where its time went, every number over the boots, memory and sizes.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

#include "base/format.h"
#include "base/text.h"
#include "page/page.h"
#include "record/summary.h"
#include "report/counted.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/html/sections.h"

namespace harness::html {
namespace {

std::uint64_t own_time(const Profile& profile) { return profile.self.value_or(profile.total); }

std::string value_text(const MetricSummary& metric) {
  const std::string number =
      metric.min == metric.max ? grouped(metric.min) : number_text(metric.median);
  return number;
}

Markup exact_numbers(const std::vector<MetricSummary>& metrics, std::size_t boots) {
  std::vector<Row> rows;
  rows.reserve(metrics.size());
  for (const MetricSummary& metric : metrics) {
    rows.push_back(
        {{breakable(metric.name), escaped(grouped(metric.min)), breakable(metric.unit)}});
  }
  const std::string note =
      (boots > 1 ? fmt::format("Counted exactly: the same in each of {} boots. ", grouped(boots))
                 : std::string("Counted, in one boot. ")) +
      "What the guest prints as cycles is instructions under this clock.";
  return element("p", " class=\"note\"", escaped(note)) +
         table({{"Name"}, {"Value", true}, {"Unit"}}, rows);
}

/// Of those of `all` that are not exact. `all` is summarize(record).
Markup spread_numbers(const std::vector<MetricSummary>& all, const RunRecord& record) {
  const std::vector<MetricSamples> samples = collect_samples(record);
  std::vector<Row> rows;
  bool some_missing = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const MetricSummary& metric = all[i];
    if (is_exact(metric, record)) continue;
    some_missing = some_missing || metric.samples != measured_boots(record).size();
    rows.push_back(
        {{breakable(metric.name), escaped(value_text(metric)),
          escaped(interval_of_median(samples[i])), escaped(grouped(metric.min)),
          escaped(grouped(metric.max)), breakable(metric.unit), escaped(grouped(metric.samples))}});
  }
  Markup body;
  const InexactCounts counts = inexact_counts(record);
  if (!counts.alarm.empty()) body += element("p", " class=\"reason\"", escaped(counts.alarm));
  if (!counts.note.empty()) body += element("p", " class=\"note\"", escaped(counts.note));
  body +=
      "<p class=\"note\">Over boots. The interval is that of the median: 95 %, by the "
      "bootstrap.</p>";
  body += table({{"Name"},
                 {"Median", true},
                 {"Interval", true},
                 {"Min", true},
                 {"Max", true},
                 {"Unit"},
                 {"Boots", true}},
                rows);
  if (const std::string text = warm_up_text(record); !text.empty()) {
    body += element("p", " class=\"note\"", escaped(text));
  }
  if (some_missing) {
    body += element("p", " class=\"note\"",
                    escaped(fmt::format("Not every one of the {} reported each number.",
                                        count_of(measured_boots(record).size(), "boot"))));
  }
  return body + chart_place("samples");
}

}  // namespace

Markup fact_table(const std::vector<Column>& columns, const std::vector<Fact>& facts) {
  std::vector<Row> rows;
  for (const Fact& fact : facts) {
    const Markup value = breakable(fact.value);
    rows.push_back({{escaped(fact.name), fact.code ? element("code", value) : value}});
  }
  return table(columns, rows);
}

PageSection profile_section(const RunRecord& record, const BootRecord& boot) {
  std::vector<const Profile*> profiles;
  profiles.reserve(boot.events.profiles.size());
  for (const Profile& profile : boot.events.profiles) profiles.push_back(&profile);
  std::ranges::sort(profiles, [](const Profile* a, const Profile* b) {
    const std::uint64_t x = own_time(*a), y = own_time(*b);
    return x != y ? x > y : a < b;  // of equal ones the first said is the first shown
  });
  const double sum = own_time_of_sections(boot);
  std::vector<Row> rows;
  for (const Profile* one : profiles) {
    const Profile& profile = *one;
    const double share = sum > 0 ? static_cast<double>(own_time(profile)) / sum : 0;
    rows.push_back(
        {{breakable(profile.name), share_bar(share), escaped(percent_text(share)),
          escaped(grouped(own_time(profile))), escaped(grouped(profile.calls)),
          escaped(grouped(profile.avg)), escaped(grouped(profile.min)),
          escaped(grouped(profile.max)), escaped(profile.first ? grouped(*profile.first) : ""),
          escaped(grouped(profile.total))}});
  }
  if (rows.empty()) return {"profile", "Where the time goes", {}};
  const std::string note = fmt::format(
      "What costs most comes first. Own time is without the sections called from it; "
      "all in {}{}. {}",
      unit_of(record), of_boot(record, boot), shares_text(record, boot));
  return {"profile", "Where the time goes",
          shares_picture(boot.events.profiles) + element("p", " class=\"note\"", escaped(note)) +
              table({{"Section"},
                     {""},
                     {"Of the sections", true},
                     {"Own time", true},
                     {"Calls", true},
                     {"A call", true},
                     {"Min", true},
                     {"Max", true},
                     {"First", true},
                     {"Total", true}},
                    rows)};
}

PageSection numbers_section(const RunRecord& record) {
  const std::vector<MetricSummary> metrics = summarize(record);
  if (metrics.empty()) return {"numbers", "Numbers", {}};
  std::vector<MetricSummary> exact;
  std::ranges::copy_if(metrics, std::back_inserter(exact),
                       [&](const MetricSummary& metric) { return is_exact(metric, record); });
  Markup body;
  if (!exact.empty()) body += exact_numbers(exact, record.boots.size());
  if (exact.size() < metrics.size()) body += spread_numbers(metrics, record);
  return {"numbers", "Numbers", body};
}

PageSection memory_section(const RunRecord& record, const BootRecord& boot) {
  Markup body;
  if (boot.events.memory) {
    const std::string title = "Memory of the guest" + of_boot(record, boot);
    body += element("div",
                    element("h3", escaped(title)) +
                        fact_table({{"What"}, {"Size", true}}, memory_facts(*boot.events.memory)));
  }
  const Markup sizes = fact_table({{"What"}, {"Size", true}}, size_facts(record.sizes));
  if (!sizes.empty()) body += element("div", Markup("<h3>Sizes of files</h3>") + sizes);
  if (body.empty()) return {"memory", "Memory", {}};
  return {"memory", "Memory", element("div", " class=\"pair\"", body)};
}

}  // namespace harness::html
