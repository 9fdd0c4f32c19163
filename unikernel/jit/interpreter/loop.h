// The loop itself, over how memory is reached. Included where it is made, once for each way.
#pragma once

#include "interpreter/arithmetic.h"
#include "interpreter/execute.h"

// Labels as values, and computed goto: one indirect jump an instruction, and each its own.
#pragma clang diagnostic ignored "-Wgnu-label-as-value"
#pragma clang diagnostic ignored "-Wpedantic"

namespace jit {

template <class T>
struct [[gnu::packed, gnu::may_alias]] Unaligned {
  T value;
};

using Quad = float __attribute__((vector_size(16)));

/// Of a slot, which is aligned as words are.
template <class T>
struct Slot {
  typedef T type __attribute__((aligned(4), may_alias));
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
  constexpr int32_t kShare = 1 << 30;
  int32_t budget = 0;
  // In memory, by decree: of the registers that i386 has, frame, ip and acc need theirs all the
  // time.
  asm volatile("" : : "r"(&budget) : "memory");
  uint32_t acc = 0;
  float acc32 = 0;
  double acc64 = 0;
  Outcome outcome = Outcome::returned;

#define SLOT(k) slot_at<uint32_t>(frame, ip[k])
#define CONSTANT(k) static_cast<uint32_t>(ip[k])
// The frame is held in a register: where everything needs it, the compiler would rather spill it.
#define GO()                            \
  do {                                  \
    asm("" : "+r"(frame));              \
    goto* reinterpret_cast<void*>(*ip); \
  } while (false)
#define NEXT(n) \
  do {          \
    ip += (n);  \
    GO();       \
  } while (false)
#define TAKE(k)                                  \
  do {                                           \
    budget -= static_cast<int32_t>(ip[(k) + 1]); \
    ip = reinterpret_cast<const Cell*>(ip[k]);   \
    if (budget < 0) [[unlikely]]                 \
      goto refuel;                               \
    GO();                                        \
  } while (false)
#define END(why)            \
  do {                      \
    outcome = Outcome::why; \
    goto end;               \
  } while (false)
// NOLINTNEXTLINE(bugprone-macro-parentheses): a type
#define PLACE(T, address)                              \
  auto* const place = memory.template at<T>(address);  \
  if constexpr (!__is_same(Memory, UncheckedMemory)) { \
    if (place == nullptr) [[unlikely]]                 \
      goto wild;                                       \
  }

  GO();

  // What is written here is what the macros are given.
  // NOLINTBEGIN(bugprone-macro-parentheses,bugprone-signed-char-misuse)
  // ---- words
#define BINARY(n, expression)                    \
  n##_as_a : {                                   \
    const uint32_t a = acc, b = SLOT(1);         \
    acc = (expression);                          \
  }                                              \
  NEXT(2);                                       \
  n##_as_d : {                                   \
    const uint32_t a = acc, b = SLOT(1);         \
    acc = (expression);                          \
    SLOT(2) = acc;                               \
  }                                              \
  NEXT(3);                                       \
  n##_ac_a : {                                   \
    const uint32_t a = acc, b = CONSTANT(1);     \
    acc = (expression);                          \
  }                                              \
  NEXT(2);                                       \
  n##_ac_d : {                                   \
    const uint32_t a = acc, b = CONSTANT(1);     \
    acc = (expression);                          \
    SLOT(2) = acc;                               \
  }                                              \
  NEXT(3);                                       \
  n##_ss_a : {                                   \
    const uint32_t a = SLOT(1), b = SLOT(2);     \
    acc = (expression);                          \
  }                                              \
  NEXT(3);                                       \
  n##_ss_d : {                                   \
    const uint32_t a = SLOT(1), b = SLOT(2);     \
    acc = (expression);                          \
    SLOT(3) = acc;                               \
  }                                              \
  NEXT(4);                                       \
  n##_sc_a : {                                   \
    const uint32_t a = SLOT(1), b = CONSTANT(2); \
    acc = (expression);                          \
  }                                              \
  NEXT(3);                                       \
  n##_sc_d : {                                   \
    const uint32_t a = SLOT(1), b = CONSTANT(2); \
    acc = (expression);                          \
    SLOT(3) = acc;                               \
  }                                              \
  NEXT(4);
  JIT_BINARY_OPS(BINARY)

#define JUMP(n, expression)                      \
  jump_##n##_as : {                              \
    const uint32_t a = acc, b = SLOT(1);         \
    if (expression) TAKE(2);                     \
  }                                              \
  NEXT(4);                                       \
  jump_##n##_ac : {                              \
    const uint32_t a = acc, b = CONSTANT(1);     \
    if (expression) TAKE(2);                     \
  }                                              \
  NEXT(4);                                       \
  jump_##n##_ss : {                              \
    const uint32_t a = SLOT(1), b = SLOT(2);     \
    if (expression) TAKE(3);                     \
  }                                              \
  NEXT(5);                                       \
  jump_##n##_sc : {                              \
    const uint32_t a = SLOT(1), b = CONSTANT(2); \
    if (expression) TAKE(3);                     \
  }                                              \
  NEXT(5);
  JIT_COMPARISONS(JUMP)

#define UNARY_OF(n, T, A, expression)     \
  n##_a_a : {                             \
    const T a = A;                        \
    A = (expression);                     \
  }                                       \
  NEXT(1);                                \
  n##_a_d : {                             \
    const T a = A;                        \
    A = (expression);                     \
    slot_at<T>(frame, ip[1]) = A;         \
  }                                       \
  NEXT(2);                                \
  n##_s_a : {                             \
    const T a = slot_at<T>(frame, ip[1]); \
    A = (expression);                     \
  }                                       \
  NEXT(2);                                \
  n##_s_d : {                             \
    const T a = slot_at<T>(frame, ip[1]); \
    A = (expression);                     \
    slot_at<T>(frame, ip[2]) = A;         \
  }                                       \
  NEXT(3);
#define UNARY(n, expression) UNARY_OF(n, uint32_t, acc, expression)
  JIT_UNARY_OPS(UNARY)

  // ---- memory
#define LOAD_FORM(n, form, cells, address, T, A, R, cast)        \
  n##_##form##_a : { PLACE(T, address) A = cast(place->value); } \
  NEXT(cells);                                                   \
  n##_##form##_d : {                                             \
    PLACE(T, address) A = cast(place->value);                    \
    slot_at<R>(frame, ip[cells]) = A;                            \
  }                                                              \
  NEXT((cells) + 1);
#define LOADS(n, T, A, R, cast)                                                   \
  LOAD_FORM(n, c, 2, CONSTANT(1), T, A, R, cast)                                  \
  LOAD_FORM(n, s, 3, SLOT(1) + CONSTANT(2), T, A, R, cast)                        \
  LOAD_FORM(n, a, 2, acc + CONSTANT(1), T, A, R, cast)                            \
  LOAD_FORM(n, sx, 4, SLOT(1) + SLOT(2) * kScale<T> + CONSTANT(3), T, A, R, cast) \
  LOAD_FORM(n, ax, 3, SLOT(1) + acc * kScale<T> + CONSTANT(2), T, A, R, cast)     \
  LOAD_FORM(n, x, 3, SLOT(1) * kScale<T> + CONSTANT(2), T, A, R, cast)            \
  LOAD_FORM(n, ac, 2, acc* kScale<T> + CONSTANT(1), T, A, R, cast)
#define WORD_LOADS(n, T, cast) LOADS(n, T, acc, uint32_t, cast)
  JIT_WORD_LOADS(WORD_LOADS)
  LOADS(load_f32, float, acc32, float, static_cast<float>)
  LOADS(load_f64, double, acc64, double, static_cast<double>)

#define WIDE_LOAD(n, form, cells, address, T)                                     \
  n##_##form : { PLACE(T, address) slot_at<T>(frame, ip[cells]) = place->value; } \
  NEXT((cells) + 1);
#define WIDE_LOADS(n, T)                                              \
  WIDE_LOAD(n, c, 2, CONSTANT(1), T)                                  \
  WIDE_LOAD(n, s, 3, SLOT(1) + CONSTANT(2), T)                        \
  WIDE_LOAD(n, a, 2, acc + CONSTANT(1), T)                            \
  WIDE_LOAD(n, sx, 4, SLOT(1) + SLOT(2) * kScale<T> + CONSTANT(3), T) \
  WIDE_LOAD(n, ax, 3, SLOT(1) + acc * kScale<T> + CONSTANT(2), T)     \
  WIDE_LOAD(n, x, 3, SLOT(1) * kScale<T> + CONSTANT(2), T)            \
  WIDE_LOAD(n, ac, 2, acc* kScale<T> + CONSTANT(1), T)
  WIDE_LOADS(load_pair, uint64_t)
  WIDE_LOADS(load_quad, Quad)

  // What is stored stands behind the address.
#define STORE_FORM(n, what, form, cells, used, address, T, stored)             \
  n##what##form : { PLACE(T, address) place->value = static_cast<T>(stored); } \
  NEXT((cells) + (used));
#define STORES(n, what, used, T, stored)                                                      \
  STORE_FORM(n, what, c, 2, used, CONSTANT(1), T, stored(2))                                  \
  STORE_FORM(n, what, s, 3, used, SLOT(1) + CONSTANT(2), T, stored(3))                        \
  STORE_FORM(n, what, sx, 4, used, SLOT(1) + SLOT(2) * kScale<T> + CONSTANT(3), T, stored(4)) \
  STORE_FORM(n, what, x, 3, used, SLOT(1) * kScale<T> + CONSTANT(2), T, stored(3))
#define ACC(k) acc
#define ACC32(k) acc32
#define ACC64(k) acc64
#define SLOT32(k) slot_at<float>(frame, ip[k])
#define SLOT64(k) slot_at<double>(frame, ip[k])
#define SLOTPAIR(k) slot_at<uint64_t>(frame, ip[k])
#define WORD_STORES(n, T)    \
  STORES(n, _a_, 0, T, ACC)  \
  STORES(n, _s_, 1, T, SLOT) \
  STORES(n, _c_, 1, T, CONSTANT)
  JIT_WORD_STORES(WORD_STORES)
  STORES(store_f32, _a_, 0, float, ACC32)
  STORES(store_f32, _s_, 1, float, SLOT32)
  STORES(store_f64, _a_, 0, double, ACC64)
  STORES(store_f64, _s_, 1, double, SLOT64)
  STORES(store_pair, _, 1, uint64_t, SLOTPAIR)
#define SLOTQUAD(k) slot_at<Quad>(frame, ip[k])
  STORES(store_quad, _, 1, Quad, SLOTQUAD)

  // ---- floats and doubles
#define REAL(n, T, A, expression)                                       \
  n##_as_a : {                                                          \
    const T a = A, b = slot_at<T>(frame, ip[1]);                        \
    A = (expression);                                                   \
  }                                                                     \
  NEXT(2);                                                              \
  n##_as_d : {                                                          \
    const T a = A, b = slot_at<T>(frame, ip[1]);                        \
    A = (expression);                                                   \
    slot_at<T>(frame, ip[2]) = A;                                       \
  }                                                                     \
  NEXT(3);                                                              \
  n##_sa_a : {                                                          \
    const T b = A, a = slot_at<T>(frame, ip[1]);                        \
    A = (expression);                                                   \
  }                                                                     \
  NEXT(2);                                                              \
  n##_sa_d : {                                                          \
    const T b = A, a = slot_at<T>(frame, ip[1]);                        \
    A = (expression);                                                   \
    slot_at<T>(frame, ip[2]) = A;                                       \
  }                                                                     \
  NEXT(3);                                                              \
  n##_ss_a : {                                                          \
    const T a = slot_at<T>(frame, ip[1]), b = slot_at<T>(frame, ip[2]); \
    A = (expression);                                                   \
  }                                                                     \
  NEXT(3);                                                              \
  n##_ss_d : {                                                          \
    const T a = slot_at<T>(frame, ip[1]), b = slot_at<T>(frame, ip[2]); \
    A = (expression);                                                   \
    slot_at<T>(frame, ip[3]) = A;                                       \
  }                                                                     \
  NEXT(4);
#define REAL32(n, expression) REAL(n##32, float, acc32, expression)
#define REAL64(n, expression) REAL(n##64, double, acc64, expression)
  JIT_REAL_OPS(REAL32)
  JIT_REAL_OPS(REAL64)
#define UNARY32(n, expression) UNARY_OF(n##32, float, acc32, expression)
#define UNARY64(n, expression) UNARY_OF(n##64, double, acc64, expression)
  JIT_REAL_UNARY_OPS(UNARY32)
  JIT_REAL_UNARY_OPS(UNARY64)
#define COMPARE(n, T, A, expression)                                    \
  n##_as : {                                                            \
    const T a = A, b = slot_at<T>(frame, ip[1]);                        \
    acc = (expression);                                                 \
  }                                                                     \
  NEXT(2);                                                              \
  n##_sa : {                                                            \
    const T b = A, a = slot_at<T>(frame, ip[1]);                        \
    acc = (expression);                                                 \
  }                                                                     \
  NEXT(2);                                                              \
  n##_ss : {                                                            \
    const T a = slot_at<T>(frame, ip[1]), b = slot_at<T>(frame, ip[2]); \
    acc = (expression);                                                 \
  }                                                                     \
  NEXT(3);
#define COMPARE32(n, expression) COMPARE(n##32, float, acc32, expression)
#define COMPARE64(n, expression) COMPARE(n##64, double, acc64, expression)
  JIT_REAL_COMPARISONS(COMPARE32)
  JIT_REAL_COMPARISONS(COMPARE64)

#define TYPE_word uint32_t
#define TYPE_single float
#define TYPE_real double
#define ACC_word acc
#define ACC_single acc32
#define ACC_real acc64
#define CONVERT(n, from, to, expression)                      \
  n##_a_a : {                                                 \
    const TYPE_##from a = ACC_##from;                         \
    ACC_##to = (expression);                                  \
  }                                                           \
  NEXT(1);                                                    \
  n##_a_d : {                                                 \
    const TYPE_##from a = ACC_##from;                         \
    ACC_##to = (expression);                                  \
    slot_at<TYPE_##to>(frame, ip[1]) = ACC_##to;              \
  }                                                           \
  NEXT(2);                                                    \
  n##_s_a : {                                                 \
    const TYPE_##from a = slot_at<TYPE_##from>(frame, ip[1]); \
    ACC_##to = (expression);                                  \
  }                                                           \
  NEXT(2);                                                    \
  n##_s_d : {                                                 \
    const TYPE_##from a = slot_at<TYPE_##from>(frame, ip[1]); \
    ACC_##to = (expression);                                  \
    slot_at<TYPE_##to>(frame, ip[2]) = ACC_##to;              \
  }                                                           \
  NEXT(3);
  JIT_CONVERSIONS(CONVERT)

  // ---- pairs and quads: A, B, result
#define PAIR(n, expression)                          \
  n: {                                               \
    const uint64_t a = SLOTPAIR(1), b = SLOTPAIR(2); \
    SLOTPAIR(3) = (expression);                      \
  }                                                  \
  NEXT(4);
  JIT_PAIR_OPS(PAIR)
#define PAIR_COMPARE(n, expression)                  \
  n: {                                               \
    const uint64_t a = SLOTPAIR(1), b = SLOTPAIR(2); \
    acc = (expression);                              \
  }                                                  \
  NEXT(3);
  JIT_PAIR_COMPARISONS(PAIR_COMPARE)
#define LANES(n, expression)                     \
  n: {                                           \
    const Quad a = SLOTQUAD(1), b = SLOTQUAD(2); \
    SLOTQUAD(3) = (expression);                  \
  }                                              \
  NEXT(4);
  JIT_LANE_OPS(LANES)

  // ---- vectors of 128 bits
#define VECTOR_AT(k) reinterpret_cast<__m128i_u*>(reinterpret_cast<char*>(frame) + ip[k])
#define VECTOR(n, expression)                                                           \
  n: {                                                                                  \
    const __m128i a = _mm_loadu_si128(VECTOR_AT(1)), b = _mm_loadu_si128(VECTOR_AT(2)); \
    _mm_storeu_si128(VECTOR_AT(3), expression);                                         \
  }                                                                                     \
  NEXT(4);
  JIT_VECTOR_OPS(VECTOR)
#define VECTOR_SHIFT(o, expression)                               \
  o: {                                                            \
    const __m128i a = _mm_loadu_si128(VECTOR_AT(1));              \
    const __m128i n = _mm_cvtsi32_si128(static_cast<int>(ip[2])); \
    _mm_storeu_si128(VECTOR_AT(3), expression);                   \
  }                                                               \
  NEXT(4);
  JIT_VECTOR_SHIFTS(VECTOR_SHIFT)
#define VECTOR_UNARY(n, expression)                  \
  n: {                                               \
    const __m128i a = _mm_loadu_si128(VECTOR_AT(1)); \
    _mm_storeu_si128(VECTOR_AT(2), expression);      \
  }                                                  \
  NEXT(3);
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

  // NOLINTEND(bugprone-macro-parentheses,bugprone-signed-char-misuse)
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
  ip = entry->code;
  GO();
}
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
  if (state.fuel != 0) {
    const uint64_t share = state.fuel < kShare ? state.fuel : kShare;
    state.fuel -= share;
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
    state.fuel += static_cast<uint64_t>(budget);
  }
  return outcome;
}

}  // namespace jit
