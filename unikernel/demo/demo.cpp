#include "demo.h"

#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/heap.h>
#include <kernel/profile.h>

#include "call_cost.h"

namespace demo {
namespace {

using kernel::Color;
using kernel::Console;
using kernel::System;

constexpr uint32_t kBenchCalls = 10000;

// ---- the sections -----------------------------------------------------------------------------

struct Outcome {
  int profile_id = -1;
  uint32_t first_result = 0;
  uint32_t wrong = 0;  // iterations with another result than expected
  uint64_t start = 0;  // time stamp
  uint64_t cycles = 0;
  wire::Status status() const { return wrong ? wire::Status::fail : wire::Status::pass; }
};

Outcome measure(System& system, const Section& section, kernel::Heap& heap) {
  Outcome outcome;
  outcome.profile_id = system.profiler.add(section.name);
  outcome.start = x86::read_tsc_ordered();
  for (uint32_t i = 0; i < section.iterations; ++i) {
    system.profiler.begin(outcome.profile_id);
    const uint32_t result = section.work(heap, launder_value(section.input));
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

void banner(Console& out, const Demo& demo) {
  out.color(Color::light_green).text(demo.banner).newline();
  out.text("========================").newline();
}

kernel::MemoryReport memory_report(const System& system, const kernel::Heap& heap) {
  return {
      .heap_used = heap.used(),
      .heap_peak = heap.peak(),
      .heap_largest = heap.largest(),
      .heap_total = heap.total(),
      .stack_used = system.stack.used(),
      .stack_total = system.stack.total,
      .image = system.boot.image_bytes,
  };
}

/// The last screen: what a person who looks at the machine wants to know.
void summary(System& system, const Demo& demo, const Outcome (&outcomes)[kSections],
             const CallCost& cost, const kernel::MemoryReport& memory, uint64_t total,
             bool passed) {
  Console& out = system.console;
  banner(out.newline(), demo);
  for (uint32_t i = 0; i < kSections; ++i) {
    const Section& section = demo.sections[i];
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

}  // namespace

wire::Status run(System& system, const Demo& demo) {
  const auto since_entry = [&] { return x86::read_tsc_ordered() - system.boot.entry_tsc; };
  const uint64_t init = since_entry();
  banner(system.console, demo);
  system.console.color(Color::light_gray);
  system.emit.timing("Init", init);

  kernel::Heap& heap = demo.heap ? *demo.heap : system.heap;
  Outcome outcomes[kSections];
  bool passed = true;
  for (uint32_t i = 0; i < kSections; ++i) {
    outcomes[i] = measure(system, demo.sections[i], heap);
    if (i == 0) {
      system.emit.timing("Time to first test", outcomes[i].start - system.boot.entry_tsc);
    }
    report(system, demo.sections[i], outcomes[i]);
    passed = passed && outcomes[i].status() == wire::Status::pass;
  }
  const CallCost cost = measure_calls(launder_value(kBenchCalls), [] { callee(); });
  report(system, cost);

  const kernel::MemoryReport memory = memory_report(system, heap);
  system.emit.memory(memory);
  system.emit.profile_json(system.profiler);
  const uint64_t total = since_entry();
  system.emit.timing("Total", total);

  if (demo.report_more) demo.report_more(system);

  summary(system, demo, outcomes, cost, memory, total, passed);
  return passed ? wire::Status::pass : wire::Status::fail;
}

}  // namespace demo
