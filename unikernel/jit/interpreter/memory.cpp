// Loads, stores, and the frame's own memory.
#include "interpreter/helpers.h"
#include "interpreter/lowering.h"
#include "ir/layout.h"

namespace jit {
namespace {

/// Of a word of so many bits in memory; of 17 to 24 it is three, which odd_bytes() moves.
uint32_t word_bytes(uint32_t bits) { return bits <= 8 ? 1 : bits <= 16 ? 2 : 4; }
Op load_of(uint32_t bytes) {
  return bytes == 1 ? Op::load8_c_a_ : bytes == 2 ? Op::load16_c_a_ : Op::load32_c_a_;
}
Op store_of(uint32_t bytes) {
  return bytes == 1 ? Op::store8_a_c_ : bytes == 2 ? Op::store16_a_c_ : Op::store32_a_c_;
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

/// Of a family of JIT_LOAD_FORMS.
void Lowering::load_at(Op family, const Address& address, uint32_t to) {
  assembler_.op(member(family, 2 * address.kind + (to != kNowhere ? 1 : 0)));
  put_address(address);
  if (to != kNowhere) assembler_.cell(to);
}

/// Of a family of JIT_WIDE_LOAD_FORMS: to slots.
void Lowering::load_slots(Op family, const Address& address, uint32_t slot) {
  assembler_.op(member(family, address.kind));
  put_address(address);
  assembler_.cell(slot);
}

/// Of a family of the store forms; what is stored follows, where it is no accumulator.
void Lowering::store_at(Op family, uint32_t form, const Address& address) {
  const uint32_t kind = address.kind == Address::c    ? 0
                        : address.kind == Address::s  ? 1
                        : address.kind == Address::sx ? 2
                                                      : 3;
  assembler_.op(member(family, form + kind));
  put_address(address);
}

void Lowering::load_word(const Instruction& i, uint32_t to) {
  const Type& what = type(i.type);
  const uint32_t bits = word_bits(what);
  const uint32_t size = word_bytes(bits);
  const bool odd = bits != size * 8 && bits != 1;
  const Op family = load_of(size);
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
      const uint32_t bits = word_bits(what);
      const uint32_t size = word_bytes(bits);
      const Op family = load_of(size);
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
        load_slots(Op::load_pair_c_, place_of(pointer, offset), slot);
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
    const uint32_t bytes = what.count * lane_bytes(lane);
    uint32_t at = 0;
    for (; at + 16 <= bytes; at += 16) {
      load_slots(Op::load_quad_c_, place_of(pointer, offset + at), slot + at);
    }
    for (; at + 8 <= bytes; at += 8) {
      load_slots(Op::load_pair_c_, place_of(pointer, offset + at), slot + at);
    }
    if (at < bytes) {
      const uint32_t left = bytes - at;
      if (left == 3 || left > 4) {
        odd_bytes(load_bytes, left, pointer, offset + at, slot + at);
      } else {
        load_at(load_of(left), place_of(pointer, offset + at), slot + at);
      }
      holds_word_ = kNone;
    }
    return;
  }
  if (is_long_number(id)) {
    const uint32_t bits = value_bits(what);
    const uint32_t slots = slots_of(module_, id);
    load_slots(Op::load_pair_c_, place_of(pointer, offset), slot);
    if (slots > 3) assembler_.emit(Op::put_constant_, slot + 12, 0);
    odd_bytes(load_bytes, (bits + 7) / 8 - 8, pointer, offset + 8, slot + 8);
    if (bits % 32 != 0) binary_slot_mask(slot + (slots - 1) * 4, mask_of(bits % 32));
    return;
  }
  for (uint32_t k = 0, at = 0; k < what.count; ++k) {
    const TypeId inner = element_type(module_, what, k);
    load_parts(inner, pointer, offset + memory_before(module_, what, k), slot + at * 4);
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
  const bool quad = is_quad(i.type);
  const bool pair = what == Form::pair && type(i.type).count == 64;
  if (quad || pair) {
    load_slots(quad ? Op::load_quad_c_ : Op::load_pair_c_,
               address(operand(i, 0), quad ? 16 : 8, true), slot);
    return;
  }
  load_parts(i.type, operand(i, 0), 0, slot);
}

void Lowering::store_parts(TypeId id, ValueId pointer, uint32_t offset, uint32_t slot) {
  const Type& what = type(id);
  const auto put = [&](Op family, uint32_t form, uint32_t more, uint32_t from) {
    store_at(family, form, place_of(pointer, offset + more));
    assembler_.cell(from);
  };
  const Form f = form_of(what);
  switch (f) {
    case Form::word: {
      const uint32_t bits = word_bits(what);
      if (bits > 16 && bits <= 24) {
        odd_bytes(store_bytes, 3, pointer, offset, slot);
        return;
      }
      put(store_of(word_bytes(bits)), store_form::kSlot, 0, slot);
      return;
    }
    case Form::single:
      put(Op::store32_a_c_, store_form::kSlot, 0, slot);
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
    const uint32_t bytes = what.count * lane_bytes(lane);
    uint32_t at = 0;
    for (; at + 16 <= bytes; at += 16) put(Op::store_quad_c_, 0, at, slot + at);
    for (; at + 8 <= bytes; at += 8) put(Op::store_pair_c_, 0, at, slot + at);
    for (; at + 4 <= bytes; at += 4) put(Op::store32_a_c_, store_form::kSlot, at, slot + at);
    for (; at + 2 <= bytes; at += 2) put(Op::store16_a_c_, store_form::kSlot, at, slot + at);
    for (; at < bytes; ++at) put(Op::store8_a_c_, store_form::kSlot, at, slot + at);
    return;
  }
  if (is_long_number(id)) {
    const uint32_t bits = value_bits(what);
    put(Op::store_pair_c_, 0, 0, slot);
    odd_bytes(store_bytes, (bits + 7) / 8 - 8, pointer, offset + 8, slot + 8);
    return;
  }
  for (uint32_t k = 0, at = 0; k < what.count; ++k) {
    const TypeId inner = element_type(module_, what, k);
    store_parts(inner, pointer, offset + memory_before(module_, what, k), slot + at * 4);
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
    if (!is_quad(type_of(value))) {
      store_parts(type_of(value), pointer, 0, slot);
      return;
    }
    store_at(Op::store_quad_c_, 0, address(pointer, 16, false));
    assembler_.cell(slot);
    return;
  }
  const uint32_t size = slots_of(module_, type_of(value)) == 2 ? 8 : word_bytes(word_bits(what));
  // Is the value in the accumulator already? Then the address must not need it.
  const bool held = f == Form::word ? holds(value) : holds_real_ == value;
  uint32_t c = 0, slot = 0;
  const bool constant = f == Form::word && constants_.word(value, c);
  const bool in_slot = !constant && (find(value, slot) || constants_.is_constant(value));
  if (in_slot) slot = slot_of(value);
  const Address place = address(pointer, size, false);
  const bool still = held && (f == Form::word ? holds(value) : holds_real_ == value);
  if (f == Form::pair) {
    if (!in_slot) slot = slot_of(value);
    store_at(Op::store_pair_c_, 0, place);
    assembler_.cell(slot);
    return;
  }
  const Op family = f == Form::single ? Op::store_f32_a_c_
                    : f == Form::real ? Op::store_f64_a_c_
                                      : store_of(size);
  if (constant) {
    store_at(family, store_form::kConstant, place);
    assembler_.cell(c);
  } else if (in_slot && !still) {
    store_at(family, store_form::kSlot, place);
    assembler_.cell(slot);
  } else {
    if (f == Form::word) {
      word(value, kNowhere);
    } else {
      real(value, kNowhere);
    }
    store_at(family, store_form::kAcc, place);
  }
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
  const uint32_t bits = word_bits(type(type_of(operand(i, 1))));
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
