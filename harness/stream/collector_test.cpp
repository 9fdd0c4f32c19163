#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "stream/collector.h"
#include "stream/log_testing.h"
#include "stream/split.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

Events fold_all(const std::string& log) { return collect_events(log, {}); }

std::string first_fault(const Events& events) {
  return events.protocol_errors.empty() ? "" : events.protocol_errors.front().why;
}
/// The fault of a session of one line, or of two.
std::string fault_of(std::string_view line, std::string_view second = {}) {
  SampleLog log(0, 0);
  log.line(line);
  if (!second.empty()) log.line(second);
  return first_fault(fold_all(log.close("pass")));
}

TEST(Fold, EveryKindOfLineIsKeptInOrder) {
  const Events events = fold_all(sample_session().close("pass"));
  EXPECT_EQ(first_fault(events), "");
  ASSERT_TRUE(events.begin && events.end && events.memory);
  EXPECT_EQ(events.begin->image, "sample");
  EXPECT_EQ(events.tests.size(), events.begin->tests);
  EXPECT_EQ(events.timings.size() + events.benches.size() + events.profiles.size() +
                events.metrics.size(),
            events.begin->metrics);
  EXPECT_EQ(events.timings[0].name, "Init");
  EXPECT_EQ(events.timings[1].name, "Total");
  EXPECT_EQ(events.benches[0].per_call, 8u);
  EXPECT_EQ(events.profiles[1].name, "primes");
  EXPECT_EQ(events.memory->image, 13304u);
  EXPECT_EQ(events.json.size(), 1u);
  EXPECT_EQ(events.end->status, wire::Status::pass);
  EXPECT_EQ(events.counted_lines, events.end->lines);
  EXPECT_EQ(events.computed_crc, events.end->crc);
}

TEST(Fold, LinesKnowTheirPlaceInTheLog) {
  const std::string log = "one\r\n[PANIC] two\nthree";
  const Events events = fold_all(log);
  ASSERT_EQ(events.lines.size(), 3u);
  const auto text = [&](std::size_t i) {
    return log.substr(events.lines[i].begin, events.lines[i].end - events.lines[i].begin);
  };
  EXPECT_EQ(text(0), "one");
  EXPECT_EQ(text(1), "[PANIC] two");
  EXPECT_EQ(text(2), "three");
  EXPECT_FALSE(events.lines[0].protocol);
  EXPECT_TRUE(events.lines[1].protocol);
  EXPECT_TRUE(events.lines[1].terminated);
  EXPECT_FALSE(events.lines[2].terminated);
}

TEST(Fold, LinesHaveTheTimeOfTheirLastByte) {
  const Events events =
      collect_events("ab\ncd\nef\n", {{1, 10ns}, {3, 20ns}, {8, 30ns}, {9, 40ns}});
  ASSERT_EQ(events.lines.size(), 3u);
  EXPECT_EQ(events.lines[0].at, 20ns);
  EXPECT_EQ(events.lines[1].at, 30ns);
  EXPECT_EQ(events.lines[2].at, 40ns);
}

TEST(Fold, MarksThatDoNotFitTheLogAreSurvived) {
  const Events events = collect_events("ab\ncd\n", {{5, 9ns}, {2, 1ns}, {500, 12ns}});
  ASSERT_EQ(events.lines.size(), 2u);
  EXPECT_EQ(events.lines[0].at, 9ns);
  EXPECT_EQ(events.lines[1].at, 12ns);
}

TEST(Fold, SizeOfThePiecesMakesNoDifference) {
  const std::string log = "firmware\n" + sample_session().close("pass") + "after";
  const Events whole = fold_all(log);
  for (std::size_t step = 1; step < 50; ++step) {
    EventCollector collector;
    for (std::size_t at = 0; at < log.size(); at += step) collector.add(log.substr(at, step), 0ns);
    const Events pieces = collector.finish();
    EXPECT_EQ(pieces.protocol_errors.size(), 0u);
    EXPECT_EQ(pieces.lines.size(), whole.lines.size());
    EXPECT_EQ(pieces.computed_crc, whole.computed_crc);
    EXPECT_EQ(pieces.lines.back().begin, whole.lines.back().begin);
  }
}

TEST(Fold, CallbackSeesEachLineAsSoonAsItIsComplete) {
  std::vector<std::string> seen;
  std::vector<LineKind> kinds;
  EventCollector collector([&](std::string_view line, LineKind kind, bool) {
    seen.emplace_back(line);
    kinds.push_back(kind);
  });
  collector.add("hel", 0ns);
  EXPECT_TRUE(seen.empty());
  collector.add("lo\r\n[PANIC] a reason long enough to live on the heap\nre", 0ns);
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0], "hello");
  EXPECT_EQ(kinds, (std::vector{LineKind::text, LineKind::panic}));
  const Events events = collector.finish();
  EXPECT_EQ(events.panics.front(), "a reason long enough to live on the heap");
  EXPECT_EQ(events.lines.size(), 3u);
  EXPECT_EQ(seen.back(), "re");
}

TEST(Fold, FirmwareTextAndTextAfterTheEndAreNoDamage) {
  const Events events =
      fold_all("\x1b[2JBIOS\n" + sample_session().close("pass") + "powering off\n");
  EXPECT_EQ(first_fault(events), "");
  EXPECT_FALSE(events.garbage);
}

TEST(Fold, CarriageReturnsAreToleratedWhereTheGuestCountedThem) {
  SampleLog log(0, 0);
  log.line("text\r").line("[TIMING] Init: 1 cycles\r");
  const Events events = fold_all(log.close("pass"));
  EXPECT_EQ(first_fault(events), "");
  EXPECT_EQ(events.timings.size(), 1u);
}

TEST(Fold, GarbageIsCountedFromTheFirstLineOnly) {
  for (const char byte : {'\x80', '\x1b', '\0', '\x7f', '\xff', '\b'}) {
    const Events events = fold_all(SampleLog(0, 0).line("").line({&byte, 1}).close("pass"));
    EXPECT_TRUE(events.garbage) << int{byte};
    EXPECT_EQ(events.garbage_line, 3u);
    EXPECT_EQ(first_fault(events), "");
  }
  EXPECT_FALSE(fold_all(SampleLog(0, 0).line("~ \ttab\r").close("pass")).garbage);
}

TEST(Fold, LostLineIsOneFault) {
  std::string log = sample_session().close("pass");
  log.erase(log.find("[TIMING] Init"), std::string("[TIMING] Init: 1234 cycles\n").size());
  const Events events = fold_all(log);
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].why, "13 lines arrived of 14");
  EXPECT_EQ(events.protocol_errors[0].line, events.lines.size());
  EXPECT_LT(events.counted_lines, events.end->lines);
}

TEST(Fold, ChangedTextIsAWrongChecksum) {
  std::string log = sample_session().close("pass");
  log.replace(log.find("Unikernel"), 1, "u");
  const Events events = fold_all(log);
  EXPECT_TRUE(first_fault(events).starts_with("checksum of what arrived is "));
  EXPECT_NE(events.computed_crc, events.end->crc);
}

TEST(Fold, CorruptLineIsKeptWithItsNumberAndTheReason) {
  const Events events = fold_all("boot\n" + SampleLog(0, 0).line("[TIMING] In").close("pass"));
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].line, 3u);
  EXPECT_EQ(events.protocol_errors[0].text, "[TIMING] In");
  EXPECT_EQ(events.protocol_errors[0].why, "expected ': '");
}

TEST(Fold, TextOfDamageIsCut) {
  const Events events = fold_all("[END] " + std::string(1000, 'x') + "\n");
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].text.size(), 200u);
}

TEST(Fold, NamesThatComeTwiceAreDamage) {
  EXPECT_EQ(fault_of("[TIMING] a: 1 cycles", "[TIMING] a: 1 cycles"),
            "a line of this name came before");
  EXPECT_EQ(fault_of("[TEST] a: pass", "[TEST] a: fail"), "a line of this name came before");
  EXPECT_EQ(fault_of("[METRIC] a: 1 b", "[METRIC] a: 1 c"), "a line of this name came before");
  EXPECT_EQ(fault_of("[BENCH] 1 calls: 2 cycles (2 cycles/call)",
                     "[BENCH] 1 calls: 3 cycles (3 cycles/call)"),
            "a line of this name came before");
  EXPECT_EQ(fault_of("[TIMING] a: 1 cycles", "[METRIC] a: 1 cycles"), "");
}

TEST(Fold, OneNameAmongVeryManyIsFoundAgain) {
  SampleLog log(0, 0);
  for (int i = 0; i < 5000; ++i) log.line("[METRIC] m" + std::to_string(i) + ": 1 bytes");
  EXPECT_EQ(first_fault(fold_all(log.close("pass"))), "");
  log.line("[METRIC] m17: 1 bytes").line("[METRIC] m5000: 1 bytes");
  const Events events = fold_all(log.close("pass"));
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].text, "[METRIC] m17: 1 bytes");
}

TEST(Fold, NamesAreToldApartByEveryByte) {
  for (std::size_t size = 1; size <= 40; ++size) {
    const std::string name(size, 'a');
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = name;
      other[at] = 'b';
      EXPECT_EQ(fault_of("[METRIC] " + name + ": 1 x", "[METRIC] " + other + ": 1 x"), "");
    }
    EXPECT_EQ(fault_of("[METRIC] " + name + ": 1 x", "[METRIC] " + name + ": 1 x"),
              "a line of this name came before");
  }
}

TEST(Fold, SecondMemoryLineIsDamage) {
  const std::string memory =
      "[MEMORY] heap_used=1 heap_peak=2 heap_largest=3 heap_total=4 stack_used=5 stack_total=6 "
      "image=7 bytes";
  EXPECT_EQ(fault_of(memory, memory), "a second [MEMORY]");
}

/// [BOOT] with its checksum.
std::string boot_line(const std::string& fields) { return sealed("[BOOT] " + fields + " cycles"); }

TEST(Fold, WhatCameBeforeTheKernelIsToldLastAndStandsFirst) {
  const Events events = fold_all(sample_session().line("[PHASE] init: 7 cycles").close("pass") +
                                 boot_line("firmware=100 boot_sector=20"));
  EXPECT_TRUE(events.protocol_errors.empty());
  ASSERT_EQ(events.phases.size(), 3u);
  EXPECT_EQ(events.phases[0].name, "firmware");
  EXPECT_EQ(events.phases[0].cycles, 100u);
  EXPECT_TRUE(events.phases[0].before_kernel);
  EXPECT_EQ(events.phases[1].name, "boot sector");
  EXPECT_EQ(events.phases[1].cycles, 20u);
  EXPECT_EQ(events.phases[2].name, "init");
  EXPECT_FALSE(events.phases[2].before_kernel);
}

TEST(Fold, BootStandsBehindEndAndOnce) {
  const std::string boot = boot_line("firmware=100"), session = sample_session().close("pass");
  EXPECT_EQ(first_fault(fold_all(boot + session)), "[BOOT] before [END]");
  EXPECT_EQ(first_fault(fold_all(session + boot + boot)), "a second [BOOT]");
  EXPECT_EQ(first_fault(fold_all(session + boot)), "");
}

TEST(Fold, PlansAddUp) {
  SampleLog log(1, 2);
  log.line("[PLAN] tests=0 metrics=5");
  log.line("[PLAN] tests=3 metrics=7");
  const Events events = fold_all(log.close("pass"));
  EXPECT_EQ(first_fault(events), "");
  ASSERT_TRUE(events.begin);
  EXPECT_EQ(events.begin->tests, 4u);
  EXPECT_EQ(events.begin->metrics, 14u);
  EXPECT_EQ(fault_of("[PLAN] tests=18446744073709551615 metrics=0"), "");
  EXPECT_EQ(fault_of("[PLAN] tests=18446744073709551615 metrics=0", "[PLAN] tests=1 metrics=0"),
            "a plan over 64 bits");
  EXPECT_EQ(first_fault(fold_all("[PLAN] tests=1 metrics=1\n" + sample_session().close("pass"))),
            "protocol line before [BEGIN]");
}

/// `text` as a session, fed in pieces, under these limits.
Events fold_under(const EventLimits& limits, const std::string& text) {
  EventCollector collector({}, {}, limits);
  for (std::size_t at = 0; at < text.size(); at += 1000) collector.add(text.substr(at, 1000), 0ns);
  return collector.finish();
}

std::string code_load(std::uint64_t base, std::uint64_t size, const std::string& name = "f") {
  return fmt::format("[CODE] load base=0x{:X} size={} tier=t1 name={}", base, size, name);
}

TEST(Fold, CodeIsKeptInOrderWithItsLines) {
  SampleLog log(0, 0);
  log.line(code_load(0x1000, 16)).line("text").line("[CODE] move base=0x1000 to=0x1008");
  log.line(code_load(0x1018, 8, "g")).line("[CODE] retire base=0x0 size=18446744073709551615");
  const Events events = collect_events(log.close("pass"), {});
  EXPECT_TRUE(events.protocol_errors.empty()) << events.protocol_errors[0].why;
  ASSERT_EQ(events.code.size(), 4u);
  EXPECT_EQ(events.code[0].line, 2u);
  EXPECT_EQ(events.code[1].kind, CodeLine::Kind::move);
  EXPECT_EQ(events.code[1].line, 4u);
  EXPECT_EQ(events.code[2].name, "g");
  EXPECT_EQ(events.code[3].line, 6u);
}

TEST(Fold, CodeThatDoesNotFitWhatIsAliveIsDamageAndNotKept) {
  SampleLog log(0, 0);
  log.line(code_load(0x1000, 16)).line(code_load(0x100F, 1)).line("[CODE] move base=0x2 to=0x3");
  log.line("[CODE] retire base=0x2000 size=1").line("[CODE] retire base=0x1000 size=1");
  const Events events = collect_events(log.close("pass"), {});
  EXPECT_EQ(events.code.size(), 1u);
  ASSERT_EQ(events.protocol_errors.size(), 4u);
  EXPECT_EQ(events.protocol_errors[0].why, "code is loaded over code that is alive");
  EXPECT_EQ(events.protocol_errors[0].line, 3u);
}

TEST(Fold, CodeOverTheLimitIsSaidOnceAndNotKept) {
  SampleLog log(0, 0);
  for (std::uint64_t i = 0; i < 10; ++i) log.line(code_load(i * 16, 16));
  log.line(code_load(0, 16)).line("[TIMING] a: 1 cycles");
  const Events events = fold_under({.code = 4}, log.close("pass"));
  EXPECT_EQ(events.code.size(), 4u);
  EXPECT_EQ(events.timings.size(), 1u);
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].why, kTooMuchCode);
  EXPECT_EQ(events.protocol_errors[0].kind, ProtocolErrorKind::value_limit);
  EXPECT_EQ(events.protocol_errors[0].line, 6u);
}

TEST(Fold, PhaseTwiceIsDamage) {
  EXPECT_EQ(fault_of("[PHASE] init: 7 cycles", "[PHASE] init: 7 cycles"),
            "a line of this name came before");
}

TEST(Fold, ImpossibleProfilesAreDamage) {
  const std::pair<const char*, const char*> cases[] = {
      {"calls=2 total=20 min=11 avg=10 max=12", "min 11, avg 10, max 12 are not in rising order"},
      {"calls=2 total=20 min=9 avg=10 max=9", "min 9, avg 10, max 9 are not in rising order"},
      {"calls=2 total=23 min=9 avg=10 max=11", "total 23 is not 2 calls x avg 10"},
      {"calls=2 total=17 min=9 avg=10 max=11", "total 17 is not 2 calls x avg 10"},
      {"calls=18446744073709551615 total=1 min=2 avg=2 max=2",
       "total 1 is not 18,446,744,073,709,551,615 calls x avg 2"},
      {"calls=2 total=20 min=9 avg=10 max=11 first=12", "first 12 is not from min 9 to max 11"},
      {"calls=2 total=20 min=9 avg=10 max=11 first=8", "first 8 is not from min 9 to max 11"},
      {"calls=2 total=20 min=9 avg=10 max=11 first=11", ""},
      {"calls=2 total=21 min=9 avg=10 max=12", ""},
      {"calls=0 total=0 min=0 avg=0 max=0", ""}};
  for (const auto& [numbers, fault] : cases) {
    EXPECT_EQ(fault_of(std::string("[PROFILE] f: ") + numbers + " cycles"), fault);
  }
}

TEST(Fold, ProtocolOutsideTheSessionIsDamage) {
  const std::string session = sample_session().close("pass");
  EXPECT_EQ(first_fault(fold_all("[TIMING] early: 1 cycles\n" + session)),
            "protocol line before [BEGIN]");
  EXPECT_EQ(first_fault(fold_all(session + "[TIMING] late: 1 cycles\n")),
            "protocol line after [END]");
  EXPECT_EQ(first_fault(fold_all(session + session)), "a second [BEGIN]: the guest started again");
}

TEST(Fold, EndWithoutBeginClosesNothing) {
  const Events events = fold_all("[END] status=pass lines=0 crc=00000000\n");
  EXPECT_FALSE(events.end);
  EXPECT_EQ(first_fault(events), "protocol line before [BEGIN]");
}

TEST(Fold, SecondEndIsDamageAndTheFirstOneCounts) {
  const Events events =
      fold_all(sample_session().close("fail") + "[END] status=pass lines=1 crc=00000000\n");
  EXPECT_EQ(first_fault(events), "a second [END]");
  EXPECT_EQ(events.end->status, wire::Status::fail);
}

TEST(Fold, PanicMayStandAnywhere) {
  const std::string session = sample_session().close("pass");
  EXPECT_EQ(fold_all("[PANIC] early\n" + session).panics.front(), "early");
  const Events after = fold_all(session + "[PANIC] torn");
  EXPECT_EQ(after.panics.front(), "torn");
  EXPECT_EQ(first_fault(after), "");
}

TEST(Fold, HalfALineIsNotTakenForAWholeOne) {
  const Events events = fold_all(SampleLog(1, 0).open() + "[TEST] a: pass iterations=1 result=5");
  EXPECT_TRUE(events.tests.empty());
  EXPECT_EQ(first_fault(events), "cut off before its line end");
}

TEST(Fold, ClosingLineMayLackItsLineEnd) {
  std::string log = sample_session().close("pass");
  log.pop_back();
  const Events events = fold_all(log);
  EXPECT_TRUE(events.end);
  EXPECT_EQ(first_fault(events), "");
}

TEST(Fold, LineThatIsTooLongIsDamageOnceAndNeverProtocol) {
  const std::string tagged(kMaxLineLength, ' ');
  const Events events = fold_all(tagged + "[PANIC] hidden in a long line\n");
  EXPECT_TRUE(events.panics.empty());
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].why, "line longer than 64 KiB");
  EXPECT_EQ(events.lines.size(), 2u);
}

TEST(Fold, LongLineCountsAsOneLineOfTheSession) {
  const Events events = fold_all(SampleLog(0, 0).line(std::string(200'000, 'x')).close("pass"));
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].why, "line longer than 64 KiB");
  EXPECT_EQ(events.counted_lines, events.end->lines);
  EXPECT_EQ(events.computed_crc, events.end->crc);
}

TEST(Fold, ListOfDamageIsBounded) {
  std::string log;
  for (int i = 0; i < 5000; ++i) log += "[END]\n";
  const Events events = fold_all(log);
  EXPECT_EQ(events.protocol_errors.size(), 1001u);
  EXPECT_EQ(events.protocol_errors.back().why, "4000 more damaged lines that are not listed");
}

TEST(Fold, LinesOverTheLimitAreCountedAndChecked) {
  SampleLog log(0, 0);
  for (int i = 0; i < 20; ++i) log.line("text");
  const Events events = fold_under({.lines = 10}, log.close("pass") + "[PANIC] late\n");
  EXPECT_EQ(events.lines.size(), 10u);
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].why, kTooManyLines);
  EXPECT_EQ(events.protocol_errors[0].kind, ProtocolErrorKind::line_limit);
  EXPECT_EQ(events.protocol_errors[0].line, 11u);
  EXPECT_EQ(events.counted_lines, 21u);
  EXPECT_EQ(events.computed_crc, events.end->crc);
  EXPECT_EQ(events.panics.front(), "late");
}

TEST(Fold, ValuesOverTheLimitAreNotKept) {
  SampleLog log(0, 0);
  log.line("[TIMING] a: 1 cycles").line("[JSON] 1").line("[TEST] b: pass").line("[PANIC] one");
  const Events events = fold_under({.values = 2}, log.line("[PANIC] two").close("fail"));
  EXPECT_EQ(events.timings.size() + events.json.size(), 2u);
  EXPECT_TRUE(events.tests.empty());
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].why, kTooManyValues);
  EXPECT_EQ(events.protocol_errors[0].kind, ProtocolErrorKind::value_limit);
  EXPECT_EQ(events.protocol_errors[0].line, 4u);
  EXPECT_EQ(events.panics, std::vector<std::string>{"one"});  // the first is always kept
}

TEST(Fold, TextOverTheLimitIsNotKept) {
  SampleLog log(0, 0);
  log.line("[JSON] \"12345678\"").line("[JSON] \"123456\"").line("[METRIC] abc: 1 de");
  const Events events = fold_under({.text = 14}, log.close("pass"));
  EXPECT_EQ(events.json.size(), 1u);
  EXPECT_TRUE(events.metrics.empty());
  ASSERT_EQ(events.protocol_errors.size(), 1u);
  EXPECT_EQ(events.protocol_errors[0].why, kTooMuchText);
  EXPECT_TRUE(fold_under({.text = 23}, log.close("pass")).protocol_errors.empty());
}

TEST(Fold, AFloodOfEverythingIsBounded) {
  EventCollector collector;
  collector.add("[BEGIN] protocol=1 image=a boot=disk tests=99999999999 metrics=99999999999\n",
                0ns);
  for (int i = 0; i < 120'000; ++i) {
    const std::string n = std::to_string(i);
    collector.add("[METRIC] a.long.name.of/" + n + ": 1 b\n[TEST] " + n + ": pass\n[TIMING] " + n +
                      ": 1 cycles\n[JSON] [" + n + "]\n[PANIC] " + n + "\n[END] torn\n",
                  0ns);
  }
  collector.add(std::string(8 << 20, 'x'), 0ns);
  const Events events = collector.finish();
  const EventLimits limits;
  EXPECT_EQ(events.lines.size(), limits.lines);
  EXPECT_EQ(events.metrics.size() + events.tests.size() + events.timings.size() +
                events.json.size() + events.panics.size(),
            limits.values + 1);  // and the first panic
  EXPECT_EQ(events.protocol_errors.size(), 1001u);
  EXPECT_EQ(events.lines.capacity(), limits.lines);
}

TEST(Fold, AnEndlessLineCostsALineForEach64KiB) {
  EventCollector collector;
  for (int i = 0; i < 256; ++i) collector.add(std::string(kMaxLineLength / 2, 'x'), 0ns);
  const Events events = collector.finish();
  EXPECT_EQ(events.lines.size(), 128u);
  EXPECT_EQ(events.protocol_errors.size(), 1u);
}

TEST(Fold, EmptyLogHasNoEvents) {
  const Events events = fold_all("");
  EXPECT_TRUE(events.lines.empty());
  EXPECT_TRUE(events.protocol_errors.empty());
  EXPECT_FALSE(events.begin);
}

}  // namespace
}  // namespace harness
