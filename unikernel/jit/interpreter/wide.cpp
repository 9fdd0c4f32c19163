// What stands in more than one slot: integers of more than 32 bits, vectors, structures and arrays.
#include "interpreter/helpers.h"
#include "interpreter/lowering.h"

namespace jit {

uint32_t Lowering::lane_bits(TypeId id) const {
  const Type& what = type(id);
  switch (what.kind) {
    case TypeKind::vector:
      return lane_bits(what.first);
    case TypeKind::integer:
      return what.count;
    case TypeKind::double_type:
      return 64;
    default:
      return 32;
  }
}

void Lowering::lanes_of(LaneOp op, TypeId of, TypeId to, uint32_t result, const ValueId* operands,
                        uint32_t count) {
  const Type& what = type(of);
  const bool vector = what.kind == TypeKind::vector;
  const auto bytes = [&](TypeId id) -> uint32_t {
    const Type& t = type(id);
    if (t.kind == TypeKind::vector) return lane_bytes(type(t.first));
    return form_of(t) == Form::pair || form_of(t) == Form::real ? 8 : 4;
  };
  uint32_t slots[3] = {};
  for (uint32_t k = 0; k < count; ++k) slots[k] = slot_of(operands[k]);
  Cell cells[11] = {
      static_cast<Cell>(op),         lane_bits(of), bytes(of), lane_bits(to), bytes(to),
      vector ? what.count : Cell{1}, count,         result};
  for (uint32_t k = 0; k < count; ++k) cells[8 + k] = slots[k];
  helper(lanes, cells, 8 + count);
}

/// How far the part that the indices from operand `first` on name is into operand 0; `id` gets its
/// type.
uint32_t Lowering::part_offset(const Instruction& i, uint32_t first, TypeId& id) const {
  uint32_t offset = 0;
  id = type_of(operand(i, 0));
  for (uint32_t k = first; k < i.count; ++k) {
    const uint32_t index = operand(i, k);
    offset += slots_before(module_, type(id), index) * 4;
    id = element_type(module_, type(id), index);
  }
  return offset;
}

bool Lowering::aggregate_place(const Instruction& extract, uint32_t& slot) const {
  TypeId part = kNone;
  if (!find(operand(extract, 0), slot)) return false;
  slot += part_offset(extract, 1, part);
  return true;
}

void Lowering::select(const Instruction& i) {
  uint32_t to = result_slot(i);
  const uint32_t slots = slots_of(module_, i.type);
  if (to == kNowhere) to = temporary(slots);
  const ValueId condition = operand(i, 0);
  wide_result_ = to;
  if (form(condition) == Form::many) {
    const ValueId operands[] = {condition, operand(i, 1), operand(i, 2)};
    lanes_of(LaneOp::select, i.type, i.type, to, operands, 3);
    return;
  }
  uint32_t a = slot_of(operand(i, 1)), b = slot_of(operand(i, 2));
  // x == 0 ? a : b is x ? b : a.
  const Instruction* const compared = source(condition);
  uint32_t c = 1;
  if (compared != nullptr && compared->op == Opcode::compare && fold(condition) == Fold::tree &&
      form(operand(*compared, 0)) == Form::word && constants_.word(operand(*compared, 1), c) &&
      c == 0 &&
      (static_cast<Predicate>(compared->code) == Predicate::eq ||
       static_cast<Predicate>(compared->code) == Predicate::ne)) {
    if (static_cast<Predicate>(compared->code) == Predicate::eq) {
      const uint32_t other = a;
      a = b;
      b = other;
    }
    word(operand(*compared, 0), kNowhere);
  } else {
    word(condition, kNowhere);
  }
  if (slots == 1) {
    assembler_.emit(Op::choose_word_, a, b, to);
  } else {
    assembler_.emit(Op::choose_many_, a, b, to, slots);
  }
  holds_word_ = kNone;
  if (holds_real_ != kNone && form_of(type(i.type)) != Form::word) holds_real_ = kNone;
}

/// The slots of a value that are not among the `slots` from `to` on, which are about to be written.
uint32_t Lowering::aside(ValueId id, uint32_t to, uint32_t slots) {
  uint32_t from = 0;
  if (find(id, from) && (from < to || from >= to + slots * 4)) return from;
  from = temporary(slots_of(module_, type_of(id)));
  into(id, from);
  return from;
}

void Lowering::insert_value(const Instruction& i) {
  const uint32_t to = result_slot(i);
  TypeId id = kNone;
  const uint32_t offset = part_offset(i, 2, id);
  // The element first: its slots may be among those of the result.
  const uint32_t slots = slots_of(module_, id);
  const uint32_t from = aside(operand(i, 1), to, slots_of(module_, i.type));
  if (!is_undefined(operand(i, 0))) into(operand(i, 0), to);
  copy(from, to + offset, slots);
}

void Lowering::shuffle(const Instruction& i) {
  const uint32_t to = result_slot(i);
  const Type& result = type(i.type);
  const Type& of = type(type_of(operand(i, 0)));
  const uint32_t lane = lane_bytes(type(result.first));
  if (result.count > 64 || of.count > 64) {
    refuse("a vector of more than 64 lanes");
    return;
  }
  const uint32_t a = slot_of(operand(i, 0));
  const uint32_t b = is_undefined(operand(i, 1)) ? a : slot_of(operand(i, 1));
  Cell cells[6 + 64] = {lane, result.count, of.count, to, a, b};
  uint32_t mask[64] = {};
  if (!constants_.slots(operand(i, 2), mask)) refuse("a shuffle without a constant mask");
  if (vector_shuffle(i, to, a, b, mask)) return;
  for (uint32_t k = 0; k < result.count; ++k) cells[6 + k] = mask[k];
  helper(jit::shuffle, cells, 6 + result.count);
}

/// extractelement, and insertelement.
void Lowering::element(const Instruction& i) {
  uint32_t to = result_slot(i);
  const bool insert = i.op == Opcode::insert_element;
  const Type& vector = type(type_of(operand(i, 0)));
  const uint32_t lane = lane_bytes(type(vector.first));
  const uint32_t slots = slots_of(module_, type_of(operand(i, 0)));
  if (to == kNowhere) to = temporary(slots_of(module_, i.type));
  wide_result_ = to;
  const ValueId index = operand(i, insert ? 2 : 1);
  uint32_t which = 0, words[2] = {};
  bool known = constants_.word(index, which);
  if (!known && constants_.is_constant(index) && constants_.slots(index, words)) {
    known = true;
    which = words[0];
  }
  const uint32_t lane_slots = lane / 4;
  if (known && lane >= 4 && which < vector.count) {
    if (!insert) {
      const uint32_t from = slot_of(operand(i, 0)) + which * lane;
      if (lane_slots == 1) {
        assembler_.emit(Op::copy_s_d_, from, to);  // of floats, too: their bits
        holds_word_ = kNone;
      } else {
        assembler_.emit(Op::copy_pair_, from, to);
      }
      return;
    }
    const uint32_t from = aside(operand(i, 1), to, slots);
    if (!is_undefined(operand(i, 0))) into(operand(i, 0), to);
    copy(from, to + which * lane, lane_slots);
    return;
  }
  const uint32_t from = slot_of(operand(i, 0));
  if (insert) {
    uint32_t value = slot_of(operand(i, 1));
    const uint32_t at = slot_of(index);
    const Cell cells[] = {lane, vector.count, slots, to, from, value, at};
    helper(insert_lane, cells, 7);
  } else {
    const Cell cells[] = {lane, vector.count, to, from, slot_of(index)};
    helper(extract_lane, cells, 5);
    if (form_of(type(i.type)) == Form::word) {
      assembler_.emit(Op::copy_s_a_, to);
      holds_word_ = kNone;
    }
  }
}

void Lowering::wide_cast(const Instruction& i, uint32_t to) {
  const ValueId a = operand(i, 0);
  const auto op = static_cast<CastOp>(i.code);
  const Type& from = type(type_of(a));
  const Type& result = type(i.type);
  if (op == CastOp::bitcast) {
    const bool mask_from = is_mask(type_of(a)), mask_to = is_mask(i.type);
    if (mask_from == mask_to) {
      into(a, to);
    } else {
      const Cell cells[] = {mask_from ? from.count : result.count, to, slot_of(a)};
      helper(mask_from ? pack_mask : unpack_mask, cells, 3);
    }
    return;
  }
  if (from.kind == TypeKind::integer && result.kind == TypeKind::integer) {
    if (op == CastOp::zext && from.count <= 32) {
      assembler_.emit(Op::zext_pair_, slot_of(a), to);
      return;
    }
    if (op == CastOp::sext && from.count <= 32 && result.count == 64) {
      const uint32_t low = temporary(1);
      signed_word(a, from.count, low);
      assembler_.emit(Op::sext_pair_, low, to);
      return;
    }
  }
  if (op == CastOp::sitofp && from.kind == TypeKind::vector && from.count == 4 &&
      lane_bits(type_of(a)) == 32 && lane_bits(i.type) == 32) {
    assembler_.emit(Op::cvtdq2ps_, slot_of(a), to);
    return;
  }
  const ValueId operands[] = {a};
  lanes_of(static_cast<LaneOp>(static_cast<uint32_t>(LaneOp::cast_first) + i.code), type_of(a),
           i.type, to, operands, 1);
}

/// What word_of() and real_of() do not compute. The result is in its slots, or in temporary ones:
/// wide_result_.
void Lowering::wide(const Instruction& i) {
  uint32_t to = result_slot(i);
  if (to == kNowhere) to = temporary(slots_of(module_, i.type));
  wide_result_ = to;
  const ValueId operands[] = {i.count > 0 ? operand(i, 0) : kNone,
                              i.count > 1 ? operand(i, 1) : kNone, kNone};
  if (extended_number(i, to) || wide_number(i, to)) return;
  switch (i.op) {
    case Opcode::binary: {
      const auto op = static_cast<BinaryOp>(i.code);
      const Type& what = type(i.type);
      const bool pair = form_of(what) == Form::pair;
      Op which = Op::helper_;
      if (pair) {
        const bool exact = what.count == 64;
        switch (op) {
          case BinaryOp::add:
            which = exact ? Op::add64_ : Op::helper_;
            break;
          case BinaryOp::sub:
            which = exact ? Op::sub64_ : Op::helper_;
            break;
          case BinaryOp::mul:
            which = exact ? Op::mul64_ : Op::helper_;
            break;
          case BinaryOp::shl:
            which = exact ? Op::shl64_ : Op::helper_;
            break;
          case BinaryOp::ashr:
            which = exact ? Op::ashr64_ : Op::helper_;
            break;
          case BinaryOp::lshr:
            which = Op::lshr64_;
            break;
          case BinaryOp::and_:
            which = Op::and64_;
            break;
          case BinaryOp::or_:
            which = Op::or64_;
            break;
          case BinaryOp::xor_:
            which = Op::xor64_;
            break;
          default:
            break;
        }
      } else if (what.kind == TypeKind::vector && vector_binary(i, to)) {
        return;
      }
      if (which != Op::helper_) {
        const uint32_t a = slot_of(operands[0]), b = slot_of(operands[1]);
        assembler_.emit(which, a, b, to);
      } else {
        lanes_of(static_cast<LaneOp>(op), i.type, i.type, to, operands, 2);
      }
      return;
    }
    case Opcode::negate:
      lanes_of(LaneOp::fneg, i.type, i.type, to, operands, 1);
      return;
    case Opcode::cast:
      wide_cast(i, to);
      return;
    case Opcode::compare: {
      const auto first = i.code < 32 ? LaneOp::fcmp_first : LaneOp::icmp_first;
      const uint32_t which = static_cast<uint32_t>(first) + (i.code < 32 ? i.code : i.code - 32);
      lanes_of(static_cast<LaneOp>(which), type_of(operands[0]), i.type, to, operands, 2);
      return;
    }
    case Opcode::select:
      select(i);
      return;
    case Opcode::freeze:
      into(operands[0], to);
      return;
    case Opcode::load:
      load_wide(i);
      return;
    case Opcode::insert_value:
      insert_value(i);
      return;
    case Opcode::extract_value: {
      TypeId part = kNone;
      const uint32_t from = slot_of(operands[0]) + part_offset(i, 1, part);
      copy(from, to, slots_of(module_, i.type));
      return;
    }
    case Opcode::extract_element:
    case Opcode::insert_element:
      element(i);
      return;
    case Opcode::shuffle:
      shuffle(i);
      return;
    case Opcode::getelementptr:
      refuse("a getelementptr of vectors");
      return;
    default:
      refuse("an instruction on vectors or structures");
      return;
  }
}

}  // namespace jit
