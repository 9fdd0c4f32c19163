// The demo of the TinyLlama unikernel: a banner, three workloads measured, the price of a call,
// memory, a summary on the screen. tinyllama calls its workloads directly, monolithic through
// system calls; all else is the same code, so that what differs between the two is the way.
#pragma once

#include <stdint.h>

#include <kernel/system.h>

namespace demo {

struct Section {
  const char* name;
  uint32_t input;
  uint32_t iterations;
  uint32_t expected;
  uint32_t (*work)(kernel::Heap& heap, uint32_t input);
};
inline constexpr uint32_t kSections = 3;

struct Demo {
  const char* banner;
  Section sections[kSections];
  kernel::Heap* heap = nullptr;                    // that the workloads use; none: the system's
  void (*report_more)(kernel::System&) = nullptr;  // after all that is timed
};

/// How many lines with numbers come, without those of report_more: Init, Time to first test, Total
/// and a timing and a profile for each section; one bench; bench.raw, bench.empty_loop,
/// profiler.overhead.
inline constexpr uint32_t kMetrics = 3 + 2 * kSections + 1 + 3;

wire::Status run(kernel::System& system, const Demo& demo);

}  // namespace demo
