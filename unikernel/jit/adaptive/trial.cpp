#include "adaptive/trial.h"

namespace jit {
namespace {

constexpr uint32_t kMostResults = 64;
/// Instructions of the IR.
constexpr uint32_t kSpare = 65'536;
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
    for_each([](uint8_t* kept, uint8_t* now, uint32_t size) { copy(kept, now, size); });
    return true;
  }
  void exchange() {
    for_each([](uint8_t* kept, uint8_t* now, uint32_t size) { swap(kept, now, size); });
  }
  [[nodiscard]] bool is_same() {
    bool same = true;
    for_each([&](uint8_t* kept, uint8_t* now, uint32_t size) { same &= equal(kept, now, size); });
    return same;
  }
  void restore() {
    for_each([](uint8_t* kept, uint8_t* now, uint32_t size) { copy(now, kept, size); });
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
  // 64 bytes at a time: this is what a test takes longest for.
  using Part [[gnu::vector_size(16), gnu::aligned(1), gnu::may_alias]] = uint32_t;
  static Part& part(uint8_t* bytes) { return *reinterpret_cast<Part*>(bytes); }
  template <class Parts, class Bytes>
  static void in_parts(uint32_t size, const Parts& parts, const Bytes& bytes) {
    uint32_t k = 0;
    for (; k + 64 <= size; k += 64) {
      for (uint32_t p = 0; p < 64; p += 16) parts(k + p);
    }
    for (; k < size; ++k) bytes(k);
  }
  static void copy(uint8_t* to, uint8_t* from, uint32_t size) {
    in_parts(
        size, [=](uint32_t k) { part(to + k) = part(from + k); },
        [=](uint32_t k) { to[k] = from[k]; });
  }
  static void swap(uint8_t* a, uint8_t* b, uint32_t size) {
    in_parts(
        size,
        [=](uint32_t k) {
          const Part other = part(a + k);
          part(a + k) = part(b + k);
          part(b + k) = other;
        },
        [=](uint32_t k) {
          const uint8_t other = a[k];
          a[k] = b[k];
          b[k] = other;
        });
  }
  static bool equal(uint8_t* a, uint8_t* b, uint32_t size) {
    Part different = {};
    uint32_t rest = 0;
    in_parts(
        size, [&](uint32_t k) { different |= part(a + k) ^ part(b + k); },
        [&](uint32_t k) { rest |= static_cast<uint32_t>(a[k] ^ b[k]); });
    return (different[0] | different[1] | different[2] | different[3] | rest) == 0;
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

SelfTest test_version(Machine& machine, Native& native, uint32_t offset, FunctionId id,
                      uint32_t* arguments, Arena& scratch, const Protection* protection,
                      uint64_t (*clock)()) {
  SelfTest test;
  const auto now = [clock] { return clock != nullptr ? clock() : 0; };
  const uint64_t begin = now();
  State& state = machine.mutable_state();
  const Arena::Mark mark = scratch.mark();
  const bool exhausted = scratch.exhausted();
  Snapshot snapshot(machine, scratch);
  const uint32_t count = native.argument_slots(id), results = native.result_slots(id);
  const uint32_t slots = count > results ? count : results;
  const bool fits = slots <= kMostResults && snapshot.take() && scratch.left() >= kRoom &&
                    machine.resources().code->left() >= kRoom;
  if (!fits) {
    scratch.release(mark);
    scratch.restore_exhausted(exhausted);
    test.outcome = native.run_at(native.placed(id).offset, id, arguments);
    return test;
  }
  // Not where they stand: that is among what is compared.
  uint32_t first[kMostResults] = {}, again[kMostResults] = {};
  for (uint32_t k = 0; k < count; ++k) first[k] = again[k] = arguments[k];
  const uint64_t fuel = state.fuel;
  const uint32_t stack = state.stack_pointer;
  const auto sampled = state.sample;
  state.sample = nullptr;
  native.pause_samples(true);
  native.interpret_loops(id, true);
  test.still = now() - begin;
  test.outcome = native.interpret(id, first);
  const uint64_t interpreted = now();
  native.interpret_loops(id, false);
  const uint64_t fuel_after = state.fuel;
  test.instructions = static_cast<uint32_t>(fuel - fuel_after);
  if (test.outcome != Outcome::returned) {
    test.result = SelfTest::ended;
  } else {
    state.stack_pointer = stack;
    snapshot.exchange();
    // A little more than it may take: what never ends is wrong, too.
    const uint64_t used = fuel - fuel_after, left = fuel_after < kSpare ? fuel_after : kSpare;
    state.fuel = used + left;
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
    state.stack_pointer = stack;
    bool same = call.outcome == Outcome::returned && state.fuel == left;
    for (uint32_t k = 0; k < results; ++k) same &= again[k] == first[k];
    same = same && snapshot.is_same();
    if (!same) snapshot.restore();
    test.result = same ? SelfTest::same : SelfTest::differs;
    state.fuel = fuel_after;
  }
  for (uint32_t k = 0; k < results; ++k) arguments[k] = first[k];
  state.sample = sampled;
  native.pause_samples(false);
  scratch.release(mark);
  const uint64_t behind = now() - interpreted;
  if (test.still < behind) test.still = behind;
  return test;
}

}  // namespace jit
