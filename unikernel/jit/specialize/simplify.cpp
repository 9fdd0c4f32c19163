// What an instruction becomes, of operands that are known in part.
#include "interpreter/plan.h"
#include "specialize/folding.h"
#include "specialize/specializer.h"
#include "support/bytes.h"

namespace jit {

bool Specializer::is_number(TypeId type, uint64_t bits, ValueId& value) {
  value = made_.constant(type, bits);
  if (value == kNone) refuse("no memory");
  return true;
}

bool Specializer::simplify(Instruction& i, ValueId& value) {
  uint64_t a = 0, b = 0;
  const auto known = [&](uint32_t k, uint64_t& bits) { return number(operands_[k], bits); };
  const Type& type = module_.types[i.type];
  switch (i.op) {
    case Opcode::binary:
      return is_foldable(type) && simplify_binary(i, value);
    case Opcode::cast: {
      uint64_t result = 0;
      const Type& from = made_.type_of(operands_[0]);
      return known(0, a) && fold_cast(static_cast<CastOp>(i.code), from, type, a, result) &&
             is_number(i.type, result, value);
    }
    case Opcode::compare: {
      bool result = false;
      const Type& of = made_.type_of(operands_[0]);
      return is_foldable(of) && type.kind == TypeKind::integer && known(0, a) && known(1, b) &&
             fold_compare(static_cast<Predicate>(i.code), word_bits(of), a, b, result) &&
             is_number(i.type, result ? 1 : 0, value);
    }
    case Opcode::select:
      if (made_.type_of(operands_[0]).kind != TypeKind::integer || !known(0, a)) return false;
      value = operands_[(a & 1) != 0 ? 1 : 2];
      return true;
    case Opcode::freeze:
      value = operands_[0];
      return is_foldable(type) && known(0, a);
    case Opcode::getelementptr:
      return type.kind == TypeKind::pointer && simplify_address(i, value);
    case Opcode::load:
      return simplify_load(i, value);
    default:
      return false;
  }
}

bool Specializer::simplify_binary(Instruction& i, ValueId& value) {
  auto op = static_cast<BinaryOp>(i.code);
  const uint32_t bits = word_bits(module_.types[i.type]);
  uint64_t a = 0, b = 0, result = 0;
  const bool has_a = number(operands_[0], a), has_b = number(operands_[1], b);
  if (has_a && has_b) {
    return fold_binary(op, bits, a, b, result) && is_number(i.type, result, value);
  }
  const bool commutes = op == BinaryOp::add || op == BinaryOp::mul || op == BinaryOp::and_ ||
                        op == BinaryOp::or_ || op == BinaryOp::xor_;
  if (has_a && commutes) {
    const ValueId first = operands_[0];
    operands_[0] = operands_[1];
    operands_[1] = first;
    b = a;
  } else if (!has_b) {
    return false;
  }
  value = operands_[0];
  if (op == BinaryOp::or_ && (i.flags & kFlagDisjoint) != 0) {
    op = BinaryOp::add;  // so that it is added up with others
    i.code = static_cast<uint8_t>(op);
    i.flags = kFlagDisjoint;
  }
  switch (op) {
    case BinaryOp::add:
      break;
    case BinaryOp::sub:
    case BinaryOp::or_:
    case BinaryOp::xor_:
    case BinaryOp::shl:
    case BinaryOp::lshr:
    case BinaryOp::ashr:
      return b == 0;
    case BinaryOp::mul:
      return b == 1 || (b == 0 && is_number(i.type, 0, value));
    case BinaryOp::and_:
      return b == mask64_of(bits) || (b == 0 && is_number(i.type, 0, value));
    default:
      return false;
  }
  if (b == 0) return true;
  // x + c + d: what a loop counts by is added up over its turns. Where x is what it counts, the sum
  // is an index like those of an unrolled loop (kFlagDisjoint).
  const Instruction* const before = made_.made_by(operands_[0]);
  if (before != nullptr && before->op == Opcode::phi) i.flags |= kFlagDisjoint;
  if (before == nullptr || before->op != Opcode::binary || before->code != i.code ||
      !number(made_.operand(*before, 1), a)) {
    return false;
  }
  i.flags = before->flags & kFlagDisjoint;
  operands_[0] = made_.operand(*before, 0);
  operands_[1] = made_.constant(i.type, (a + b) & mask64_of(bits));
  if (operands_[1] == kNone) refuse("no memory");
  value = operands_[0];
  return ((a + b) & mask64_of(bits)) == 0;
}

bool Specializer::simplify_address(const Instruction& i, ValueId& value) {
  uint64_t base = 0, offset = 0, first = 0;
  const auto known = [this](ValueId id, uint64_t& bits) { return number(id, bits); };
  if (!fold_offset(module_, made_.values(), i.subject,
                   {operands_.begin() + 1, operands_.size() - 1}, known, offset)) {
    return false;
  }
  (void)number(operands_[1], first);
  if (number(operands_[0], base)) {
    return is_number(i.type, (base + offset) & 0xFFFF'FFFF, value);
  }
  value = operands_[0];
  if (offset == 0) return true;
  const Instruction* const before = made_.made_by(operands_[0]);
  uint64_t other = 0;
  if (before == nullptr || before->op != Opcode::getelementptr || operands_.size() != 2 ||
      before->count != 2 || before->subject != i.subject ||
      made_.value(made_.operand(*before, 1)).type != made_.value(operands_[1]).type ||
      word_bits(made_.type_of(operands_[1])) < 32 ||  // the sum would be another number there
      !number(made_.operand(*before, 1), other)) {
    return false;
  }
  const TypeId of_index = made_.value(operands_[1]).type;
  operands_[0] = made_.operand(*before, 0);
  operands_[1] =
      made_.constant(of_index, (first + other) & mask64_of(word_bits(module_.types[of_index])));
  if (operands_[1] == kNone) refuse("no memory");
  return false;
}

bool Specializer::simplify_load(const Instruction& i, ValueId& value) {
  for (const KnownLoad& load : options_.loads) {
    if (load.result == i.result) return is_number(i.type, load.bits, value);
  }
  uint64_t address = 0;
  const Type& type = module_.types[i.type];
  if ((i.flags & (kFlagVolatile | kFlagAtomic)) != 0 || !is_foldable(type) ||
      options_.fixed == nullptr || word_bits(type) != type.size * 8 ||
      !number(operands_[0], address)) {
    return false;
  }
  const uint8_t* const bytes = options_.fixed->fixed(static_cast<uint32_t>(address), type.size);
  if (bytes == nullptr) return false;
  return is_number(i.type, read_little(bytes, type.size), value);
}

}  // namespace jit
