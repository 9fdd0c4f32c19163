// The two codecs against each other: what the guest's emitter writes, this parser reads, for every
// kind of line, at the limits of every number.
#include <gtest/gtest.h>

#ifdef UNIHARNESS_HAS_KERNEL_HOST

#include <random>

#include "kernel/code.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "stream/collector.h"

namespace harness {
namespace {

struct StringSink final : kernel::TextSink {
  void write(const char* bytes, size_t size) override { text.append(bytes, size); }
  void set_color(kernel::Color) override {}
  std::string text;
};

/// A session that the emitter opens and closes around what `body` emits.
template <class Body>
Events emitted(Body body, wire::Status status = wire::Status::pass) {
  StringSink wire_end;
  kernel::CountingSink sink(wire_end);
  kernel::Emitter emit(sink);
  kernel::Console console(sink);
  console.text("text before the session, without a line end");
  emit.begin("agreement", wire::BootPath::multiboot, UINT32_MAX, 0);
  body(emit, console);
  emit.end(status);
  Events events = collect_events(wire_end.text, {});
  for (const ProtocolError& damage : events.protocol_errors) {
    ADD_FAILURE() << damage.text << ": " << damage.why << "\n" << wire_end.text;
  }
  if (!events.begin || !events.end) ADD_FAILURE() << "not a session:\n" << wire_end.text;
  return events;
}

constexpr std::uint64_t kLimits[] = {
    0, 1, 9, 10, UINT32_MAX, std::uint64_t{UINT32_MAX} + 1, INT64_MAX, UINT64_MAX - 1, UINT64_MAX};

TEST(CodecAgreement, BeginAndEnd) {
  for (const auto status : {wire::Status::pass, wire::Status::fail, wire::Status::skip}) {
    const Events events = emitted([](auto&, auto&) {}, status);
    EXPECT_EQ(events.begin->protocol, wire::kVersion);
    EXPECT_EQ(events.begin->image, "agreement");
    EXPECT_EQ(events.begin->boot, wire::BootPath::multiboot);
    EXPECT_EQ(events.begin->tests, UINT32_MAX);
    EXPECT_EQ(events.begin->metrics, 0u);
    EXPECT_EQ(events.end->status, status);
    EXPECT_EQ(events.end->lines, 1u);
  }
}

TEST(CodecAgreement, Plan) {
  const Events events =
      emitted([](auto&, kernel::Console& console) { kernel::emit_plan(console, 7, UINT32_MAX); });
  EXPECT_EQ(events.begin->tests, std::uint64_t{UINT32_MAX} + 7);
  EXPECT_EQ(events.begin->metrics, UINT32_MAX);
}

TEST(CodecAgreement, Test) {
  for (const std::uint64_t number : kLimits) {
    const Events events = emitted([&](kernel::Emitter& emit, auto&) {
      emit.test("sum to n", wire::Status::skip, number, UINT64_MAX - number);
    });
    EXPECT_EQ(events.tests.at(0).name, "sum to n");
    EXPECT_EQ(events.tests.at(0).status, wire::Status::skip);
    EXPECT_EQ(events.tests.at(0).iterations, number);
    EXPECT_EQ(events.tests.at(0).result, std::to_string(UINT64_MAX - number));
  }
}

TEST(CodecAgreement, TimingAndMetric) {
  for (const std::uint64_t number : kLimits) {
    const Events events = emitted([&](kernel::Emitter& emit, auto&) {
      emit.timing("Init", number);
      emit.metric("free", number, "bytes");
    });
    EXPECT_EQ(events.timings.at(0).cycles, number);
    EXPECT_EQ(events.metrics.at(0).name, "free");
    EXPECT_EQ(events.metrics.at(0).value, number);
    EXPECT_EQ(events.metrics.at(0).unit, "bytes");
  }
}

TEST(CodecAgreement, BenchWithAnyQuotient) {
  for (const std::uint64_t calls : kLimits) {
    for (const std::uint64_t cycles : kLimits) {
      const Events events =
          emitted([&](kernel::Emitter& emit, auto&) { emit.bench(calls, cycles); });
      EXPECT_EQ(events.benches.at(0).calls, calls);
      EXPECT_EQ(events.benches.at(0).cycles, cycles);
      EXPECT_EQ(events.benches.at(0).per_call, calls == 0 ? 0 : cycles / calls);
    }
  }
}

TEST(CodecAgreement, Profile) {
  for (const std::uint64_t total : kLimits) {
    for (const std::uint64_t calls : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{100}}) {
      kernel::ProfileStats stats;
      stats.name = "fibonacci";
      stats.calls = calls;
      stats.total = total;
      stats.self = total / 2;
      stats.min = total / calls;
      stats.max = total;
      stats.first = total;
      const Events events = emitted([&](kernel::Emitter& emit, auto&) { emit.profile(stats); });
      const Profile& profile = events.profiles.at(0);
      EXPECT_EQ(profile.name, "fibonacci");
      EXPECT_EQ(profile.calls, calls);
      EXPECT_EQ(profile.total, total);
      EXPECT_EQ(profile.self, total / 2);
      EXPECT_EQ(profile.min, stats.min);
      EXPECT_EQ(profile.avg, stats.avg());
      EXPECT_EQ(profile.max, total);
      EXPECT_EQ(profile.first.value_or(0), stats.first);
    }
  }
}

TEST(CodecAgreement, PhaseAndBoot) {
  for (const std::uint64_t number : kLimits) {
    StringSink wire_end;
    kernel::CountingSink sink(wire_end);
    kernel::Emitter emit(sink);
    emit.begin("agreement", wire::BootPath::disk, 0, 0);
    emit.phase(wire::phase::init, number);
    emit.end(wire::Status::pass);
    emit.boot(number, UINT64_MAX - number);
    const Events events = collect_events(wire_end.text, {});
    EXPECT_TRUE(events.protocol_errors.empty()) << wire_end.text;
    // 0 stands for no boot sector.
    ASSERT_EQ(events.phases.size(), number == UINT64_MAX ? 2u : 3u);
    EXPECT_EQ(events.phases.front().cycles, number);
    EXPECT_EQ(events.phases.back().name, wire::phase::init);
    EXPECT_EQ(events.phases.back().cycles, number);
  }
}

TEST(CodecAgreement, Code) {
  for (const std::uint64_t number : kLimits) {
    const Events events = emitted([&](auto&, kernel::Console& console) {
      kernel::emit_code_load(console, number, 1, "t1", "f", 1);
      kernel::emit_code_move(console, number, UINT64_MAX - number);
      kernel::emit_code_retire(console, UINT64_MAX - number, 1);
      kernel::emit_code_load(console, 0, UINT64_MAX, "t0", "", 0);
    });
    ASSERT_EQ(events.code.size(), 4u);
    EXPECT_EQ(events.code[0].base, number);
    EXPECT_EQ(events.code[1].to, UINT64_MAX - number);
    EXPECT_EQ(events.code[3].size, UINT64_MAX);
    EXPECT_EQ(events.code[3].name, "-");
  }
}

/// A name is bytes of a file that nobody trusts.
TEST(CodecAgreement, CodeOfAnyName) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string name;
    for (std::size_t size = random() % 100; size > 0; --size) {
      name += static_cast<char>(round % 2 == 0 ? random() : 'a' + random() % 26);
    }
    const Events events = emitted([&](auto&, kernel::Console& console) {
      kernel::emit_code_load(console, 4096, 1, "t1", name.data(), name.size());
    });
    ASSERT_EQ(events.code.size(), 1u);
    if (round % 2 == 1 && !name.empty()) EXPECT_EQ(events.code[0].name, name.substr(0, 64));
  }
  const Events events = emitted([&](auto&, kernel::Console& console) {
    kernel::emit_code_load(console, 4096, 1, "t1", "a b%\n", 5);
  });
  EXPECT_EQ(events.code.at(0).name, "a%20b%25%0A");
}

TEST(CodecAgreement, Memory) {
  const Events events = emitted(
      [](kernel::Emitter& emit, auto&) { emit.memory({0, 1, 2, 3, 4, UINT64_MAX, 13304}); });
  EXPECT_EQ(events.memory->heap_used, 0u);
  EXPECT_EQ(events.memory->heap_peak, 1u);
  EXPECT_EQ(events.memory->heap_largest, 2u);
  EXPECT_EQ(events.memory->heap_total, 3u);
  EXPECT_EQ(events.memory->stack_used, 4u);
  EXPECT_EQ(events.memory->stack_total, UINT64_MAX);
  EXPECT_EQ(events.memory->image, 13304u);
}

std::uint64_t next_tick() {
  static std::uint64_t now = 0;
  return now += 7;
}

TEST(CodecAgreement, ProfilerStateAsJson) {
  kernel::Profiler profiler(&next_tick);
  const int outer = profiler.add("quoted \"name\" \\ tab\t");
  const int inner = profiler.add("inner");
  for (int i = 0; i < 5; ++i) {
    profiler.begin(outer);
    profiler.begin(inner);
    profiler.end(inner);
    profiler.end(outer);
  }
  const Events events = emitted([&](kernel::Emitter& emit, auto&) {
    emit.profile_json(profiler);
    emit.profile_json(kernel::Profiler(&next_tick));
  });
  ASSERT_EQ(events.json.size(), 2u);
  EXPECT_NE(events.json[0].find("\"calls\":5"), std::string::npos);
}

TEST(CodecAgreement, TextOfTheAppIsUnderTheChecksumToo) {
  std::mt19937 random(5);
  for (int round = 0; round < 100; ++round) {
    std::string text;
    for (std::size_t size = random() % 200; size > 0; --size) {
      const char byte = static_cast<char>(random());
      text += byte == '[' ? '(' : byte;
    }
    const Events events = emitted([&](kernel::Emitter& emit, kernel::Console& console) {
      console.text(text.data(), text.size());
      emit.timing("after any text", 1);
    });
    EXPECT_EQ(events.timings.size(), 1u);
    EXPECT_EQ(events.computed_crc, events.end->crc);
    EXPECT_EQ(events.counted_lines, events.end->lines);
  }
}

}  // namespace
}  // namespace harness

#endif
