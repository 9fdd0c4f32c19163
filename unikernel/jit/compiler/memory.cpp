// Loads, stores, allocas, and the parts of structures and arrays that are values.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

bool Generator::is_native_access(TypeId id) const {
  switch (part_kind(module_, id)) {
    case PartKind::word: {
      const uint32_t bits = word_bits(type(id));
      return bits == 1 || bits == 8 || bits == 16 || bits == 32;
    }
    case PartKind::pair:
      return type(id).count == 64;
    case PartKind::memory: {
      // As it stands in memory, and in whole slots.
      const Lanes lanes = lanes_of(module_, id);
      return lanes.count != 0 && lanes.bits > 1 && lanes.size() % 4 == 0;
    }
    case PartKind::none:
      return false;
    default:
      return true;
  }
}

void Generator::load_instruction(const Instruction& i) {
  const ValueId pointer = operand(i, 0);
  const PartKind what = part_kind(module_, i.type);
  const Place at = memory_at(pointer, 0);
  if (!is_used(i)) {
    if (what == PartKind::word) encoder_.op(op::mov_load, eax, at);
    return;
  }
  switch (what) {
    case PartKind::word: {
      const uint32_t bits = word_bits(type(i.type));
      const Place to = result(i);
      const Register in = to.is_memory ? eax : to.reg;
      encoder_.op(bits <= 8 ? op::movzx8 : bits == 16 ? op::movzx16 : op::mov_load, in, at);
      finish(to, in);
      return;
    }
    case PartKind::pair: {
      const Place low = result(i, 0), high = result(i, 1);
      const auto in_address = [&](const Place& p) {
        return !p.is_memory && (at.memory.base == p.reg || at.memory.index == p.reg);
      };
      if (!in_address(low)) {
        move(low, source_at(at));
        move(high, source_at(moved_by(at, 4)));
      } else if (!in_address(high)) {
        move(high, source_at(moved_by(at, 4)));
        move(low, source_at(at));
      } else {
        encoder_.op(op::mov_load, eax, at);
        move(high, source_at(moved_by(at, 4)));
        move(low, source_at(in_register(eax)));
      }
      return;
    }
    case PartKind::memory:
      copy_slots(memory_of(variable(i.result), 0), at, slots_of(module_, i.type));
      return;
    default:
      move_vector(what, result(i), at);
  }
}

void Generator::store_instruction(const Instruction& i) {
  const ValueId pointer = operand(i, 0), id = operand(i, 1);
  if (role(id) == Role::update) {
    update(i);
    return;
  }
  switch (kind(id)) {
    case PartKind::word: {
      const uint32_t bits = bits_of(id) <= 8 ? 8 : bits_of(id);
      if (needs_eax(id)) {
        // The value takes eax: through an SSE register, where the address does, too.
        const Source value = word(id);
        encoder_.op(op::movd_load, xmm7, value.place);
        encoder_.op(op::movd_store, xmm7, memory_at(pointer, 0));
        return;
      }
      const Place at = memory_at(pointer, 0);
      store_word(at, word(id), bits);
      return;
    }
    case PartKind::pair: {
      const Place at = memory_at(pointer, 0);
      move_freely(at, word(id, 0));
      move_freely(moved_by(at, 4), word(id, 1));
      return;
    }
    case PartKind::memory:
      to_slots(id, memory_at(pointer, 0));
      return;
    default: {
      const PartKind what = kind(id);
      const Place at = memory_at(pointer, 0);
      move_vector(what, at, vector(id));
    }
  }
}

void Generator::alloca_dynamic(const Instruction& i) {
  const Type& t = type(i.subject);
  const uint32_t align = i.detail > 16 ? i.detail : 16;
  const ValueId count = operand(i, 0);
  uint32_t number = 0;
  if (constant_word(count, 0, number)) {
    const uint64_t bytes = uint64_t{number} * t.size;
    load(eax, source_of_constant(bytes > 0xFFFF'FFFF ? 0xFFFF'FFFF : static_cast<uint32_t>(bytes)));
  } else {
    load(eax, word(count));
    if (t.size > 1) {
      encoder_.alu_constant(Alu::cmp, in_register(eax), 0xFFFF'FFFF / t.size);
      encoder_.jump_if(Condition::above, end_label(Outcome::stack_overflow));
    }
    if (t.size != 1) {
      encoder_.imul_constant(eax, in_register(eax), t.size);
    }
  }
  encoder_.alu(Alu::cmp, eax, in_register(esp));
  encoder_.jump_if(Condition::above, end_label(Outcome::stack_overflow));
  encoder_.op(op::unary, 3, in_register(eax));
  encoder_.alu(Alu::add, eax, in_register(esp));
  encoder_.alu_constant(Alu::and_, in_register(eax), ~(align - 1));
  if (align > 16 && outgoing_ % align != 0) {
    // Callees' arguments stay below: so much that what is above them is at a multiple.
    encoder_.alu_constant(Alu::sub, in_register(eax), outgoing_ % align);
  }
  check_stack(eax);
  encoder_.op(op::mov_load, esp, in_register(eax));
  if (outgoing_ != 0) encoder_.alu_constant(Alu::add, in_register(eax), outgoing_);
  if (is_used(i)) move(result(i), source_at(in_register(eax)));
}

// ---- memcpy and memset of a known, small size

bool Generator::known_size(const Instruction& i, uint32_t& bytes) const {
  return constant_word(operand(i, 3), 0, bytes) && bytes <= 128;
}

void Generator::copy_memory(const Instruction& i) {
  uint32_t bytes = 0, high = 0;
  (void)constant_word(operand(i, 3), 0, bytes);
  if (kind(operand(i, 3)) == PartKind::pair) (void)constant_word(operand(i, 3), 1, high);
  // All of a piece is read before it is written, and pieces do not overlap where source and target
  // do not.
  for (uint32_t at = 0; at < bytes;) {
    const uint32_t left = bytes - at;
    const uint32_t step = left >= 16 ? 16 : left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
    const Place from = memory_at(operand(i, 2), at);
    if (step >= 4) {
      encoder_.op(step == 16 ? op::movups : step == 8 ? op::movq_load : op::movd_load, xmm7, from);
      encoder_.op(step == 16  ? op::movups_store
                  : step == 8 ? op::movq_store
                              : op::movd_store,
                  xmm7, memory_at(operand(i, 1), at));
    } else {
      encoder_.op(step == 2 ? op::movzx16 : op::movzx8, eax, from);
      encoder_.op(op::movd_load, xmm7, in_register(eax));
      const Place to = memory_at(operand(i, 1), at);
      if (to.memory.base == eax || to.memory.index == eax) {
        Register other = edx;
        while (to.memory.base == other || to.memory.index == other) --other;
        encoder_.op(op::movd_load, xmm6, in_register(other));
        encoder_.op(op::movd_store, xmm7, in_register(other));
        encoder_.op(step == 2 ? op::mov_store16 : op::mov_store8, other, to);
        encoder_.op(op::movd_store, xmm6, in_register(other));
      } else {
        encoder_.op(step == 2 ? op::mov_store16 : op::mov_store8, eax, to);
      }
    }
    at += step;
  }
}

void Generator::fill_memory(const Instruction& i) {
  uint32_t bytes = 0, byte = 0;
  (void)constant_word(operand(i, 3), 0, bytes);
  (void)constant_word(operand(i, 2), 0, byte);
  const uint32_t word = (byte & 0xFF) * 0x01010101U;
  const uint64_t both = word | uint64_t{word} << 32;
  if (bytes >= 8) {
    if (word == 0) {
      encoder_.op(op::xorps, xmm7, in_register(xmm7));
    } else {
      encoder_.op(op::movups, xmm7, constant_bytes(both, both, 16));
    }
  }
  const Place to = memory_at(operand(i, 1), 0);
  for (uint32_t at = 0; at < bytes;) {
    const uint32_t left = bytes - at;
    const uint32_t step = left >= 16 ? 16 : left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
    if (step >= 8) {
      encoder_.op(step == 16 ? op::movups_store : op::movq_store, xmm7, moved_by(to, at));
    } else {
      encoder_.mov_constant(moved_by(to, at), word, step * 8);
    }
    at += step;
  }
}

// ---- parts of aggregates, which stand in slots

/// The slots before the part that `i` names by its operands from `first` on; its type.
uint32_t Generator::part_slot(const Instruction& i, uint32_t first, TypeId& id) const {
  uint32_t slot = 0;
  for (uint32_t k = first; k < i.count; ++k) {
    const uint32_t index = operand(i, k);
    slot += slots_before(module_, type(id), index);
    id = element_type(module_, type(id), index);
  }
  return slot;
}

void Generator::extract_value(const Instruction& i) {
  TypeId id = type_of(operand(i, 0));
  const uint32_t slot = part_slot(i, 1, id);
  const ValueId from = behind_aliases(body_, selection_, operand(i, 0));
  if (!is_used(i)) return;
  from_slots(i, memory_of(variable(from), slot * 4));
}

void Generator::insert_value(const Instruction& i) {
  TypeId id = i.type;
  const uint32_t slot = part_slot(i, 2, id);
  const Place to = memory_of(variable(i.result), 0);
  if (!is_undefined(operand(i, 0))) to_slots(operand(i, 0), to);
  to_slots(operand(i, 1), moved_by(to, slot * 4));
}

}  // namespace jit
