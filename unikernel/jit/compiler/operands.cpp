// Where values are, and how an instruction of the machine names them.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

bool Generator::constant_word(ValueId id, uint32_t part, uint32_t& value) const {
  const Value& v = value_of(module_, body_, id);
  if (v.kind == ValueKind::integer || v.kind == ValueKind::zero) {
    value = static_cast<uint32_t>(v.kind == ValueKind::zero ? 0 : v.bits >> 32 * part);
    return true;
  }
  if (v.kind == ValueKind::global) {
    value = part == 0 ? constants_.address_of(v) : 0;
    return true;
  }
  if (!constants_.is_constant(id)) return false;
  uint32_t words[2] = {};
  if (!constants_.slots(id, words)) return false;
  value = words[part];
  return true;
}

Place Generator::outgoing_place(uint32_t offset) { return at_stack(offset); }

Place Generator::memory_of(const Variable& v, uint32_t offset) const {
  return v.incoming ? incoming_place(v.slot + offset) : slot_place(v.slot + offset);
}

Place Generator::place_of(const Variable& v, uint32_t part) const {
  if (v.in_register()) return in_register(v.registers[part]);
  return memory_of(v, part * 4);
}

Place Generator::place_of_kept(ValueId id) const {
  return in_register(part_kind(module_, type_of(id)) == PartKind::word ? eax : xmm7);
}

Place Generator::result(const Instruction& i, uint32_t part) const {
  if (i.result == kept_result_) return place_of_kept(i.result);
  return place_of(variable(i.result), part);
}

Place Generator::moved_by(const Place& p, uint32_t bytes) {
  Place moved = p;
  moved.memory.offset = static_cast<int32_t>(static_cast<uint32_t>(p.memory.offset) + bytes);
  return moved;
}

Place Generator::place_address(const Instruction& alloca) const {
  return frame_place(places_[alloca.result - body_.base]);
}

Generator::Source Generator::word(ValueId id, uint32_t part) {
  Role r = role(id);
  if (r == Role::alias) {
    id = behind_aliases(body_, selection_, id);
    r = role(id);
  }
  if (r != Role::variable) return word_of_none(id, part);
  Source source;
  source.place = id == kept_ ? place_of_kept(id) : place_of(variable(id), part);
  return source;
}

/// Of what is no variable.
Generator::Source Generator::word_of_none(ValueId id, uint32_t part) {
  Source source;
  if (constants_.is_constant(id)) {
    source.is_constant = true;
    if (!constant_word(id, part, source.constant)) refuse("a constant that is not computed");
    return source;
  }
  switch (role(id)) {
    case Role::operand:
      source.place = memory_at(operand(source_of(id), 0), part * 4);
      return source;
    case Role::place:
      encoder_.op(op::lea, eax, place_address(source_of(id)));
      source.place = in_register(eax);
      return source;
    case Role::address:
      encoder_.op(op::lea, eax, memory_at(id, 0));
      source.place = in_register(eax);
      return source;
    default:
      refuse("a value that stands nowhere");
      return source;
  }
}

Place Generator::constant_bytes(uint64_t low, uint64_t high, uint32_t size) {
  uint8_t bytes[16];
  for (uint32_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<uint8_t>(low >> i * 8);
    bytes[i + 8] = static_cast<uint8_t>(high >> i * 8);
  }
  return encoder_.constant(bytes, size, size);
}

Place Generator::vector(ValueId id) {
  id = behind_aliases(body_, selection_, id);
  if (constants_.is_constant(id)) {
    uint32_t words[4] = {};
    if (!constants_.slots(id, words)) refuse("a constant that is not computed");
    const uint64_t low = words[0] | uint64_t{words[1]} << 32;
    const uint64_t high = words[2] | uint64_t{words[3]} << 32;
    // Half of a register is an operand of 128 bits where it is in memory.
    return constant_bytes(low, high, kind(id) == PartKind::half ? 16 : 4 * slots_of_kind(kind(id)));
  }
  switch (role(id)) {
    case Role::variable:
      return id == kept_ ? place_of_kept(id) : place_of(variable(id), 0);
    case Role::operand:
      return memory_at(operand(source_of(id), 0), 0);
    default:
      refuse("a vector that stands nowhere");
      return in_register(xmm7);
  }
}

Register Generator::vector_register(ValueId id, Register otherwise) {
  const Place place = vector(id);
  if (!place.is_memory) return place.reg;
  move_vector(kind(id), in_register(otherwise), place);
  return otherwise;
}

Place Generator::memory_at(ValueId pointer, uint32_t offset) {
  pointer = behind_aliases(body_, selection_, pointer);
  AddressParts parts = address_of(module_, body_, selection_, pointer);
  parts.offset += offset;
  return memory_of_parts(parts);
}

Place Generator::memory_of_parts(const AddressParts& parts) {
  Memory memory;
  uint32_t fixed = 0;
  if (parts.symbol != kNone && !constant_word(parts.symbol, 0, fixed)) {
    refuse("a constant that is not computed");
  }
  fixed += parts.offset;
  memory.offset = static_cast<int32_t>(fixed);
  Place index;
  if (parts.index != kNone) {
    const ValueId id = behind_aliases(body_, selection_, parts.index);
    index = role(id) == Role::place ? in_memory({}) : place_of(variable(id), 0);
    memory.scale = parts.scale;
  }
  bool base_in_eax = false;
  Place base;  // a word in memory, where there is one
  if (parts.base != kNone) {
    const ValueId id = behind_aliases(body_, selection_, parts.base);
    uint32_t constant = 0;
    if (role(id) == Role::variable) {
      const Variable& v = variable(id);
      if (v.in_register()) {
        memory.base = v.registers[0];
      } else {
        base = memory_of(v, 0);
      }
    } else if (constant_word(id, 0, constant)) {
      memory.offset = static_cast<int32_t>(fixed + constant);
    } else if (role(id) == Role::place) {
      const Memory place = place_address(source_of(id)).memory;
      memory.base = place.base;
      memory.offset = static_cast<int32_t>(fixed + static_cast<uint32_t>(place.offset));
    } else if (role(id) == Role::address) {
      // Behind an alias: an address of its own.
      encoder_.op(op::lea, eax, memory_at(id, 0));
      memory.base = eax;
      base_in_eax = true;
    } else {
      refuse("an address whose base stands nowhere");
    }
  }
  if (parts.index == kNone) {
    if (base.is_memory) {
      encoder_.reload(eax, base);
      memory.base = eax;
    }
    return in_memory(memory);
  }
  if (!index.is_memory) {
    if (memory.base == kNoRegister && !base.is_memory && memory.scale == 0) {
      memory.base = index.reg;
      return in_memory(memory);
    }
    memory.index = index.reg;
    if (base.is_memory) {
      encoder_.reload(eax, base);
      memory.base = eax;
    }
    return in_memory(memory);
  }
  if (!base_in_eax && !base.is_memory) {
    encoder_.reload(eax, index);
    memory.index = eax;
    return in_memory(memory);
  }
  // Both are in memory, and there is one register: their sum.
  if (base_in_eax) {
    for (uint32_t k = 0; k < 1U << memory.scale; ++k) encoder_.alu(Alu::add, eax, index);
  } else {
    encoder_.reload(eax, index);
    if (memory.scale != 0) encoder_.shift(Shift::shl, in_register(eax), memory.scale);
    encoder_.alu(Alu::add, eax, base);
  }
  memory.base = eax;
  memory.scale = 0;
  return in_memory(memory);
}

}  // namespace jit
