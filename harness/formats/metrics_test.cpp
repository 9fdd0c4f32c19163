#include "formats/metrics.h"

#include <gtest/gtest.h>

#include <random>

namespace harness {
namespace {

MetricReader::Result read(const std::vector<MetricPattern>& entries, std::string_view log,
                          std::size_t most = 100) {
  MetricReader reader(entries, most);
  for (std::uint64_t number = 1; !log.empty(); ++number) {
    const std::size_t end = std::min(log.find('\n'), log.size());
    reader.see(log.substr(0, end), number);
    log.remove_prefix(std::min(end + 1, log.size()));
  }
  return reader.finish();
}

/// "name value unit /samples, ...; line N: why".
std::string told(const std::vector<MetricPattern>& entries, std::string_view log,
                 std::size_t most = 100) {
  const auto [found, damage] = read(entries, log, most);
  std::string text;
  for (const FoundMetric& one : found) {
    text += (text.empty() ? "" : ", ") + one.name + " " + std::to_string(one.value) + " " +
            one.unit + " /" + std::to_string(one.samples.size());
  }
  for (const ProtocolError& one : damage)
    text += "; line " + std::to_string(one.line) + ": " + one.why;
  return text;
}

MetricPattern latency(SampleRule rule) {
  return {.pattern = R"(latency (?P<name>\w+): (?P<value>\S+) (?P<unit>\S+))",
          .name = {},
          .unit = "ns",
          .better = BetterWhen::lower,
          .scale = 1,
          .samples = rule};
}

TEST(Metrics, AUnitInLatin1IsOne) {
  EXPECT_EQ(told({{.pattern = R"(n (?P<value>\d+) (?P<unit>\S+))", .name = "n"}}, "n 5 \xB5s\n"),
            "n 5 us /1");
}

TEST(Metrics, NameValueAndUnitOfALine) {
  EXPECT_EQ(told({latency(SampleRule::one)}, "x\n[ 1.2] latency ipi: 1.25 us, fine\n"),
            "; line 2: 'us,' cannot be told in ns");
  EXPECT_EQ(told({latency(SampleRule::one)}, "latency ipi: 1.25 us\nlatency wake: 2 ms\n"),
            "ipi 1250 ns /1, wake 2000000 ns /1");
  MetricPattern boot{.pattern = "up in (?P<value>[0-9.]+) s", .name = "boot", .unit = "ms"};
  boot.scale = 1000;
  EXPECT_EQ(told({boot}, "up in 0.75 s\n"), "boot 750 ms /1");
  EXPECT_EQ(
      told({boot}, "up in 0.7505 s\n"),
      "; line 1: 0.7505 is no whole number of ms: a larger `scale` or a smaller unit keeps it");
}

TEST(Metrics, SeveralLinesAreSeveralSamplesByADeclaredRule) {
  const char* log = "latency a: 9 ns\nlatency a: 2 ns\nlatency a: 5 ns\nlatency a: 7 ns\n";
  EXPECT_EQ(told({latency(SampleRule::median)}, log), "a 5 ns /4");
  EXPECT_EQ(told({latency(SampleRule::min)}, log), "a 2 ns /4");
  EXPECT_EQ(told({latency(SampleRule::max)}, log), "a 9 ns /4");
  EXPECT_EQ(told({latency(SampleRule::one)}, log),
            "a 9 ns /4; line 4: 'a' came 4 times: say which stands for the boot, with samples: "
            "median");
  EXPECT_EQ(read({latency(SampleRule::median)}, log).found[0].samples,
            (std::vector<std::uint64_t>{9, 2, 5, 7}));
}

TEST(Metrics, WhatCannotBeIsDamageAtItsLine) {
  EXPECT_EQ(told({latency(SampleRule::one)}, "\nlatency a: -5 ns\n"),
            "; line 2: -5 is below 0: negative: absolute keeps its size");
  EXPECT_EQ(told({latency(SampleRule::one)}, "latency a: x ns\n"),
            "; line 1: 'x' is no number that can be kept");
  EXPECT_EQ(told({latency(SampleRule::one)}, "latency a: 0,75 us\n"),
            "; line 1: '0,75' is no number that can be kept, except with decimal: comma");
  EXPECT_EQ(told({latency(SampleRule::one)}, "latency a: 5 parrots\n"),
            "; line 1: 'parrots' cannot be told in ns");
  const MetricPattern other{.pattern = "(?P<value>\\d+) ns", .name = "a", .unit = "ns"};
  EXPECT_EQ(told({latency(SampleRule::one), other}, "latency a: 5 ns\n"),
            "a 5 ns /1; line 1: another entry of metrics found this name");
  MetricPattern as_printed = latency(SampleRule::median);
  as_printed.unit.clear();
  EXPECT_EQ(told({as_printed}, "latency a: 5 ns\nlatency a: 5 us\n"),
            "a 5 ns /1; line 2: it came in ns before");
}

TEST(Metrics, EveryMatchOfALineCounts) {
  MetricPattern pair{.pattern = R"((?P<name>\w+)=(?P<value>\d+))", .name = {}, .unit = "ns"};
  EXPECT_EQ(told({pair}, "Min=1 Avg=20 Max=300\n"), "Min 1 ns /1, Avg 20 ns /1, Max 300 ns /1");
  EXPECT_EQ(told({pair}, "a=1 b=2 a=3\n"),
            "a 1 ns /2, b 2 ns /1; line 1: 'a' came 2 times: say which stands for the boot, with "
            "samples: median");
  pair.samples = SampleRule::max;
  EXPECT_EQ(told({pair}, "a=1 b=2 a=3\n"), "a 3 ns /2, b 2 ns /1");
  pair.pattern = R"(^(?P<name>a)=(?P<value>\d))";
  EXPECT_EQ(told({pair}, "a=1a=2\n"), "a 1 ns /1") << "the start of a line is there once";
  pair.pattern = R"((?P<name>a)(?P<value>\d*))";
  EXPECT_EQ(told({pair}, "a1aa2\n"), "a 2 ns /2; line 1: '' is no number that can be kept");
  const MetricPattern empty{.pattern = "(?P<value>)", .name = "e", .unit = "ns"};
  EXPECT_EQ(read({empty}, "abc\n").protocol_errors.size(), 4u) << "and it ends";
}

TEST(Metrics, AnAnchoredPatternIsFoundBehindATimeStamp) {
  const MetricPattern boot{.pattern = "^boot: (?P<value>[0-9]+) ms", .name = "boot", .unit = "ms"};
  EXPECT_EQ(told({boot}, "[    1.234567] boot: 12 ms\n"), "boot 12 ms /1");
  EXPECT_EQ(told({boot}, "re[ 1.5] boot: 12 ms\n"), "");
  // The number may be what looks like a prefix.
  const MetricPattern seconds{.pattern = "^(?P<value>[0-9.]+) s", .name = "up", .unit = "s"};
  EXPECT_EQ(told({seconds}, "1.000 s\n"), "up 1 s /1");
}

TEST(Metrics, MatchesOfALineAreBounded) {
  MetricPattern digit{.pattern = R"((?P<value>\d))", .name = "d", .unit = "x"};
  digit.samples = SampleRule::median;
  const auto [found, damage] = read({digit}, std::string(5000, '7') + "\n", 100'000);
  EXPECT_EQ(found.at(0).samples.size(), 1000u);
  ASSERT_EQ(damage.size(), 1u);
  EXPECT_EQ(damage[0].why, "more than 1000 numbers in this line");
}

TEST(Metrics, DigitsBeyondAStatedScaleAreRoundedAndCounted) {
  MetricPattern mean{.pattern = "Mean: (?P<value>[0-9.]+)", .name = "mean", .unit = "mcycles"};
  mean.samples = SampleRule::median;
  mean.scale = 1000;
  mean.rounds = true;
  const FoundMetric found =
      read({mean}, "Mean: 3.011090610836324\nMean: 3.5\nMean: 4.00049\n").found.at(0);
  EXPECT_EQ(found.samples, (std::vector<std::uint64_t>{3011, 3500, 4000}));
  EXPECT_EQ(found.rounded, 2u);
  EXPECT_EQ(told({mean}, "Mean: 0.0001\n"),
            "; line 1: 0.0001 is no whole number of mcycles: a larger `scale` or a smaller unit "
            "keeps it");
}

TEST(Metrics, AConvertedUnitIsRoundedWhereNothingIsLost) {
  const FoundMetric found =
      read({latency(SampleRule::one)}, "latency a: 12.3456789 us\n").found.at(0);
  EXPECT_EQ(found.value, 12346u);
  EXPECT_EQ(found.rounded, 1u);
  EXPECT_EQ(told({latency(SampleRule::one)}, "latency a: 1.5 ns\n"),
            "; line 1: 1.5 is no whole number of ns: a larger `scale` or a smaller unit keeps it");
}

TEST(Metrics, ATimeThatWasRoundedToNothingIsNone) {
  EXPECT_EQ(told({{.pattern = "(?P<value>[0-9.]+) (?P<unit>ns a word)", .name = "speed"}},
                 "took 0.0000 ns a word\n"),
            "; line 1: 0.0000 ns a word was rounded to nothing by what printed it: print it with "
            "more digits, or in a smaller unit");
  MetricPattern wait{.pattern = "wait (?P<value>[0-9.]+)", .name = "wait", .unit = "ms"};
  EXPECT_EQ(told({wait}, "wait 0\n"), "wait 0 ms /1");
  wait.unit = "points";
  EXPECT_EQ(told({wait}, "wait 0.0\n"), "wait 0 points /1");
}

TEST(Metrics, NumbersAndUnitsInEverySpelling) {
  const auto one = [](const std::string& value, const std::string& unit) {
    return told({latency(SampleRule::one)}, "latency a: " + value + " " + unit + "\n");
  };
  EXPECT_EQ(one("1,234", "usec"), "a 1234000 ns /1");
  EXPECT_EQ(one(".75", "sec"), "a 750000000 ns /1");
  EXPECT_EQ(one("2", "min"), "a 120000000000 ns /1");
  EXPECT_EQ(one("0x10", "nsecs"), "a 16 ns /1");
  MetricPattern as_printed = latency(SampleRule::median);
  as_printed.unit.clear();
  EXPECT_EQ(told({as_printed}, "latency a: 5 usec\nlatency a: 7 us\n"), "a 5 us /2");
  MetricPattern european = latency(SampleRule::one);
  european.comma = true;
  EXPECT_EQ(told({european}, "latency a: 1.234,5 us\n"), "a 1234500 ns /1");
  MetricPattern size = latency(SampleRule::one);
  size.absolute = true;
  EXPECT_EQ(told({size}, "latency a: -5 us\n"), "a 5000 ns /1");
}

TEST(Metrics, AFloodIsCounted) {
  std::string log;
  for (int i = 0; i < 1000; ++i) log += "latency n" + std::to_string(i) + ": 1 ns\n";
  const auto [found, damage] = read({latency(SampleRule::one)}, log, 10);
  EXPECT_EQ(found.size(), 10u);
  ASSERT_EQ(damage.size(), 1u);
  EXPECT_EQ(damage[0].line, 11u);
  log.clear();
  for (int i = 0; i < 1000; ++i) log += "latency a: x ns\n";
  EXPECT_EQ(read({latency(SampleRule::one)}, log).protocol_errors.size(), 100u);
}

TEST(Metrics, PatternsAndLinesOfAnyKind) {
  EXPECT_EQ(told({{.pattern = "(", .name = "a", .unit = "b"}}, "(\n"), "");
  EXPECT_EQ(told({{.pattern = "no group", .name = "a", .unit = "b"}}, "no group\n"), "");
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::string line = "latency ipi: 1.25e+3 us";
    for (int i = 0; i < 3; ++i) line[random() % line.size()] = static_cast<char>(random());
    for (const FoundMetric& one : read({latency(SampleRule::median)}, line).found) {
      EXPECT_EQ(one.samples.size(), 1u);
    }
  }
}

}  // namespace
}  // namespace harness
