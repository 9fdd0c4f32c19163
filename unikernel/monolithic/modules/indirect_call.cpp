// A call through a pointer, inside a module.
#include "../../demo/call_cost.h"
#include "../module/module.h"

uint32_t module_main(uint32_t count) {
  void (*const function)() = launder_value(&callee);
  const CallCost cost = measure_calls_undisturbed(count, [=] { function(); });
  return static_cast<uint32_t>(cost.calls());
}
