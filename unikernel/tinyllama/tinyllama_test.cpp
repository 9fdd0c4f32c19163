// The demo guest, run on the host: its output is read with the harness' own parser.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "fmt/recording_sink_testing.h"
#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/heap.h"
#include "kernel/profile.h"
#include "kernel/system.h"
#include "stream/collector.h"

namespace {

using kernel::Color;

/// What kernel_start does, with a string for a serial port.
struct HostRun {
  explicit HostRun(size_t heap_bytes = 4096) : heap(memory.data(), heap_bytes) {
    boot.entry_tsc = x86::read_tsc_ordered();
    boot.image_bytes = 12345;
    profiler.calibrate();
    emit.begin(kernel_app.name, boot.path, kernel_app.tests, kernel_app.metrics);
    status = kernel_app.run(system);
    emit.end(status);
    events = harness::collect_events(sink.text, {});
  }

  harness::End end() const { return events.end.value_or(harness::End{}); }

  /// The colour of the last place where `text` stands, all of which must have it.
  Color last_color(const std::string& text) const {
    const size_t at = sink.text.rfind(text);
    EXPECT_NE(at, std::string::npos) << text;
    if (at == std::string::npos) return Color::black;
    const auto first = sink.colors.begin() + static_cast<std::ptrdiff_t>(at);
    const auto last = first + static_cast<std::ptrdiff_t>(text.size());
    EXPECT_EQ(std::count(first, last, *first), std::ssize(text)) << text << " has two colours";
    return *first;
  }

  alignas(kernel::Heap::kAlign) std::array<char, 4096> memory{};
  kernel::RecordingSink sink;
  kernel::CountingSink counting{sink};
  kernel::Console console{counting};
  kernel::Emitter emit{counting};
  kernel::Heap heap;
  kernel::Profiler profiler{&x86::read_tsc_ordered};
  kernel::BootInfo boot;
  kernel::StackInfo stack{65536, [] { return uint32_t{1000}; }};
  kernel::System system{console, emit, heap, profiler, boot, stack};
  wire::Status status = wire::Status::skip;
  harness::Events events;
};

struct Expected {
  const char* name;
  const char* result;
  uint64_t iterations;
};
constexpr Expected kExpected[] = {
    {"fibonacci", "55", 10}, {"sum_to_n", "500500", 100}, {"count_primes", "25", 5}};

TEST(TinyLlama, ItsOutputIsUndamagedAndCompleteAndPasses) {
  const HostRun run;
  for (const harness::ProtocolError& damage : run.events.protocol_errors) {
    ADD_FAILURE() << damage.line << ": " << damage.why << ": " << damage.text;
  }
  EXPECT_FALSE(run.events.garbage);
  EXPECT_EQ(run.status, wire::Status::pass);
  ASSERT_TRUE(run.events.end.has_value());
  EXPECT_EQ(run.end().status, wire::Status::pass);
}

TEST(TinyLlama, ThePlanItAnnouncesIsWhatItDelivers) {
  const HostRun run;
  const harness::Events& events = run.events;
  ASSERT_TRUE(events.begin.has_value());
  const harness::Begin begin = events.begin.value_or(harness::Begin{});
  EXPECT_EQ(begin.image, "tinyllama");
  EXPECT_EQ(begin.tests, events.tests.size());
  EXPECT_EQ(begin.metrics, events.timings.size() + events.benches.size() + events.profiles.size() +
                               events.metrics.size());
  EXPECT_TRUE(events.memory.has_value());
  EXPECT_EQ(events.json.size(), 1U);
}

TEST(TinyLlama, TheThreeTestsHaveTheRightResultsAndCalls) {
  const HostRun run;
  ASSERT_EQ(run.events.tests.size(), std::size(kExpected));
  ASSERT_EQ(run.events.profiles.size(), std::size(kExpected));
  for (size_t i = 0; i < std::size(kExpected); ++i) {
    const Expected& expected = kExpected[i];
    EXPECT_EQ(run.events.tests[i].name, expected.name);
    EXPECT_EQ(run.events.tests[i].status, wire::Status::pass);
    EXPECT_EQ(run.events.tests[i].result, expected.result);
    EXPECT_EQ(run.events.tests[i].iterations, expected.iterations);
    EXPECT_EQ(run.events.profiles[i].name, expected.name);
    EXPECT_EQ(run.events.profiles[i].calls, expected.iterations);
  }
}

TEST(TinyLlama, EveryPhaseIsTimedInOrder) {
  const HostRun run;
  std::vector<std::string> names;
  names.reserve(run.events.timings.size());
  for (const harness::Timing& timing : run.events.timings) names.push_back(timing.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Init", "Time to first test", "fibonacci", "sum_to_n",
                                             "count_primes", "Total"}));
}

TEST(TinyLlama, TheBenchIsTheCallsWithoutTheEmptyLoop) {
  const HostRun run;
  ASSERT_EQ(run.events.benches.size(), 1U);
  ASSERT_EQ(run.events.metrics.size(), 3U);
  const harness::Metric& raw = run.events.metrics[0];
  const harness::Metric& empty = run.events.metrics[1];
  EXPECT_EQ(raw.name, "bench.raw");
  EXPECT_EQ(empty.name, "bench.empty_loop");
  EXPECT_EQ(run.events.metrics[2].name, "profiler.overhead");
  EXPECT_EQ(run.events.benches[0].calls, 10000U);
  EXPECT_EQ(run.events.benches[0].cycles, raw.value > empty.value ? raw.value - empty.value : 0);
}

TEST(TinyLlama, TheHeapIsUsedAndGivenBack) {
  const HostRun run;
  ASSERT_TRUE(run.events.memory.has_value());
  const harness::Memory memory = run.events.memory.value_or(harness::Memory{});
  EXPECT_GT(memory.heap_peak, 100U);
  EXPECT_EQ(memory.heap_used, 0U);
  EXPECT_EQ(memory.image, 12345U);
}

TEST(TinyLlama, TheLastScreenHoldsTheSummaryInItsColours) {
  const HostRun run;
  constexpr size_t kScreenRows = 25;
  const std::string& text = run.sink.text;
  const size_t summary = text.rfind("TinyLlama Unikernel v0.1");
  ASSERT_NE(summary, std::string::npos);
  EXPECT_LT(std::count(text.begin() + static_cast<std::ptrdiff_t>(summary), text.end(), '\n'),
            static_cast<std::ptrdiff_t>(kScreenRows));
  EXPECT_NE(text.find("TinyLlama Unikernel v0.1"), summary) << "the banner also comes first";

  EXPECT_EQ(run.last_color("TinyLlama Unikernel v0.1"), Color::light_green);
  EXPECT_EQ(run.last_color("fibonacci(10)"), Color::white);
  EXPECT_EQ(run.last_color("10 iterations, result 55"), Color::yellow);
  EXPECT_EQ(run.last_color("100 iterations, result 500500"), Color::yellow);
  EXPECT_EQ(run.last_color("5 iterations, result 25"), Color::yellow);
  EXPECT_EQ(run.last_color("All tests passed."), Color::white);
}

TEST(TinyLlama, AWrongResultFailsItsTestAndTheSession) {
  const HostRun run(0);  // no heap: count_primes has nowhere to put its sieve
  EXPECT_EQ(run.status, wire::Status::fail);
  ASSERT_EQ(run.events.tests.size(), 3U);
  EXPECT_EQ(run.events.tests[1].status, wire::Status::pass);
  EXPECT_EQ(run.events.tests[2].status, wire::Status::fail);
  ASSERT_TRUE(run.events.end.has_value());
  EXPECT_EQ(run.end().status, wire::Status::fail);
  EXPECT_EQ(run.last_color("A test FAILED."), Color::white);
}

}  // namespace
