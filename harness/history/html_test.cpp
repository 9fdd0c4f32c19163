#include "history/html.h"

#include <gtest/gtest.h>

#include "history/entry_testing.h"
#include "page/harmless_testing.h"
#include "page/html_testing.h"

namespace harness::history {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }
std::string rendered(std::span<const Entry> entries) {
  return render_series_html(series_of(entries, {}));
}

TEST(HistoryHtml, HasEachRunTheStepsAndTheirCommits) {
  const std::string text = rendered(sample_entries({2842, 2842, 2842, 2901, 2901}));
  EXPECT_EQ(HtmlReader::fault_in(text), "");
  EXPECT_TRUE(has(text, "<h1>fibonacci avg</h1>"));
  EXPECT_TRUE(has(text, "\"words\":\"5 runs, 1 step; instructions (counted clock)\""));
  EXPECT_TRUE(has(text,
                  "{\"value\":2901.0,\"low\":2901,\"high\":2901,\"level\":2901.0,"
                  "\"time\":\"2026-01-01T00:03:00Z\",\"commit\":\"0000000000+\"}"));
  EXPECT_TRUE(has(text, "\"steps\":[4]"));
  EXPECT_TRUE(has(text,
                  "<td class=\"n\">2,842</td><td class=\"n\">2,901</td>"
                  "<td class=\"n\">+2.08 %</td>"
                  "<td><code>0000000000 → 0000000000+</code></td>"));
}
TEST(HistoryHtml, SeriesOfOneNumberAreToldApart) {
  auto entries = sample_entries({10, 10});
  const auto host = sample_entries({20, 20}, ClockKind::host);
  entries.insert(entries.end(), host.begin(), host.end());
  const std::string text = rendered(entries);
  EXPECT_TRUE(has(text, "fibonacci avg of sample, instructions (counted clock): 2 runs on i386"));
  EXPECT_TRUE(has(text, "fibonacci avg of sample, cycles (host clock): 2 runs on i386"));
}
TEST(HistoryHtml, NothingJoinsTwoEnvironments) {
  auto entries = sample_entries({10, 10, 20});
  entries[2].fingerprint.qemu_version = "8.2.0";
  const std::string text = rendered(entries);
  EXPECT_TRUE(has(text, "},{},{\"value\":20.0")) << text.substr(text.size() - 2000);
  EXPECT_TRUE(has(text, "\"steps\":[]"));
  EXPECT_TRUE(has(text, "qemu_version: 7.2.22 -&gt; 8.2.0"));
}
TEST(HistoryHtml, ThePartOfAReportHasWhatSteppedAndNotTooMuch) {
  const auto entries_of = [](int still, int moved) {
    auto entries = sample_entries({10, 10, 20});
    for (Entry& entry : entries) {
      const EntryMetric sample = entry.metrics[0];
      entry.metrics.clear();
      for (int i = 0; i < still + moved; ++i) {
        EntryMetric metric = sample;
        metric.name = (i < still ? "still " : "moved ") + std::to_string(i);
        if (i < still) metric.samples = {{1, 7}};
        entry.metrics.push_back(std::move(metric));
      }
    }
    return entries;
  };
  const auto part_of = [](const std::vector<Entry>& entries) {
    return render_series_part(series_of(entries, {}));
  };
  const HistoryPart few = part_of(entries_of(5, 2));
  EXPECT_TRUE(has(few.section.body.text(), "5 numbers kept their level, 2 stepped."));
  EXPECT_TRUE(has(few.chart_data, "moved 5"));
  EXPECT_FALSE(has(few.chart_data, "still 0"));
  const HistoryPart many = part_of(entries_of(0, 20));
  EXPECT_TRUE(has(many.section.body.text(), "id=\"series-11\""));
  EXPECT_FALSE(has(many.section.body.text(), "id=\"series-12\""));
  EXPECT_TRUE(has(many.section.body.text(), "The first 12 are shown."));
  EXPECT_TRUE(part_of(entries_of(3, 0)).chart_data.empty());
  EXPECT_TRUE(render_series_part({}).section.body.empty());
}

TEST(HistoryHtml, NamesAreText) {
  auto entries = sample_entries({1, 2});
  for (Entry& entry : entries) {
    entry.scenario = "</script><script>alert(1)</script>\x1b[2J\xE2\x80\xAE";
    entry.metrics[0].name = entry.metrics[0].unit = entry.revision.commit = entry.scenario;
  }
  const std::string text = rendered(entries);
  EXPECT_EQ(HtmlReader::fault_in(text), "");
  EXPECT_EQ(harm_in(text), "");
}

}  // namespace
}  // namespace harness::history
