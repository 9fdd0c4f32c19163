// Blocks, the edges between them, and what ends them.
#include "interpreter/lowering.h"
#include "support/bytes.h"

namespace jit {
// ---- what phis take over on an edge

struct Lowering::Move {
  uint32_t to;
  uint32_t slots;
  uint32_t from;  // kNone: computed of `value` alone, reading no slot that a phi may have
  ValueId value;
};

bool Lowering::move_of(const Instruction& phi, BlockId from, Move& move) const {
  const uint32_t to = result_slot(phi);
  if (to == kNowhere || plan_.uses[phi.result - body_.base] == 0) return false;
  for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
    if (operand(phi, k + 1) != from) continue;
    move = {to, slots_of(module_, phi.type), kNone, operand(phi, k)};
    uint32_t slot = 0;
    if (find(move.value, slot)) move.from = slot;
    if (is_undefined(move.value)) return false;
    return move.from != to && move.slots > 0;
  }
  return false;
}

bool Lowering::has_copies(BlockId from, BlockId to) const {
  const Block& block = body_.blocks[to];
  for (uint32_t k = block.first; k < block.first + block.count; ++k) {
    const Instruction& i = body_.instructions[k];
    if (i.op != Opcode::phi) break;
    Move move;
    if (move_of(i, from, move)) return true;
  }
  return false;
}

void Lowering::emit_move(const Move& move) {
  if (move.from == kNone) {
    into(move.value, move.to);
  } else if (move.slots == 1) {
    assembler_.emit(Op::copy_s_d_, move.from, move.to);
  } else {
    copy(move.from, move.to, move.slots);
  }
  forget();
}

/// All at once, as phis mean it: what one reads, no other has written before.
void Lowering::copies(BlockId from, BlockId to) {
  const Block& block = body_.blocks[to];
  List<Move> moves(arena_);
  for (uint32_t k = block.first; k < block.first + block.count; ++k) {
    const Instruction& i = body_.instructions[k];
    if (i.op != Opcode::phi) break;
    Move move;
    if (move_of(i, from, move) && !moves.add(move)) {
      refuse("no memory for code");
      return;
    }
  }
  uint32_t left = moves.size();
  while (left > 0) {
    bool moved = false;
    for (uint32_t m = 0; m < left; ++m) {
      const Move& move = moves[m];
      bool read = false;
      for (uint32_t n = 0; n < left; ++n) {
        const Move& other = moves[n];
        read |= n != m && other.from != kNone && other.from < move.to + move.slots * 4 &&
                move.to < other.from + other.slots * 4;
      }
      if (read) continue;
      emit_move(move);
      moves[m] = moves[--left];
      moved = true;
      break;
    }
    if (moved) continue;
    // A cycle: what one of them reads is kept aside.
    Move& move = moves[0];
    const uint32_t saved = temporary(move.slots);
    copy(move.from, saved, move.slots);
    move.from = saved;
  }
}

// ---- branches

Label Lowering::edge(BlockId from, BlockId to) {
  if (!has_copies(from, to)) return to;
  for (const Edge& e : edges_) {
    if (e.from == from && e.to == to) return e.label;
  }
  const Edge e = {from, to, assembler_.label()};
  if (!edges_.add(e)) refuse("no memory for code");
  return e.label;
}

/// The path that is not jumped to.
void Lowering::leave_to(BlockId from, BlockId to) {
  copies(from, to);
  if (to == from + 1) {
    falls_into_ = to;
    if (plan_.predecessors[to] > 1 && pending_ > 0) assembler_.emit(Op::charge_, charge());
    return;
  }
  assembler_.op(Op::jump_);
  assembler_.target(to);
  assembler_.cell(charge());
}

void Lowering::jump_compared(uint32_t which, ValueId a, ValueId b, Label target) {
  const auto family = [&](uint32_t w) { return member(Op::jump_eq_as_, jump_form::kCount * w); };
  uint32_t c = 0, slot_a = 0, slot_b = 0;
  if (constants_.word(a, c) && !constants_.is_constant(b)) {
    jump_compared(kExchanged[which], b, a, target);
    return;
  }
  const bool at_a = !holds(a) && find(a, slot_a);
  if (constants_.word(b, c)) {
    if (at_a) {
      assembler_.emit(member(family(which), jump_form::kSlotConstant), slot_a, c);
    } else {
      word(a, kNowhere);
      assembler_.emit(member(family(which), jump_form::kAccConstant), c);
    }
  } else if (find(b, slot_b)) {
    if (at_a && holds(b)) {
      assembler_.emit(member(family(kExchanged[which]), jump_form::kAccSlot), slot_a);
    } else if (at_a) {
      assembler_.emit(member(family(which), jump_form::kSlotSlot), slot_a, slot_b);
    } else {
      word(a, kNowhere);
      assembler_.emit(member(family(which), jump_form::kAccSlot), slot_b);
    }
  } else {
    if (!find(a, slot_a)) slot_a = slot_of(a);
    word(b, kNowhere);
    assembler_.emit(member(family(kExchanged[which]), jump_form::kAccSlot), slot_a);
  }
  assembler_.target(target);
  assembler_.cell(pending_);
}

void Lowering::jump_on(const Instruction& compare, bool when, Label target) {
  const ValueId a = operand(compare, 0), b = operand(compare, 1);
  const uint32_t bits = word_bits(type(type_of(a)));
  uint32_t which = static_cast<uint32_t>(compare.code) - static_cast<uint32_t>(Predicate::eq);
  if (!when) which = kOpposite[which];
  if (which < 6 || bits == 32) {
    jump_compared(which, a, b, target);
    return;
  }
  const Op family = member(Op::jump_eq_as_, jump_form::kCount * which);
  uint32_t c = 0;
  if (constants_.word(b, c)) {
    signed_word(a, bits, kNowhere);
    assembler_.emit(member(family, jump_form::kAccConstant),
                    static_cast<uint32_t>(signed_number(c, bits)));
  } else {
    const uint32_t right = temporary(1);
    signed_word(b, bits, right);
    signed_word(a, bits, kNowhere);
    assembler_.emit(member(family, jump_form::kAccSlot), right);
  }
  holds_word_ = kNone;
  assembler_.target(target);
  assembler_.cell(pending_);
}

void Lowering::branch_on(ValueId condition, bool when, Label target) {
  const Instruction* const i = source(condition);
  if (i != nullptr && i->op == Opcode::compare && fold(condition) == Fold::tree &&
      form(operand(*i, 0)) == Form::word) {
    jump_on(*i, when, target);
    return;
  }
  word(condition, kNowhere);
  assembler_.op(when ? Op::jump_if_ : Op::jump_unless_);
  assembler_.target(target);
  assembler_.cell(pending_);
}

void Lowering::branch_if(const Instruction& i, BlockId block) {
  const ValueId condition = operand(i, 0);
  const BlockId yes = operand(i, 1), no = operand(i, 2);
  uint32_t known = 0;
  if (constants_.word(condition, known)) {
    leave_to(block, known != 0 ? yes : no);
    return;
  }
  if (yes == no) {
    leave_to(block, yes);
    return;
  }
  // What is not next is jumped to; where neither is, the way back into a loop is.
  const bool falls_to_yes = yes == block + 1 || (no != block + 1 && no <= block);
  branch_on(condition, !falls_to_yes, edge(block, falls_to_yes ? no : yes));
  leave_to(block, falls_to_yes ? yes : no);
}

void Lowering::switch_on(const Instruction& i, BlockId block) {
  const ValueId value = operand(i, 0);
  const Label otherwise = edge(block, operand(i, 1));
  const uint32_t count = (i.count - 2) / 2;
  if (form(value) == Form::pair) {
    const uint32_t slot = slot_of(value);
    for (uint32_t k = 0; k < count; ++k) {
      temporaries_ = 0;
      assembler_.emit(Op::eq64_, slot, constant_slot(operand(i, 2 + 2 * k)));
      assembler_.op(Op::jump_if_);
      assembler_.target(edge(block, operand(i, 3 + 2 * k)));
      assembler_.cell(pending_);
    }
    forget();
    assembler_.op(Op::jump_);
    assembler_.target(otherwise);
    assembler_.cell(charge());
    return;
  }
  struct Case {
    uint32_t value;
    Label label;
  };
  List<Case> cases(arena_);
  if (!cases.reserve(count + 1)) {
    refuse("no memory for code");
    return;
  }
  for (uint32_t k = 0; k < count; ++k) {
    Case c = {0, edge(block, operand(i, 3 + 2 * k))};
    const uint32_t by = operand(i, 2 + 2 * k);
    if (i.op == Opcode::branch_address) {
      c.value = by;
    } else if (!constants_.word(by, c.value)) {
      refuse("a case that is no constant");
      return;
    }
    if (!cases.add(c)) {
      refuse("no memory for code");
      return;
    }
    for (uint32_t at = k; at > 0 && cases[at].value < cases[at - 1].value; --at) {
      const Case other = cases[at];
      cases[at] = cases[at - 1];
      cases[at - 1] = other;
    }
  }
  word(value, kNowhere);
  const uint32_t cost = charge();
  const uint32_t lowest = count > 0 ? cases[0].value : 0;
  const uint32_t range = count > 0 ? cases[count - 1].value - lowest + 1 : 0;
  if (count > 0 && range != 0 && range <= 2 * count + 8) {
    assembler_.emit(Op::table_, lowest, range);
    assembler_.target(otherwise);
    assembler_.cell(cost);
    for (uint32_t k = 0, at = 0; k < range; ++k) {
      const bool hit = cases[at].value - lowest == k;
      assembler_.target(hit ? cases[at].label : otherwise);
      assembler_.cell(cost);
      // A label may be listed more than once.
      while (at + 1 < count && cases[at].value - lowest <= k) ++at;
    }
  } else {
    assembler_.emit(Op::search_, count);
    assembler_.target(otherwise);
    assembler_.cell(cost);
    for (const Case& c : cases) {
      assembler_.cell(c.value);
      assembler_.target(c.label);
      assembler_.cell(cost);
    }
  }
  forget();
}

void Lowering::return_value(const Instruction& i) {
  // A return does not look at what is left: many in a row must not owe more than can be counted.
  if (pending_ > kMostOwedByReturn) assembler_.emit(Op::charge_, charge());
  const auto leave = [&] {
    if (sizes_.memory) assembler_.emit(Op::leave_, before_slot());
  };
  if (i.count == 0) {
    leave();
    assembler_.emit(Op::return_value_, charge());
    return;
  }
  const ValueId value = operand(i, 0);
  uint32_t c = 0, slot = 0;
  switch (form(value)) {
    case Form::word:
      if (constants_.word(value, c)) {
        leave();
        assembler_.emit(Op::return_constant_, c, charge());
      } else if (!holds(value) && find(value, slot)) {
        leave();
        assembler_.emit(Op::return_slot_, slot, charge());
      } else {
        word(value, kNowhere);
        leave();
        assembler_.emit(Op::return_value_, charge());
      }
      return;
    case Form::single:
    case Form::real:
      real(value, kNowhere);
      leave();
      assembler_.emit(Op::return_value_, charge());
      return;
    default:
      slot = slot_of(value);
      leave();
      assembler_.emit(Op::return_many_, slot, slots_of(module_, type_of(value)), charge());
  }
}

void Lowering::lower_terminator(const Instruction& i, BlockId block) {
  switch (i.op) {
    case Opcode::branch:
      leave_to(block, operand(i, 0));
      return;
    case Opcode::branch_if:
      branch_if(i, block);
      return;
    case Opcode::switch_on:
    case Opcode::branch_address:
      switch_on(i, block);
      return;
    case Opcode::return_value:
      return_value(i);
      return;
    default:
      assembler_.emit(Op::trap_, charge(), static_cast<uint32_t>(Outcome::unreachable));
  }
}

}  // namespace jit
