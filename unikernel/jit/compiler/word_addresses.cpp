// Addresses as values, and operations on what stands in memory.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

/// A getelementptr that is a value of its own.
/// base + offset, or base + index, of what stands in the frame: where the base becomes the sum, and
/// where the sum gets a register.
bool Generator::adds_in_frame(const Place& to, const AddressParts& parts) {
  if (parts.base == kNone || parts.symbol != kNone) return false;
  const ValueId base = behind_aliases(body_, selection_, parts.base);
  if (!has_variable(base) || role(base) != Role::variable) return false;
  const Place from = place_of(variable(base), 0);
  if (!to.is_memory && from.is_memory && parts.index != kNone && parts.scale == 0 &&
      parts.offset == 0) {
    const ValueId index = behind_aliases(body_, selection_, parts.index);
    if (!has_variable(index) || role(index) != Role::variable) return false;
    const Place other = place_of(variable(index), 0);
    if (!other.is_memory) return false;
    encoder_.reload(to.reg, from);
    encoder_.alu(Alu::add, to.reg, other);
    return true;
  }
  if (!to.is_memory || !same_place(from, to)) return false;
  if (parts.index == kNone) {
    encoder_.alu_constant(Alu::add, to, parts.offset);
    return true;
  }
  const ValueId index = behind_aliases(body_, selection_, parts.index);
  if (parts.scale != 0 || parts.offset != 0 || !has_variable(index) ||
      role(index) != Role::variable) {
    return false;
  }
  const Place by = place_of(variable(index), 0);
  if (by.is_memory) load(eax, source_at(by));
  encoder_.alu_to_place(Alu::add, to, by.is_memory ? eax : by.reg);
  return true;
}

void Generator::address(const Instruction& gep) {
  const Place to = result(gep);
  AddressParts parts;
  if (simple_address(module_, body_, gep, parts)) {
    if (adds_in_frame(to, parts)) return;
    // The base is a value; it may be another address, too.
    const Place at = memory_of_parts(parts);
    const Register in = to.is_memory ? eax : to.reg;
    const Memory& m = at.memory;
    if (m.base == kNoRegister && m.index == kNoRegister) {
      move(to, source_of_constant(static_cast<uint32_t>(m.offset)));
    } else if (m.index == kNoRegister && m.offset == 0) {
      move(to, source_at(in_register(m.base)));
    } else if (m.index == kNoRegister && m.base == in) {
      encoder_.alu_constant(Alu::add, in_register(in), static_cast<uint32_t>(m.offset));
      finish(to, in);
    } else if (m.base == in && m.scale == 0 && m.offset == 0) {
      encoder_.alu(Alu::add, in, in_register(m.index));
      finish(to, in);
    } else {
      encoder_.op(op::lea, in, at);
      finish(to, in);
    }
    return;
  }
  // The result conflicts with its operands (needs_of): it is where the sum grows.
  move(to, word(operand(gep, 0)));
  uint32_t offset = 0;
  TypeId t = gep.subject;
  for (uint32_t k = 1; k < gep.count; ++k) {
    const ValueId index = operand(gep, k);
    uint32_t words[2] = {};
    const bool constant = constants_.is_constant(index) && constants_.slots(index, words);
    const uint32_t bits = type(type_of(index)).count;
    const auto low = [&] {
      return bits < 32 ? static_cast<uint32_t>(static_cast<int32_t>(words[0] << (32 - bits)) >>
                                               (32 - bits))
                       : words[0];
    };
    if (k > 1 && type(t).kind == TypeKind::structure) {
      offset += memory_before(module_, type(t), words[0]);
      t = element_type(module_, type(t), words[0]);
      continue;
    }
    if (k > 1) t = type(t).first;
    const uint32_t size = type(t).size;
    if (constant) {
      offset += low() * size;
      continue;
    }
    sign_extend(eax, word(index), bits < 32 ? bits : 32);
    if (size != 1)
      multiply(in_register(eax), source_at(in_register(eax)), source_of_constant(size));
    encoder_.alu_to_place(Alu::add, to, eax);
  }
  if (offset != 0) encoder_.alu_constant(Alu::add, to, offset);
}

/// store p, (load p) op x
void Generator::update(const Instruction& store) {
  const Instruction& i = source_of(operand(store, 1));
  const uint32_t bits = word_bits(type(i.type));
  Alu which = Alu::add;
  switch (static_cast<BinaryOp>(i.code)) {
    case BinaryOp::sub:
      which = Alu::sub;
      break;
    case BinaryOp::and_:
      which = Alu::and_;
      break;
    case BinaryOp::or_:
      which = Alu::or_;
      break;
    case BinaryOp::xor_:
      which = Alu::xor_;
      break;
    default:
      break;
  }
  uint32_t constant = 0;
  if (constant_word(behind_aliases(body_, selection_, operand(i, 1)), 0, constant)) {
    encoder_.alu_constant(which, memory_at(operand(store, 0), 0), constant, bits);
    return;
  }
  Source x = word(operand(i, 1));
  Place at = memory_at(operand(store, 0), 0);
  const bool eax_in_address = at.memory.base == eax || at.memory.index == eax;
  Register reg = x.is_register() ? x.place.reg : eax;
  Register borrowed = kNoRegister;
  const bool wants_byte = bits == 8 && !has_low_byte(reg);
  if (!x.is_register() || wants_byte || (reg == eax && eax_in_address)) {
    reg = eax;
    if (eax_in_address) {
      // A register that is not part of the address, for a moment.
      borrowed = edx;
      while (at.memory.base == borrowed || at.memory.index == borrowed) --borrowed;
      encoder_.op(op::movd_load, xmm7, in_register(borrowed));
      reg = borrowed;
      x = word(operand(i, 1));  // eax is the address's only after this
      load(reg, x);
      at = memory_at(operand(store, 0), 0);
      if (at.memory.base == reg || at.memory.index == reg) {
        refuse("an update of what is read through too many registers");
        return;
      }
    } else {
      load(eax, x);
    }
  }
  encoder_.op((bits == 16 ? 0x66'0000U : 0U) | (alu_to_place(which) - (bits == 8 ? 1U : 0U)), reg,
              at);
  if (borrowed != kNoRegister) encoder_.op(op::movd_store, xmm7, in_register(borrowed));
}

}  // namespace jit
