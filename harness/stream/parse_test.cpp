#include <gtest/gtest.h>

#include <random>

#include "stream/log_testing.h"
#include "stream/parse.h"

namespace harness {
namespace {

template <class T>
T read_as(std::string_view line) {
  Parsed parsed = parse_line(line);
  if (const auto* corrupt = std::get_if<Corrupt>(&parsed)) ADD_FAILURE() << corrupt->why;
  if (!std::holds_alternative<T>(parsed)) ADD_FAILURE() << "another kind of line: " << line;
  return std::holds_alternative<T>(parsed) ? std::get<T>(std::move(parsed)) : T{};
}

TEST(ParseLine, BeginIsReadWithItsPlan) {
  const auto begin =
      read_as<Begin>("[BEGIN] protocol=1 image=tinyllama boot=pvh tests=3 metrics=12");
  EXPECT_EQ(begin.protocol, 1u);
  EXPECT_EQ(begin.image, "tinyllama");
  EXPECT_EQ(begin.boot, wire::BootPath::pvh);
  EXPECT_EQ(begin.tests, 3u);
  EXPECT_EQ(begin.metrics, 12u);
}

TEST(ParseLine, WhatIsAddedToThePlanIsRead) {
  const auto more = read_as<MorePlanned>("[PLAN] tests=1 metrics=5");
  EXPECT_EQ(more.tests, 1u);
  EXPECT_EQ(more.metrics, 5u);
  for (const char* wrong : {"[PLAN] metrics=5", "[PLAN] tests=1 metrics=-5", "[PLAN]",
                            "[PLAN] tests=1 metrics=5 lines=2"}) {
    EXPECT_TRUE(std::holds_alternative<Corrupt>(parse_line(wrong))) << wrong;
  }
}

TEST(ParseLine, CodeIsReadWithItsAddressesItsTierAndItsName) {
  const auto load =
      read_as<CodeLine>("[CODE] load base=0x1C4E040 size=144 tier=t1 name=_ZN1a1bEv=%20x");
  EXPECT_EQ(load.kind, CodeLine::Kind::load);
  EXPECT_EQ(load.base, 0x1C4E040u);
  EXPECT_EQ(load.size, 144u);
  EXPECT_EQ(load.tier, "t1");
  EXPECT_EQ(load.name, "_ZN1a1bEv=%20x");
  const auto move = read_as<CodeLine>("[CODE] move base=0x0 to=0xFFFFFFFFFFFFFFFF");
  EXPECT_EQ(move.kind, CodeLine::Kind::move);
  EXPECT_EQ(move.to, UINT64_MAX);
  const auto retire = read_as<CodeLine>("[CODE] retire base=0xFFFFFFFFFFFFFFFF size=1");
  EXPECT_EQ(retire.kind, CodeLine::Kind::retire);
  EXPECT_EQ(retire.size, 1u) << "up to the last address and no further";
}

TEST(ParseLine, CodeThatCannotBeIsCorruptAndSaysWhy) {
  const struct {
    std::string line, why;
  } wrong[] = {
      {"[CODE]", "tag without a space after it"},
      {"[CODE] ", "'' is not one of: load move retire"},
      {"[CODE] unload base=0x0", "'unload' is not one of: load move retire"},
      {"[CODE] load base=4096 size=1 tier=t1 name=f", "expected '0x'"},
      {"[CODE] load base=0x size=1 tier=t1 name=f", "address not in upper-case hexadecimal"},
      {"[CODE] load base=0xab size=1 tier=t1 name=f", "address not in upper-case hexadecimal"},
      {"[CODE] load base=0x01 size=1 tier=t1 name=f", "address with a leading zero"},
      {"[CODE] load base=0x10000000000000000 size=1 tier=t1 name=f", "address over 64 bits"},
      {"[CODE] load base=0x1 size=-1 tier=t1 name=f", "number with a sign"},
      {"[CODE] load base=0x1 size=0 tier=t1 name=f", "code of no size, or beyond 64 bits"},
      {"[CODE] load base=0x2 size=18446744073709551615 tier=t1 name=f",
       "code of no size, or beyond 64 bits"},
      {"[CODE] retire base=0xFFFFFFFFFFFFFFFF size=2", "code of no size, or beyond 64 bits"},
      {"[CODE] load base=0x1 size=1 name=f", "expected 'tier='"},
      {"[CODE] load base=0x1 size=1 tier= name=f", "expected a word"},
      {"[CODE] load base=0x1 size=1 tier=a2345678901234567 name=f", "tier longer than 16 bytes"},
      {"[CODE] load base=0x1 size=1 tier=t1 name=", "expected a value"},
      {"[CODE] load base=0x1 size=1 tier=t1 name=a b", "text after the end of the line's form"},
      {"[CODE] load base=0x1 size=1 tier=t1 name=a\x1b[2J",
       "text after the end of the line's form"},
      {"[CODE] load base=0x1 size=1 tier=t1 name=a%2",
       "'%' without two upper-case hexadecimal digits"},
      {"[CODE] load base=0x1 size=1 tier=t1 name=%2a",
       "'%' without two upper-case hexadecimal digits"},
      {"[CODE] load base=0x1 size=1 tier=t1 name=" + std::string(65, 'f'),
       "value longer than 64 bytes"},
      {"[CODE] move base=0x1 size=1", "expected 'to='"},
      {"[CODE] move base=0x1 to=0x2 size=1", "text after the end of the line's form"},
      {"[CODE] retire base=0x1", "expected ' '"},
  };
  for (const auto& [line, why] : wrong) {
    const Parsed parsed = parse_line(line);
    const auto* corrupt = std::get_if<Corrupt>(&parsed);
    ASSERT_NE(corrupt, nullptr) << line;
    if (line == "[CODE] retire base=0x1") continue;  // says which field it misses
    EXPECT_EQ(corrupt->why, why) << line;
  }
}

TEST(ParseLine, TestIsReadWithIterationsAndResult) {
  const auto test = read_as<TestResult>("[TEST] sum to n: fail iterations=10 result=-5.5");
  EXPECT_EQ(test.name, "sum to n");
  EXPECT_EQ(test.status, wire::Status::fail);
  EXPECT_EQ(test.iterations, 10u);
  EXPECT_EQ(test.result, "-5.5");
}

TEST(ParseLine, TestMayHaveNeither) {
  const auto test = read_as<TestResult>("[TEST] heap: skip");
  EXPECT_EQ(test.status, wire::Status::skip);
  EXPECT_EQ(test.iterations, std::nullopt);
  EXPECT_EQ(test.result, std::nullopt);
  EXPECT_EQ(read_as<TestResult>("[TEST] heap: pass result=x").result, "x");
}

TEST(ParseLine, TimingIsRead) {
  const auto timing = read_as<Timing>("[TIMING] Time to first test: 18446744073709551615 cycles");
  EXPECT_EQ(timing.name, "Time to first test");
  EXPECT_EQ(timing.cycles, UINT64_MAX);
}

TEST(ParseLine, BenchIsRead) {
  const auto bench = read_as<Bench>("[BENCH] 10000 calls: 80012 cycles (8 cycles/call)");
  EXPECT_EQ(bench.calls, 10000u);
  EXPECT_EQ(bench.cycles, 80012u);
  EXPECT_EQ(bench.per_call, 8u);
}

TEST(ParseLine, BenchOfNoCallsHasNoQuotient) {
  EXPECT_EQ(read_as<Bench>("[BENCH] 0 calls: 0 cycles (0 cycles/call)").calls, 0u);
}

TEST(ParseLine, ProfileIsReadWithAndWithoutItsLaterFields) {
  const auto profile = read_as<Profile>(
      "[PROFILE] fibonacci: calls=10 total=9000 self=80 min=890 avg=900 max=950 first=949 cycles");
  EXPECT_EQ(profile.name, "fibonacci");
  EXPECT_EQ(profile.calls, 10u);
  EXPECT_EQ(profile.total, 9000u);
  EXPECT_EQ(profile.self, 80u);
  EXPECT_EQ(profile.min, 890u);
  EXPECT_EQ(profile.avg, 900u);
  EXPECT_EQ(profile.max, 950u);
  EXPECT_EQ(profile.first, 949u);
  const auto old = read_as<Profile>("[PROFILE] f: calls=1 total=2 min=2 avg=2 max=2 cycles");
  EXPECT_EQ(old.self, std::nullopt);
  EXPECT_EQ(old.first, std::nullopt);
}

TEST(ParseLine, MetricKeepsItsUnit) {
  const auto metric = read_as<Metric>("[METRIC] profiler.overhead/x_y-z: 24 cycles/call");
  EXPECT_EQ(metric.name, "profiler.overhead/x_y-z");
  EXPECT_EQ(metric.value, 24u);
  EXPECT_EQ(metric.unit, "cycles/call");
  EXPECT_EQ(read_as<Metric>("[METRIC] load: 7 %").unit, "%");
}

TEST(ParseLine, MemoryIsRead) {
  const auto memory = read_as<Memory>(
      "[MEMORY] heap_used=1 heap_peak=2 heap_largest=3 heap_total=4 stack_used=5 stack_total=6 "
      "image=7 bytes");
  EXPECT_EQ(memory.heap_used, 1u);
  EXPECT_EQ(memory.heap_peak, 2u);
  EXPECT_EQ(memory.heap_largest, 3u);
  EXPECT_EQ(memory.heap_total, 4u);
  EXPECT_EQ(memory.stack_used, 5u);
  EXPECT_EQ(memory.stack_total, 6u);
  EXPECT_EQ(memory.image, 7u);
}

TEST(ParseLine, PhaseIsRead) {
  const auto phase = read_as<Phase>("[PHASE] first test: 76256 cycles");
  EXPECT_EQ(phase.name, "first test");
  EXPECT_EQ(phase.cycles, 76256u);
  EXPECT_FALSE(phase.before_kernel);
}

/// [BOOT] with its checksum, as one line without its end.
std::string boot_line(const std::string& fields) {
  std::string line = sealed("[BOOT] " + fields + " cycles");
  line.pop_back();
  return line;
}

TEST(ParseLine, BootIsReadWithAndWithoutABootSector) {
  const auto disk = read_as<BeforeKernel>(boot_line("firmware=8062383 boot_sector=108741"));
  EXPECT_EQ(disk.firmware, 8062383u);
  EXPECT_EQ(disk.boot_sector, 108741u);
  EXPECT_EQ(read_as<BeforeKernel>(boot_line("firmware=4680")).boot_sector, std::nullopt);
}

TEST(ParseLine, EveryChangedByteOfBootIsFound) {
  const std::string line = boot_line("firmware=8062383 boot_sector=108741");
  for (std::size_t at = 7; at < line.size(); ++at) {
    for (const char other : {'0', '1', 'x', ' '}) {
      if (line[at] == other) continue;
      std::string changed = line;
      changed[at] = other;
      EXPECT_TRUE(std::holds_alternative<Corrupt>(parse_line(changed))) << changed;
    }
  }
}

TEST(ParseLine, JsonTextIsKeptAsItStands) {
  EXPECT_EQ(read_as<JsonText>("[JSON] {\"a\": 1.50}").text, "{\"a\": 1.50}");
}

TEST(ParseLine, PanicTextIsAnything) {
  EXPECT_EQ(read_as<PanicText>("[PANIC] exception 14: cr2=0x0 \x01").text,
            "exception 14: cr2=0x0 \x01");
  EXPECT_EQ(read_as<PanicText>("[PANIC] ").text, "");
}

TEST(ParseLine, EndIsRead) {
  const auto end = read_as<End>("[END] status=skip lines=14 crc=1A2B3C0D");
  EXPECT_EQ(end.status, wire::Status::skip);
  EXPECT_EQ(end.lines, 14u);
  EXPECT_EQ(end.crc, 0x1A2B3C0Du);
}

TEST(ParseLine, LinesWithoutATagOfOursAreForPeople) {
  for (const char* line :
       {"", "SUCCESS! all tests passed", "[INFO] booting", "[timing] Init: 1 cycles",
        " [TIMING] Init: 1 cycles", "x[END] status=pass lines=1 crc=00000000", "[BEGINX] a", "[",
        "[]", "[TIMING Init: 1 cycles"}) {
    EXPECT_TRUE(std::holds_alternative<ConsoleText>(parse_line(line))) << line;
  }
}

struct Bad {
  const char* line;
  const char* why;
};
constexpr Bad kDamaged[] = {
    {"[TIMING]", "tag without a space after it"},
    {"[PANIC]", "tag without a space after it"},
    {"[TIMING]Init: 1 cycles", "tag without a space after it"},
    {"[TIMING] Init: 12x cycles", "expected ' '"},
    {"[TIMING] Init:  12 cycles", "not a number"},
    {"[TIMING] Init: -1 cycles", "number with a sign"},
    {"[TIMING] Init: +1 cycles", "not a number"},
    {"[TIMING] Init: 012 cycles", "number with a leading zero"},
    {"[TIMING] Init: 18446744073709551616 cycles", "number over 64 bits"},
    {"[TIMING] Init: 1 cycle", "expected 'cycles'"},
    {"[TIMING] Init: 1 cycles ", "text after the end of the line's form"},
    {"[TIMING] In", "expected ': '"},
    {"[TIMING] : 1 cycles", "expected a name"},
    {"[TIMING]  Init: 1 cycles", "name with a space at its end"},
    {"[TIMING] Init : 1 cycles", "name with a space at its end"},
    {"[TIMING] a(b): 1 cycles", "expected ': '"},
    {"[TIMING] 12345678901234567890123456789012345678901234567890123456789012345: 1 cycles",
     "name longer than 64 bytes"},
    {"[BEGIN] protocol=2 image=a boot=disk tests=1 metrics=1",
     "protocol 2 is not known here, only 1"},
    {"[BEGIN] protocol=1 image=a boot=tape tests=1 metrics=1",
     "'tape' is not one of: disk multiboot pvh"},
    {"[BEGIN] protocol=1 boot=disk image=a tests=1 metrics=1", "expected 'image='"},
    {"[BEGIN] protocol=1 image=a b boot=disk tests=1 metrics=1", "expected 'boot='"},
    {"[TEST] a: passed", "'passed' is not one of: pass fail skip"},
    {"[TEST] a: pass result=5 iterations=1", "text after the end of the line's form"},
    {"[TEST] a: pass result=", "expected a value"},
    {"[BENCH] 10 calls: 80 cycles (9 cycles/call)", "cycles per call is not cycles / calls"},
    {"[BENCH] 0 calls: 80 cycles (80 cycles/call)", "cycles per call is not cycles / calls"},
    {"[BENCH] 10 calls: 80 cycles", "expected ' ('"},
    {"[PROFILE] f: calls=1 total=2 max=2 avg=2 min=2 cycles", "expected 'min='"},
    {"[METRIC] a: 1.5 bytes", "expected ' '"},
    {"[METRIC] a: 1 ", "expected a unit"},
    {"[MEMORY] heap_used=0 heap_peak=0", "expected ' '"},
    {"[JSON] {\"a\":", "not valid JSON"},
    {"[JSON] ", "not valid JSON"},
    {"[END] status=pass lines=1 crc=1a2b3c4d", "checksum not in upper-case hexadecimal"},
    {"[END] status=pass lines=1 crc=1234567", "checksum of fewer than 8 digits"},
    {"[END] status=pass lines=1 crc=123456789", "text after the end of the line's form"}};

TEST(ParseLine, NumbersOfEveryLengthAreRight) {
  // Also at the end of the line, where a step of eight bytes has no room.
  std::string digits;
  for (const char digit : std::string_view("12345678901234567890")) {
    digits += digit;
    const std::uint64_t value = std::stoull(digits);
    EXPECT_EQ(read_as<Timing>("[TIMING] a: " + digits + " cycles").cycles, value);
    EXPECT_EQ(read_as<TestResult>("[TEST] a: pass iterations=" + digits).iterations, value);
  }
  EXPECT_EQ(read_as<TestResult>("[TEST] a: pass iterations=0").iterations, 0u);
  for (const char* bad :
       {"1234567x", "12345678x", "123:5678", "1234567\xB9", "x1234567", "/1", ":"}) {
    const std::string line = std::string("[TEST] a: pass iterations=") + bad;
    EXPECT_TRUE(std::holds_alternative<Corrupt>(parse_line(line))) << line;
    EXPECT_TRUE(std::holds_alternative<Corrupt>(parse_line(line + " result=12345678"))) << line;
  }
}

TEST(ParseLine, EveryByteIsAllowedInANameOrEndsIt) {
  const std::string others = " ._-/";
  for (int i = 0; i < 256; ++i) {
    const char byte = static_cast<char>(i);
    const bool letter = (i >= '0' && i <= '9') || (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z');
    const bool good = letter || others.find(byte) != std::string::npos;
    for (const std::size_t before : {1u, 14u, 15u, 16u, 40u}) {
      const std::string name = std::string(before, 'n') + byte + "end";
      const Parsed parsed = parse_line("[TIMING] " + name + ": 1 cycles");
      ASSERT_EQ(std::holds_alternative<Timing>(parsed), good) << i << " after " << before;
    }
  }
}

TEST(ParseLine, TaggedLinesOutOfFormAreCorruptAndSayWhy) {
  for (const Bad& bad : kDamaged) {
    const Parsed parsed = parse_line(bad.line);
    const auto* corrupt = std::get_if<Corrupt>(&parsed);
    ASSERT_TRUE(corrupt) << bad.line;
    EXPECT_EQ(corrupt->why, bad.why) << bad.line;
  }
}

TEST(ParseLine, NameOf64BytesIsTaken) {
  const std::string name(64, 'n');
  EXPECT_EQ(read_as<Timing>("[TIMING] " + name + ": 1 cycles").name, name);
}

TEST(ParseLine, EveryProperStartOfALineIsCorruptOrText) {
  const std::string memory =
      "[MEMORY] heap_used=1 heap_peak=2 heap_largest=3 heap_total=4 stack_used=5 stack_total=6 "
      "image=7 bytes";
  for (const std::string& line :
       {memory, std::string("[TIMING] Init: 1234 cycles"),
        std::string("[BENCH] 10000 calls: 80012 cycles (8 cycles/call)"),
        std::string("[PROFILE] f: calls=10 total=9000 self=9 min=890 avg=900 max=950 first=9 "
                    "cycles"),
        std::string("[JSON] {\"a\":[1]}"),
        std::string("[END] status=pass lines=14 crc=1A2B3C4D")}) {
    for (std::size_t size = 0; size < line.size(); ++size) {
      const Parsed parsed = parse_line(std::string_view(line).substr(0, size));
      EXPECT_TRUE(std::holds_alternative<Corrupt>(parsed) ||
                  std::holds_alternative<ConsoleText>(parsed))
          << line.substr(0, size);
    }
  }
}

TEST(ParseLine, AnyBytesAfterATagAreSurvived) {
  std::mt19937 random(2);
  const std::string tags[] = {"[BEGIN] ",  "[TEST] ",   "[TIMING] ", "[BENCH] ", "[PROFILE] ",
                              "[METRIC] ", "[MEMORY] ", "[JSON] ",   "[PANIC] ", "[END] "};
  std::size_t corrupt = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string line = tags[random() % std::size(tags)];
    const std::size_t size = random() % 40;
    for (std::size_t i = 0; i < size; ++i) line += static_cast<char>(random());
    corrupt += std::holds_alternative<Corrupt>(parse_line(line));
  }
  EXPECT_GT(corrupt, 15'000u);
}

}  // namespace
}  // namespace harness
