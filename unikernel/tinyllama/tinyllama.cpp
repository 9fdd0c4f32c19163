// The demo guest: three pieces of real work, measured, and the price of a call.
//
// What each number must at least cost, in instructions, whatever the compiler does; a measurement
// below means that the work was not done. scenarios/session20.yaml asks for these under the
// counted clock, where one tick is one instruction.
//
//   fibonacci(10)      177 activations, each at least a compare, a branch, a result and a
//                      return: 177 * 4 = 708                         section, 10 times:   7,080
//   sum_to_n(1000)     1000 rounds, each at least an addition and a branch that counts:
//                      1000 * 2 = 2,000                              section, 100 times: 200,000
//   count_primes(100)  104 multiples struck out, each at least a store, a step and a branch, and
//                      99 numbers looked at, each at least a compare and a branch:
//                      104 * 3 + 99 * 2 = 510                        section, 5 times:     2,550
//   one direct call    the call and its return: 2                    10000 calls:         20,000
#include <stdint.h>

#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/heap.h"
#include "kernel/profile.h"
#include "kernel/system.h"

namespace {

using kernel::Color;
using kernel::Console;
using kernel::System;

constexpr char kBanner[] = "TinyLlama Unikernel v0.1";
constexpr uint32_t kBenchCalls = 10000;

/// Variants of this guest (unikernel/CMakeLists.txt) have one instruction more in one of the tests,
/// or take PLANT_PERMILLE thousandths more time in one: a gate that does not find it is no gate.
enum class Plant { none, fibonacci, sum_to_n, count_primes, slower };
#ifndef PLANT
#define PLANT none
#endif
#ifndef PLANT_PERMILLE
#define PLANT_PERMILLE 0
#endif
constexpr Plant planted() { return Plant::PLANT; }
inline void plant(Plant where) {
  if (where == planted()) asm volatile("nop");
}

/// Waits for so many thousandths of the time since `start`. 0 waits for nothing and takes the same
/// code, so that two such guests differ in nothing else, not in the place of an instruction.
inline void dawdle(uint64_t start, uint32_t permille) {
  const uint64_t spent = x86::read_tsc_ordered() - start;
  const uint64_t end = start + spent + spent * permille / 1000;
  while (x86::read_tsc_ordered() < end) {
  }
}

// ---- the work ---------------------------------------------------------------------------------

/// disable_tail_calls: clang would turn the second of the two calls into a loop, and the 177
/// activations into 88.
[[gnu::noinline, clang::disable_tail_calls]] uint32_t fibonacci(uint32_t n) {
  if (n < 2) return n;
  return fibonacci(n - 1) + fibonacci(n - 2);
}

[[gnu::noinline]] uint32_t sum_to_n(uint32_t n) {
  plant(Plant::sum_to_n);
  const uint64_t start = planted() == Plant::slower ? x86::read_tsc_ordered() : 0;
  uint32_t sum = 0;
  // Without launder_value clang sees through the loop and computes n * (n + 1) / 2 instead.
  for (uint32_t i = 1; i <= n; ++i) sum = launder_value(sum + i);
  if (planted() == Plant::slower) dawdle(start, launder_value(uint32_t{PLANT_PERMILLE}));
  return sum;
}

/// Sieve of Eratosthenes, primes up to and including n; 0 when the heap has no room for it.
[[gnu::noinline]] uint32_t count_primes(kernel::Heap& heap, uint32_t n) {
  plant(Plant::count_primes);
  auto* composite = static_cast<uint8_t*>(heap.allocate(n + 1));
  if (!composite) return 0;
  for (uint32_t i = 0; i <= n; ++i) composite[i] = 0;
  uint32_t primes = 0;
  for (uint32_t candidate = 2; candidate <= n; ++candidate) {
    if (composite[candidate]) continue;
    ++primes;
    for (uint32_t m = candidate * candidate; m <= n; m += candidate) composite[m] = 1;
  }
  heap.free(composite);
  return primes;
}

// ---- the three sections -----------------------------------------------------------------------

struct Section {
  const char* name;
  uint32_t input;
  uint32_t iterations;
  uint32_t expected;
  uint32_t (*work)(kernel::Heap& heap, uint32_t input);
};

constexpr Section kSections[] = {
    {"fibonacci", 10, 10, 55,
     [](kernel::Heap&, uint32_t n) {
       plant(Plant::fibonacci);  // here: once for a call, not for each of its 177 activations
       return fibonacci(n);
     }},
    {"sum_to_n", 1000, 100, 500500, [](kernel::Heap&, uint32_t n) { return sum_to_n(n); }},
    {"count_primes", 100, 5, 25, &count_primes},
};
constexpr uint32_t kSectionCount = sizeof kSections / sizeof kSections[0];

struct Outcome {
  int profile_id = -1;
  uint32_t first_result = 0;
  uint32_t wrong = 0;  // iterations with another result than expected
  uint64_t start = 0;  // time stamp
  uint64_t cycles = 0;
  wire::Status status() const { return wrong ? wire::Status::fail : wire::Status::pass; }
};

Outcome measure(System& system, const Section& section) {
  Outcome outcome;
  outcome.profile_id = system.profiler.add(section.name);
  outcome.start = x86::read_tsc_ordered();
  for (uint32_t i = 0; i < section.iterations; ++i) {
    system.profiler.begin(outcome.profile_id);
    const uint32_t result = section.work(system.heap, launder_value(section.input));
    system.profiler.end(outcome.profile_id);
    if (i == 0) outcome.first_result = result;
    outcome.wrong += result != section.expected;
  }
  outcome.cycles = x86::read_tsc_ordered() - outcome.start;
  return outcome;
}

const kernel::ProfileStats& profile_of(const System& system, const Outcome& outcome) {
  return system.profiler.stats(static_cast<unsigned>(outcome.profile_id));
}

/// "label: 42", the label white and the number yellow.
void statistic(Console& out, const char* label, uint64_t value, const char* unit = "") {
  out.color(Color::white).text("  ").text(label).text(": ");
  out.color(Color::yellow).decimal(value).text(unit).newline();
}

Console& call_of(Console& out, const Section& section) {
  return out.text(section.name).text("(").decimal(section.input).text(")");
}

void report(System& system, const Section& section, const Outcome& outcome) {
  Console& out = system.console;
  call_of(out.newline().color(Color::white).text("Test: "), section).newline();
  statistic(out, "Iterations", section.iterations);
  statistic(out, "First result", outcome.first_result);

  out.color(Color::light_gray);
  system.emit.timing(section.name, outcome.cycles);
  system.emit.profile(profile_of(system, outcome));
  system.emit.test(section.name, outcome.status(), section.iterations, outcome.first_result);
}

// ---- the price of a call ----------------------------------------------------------------------

/// The empty asm keeps the compiler from seeing that calls to it may be left out.
[[gnu::noinline]] void callee() { asm volatile(""); }

/// Cycles for `count` rounds of the body, which is inlined: all rounds differ by the body alone.
template <class Body>
[[gnu::noinline]] uint64_t time_loop(uint32_t count, Body body) {
  const uint64_t start = x86::read_tsc_ordered();
#pragma clang loop unroll(disable)
  for (uint32_t left = count; left != 0; --left) body();
  return x86::read_tsc_ordered() - start;
}

struct CallCost {
  uint64_t raw = 0;         // the loop with the calls
  uint64_t empty_loop = 0;  // the same loop without
  uint64_t calls() const { return raw > empty_loop ? raw - empty_loop : 0; }
};

CallCost measure_calls() {
  const uint32_t count = launder_value(kBenchCalls);
  CallCost cost;
  // The first round is written over by the second: it runs on cold caches, or waits for QEMU to
  // translate the code.
  for (int round = 0; round < 2; ++round) {
    cost.empty_loop = time_loop(count, [] { asm volatile(""); });
    cost.raw = time_loop(count, [] { callee(); });
  }
  return cost;
}

void report(System& system, const CallCost& cost) {
  Console& out = system.console;
  out.newline().color(Color::white).text("Benchmark: direct call\n");
  statistic(out, "Calls", kBenchCalls);

  out.color(Color::light_gray);
  system.emit.bench(kBenchCalls, cost.calls());
  system.emit.metric("bench.raw", cost.raw, wire::kCycles);
  system.emit.metric("bench.empty_loop", cost.empty_loop, wire::kCycles);
  system.emit.metric("profiler.overhead", system.profiler.overhead(), wire::kCycles);
}

// ---- from banner to summary -------------------------------------------------------------------

void banner(Console& out) {
  out.color(Color::light_green).text(kBanner).newline();
  out.text("========================").newline();
}

kernel::MemoryReport memory_report(const System& system) {
  return {
      .heap_used = system.heap.used(),
      .heap_peak = system.heap.peak(),
      .heap_largest = system.heap.largest(),
      .heap_total = system.heap.total(),
      .stack_used = system.stack.used(),
      .stack_total = system.stack.total,
      .image = system.boot.image_bytes,
  };
}

/// The last screen: what a person who looks at the machine wants to know.
void summary(System& system, const Outcome (&outcomes)[kSectionCount], const CallCost& cost,
             const kernel::MemoryReport& memory, uint64_t total, bool passed) {
  Console& out = system.console;
  banner(out.newline());
  for (uint32_t i = 0; i < kSectionCount; ++i) {
    const Section& section = kSections[i];
    call_of(out.color(Color::white).text("  "), section).text(": ").color(Color::yellow);
    out.decimal(section.iterations).text(" iterations, result ").decimal(outcomes[i].first_result);
    out.text(", ").decimal(profile_of(system, outcomes[i]).avg()).text(" cycles each\n");
  }
  statistic(out, "Direct call", cost.calls() / kBenchCalls, " cycles");
  statistic(out, "Heap peak", memory.heap_peak, " bytes");
  statistic(out, "Stack used", memory.stack_used, " bytes");
  statistic(out, "Image", memory.image, " bytes");
  statistic(out, "Total", total, " cycles");
  out.color(Color::white).text(passed ? "All tests passed.\n" : "A test FAILED.\n");
  out.color(Color::light_gray);
}

wire::Status run(System& system) {
  const auto since_entry = [&] { return x86::read_tsc_ordered() - system.boot.entry_tsc; };
  const uint64_t init = since_entry();
  banner(system.console);
  system.console.color(Color::light_gray);
  system.emit.timing("Init", init);

  Outcome outcomes[kSectionCount];
  bool passed = true;
  for (uint32_t i = 0; i < kSectionCount; ++i) {
    outcomes[i] = measure(system, kSections[i]);
    if (i == 0) {
      system.emit.timing("Time to first test", outcomes[i].start - system.boot.entry_tsc);
    }
    report(system, kSections[i], outcomes[i]);
    passed = passed && outcomes[i].status() == wire::Status::pass;
  }
  const CallCost cost = measure_calls();
  report(system, cost);

  const kernel::MemoryReport memory = memory_report(system);
  system.emit.memory(memory);
  system.emit.profile_json(system.profiler);
  const uint64_t total = since_entry();
  system.emit.timing("Total", total);

  summary(system, outcomes, cost, memory, total, passed);
  return passed ? wire::Status::pass : wire::Status::fail;
}

// The plan, as it follows from run() above.
constexpr uint32_t kTimings = 3 + kSectionCount;  // Init, Time to first test, sections, Total
constexpr uint32_t kBenches = 1;
constexpr uint32_t kProfiles = kSectionCount;
constexpr uint32_t kMetrics = 3;  // bench.raw, bench.empty_loop, profiler.overhead

}  // namespace

extern "C" const kernel::App kernel_app = {"tinyllama", kSectionCount,
                                           kTimings + kBenches + kProfiles + kMetrics, &run};
