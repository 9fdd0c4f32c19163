// Tests kernel/recovery.h and kernel/paging.h: exceptions are raised, caught and told, and memory
// is protected. Metrics: instructions that a guarded run costs.
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/descriptors.h>
#include <kernel/emit.h>

#include "tests.h"

namespace recovery {
namespace {

constexpr uint32_t kTestCount = 23 + 12, kMetricCount = 3;

/// The GDT with one segment more, at selector 40: one that is not present.
void add_absent_segment() {
  constexpr uint64_t kPresent = uint64_t{1} << 47;
  static uint64_t segments[6];
  x86::TableRegister old;
  asm volatile("sgdt %0" : "=m"(old));
  const auto* from = reinterpret_cast<const uint64_t*>(old.base);
  for (unsigned i = 0; i < 5; ++i) segments[i] = from[i];
  segments[5] = x86::kFlatData & ~kPresent;
  const x86::TableRegister table = x86::table_of(segments);
  asm volatile("lgdt %0" : : "m"(table) : "memory");
}

void do_nothing(void*) {}
void fail_at_once(void*) { asm volatile("ud2"); }
void overflow_at_once(void*) {
  asm volatile("mov %0, %%esp; push %%eax" : : "r"(address_of(&guarded_stack) + kPage));
}

/// Instructions for one run of `code`.
uint64_t cost(void (*code)(void*)) {
  constexpr uint32_t kRuns = 100;
  kernel::Trap trap;
  const uint64_t start = x86::read_tsc_ordered();
  for (uint32_t i = 0; i < kRuns; ++i) keep(kernel::run_guarded(code, nullptr, 0, trap));
  return (x86::read_tsc_ordered() - start) / kRuns;
}

bool run_group(Machine& machine, const Test* test) {
  bool passed = true;
  for (; test->name != nullptr; ++test) {
    const Outcome outcome = test->run(machine);
    machine.system.emit.test(test->name, outcome.status, outcome.iterations, outcome.result);
    passed = outcome.status != wire::Status::fail && passed;
  }
  return passed;
}

wire::Status run(kernel::System& system) {
  static kernel::Paging paging;
  Machine machine{system, paging};
  if (!memory_is_protected(machine)) return wire::Status::fail;
  kernel::install_recovery();
  add_absent_segment();
  bool passed = run_group(machine, kRunTests);
  passed = run_group(machine, kMemoryTests) && passed;
  system.emit.metric("guarded_return", cost(&do_nothing), wire::kCycles);
  system.emit.metric("guarded_trap", cost(&fail_at_once), wire::kCycles);
  system.emit.metric("guarded_double_fault", cost(&overflow_at_once), wire::kCycles);
  return passed ? wire::Status::pass : wire::Status::fail;
}

}  // namespace
}  // namespace recovery

extern "C" const kernel::App kernel_app = {"recovery", recovery::kTestCount, recovery::kMetricCount,
                                           &recovery::run};
