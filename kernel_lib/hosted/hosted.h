// For sources that were written for a hosted program and find their parts through constructors of
// globals: tests (gtest/) and benchmarks (benchmark/). An app that links this library
//
//   - has its globals constructed, before the kernel starts (hosted_app.cpp says how),
//   - knows its plan only then: the library defines hosted_plan() and hosted_run(),
//   - may use double, by the x87 (flags of the target kernel_hosted), malloc, new and delete.
//
// Destructors of globals never run: a guest does not end.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <new>

#include <kernel/system.h>

namespace kernel::hosted {

/// How many lines of results will come, as in kernel::App.
struct Plan {
  uint32_t tests, metrics;
};

/// From here on malloc() and new take from the kernel's heap. To be called first in the app's
/// run().
void start(System& system);

/// Zeroed memory that is never given back, in place before the kernel starts: for lists of what
/// constructors register. nullptr when its 32 KB are used up.
void* allocate_forever(size_t size);
/// Whether allocate_forever() has ever had to say no. The lists are then not complete.
bool ran_out();

/// What a constructor registers; nullptr where there was no room.
template <class T, class... Arguments>
T* make_forever(Arguments... arguments) {
  void* memory = allocate_forever(sizeof(T));
  return memory ? new (memory) T{arguments...} : nullptr;
}

/// As a decimal number with up to ten significant digits; "inf", "-inf", "nan" in quotes, which
/// JSON would not take bare.
void print_double(Console& console, double value);

}  // namespace kernel::hosted

// Defined by the library of tests or benchmarks.
extern "C" {
/// Called once, after all constructors.
kernel::hosted::Plan hosted_plan();
/// The app.
wire::Status hosted_run(kernel::System& system);
}
