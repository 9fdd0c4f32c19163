#include <gtest/gtest.h>

#include "check/check_testing.h"
#include "check/checks.h"
#include "check/watch.h"

namespace harness {
namespace {

using namespace testing_record;

std::string sample() { return sample_session().close("pass"); }
std::string profile_line(const std::string& numbers) {
  return session({"[PROFILE] work: " + numbers + " cycles"});
}

TEST(ProfileCheck, PassesAndShowsCallsAndAverage) {
  const Finding finding =
      run_check(run_of({sample()}), "profile",
                {{"name", text("fibonacci")}, {"calls", Range{10, 10}}, {"avg", Range{50, 1000}}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.check, "profile fibonacci");
  EXPECT_EQ(finding.figure, "calls 10, avg 900 instructions");
}
TEST(ProfileCheck, FailsOnAWrongCallCountWithBothFigures) {
  const Finding finding =
      run_check(run_of({profile_line("calls=9 total=9 self=9 min=1 avg=1 max=1")}), "profile",
                {{"name", text("work")}, {"calls", Range{10, 10}}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "calls is 9, must be 10");
}
TEST(ProfileCheck, EveryColumnHasARange) {
  const RunRecord record =
      run_of({profile_line("calls=2 total=7000 self=6500 min=1000 avg=3500 "
                           "max=6000 first=6000")});
  const std::pair<const char*, std::uint64_t> columns[] = {
      {"calls", 2},  {"total", 7000}, {"self", 6500}, {"min", 1000},
      {"avg", 3500}, {"max", 6000},   {"first", 6000}};
  for (const auto& [key, value] : columns) {
    EXPECT_EQ(
        run_check(record, "profile", {{"name", text("work")}, {key, Range{value, value}}}).status,
        FindingStatus::pass)
        << key;
    EXPECT_EQ(
        run_check(record, "profile", {{"name", text("work")}, {key, Range{value + 1, UINT64_MAX}}})
            .status,
        FindingStatus::fail)
        << key;
  }
}
TEST(ProfileCheck, ReasonsNameTheUnitOfTheClock) {
  RunRecord record = run_of({profile_line("calls=2 total=7000 min=1000 avg=3500 max=6000")});
  const Params params = {{"name", text("work")}, {"avg", Range{0, 3000}}};
  EXPECT_EQ(run_check(record, "profile", params).reason,
            "avg is 3,500 instructions, must be at most 3,000");
  record.fingerprint.clock = ClockKind::host;
  EXPECT_EQ(run_check(record, "profile", params).reason,
            "avg is 3,500 cycles, must be at most 3,000");
}
TEST(ProfileCheck, MinOverAvgIsInvalid) {
  const Finding finding =
      run_check(run_of({profile_line("calls=2 total=20 self=20 min=11 avg=10 max=12")}), "profile",
                {{"name", text("work")}});
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_EQ(finding.reason, "'work': min 11, avg 10, max 12 are not in rising order");
}
TEST(ProfileCheck, AvgOverMaxIsInvalid) {
  EXPECT_EQ(run_check(run_of({profile_line("calls=2 total=20 min=1 avg=10 max=9")}), "profile",
                      {{"name", text("work")}})
                .status,
            FindingStatus::invalid);
}
TEST(ProfileCheck, TotalMayMissCallsTimesAvgByRoundingOnly) {
  EXPECT_EQ(run_check(run_of({profile_line("calls=10 total=109 min=1 avg=10 max=20")}), "profile",
                      {{"name", text("work")}})
                .status,
            FindingStatus::pass);
  const Finding far = run_check(run_of({profile_line("calls=10 total=111 min=1 avg=10 max=20")}),
                                "profile", {{"name", text("work")}});
  EXPECT_EQ(far.status, FindingStatus::invalid);
  EXPECT_EQ(far.reason, "'work': total 111 is not 10 calls x avg 10");
}
TEST(ProfileCheck, AProductOver64BitsIsInvalid) {
  EXPECT_EQ(run_check(run_of({profile_line("calls=4294967296 total=5 min=4294967296 "
                                           "avg=4294967296 max=4294967296")}),
                      "profile", {{"name", text("work")}})
                .status,
            FindingStatus::invalid);
}
TEST(ProfileCheck, WithoutANameEverySectionIsChecked) {
  const Finding good = run_check(run_of({sample()}), "profile");
  EXPECT_EQ(good.status, FindingStatus::pass);
  EXPECT_EQ(good.figure, "fibonacci avg 900 instructions, primes avg 10 instructions");
  const Finding bad = run_check(run_of({sample()}), "profile", {{"calls", Range{10, 10}}});
  EXPECT_EQ(bad.reason, "primes calls is 5, must be 10");
}
TEST(ProfileCheck, WithoutANameANoneOrTwiceIsFound) {
  EXPECT_EQ(run_check(run_of({session({})}), "profile").reason,
            "[PROFILE] was expected and did not arrive");
  const std::string line = "[PROFILE] work: calls=1 total=1 min=1 avg=1 max=1 cycles";
  const Finding twice = run_check(run_of({session({line, line})}), "profile");
  EXPECT_EQ(twice.status, FindingStatus::invalid);
  EXPECT_EQ(twice.reason, "[PROFILE] 'work' arrived twice");
}
TEST(ProfileCheck, AMissingSectionFailsAndNamesADamagedLine) {
  const Finding finding = run_check(run_of({session({"[PROFILE] work: calls=ten"})}), "profile",
                                    {{"name", text("work")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason.find("[PROFILE] 'work' was expected and did not arrive; line 2 is "
                                "damaged ("),
            0u)
      << finding.reason;
}
TEST(ProfileCheck, ASelfTimeThatDidNotArriveFails) {
  EXPECT_EQ(run_check(run_of({profile_line("calls=1 total=1 min=1 avg=1 max=1")}), "profile",
                      {{"name", text("work")}, {"self", Range{0, 9}}})
                .reason,
            "self was expected and did not arrive");
}

TEST(Figures, ShowLowestAndHighestOverBoots) {
  const Finding finding = run_check(
      run_of({session({"[TIMING] Init: 1234 cycles"}), session({"[TIMING] Init: 1180 cycles"}),
              session({"[TIMING] Init: 1301 cycles"})}),
      "timing", {{"name", text("Init")}});
  EXPECT_EQ(finding.figure, "time 1,180..1,301 instructions");
}
TEST(Findings, NameTheFirstBootThatIsOut) {
  const Finding finding = run_check(
      run_of({session({"[TIMING] Init: 1234 cycles"}), session({"[TIMING] Init: 2180 cycles"}),
              session({"[TIMING] Init: 3301 cycles"})}),
      "timing", {{"name", text("Init")}, {"max", count(2000)}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "boot 2: time is 2,180 instructions, must be at most 2,000");
}
TEST(ClockParameter, TheOtherClocksCheckPassesUnseen) {
  RunRecord record = run_of({session({"[TIMING] Init: 1234 cycles"})});
  const Params params = {{"name", text("Init")}, {"max", count(1)}, {"clock", text("host")}};
  const Finding unseen = run_check(record, "timing", params);
  EXPECT_EQ(unseen.status, FindingStatus::pass);
  EXPECT_EQ(unseen.figure, "not for this clock (counted)");
  record.fingerprint.clock = ClockKind::host;
  EXPECT_EQ(run_check(record, "timing", params).status, FindingStatus::fail);
}

TEST(TimingCheck, LimitsAreInclusive) {
  const RunRecord record = run_of({sample()});
  EXPECT_EQ(run_check(record, "timing",
                      {{"name", text("Init")}, {"min", count(1234)}, {"max", count(1234)}})
                .status,
            FindingStatus::pass);
  EXPECT_EQ(run_check(record, "timing", {{"name", text("Init")}, {"min", count(1235)}}).reason,
            "time is 1,234 instructions, must be at least 1,235");
  EXPECT_EQ(
      run_check(record, "timing", {{"name", text("Init")}, {"cycles", Range{1, 1000}}}).reason,
      "time is 1,234 instructions, must be 1..1,000");
}
TEST(TimingCheck, AllGivenLimitsHoldTogether) {
  const RunRecord record = run_of({sample()});
  EXPECT_EQ(run_check(record, "timing",
                      {{"name", text("Init")}, {"min", count(1)}, {"cycles", Range{2000, 3000}}})
                .reason,
            "time is 1,234 instructions, must be 2,000..3,000");
  EXPECT_EQ(run_check(record, "timing",
                      {{"name", text("Init")}, {"max", count(9000)}, {"cycles", Range{0, 1000}}})
                .reason,
            "time is 1,234 instructions, must be at most 1,000");
}
TEST(TimingCheck, MissingFailsAndTwiceIsInvalid) {
  EXPECT_EQ(run_check(run_of({sample()}), "timing", {{"name", text("Boot")}}).reason,
            "[TIMING] 'Boot' was expected and did not arrive");
  const std::string line = "[TIMING] Init: 12 cycles";
  EXPECT_EQ(run_check(run_of({session({line, line})}), "timing", {{"name", text("Init")}}).status,
            FindingStatus::invalid);
}
TEST(TimingCheck, ANumberThatOneBootLacksFails) {
  const Finding finding = run_check(run_of({sample(), sample_session().open(), session({})}),
                                    "timing", {{"name", text("Init")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "boot 3: [TIMING] 'Init' was expected and did not arrive");
}

TEST(BenchCheck, PassesWithCallsAsItsName) {
  const Finding finding =
      run_check(run_of({sample()}), "bench", {{"calls", count(10000)}, {"per_call", Range{2, 20}}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.check, "bench 10000 calls");
  EXPECT_EQ(finding.figure, "per call 8 instructions, in all 80,012 instructions");
}
TEST(BenchCheck, FailsOutsideItsRanges) {
  const RunRecord record = run_of({sample()});
  EXPECT_EQ(run_check(record, "bench", {{"per_call", Range{0, 7}}}).reason,
            "10000 calls: per call is 8 instructions, must be at most 7");
  EXPECT_EQ(
      run_check(record, "bench", {{"calls", count(10000)}, {"cycles", Range{0, 80011}}}).reason,
      "in all is 80,012 instructions, must be at most 80,011");
}
TEST(BenchCheck, AnotherNumberOfCallsDidNotArrive) {
  EXPECT_EQ(run_check(run_of({sample()}), "bench", {{"calls", count(9999)}}).reason,
            "[BENCH] '9999 calls' was expected and did not arrive");
}
TEST(BenchCheck, AQuotientThatIsNoneIsInvalid) {
  // The parser refuses such a line; a record can come from elsewhere.
  RunRecord record = run_of({sample()});
  record.boots[0].events.benches[0].per_call = 9;
  const Finding finding = run_check(record, "bench");
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_EQ(finding.reason, "9 per call is not 80,012 over 10,000 calls");
}

TEST(MetricCheck, PassesAndCallsCyclesByTheClock) {
  RunRecord record = run_of({sample()});
  const Params params = {
      {"name", text("profiler.overhead")}, {"value", Range{0, 100}}, {"unit", text("cycles")}};
  EXPECT_EQ(run_check(record, "metric", params).figure, "value 24 instructions");
  record.fingerprint.clock = ClockKind::host;
  EXPECT_EQ(run_check(record, "metric", params).figure, "value 24 cycles");
}
TEST(MetricCheck, FailsOnValueUnitAndAbsence) {
  const RunRecord record = run_of({sample()});
  EXPECT_EQ(
      run_check(record, "metric", {{"name", text("profiler.overhead")}, {"value", Range{0, 23}}})
          .reason,
      "value is 24 instructions, must be at most 23");
  EXPECT_EQ(
      run_check(record, "metric", {{"name", text("profiler.overhead")}, {"unit", text("bytes")}})
          .reason,
      "the unit is 'cycles', must be 'bytes'");
  EXPECT_EQ(run_check(record, "metric", {{"name", text("x")}}).status, FindingStatus::fail);
}

TEST(MemoryCheck, PassesAndShowsWhatMatters) {
  const Finding finding = run_check(run_of({sample()}), "memory", {{"image", Range{1, 20000}}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.figure,
            "heap_used 0 bytes, heap_peak 512 bytes, stack_used 1,184 bytes, image 13,304 bytes");
}
TEST(MemoryCheck, EveryColumnHasARange) {
  const RunRecord record = run_of({sample()});
  for (const char* key : {"heap_used", "heap_peak", "heap_largest", "stack_used", "image"}) {
    EXPECT_EQ(run_check(record, "memory", {{key, Range{300000, 300000}}}).status,
              FindingStatus::fail)
        << key;
  }
  EXPECT_EQ(run_check(record, "memory", {{"stack_used", Range{0, 1024}}}).reason,
            "stack_used is 1,184 bytes, must be at most 1,024");
}
TEST(MemoryCheck, APartOverItsWholeIsInvalid) {
  const std::pair<const char*, const char*> faults[] = {
      {"heap_used=0", "heap_used=600"},
      {"heap_total=262144", "heap_total=511"},
      {"heap_largest=262128", "heap_largest=262145"},
      {"stack_used=1184", "stack_used=65537"}};
  for (const auto& [from, to] : faults) {
    RunRecord record = run_of({replaced(sample(), from, to)});
    EXPECT_EQ(run_check(record, "memory").status, FindingStatus::invalid) << to;
  }
  EXPECT_EQ(
      run_check(run_of({replaced(sample(), "heap_used=0", "heap_used=600")}), "memory").reason,
      "heap_used 600 is more than heap_peak 512");
}
TEST(MemoryCheck, ALineThatDidNotArriveFails) {
  EXPECT_EQ(run_check(run_of({session({})}), "memory").reason,
            "[MEMORY] was expected and did not arrive");
}

TEST(FoundCheck, SaysWhetherALineHadSuchANumber) {
  const auto reason = [](const char* log) {
    RunRecord record = run_of({log});
    OutputRules rules;
    rules.exits.push_back({0, ExitMeaning::pass});
    MetricPattern latency;
    latency.pattern = "lat (?P<value>\\S+) ns";
    latency.name = "lat";
    latency.unit = "ns";
    rules.metrics = {latency};
    apply_output_rules(record, rules);
    return check_found(record, 0).reason;
  };
  EXPECT_EQ(reason("lat 12 ns\n"), "");
  EXPECT_EQ(reason("late\n"), "no line has such a number");
  EXPECT_EQ(reason("lat NaN ns\n"), "no line has such a number that can be kept");
}

}  // namespace
}  // namespace harness
