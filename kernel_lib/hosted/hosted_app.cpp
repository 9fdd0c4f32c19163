// The app whose parts are found through constructors. It is compiled into each such app, for its
// name; what it does is in the library that the app links (gtest/, benchmark/).
//
// kernel_start writes [BEGIN] with the plan before it calls the app, so the plan must be known
// before. The linker therefore puts this start in front of the kernel's (--wrap, a flag of the
// target kernel_hosted): nothing of it is in an app that needs no constructors.
// system.h declares the app as a constant, which it is for all that come later.
#define kernel_app kernel_app_as_a_constant
#include "hosted.h"
#undef kernel_app

namespace {

/// Lets code use the x87, rounding results to what a double holds, as a host's SSE2 does.
void start_x87() {
  constexpr uint32_t kEmulation = 1 << 2, kTaskSwitched = 1 << 3;  // CR0
  uint32_t control;
  asm volatile("mov %%cr0, %0" : "=r"(control));
  asm volatile("mov %0, %%cr0" : : "r"(control & ~(kEmulation | kTaskSwitched)) : "memory");
  const uint16_t masked_and_double = 0x027F;
  asm volatile("fninit; fldcw %0" : : "m"(masked_and_double));
}

using Constructor = void (*)();
extern "C" const Constructor init_array_start[], init_array_end[];  // image.ld

}  // namespace

extern "C" {

kernel::App kernel_app = {UNIKERNEL_NAME, 0, 0, &hosted_run};

// Names that the linker's --wrap gives.
[[noreturn]] void __real_kernel_start(const void* entry);  // NOLINT(bugprone-reserved-identifier)
[[noreturn]] void __wrap_kernel_start(const void* entry);  // NOLINT(bugprone-reserved-identifier)

void __wrap_kernel_start(const void* entry) {
  start_x87();
  for (const Constructor* at = init_array_start; at != init_array_end; ++at) (*at)();
  const kernel::hosted::Plan plan = hosted_plan();
  kernel_app.tests = plan.tests;
  kernel_app.metrics = plan.metrics;
  __real_kernel_start(entry);
}

}  // extern "C"
