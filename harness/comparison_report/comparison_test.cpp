#include "comparison_report/comparison.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "comparison_report/numbers.h"
#include "record/record_testing.h"

namespace harness::comparison_report {
namespace {

std::string session(int init, int average) {
  SampleLog log(1, 4);
  log.line("[TIMING] Init: " + std::to_string(init) + " cycles")
      .line("[TEST] work: pass iterations=10 result=55")
      .line("[TIMING] work: 4000 cycles")
      .line("[PROFILE] work: calls=10 total=" + std::to_string(10 * average) +
            " min=" + std::to_string(average) + " avg=" + std::to_string(average) +
            " max=" + std::to_string(average) + " cycles")
      .line("[METRIC] trap: " + std::to_string(40 * average) + " cycles")
      .line(
          "[MEMORY] heap_used=0 heap_peak=512 heap_largest=262128 heap_total=262144 "
          "stack_used=1184 stack_total=65536 image=13304 bytes");
  return log.close("pass");
}

Measured measured(const std::string& scenario, int init, int average) {
  Measured side;
  RunRecord& record = side.counted;
  record.scenario = scenario;
  record.scenario_file = scenario + ".yaml";
  record.fingerprint = {"7.2.22",           "i386", "pc",          "tcg", "", "", 32 << 20, 1,
                        ClockKind::counted, "ab12", "Clang 19.1.7"};
  record.sizes.loaded = static_cast<std::uint64_t>(10 * init);
  record.boots = {sample_boot(1, session(init, average)), sample_boot(2, session(init, average))};
  return side;
}

history::EntryMetric series(const char* name, std::uint64_t first) {
  history::EntryMetric metric{history::Source::metric, name, "us", {}};
  for (std::uint64_t boot = 1; boot <= 8; ++boot) metric.samples.push_back({boot, first + boot});
  return metric;
}
void add_host(Measured& side, std::uint64_t whole) {
  history::Entry entry;
  entry.scenario = side.counted.scenario;
  entry.started_at = "2026-01-02T03:04:05Z";
  entry.fingerprint = side.counted.fingerprint;
  entry.metrics = {series(kWholeBoot, whole), series(kEmptyGuest, 20'000)};
  side.host = std::move(entry);
}

ComparisonPlan plan_of_two() {
  ComparisonPlan plan;
  plan.file = "c.yaml";
  plan.name = "a against b";
  plan.sides = {{"a", "a.yaml"}, {"b", "b.yaml"}};
  return plan;
}

std::string text_of(const ComparisonPlan& plan, const std::vector<Measured>& sides,
                    const std::optional<Measured>& calls = {},
                    const std::vector<MeasuredPeer>& peers = {}) {
  return document_markdown(
      describe(plan, sides, calls, peers, "uniharness report comparison c.yaml"));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Comparison, HoldsEveryNumberAgainstTheFirstSide) {
  const std::string text =
      text_of(plan_of_two(), {measured("a", 1000, 900), measured("b", 1250, 990)});
  EXPECT_TRUE(has(text, "| Init | b | 1,250 | +25.0 % |")) << text;
  EXPECT_TRUE(has(text, "| work | b | 990 | +90 (+10.0 %) | | |")) << text;
  EXPECT_TRUE(has(text, "| stack, high water | b | 1,184 | equal |")) << text;
  EXPECT_TRUE(has(text, "- Init: 1,000 instructions in a, 20.0 % less than b (1,250)."));
  EXPECT_TRUE(has(text, "- Image: 10,000 bytes are loaded in a, 20.0 % less than b (12,500)."));
  EXPECT_TRUE(has(text, "against a: from +10.0 % (work) to +10.0 % (work)."));
  // The timing of a workload belongs to the workload.
  EXPECT_FALSE(has(text, "| work | a | 4,000 |"));
}

TEST(Comparison, SidesThatChangePlacesChangeTheSigns) {
  const std::string text =
      text_of(plan_of_two(), {measured("b", 1250, 990), measured("a", 1000, 900)});
  EXPECT_TRUE(has(text, "| Init | b | 1,000 | -20.0 % |")) << text;
  EXPECT_TRUE(has(text, "25.0 % more than b (1,000)"));
}

TEST(Comparison, HostTimeIsShownOnlyWhereItWasMeasured) {
  std::vector<Measured> sides = {measured("a", 1000, 900), measured("b", 1250, 990)};
  EXPECT_FALSE(has(text_of(plan_of_two(), sides), "Host time of"));
  add_host(sides[0], 30'000);
  EXPECT_FALSE(has(text_of(plan_of_two(), sides), "Host time of"));
  add_host(sides[1], 36'000);
  const std::string text = text_of(plan_of_two(), sides);
  EXPECT_TRUE(has(text, "b takes more time than a (ratio 1.200")) << text;
  EXPECT_TRUE(has(text, "| b | 36.00 \\[36.00, 36.01\\] | 20.00 \\[20.00, 20.01\\] | 16.00"))
      << text;
  EXPECT_FALSE(has(text, "changed since"));
  sides[1].host->fingerprint.image_sha256 = "of before";
  EXPECT_TRUE(has(text_of(plan_of_two(), sides), "their host time may be another: b."));
  add_host(sides[1], 30'000);
  EXPECT_TRUE(has(text_of(plan_of_two(), sides), "b cannot be distinguished from a")) << text;
}

TEST(Comparison, TheFirstCallByHostTimeStandsBesideTheLaterOnes) {
  std::vector<Measured> sides = {measured("a", 1000, 900), measured("b", 1250, 990)};
  add_host(sides[1], 36'000);
  std::vector<history::EntryMetric>& metrics = sides[1].host->metrics;
  metrics.push_back(series("work first", 70'000));
  metrics.push_back(series("work avg after first", 500));
  const std::string text = text_of(plan_of_two(), sides);
  EXPECT_TRUE(has(text, "| work | b | 990 | +90 (+10.0 %) | 70,005 ")) << text;
  EXPECT_TRUE(has(text, "| 504.50")) << text;
}

TEST(Comparison, CallsAreCostsOfOneCall) {
  ComparisonPlan plan = plan_of_two();
  plan.calls = {"calls.yaml", 1000, {{"trap", "trap"}}};
  const std::vector<Measured> sides = {measured("a", 1000, 900), measured("b", 1250, 990)};
  EXPECT_TRUE(has(text_of(plan, sides, measured("calls", 1, 100)), "| trap | 4.0 | | |"));
  plan.calls.rows = {{"gate", "call_gate"}};
  try {
    text_of(plan, sides, measured("calls", 1, 100));
    FAIL() << "a metric that never came is no number";
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::invalid_data);
    EXPECT_TRUE(has(error.what(), "no boot gives the metric 'call_gate'")) << error.what();
  }
}

TEST(Comparison, CountedNumbersThatDifferBetweenBootsAreRefused) {
  Measured noisy = measured("a", 1000, 900);
  noisy.counted.boots[1] = sample_boot(2, session(1001, 900));
  EXPECT_THROW(text_of(plan_of_two(), {noisy, measured("b", 1250, 990)}), Error);
  Measured missing = measured("a", 1000, 900);
  missing.counted.boots[1].events.timings.clear();
  EXPECT_THROW(text_of(plan_of_two(), {missing, measured("b", 1250, 990)}), Error);
}

TEST(Comparison, PeersAreShownAsFarAsTheyWereMeasured) {
  const std::vector<Measured> sides = {measured("a", 1000, 900), measured("b", 1250, 990)};
  EXPECT_FALSE(has(text_of(plan_of_two(), sides), "Peers"));
  Measured peer = measured("p", 1, 1);
  add_host(peer, 50'000);
  std::vector<MeasuredPeer> peers = {{"other", *peer.host}};
  EXPECT_TRUE(
      has(text_of(plan_of_two(), sides, {}, peers), "| other | i386 pc, tcg, 32 MiB | 50.00"));
  peers[0].host.metrics.pop_back();  // no empty guest for its machine
  EXPECT_TRUE(has(text_of(plan_of_two(), sides, {}, peers), "50.01\\] | | |"))
      << text_of(plan_of_two(), sides, {}, peers);
}

TEST(Comparison, QuotedFiguresAreMarkedAndConcludeNothing) {
  ComparisonPlan plan = plan_of_two();
  const std::vector<Measured> sides = {measured("a", 1000, 900), measured("b", 1250, 990)};
  EXPECT_FALSE(has(text_of(plan, sides), "Quoted"));
  plan.quoted = {{"size of c", "346 KB", "its records"}};
  const std::string text = text_of(plan, sides);
  const std::size_t heading = text.find("## Quoted, not measured here");
  ASSERT_NE(heading, std::string::npos);
  EXPECT_GT(text.find("346 KB"), heading);
}

TEST(Comparison, ChangesAreSaidInPerCent) {
  EXPECT_EQ(change_text(100, 125), "+25.0 %");
  EXPECT_EQ(change_text(100, 100), "equal");
  EXPECT_EQ(change_text(0, 5), "");
}

}  // namespace
}  // namespace harness::comparison_report
