// Records of a function block that are instructions: what each operand is, and the type of the
// result where the record does not say it. Source of the orders: BitcodeWriter.cpp of LLVM 19.
#include "bitcode/function_reader.h"

namespace jit::bitcode {

namespace {

uint16_t flag_if(bool set, uint16_t flag) { return set ? flag : uint16_t{0}; }

}  // namespace

TypeId BodyReader::type_of(ValueId id) const {
  if (id < module_.values.size) return module_.values[id].type;
  id -= module_.values.size;
  return id < constants_.values.size() ? constants_.values[id].type : kNone;
}

bool BodyReader::take_value(TypeId& type) {
  const ValueId id = next_value() - static_cast<uint32_t>(in_.operand());
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
  return known->kind == TypeKind::float_type || known->kind == TypeKind::double_type;
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

// ---- control

/// [block] or [if true, if false, condition]
bool BodyReader::read_branch(Instruction& made) {
  made.op = Opcode::branch;
  made.type = file_.nothing;
  const uint32_t target = in_.number();
  if (!in_.more()) return push(target);
  made.op = Opcode::branch_if;
  const uint32_t otherwise = in_.number();
  return take_typed() && push(target) && push(otherwise);
}

/// [type, value, default, (case, block)...]. Cases are absolute ids.
bool BodyReader::read_switch(Instruction& made) {
  made.op = Opcode::switch_on;
  made.type = file_.nothing;
  in_.operand();
  if (!take_typed() || !take_number()) return false;
  while (in_.more()) {
    if (!take_number() || !take_number()) return false;
  }
  return true;
}

/// [type, (value, block)..., flags?]. Values are relative and have a sign, in the lowest bit.
bool BodyReader::read_phi(Instruction& made) {
  made.op = Opcode::phi;
  made.type = in_.number();
  while (in_.more()) {
    const uint64_t written = in_.operand();
    if (!in_.more()) {
      made.flags = flag_if(written != 0, kFlagFastMath);
      break;
    }
    const uint32_t distance = static_cast<uint32_t>(written >> 1);
    const ValueId id = next_value() - ((written & 1) != 0 ? 0 - distance : distance);
    if (!push(id) || !take_number()) return false;
  }
  return true;
}

/// [attributes + 1, convention and flags, fast-math?, function type, callee, arguments...]
bool BodyReader::read_call(Instruction& made) {
  constexpr uint32_t kTail = 1 << 0;
  constexpr uint32_t kConvention = 0x3FF << 1;
  constexpr uint32_t kFastConvention = 8 << 1;
  constexpr uint32_t kMustTail = 1 << 14;
  constexpr uint32_t kExplicitType = 1 << 15;
  constexpr uint32_t kFastMath = 1 << 17;
  made.op = Opcode::call;
  made.detail = in_.number() - 1;  // 0, none, becomes kNone
  const uint32_t flags = in_.number();
  if ((flags & kFastMath) != 0) made.flags = flag_if(in_.operand() != 0, kFlagFastMath);
  made.flags |= flag_if((flags & kTail) != 0, kFlagTail);
  made.flags |= flag_if((flags & kMustTail) != 0, kFlagMustTail);
  if ((flags & kExplicitType) == 0) return in_.refuse("a call through a typed pointer");
  const uint32_t convention = flags & kConvention;
  if (convention != 0 && convention != kFastConvention) {
    return in_.refuse("a call of another convention");
  }
  made.subject = in_.number();
  if (!in_range(made.subject)) return in_.fail("a type that is not there");
  const Type& function = module_.types[made.subject];
  if (function.kind != TypeKind::function) return in_.fail("a call of what is no function");
  made.type = result_of(module_, function);

  TypeId callee = 0;
  if (!take_value(callee)) return false;
  for (const TypeId parameter : parameters_of(module_, function)) {
    const TypeKind kind = module_.types[parameter].kind;
    if (kind == TypeKind::label) return in_.refuse("a block as an argument");
    if (kind == TypeKind::metadata) {
      in_.operand();
      if (!push(kNone)) return false;
    } else if (!take_typed()) {
      return false;
    }
  }
  while (function.variadic && in_.more()) {
    TypeId type = 0;
    if (!take_value(type)) return false;
  }
  if (in_.more()) return in_.fail("a call has too many arguments");
  if (bundles_) {
    const ValueId id = operands_[made.first];
    if (id < module_.values.size && module_.values[id].kind == ValueKind::function &&
        module_.functions[module_.values[id].index].intrinsic == Intrinsic::assume) {
      bundles_ = false;
    }
  }
  return true;
}

bool BodyReader::read_instruction(FunctionCode code) {
  Instruction made;
  made.first = operands_.size();
  bool sound = false;
  switch (code) {
    case FunctionCode::binary:
      sound = read_binary(made);
      break;
    case FunctionCode::cast:
      sound = read_cast(made);
      break;
    case FunctionCode::unary:
      sound = read_unary(made);
      break;
    case FunctionCode::compare:
      sound = read_compare(made);
      break;
    case FunctionCode::select:
      sound = read_select(made);
      break;
    case FunctionCode::freeze:
      made.op = Opcode::freeze;
      sound = take_value(made.type);
      break;
    case FunctionCode::extract_element:
      sound = read_extract_element(made);
      break;
    case FunctionCode::insert_element:
      sound = read_insert_element(made);
      break;
    case FunctionCode::shuffle:
      sound = read_shuffle(made);
      break;
    case FunctionCode::extract_value:
      sound = read_extract_value(made);
      break;
    case FunctionCode::insert_value:
      sound = read_insert_value(made);
      break;
    case FunctionCode::alloca:
      sound = read_alloca(made);
      break;
    case FunctionCode::load:
    case FunctionCode::load_atomic:
      sound = read_load(made, code == FunctionCode::load_atomic);
      break;
    case FunctionCode::store:
    case FunctionCode::store_atomic:
      sound = read_store(made, code == FunctionCode::store_atomic);
      break;
    case FunctionCode::address:
      sound = read_address(made);
      break;
    case FunctionCode::fence:
      made.op = Opcode::fence;
      made.type = file_.nothing;
      sound = true;
      break;
    case FunctionCode::compare_exchange:
      sound = read_compare_exchange(made);
      break;
    case FunctionCode::atomic_update:
      sound = read_atomic_update(made);
      break;
    case FunctionCode::branch:
      sound = read_branch(made);
      break;
    case FunctionCode::switch_on:
      sound = read_switch(made);
      break;
    case FunctionCode::phi:
      sound = read_phi(made);
      break;
    case FunctionCode::return_value: {
      made.op = Opcode::return_value;
      made.type = file_.nothing;
      TypeId type = 0;
      sound = !in_.more() || take_value(type);
      break;
    }
    case FunctionCode::unreachable:
      made.op = Opcode::unreachable;
      made.type = file_.nothing;
      sound = true;
      break;
    case FunctionCode::call:
      sound = read_call(made);
      break;
    default:
      return refuse_record(code);
  }
  return sound && finish(made);
}

}  // namespace jit::bitcode
