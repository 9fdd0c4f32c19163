// Operations of the IR, and what the operands of each are. Meanings: LLVM Language Reference 19.
#pragma once

#include <stdint.h>

namespace jit {

enum class Opcode : uint8_t {
  // operands                                           code
  binary,            // a, b                            BinaryOp
  negate,            // a: fneg, the only unary operator
  cast,              // a                               CastOp
  compare,           // a, b                            Predicate
  select,            // condition (i1, or a vector of it), if true, if false
  freeze,            // a
  extract_element,   // vector, index
  insert_element,    // vector, element, index
  shuffle,           // a, b, mask (a constant)
  extract_value,     // aggregate, then indices as numbers
  insert_value,      // aggregate, element, then indices as numbers
  alloca,            // number of elements (a value)
  load,              // address
  store,             // address, value
  getelementptr,     // base, indices (values)
  fence,             // none: one processor
  compare_exchange,  // address, expected, replacement; the result is {value, i1}
  atomic_update,     // address, value                  AtomicOp; the result is the old value
  va_arg,            // never accepted: clang lowers it
  phi,               // pairs: value, BlockId
  call,              // callee, then arguments
  // Terminators.
  branch,          // BlockId
  branch_if,       // condition, BlockId if true, BlockId if false
  switch_on,       // value, default BlockId, then pairs: value (a constant), BlockId
  branch_address,  // address, BlockId if it is no label's, then pairs: a label's address (a plain
                   // number, kLabelBase + BlockId where clang made it), BlockId
  return_value,    // none, or a value
  unreachable,
};

/// The address of a block, `&&label`, which only branch_address understands: no memory is there.
constexpr uint32_t kLabelBase = 0xFF80'0000;
constexpr uint32_t kMaxLabel = 0x003F'FFFF;

constexpr bool is_terminator(Opcode op) { return op >= Opcode::branch; }

enum class BinaryOp : uint8_t {
  add,
  sub,
  mul,
  udiv,
  sdiv,
  urem,
  srem,
  shl,
  lshr,
  ashr,
  and_,
  or_,
  xor_,  // integers
  fadd,
  fsub,
  fmul,
  fdiv,
  frem,
};
constexpr bool is_floating(BinaryOp op) { return op >= BinaryOp::fadd; }
constexpr bool is_shift(BinaryOp op) { return op >= BinaryOp::shl && op <= BinaryOp::ashr; }

enum class CastOp : uint8_t {
  trunc,
  zext,
  sext,
  fptoui,
  fptosi,
  uitofp,
  sitofp,
  fptrunc,
  fpext,
  ptrtoint,
  inttoptr,
  bitcast,
};

/// In LLVM's numbering (CmpInst::Predicate).
enum class Predicate : uint8_t {
  fcmp_false = 0,
  fcmp_oeq,
  fcmp_ogt,
  fcmp_oge,
  fcmp_olt,
  fcmp_ole,
  fcmp_one,
  fcmp_ord,
  fcmp_uno,
  fcmp_ueq,
  fcmp_ugt,
  fcmp_uge,
  fcmp_ult,
  fcmp_ule,
  fcmp_une,
  fcmp_true,
  eq = 32,
  ne,
  ugt,
  uge,
  ult,
  ule,
  sgt,
  sge,
  slt,
  sle,
};

/// In LLVM's numbering (AtomicRMWInst::BinOp).
enum class AtomicOp : uint8_t { xchg = 0, add, sub, and_, nand, or_, xor_, max, min, umax, umin };

// Flags of an instruction. Those of poison (nsw, nuw, exact, inbounds, fast-math) allow an
// optimizer more and oblige nobody; they are kept for the compiler.
constexpr uint16_t kFlagNuw = 1 << 0;
constexpr uint16_t kFlagNsw = 1 << 1;
constexpr uint16_t kFlagExact = 1 << 2;
constexpr uint16_t kFlagInbounds = 1 << 3;
constexpr uint16_t kFlagVolatile = 1 << 4;
constexpr uint16_t kFlagAtomic = 1 << 5;
constexpr uint16_t kFlagTail = 1 << 6;      // tail, a hint
constexpr uint16_t kFlagMustTail = 1 << 7;  // refused by the verifier
constexpr uint16_t kFlagFastMath = 1 << 8;  // any of them
constexpr uint16_t kFlagNneg = 1 << 9;
// Of an `or`; of an addition, that it is one place of those that a loop goes through, and not the
// next turn's.
constexpr uint16_t kFlagDisjoint = 1 << 10;

/// Functions that the IR itself knows, by name: ir/intrinsics.h.
enum class Intrinsic : uint8_t {
  none,
  unknown,  // llvm.* that is not known: a call of it is refused
  // Nothing to do.
  nothing,
  assume,
  // A value that is known, or one of the arguments.
  expect,
  is_constant,
  objectsize,
  launder,
  invariant_start,
  frameaddress,
  returnaddress,
  // Memory.
  memcpy,
  memmove,
  memset,
  stacksave,
  stackrestore,
  va_start,
  va_end,
  va_copy,
  trap,
  // Integers.
  smin,
  smax,
  umin,
  umax,
  abs,
  ctlz,
  cttz,
  ctpop,
  bswap,
  bitreverse,
  fshl,
  fshr,
  uadd_sat,
  usub_sat,
  sadd_sat,
  ssub_sat,
  ushl_sat,
  sshl_sat,
  uadd_overflow,
  usub_overflow,
  umul_overflow,
  sadd_overflow,
  ssub_overflow,
  smul_overflow,
  ucmp,
  scmp,
  // Floating point.
  fabs,
  sqrt,
  copysign,
  fmuladd,
  fma,
  minnum,
  maxnum,
  floor,
  ceil,
  trunc,
  rint,
  nearbyint,
  round,
  is_fpclass,
  // Vectors.
  reduce_add,
  reduce_mul,
  reduce_and,
  reduce_or,
  reduce_xor,
  reduce_smax,
  reduce_smin,
  reduce_umax,
  reduce_umin,
  reduce_fadd,
  reduce_fmul,
  // SSE2.
  x86_pmadd_wd,
  x86_cvtps2dq,
  x86_packssdw,
  x86_packsswb,
  x86_packuswb,
  x86_min_ps,
  x86_max_ps,
  x86_min_ss,
  x86_max_ss,
  x86_movmsk_ps,
  x86_pmovmskb,
  x86_cmp_ps,
  x86_cmp_ss,
  x86_cvtss2si,
  x86_cvttss2si,
  x86_cvttps2dq,
  x86_pmulhw,
  x86_pmulhuw,
  x86_pmulu_dq,
  x86_psad_bw,
  x86_pause,
  x86_mfence,
};

}  // namespace jit
