// Records of a function block that are instructions: what each operand is, and the type of the
// result where the record does not say it. Source of the orders: BitcodeWriter.cpp of LLVM 19.
#include "bitcode/function_reader.h"

namespace jit::bitcode {

TypeId BodyReader::type_of(ValueId id) const {
  if (id < base_) return module_.values[id].type;
  id -= base_;
  return id < constants_.values.size() ? constants_.values[id].type : kNone;
}

/// Of the module, or ahead.
bool BodyReader::take_outer(ValueId id, TypeId& type) {
  type = type_of(id);
  if (type == kNone) {
    type = in_.number();
    if (!in_range(type)) return in_.fail("a type that is not there");
  }
  return push(id);
}

bool BodyReader::take_typed() { return push(next_value() - static_cast<uint32_t>(in_.operand())); }

bool BodyReader::take_order(Instruction& made) {
  made.flags |= flag_if(in_.operand() != 0, kFlagVolatile) | kFlagAtomic;
  in_.operand();  // one processor: every order is kept
  in_.operand();
  return !in_.failed();
}

/// Written as the logarithm and 1; 0 for the type's own.
bool BodyReader::take_alignment(Instruction& made, TypeId type) {
  const uint32_t code = in_.number();
  if (code > 32) return in_.fail("an alignment is out of range");
  if (code != 0) {
    made.detail = 1U << (code - 1);
  } else {
    made.detail = in_range(type) ? module_.types[type].align : 0;
  }
  return true;
}

// ---- types of results

bool BodyReader::is_floating(TypeId type) const {
  const Type* known = &module_.types[type];
  if (known->kind == TypeKind::vector) known = &module_.types[known->first];
  return known->kind == TypeKind::float_type || known->kind == TypeKind::double_type ||
         known->kind == TypeKind::extended;
}

bool BodyReader::vector_of(TypeId element, uint32_t count, TypeId& type) {
  if (!in_range(element)) return in_.fail("a vector of nothing");
  const Type& wanted = module_.types[element];
  for (const TypeId id : file_.vectors) {
    const Type& known = module_.types[id];
    const Type& known_element = module_.types[known.first];
    if (known.count == count && known_element.kind == wanted.kind &&
        known_element.count == wanted.count) {
      type = id;
      return true;
    }
  }
  return in_.refuse("a vector that is not among the types, or is not supported");
}

bool BodyReader::shaped(TypeId element, TypeId like, TypeId& type) {
  type = element;
  const Type& model = module_.types[like];
  return model.kind != TypeKind::vector || vector_of(element, model.count, type);
}

bool BodyReader::take_indices(TypeId aggregate, TypeId& part) {
  part = aggregate;
  if (!in_.more()) return in_.fail("no index into an aggregate");
  while (in_.more()) {
    const uint32_t index = in_.number();
    const Type& type = module_.types[part];
    const bool structure = type.kind == TypeKind::structure;
    if ((!structure && type.kind != TypeKind::array) || index >= type.count) {
      return in_.fail("an index into an aggregate is out of range");
    }
    part = structure ? module_.type_lists[type.first + index] : type.first;
    if (!push(index)) return false;
  }
  return !in_.failed();
}

// ---- values from values

/// [a, b, operation, flags?]
bool BodyReader::read_binary(Instruction& made) {
  made.op = Opcode::binary;
  if (!take_value(made.type) || !take_typed()) return false;
  const uint32_t code = in_.number();
  if (code > static_cast<uint32_t>(BinaryOp::xor_)) return in_.refuse("an unknown operation");
  const uint64_t flags = in_.more() ? in_.operand() : 0;
  BinaryOp op = static_cast<BinaryOp>(code);
  if (is_floating(made.type)) {
    made.flags = flag_if(flags != 0, kFlagFastMath);
    switch (op) {
      case BinaryOp::add:
        op = BinaryOp::fadd;
        break;
      case BinaryOp::sub:
        op = BinaryOp::fsub;
        break;
      case BinaryOp::mul:
        op = BinaryOp::fmul;
        break;
      case BinaryOp::sdiv:
        op = BinaryOp::fdiv;
        break;
      case BinaryOp::srem:
        op = BinaryOp::frem;
        break;
      default:
        return in_.fail("an operation on integers, of floating-point numbers");
    }
  } else if (op == BinaryOp::or_) {
    made.flags = flag_if((flags & 1) != 0, kFlagDisjoint);
  } else if (op == BinaryOp::udiv || op == BinaryOp::sdiv || op == BinaryOp::lshr ||
             op == BinaryOp::ashr) {
    made.flags = flag_if((flags & 1) != 0, kFlagExact);
  } else {
    made.flags = flag_if((flags & 1) != 0, kFlagNuw) | flag_if((flags & 2) != 0, kFlagNsw);
  }
  made.code = static_cast<uint8_t>(op);
  return true;
}

/// [a, type, operation, flags?]
bool BodyReader::read_cast(Instruction& made) {
  made.op = Opcode::cast;
  TypeId from = 0;
  if (!take_value(from)) return false;
  made.type = in_.number();
  const uint32_t code = in_.number();
  if (code > static_cast<uint32_t>(CastOp::bitcast)) return in_.refuse("an unknown cast");
  made.code = static_cast<uint8_t>(code);
  const uint64_t flags = in_.more() ? in_.operand() : 0;
  const CastOp op = static_cast<CastOp>(code);
  if (op == CastOp::zext || op == CastOp::uitofp) {
    made.flags = flag_if((flags & 1) != 0, kFlagNneg);
  } else if (op == CastOp::trunc) {
    made.flags = flag_if((flags & 1) != 0, kFlagNuw) | flag_if((flags & 2) != 0, kFlagNsw);
  }
  return true;
}

/// [a, operation, flags?]
bool BodyReader::read_unary(Instruction& made) {
  made.op = Opcode::negate;
  if (!take_value(made.type)) return false;
  if (in_.number() != 0) return in_.refuse("an unknown operation on one value");
  made.flags = flag_if(in_.more() && in_.operand() != 0, kFlagFastMath);
  return true;
}

/// [a, b, predicate, flags?]
bool BodyReader::read_compare(Instruction& made) {
  made.op = Opcode::compare;
  TypeId compared = 0;
  if (!take_value(compared) || !take_typed()) return false;
  const uint32_t predicate = in_.number();
  if (predicate > static_cast<uint32_t>(Predicate::sle)) return in_.refuse("an unknown predicate");
  made.code = static_cast<uint8_t>(predicate);
  made.flags = flag_if(in_.more() && in_.operand() != 0, kFlagFastMath);
  return shaped(file_.boolean, compared, made.type);
}

/// [if true, if false, condition, flags?]
bool BodyReader::read_select(Instruction& made) {
  made.op = Opcode::select;
  if (!take_value(made.type) || !take_typed()) return false;
  TypeId condition = 0;
  if (!take_value(condition)) return false;
  made.flags = flag_if(in_.more() && in_.operand() != 0, kFlagFastMath);
  // The condition stands first in the IR.
  uint32_t* const operands = operands_.begin() + made.first;
  const ValueId first = operands[2];
  operands[2] = operands[1];
  operands[1] = operands[0];
  operands[0] = first;
  return true;
}

/// [vector, index]
bool BodyReader::read_extract_element(Instruction& made) {
  made.op = Opcode::extract_element;
  TypeId vector = 0;
  TypeId index = 0;
  if (!take_value(vector) || !take_value(index)) return false;
  if (module_.types[vector].kind == TypeKind::unsupported) {
    return in_.refuse("an element of a vector that is not supported");
  }
  if (module_.types[vector].kind != TypeKind::vector) return in_.fail("an element of no vector");
  made.type = module_.types[vector].first;
  return true;
}

/// [vector, element, index]
bool BodyReader::read_insert_element(Instruction& made) {
  made.op = Opcode::insert_element;
  TypeId index = 0;
  return take_value(made.type) && take_typed() && take_value(index);
}

/// [a, b, mask]
bool BodyReader::read_shuffle(Instruction& made) {
  made.op = Opcode::shuffle;
  TypeId vector = 0;
  TypeId mask = 0;
  if (!take_value(vector) || !take_typed() || !take_value(mask)) return false;
  const Type& from = module_.types[vector];
  const Type& order = module_.types[mask];
  if (from.kind != TypeKind::vector || order.kind != TypeKind::vector) {
    return in_.refuse("a shuffle of what is no vector, or of one that is not supported");
  }
  return vector_of(from.first, order.count, made.type);
}

/// [aggregate, indices...]
bool BodyReader::read_extract_value(Instruction& made) {
  made.op = Opcode::extract_value;
  TypeId aggregate = 0;
  return take_value(aggregate) && take_indices(aggregate, made.type);
}

/// [aggregate, element, indices...]
bool BodyReader::read_insert_value(Instruction& made) {
  made.op = Opcode::insert_value;
  TypeId element = 0;
  TypeId part = 0;
  return take_value(made.type) && take_value(element) && take_indices(made.type, part);
}

// ---- memory

/// [type, type of the count, count, flags, address space?]. The count is an absolute id.
bool BodyReader::read_alloca(Instruction& made) {
  constexpr uint32_t kInAlloca = 1 << 5;
  constexpr uint32_t kExplicitType = 1 << 6;
  constexpr uint32_t kSwiftError = 1 << 7;
  made.op = Opcode::alloca;
  made.subject = in_.number();
  in_.operand();
  if (!take_number()) return false;
  const uint32_t flags = in_.number();
  if ((flags & kExplicitType) == 0) return in_.refuse("alloca with a typed pointer");
  if ((flags & (kInAlloca | kSwiftError)) != 0) return in_.refuse("alloca for another convention");
  if (in_.more() && in_.operand() != 0) return in_.refuse("alloca in another address space");
  const uint32_t align = (flags & 31) | (flags >> 8 & 7) << 5;
  if (align > 32) return in_.fail("an alignment is out of range");
  if (align != 0) made.detail = 1U << (align - 1);
  made.type = file_.pointer;
  return true;
}

/// [address, type, alignment, volatile], atomic: and [ordering, scope]
bool BodyReader::read_load(Instruction& made, bool atomic) {
  made.op = Opcode::load;
  TypeId address = 0;
  if (!take_value(address)) return false;
  made.type = made.subject = in_.number();
  if (!take_alignment(made, made.type)) return false;
  if (atomic) return take_order(made);
  made.flags = flag_if(in_.operand() != 0, kFlagVolatile);
  return true;
}

/// [address, value, alignment, volatile], atomic: and [ordering, scope]
bool BodyReader::read_store(Instruction& made, bool atomic) {
  made.op = Opcode::store;
  made.type = file_.nothing;
  TypeId address = 0;
  if (!take_value(address) || !take_value(made.subject)) return false;
  if (!take_alignment(made, made.subject)) return false;
  if (atomic) return take_order(made);
  made.flags = flag_if(in_.operand() != 0, kFlagVolatile);
  return true;
}

/// [flags, source type, base, indices...]
bool BodyReader::read_address(Instruction& made) {
  made.op = Opcode::getelementptr;
  made.flags = flag_if((in_.operand() & 1) != 0, kFlagInbounds);
  made.subject = in_.number();
  if (!take_value(made.type)) return false;
  while (in_.more()) {
    TypeId index = 0;
    if (!take_value(index)) return false;
    // One vector among the operands makes the result a vector of addresses.
    const Type& base = module_.types[made.type];
    if (base.kind == TypeKind::pointer && !shaped(made.type, index, made.type)) return false;
  }
  return true;
}

/// [address, expected, replacement, volatile, ordering, scope, ordering, weak, alignment]
bool BodyReader::read_compare_exchange(Instruction& made) {
  made.op = Opcode::compare_exchange;
  TypeId address = 0;
  if (!take_value(address) || !take_value(made.subject) || !take_typed()) return false;
  if (!take_order(made)) return false;
  in_.operand();
  in_.operand();
  made.detail = module_.types[made.subject].align;
  if (in_.more() && !take_alignment(made, made.subject)) return false;
  for (const TypeId id : file_.exchanges) {
    if (module_.type_lists[module_.types[id].first] == made.subject) made.type = id;
  }
  return made.type != kNone || in_.refuse("cmpxchg of a type that is not supported");
}

/// [address, value, operation, volatile, ordering, scope, alignment]
bool BodyReader::read_atomic_update(Instruction& made) {
  made.op = Opcode::atomic_update;
  TypeId address = 0;
  if (!take_value(address) || !take_value(made.type)) return false;
  made.subject = made.type;
  const uint32_t code = in_.number();
  if (code > static_cast<uint32_t>(AtomicOp::umin)) return in_.refuse("an unknown atomicrmw");
  made.code = static_cast<uint8_t>(code);
  if (!take_order(made)) return false;
  made.detail = module_.types[made.type].align;
  return !in_.more() || take_alignment(made, made.type);
}

}  // namespace jit::bitcode
