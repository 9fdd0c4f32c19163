// The modules that are built into the kernel, and their loader.
#pragma once

#include <stdint.h>

#include "rings.h"

namespace kernel {
class Console;
class Heap;
}  // namespace kernel

namespace monolithic {

/// What running a module must come to.
enum class Fate : uint8_t {
  returns,   // `expected` as its result
  killed,    // by the exception `expected`
  measures,  // a result that is a time, in cycles
};

struct Module {
  const char* name;
  uint32_t input;
  Fate fate;
  uint32_t expected;
  const uint8_t* begin;  // as embedded: ModuleHead, text, data
  const uint8_t* end;
};

/// By its name in modules.def.
enum class ModuleId : uint32_t {
#define MODULE(name, input, fate, expected) name,
#include "../modules.def"
#undef MODULE
  count
};
inline constexpr uint32_t kModuleCount = static_cast<uint32_t>(ModuleId::count);

const Module& module_of(ModuleId id);

struct Loaded {
  // Of all modules; memory is what they are loaded into and what is zeroed for them.
  uint32_t image_bytes = 0, memory_bytes = 0;
};

/// Goes into protected mode and puts every module into its slot. `console` is where modules write
/// to. Panics on a module whose head cannot be, and where there is too little memory.
Loaded load_modules(kernel::Console& console, uint64_t memory_bytes);

/// Runs a loaded module. What it leaves on the heap is taken from it.
Outcome run(const Module& module, uint32_t input, Gate gate);

/// That modules allocate from. Valid after load_modules().
kernel::Heap& user_heap();

}  // namespace monolithic
