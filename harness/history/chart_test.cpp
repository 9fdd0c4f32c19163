#include "history/chart.h"

#include <gtest/gtest.h>

#include "history/entry_testing.h"

namespace harness::history {
namespace {

std::string rendered(std::span<const Entry> entries, std::size_t width = 100) {
  return render_series(series_of(entries, {}).at(0), width);
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

TEST(HistoryChart, ShowsLevelsStepsAndCommits) {
  const std::string text = rendered(sample_entries({2842, 2842, 2842, 2901, 2901}));
  EXPECT_EQ(text, R"(fibonacci avg of sample, instructions (counted)
  5 runs, 2026-01-01 to 2026-01-01, i386 pc, tcg, QEMU 7.2.22, Clang 19.1.7; exact: each change is a step
          max 2,901 ┤   ██
                    │   ██
                    │   ██
          min 2,842 ┤▁▁▁██
                        1
   1  2026-01-01T00:03:00Z  2,842 -> 2,901  +59 (+2.08 %)  0000000000 -> 0000000000+
)") << text;
}

TEST(HistoryChart, SaysTheBreakAndWhatDiffers) {
  auto entries = sample_entries({10, 10, 20});
  entries[2].fingerprint.qemu_version = "8.2.0";
  const std::string text = rendered(entries);
  EXPECT_TRUE(has(text, "-- break")) << text;
  EXPECT_TRUE(has(text, "qemu_version: 7.2.22 -> 8.2.0")) << text;
  EXPECT_TRUE(has(text, "no step")) << text;
  EXPECT_FALSE(has(text, "10 -> 20")) << text;
}

TEST(HistoryChart, OfTooManyRunsTheLastAreDrawn) {
  std::vector<std::uint64_t> values(200, 5);
  values[3] = 9;
  const std::string text = rendered(sample_entries(values), 60);
  EXPECT_TRUE(has(text, "(the last 38 of 200 runs)")) << text;
  EXPECT_TRUE(has(text, "max 5 ")) << text;
  EXPECT_TRUE(has(text, "9 -> 5")) << text;
}

TEST(HistoryChart, SaysWhatWasLeftOutAndWhatIsTooShort) {
  auto entries = sample_entries({10, 20, 30}, ClockKind::host);
  entries[1].verdict = VerdictKind::truncated;
  const std::string text = rendered(entries);
  EXPECT_TRUE(has(text, "1 run left out, which did not pass")) << text;
  EXPECT_TRUE(has(text, "too few runs to look for steps")) << text;
}

TEST(HistoryChart, NamesAreMadeHarmless) {
  auto entries = sample_entries({1, 2});
  for (Entry& entry : entries) {
    entry.metrics[0].name = entry.metrics[0].unit = entry.scenario = "a\x1b[2J";
    entry.fingerprint.compiler = entry.revision.commit = "b\x07";
  }
  const auto series = series_of(entries, {});
  const std::string text = render_series(series[0], 80) + render_calibration(calibrate(entries)) +
                           render_holdings(std::vector<Holding>{{series[0].key, 2, 2}});
  EXPECT_FALSE(has(text, "\x1b")) << text;
  EXPECT_FALSE(has(text, "\x07")) << text;
}

TEST(HistoryChart, CalibrationSaysWhenThereIsTooLittle) {
  EXPECT_TRUE(has(render_calibration(calibrate(sample_entries({1, 1}))), "fewer than 10 pairs"));
  const auto many = calibrate(sample_entries(std::vector<std::uint64_t>(50, 1)));
  EXPECT_FALSE(has(render_calibration(many), "fewer"));
  EXPECT_TRUE(has(render_calibration(many), "0.0 % (0.0 % to 7.3 %)")) << render_calibration(many);
}

TEST(HistoryChart, CalibrationSaysWhatWasJudgedAndHow) {
  auto entries = sample_entries({10, 20, 10});
  entries[1].verdict = VerdictKind::fail;
  for (Entry& entry : entries) {
    entry.metrics.push_back({Source::phase, "phases, total", "instructions", {{1, 9}}});
    entry.metrics.push_back({Source::metric, "laps", "cycles", {{1, 9}}});
  }
  const std::string text = render_calibration(calibrate(entries));
  EXPECT_TRUE(has(text, "2 numbers exact: worse by more than the threshold is an alarm")) << text;
  EXPECT_TRUE(has(text, "because they may wait for the disk: 'phases, total'\n")) << text;
  EXPECT_TRUE(has(text, "1 run left out, which did not pass")) << text;
  for (Entry& entry : entries) entry.fingerprint.clock = ClockKind::host;
  const std::string by_host = render_calibration(calibrate(entries));
  EXPECT_TRUE(has(by_host, "1 number noisy: an alarm where the statistics of compare")) << by_host;
}

TEST(HistoryChart, FiguresAreGroupedAndShort) {
  EXPECT_EQ(figure(1234567), "1,234,567");
  EXPECT_EQ(figure(11.5), "11.5");
  EXPECT_EQ(figure(1.97), "2");
  EXPECT_EQ(figure(0), "0");
}

}  // namespace
}  // namespace harness::history
