// The loop that holds every access against the program's memory.
#include "interpreter/loop.h"

namespace jit {

const Cell* handlers_checked() {
  const Cell* table = nullptr;
  run_loop<CheckedMemory>(nullptr, nullptr, nullptr, &table);
  return table;
}

Outcome execute_checked(State& state, const Cell* code, uint32_t* frame) {
  return run_loop<CheckedMemory>(&state, code, frame, nullptr);
}

}  // namespace jit
