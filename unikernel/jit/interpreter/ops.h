// The instructions of the interpreter, in families whose members differ in where their operands
// are.
//
// Code is an array of cells; the first of an instruction is the address of its handler. A frame is
// an array of 32-bit slots, and operands that are slots are byte offsets in the frame. Beside it
// there are three accumulators (of words, floats and doubles): most values are used once, by what
// follows, and never reach a slot. Under TCG and on real processors alike, an interpreter costs
// what it dispatches and moves, so the families fold operands, stores, addresses, and branches.
//
// In the names: a accumulator, s slot, c constant. The last letter of a result: a accumulator
// only, d also written to a slot.
#pragma once

#include <stdint.h>

// ---- words: A (accumulator or slot), B (slot or constant), result.
#define JIT_BINARY_FORMS(X, n) \
  X(n##_as_a) X(n##_as_d) X(n##_ac_a) X(n##_ac_d) X(n##_ss_a) X(n##_ss_d) X(n##_sc_a) X(n##_sc_d)

//      name   what the handler computes of a and b (uint32_t)
#define JIT_BINARY_OPS(X)                                             \
  X(add, a + b)                                                       \
  X(sub, a - b)                                                       \
  X(rsub, b - a)                                                      \
  X(mul, a* b)                                                        \
  X(and, a& b)                                                        \
  X(or, a | b)                                                        \
  X(xor, a ^ b)                                                       \
  X(shl, a << (b & 31))                                               \
  X(lshr, a >> (b & 31))                                              \
  X(ashr, static_cast<uint32_t>(static_cast<int32_t>(a) >> (b & 31))) \
  X(rotl, rotate_left(a, b))                                          \
  X(sext, sign_extend(a, b))                                          \
  X(umin, a < b ? a : b)                                              \
  X(umax, a > b ? a : b)                                              \
  X(smin, signed_of(a) < signed_of(b) ? a : b)                        \
  X(smax, signed_of(a) > signed_of(b) ? a : b)                        \
  JIT_COMPARISONS(X)

/// In the order of Predicate from eq on.
#define JIT_COMPARISONS(X)             \
  X(eq, a == b)                        \
  X(ne, a != b)                        \
  X(ugt, a > b)                        \
  X(uge, a >= b)                       \
  X(ult, a < b)                        \
  X(ule, a <= b)                       \
  X(sgt, signed_of(a) > signed_of(b))  \
  X(sge, signed_of(a) >= signed_of(b)) \
  X(slt, signed_of(a) < signed_of(b))  \
  X(sle, signed_of(a) <= signed_of(b))

// ---- A compared with B, and a jump where it holds. Cells: operands, target, fuel.
#define JIT_BRANCH_FORMS(X, n) X(jump_##n##_as) X(jump_##n##_ac) X(jump_##n##_ss) X(jump_##n##_sc)

// ---- words: one operand.
#define JIT_UNARY_FORMS(X, n) X(n##_a_a) X(n##_a_d) X(n##_s_a) X(n##_s_d)
#define JIT_UNARY_OPS(X)                                         \
  X(copy, a)                                                     \
  X(is_zero, a == 0)                                             \
  X(sext8, static_cast<uint32_t>(static_cast<int8_t>(a)))        \
  X(sext16, static_cast<uint32_t>(static_cast<int16_t>(a)))      \
  X(bswap, __builtin_bswap32(a))                                 \
  X(clz, a == 0 ? 32U : static_cast<uint32_t>(__builtin_clz(a))) \
  X(ctz, a == 0 ? 32U : static_cast<uint32_t>(__builtin_ctz(a))) \
  X(popcount, count_bits(a))                                     \
  X(abs, signed_of(a) < 0 ? 0 - a : a)

// ---- addresses. A load or store forms one of (offset is a constant, scale the size of the
// access):
//   c    offset                    s    slot + offset            a    accumulator + offset
//   sx   slot + slot*scale + offset             ax   slot + accumulator*scale + offset
//   x    slot*scale + offset                    ac   accumulator*scale + offset
#define JIT_LOAD_FORMS(X, n) \
  X(n##_c_a)                 \
  X(n##_c_d)                 \
  X(n##_s_a)                 \
  X(n##_s_d)                 \
  X(n##_a_a)                 \
  X(n##_a_d)                 \
  X(n##_sx_a) X(n##_sx_d) X(n##_ax_a) X(n##_ax_d) X(n##_x_a) X(n##_x_d) X(n##_ac_a) X(n##_ac_d)
/// What is stored: accumulator, slot, or constant; at an address without accumulator.
#define JIT_STORE_FORMS(X, n) \
  X(n##_a_c)                  \
  X(n##_a_s)                  \
  X(n##_a_sx)                 \
  X(n##_a_x)                  \
  X(n##_s_c) X(n##_s_s) X(n##_s_sx) X(n##_s_x) X(n##_c_c) X(n##_c_s) X(n##_c_sx) X(n##_c_x)
#define JIT_REAL_STORE_FORMS(X, n) \
  X(n##_a_c) X(n##_a_s) X(n##_a_sx) X(n##_a_x) X(n##_s_c) X(n##_s_s) X(n##_s_sx) X(n##_s_x)
/// Of values that are never in an accumulator: to a slot, from a slot.
#define JIT_WIDE_LOAD_FORMS(X, n) X(n##_c) X(n##_s) X(n##_a) X(n##_sx) X(n##_ax) X(n##_x) X(n##_ac)
#define JIT_WIDE_STORE_FORMS(X, n) X(n##_c) X(n##_s) X(n##_sx) X(n##_x)

//      name     in memory  in the accumulator of words
#define JIT_WORD_LOADS(X)                    \
  X(load8, uint8_t, static_cast<uint32_t>)   \
  X(load8s, int8_t, static_cast<uint32_t>)   \
  X(load16, uint16_t, static_cast<uint32_t>) \
  X(load16s, int16_t, static_cast<uint32_t>) \
  X(load32, uint32_t, static_cast<uint32_t>)
#define JIT_WORD_STORES(X) X(store8, uint8_t) X(store16, uint16_t) X(store32, uint32_t)

// ---- floats and doubles.
/// sa: A in a slot, B in the accumulator.
#define JIT_REAL_FORMS(X, n) X(n##_as_a) X(n##_as_d) X(n##_sa_a) X(n##_sa_d) X(n##_ss_a) X(n##_ss_d)
#define JIT_REAL_OPS(X) X(fadd, a + b) X(fsub, a - b) X(fmul, a* b) X(fdiv, a / b)
#define JIT_REAL_UNARY_OPS(X) X(fcopy, a) X(fneg, negated(a)) X(fabs, absolute(a)) X(fsqrt, root(a))
/// Comparisons give a word. The others are these with operands exchanged or the answer negated.
#define JIT_REAL_COMPARISONS(X) \
  X(foeq, a == b)               \
  X(folt, a < b)                \
  X(fole, a <= b)               \
  X(fone, a < b || b < a)       \
  X(ford, !(a != a) && !(b != b))
#define JIT_REAL_COMPARE_FORMS(X, n) X(n##_as) X(n##_sa) X(n##_ss)

// ---- all of them, in this order.
#define JIT_OPS_OF_BINARY(n, expression) JIT_BINARY_FORMS(JIT_OP, n)
#define JIT_OPS_OF_JUMP(n, expression) JIT_BRANCH_FORMS(JIT_OP, n)
#define JIT_OPS_OF_UNARY(n, expression) JIT_UNARY_FORMS(JIT_OP, n)
#define JIT_OPS_OF_LOAD(n, type, cast) JIT_LOAD_FORMS(JIT_OP, n)
#define JIT_OPS_OF_STORE(n, type) JIT_STORE_FORMS(JIT_OP, n)
#define JIT_OPS_OF_REAL32(n, expression) JIT_REAL_FORMS(JIT_OP, n##32)
#define JIT_OPS_OF_REAL64(n, expression) JIT_REAL_FORMS(JIT_OP, n##64)
#define JIT_OPS_OF_UNARY32(n, expression) JIT_UNARY_FORMS(JIT_OP, n##32)
#define JIT_OPS_OF_UNARY64(n, expression) JIT_UNARY_FORMS(JIT_OP, n##64)
#define JIT_OPS_OF_COMPARE32(n, expression) JIT_REAL_COMPARE_FORMS(JIT_OP, n##32)
#define JIT_OPS_OF_COMPARE64(n, expression) JIT_REAL_COMPARE_FORMS(JIT_OP, n##64)

/// Conversions between accumulators; the source is an accumulator or a slot.
//      name       from      to
#define JIT_CONVERSIONS(X)                                                  \
  X(sint_to_f32, word, single, static_cast<float>(static_cast<int32_t>(a))) \
  X(uint_to_f32, word, single, static_cast<float>(a))                       \
  X(sint_to_f64, word, real, static_cast<double>(static_cast<int32_t>(a)))  \
  X(uint_to_f64, word, real, static_cast<double>(a))                        \
  X(f32_to_sint, single, word, static_cast<uint32_t>(to_signed(a)))         \
  X(f64_to_sint, real, word, static_cast<uint32_t>(to_signed(a)))           \
  X(f32_to_uint, single, word, to_unsigned(a))                              \
  X(f64_to_uint, real, word, to_unsigned(a))                                \
  X(f32_to_f64, single, real, static_cast<double>(a))                       \
  X(f64_to_f32, real, single, static_cast<float>(a))                        \
  X(f32_to_bits, single, word, bits_of(a))                                  \
  X(bits_to_f32, word, single, float_of(a))
#define JIT_OPS_OF_CONVERSION(n, from, to, expression) JIT_UNARY_FORMS(JIT_OP, n)

/// Values of two slots (i64), by slots alone.
#define JIT_PAIR_OPS(X)   \
  X(add64, a + b)         \
  X(sub64, a - b)         \
  X(mul64, a* b)          \
  X(and64, a& b)          \
  X(or64, a | b)          \
  X(xor64, a ^ b)         \
  X(shl64, a << (b & 63)) \
  X(lshr64, a >> (b & 63)) X(ashr64, static_cast<uint64_t>(static_cast<int64_t>(a) >> (b & 63)))
/// Their comparisons leave a word in the accumulator.
#define JIT_PAIR_COMPARISONS(X)                               \
  X(eq64, a == b)                                             \
  X(ult64, a < b)                                             \
  X(ule64, a <= b)                                            \
  X(slt64, static_cast<int64_t>(a) < static_cast<int64_t>(b)) \
  X(sle64, static_cast<int64_t>(a) <= static_cast<int64_t>(b))
#define JIT_OPS_OF_PAIR(n, expression) JIT_OP(n)

/// Four floats, by slots alone.
#define JIT_LANE_OPS(X) X(add4, a + b) X(sub4, a - b) X(mul4, a* b) X(div4, a / b)

/// Vectors of 128 bits, by slots alone: A, B, result. Expressions of SSE2 (Intel SDM volume 2).
// clang-format off
#define JIT_VECTOR_OPS(X)                   \
  X(vadd8, _mm_add_epi8(a, b))              \
  X(vadd16, _mm_add_epi16(a, b))            \
  X(vadd32, _mm_add_epi32(a, b))            \
  X(vadd64, _mm_add_epi64(a, b))            \
  X(vsub8, _mm_sub_epi8(a, b))              \
  X(vsub16, _mm_sub_epi16(a, b))            \
  X(vsub32, _mm_sub_epi32(a, b))            \
  X(vsub64, _mm_sub_epi64(a, b))            \
  X(vmul16, _mm_mullo_epi16(a, b))          \
  X(vand, _mm_and_si128(a, b))              \
  X(vor, _mm_or_si128(a, b))                \
  X(vxor, _mm_xor_si128(a, b))              \
  X(pmaddwd, _mm_madd_epi16(a, b))          \
  X(packssdw, _mm_packs_epi32(a, b))        \
  X(minps, _mm_castps_si128(_mm_min_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b)))) \
  X(maxps, _mm_castps_si128(_mm_max_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b))))
/// A, number, result.
#define JIT_VECTOR_SHIFTS(X)                \
  X(vshl16, _mm_sll_epi16(a, n))            \
  X(vshl32, _mm_sll_epi32(a, n))            \
  X(vshl64, _mm_sll_epi64(a, n))            \
  X(vlshr16, _mm_srl_epi16(a, n))           \
  X(vlshr32, _mm_srl_epi32(a, n))           \
  X(vlshr64, _mm_srl_epi64(a, n))           \
  X(vashr16, _mm_sra_epi16(a, n))           \
  X(vashr32, _mm_sra_epi32(a, n))
/// A, result.
#define JIT_VECTOR_UNARY_OPS(X)             \
  X(cvtps2dq, _mm_cvtps_epi32(_mm_castsi128_ps(a)))                    \
  X(cvtdq2ps, _mm_castps_si128(_mm_cvtepi32_ps(a)))                    \
  X(vabs32, _mm_and_si128(a, _mm_set1_epi32(0x7FFF'FFFF)))

#define JIT_OTHER_OPS(X)                                                              \
  X(put_constant) X(put_pair) X(put_many) X(copy_pair) X(copy_quad) X(copy_many)      \
  X(shuffle2) X(shuffle4)                                                             \
  X(move_constant) X(choose_word) X(choose_many)                                      \
  X(udiv) X(sdiv) X(urem) X(srem)                                                     \
  X(zext_pair) X(sext_pair)                                                           \
  X(jump) X(jump_if) X(jump_unless) X(charge) X(table) X(search)                      \
  X(call) X(call_indirect) X(call_import) X(compile) X(native) X(replaced)            \
  X(return_value) X(return_slot) X(return_constant) X(return_many)                    \
  X(enter) X(leave) X(helper) X(trap) X(finish)
// clang-format on

#define JIT_ALL_OPS                          \
  JIT_BINARY_OPS(JIT_OPS_OF_BINARY)          \
  JIT_COMPARISONS(JIT_OPS_OF_JUMP)           \
  JIT_UNARY_OPS(JIT_OPS_OF_UNARY)            \
  JIT_WORD_LOADS(JIT_OPS_OF_LOAD)            \
  JIT_LOAD_FORMS(JIT_OP, load_f32)           \
  JIT_LOAD_FORMS(JIT_OP, load_f64)           \
  JIT_WIDE_LOAD_FORMS(JIT_OP, load_pair)     \
  JIT_WIDE_LOAD_FORMS(JIT_OP, load_quad)     \
  JIT_WORD_STORES(JIT_OPS_OF_STORE)          \
  JIT_REAL_STORE_FORMS(JIT_OP, store_f32)    \
  JIT_REAL_STORE_FORMS(JIT_OP, store_f64)    \
  JIT_WIDE_STORE_FORMS(JIT_OP, store_pair)   \
  JIT_WIDE_STORE_FORMS(JIT_OP, store_quad)   \
  JIT_REAL_OPS(JIT_OPS_OF_REAL32)            \
  JIT_REAL_OPS(JIT_OPS_OF_REAL64)            \
  JIT_REAL_UNARY_OPS(JIT_OPS_OF_UNARY32)     \
  JIT_REAL_UNARY_OPS(JIT_OPS_OF_UNARY64)     \
  JIT_REAL_COMPARISONS(JIT_OPS_OF_COMPARE32) \
  JIT_REAL_COMPARISONS(JIT_OPS_OF_COMPARE64) \
  JIT_CONVERSIONS(JIT_OPS_OF_CONVERSION)     \
  JIT_PAIR_OPS(JIT_OPS_OF_PAIR)              \
  JIT_PAIR_COMPARISONS(JIT_OPS_OF_PAIR)      \
  JIT_LANE_OPS(JIT_OPS_OF_PAIR)              \
  JIT_VECTOR_OPS(JIT_OPS_OF_PAIR)            \
  JIT_VECTOR_SHIFTS(JIT_OPS_OF_PAIR)         \
  JIT_VECTOR_UNARY_OPS(JIT_OPS_OF_PAIR)      \
  JIT_OTHER_OPS(JIT_OP)

namespace jit {

enum class Op : uint16_t {
#define JIT_OP(name) name##_,
  JIT_ALL_OPS
#undef JIT_OP
      kCount,
};

/// A member of a family: its forms stand one behind the other.
constexpr Op member(Op family, uint32_t form) {
  return static_cast<Op>(static_cast<uint32_t>(family) + form);
}

// Forms within a family, in the order of the macros above. Where a result may also go to a slot,
// the next one does that.
namespace binary_form {
constexpr uint32_t kAccSlot = 0, kAccConstant = 2, kSlotSlot = 4, kSlotConstant = 6, kCount = 8;
}
namespace jump_form {
constexpr uint32_t kAccSlot = 0, kAccConstant = 1, kSlotSlot = 2, kSlotConstant = 3, kCount = 4;
}
namespace unary_form {
constexpr uint32_t kAcc = 0, kSlot = 2;
}
namespace real_form {
constexpr uint32_t kAccSlot = 0, kSlotAcc = 2, kSlotSlot = 4;
}
namespace compare_form {
constexpr uint32_t kAccSlot = 0, kSlotAcc = 1, kSlotSlot = 2;
}
namespace store_form {  // + the kind of the address
constexpr uint32_t kAcc = 0, kSlot = 4, kConstant = 8;
}

// Comparisons, as JIT_COMPARISONS has them: of exchanged operands, and with the opposite answer.
constexpr uint8_t kExchanged[] = {0, 1, 4, 5, 2, 3, 8, 9, 6, 7};
constexpr uint8_t kOpposite[] = {1, 0, 5, 4, 3, 2, 9, 8, 7, 6};

}  // namespace jit
