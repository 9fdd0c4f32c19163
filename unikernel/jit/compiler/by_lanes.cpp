// Vectors that no SSE register holds as a whole, and operations of those that one does for which
// SSE2 has no instruction: one lane at a time, or as many as fit a register. Operands and result
// stand in the frame as the interpreter has them (interpreter/layout.h); what does not is put there
// first. Which instructions: here. Their code: lane_code.cpp, lane_moves.cpp.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

namespace {

bool is_word_sized(const Lanes& lanes) { return lanes.count != 0 && lanes.bytes <= 4; }

bool is_binary_by_lanes(BinaryOp which, const Lanes& l, bool constant_amounts) {
  switch (which) {
    case BinaryOp::add:
    case BinaryOp::sub:
      return l.bits > 1;
    case BinaryOp::mul:
      return l.bits > 1 && l.bytes <= 4;
    case BinaryOp::shl:
    case BinaryOp::lshr:
    case BinaryOp::ashr:
      return l.bits > 1 && l.bytes <= 4 && constant_amounts;
    case BinaryOp::and_:
    case BinaryOp::or_:
    case BinaryOp::xor_:
    case BinaryOp::fadd:
    case BinaryOp::fsub:
    case BinaryOp::fmul:
    case BinaryOp::fdiv:
      return true;
    default:
      return false;
  }
}

bool is_cast_by_lanes(CastOp which, const Lanes& from, const Lanes& to) {
  switch (which) {
    case CastOp::trunc:
    case CastOp::zext:
    case CastOp::sext:
    case CastOp::ptrtoint:
    case CastOp::inttoptr:
      return is_word_sized(from) && is_word_sized(to);
    case CastOp::sitofp:
      return is_word_sized(from) && from.bits > 1;
    case CastOp::uitofp:
      return from.bytes <= 2;
    case CastOp::fptosi:
      return is_word_sized(to) && to.bits > 1;
    case CastOp::fptoui:
      return to.bytes <= 2 && to.bits > 1;
    case CastOp::fpext:
    case CastOp::fptrunc:
      return true;
    default:
      return false;
  }
}

}  // namespace

/// The same bytes, or the bits of a mask.
bool Generator::is_bitcast_by_lanes(const Instruction& i) const {
  const Lanes from = lanes_of(module_, type_of(operand(i, 0))), to = lanes_of(module_, i.type);
  const auto whole = [&](TypeId id, const Lanes& lanes) {
    if (lanes.count != 0) return lanes.bits > 1 && lanes.size() % 4 == 0;
    const PartKind what = part_kind(module_, id);
    return what == PartKind::single || what == PartKind::real ||
           (what == PartKind::word && word_bits(type(id)) == 32) ||
           (what == PartKind::pair && type(id).count == 64);
  };
  if (whole(type_of(operand(i, 0)), from) && whole(i.type, to)) return true;
  if (from.bits == 1) return to.count == 0 && part_kind(module_, i.type) == PartKind::word;
  return to.bits == 1 && from.count == 0 && kind(operand(i, 0)) == PartKind::word;
}

/// Operand `k` of `i`, which puts in or takes out a lane, is the number of one.
bool Generator::is_lane_number(const Instruction& i, uint32_t k) const {
  uint32_t words[2] = {};
  return constants_.is_constant(operand(i, k)) && constants_.slots(operand(i, k), words) &&
         words[1] == 0 && words[0] < lanes_of(module_, type_of(operand(i, 0))).count;
}

/// Whether this file makes its code. Asked of what has none otherwise.
bool Generator::is_by_lanes(const Instruction& i) const {
  const Lanes to = i.type == kNone ? Lanes{} : lanes_of(module_, i.type);
  const auto lanes = [&](uint32_t k) { return lanes_of(module_, type_of(operand(i, k))); };
  uint32_t words[kMaxLaneSlots] = {};
  switch (i.op) {
    case Opcode::binary:
      return to.count != 0 && to.size() <= kMaxLaneSlots * 4 &&
             is_binary_by_lanes(
                 static_cast<BinaryOp>(i.code), to,
                 constants_.is_constant(operand(i, 1)) && constants_.slots(operand(i, 1), words));
    case Opcode::negate:
    case Opcode::freeze:
      return to.count != 0;
    case Opcode::cast: {
      const auto which = static_cast<CastOp>(i.code);
      if (which == CastOp::bitcast) return is_bitcast_by_lanes(i);
      return to.count != 0 && lanes(0).count != 0 && is_cast_by_lanes(which, lanes(0), to);
    }
    case Opcode::compare: {
      const Lanes of = lanes(0);
      const bool is_signed = static_cast<Predicate>(i.code) >= Predicate::sgt;
      return of.count != 0 && (of.real || (of.bytes <= 4 && !(of.bits == 1 && is_signed)));
    }
    case Opcode::select:
      return to.count != 0 && lanes(0).count == to.count;
    case Opcode::shuffle: {
      const Lanes mask = lanes(2);
      return to.count != 0 && lanes(0).count != 0 && mask.count <= kMaxLaneSlots &&
             constants_.is_constant(operand(i, 2)) && constants_.slots(operand(i, 2), words);
    }
    case Opcode::insert_element:
      // Where the index is computed: there is no register for it beside a byte that is put there.
      return to.count != 0 &&
             (is_lane_number(i, 2) || (kind(operand(i, 2)) == PartKind::word && to.bytes >= 4));
    case Opcode::extract_element:
      return lanes(0).count != 0 && (is_lane_number(i, 1) || kind(operand(i, 1)) == PartKind::word);
    case Opcode::call:
      return is_intrinsic_by_lanes(i);
    default:
      return false;
  }
}

bool Generator::is_intrinsic_by_lanes(const Instruction& i) const {
  if (i.type == kNone || i.count < 2) return false;
  const Lanes to = lanes_of(module_, i.type), of = lanes_of(module_, type_of(operand(i, 1)));
  switch (intrinsic_of_call(module_, body_, i)) {
    case Intrinsic::reduce_and:
    case Intrinsic::reduce_or:
    case Intrinsic::reduce_xor:
      return is_word_sized(of) && !of.real;
    case Intrinsic::reduce_add:
    case Intrinsic::reduce_mul:
    case Intrinsic::reduce_smax:
    case Intrinsic::reduce_smin:
    case Intrinsic::reduce_umax:
    case Intrinsic::reduce_umin:
      return is_word_sized(of) && of.bits > 1;
    case Intrinsic::smin:
    case Intrinsic::smax:
    case Intrinsic::umin:
    case Intrinsic::umax:
    case Intrinsic::abs:
      return is_word_sized(to) && to.bits > 1;
    case Intrinsic::fabs:
    case Intrinsic::sqrt:
    case Intrinsic::fmuladd:
      return to.count != 0;
    default:
      return false;
  }
}

/// Operand `k`: masks, indices, amounts of shifts and flags are read when code is made; a new
/// element where it is needed.
bool Generator::is_read_elsewhere(const Instruction& i, uint32_t k) const {
  switch (i.op) {
    case Opcode::shuffle:
      return k == 2;
    case Opcode::insert_element:
    case Opcode::extract_element:
      return k != 0;
    case Opcode::binary:
      return k == 1 && is_shift(static_cast<BinaryOp>(i.code));
    case Opcode::call:
      return k == 2 && intrinsic_of_call(module_, body_, i) == Intrinsic::abs;
    default:
      return false;
  }
}

/// Calls f(operand's number, or kNone for the result, slot, whether it is put there), for all that
/// the code of `i` finds in the frame. The end of their slots is returned.
template <class F>
uint32_t Generator::stage_lanes(const Instruction& i, const F& f) const {
  uint32_t slot = allocation_.slot_bytes;
  const auto add = [&](uint32_t k, ValueId id) {
    const bool stands = has_variable(id) && kind(id) == PartKind::memory &&
                        role(id) == Role::variable && !variable(id).incoming;
    f(k, stands ? variable(id).slot : slot, !stands);
    if (!stands) slot += 4 * slots_of(module_, type_of(id));
  };
  for (uint32_t k = i.op == Opcode::call ? 1 : 0; k < i.count; ++k) {
    if (!is_read_elsewhere(i, k) && is_value_operand(i, k)) add(k, operand(i, k));
  }
  if (i.result != kNone) add(kNone, i.result);
  return slot;
}

uint32_t Generator::end_of_lanes(const Instruction& i) const {
  return stage_lanes(i, [](uint32_t, uint32_t, bool) {});
}

void Generator::by_lanes(const Instruction& i) {
  if (!is_used(i)) return;
  if (i.op == Opcode::shuffle && shuffle_chunks(i, false)) {
    (void)shuffle_chunks(i, true);
    return;
  }
  if (i.op == Opcode::compare && compare_packed(i)) return;
  LanePlaces at;
  bool staged = false;
  stage_lanes(i, [&](uint32_t k, uint32_t slot, bool here) {
    if (k == kNone) {
      at.to = slot_place(slot);
      staged = here;
      return;
    }
    const uint32_t number = i.op == Opcode::call ? k - 1 : k;
    if (number >= 3) return;
    at.operands[number] = slot_place(slot);
    if (here && !is_undefined(operand(i, k))) to_slots(operand(i, k), slot_place(slot));
  });
  switch (i.op) {
    case Opcode::binary:
      binary_lanes(i, at);
      break;
    case Opcode::cast:
      cast_lanes(i, at);
      break;
    case Opcode::compare:
      compare_lanes(i, at);
      break;
    case Opcode::select:
      choose_lanes(i, at);
      break;
    case Opcode::shuffle:
      shuffle_lanes(i, at);
      break;
    case Opcode::insert_element:
      insert_lane(i, at);
      break;
    case Opcode::extract_element:
      extract_lane(i, at);
      return;
    case Opcode::call:
      if (lanes_of(module_, i.type).count == 0) {
        reduce_lanes(i, at);
        return;
      }
      intrinsic_lanes(i, at);
      break;
    case Opcode::negate:
      negate_lanes(i, at);
      break;
    default:
      freeze_lanes(i, at);
  }
  if (staged) from_slots(i, at.to);
}

}  // namespace jit
