// Addresses, loads, stores, and the frame's own memory.
#include "interpreter/helpers.h"
#include "interpreter/lowering.h"

namespace jit {
namespace {

Op member(Op family, uint32_t form) {
  return static_cast<Op>(static_cast<uint32_t>(family) + form);
}

}  // namespace

uint32_t Lowering::area(uint32_t bytes, uint32_t align) {
  has_memory_ = true;
  if (align == 0) align = 1;
  if (align > memory_align_) memory_align_ = align;
  const uint32_t offset = (memory_bytes_ + align - 1) & (0 - align);
  memory_bytes_ = offset + bytes;
  if (memory_bytes_ > 0x2000'0000) refuse("a frame of more than 512 MB");
  return offset;
}

uint32_t Lowering::place_offset(const Instruction& alloca) const {
  for (const Area& area : areas_) {
    if (area.alloca == &alloca) return area.offset;
  }
  return 0;
}

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
    const Type& of = type(type_of(index));
    uint32_t c = 0;
    uint32_t words[2] = {};
    if (constants_.word(index, c)) {
      const uint32_t unused = 32 - of.count;
      sum.offset += static_cast<uint32_t>(static_cast<int32_t>(c << unused) >> unused) * times;
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

/// In the first run: whether the product is one of a loop around this block that its index is not
/// computed in.
void Lowering::note_product(const Sum::Term& term) {
  if (term.times == 1 || found_.product_count == Sizes::kProducts || term.index < body_.base ||
      fold(term.index) != Fold::none || type(type_of(term.index)).count != 32) {
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
    uint32_t slot = 0;
    if (!find(index, slot) && !holds(index)) continue;
    const bool power = (p.times & (p.times - 1)) == 0 && p.times != 0;
    binary_constant(power ? Op::shl_as_a_ : Op::mul_as_a_, index,
                    power ? static_cast<uint32_t>(__builtin_ctz(p.times)) : p.times,
                    (products_begin() + k) * 4);
  }
}

/// index * times.
void Lowering::term_word(const Sum::Term& term, uint32_t to) {
  const uint32_t bits = type(type_of(term.index)).count, times = term.times;
  const bool power = times != 0 && (times & (times - 1)) == 0;
  const Op family = power ? Op::shl_as_a_ : Op::mul_as_a_;
  const uint32_t by = power ? static_cast<uint32_t>(__builtin_ctz(times)) : times;
  uint32_t product = 0;
  if (find_product(term, product)) {
    copy_word(product, to);
    return;
  }
  note_product(term);
  if (bits == 32 && times != 1) {
    binary_constant(family, term.index, by, to);
    return;
  }
  if (bits > 32) {
    assembler_.emit(Op::copy_s_a_, slot_of(term.index));
    holds_word_ = kNone;
  } else {
    signed_word(term.index, bits, kNowhere);
  }
  if (times != 1) {
    accumulator_constant(family, by, to);
  } else if (to != kNowhere) {
    assembler_.emit(Op::copy_a_d_, to);
  }
}

void Lowering::copy_word(uint32_t slot, uint32_t to) {
  assembler_.emit(to == kNowhere ? Op::copy_s_a_ : Op::copy_s_d_, slot);
  if (to != kNowhere) assembler_.cell(to);
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
      assembler_.emit(member(Op::add_as_a_, next != kNowhere ? 1 : 0), partial);
      if (next != kNowhere) assembler_.cell(next);
      holds_word_ = kNone;
    }
    partial = next;
  }
  if (ends && sum.count > 0) return;
  const bool last_is_offset = sum.offset != 0;
  const uint32_t d = to != kNowhere ? 1 : 0;
  if (sum.base == Sum::constant) {
    if (sum.count == 0) {
      assembler_.emit(Op::move_constant_, sum.offset);
      if (to != kNowhere) assembler_.emit(Op::copy_a_d_, to);
    } else {
      accumulator_constant(Op::add_as_a_, sum.offset, to);
    }
    holds_word_ = kNone;
    return;
  }
  uint32_t base = place_slot();
  if (sum.base == Sum::value && !find(sum.pointer, base)) {
    if (sum.count == 0) {
      word(sum.pointer, last_is_offset ? kNowhere : to);
      if (last_is_offset) accumulator_constant(Op::add_as_a_, sum.offset, to);
      return;
    }
    const uint32_t terms = temporary(1);
    assembler_.emit(Op::copy_a_d_, terms);
    word(sum.pointer, kNowhere);
    base = terms;
  }
  if (sum.count == 0) {
    assembler_.emit(member(Op::add_as_a_, 6 + d), base, sum.offset);
    if (to != kNowhere) assembler_.cell(to);
  } else {
    assembler_.emit(member(Op::add_as_a_, last_is_offset ? 0 : d), base);
    if (!last_is_offset && to != kNowhere) assembler_.cell(to);
    if (last_is_offset) accumulator_constant(Op::add_as_a_, sum.offset, to);
  }
  holds_word_ = kNone;
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
  const bool scaled = sum.count == 1 && sum.terms[0].times == scale &&
                      type(type_of(sum.terms[0].index)).count >= 32;
  if (scaled && (has_slot || sum.base == Sum::constant)) {
    const ValueId index = sum.terms[0].index;
    uint32_t slot = 0;
    const bool pair = form(index) == Form::pair;
    if (pair || find(index, slot)) {
      if (pair) slot = slot_of(index);
      if (accumulator && holds(index)) {
        result.kind = has_slot ? Address::ax : Address::ac;
      } else {
        result.kind = has_slot ? Address::sx : Address::x;
      }
      result.index = slot;
    } else if (accumulator) {
      word(index, kNowhere);
      result.kind = has_slot ? Address::ax : Address::ac;
    } else {
      result.index = temporary(1);
      word(index, result.index);
      result.kind = has_slot ? Address::sx : Address::x;
    }
    result.base = base;
    return result;
  }
  if (scale > 1 && sum.count > 0) {
    // One term is scaled by the access itself; the others and the base are summed before.
    for (uint32_t t = 0; t < sum.count; ++t) {
      const Sum::Term term = sum.terms[t];
      if (term.times != scale || type(type_of(term.index)).count < 32) continue;
      Sum rest = sum;
      rest.terms[t] = rest.terms[--rest.count];
      if (rest.count == 0 && rest.base != Sum::value) break;
      rest.offset = 0;
      uint32_t slot = 0;
      const bool ready =
          rest.count == 1 && rest.base == Sum::constant && find_product(rest.terms[0], result.base);
      if (!ready) result.base = temporary(1);
      const bool stands = form(term.index) != Form::word || find(term.index, slot);
      if (form(term.index) != Form::word) slot = slot_of(term.index);
      if (!stands && !accumulator) {
        slot = temporary(1);
        word(term.index, slot);
      }
      if (!ready) sum_word(rest, result.base);
      result.index = slot;
      result.kind = Address::sx;
      if (!stands && accumulator) {
        word(term.index, kNowhere);
        result.kind = Address::ax;
      }
      return result;
    }
  }
  sum.offset = 0;
  if (sum.count == 0) {
    // A folded pointer.
    if (accumulator) {
      word(sum.pointer, kNowhere);
      result.kind = Address::a;
    } else {
      result.base = temporary(1);
      word(sum.pointer, result.base);
      result.kind = Address::s;
    }
    return result;
  }
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
  if (kind == Address::s || kind == Address::sx || kind == Address::ax)
    assembler_.cell(address.base);
  if (kind == Address::sx || kind == Address::x) assembler_.cell(address.index);
  assembler_.cell(address.offset);
}

/// Of a family of JIT_LOAD_FORMS.
void Lowering::load_at(Op family, Address address, uint32_t to) {
  assembler_.op(member(family, 2 * address.kind + (to != kNowhere ? 1 : 0)));
  put_address(address);
  if (to != kNowhere) assembler_.cell(to);
}

void Lowering::load_word(const Instruction& i, uint32_t to) {
  const Type& what = type(i.type);
  const uint32_t bits = what.kind == TypeKind::integer ? what.count : 32;
  const uint32_t size = bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
  const bool odd = bits != size * 8 && bits != 1;
  const Op family = size == 1 ? Op::load8_c_a_ : size == 2 ? Op::load16_c_a_ : Op::load32_c_a_;
  if (bits > 16 && bits <= 24) {
    const uint32_t slot = to != kNowhere ? to : temporary(1);
    odd_bytes(load_bytes, 3, operand(i, 0), 0, slot);
    binary_slot_mask(slot, mask_of(bits));
    return;
  }
  load_at(family, address(operand(i, 0), size, true), odd ? kNowhere : to);
  holds_word_ = kNone;
  if (odd) accumulator_constant(Op::and_as_a_, mask_of(bits), to);
}

void Lowering::load_real(const Instruction& i, uint32_t to) {
  const bool single = form_of(type(i.type)) == Form::single;
  const Address from = address(operand(i, 0), single ? 4 : 8, true);
  load_at(single ? Op::load_f32_c_a_ : Op::load_f64_c_a_, from, to);
  holds_real_ = kNone;
}

/// The address of a part, for many accesses: never in the accumulator.
Lowering::Address Lowering::place_of(ValueId pointer, uint32_t offset) {
  Address place = address(pointer, 0, false);
  place.offset += offset;
  return place;
}

/// A value of a type in memory, into slots, part by part; `base`, once computed, stands in a slot.
void Lowering::load_parts(TypeId id, ValueId pointer, uint32_t offset, uint32_t slot) {
  const Type& what = type(id);
  switch (form_of(what)) {
    case Form::word: {
      const uint32_t bits = what.kind == TypeKind::integer ? what.count : 32;
      const uint32_t size = bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
      const Op family = size == 1 ? Op::load8_c_a_ : size == 2 ? Op::load16_c_a_ : Op::load32_c_a_;
      if (bits > 16 && bits <= 24) {
        odd_bytes(load_bytes, 3, pointer, offset, slot);
      } else {
        load_at(family, place_of(pointer, offset), slot);
      }
      holds_word_ = kNone;
      if (bits != size * 8 && bits != 1) binary_slot_mask(slot, mask_of(bits));
      return;
    }
    case Form::single:
      load_at(Op::load_f32_c_a_, place_of(pointer, offset), slot);
      holds_real_ = kNone;
      return;
    case Form::real:
    case Form::pair: {
      const uint32_t bytes = form_of(what) == Form::pair ? (what.count + 7) / 8 : 8;
      if (bytes < 8) {
        odd_bytes(load_bytes, bytes, pointer, offset, slot);
      } else {
        const Address place = place_of(pointer, offset);
        assembler_.op(member(Op::load_pair_c_, place.kind));
        put_address(place);
        assembler_.cell(slot);
      }
      if (form_of(what) == Form::pair && what.count < 64) {
        const uint64_t mask = mask64_of(what.count);
        const uint32_t words[2] = {static_cast<uint32_t>(mask), static_cast<uint32_t>(mask >> 32)};
        assembler_.emit(Op::and64_, slot, constant_slot(words, 2), slot);
      }
      return;
    }
    case Form::many:
      break;
    case Form::nothing:
      return;
  }
  if (what.kind == TypeKind::vector) {
    const Type& lane = type(what.first);
    if (lane.kind == TypeKind::integer && lane.count == 1) {
      refuse("a load of a vector of i1");
      return;
    }
    const uint32_t bytes = what.count * lane_bytes(lane);
    uint32_t at = 0;
    for (; at + 16 <= bytes; at += 16) {
      const Address place = place_of(pointer, offset + at);
      assembler_.op(member(Op::load_quad_c_, place.kind));
      put_address(place);
      assembler_.cell(slot + at);
    }
    for (; at + 8 <= bytes; at += 8) {
      const Address place = place_of(pointer, offset + at);
      assembler_.op(member(Op::load_pair_c_, place.kind));
      put_address(place);
      assembler_.cell(slot + at);
    }
    if (at < bytes) {
      const uint32_t left = bytes - at;
      const Address place = place_of(pointer, offset + at);
      load_at(left == 4   ? Op::load32_c_a_
              : left == 2 ? Op::load16_c_a_
                          : Op::load8_c_a_,
              place, slot + at);
      if (left == 3) refuse("a vector of an odd size");
      holds_word_ = kNone;
    }
    return;
  }
  for (uint32_t k = 0, at = 0; k < what.count; ++k) {
    const TypeId inner = element_type(module_, what, k);
    const uint32_t inner_offset = what.kind == TypeKind::structure
                                      ? module_.field_offsets[what.first + k]
                                      : k * type(inner).size;
    load_parts(inner, pointer, offset + inner_offset, slot + at * 4);
    at += slots_of(module_, inner);
  }
}

void Lowering::binary_slot_mask(uint32_t slot, uint32_t mask) {
  assembler_.emit(Op::and_sc_d_, slot, mask, slot);
  holds_word_ = kNone;
}

/// A number of bytes that no instruction moves at once.
void Lowering::odd_bytes(Helper function, uint32_t bytes, ValueId pointer, uint32_t offset,
                         uint32_t slot) {
  const uint32_t place = temporary(1);
  word(pointer, place);
  if (offset != 0) assembler_.emit(Op::add_sc_d_, place, offset, place);
  holds_word_ = kNone;
  const Cell cells[] = {bytes, slot, place};
  helper(function, cells, 3);
}

void Lowering::load_wide(const Instruction& i) {
  uint32_t slot = result_slot(i);
  if (slot == kNowhere) slot = temporary(slots_of(module_, i.type));
  const Form what = form_of(type(i.type));
  const bool quad =
      what == Form::many && type(i.type).kind == TypeKind::vector && type(i.type).size == 16;
  const bool pair = what == Form::pair && type(i.type).count == 64;
  if (quad || pair) {
    const Address place = address(operand(i, 0), quad ? 16 : 8, true);
    assembler_.op(member(quad ? Op::load_quad_c_ : Op::load_pair_c_, place.kind));
    put_address(place);
    assembler_.cell(slot);
    return;
  }
  load_parts(i.type, operand(i, 0), 0, slot);
}

void Lowering::store_parts(TypeId id, ValueId pointer, uint32_t offset, uint32_t slot) {
  const Type& what = type(id);
  // In the order of JIT_STORE_FORMS: c, s, sx, x.
  const auto form_of_place = [](const Address& place) -> uint32_t {
    return place.kind == Address::c    ? 0
           : place.kind == Address::s  ? 1
           : place.kind == Address::sx ? 2
                                       : 3;
  };
  const auto put = [&](Op family, uint32_t first, uint32_t more, uint32_t from) {
    const Address place = place_of(pointer, offset + more);
    assembler_.op(member(family, first + form_of_place(place)));
    put_address(place);
    assembler_.cell(from);
  };
  const Form f = form_of(what);
  switch (f) {
    case Form::word: {
      const uint32_t bits = what.kind == TypeKind::integer ? what.count : 32;
      if (bits > 16 && bits <= 24) {
        odd_bytes(store_bytes, 3, pointer, offset, slot);
        return;
      }
      put(bits <= 8    ? Op::store8_a_c_
          : bits <= 16 ? Op::store16_a_c_
                       : Op::store32_a_c_,
          4, 0, slot);
      return;
    }
    case Form::single:
      put(Op::store32_a_c_, 4, 0, slot);
      return;
    case Form::real:
    case Form::pair: {
      const uint32_t bytes = f == Form::pair ? (what.count + 7) / 8 : 8;
      if (bytes < 8) {
        odd_bytes(store_bytes, bytes, pointer, offset, slot);
      } else {
        put(Op::store_pair_c_, 0, 0, slot);
      }
      return;
    }
    case Form::many:
      break;
    case Form::nothing:
      return;
  }
  if (what.kind == TypeKind::vector) {
    const Type& lane = type(what.first);
    if (lane.kind == TypeKind::integer && lane.count == 1) {
      refuse("a store of a vector of i1");
      return;
    }
    const uint32_t bytes = what.count * lane_bytes(lane);
    uint32_t at = 0;
    for (; at + 16 <= bytes; at += 16) put(Op::store_quad_c_, 0, at, slot + at);
    for (; at + 8 <= bytes; at += 8) put(Op::store_pair_c_, 0, at, slot + at);
    for (; at + 4 <= bytes; at += 4) put(Op::store32_a_c_, 4, at, slot + at);
    for (; at + 2 <= bytes; at += 2) put(Op::store16_a_c_, 4, at, slot + at);
    for (; at < bytes; ++at) put(Op::store8_a_c_, 4, at, slot + at);
    return;
  }
  for (uint32_t k = 0, at = 0; k < what.count; ++k) {
    const TypeId inner = element_type(module_, what, k);
    const uint32_t inner_offset = what.kind == TypeKind::structure
                                      ? module_.field_offsets[what.first + k]
                                      : k * type(inner).size;
    store_parts(inner, pointer, offset + inner_offset, slot + at * 4);
    at += slots_of(module_, inner);
  }
}

void Lowering::store(const Instruction& i) {
  const ValueId pointer = operand(i, 0), value = operand(i, 1);
  const Type& what = type(type_of(value));
  const Form f = form_of(what);
  const bool three =
      f == Form::word && what.kind == TypeKind::integer && what.count > 16 && what.count <= 24;
  if (f == Form::many || three || (f == Form::pair && what.count != 64)) {
    const uint32_t slot = slot_of(value);
    const bool quad = what.kind == TypeKind::vector && what.size == 16;
    if (!quad) {
      store_parts(type_of(value), pointer, 0, slot);
      return;
    }
    const Address place = address(pointer, 16, false);
    assembler_.op(member(Op::store_quad_c_, place.kind == Address::c    ? 0
                                            : place.kind == Address::s  ? 1
                                            : place.kind == Address::sx ? 2
                                                                        : 3));
    put_address(place);
    assembler_.cell(slot);
    return;
  }
  const uint32_t bits = f == Form::word && what.kind == TypeKind::integer ? what.count : 32;
  const uint32_t size = f == Form::real || f == Form::pair ? 8 : bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
  // Is the value in the accumulator already? Then the address must not need it.
  const bool held = f == Form::word ? holds(value) : holds_real_ == value;
  uint32_t c = 0, slot = 0;
  const bool constant = f == Form::word && constants_.word(value, c);
  const bool in_slot = !constant && (find(value, slot) || constants_.is_constant(value));
  if (in_slot) slot = slot_of(value);
  const Address place = address(pointer, size, false);
  const bool still = held && (f == Form::word ? holds(value) : holds_real_ == value);
  uint32_t first = 4;  // in the order of the store forms: accumulator, slot, constant
  if (constant) {
    first = 8;
  } else if (still || !in_slot) {
    if (!still) {
      if (f == Form::word) {
        word(value, kNowhere);
      } else if (f == Form::pair) {
        slot = slot_of(value);
      } else {
        real(value, kNowhere);
      }
    }
    first = 0;
  }
  const uint32_t where = place.kind == Address::c    ? 0
                         : place.kind == Address::s  ? 1
                         : place.kind == Address::sx ? 2
                                                     : 3;
  Op family = size == 1 ? Op::store8_a_c_ : size == 2 ? Op::store16_a_c_ : Op::store32_a_c_;
  if (f == Form::single) family = Op::store_f32_a_c_;
  if (f == Form::real) family = Op::store_f64_a_c_;
  if (f == Form::pair) {
    family = Op::store_pair_c_;
    first = 0;
  }
  assembler_.op(member(family, first + where));
  put_address(place);
  if (f == Form::pair || first == 4) assembler_.cell(slot);
  if (first == 8) assembler_.cell(c);
}

void Lowering::alloca_dynamic(const Instruction& i) {
  uint32_t to = result_slot(i);
  if (to == kNowhere) to = temporary(1);
  const Cell cells[] = {to, slot_of(operand(i, 0)), type(i.subject).size,
                        i.detail != 0 ? i.detail : Cell{16}};
  helper(allocate_on_stack, cells, 4);
}

void Lowering::atomic(const Instruction& i) {
  uint32_t to = result_slot(i);
  const uint32_t slots = i.result != kNone ? slots_of(module_, i.type) : 0;
  if (to == kNowhere) to = temporary(slots);
  const TypeId id = type_of(operand(i, 1));
  const Type& what = type(id);
  const uint32_t bits = what.kind == TypeKind::integer ? what.count : 32;
  if (i.op == Opcode::compare_exchange) {
    const Cell cells[] = {bits, to, slot_of(operand(i, 0)), slot_of(operand(i, 1)),
                          slot_of(operand(i, 2))};
    helper(compare_exchange, cells, 5);
  } else {
    const Cell cells[] = {i.code, bits, to, slot_of(operand(i, 0)), slot_of(operand(i, 1))};
    helper(atomic_update, cells, 5);
  }
}

}  // namespace jit
