// Addresses: what a pointer is the sum of, and which of its parts an access adds itself.
#include "interpreter/lowering.h"
#include "support/bytes.h"

namespace jit {
namespace {

/// How a word is multiplied: a power of two by a shift.
struct Factor {
  explicit Factor(uint32_t times) : family(Op::mul_as_a_), by(times) {
    if (times == 0 || (times & (times - 1)) != 0) return;
    family = Op::shl_as_a_;
    by = static_cast<uint32_t>(__builtin_ctz(times));
  }
  Op family;
  uint32_t by;
};

}  // namespace
bool Lowering::add_indices(const Instruction& gep, Sum& sum) {
  TypeId inner = gep.subject;
  for (uint32_t k = 1; k < gep.count; ++k) {
    const ValueId index = operand(gep, k);
    if (k > 1) {
      const Type& outer = type(inner);
      if (outer.kind == TypeKind::structure) {
        uint32_t which = 0;
        if (!constants_.word(index, which) || which >= outer.count) return false;
        sum.offset += module_.field_offsets[outer.first + which];
        inner = module_.type_lists[outer.first + which];
        continue;
      }
      inner = outer.first;
    }
    const uint32_t times = type(inner).size;
    uint32_t c = 0;
    uint32_t words[2] = {};
    if (constants_.word(index, c)) {
      sum.offset +=
          static_cast<uint32_t>(signed_number(c, word_bits(type(type_of(index))))) * times;
    } else if (constants_.is_constant(index)) {
      if (!constants_.slots(index, words)) return false;
      sum.offset += words[0] * times;  // of 64 bits, the lower count
    } else {
      if (sum.count == Sum::kTerms) return false;
      sum.terms[sum.count++] = {index, times};
    }
  }
  return true;
}

void Lowering::take_apart(ValueId pointer, Sum& sum, uint32_t depth) {
  uint32_t c = 0;
  if (constants_.word(pointer, c)) {
    sum.base = Sum::constant;
    sum.offset += c;
    return;
  }
  uint32_t slot = 0;
  if (!find(pointer, slot)) {
    const Instruction* const i = source(pointer);
    if (fold(pointer) == Fold::place) {
      sum.base = Sum::frame;
      sum.offset += place_offset(*i);
      return;
    }
    if (i != nullptr && i->op == Opcode::getelementptr && depth < 8) {
      const Sum before = sum;
      if (add_indices(*i, sum)) {
        take_apart(operand(*i, 0), sum, depth + 1);
        return;
      }
      sum = before;
    }
  }
  sum.base = Sum::value;
  sum.pointer = pointer;
}

bool Lowering::find_product(const Sum::Term& term, uint32_t& slot) const {
  for (uint32_t k = 0; k < sizes_.product_count; ++k) {
    const Sizes::Product& p = sizes_.products[k];
    if (p.index != term.index || p.times != term.times) continue;
    slot = (products_begin() + k) * 4;
    return true;
  }
  return false;
}

/// Notes it for the next run where it is one of a loop around this block, and its index is not
/// computed in that loop.
void Lowering::note_product(const Sum::Term& term) {
  if (term.times == 1 || sizes_.product_count + found_.product_count == Sizes::kProducts ||
      term.index < body_.base || fold(term.index) != Fold::none ||
      type(type_of(term.index)).count != 32) {
    return;
  }
  for (uint32_t k = 0; k < found_.product_count; ++k) {
    if (found_.products[k].index == term.index && found_.products[k].times == term.times) return;
  }
  BlockId home = 0;
  const Value& value = body_.values[term.index - body_.base];
  if (value.kind == ValueKind::instruction) {
    while (value.index >= body_.blocks[home].first + body_.blocks[home].count) ++home;
  }
  if (home < block_ && plan_.loop_heads[block_] > home) {
    found_.products[found_.product_count++] = {term.index, term.times};
  }
}

void Lowering::compute_products(ValueId index) {
  for (uint32_t k = 0; k < sizes_.product_count; ++k) {
    const Sizes::Product& p = sizes_.products[k];
    if (p.index != index) continue;
    const Factor factor(p.times);
    binary_constant(factor.family, index, factor.by, (products_begin() + k) * 4);
  }
}

/// index * times.
void Lowering::term_word(const Sum::Term& term, uint32_t to) {
  const uint32_t bits = type(type_of(term.index)).count, times = term.times;
  const Factor factor(times);
  uint32_t product = 0;
  if (find_product(term, product)) {
    copy_word(product, to);
    return;
  }
  note_product(term);
  if (bits == 32 && times != 1) {
    binary_constant(factor.family, term.index, factor.by, to);
    return;
  }
  if (bits > 32) {
    assembler_.emit(Op::copy_s_a_, slot_of(term.index));
    holds_word_ = kNone;
  } else {
    signed_word(term.index, bits, kNowhere);
  }
  if (times != 1) {
    accumulator_constant(factor.family, factor.by, to);
  } else if (to != kNowhere) {
    assembler_.emit(Op::copy_a_d_, to);
  }
}

void Lowering::copy_word(uint32_t slot, uint32_t to) {
  emit_to(Op::copy_a_a_, unary_form::kSlot, to, slot);
  holds_word_ = kNone;
}

/// The sum in the accumulator, and in a slot.
void Lowering::sum_word(const Sum& sum, uint32_t to) {
  // Terms, one after the other; then the base; then the constant.
  const bool ends = sum.base == Sum::constant && sum.offset == 0;  // with the last term
  uint32_t partial = kNone;
  for (uint32_t t = 0; t < sum.count; ++t) {
    const bool last = t + 1 == sum.count;
    if (partial == kNone && !last && find_product(sum.terms[t], partial)) continue;
    const uint32_t next = !last ? temporary(1) : ends ? to : kNowhere;
    term_word(sum.terms[t], partial == kNone ? next : kNowhere);
    if (partial != kNone) {
      emit_to(Op::add_as_a_, binary_form::kAccSlot, next, partial);
      holds_word_ = kNone;
    }
    partial = next;
  }
  if (ends && sum.count > 0) return;
  if (sum.base == Sum::constant) {
    if (sum.count == 0) {
      assembler_.emit(Op::move_constant_, sum.offset);
      if (to != kNowhere) assembler_.emit(Op::copy_a_d_, to);
      holds_word_ = kNone;
    } else {
      accumulator_constant(Op::add_as_a_, sum.offset, to);
    }
    return;
  }
  // Where the offset comes last, what is before it stays in the accumulator.
  const uint32_t before_offset = sum.offset != 0 ? kNowhere : to;
  uint32_t base = place_slot();
  const bool stands = sum.base == Sum::frame || find(sum.pointer, base);
  if (sum.count == 0 && stands) {
    emit_to(Op::add_as_a_, binary_form::kSlotConstant, to, base, sum.offset);
    holds_word_ = kNone;
    return;
  }
  if (sum.count == 0) {
    word(sum.pointer, before_offset);
  } else {
    if (!stands) {
      base = temporary(1);
      assembler_.emit(Op::copy_a_d_, base);
      word(sum.pointer, kNowhere);
    }
    emit_to(Op::add_as_a_, binary_form::kAccSlot, before_offset, base);
    holds_word_ = kNone;
  }
  if (sum.offset != 0) accumulator_constant(Op::add_as_a_, sum.offset, to);
}

void Lowering::pointer_word(const Instruction& gep, uint32_t to) {
  Sum sum;
  if (!add_indices(gep, sum)) {
    refuse("a getelementptr with too many indices");
    return;
  }
  take_apart(operand(gep, 0), sum, 1);
  sum_word(sum, to);
}

/// `accumulator`: whether it may hold a part of the address.
Lowering::Address Lowering::address(ValueId pointer, uint32_t scale, bool accumulator) {
  Sum sum;
  take_apart(pointer, sum, 0);
  Address result;
  result.offset = sum.offset;
  uint32_t base = place_slot();
  const bool has_slot =
      sum.base == Sum::frame || (sum.base == Sum::value && find(sum.pointer, base));
  if (sum.count == 0 && sum.base == Sum::constant) return result;
  if (sum.count == 0 && has_slot) {
    result.kind = Address::s;
    result.base = base;
    return result;
  }
  // One term is scaled by the access itself; other terms, and a base that stands nowhere, are
  // summed before.
  for (uint32_t t = 0; scale != 0 && t < sum.count; ++t) {
    const Sum::Term term = sum.terms[t];
    if (term.times != scale || type(type_of(term.index)).count < 32) continue;
    Sum rest = sum;
    rest.terms[t] = rest.terms[--rest.count];
    rest.offset = 0;
    const bool none = rest.count == 0 && rest.base == Sum::constant;
    const bool ready =
        none || (rest.count == 0 && has_slot) ||
        (rest.count == 1 && rest.base == Sum::constant && find_product(rest.terms[0], base));
    if (!ready) base = temporary(1);
    uint32_t slot = 0;
    const bool pair = form(term.index) == Form::pair;
    const bool stands = pair || find(term.index, slot);
    if (pair) {
      slot = slot_of(term.index);
    } else if (!stands && !accumulator) {
      slot = temporary(1);
      word(term.index, slot);
    }
    if (!ready) sum_word(rest, base);
    const bool in_accumulator = accumulator && !pair && (!stands || holds(term.index));
    if (in_accumulator) word(term.index, kNowhere);
    result.kind =
        in_accumulator ? (none ? Address::ac : Address::ax) : (none ? Address::x : Address::sx);
    result.base = base;
    result.index = slot;
    return result;
  }
  sum.offset = 0;
  if (accumulator) {
    sum_word(sum, kNowhere);
    result.kind = Address::a;
  } else {
    result.base = temporary(1);
    sum_word(sum, result.base);
    result.kind = Address::s;
  }
  return result;
}

void Lowering::put_address(const Address& address) {
  const Address::Kind kind = address.kind;
  if (kind == Address::s || kind == Address::sx || kind == Address::ax) {
    assembler_.cell(address.base);
  }
  if (kind == Address::sx || kind == Address::x) assembler_.cell(address.index);
  assembler_.cell(address.offset);
}

}  // namespace jit
