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
  bool whole = false;  // all memory was copied, and the version ran at once
};

/// Slots of a call that can be tried, of its arguments or its result.
constexpr uint32_t kMostTrialSlots = 64;
/// Of the machine's memory what both runs of a call of the function may need is there, if they call
/// functions for the first time.
[[nodiscard]] bool has_room_for_trial(const Machine& machine, const Native& native, FunctionId id);
/// What a version has beyond what the call took, of what is left: what never ends is wrong, too.
[[nodiscard]] constexpr uint64_t spare_fuel(uint64_t left) {
  constexpr uint64_t kSpare = 65'536;
  return left < kSpare ? left : kSpare;
}

/// As long as it lives, nobody is told where the program is.
class Quiet {
 public:
  Quiet(Machine& machine, Native& native) : state_(machine.mutable_state()), native_(native) {
    state_.sample = nullptr;
    native_.pause_samples(true);
  }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;
  ~Quiet() {
    state_.sample = sample_;
    native_.pause_samples(false);
  }

 private:
  State& state_;
  Native& native_;
  void (*sample_)(State& state, const Cell* ip) = state_.sample;
};

/// What is held against the version: the call as the interpreter has run it.
struct FirstRun {
  uint32_t stack = 0;           // the stack pointer before
  uint64_t used = 0, left = 0;  // fuel, and what is left behind it
  uint64_t ended = 0;           // when
};
/// Interprets a call of the function, with its loops. Its result is at `arguments` then; `test`
/// says how it went. `begin`: since when the program has stood still.
FirstRun run_first(Machine& machine, Native& native, FunctionId id, uint32_t* arguments,
                   uint64_t (*clock)(), uint64_t begin, SelfTest& test);

/// Runs a call of `id`, whose arguments stand at `arguments` as slots, and leaves its result there
/// and what it does in memory: what the interpreter says, whatever comes of the test. Memory that
/// changes is copied to `scratch`. The function must do nothing but compute and change the
/// program's memory.
SelfTest test_version(Machine& machine, Native& native, uint32_t offset, FunctionId id,
                      uint32_t* arguments, Arena& scratch, const Protection* protection,
                      uint64_t (*clock)());

}  // namespace jit
