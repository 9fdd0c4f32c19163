// A function's new code is tried on a real call before anybody else calls it: the interpreter runs
// the call first, then the code runs it again on the same memory, and both must have left the same.
#pragma once

#include "compiler/native.h"
#include "interpreter/protection.h"

namespace jit {

struct SelfTest {
  enum Result : uint8_t { same, differs, ended, no_memory };
  Result result = no_memory;
  Outcome outcome = Outcome::returned;  // of the interpreter. Anything else: the program has ended
  uint32_t instructions = 0;            // of the IR, that the call took
  uint64_t ticks = 0;                   // of the new code
  /// The program stands still before the interpreter has begun with the call, and behind its end.
  uint64_t still = 0;  // ticks, of the longer
};

/// Runs a call of `id`, whose arguments stand at `arguments` as slots, and leaves its result there
/// and what it does in memory: what the interpreter says, whatever comes of the test. Memory that
/// changes is copied to `scratch`. The function must do nothing but compute and change the
/// program's memory.
SelfTest test_version(Machine& machine, Native& native, uint32_t offset, FunctionId id,
                      uint32_t* arguments, Arena& scratch, const Protection* protection,
                      uint64_t (*clock)());

}  // namespace jit
