// The demo of the TinyLlama unikernel as a monolithic kernel would run it: 28 modules built in, of
// which three do the work, each call of one a way into ring 3 and back. Everything else, the
// measuring too, is the unikernel's own code. docs/COMPARISON.md has what the two come to.
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/heap.h>
#include <kernel/system.h>

#include "../demo/demo.h"
#include "kernel/modules.h"

#ifndef GATE
#define GATE sysenter
#endif

namespace {

using monolithic::ModuleId;

template <ModuleId id>
uint32_t in_ring_3(kernel::Heap&, uint32_t input) {
  return monolithic::run(monolithic::module_of(id), input, monolithic::Gate::GATE).value;
}

monolithic::Loaded loaded;

void report_modules(kernel::System& system) {
  system.emit.metric("modules", monolithic::kModuleCount, "modules");
  system.emit.metric("modules.image", loaded.image_bytes, wire::kBytes);
  system.emit.metric("modules.memory", loaded.memory_bytes, wire::kBytes);
}
constexpr uint32_t kModuleMetrics = 3;

wire::Status run(kernel::System& system) {
  loaded = monolithic::load_modules(system.console, system.boot.memory_bytes);
  const demo::Demo demo = {
      .banner = "TinyLlama Monolithic v0.1",
      .sections = {{"fibonacci", 10, 10, 55, &in_ring_3<ModuleId::fibonacci>},
                   {"sum_to_n", 1000, 100, 500500, &in_ring_3<ModuleId::sum_to_n>},
                   {"count_primes", 100, 5, 25, &in_ring_3<ModuleId::count_primes>}},
      .heap = &monolithic::user_heap(),
      .report_more = &report_modules};
  return demo::run(system, demo);
}

}  // namespace

extern "C" const kernel::App kernel_app = {"monolithic", demo::kSections,
                                           demo::kMetrics + kModuleMetrics, &run};
