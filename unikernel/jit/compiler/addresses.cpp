// What an address is made of, and which comparisons have masks.
#include "compiler/parts.h"
#include "compiler/selection.h"
#include "compiler/strength.h"
#include "support/bytes.h"

namespace jit {

bool constant_number(const Module& module, const Value& v, int64_t& number) {
  if (v.kind == ValueKind::zero) {
    number = 0;
    return true;
  }
  if (v.kind != ValueKind::integer) return false;
  number = signed_number(v.bits, module.types[v.type].count);
  return true;
}

bool is_mask_comparison(const Module& module, const Body& body, const Instruction& compare) {
  const TypeId id = value_of(module, body, body.operands[compare.first]).type;
  if (part_kind(module, id) != PartKind::packed) return false;
  const Type& lane = module.types[module.types[id].first];
  const auto p = static_cast<Predicate>(compare.code);
  if (lane.kind == TypeKind::float_type || lane.kind == TypeKind::double_type) {
    return p != Predicate::fcmp_false && p != Predicate::fcmp_true && p != Predicate::fcmp_one &&
           p != Predicate::fcmp_ueq;
  }
  return lane.kind == TypeKind::integer && lane.count <= 32 &&
         (p == Predicate::eq || p == Predicate::ne || p == Predicate::sgt || p == Predicate::slt ||
          p == Predicate::sge || p == Predicate::sle);
}

bool simple_address(const Module& module, const Body& body, const Instruction& gep,
                    AddressParts& parts) {
  parts = {};
  if (module.types[gep.type].kind != TypeKind::pointer) return false;
  parts.base = body.operands[gep.first];
  if (is_explicit(gep)) {
    uint32_t next = gep.first + 1;
    parts.offset = gep.detail;
    parts.scale = gep.code & kExplicitScale;
    if ((gep.code & kHasIndex) != 0) parts.index = body.operands[next++];
    if ((gep.code & kHasSymbol) != 0) parts.symbol = body.operands[next];
    return true;
  }
  TypeId type = gep.subject;
  for (uint32_t k = 1; k < gep.count; ++k) {
    const ValueId index = body.operands[gep.first + k];
    const Value& v = value_of(module, body, index);
    int64_t number = 0;
    const bool constant = constant_number(module, v, number);
    if (k > 1 && module.types[type].kind == TypeKind::structure) {
      if (!constant) return false;
      const auto field = static_cast<uint32_t>(number);
      parts.offset += memory_before(module, module.types[type], field);
      type = element_type(module, module.types[type], field);
      continue;
    }
    if (k > 1) type = module.types[type].first;
    const uint32_t size = module.types[type].size;
    if (constant) {
      parts.offset += static_cast<uint32_t>(number) * size;
      continue;
    }
    const Type& t = module.types[v.type];
    if (parts.index != kNone || t.kind != TypeKind::integer || (t.count != 32 && t.count != 64) ||
        index < body.base || is_constant(v.kind) ||
        (size != 1 && size != 2 && size != 4 && size != 8)) {
      return false;
    }
    parts.index = index;
    parts.scale = size == 1 ? 0 : size == 2 ? 1 : size == 4 ? 2 : 3;
  }
  return true;
}

AddressParts address_of(const Module& module, const Body& body, const Selection& selection,
                        ValueId pointer) {
  AddressParts all;
  const auto role = [&](ValueId id) {
    return id < body.base ? Role::nothing : selection.roles[id - body.base];
  };
  while (role(pointer) == Role::address) {
    AddressParts parts;
    const Instruction& gep = body.instructions[body.values[pointer - body.base].index];
    if (!simple_address(module, body, gep, parts)) break;
    all.offset += parts.offset;
    if (parts.symbol != kNone) all.symbol = parts.symbol;
    if (parts.index != kNone) {
      all.index = parts.index;
      all.scale = parts.scale;
    }
    pointer = parts.base;
  }
  while (all.index != kNone && role(all.index) == Role::address) {
    const Instruction& i = body.instructions[body.values[all.index - body.base].index];
    const auto bits =
        static_cast<uint32_t>(value_of(module, body, body.operands[i.first + 1]).bits);
    if (static_cast<BinaryOp>(i.code) != BinaryOp::shl) {
      all.offset += bits << all.scale;
    } else {
      all.scale = static_cast<uint8_t>(all.scale + bits);
    }
    all.index = body.operands[i.first];
  }
  all.base = pointer;
  return all;
}

ValueId behind_aliases(const Body& body, const Selection& selection, ValueId id) {
  while (id >= body.base && selection.roles[id - body.base] == Role::alias) {
    const Instruction& i = body.instructions[body.values[id - body.base].index];
    id = body.operands[i.first + (i.op == Opcode::call ? 1 : 0)];
  }
  return id;
}

}  // namespace jit
