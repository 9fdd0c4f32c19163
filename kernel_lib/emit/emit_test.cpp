#include "kernel/emit.h"

#include <gtest/gtest.h>

#include <string>

#include "fmt/recording_sink_testing.h"

namespace kernel {
namespace {

struct EmitterTest : testing::Test {
  RecordingSink sink;
  CountingSink counting{sink};
  Console console{counting};
  Emitter emit{counting};

  /// Hexadecimal CRC-32, bit by bit: the definition, not our table.
  static std::string crc_by_definition(const std::string& bytes) {
    uint32_t state = 0xFFFFFFFF;
    for (const char c : bytes) {
      state ^= static_cast<uint8_t>(c);
      for (int bit = 0; bit < 8; ++bit) state = state & 1 ? state >> 1 ^ 0xEDB88320 : state >> 1;
    }
    std::string text;
    for (int shift = 28; shift >= 0; shift -= 4) text += "0123456789ABCDEF"[~state >> shift & 15];
    return text;
  }
};

TEST(Crc32, TheKnownAnswer) {
  wire::Crc32 crc;
  crc.add("123456789", 9);
  EXPECT_EQ(crc.value(), 0xCBF43926);
}

TEST_F(EmitterTest, BeginAnnouncesTheVersionTheImageAndThePlan) {
  emit.begin("tinyllama", wire::BootPath::multiboot, 3, 12);
  EXPECT_EQ(sink.text, "[BEGIN] protocol=1 image=tinyllama boot=multiboot tests=3 metrics=12\n");
}

TEST_F(EmitterTest, TestLines) {
  emit.test("fibonacci", wire::Status::pass, 10, 55);
  emit.test("broken", wire::Status::fail, 1, UINT64_MAX);
  EXPECT_EQ(sink.text,
            "[TEST] fibonacci: pass iterations=10 result=55\n"
            "[TEST] broken: fail iterations=1 result=18446744073709551615\n");
}

TEST_F(EmitterTest, TimingAndMetricLines) {
  emit.timing("Time to first test", 1234);
  emit.metric("profiler.overhead", 24, wire::kCycles);
  EXPECT_EQ(sink.text,
            "[TIMING] Time to first test: 1234 cycles\n"
            "[METRIC] profiler.overhead: 24 cycles\n");
}

TEST_F(EmitterTest, BenchLinesTruncateTheCyclesOfOneCall) {
  emit.bench(10000, 80012);
  emit.bench(3, 11);
  emit.bench(0, 5);
  EXPECT_EQ(sink.text,
            "[BENCH] 10000 calls: 80012 cycles (8 cycles/call)\n"
            "[BENCH] 3 calls: 11 cycles (3 cycles/call)\n"
            "[BENCH] 0 calls: 5 cycles (0 cycles/call)\n");
}

TEST_F(EmitterTest, ProfileLines) {
  ProfileStats stats;
  stats.name = "fibonacci";
  stats.calls = 10;
  stats.total = 9005;
  stats.self = 9000;
  stats.min = 890;
  stats.max = 950;
  stats.first = 940;
  emit.profile(stats);
  EXPECT_EQ(sink.text,
            "[PROFILE] fibonacci: calls=10 total=9005 self=9000 min=890 avg=900 max=950 first=940 "
            "cycles\n");
}

TEST_F(EmitterTest, TheMemoryLine) {
  emit.memory({.heap_used = 1,
               .heap_peak = 512,
               .heap_largest = 262128,
               .heap_total = 262144,
               .stack_used = 1184,
               .stack_total = 65536,
               .image = 13304});
  EXPECT_EQ(sink.text,
            "[MEMORY] heap_used=1 heap_peak=512 heap_largest=262128 heap_total=262144 "
            "stack_used=1184 stack_total=65536 image=13304 bytes\n");
}

uint64_t ticking() {
  static uint64_t now = 100;
  return now += 11;
}

TEST_F(EmitterTest, PhasesAndTheTimeOfTheFirstTestOnly) {
  Emitter timed(counting, &ticking);
  EXPECT_EQ(timed.first_test(), 0u);
  timed.test("one", wire::Status::pass, 1, 1);
  timed.test("two", wire::Status::pass, 1, 1);
  EXPECT_EQ(timed.first_test(), 111u);
  sink.text.clear();
  timed.phase(wire::phase::first_test, UINT64_MAX);
  EXPECT_EQ(sink.text, "[PHASE] first test: 18446744073709551615 cycles\n");
  emit.test("untimed", wire::Status::pass, 1, 1);
  EXPECT_EQ(emit.first_test(), 0u) << "there is no clock";
}

TEST_F(EmitterTest, BootHasAChecksumOfItsOwnLine) {
  emit.begin("app", wire::BootPath::disk, 0, 0);
  emit.end(wire::Status::pass);
  sink.text.clear();
  emit.boot(8062383, 108741);
  const std::string sealed = "[BOOT] firmware=8062383 boot_sector=108741 cycles";
  EXPECT_EQ(sink.text, sealed + " crc=" + crc_by_definition(sealed) + "\n");
  sink.text.clear();
  emit.boot(4680, 0);
  const std::string direct = "[BOOT] firmware=4680 cycles";
  EXPECT_EQ(sink.text, direct + " crc=" + crc_by_definition(direct) + "\n");
}

TEST_F(EmitterTest, EndCountsTheLinesBeforeItAndSealsEveryByte) {
  emit.begin("app", wire::BootPath::disk, 0, 1);
  console.text("text of the app\n");
  emit.timing("Init", 7);
  emit.end(wire::Status::fail);
  const std::string sealed =
      "[BEGIN] protocol=1 image=app boot=disk tests=0 metrics=1\n"
      "text of the app\n"
      "[TIMING] Init: 7 cycles\n"
      "[END] status=fail lines=3";
  EXPECT_EQ(sink.text, sealed + " crc=" + crc_by_definition(sealed) + "\n");
}

TEST_F(EmitterTest, EndSaysFailWhereATestFailedWhateverTheAppSays) {
  for (const wire::Status status : {wire::Status::pass, wire::Status::skip, wire::Status::fail}) {
    Emitter one(counting);
    one.begin("app", wire::BootPath::disk, 2, 0);
    one.test("good", wire::Status::pass, 1, 1);
    one.test("bad", wire::Status::fail, 1, 1);
    sink.text.clear();
    EXPECT_EQ(one.end(status), wire::Status::fail);
    EXPECT_EQ(sink.text.rfind("[END] status=fail ", 0), 0u) << sink.text;
  }
  Emitter other(counting);
  other.begin("app", wire::BootPath::disk, 1, 0);
  other.test("absent", wire::Status::skip, 1, 1);
  EXPECT_EQ(other.end(wire::Status::pass), wire::Status::pass);
  EXPECT_EQ(other.end(wire::Status::skip), wire::Status::skip);
}

TEST_F(EmitterTest, TextOfTheAppIsInTheChecksum) {
  const auto crc_with = [](const char* text) {
    RecordingSink sink;
    CountingSink counting(sink);
    Emitter emit(counting);
    emit.begin("app", wire::BootPath::disk, 0, 0);
    Console(counting).text(text);
    emit.end(wire::Status::pass);
    return sink.text.substr(sink.text.find("crc="));
  };
  EXPECT_EQ(crc_with("same\n"), crc_with("same\n"));
  EXPECT_NE(crc_with("this\n"), crc_with("that\n"));
}

TEST_F(EmitterTest, WhatStoodBeforeBeginIsNeitherCountedNorSealed) {
  console.text("booting\nstill booting\n");
  emit.begin("app", wire::BootPath::disk, 0, 0);
  emit.end(wire::Status::pass);
  const std::string sealed =
      "[BEGIN] protocol=1 image=app boot=disk tests=0 metrics=0\n"
      "[END] status=pass lines=1";
  EXPECT_EQ(sink.text,
            "booting\nstill booting\n" + sealed + " crc=" + crc_by_definition(sealed) + "\n");
}

TEST_F(EmitterTest, ATagAlwaysStandsAtTheFirstByteOfItsLine) {
  console.text("no line end");
  emit.begin("app", wire::BootPath::pvh, 0, 0);
  console.text("working...");
  emit.timing("Init", 1);
  console.text("and then");
  emit.end(wire::Status::pass);
  const std::string sealed =
      "[BEGIN] protocol=1 image=app boot=pvh tests=0 metrics=0\n"
      "working...\n"
      "[TIMING] Init: 1 cycles\n"
      "and then\n"
      "[END] status=pass lines=4";
  EXPECT_EQ(sink.text, "no line end\n" + sealed + " crc=" + crc_by_definition(sealed) + "\n");
}

uint64_t fake_now = 0;
uint64_t fake_clock() { return fake_now; }

TEST_F(EmitterTest, ProfileJsonHoldsAllThatTheProfilerKnows) {
  Profiler profiler(&fake_clock);
  const int outer = profiler.add("outer");
  const int inner = profiler.add("inner");
  profiler.begin(outer);
  fake_now += 100;
  for (const int cycles : {4, 5, 9}) {
    profiler.begin(inner);
    fake_now += static_cast<uint64_t>(cycles);
    profiler.end(inner);
  }
  profiler.end(outer);
  profiler.end(outer);
  profiler.begin(-1);
  emit.profile_json(profiler);
  EXPECT_EQ(
      sink.text,
      R"([JSON] {"profile":[{"name":"outer","calls":1,"activations":1,"total":118,"self":100,)"
      R"("min":118,"avg":118,"max":118,"first":118,"histogram":{"6":1}},)"
      R"({"name":"inner","calls":3,"activations":3,"total":18,"self":18,)"
      R"("min":4,"avg":6,"max":9,"first":4,"histogram":{"2":2,"3":1}}],)"
      R"("overhead":0,"inner_overhead":0,"dropped":1,"mismatched":1})"
      "\n");
}

TEST_F(EmitterTest, NamesAreEscapedInJson) {
  Profiler profiler(&fake_clock);
  profiler.add("a\"b\\c\nd");
  emit.profile_json(profiler);
  EXPECT_NE(sink.text.find(R"({"name":"a\"b\\c\u000Ad",)"), std::string::npos) << sink.text;
}

}  // namespace
}  // namespace kernel
