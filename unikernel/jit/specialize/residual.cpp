#include "specialize/residual.h"

namespace jit {

Residual::Residual(const Module& module, const Body& source, Arena& arena)
    : module_(module),
      source_(source),
      arena_(arena),
      values_(arena),
      aliases_(arena),
      code_(arena),
      operands_(arena),
      blocks_(arena),
      constants_(arena) {
  for (uint32_t& chain : chains_) chain = kNone;
  view_.base = source.base;
  for (const Value& v : source.values) {
    if (v.kind == ValueKind::instruction) break;
    (void)add_value(v);
    ++own_;
  }
}

ValueId Residual::add_value(const Value& value) {
  const ValueId id = source_.base + values_.size();
  const bool added = values_.add(value) && aliases_.add(kNone);
  view_.values = values_.span();
  return keep(added, id);
}

TypeId Residual::type_of_words() {
  for (TypeId t = 0; t < module_.types.size && word_ == kNone; ++t) {
    const Type& candidate = module_.types[t];
    if (candidate.kind == TypeKind::integer && candidate.count == 32) word_ = t;
  }
  return word_;
}

ValueId Residual::constant(TypeId type, uint64_t bits) {
  uint32_t& chain = chains_[(bits * 7 + type) % kChains];
  for (uint32_t c = chain; c != kNone; c = constants_[c].next) {
    if (constants_[c].type == type && constants_[c].bits == bits) return constants_[c].id;
  }
  Value v;
  v.kind = ValueKind::integer;
  v.type = type;
  v.bits = bits;
  if (module_.types[type].kind == TypeKind::pointer) {
    // A cast of a number of 32 bits: there is a type of it where addresses are computed.
    const TypeId word = type_of_words();
    if (word == kNone) return keep(false, kNone);
    const ValueId number = constant(word, bits);
    if (number == kNone) return kNone;
    v = {};
    v.kind = ValueKind::cast;
    v.code = static_cast<uint8_t>(CastOp::inttoptr);
    v.type = type;
    v.first = number;
  }
  const ValueId id = add_value(v);
  const bool added = constants_.add({type, bits, id, chain});
  if (added) chain = constants_.size() - 1;
  return keep(added, id);
}

bool Residual::made_constant(ValueId id, uint64_t& bits) const {
  if (id < source_.base + own_) return false;
  const Value& v = value(id);
  if (v.kind == ValueKind::integer) {
    bits = v.bits;
    return true;
  }
  return v.kind == ValueKind::cast && made_constant(v.first, bits);
}

ValueId Residual::resolved(ValueId id) const {
  while (id >= source_.base && aliases_[id - source_.base] != kNone) {
    id = aliases_[id - source_.base];
  }
  return id;
}

const Instruction* Residual::made_by(ValueId id) const {
  if (id < source_.base) return nullptr;
  const Value& v = values_[id - source_.base];
  return v.kind == ValueKind::instruction ? &code_[v.index].instruction : nullptr;
}

BlockId Residual::add_block() {
  const bool added = blocks_.add({});
  return keep(added, blocks_.size() - 1);
}

uint32_t Residual::add_code(const Instruction& like, Span<const uint32_t> operands) {
  Code* const code = code_.extend();
  const uint32_t first = operands_.size();
  if (code == nullptr || !operands_.append(operands)) return keep(false, kNone);
  *code = {like, kNone, false};
  code->instruction.first = first;
  code->instruction.count = operands.size;
  code->instruction.result = kNone;
  const uint32_t index = code_.size() - 1;
  if (module_.types[like.type].kind != TypeKind::void_type) {
    Value v;
    v.kind = ValueKind::instruction;
    v.type = like.type;
    v.index = index;
    code->instruction.result = add_value(v);
  }
  return index;
}

ValueId Residual::add(BlockId block, const Instruction& like, Span<const uint32_t> operands) {
  const uint32_t index = add_code(like, operands);
  if (index == kNone) return kNone;
  Made& in = blocks_[block];
  code_[index].instruction.cost = like.cost + in.cost;
  in.cost = 0;
  (in.last == kNone ? in.first : code_[in.last].next) = index;
  in.last = index;
  return code_[index].instruction.result;
}

ValueId Residual::add_phi(BlockId block, TypeId type) {
  Instruction phi;
  phi.op = Opcode::phi;
  phi.type = type;
  phi.cost = 0;
  const uint32_t index = add_code(phi, {});
  if (index == kNone) return kNone;
  Made& in = blocks_[block];
  (in.last_phi == kNone ? in.first_phi : code_[in.last_phi].next) = index;
  in.last_phi = index;
  return code_[index].instruction.result;
}

void Residual::set_phi(ValueId phi, Span<const uint32_t> pairs) {
  Instruction& i = code_[values_[phi - source_.base].index].instruction;
  i.first = operands_.size();
  i.count = pairs.size;
  good_ &= operands_.append(pairs);
}

}  // namespace jit
