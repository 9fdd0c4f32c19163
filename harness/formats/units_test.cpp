#include "formats/units.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

/// "1000/1", or "none".
std::string factor(std::string_view from, std::string_view to) {
  const std::optional<Factor> between = factor_between(from, to);
  return between ? std::to_string(between->num) + "/" + std::to_string(between->den) : "none";
}

TEST(Units, OfOneKindAreConverted) {
  EXPECT_EQ(factor("us", "ns"), "1000/1");
  EXPECT_EQ(factor("ps", "us"), "1/1000000");
  EXPECT_EQ(factor("min", "s"), "60/1");
  EXPECT_EQ(factor("h", "ms"), "3600000/1");
  EXPECT_EQ(factor("KiB", "KB"), "128/125");
  EXPECT_EQ(factor("MHz", "Hz"), "1000000/1");
  EXPECT_EQ(factor("MB/s", "KB/s"), "1000/1");
  EXPECT_EQ(factor("MB/sec", "bytes/s"), "1000000/1");
  EXPECT_EQ(factor("parrots", "parrots"), "1/1");
}

TEST(Units, OfTwoKindsAreNot) {
  for (const auto& [from, to] : {std::pair{"ns", "B"},
                                 {"parrots", "ns"},
                                 {"MB/s", "MB"},
                                 {"MB/s", "MB/min"},
                                 {"bit", "B"},
                                 {"ns/op", "us/call"}}) {
    EXPECT_EQ(factor(from, to), "none") << from << " " << to;
  }
}

TEST(Units, HaveOneName) {
  for (const char* us : {"us", "\xC2\xB5s", "\xCE\xBCs", "usec", "usecs", "microseconds", "USEC"}) {
    EXPECT_EQ(canonical_unit(us), "us") << us;
  }
  EXPECT_EQ(canonical_unit("Seconds"), "s");
  EXPECT_EQ(canonical_unit("sec"), "s");
  EXPECT_EQ(canonical_unit("msec"), "ms");
  EXPECT_EQ(canonical_unit("minutes"), "min");
  EXPECT_EQ(canonical_unit("kB"), "KB");
  EXPECT_EQ(canonical_unit("Bytes"), "bytes");
  EXPECT_EQ(canonical_unit("MB per second"), "MB/s");
  for (const char* own : {"mb", "Ms", "S", "points", "m", "K", "x/op", "", "/", "/s/"}) {
    EXPECT_EQ(canonical_unit(own), own);
  }
}

TEST(Units, OfTimeAreKnownAlsoOfOneOfSomething) {
  for (const char* time : {"ns", "usec", "us/op", "ms per call", "ns a word"}) {
    EXPECT_TRUE(is_time_unit(time)) << time;
  }
  for (const char* other : {"", "bytes", "calls/s", "ns/s", "points", " a word"}) {
    EXPECT_FALSE(is_time_unit(other)) << other;
  }
}

TEST(Units, SayWhichWayIsBetter) {
  for (const char* cost : {"ns", "usec", "min", "KB", "MiB", "bytes", "instructions", "cycles",
                           "ns/op", "allocs/op", "us per call", "cycles/iteration"}) {
    EXPECT_EQ(sense_of_unit(cost), UnitSense::cost) << cost;
  }
  for (const char* rate : {"MB/s", "calls/s", "req/sec", "frames per second", "items_per_second",
                           "Mbps", "IOPS", "fps", "GFLOPS"}) {
    EXPECT_EQ(sense_of_unit(rate), UnitSense::rate) << rate;
  }
  for (const char* other : {"points", "", "instructions/cycle", "MHz", "%", "x"}) {
    EXPECT_EQ(sense_of_unit(other), UnitSense::other) << other;
  }
}

}  // namespace
}  // namespace harness
