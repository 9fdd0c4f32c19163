// `metrics:` of a scenario, from the guest's words to reports, comparisons, gate and history.
#include <fstream>

#include "base/files.h"

#include "e2e/e2e.h"

namespace harness {
namespace {

constexpr char kMetrics[] = R"x(
metrics:
  - {pattern: 'latency (?P<name>\w+): (?P<value>[0-9.]+) (?P<unit>us|ms)', unit: ns, samples: median}
  - {pattern: 'throughput: (?P<value>[0-9.]+) MB/s', name: throughput, unit: KB/s, scale: 1000}
)x";

/// A scenario for the guest that prints times in its own words.
fs::path scenario_in(const fs::path& folder, const std::string& metrics,
                     const std::string& clock = "host") {
  const fs::path file = folder / "s.yaml";
  std::ofstream(file) << "name: s\nimage: {kernel: "
                      << (fs::path(UNIHARNESS_IMAGES) / "foreign_suite.elf").string()
                      << ", append: latency}\nmachine: {vga: false}\nboots: 2\nclock: " << clock
                      << "\nlimits: {wall: 60s, idle: 60s}\nexit: {pass: 1}\n"
                      << metrics << "checks:\n  - metric: {name: ipi, value: 1500, unit: ns}\n";
  return file;
}

TEST(FoundMetrics, FlowToReportsReplayAndHistory) {
  const fs::path folder = fresh_folder();
  const fs::path file = scenario_in(folder, kMetrics);
  const CommandResult run =
      uniharness({"run", file, "--out", folder / "a", "--record", "--db", folder / "h.db"}, folder);
  ASSERT_EQ(run.exit_status, 0) << run.output_tail;
  const RunRecord record = saved_record(folder / "a");
  const std::vector<FoundMetric>& found = record.boots.front().events.found;
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].name, "ipi");
  EXPECT_EQ(found[0].value, 1500u);
  EXPECT_EQ(found[0].samples, (std::vector<std::uint64_t>{1250, 1750, 1500}));
  EXPECT_EQ(found[1].value, 2'000'000u);
  EXPECT_EQ(found[2].value, 312'500u);
  EXPECT_NE(read_file(folder / "a/report.md").find("throughput"), std::string::npos);

  EXPECT_EQ(uniharness({"replay", folder / "a", "--out", folder / "again"}, folder).exit_status, 0);
  for (const char* name : {"record.json", "report.md", "report.html", "junit.xml"}) {
    EXPECT_EQ(read_file(folder / "a" / name), read_file(folder / "again" / name)) << name;
  }
  const CommandResult history = uniharness({"history", "ipi", "--db", folder / "h.db"}, folder);
  EXPECT_EQ(history.exit_status, 0) << history.output_tail;
  EXPECT_NE(history.output_tail.find("ns"), std::string::npos);
}

TEST(FoundMetrics, AreComparedInTheDirectionThatIsBetter) {
  const fs::path folder = fresh_folder();
  const auto record_with = [&](const char* name, const std::string& metrics) {
    const fs::path file = scenario_in(folder, metrics, "counted");
    EXPECT_EQ(uniharness({"run", file, "--out", folder / name}, folder).exit_status, 0);
  };
  // The same output, read at another scale: half of the throughput, twice the score.
  const std::string low = std::string(kMetrics) +
                          "  - {pattern: 'ipi: (?P<value>1.5)', name: score, unit: points, "
                          "scale: 2, better: higher}\n";
  std::string high = low;
  high.replace(high.rfind("scale: 2"), 8, "scale: 4");
  record_with("low", low);
  record_with("high", high);
  const CommandResult better = uniharness({"compare", folder / "low", folder / "high"}, folder);
  EXPECT_EQ(better.exit_status, 0) << better.output_tail;
  EXPECT_NE(better.output_tail.find("improvement"), std::string::npos) << better.output_tail;
  EXPECT_EQ(uniharness({"compare", folder / "high", folder / "low"}, folder).exit_status, 4);
}

TEST(FoundMetrics, ABaselineHoldsThemAndTheirDirection) {
  const fs::path folder = fresh_folder();
  const std::string metrics =
      "metrics:\n  - {pattern: 'ipi: (?P<value>[0-9.]+) us', name: ipi, unit: ns, scale: 1000, "
      "better: higher, samples: median}\n";
  const fs::path file = scenario_in(folder, metrics, "counted");
  const CommandResult accepted =
      uniharness({"baseline", "accept", file, "--baseline", folder / "b.json", "--why", "first",
                  "--out", folder / "a"},
                 folder);
  ASSERT_EQ(accepted.exit_status, 0) << accepted.output_tail;
  EXPECT_NE(read_file(folder / "b.json").find("higher"), std::string::npos)
      << read_file(folder / "b.json");
  EXPECT_EQ(
      uniharness({"gate", file, "--baseline", folder / "b.json", "--out", folder / "g"}, folder)
          .exit_status,
      0);
}

TEST(FoundMetrics, WhatIsMissingOrCannotBeIsNoPass) {
  const fs::path folder = fresh_folder();
  const auto said = [&](const std::string& metrics) {
    const fs::path file = scenario_in(folder, metrics);
    uniharness({"run", file, "--boots", "1", "--out", folder / "r"}, folder);
    const Verdict verdict = saved_record(folder / "r").verdict;
    return std::string(verdict_name(verdict.kind)) + ": " + verdict.reason;
  };
  const std::string ipi =
      "  - {pattern: 'ipi: (?P<value>[0-9.]+) us', name: ipi, unit: ns, scale: 1000, "
      "samples: median}\n";
  EXPECT_EQ(said("metrics:\n" + ipi + "  - {pattern: 'gone (?P<value>.)', name: gone, unit: s}\n"),
            "fail: metrics gone: no line has such a number");
  EXPECT_NE(said("metrics:\n  - {pattern: 'ipi: (?P<value>[0-9.]+) us', name: ipi, unit: us, "
                 "samples: median}\n")
                .find("invalid_data: line 2: 1.250 is no whole number of us"),
            std::string::npos);
  EXPECT_NE(said("metrics:\n  - {pattern: 'ipi: (?P<value>[0-9.]+) us', name: ipi, unit: ns, "
                 "scale: 1000}\n")
                .find("invalid_data: line 4: 'ipi' came 3 times"),
            std::string::npos);
}

}  // namespace
}  // namespace harness
