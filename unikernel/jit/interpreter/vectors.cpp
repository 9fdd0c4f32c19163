// Vectors for which there are handlers: of 128 bits, or of lanes that scalar handlers compute.
#include "interpreter/lowering.h"

namespace jit {
namespace {

/// Of 8, 16, 32 and 64 bits; helper_ where there is none.
struct Row {
  BinaryOp op;
  Op by_width[4];
};
constexpr Op kNo = Op::helper_;
constexpr Row kBinary[] = {
    {BinaryOp::add, {Op::vadd8_, Op::vadd16_, Op::vadd32_, Op::vadd64_}},
    {BinaryOp::sub, {Op::vsub8_, Op::vsub16_, Op::vsub32_, Op::vsub64_}},
    {BinaryOp::mul, {kNo, Op::vmul16_, kNo, kNo}},
    {BinaryOp::and_, {Op::vand_, Op::vand_, Op::vand_, Op::vand_}},
    {BinaryOp::or_, {Op::vor_, Op::vor_, Op::vor_, Op::vor_}},
    {BinaryOp::xor_, {Op::vxor_, Op::vxor_, Op::vxor_, Op::vxor_}},
    {BinaryOp::fadd, {kNo, kNo, Op::add4_, kNo}},
    {BinaryOp::fsub, {kNo, kNo, Op::sub4_, kNo}},
    {BinaryOp::fmul, {kNo, kNo, Op::mul4_, kNo}},
    {BinaryOp::fdiv, {kNo, kNo, Op::div4_, kNo}},
};
/// By a number that is the same for all lanes.
constexpr Row kShifts[] = {
    {BinaryOp::shl, {kNo, Op::vshl16_, Op::vshl32_, Op::vshl64_}},
    {BinaryOp::lshr, {kNo, Op::vlshr16_, Op::vlshr32_, Op::vlshr64_}},
    {BinaryOp::ashr, {kNo, Op::vashr16_, Op::vashr32_, kNo}},
};
/// Lane by lane, slots with slots.
struct LaneRow {
  BinaryOp op;
  Op word, single, real;
};
constexpr LaneRow kLanes[] = {
    {BinaryOp::add, Op::add_ss_d_, kNo, kNo},
    {BinaryOp::sub, Op::sub_ss_d_, kNo, kNo},
    {BinaryOp::mul, Op::mul_ss_d_, kNo, kNo},
    {BinaryOp::and_, Op::and_ss_d_, kNo, kNo},
    {BinaryOp::or_, Op::or_ss_d_, kNo, kNo},
    {BinaryOp::xor_, Op::xor_ss_d_, kNo, kNo},
    {BinaryOp::shl, Op::shl_ss_d_, kNo, kNo},
    {BinaryOp::lshr, Op::lshr_ss_d_, kNo, kNo},
    {BinaryOp::ashr, Op::ashr_ss_d_, kNo, kNo},
    {BinaryOp::fadd, kNo, Op::fadd32_ss_d_, Op::fadd64_ss_d_},
    {BinaryOp::fsub, kNo, Op::fsub32_ss_d_, Op::fsub64_ss_d_},
    {BinaryOp::fmul, kNo, Op::fmul32_ss_d_, Op::fmul64_ss_d_},
    {BinaryOp::fdiv, kNo, Op::fdiv32_ss_d_, Op::fdiv64_ss_d_},
};

Op find_row(Span<const Row> rows, BinaryOp op, uint32_t lane) {
  for (const Row& row : rows) {
    if (row.op == op) return row.by_width[lane == 1 ? 0 : lane == 2 ? 1 : lane == 4 ? 2 : 3];
  }
  return kNo;
}

}  // namespace

/// A constant whose lanes are all the same, of up to 64 lanes; not of i1.
bool Lowering::splat(ValueId id, uint32_t& value) const {
  const Type& of = type(type_of(id));
  const uint32_t lane = lane_bytes(type(of.first));
  const uint32_t slots = slots_of(module_, type_of(id));
  uint32_t words[256] = {};
  if (!constants_.is_constant(id) || slots > 256 || !constants_.slots(id, words)) return false;
  const auto* const bytes = reinterpret_cast<const uint8_t*>(words);
  value = 0;
  for (uint32_t i = 0; i < of.count * lane; ++i) {
    if (bytes[i] != bytes[i % lane]) return false;
    if (i < lane && i < 4) value |= static_cast<uint32_t>(bytes[i]) << (8 * i);
  }
  return value < lane * 8;  // a shift by more is not defined
}

/// false: nothing was emitted.
bool Lowering::vector_binary(const Instruction& i, uint32_t to) {
  const Type& what = type(i.type);
  const Type& element = type(what.first);
  const uint32_t lane = lane_bytes(element);
  const auto op = static_cast<BinaryOp>(i.code);
  if (element.kind == TypeKind::integer && element.count != lane * 8) return false;  // of i1
  if (what.count * lane == 16) {
    uint32_t amount = 0;
    const Op shift = find_row({kShifts, sizeof kShifts / sizeof *kShifts}, op, lane);
    if (shift != kNo && splat(operand(i, 1), amount)) {
      assembler_.emit(shift, slot_of(operand(i, 0)), amount, to);
      return true;
    }
    const Op direct = find_row({kBinary, sizeof kBinary / sizeof *kBinary}, op, lane);
    if (direct != kNo && (is_floating(op) == (element.kind == TypeKind::float_type))) {
      const uint32_t a = slot_of(operand(i, 0)), b = slot_of(operand(i, 1));
      assembler_.emit(direct, a, b, to);
      return true;
    }
  }
  if (what.count > 8) return false;
  for (const LaneRow& row : kLanes) {
    if (row.op != op) continue;
    const Form form = form_of(element);
    const Op one = form == Form::word && lane == 4 ? row.word
                   : form == Form::single          ? row.single
                   : form == Form::real            ? row.real
                                                   : kNo;
    if (one == kNo) return false;
    const uint32_t a = slot_of(operand(i, 0)), b = slot_of(operand(i, 1));
    for (uint32_t k = 0; k < what.count; ++k) {
      assembler_.emit(one, a + k * lane, b + k * lane, to + k * lane);
    }
    forget();
    return true;
  }
  return false;
}

/// Of lanes of 4 or 8 bytes, to 8 or 16: the words, one by one.
bool Lowering::vector_shuffle(const Instruction& i, uint32_t to, uint32_t a, uint32_t b,
                              const uint32_t* mask) {
  const Type& result = type(i.type);
  const uint32_t of = type(type_of(operand(i, 0))).count;
  const uint32_t lane = lane_bytes(type(result.first));
  const uint32_t bytes = lane * result.count;
  if (lane < 4 || (bytes != 8 && bytes != 16)) return false;
  assembler_.op(bytes == 8 ? Op::shuffle2_ : Op::shuffle4_);
  for (uint32_t k = 0; k < result.count; ++k) {
    const uint32_t from = mask[k];
    const uint32_t slot = from < of       ? a + from * lane
                          : from < 2 * of ? b + (from - of) * lane
                                          : a;  // any
    for (uint32_t word = 0; word < lane; word += 4) assembler_.cell(slot + word);
  }
  assembler_.cell(to);
  return true;
}

}  // namespace jit
