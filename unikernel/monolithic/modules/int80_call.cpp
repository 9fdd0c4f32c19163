// A system call that does nothing, by int 0x80.
#include "../../demo/call_cost.h"
#include "../module/module.h"

uint32_t module_main(uint32_t count) {
  const auto nothing = [] { module::call_by_int80(monolithic::SystemCall::nothing); };
  return static_cast<uint32_t>(measure_calls_undisturbed(count, nothing).calls());
}
