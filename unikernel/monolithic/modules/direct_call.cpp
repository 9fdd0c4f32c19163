// A direct call, inside a module.
#include "../../demo/call_cost.h"
#include "../module/module.h"

uint32_t module_main(uint32_t count) {
  return static_cast<uint32_t>(measure_calls_undisturbed(count, [] { callee(); }).calls());
}
