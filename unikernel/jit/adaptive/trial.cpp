#include "adaptive/trial.h"

#include "adaptive/wide_memory.h"
#include "compiler/may_fail.h"

namespace jit {
namespace {

/// Bytes that are left for the interpreter's code of functions that the call calls for the first
/// time.
constexpr uint32_t kRoom = 128 * 1024;

/// Memory of the program that a function may change: globals, and the part of the stack that is in
/// use.
class Snapshot {
 public:
  Snapshot(const Machine& machine, Arena& arena) : machine_(machine), arena_(arena) {}

  bool take() {
    uint32_t bytes = 0;
    for_each_range([&](uint8_t*, uint32_t size) { bytes += size; });
    copy_ = arena_.make<uint8_t>(bytes);
    if (copy_ == nullptr) return false;
    for_each([](uint8_t* kept, uint8_t* now, uint32_t size) { wide::copy(kept, now, size); });
    return true;
  }
  void exchange() {
    for_each([](uint8_t* kept, uint8_t* now, uint32_t size) { wide::exchange(kept, now, size); });
  }
  [[nodiscard]] bool is_same() {
    bool same = true;
    for_each(
        [&](uint8_t* kept, uint8_t* now, uint32_t size) { same &= wide::equal(kept, now, size); });
    return same;
  }
  void restore() {
    for_each([](uint8_t* kept, uint8_t* now, uint32_t size) { wide::copy(now, kept, size); });
  }

 private:
  template <class F>
  void for_each_range(const F& f) const {
    const State& state = machine_.state();
    const Module& module = *state.module;
    const auto range = [&](uint32_t address, uint32_t size) {
      uint8_t* const bytes = state.at(address, size);
      if (bytes != nullptr) f(bytes, size);
    };
    for (const Global& global : module.globals) {
      if (global.constant || global.initializer == kNone) continue;
      range(machine_.address_of(global), module.types[global.type].size);
    }
    range(state.stack_pointer, state.high - state.stack_pointer);
  }
  template <class F>
  void for_each(const F& f) {
    uint8_t* kept = copy_;
    for_each_range([&](uint8_t* now, uint32_t size) {
      f(kept, now, size);
      kept += size;
    });
  }
  const Machine& machine_;
  Arena& arena_;
  uint8_t* copy_ = nullptr;
};

struct Trial {
  Native& native;
  uint32_t offset;
  FunctionId id;
  uint32_t* arguments;
  uint64_t (*clock)();
  Outcome outcome;
  uint64_t ticks;
};

}  // namespace

bool has_room_for_trial(const Machine& machine, const Native& native, FunctionId id) {
  const uint32_t count = native.argument_slots(id), results = native.result_slots(id);
  return (count > results ? count : results) <= kMostTrialSlots &&
         machine.resources().scratch->left() >= kRoom && machine.resources().code->left() >= kRoom;
}

FirstRun run_first(Machine& machine, Native& native, FunctionId id, uint32_t* arguments,
                   uint64_t (*clock)(), uint64_t begin, SelfTest& test) {
  const auto now = [clock] { return clock != nullptr ? clock() : 0; };
  const State& state = machine.state();
  const uint64_t fuel = state.fuel;
  FirstRun run;
  run.stack = state.stack_pointer;
  test.still = now() - begin;
  {
    const Quiet quiet(machine, native);
    native.interpret_loops(id, true);
    test.outcome = native.interpret(id, arguments);
    native.interpret_loops(id, false);
  }
  run.ended = now();
  run.used = fuel - state.fuel;
  run.left = state.fuel;
  test.instructions = static_cast<uint32_t>(run.used);
  if (test.outcome != Outcome::returned) test.result = SelfTest::ended;
  return run;
}

SelfTest test_version(Machine& machine, Native& native, uint32_t offset, FunctionId id,
                      uint32_t* arguments, Arena& scratch, const Protection* protection,
                      uint64_t (*clock)()) {
  SelfTest test;
  test.whole = true;
  const auto now = [clock] { return clock != nullptr ? clock() : 0; };
  const uint64_t begin = now();
  State& state = machine.mutable_state();
  const Arena::Mark mark = scratch.mark();
  const bool exhausted = scratch.exhausted();
  Snapshot snapshot(machine, scratch);
  const uint32_t count = native.argument_slots(id), results = native.result_slots(id);
  if (!snapshot.take() || !has_room_for_trial(machine, native, id)) {
    scratch.release(mark);
    scratch.restore_exhausted(exhausted);
    test.outcome = native.run_at(native.placed(id).offset, id, arguments);
    return test;
  }
  // Not where they stand: that is among what is compared.
  uint32_t first[kMostTrialSlots] = {}, again[kMostTrialSlots] = {};
  for (uint32_t k = 0; k < count; ++k) first[k] = again[k] = arguments[k];
  const FirstRun run = run_first(machine, native, id, first, clock, begin, test);
  if (test.outcome == Outcome::returned) {
    state.stack_pointer = run.stack;
    snapshot.exchange();
    const Quiet quiet(machine, native);
    const MayFail trying(machine);  // what it calls may be new to the interpreter
    const uint64_t left = spare_fuel(run.left);
    state.fuel = run.used + left;
    Trial call = {native, offset, id, again, clock, Outcome::returned, 0};
    const auto code = [](void* context) {
      Trial& c = *static_cast<Trial*>(context);
      const uint64_t begin = c.clock != nullptr ? c.clock() : 0;
      c.outcome = c.native.run_at(c.offset, c.id, c.arguments);
      c.ticks = c.clock != nullptr ? c.clock() - begin : 0;
    };
    const Native::Inside inside = native.inside();
    if (protection == nullptr) {
      code(&call);
    } else if (!protection->run(protection->context, code, &call, call.outcome)) {
      native.abandon(inside);
    }
    test.ticks = call.ticks;
    state.stack_pointer = run.stack;
    bool same = call.outcome == Outcome::returned && state.fuel == left;
    for (uint32_t k = 0; k < results; ++k) same &= again[k] == first[k];
    same = same && snapshot.is_same();
    if (!same) snapshot.restore();
    test.result = same ? SelfTest::same : SelfTest::differs;
    state.fuel = run.left;
  }
  for (uint32_t k = 0; k < results; ++k) arguments[k] = first[k];
  scratch.release(mark);
  const uint64_t behind = now() - run.ended;
  if (test.still < behind) test.still = behind;
  return test;
}

}  // namespace jit
