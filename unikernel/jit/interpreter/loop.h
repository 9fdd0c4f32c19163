// The loop itself, over how memory is reached. Included where it is made, once for each way.
#pragma once

#include "interpreter/arithmetic.h"
#include "interpreter/execute.h"
#include "interpreter/handlers.h"

// Labels as values, and computed goto: one indirect jump an instruction, and each its own.
#pragma clang diagnostic ignored "-Wgnu-label-as-value"
#pragma clang diagnostic ignored "-Wpedantic"

namespace jit {

template <class T>
struct [[gnu::packed, gnu::may_alias]] Unaligned {
  T value;
};

using Quad = float __attribute__((vector_size(16)));

/// Of a slot, or of a part of one: vectors of odd sizes are kept byte by byte.
template <class T>
struct Slot {
  typedef T type __attribute__((aligned(1), may_alias));
};
template <class T>
constexpr uint32_t kScale = sizeof(T);

/// The machine's memory as it is.
struct UncheckedMemory {
  explicit UncheckedMemory(const State&) {}
  template <class T>
  [[gnu::always_inline]] Unaligned<T>* at(uint32_t address) const {
    return reinterpret_cast<Unaligned<T>*>(static_cast<uintptr_t>(address));
  }
};

/// The program's memory alone.
struct CheckedMemory {
  explicit CheckedMemory(const State& state)
      : base(reinterpret_cast<uintptr_t>(state.base)),
        low(state.low),
        bytes(state.high - state.low) {}
  uintptr_t base;  // a number: nullptr where addresses are the machine's
  uint32_t low;
  uint32_t bytes;  // at least 16
  template <class T>
  [[gnu::always_inline]] Unaligned<T>* at(uint32_t address) const {
    if (address - low > bytes - sizeof(T)) return nullptr;
    return reinterpret_cast<Unaligned<T>*>(base + address);
  }
};

template <class T>
[[gnu::always_inline]] inline typename Slot<T>::type& slot_at(uint32_t* frame, Cell offset) {
  return *reinterpret_cast<typename Slot<T>::type*>(reinterpret_cast<char*>(frame) + offset);
}

/// What a call of machine code costs, in instructions of the IR as they are interpreted.
constexpr uint32_t kNativePrice = 24;

/// What the loop has of its share, at least 0, goes back.
inline void give_back(State& state, int32_t& budget) {
  if (budget < 0) return;  // a return may owe something, which the next share pays
  state.fuel += static_cast<uint64_t>(budget);
  state.until_sample += static_cast<uint32_t>(budget);
  budget = 0;
}

/// `state` nullptr: nothing runs, and *table is the handlers' addresses.
template <class Memory>
[[gnu::flatten]] Outcome run_loop(State* state_pointer, const Cell* ip, uint32_t* frame,
                                  const Cell** table) {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a label
#define JIT_OP(name) reinterpret_cast<Cell>(&&name),
  static const Cell kHandlers[] = {JIT_ALL_OPS};
#undef JIT_OP
  if (state_pointer == nullptr) {
    *table = kHandlers;
    return Outcome::returned;
  }
  State& state = *state_pointer;
  const Memory memory(state);
  uint32_t* const limit = state.slots_end;
  // The loop's share of the fuel: one number of 32 bits that may fall below 0.
  int32_t budget = 0;
  // In memory, by decree: of the registers that i386 has, frame, ip and acc need theirs all the
  // time.
  asm volatile("" : : "r"(&budget) : "memory");
  uint32_t acc = 0;
  float acc32 = 0;
  double acc64 = 0;
  Outcome outcome = Outcome::returned;

  GO();

  // The families: what each handler does is in handlers.h.
  // NOLINTBEGIN(bugprone-signed-char-misuse): load8s is to be signed
  // ---- words
  JIT_BINARY_OPS(BINARY)

  JIT_COMPARISONS(JUMP)

  JIT_UNARY_OPS(UNARY)

  // ---- memory
  JIT_WORD_LOADS(WORD_LOADS)
  // NOLINTEND(bugprone-signed-char-misuse)
  LOADS(load_f32, float, acc32, float, static_cast<float>)
  LOADS(load_f64, double, acc64, double, static_cast<double>)

  WIDE_LOADS(load_pair, uint64_t)
  WIDE_LOADS(load_quad, Quad)

  // What is stored stands behind the address.
  JIT_WORD_STORES(WORD_STORES)
  STORES(store_f32, _a_, 0, float, ACC32)
  STORES(store_f32, _s_, 1, float, SLOT32)
  STORES(store_f64, _a_, 0, double, ACC64)
  STORES(store_f64, _s_, 1, double, SLOT64)
  STORES(store_pair, _, 1, uint64_t, SLOTPAIR)
  STORES(store_quad, _, 1, Quad, SLOTQUAD)

  // ---- floats and doubles
  JIT_REAL_OPS(REAL32)
  JIT_REAL_OPS(REAL64)
  JIT_REAL_UNARY_OPS(UNARY32)
  JIT_REAL_UNARY_OPS(UNARY64)
  JIT_REAL_COMPARISONS(COMPARE32)
  JIT_REAL_COMPARISONS(COMPARE64)

  JIT_CONVERSIONS(CONVERT)

  // ---- pairs and quads: A, B, result
  JIT_PAIR_OPS(PAIR)
  JIT_PAIR_COMPARISONS(PAIR_COMPARE)
  JIT_LANE_OPS(LANES)

  // ---- vectors of 128 bits
  JIT_VECTOR_OPS(VECTOR)
  JIT_VECTOR_SHIFTS(VECTOR_SHIFT)
  JIT_VECTOR_UNARY_OPS(VECTOR_UNARY)
shuffle2: {  // two slots of words, result
  const uint32_t first = SLOT(1), second = SLOT(2);
  SLOT(3) = first;
  slot_at<uint32_t>(frame, ip[3] + 4) = second;
}
  NEXT(4);
shuffle4: {  // four slots of words, result; its slots may be among them
  const uint32_t first = SLOT(1), second = SLOT(2), third = SLOT(3);
  const uint32_t fourth = SLOT(4);
  SLOT(5) = first;
  slot_at<uint32_t>(frame, ip[5] + 4) = second;
  slot_at<uint32_t>(frame, ip[5] + 8) = third;
  slot_at<uint32_t>(frame, ip[5] + 12) = fourth;
}
  NEXT(6);

  // ---- slots
put_constant:  // slot, constant
  SLOT(1) = CONSTANT(2);
  NEXT(3);
put_pair:  // slot, low, high
  SLOT(1) = CONSTANT(2);
  slot_at<uint32_t>(frame, ip[1] + 4) = CONSTANT(3);
  NEXT(4);
put_many: {  // slot, count, constants
  for (Cell i = 0; i < ip[2]; ++i) slot_at<uint32_t>(frame, ip[1] + 4 * i) = CONSTANT(3 + i);
  NEXT(3 + ip[2]);
}
copy_pair:  // from, to
  SLOTPAIR(2) = SLOTPAIR(1);
  NEXT(3);
copy_quad:
  SLOTQUAD(2) = SLOTQUAD(1);
  NEXT(3);
copy_many: {  // from, to, count; the ranges do not overlap, or are the same
  for (Cell i = 0; i < ip[3]; ++i) {
    slot_at<uint32_t>(frame, ip[2] + 4 * i) = slot_at<uint32_t>(frame, ip[1] + 4 * i);
  }
  NEXT(4);
}
move_constant:  // constant to the accumulator
  acc = CONSTANT(1);
  NEXT(2);
choose_word:  // the accumulator says which: if true, if false, result
  acc = acc != 0 ? SLOT(1) : SLOT(2);
  SLOT(3) = acc;
  NEXT(4);
choose_many: {  // if true, if false, result, count
  const Cell from = acc != 0 ? ip[1] : ip[2];
  for (Cell i = 0; i < ip[4]; ++i) {
    slot_at<uint32_t>(frame, ip[3] + 4 * i) = slot_at<uint32_t>(frame, from + 4 * i);
  }
  NEXT(5);
}
zext_pair:  // word, pair
  SLOTPAIR(2) = SLOT(1);
  NEXT(3);
sext_pair:
  SLOTPAIR(2) = static_cast<uint64_t>(static_cast<int64_t>(signed_of(SLOT(1))));
  NEXT(3);

  // ---- division: A, B, result
#define DIVISION(n, fault, expression)       \
  n: {                                       \
    const uint32_t a = SLOT(1), b = SLOT(2); \
    if (b == 0 || (fault)) [[unlikely]]      \
      END(division);                         \
    acc = (expression);                      \
    SLOT(3) = acc;                           \
  }                                          \
  NEXT(4);
  DIVISION(udiv, false, a / b)
  DIVISION(urem, false, a % b)
  DIVISION(sdiv, a == 0x8000'0000U && b == 0xFFFF'FFFFU,
           static_cast<uint32_t>(signed_of(a) / signed_of(b)))
  DIVISION(srem, a == 0x8000'0000U && b == 0xFFFF'FFFFU,
           static_cast<uint32_t>(signed_of(a) % signed_of(b)))

  // ---- control
jump:  // target, fuel
  TAKE(1);
jump_if:  // of the accumulator: target, fuel
  if (acc != 0) TAKE(1);
  NEXT(3);
jump_unless:
  if (acc == 0) TAKE(1);
  NEXT(3);
charge:  // fuel
  budget -= static_cast<int32_t>(ip[1]);
  ip += 2;
  if (budget < 0) [[unlikely]]
    goto refuel;
  GO();
table: {  // of the accumulator: lowest, count, default target and fuel, then targets and fuels
  const uint32_t which = acc - CONSTANT(1);
  ip += which < ip[2] ? 5 + 2 * which : 3;
  TAKE(0);
}
search: {  // of the accumulator: count, default target and fuel, then value, target, fuel;
           // ascending
  Cell first = 0, last = ip[1];
  const Cell* const row = ip + 4;
  while (first < last) {
    const Cell middle = (first + last) / 2;
    if (static_cast<uint32_t>(row[3 * middle]) < acc) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  const bool found = first < ip[1] && static_cast<uint32_t>(row[3 * first]) == acc;
  ip = found ? row + 3 * first + 1 : ip + 2;
  TAKE(0);
}

  // ---- calls. Arguments are in the callee's first slots; below its frame stands where it returns
  // to.
call: {  // entry, bytes of this frame, fuel
  const auto* const entry = reinterpret_cast<const FunctionEntry*>(ip[1]);
  uint32_t* const callee = &slot_at<uint32_t>(frame, ip[2]);
  if (callee > limit) [[unlikely]]
    END(stack_overflow);
  budget -= static_cast<int32_t>(ip[3]);
  slot_at<const Cell*>(callee - 2, 0) = ip + 4;
  frame = callee;
  ip = entry->code;
  if (budget < 0) [[unlikely]]
    goto refuel;
  GO();
}
call_indirect: {  // slot with the address, type of the function, bytes of this frame, fuel
  const uint32_t which = (SLOT(1) - kFunctionBase) / kFunctionStep;
  if (which >= state.entries.size || SLOT(1) % kFunctionStep != 0) END(wrong_call);
  const FunctionEntry& entry = state.entries[which];
  if (entry.type != ip[2] && !state.same_shape(state, entry.type, CONSTANT(2))) END(wrong_type);
  uint32_t* const callee = &slot_at<uint32_t>(frame, ip[3]);
  if (callee > limit) [[unlikely]]
    END(stack_overflow);
  budget -= static_cast<int32_t>(ip[4]);
  slot_at<const Cell*>(callee - 2, 0) = ip + 5;
  frame = callee;
  ip = entry.code;
  if (budget < 0) [[unlikely]]
    goto refuel;
  GO();
}
call_import: {  // import, bytes of this frame, fuel
  uint32_t* const arguments = &slot_at<uint32_t>(frame, ip[2]);
  budget -= static_cast<int32_t>(ip[3]);
  outcome = reinterpret_cast<Import>(ip[1])(state, arguments);
  if (outcome != Outcome::returned) [[unlikely]]
    goto end;
  acc = *arguments;
  ip += 4;
  if (budget < 0) [[unlikely]]
    goto refuel;
  GO();
}
compile: {  // the code of a function that is called for the first time
  const FunctionEntry* const entry = reinterpret_cast<const FunctionEntry*>(
      reinterpret_cast<const char*>(ip) - __builtin_offsetof(FunctionEntry, stub));
  outcome = state.compile(state, entry->id);
  if (outcome != Outcome::returned) goto end;
  ip = entry->interpreted;
  GO();
}
native: {  // the code of a function that is machine code: function
  give_back(state, budget);
  // Who calls machine code often is worth compiling, however little he does himself.
  state.until_sample -= state.until_sample < kNativePrice ? state.until_sample : kNativePrice;
  const FunctionEntry& entry = state.entries[CONSTANT(1)];
  bool interpret = false;
  outcome = state.native(state, entry.id, frame, interpret);
  if (interpret) {
    ip = entry.interpreted;
    GO();
  }
  goto returned;
}
replaced: {  // the head of a loop that is machine code
  give_back(state, budget);
  Cell handler = 0;
  outcome = state.replace(state, ip, frame, handler);
  if (handler != 0) goto* reinterpret_cast<void*>(handler);
}
returned:  // from machine code: its result is where the arguments were
  if (outcome != Outcome::returned) goto end;
  acc = slot_at<uint32_t>(frame, 0);
  acc32 = slot_at<float>(frame, 0);
  acc64 = slot_at<double>(frame, 0);
  ip = slot_at<const Cell*>(frame - 2, 0);
  frame = reinterpret_cast<uint32_t*>(reinterpret_cast<char*>(frame) - ip[-2]);
  GO();
return_slot:  // slot, fuel
  acc = SLOT(1);
  ++ip;
  goto return_value;
return_constant:  // constant, fuel
  acc = CONSTANT(1);
  ++ip;
  goto return_value;
return_many: {  // from, count, fuel
  for (Cell i = 0; i < ip[2]; ++i) frame[i] = slot_at<uint32_t>(frame, ip[1] + 4 * i);
  ip += 2;
}
return_value:  // what is returned is in its accumulator, if any: fuel
  budget -= static_cast<int32_t>(ip[1]);
  ip = slot_at<const Cell*>(frame - 2, 0);
  frame = reinterpret_cast<uint32_t*>(reinterpret_cast<char*>(frame) - ip[-2]);
  GO();
enter: {  // slot of the stack pointer before, slot of the one after, bytes, alignment
  const uint32_t before = state.stack_pointer;
  const uint32_t bytes = CONSTANT(3);
  if (before - state.stack_low < bytes + ip[4]) [[unlikely]]
    END(stack_overflow);
  SLOT(1) = before;
  state.stack_pointer = (before - bytes) & (0 - CONSTANT(4));
  SLOT(2) = state.stack_pointer;
  NEXT(5);
}
leave:  // slot of the stack pointer before
  state.stack_pointer = SLOT(1);
  NEXT(2);
helper: {  // function, cells of this instruction, what the function takes
  outcome = reinterpret_cast<Helper>(ip[1])(state, frame, ip + 3);
  if (outcome != Outcome::returned) [[unlikely]]
    goto end;
  NEXT(ip[2]);
}
trap:  // fuel, outcome
  budget -= static_cast<int32_t>(ip[1]);
  outcome = static_cast<Outcome>(ip[2]);
  goto end;
finish:
  state.status = signed_of(acc);
  goto end;

refuel:
  if (state.until_sample == 0) {
    state.until_sample = state.share;
    if (state.sample != nullptr) state.sample(state, ip);
  }
  if (state.fuel != 0) {
    const uint32_t share =
        state.fuel < state.until_sample ? static_cast<uint32_t>(state.fuel) : state.until_sample;
    state.fuel -= share;
    state.until_sample -= share;
    budget += static_cast<int32_t>(share);
    if (budget >= 0) GO();
    goto refuel;
  }
  END(out_of_fuel);

wild:
  END(wild_access);

end:
  // What the loop did not use goes back; what it used too much was not there.
  if (budget < 0) {
    const uint64_t missing = static_cast<uint64_t>(-static_cast<int64_t>(budget));
    if (missing > state.fuel) {
      outcome = Outcome::out_of_fuel;
      state.fuel = 0;
    } else {
      state.fuel -= missing;
    }
  } else {
    give_back(state, budget);
  }
  return outcome;
}

}  // namespace jit
