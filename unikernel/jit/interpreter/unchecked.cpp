// The loop whose addresses are the machine's own.
#include "interpreter/loop.h"

namespace jit {

const Cell* handlers_unchecked() {
  const Cell* table = nullptr;
  run_loop<UncheckedMemory>(nullptr, nullptr, nullptr, &table);
  return table;
}

Outcome execute_unchecked(State& state, const Cell* code, uint32_t* frame) {
  return run_loop<UncheckedMemory>(&state, code, frame, nullptr);
}

}  // namespace jit
