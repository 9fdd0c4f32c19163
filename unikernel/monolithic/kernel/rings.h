// Protection: the kernel in ring 0, modules in ring 3 on pages of their own, and the gates between
// them. Modules are kept from the kernel, not from each other.
#pragma once

#include <stdint.h>

#include "../module/system_call.h"

namespace monolithic {

/// Turns paging on, with one page for ring 3, and sets up the gates: int 0x80, sysenter, and
/// exceptions, which from now on end the module that raised them. To be called once, with
/// kernel_lib's traps installed. Panics on a processor without large pages or sysenter.
void enter_protected_mode();

/// How a run of a module ended.
struct Outcome {
  bool killed = false;
  uint32_t value = 0;  // its result, or the vector of the exception that killed it
};

/// Runs the code at `entry`, linked with module/runtime.cpp, in ring 3 until it ends.
Outcome run_in_ring_3(uint32_t entry, uint32_t input, Gate gate);

/// Whether a module may use all of these bytes.
bool is_user_memory(uint32_t begin, uint32_t size);

}  // namespace monolithic
