#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "record/record_testing.h"
#include "report/guest_benchmarks.h"
#include "report/report.h"

namespace harness {
namespace {

using nlohmann::json;

/// A run of one boot for each text, whose guest said that as [JSON].
RunRecord record_of(const std::vector<std::string>& texts, ClockKind clock,
                    std::uint64_t tsc_hz = 2'000'000'000) {
  RunRecord record = sample_record();
  record.boots.resize(texts.size(), record.boots.front());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    record.boots[i].events.json = {texts[i]};
    record.boots[i].trace.tsc_hz = tsc_hz;
  }
  record.fingerprint.clock = clock;
  return record;
}

json written(const RunRecord& record) { return json::parse(render_benchmark_json(record)); }

constexpr char kCopy[] =
    R"({"benchmark":{"name":"copy/64","family_index":3,"per_family_instance_index":1,)"
    R"("repetitions":2,"repetition_index":1,"time_unit":"us","iterations":1000,"cycles":4000000,)"
    R"("bytes":64000,"label":"warm","counters":[{"name":"rate","value":10,"flags":1},)"
    R"({"name":"each","value":3000,"flags":8}]}})";

TEST(GuestBenchmarks, UnderTheHostClockTimesAreTimes) {
  const json file = written(record_of({kCopy, kCopy}, ClockKind::host));
  EXPECT_FALSE(file["context"].contains("unit"));
  ASSERT_EQ(file["benchmarks"].size(), 2u);  // these and no others
  const json& entry = file["benchmarks"][1];
  EXPECT_EQ(entry["name"], "copy/64");
  EXPECT_EQ(entry["family_index"], 3);
  EXPECT_EQ(entry["repetitions"], 4);
  EXPECT_EQ(entry["repetition_index"], 3);
  EXPECT_EQ(entry["iterations"], 1000);
  EXPECT_EQ(entry["time_unit"], "us");
  EXPECT_DOUBLE_EQ(entry["real_time"], 2.0);  // 4,000 ticks at 2 GHz
  EXPECT_DOUBLE_EQ(entry["bytes_per_second"], 32e6);
  EXPECT_DOUBLE_EQ(entry["rate"], 5000.0);
  EXPECT_DOUBLE_EQ(entry["each"], 3.0);
  EXPECT_EQ(entry["label"], "warm");
}

TEST(GuestBenchmarks, UnderTheCountedClockTheyAreInstructionsAndHaveNoSeconds) {
  const json file = written(record_of({kCopy}, ClockKind::counted));
  EXPECT_EQ(file["context"]["unit"], "instructions");
  const json& entry = file["benchmarks"][0];
  EXPECT_DOUBLE_EQ(entry["real_time"], 4000.0);
  EXPECT_EQ(entry["time_unit"], "ns");
  EXPECT_FALSE(entry.contains("bytes_per_second"));
  EXPECT_FALSE(entry.contains("rate"));
  EXPECT_DOUBLE_EQ(entry["each"], 3.0);
}

TEST(GuestBenchmarks, WithoutAFrequencyTheyStayCycles) {
  const json file = written(record_of({kCopy}, ClockKind::host, 0));
  EXPECT_EQ(file["context"]["unit"], "cycles");
  EXPECT_DOUBLE_EQ(file["benchmarks"][0]["real_time"], 4000.0);
}

TEST(GuestBenchmarks, AnErrorIsOne) {
  const json file = written(
      record_of({R"({"benchmark":{"name":"a","error":"no \"room\""}})"}, ClockKind::counted));
  EXPECT_EQ(file["benchmarks"][0]["error_occurred"], true);
  EXPECT_EQ(file["benchmarks"][0]["error_message"], "no \"room\"");
}

TEST(GuestBenchmarks, WhatIsNoBenchmarkIsLeftOut) {
  for (const char* text :
       {R"({"benchmark":3})", R"({"benchmark":{}})", R"({"benchmark":{"name":""}})",
        R"({"benchmark":{"name":"a","iterations":0,"cycles":1}})",
        R"({"benchmark":{"name":"a","iterations":1}})",
        R"({"benchmark":{"name":"a","iterations":-1,"cycles":1}})",
        R"({"benchmark":{"name":"a","iterations":1.5,"cycles":1}})",
        R"({"benchmark":{"name":7,"iterations":1,"cycles":1}})",
        R"({"benchmark":{"name":"a","iterations":1,"cycles":1},"more":1})", R"(["benchmark"])",
        R"({"profile":[]})"}) {
    Events events;
    events.json = {text};
    EXPECT_TRUE(guest_benchmarks(events).empty()) << text;
  }
}

TEST(GuestBenchmarks, ACounterCannotTakeThePlaceOfAField) {
  const json file = written(record_of(
      {R"({"benchmark":{"name":"a","iterations":1,"cycles":1,"counters":[)"
       R"({"name":"real_time","value":9,"flags":0},{"name":"x","value":0,"flags":2147483648},)"
       R"({"name":"y","value":"nan","flags":0},{"name":"z","value":4,"flags":2147483648}]}})"},
      ClockKind::counted));
  const json& entry = file["benchmarks"][0];
  EXPECT_DOUBLE_EQ(entry["real_time"], 1.0);
  EXPECT_FALSE(entry.contains("x"));  // one by nothing is no number
  EXPECT_FALSE(entry.contains("y"));
  EXPECT_DOUBLE_EQ(entry["z"], 0.25);
}

}  // namespace
}  // namespace harness
