#include "onboarding/number_lines.h"

#include <gtest/gtest.h>

#include "formats/metrics.h"

namespace harness::onboarding {
namespace {

TEST(NumberLines, ALineWithANameANumberAndAUnitIsOne) {
  const auto lines = number_lines(
      "boot\n[    1.250000] switch: 1,234 cycles\n\x1b[1mthroughput = 12.5 MB/s\x1b[0m\r\n"
      "switch: 1,236 cycles\n");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].name, "switch");
  EXPECT_EQ(lines[0].unit, "cycles");
  EXPECT_EQ(lines[0].line, "switch: 1,234 cycles");
  EXPECT_TRUE(lines[0].several);
  EXPECT_EQ(lines[1].name, "throughput");
  EXPECT_EQ(lines[1].unit, "KB/s");
  EXPECT_EQ(lines[1].scale, 1000u);
}

TEST(NumberLines, WhatIsNoResultIsNone) {
  for (const char* line :
       {"CPU: 4 cores", "version: 1.2.3", "time: soon", "127 ms", "free: -5 KB", "addr: 0x40 bytes",
        "12:30:15 ms", "rate: 1.5 instructions", "retry in 5 ms", "x = in 5 ms",
        "tests: 5 in 2 suites", "it took long"}) {
    EXPECT_TRUE(number_lines(line).empty()) << line;
  }
  EXPECT_EQ(number_lines(std::string(300, 'a') + ": 5 ms").size(), 0u);
  std::string many;
  for (std::size_t i = 0; i < 50; ++i) many += "t" + std::string(i % 30 + 1, 'x') + ": 5 ms\n";
  EXPECT_EQ(number_lines(many).size(), 10u);
}

TEST(NumberLines, ThePatternFindsItsOwnLineExactly) {
  for (const auto& [text, value] : {std::pair{"a (b) [c]: 1 ms", 0},
                                    {"a (b).c: 1,500 ms", 1500},
                                    {"p99 = 1.25us", 1250},
                                    {"copy: 0.5 GB/s", 500},
                                    {"fib(15) = 610 in 20958 cycles", 20958},
                                    {"sum: 500500 in 4,012 cycles.", 4012},
                                    {"context switch took 1.5 us", 1500}}) {
    const auto lines = number_lines(text);
    ASSERT_EQ(lines.size(), value == 0 ? 0u : 1u) << text;
    if (value == 0) continue;
    MetricPattern entry;
    entry.pattern = lines[0].pattern;
    entry.name = lines[0].name;
    entry.unit = lines[0].unit;
    entry.scale = lines[0].scale;
    const std::vector<MetricPattern> entries = {entry};
    MetricReader reader(entries, 10);
    reader.see(text, 1);
    const auto result = reader.finish();
    ASSERT_EQ(result.found.size(), 1u) << text << " " << entry.pattern;
    EXPECT_EQ(result.found[0].value, static_cast<std::uint64_t>(value)) << text;
    EXPECT_TRUE(result.protocol_errors.empty());
  }
}

/// Each number is found by one entry alone, with prefixes before it, too.
TEST(NumberLines, ANameInsideOfAnotherIsAnother) {
  const std::string log =
      "boot took 3 ms\n  reboot took 9 ms\n[    1.250000] cold boot took 4 ms\nx = 5 in 12 cycles\n"
      "xx = 7 in 13 cycles\na x: 14 cycles\n";
  std::vector<MetricPattern> entries;
  for (const NumberLine& one : number_lines(log)) {
    entries.emplace_back();
    entries.back().pattern = one.pattern;
    entries.back().name = one.name;
    entries.back().unit = one.unit;
  }
  ASSERT_EQ(entries.size(), 6u);
  MetricReader reader(entries, 100);
  std::uint64_t number = 0;
  for (std::size_t from = 0; from < log.size(); from = log.find('\n', from) + 1) {
    reader.see(std::string_view(log).substr(from, log.find('\n', from) - from), ++number);
  }
  const auto result = reader.finish();
  EXPECT_TRUE(result.protocol_errors.empty());
  ASSERT_EQ(result.found.size(), 6u);
  const std::uint64_t values[] = {3, 9, 4, 12, 13, 14};
  for (std::size_t i = 0; i < result.found.size(); ++i) {
    EXPECT_EQ(result.found[i].value, values[i]) << result.found[i].name;
    EXPECT_EQ(result.found[i].samples.size(), 1u) << result.found[i].name;
  }
}

}  // namespace
}  // namespace harness::onboarding
