// The C API over the C++ objects. uk_system is kernel::System, and uk_app is kernel::App: the
// asserts below hold the two declarations together, since kernel_start reads what C wrote.
#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/heap.h"
#include "kernel/profile.h"

// Both headers declare kernel_app, each in its own language's type.
#define kernel_app kernel_app_in_c
#include "kernel/kernel.h"
#undef kernel_app
#include "kernel/system.h"

static_assert(sizeof(uk_app) == sizeof(kernel::App));
static_assert(offsetof(uk_app, name) == offsetof(kernel::App, name));
static_assert(offsetof(uk_app, tests) == offsetof(kernel::App, tests));
static_assert(offsetof(uk_app, metrics) == offsetof(kernel::App, metrics));
static_assert(offsetof(uk_app, run) == offsetof(kernel::App, run));
static_assert(sizeof(uk_status) == sizeof(wire::Status));
static_assert(UK_PASS == static_cast<int>(wire::Status::pass));
static_assert(UK_FAIL == static_cast<int>(wire::Status::fail));
static_assert(UK_SKIP == static_cast<int>(wire::Status::skip));

namespace {

kernel::System& of(uk_system* system) { return *reinterpret_cast<kernel::System*>(system); }

}  // namespace

extern "C" {

void uk_print(uk_system* system, const char* text) { of(system).console.text(text); }
void uk_print_u64(uk_system* system, uint64_t value) { of(system).console.decimal(value); }
void uk_print_hex(uk_system* system, uint64_t value, unsigned digits) {
  of(system).console.hex(value, digits);
}
void uk_set_color(uk_system* system, uint8_t color) {
  of(system).console.color(static_cast<kernel::Color>(color & 15));
}

void* uk_alloc(uk_system* system, size_t size) { return of(system).heap.allocate(size); }
int uk_free(uk_system* system, void* block) { return of(system).heap.free(block); }

int jit_profile_add(uk_system* system, const char* name) { return of(system).profiler.add(name); }
void jit_profile_begin(uk_system* system, int id) { of(system).profiler.begin(id); }
void jit_profile_end(uk_system* system, int id) { of(system).profiler.end(id); }

void uk_test(uk_system* system, const char* name, uk_status status, uint64_t iterations,
             uint64_t result) {
  of(system).emit.test(name, static_cast<wire::Status>(status), iterations, result);
}
void uk_timing(uk_system* system, const char* name, uint64_t cycles) {
  of(system).emit.timing(name, cycles);
}
void uk_bench(uk_system* system, uint64_t calls, uint64_t cycles) {
  of(system).emit.bench(calls, cycles);
}
void uk_profile(uk_system* system, int id) {
  const kernel::Profiler& profiler = of(system).profiler;
  const auto index = static_cast<unsigned>(id);  // -1 is far above any count
  if (index < profiler.count()) of(system).emit.profile(profiler.stats(index));
}
void uk_metric(uk_system* system, const char* name, uint64_t value, const char* unit) {
  of(system).emit.metric(name, value, unit);
}

uint64_t uk_cycles() { return x86::read_tsc_ordered(); }
uint64_t uk_entry_cycles(const uk_system* system) {
  return reinterpret_cast<const kernel::System*>(system)->boot.entry_tsc;
}

void uk_panic(const char* reason) { kernel::panic(reason); }

}  // extern "C"
