#include "interpreter/constants.h"

#include "interpreter/state.h"
#include "support/bytes.h"

namespace jit {
namespace {

constexpr uint32_t kDeepest = 64;

}  // namespace

ValueId Constants::element(ValueId parent, uint32_t which) const {
  const Value& v = value(parent);
  const bool local = parent >= module_->values.size;
  return (local ? body_->value_lists : module_->value_lists)[v.first + which];
}

bool Constants::address(ValueId id, const Value& v, uint64_t& out, uint32_t depth) const {
  if (!number(element(id, 0), out, depth + 1)) return false;
  TypeId type = v.source;
  for (uint32_t i = 1; i < v.count; ++i) {
    const ValueId index_id = element(id, i);
    uint64_t index = 0;
    if (!number(index_id, index, depth + 1)) return false;
    if (i > 1) {
      const Type& outer = module_->types[type];
      if (outer.kind == TypeKind::structure) {
        if (index >= outer.count) return false;
        out += module_->field_offsets[outer.first + static_cast<uint32_t>(index)];
        type = module_->type_lists[outer.first + static_cast<uint32_t>(index)];
        continue;
      }
      type = outer.first;
    }
    const uint32_t bits = word_bits(module_->types[value(index_id).type]);
    out += static_cast<uint64_t>(signed_number(index, bits)) * module_->types[type].size;
  }
  out &= 0xFFFF'FFFF;
  return true;
}

bool Constants::number(ValueId id, uint64_t& out, uint32_t depth) const {
  if (depth > kDeepest) return false;
  const Value& v = value(id);
  const Type& type = module_->types[v.type];
  switch (v.kind) {
    case ValueKind::global:
      out = addresses_[v.index];
      return true;
    case ValueKind::function:
      out = kFunctionBase + v.index * kFunctionStep;
      return true;
    case ValueKind::alias:
      return number(module_->aliases[v.index].target, out, depth + 1);
    case ValueKind::undefined:
    case ValueKind::poison:
    case ValueKind::zero:
      out = 0;
      return true;
    case ValueKind::integer:
    case ValueKind::floating:
    case ValueKind::block_address:
      out = v.bits;
      return true;
    case ValueKind::cast: {
      if (!number(v.first, out, depth + 1)) return false;
      const uint32_t from = word_bits(module_->types[value(v.first).type]);
      if (static_cast<CastOp>(v.code) == CastOp::sext) {
        out = static_cast<uint64_t>(signed_number(out, from));
      }
      out &= mask64_of(word_bits(type));
      return type.kind == TypeKind::integer || type.kind == TypeKind::pointer;
    }
    case ValueKind::address:
      return address(id, v, out, depth);
    case ValueKind::binary: {
      uint64_t a = 0, b = 0;
      if (!number(element(id, 0), a, depth + 1) || !number(element(id, 1), b, depth + 1)) {
        return false;
      }
      switch (static_cast<BinaryOp>(v.code)) {
        case BinaryOp::add:
          out = a + b;
          break;
        case BinaryOp::sub:
          out = a - b;
          break;
        case BinaryOp::mul:
          out = a * b;
          break;
        case BinaryOp::xor_:
          out = a ^ b;
          break;
        case BinaryOp::and_:
          out = a & b;
          break;
        case BinaryOp::or_:
          out = a | b;
          break;
        case BinaryOp::shl:
          out = b > 63 ? 0 : a << b;
          break;
        case BinaryOp::lshr:
          out = b > 63 ? 0 : a >> b;
          break;
        default:
          return false;
      }
      out &= mask64_of(word_bits(type));
      return true;
    }
    default:
      return false;
  }
}

bool Constants::word(ValueId id, uint32_t& out) const {
  const Value& v = value(id);
  if (!is_constant(id) || form_of(module_->types[v.type]) != Form::word) return false;
  uint64_t bits = 0;
  if (!number(id, bits, 0)) return false;
  out = static_cast<uint32_t>(bits);
  return true;
}

bool Constants::slots(ValueId id, uint32_t* out) const { return slots(id, out, 0); }
bool Constants::memory(ValueId id, uint8_t* out) const { return memory(id, out, 0); }

bool Constants::slots(ValueId id, uint32_t* out, uint32_t depth) const {
  if (depth > kDeepest) return false;
  const Value& v = value(id);
  const Type& type = module_->types[v.type];
  const uint32_t count = slots_of(*module_, v.type);
  if (count > kMaxSlots) return false;
  for (uint32_t i = 0; i < count; ++i) out[i] = 0;
  if (v.kind == ValueKind::undefined || v.kind == ValueKind::poison || v.kind == ValueKind::zero) {
    return true;
  }
  if (type.kind == TypeKind::vector) {
    const uint32_t lane = lane_bytes(module_->types[type.first]);
    auto* const bytes = reinterpret_cast<uint8_t*>(out);
    for (uint32_t i = 0; i < type.count; ++i) {
      uint64_t bits = 0;
      if (v.kind == ValueKind::data) {
        bits = read_little(v.bytes + size_t{i} * lane, lane);
      } else if (v.kind != ValueKind::aggregate || !number(element(id, i), bits, depth + 1)) {
        return false;
      }
      write_little(bytes + size_t{i} * lane, bits, lane);
    }
    return true;
  }
  if (type.kind == TypeKind::structure || type.kind == TypeKind::array) {
    for (uint32_t i = 0, at = 0; i < type.count; ++i) {
      const TypeId inner = element_type(*module_, type, i);
      if (v.kind == ValueKind::data) {
        const uint32_t size = module_->types[inner].size;
        const uint64_t bits = read_little(v.bytes + size_t{i} * size, size);
        out[at] = static_cast<uint32_t>(bits);
        if (size > 4) out[at + 1] = static_cast<uint32_t>(bits >> 32);
      } else if (v.kind != ValueKind::aggregate || !slots(element(id, i), out + at, depth + 1)) {
        return false;
      }
      at += slots_of(*module_, inner);
    }
    return true;
  }
  if (v.kind == ValueKind::data) {  // of an integer of more than 64 bits
    __builtin_memcpy(out, v.bytes, v.count);
    return true;
  }
  uint64_t bits = 0;
  if (!number(id, bits, depth)) return false;
  if (count > 2) out[2] = v.count;  // the upper 16 bits of a long double
  if (count > 0) out[0] = static_cast<uint32_t>(bits);
  if (count > 1) out[1] = static_cast<uint32_t>(bits >> 32);
  return true;
}

bool Constants::memory(ValueId id, uint8_t* out, uint32_t depth) const {
  if (depth > kDeepest) return false;
  const Value& v = value(id);
  const Type& type = module_->types[v.type];
  const bool stored = type.kind == TypeKind::unsupported || type.kind == TypeKind::wide;
  const uint32_t step = stored ? 1 : module_->types[type.first].size;
  const uint32_t size = v.kind == ValueKind::data ? v.count * step : 0;
  if (size != 0) __builtin_memcpy(out, v.bytes, size);
  if (size < type.size) __builtin_memset(out + size, 0, type.size - size);
  if (v.kind == ValueKind::undefined || v.kind == ValueKind::poison || v.kind == ValueKind::zero ||
      v.kind == ValueKind::data) {
    return true;
  }
  if (v.kind == ValueKind::aggregate) {
    for (uint32_t i = 0; i < v.count; ++i) {
      const uint32_t offset = memory_before(*module_, type, i);
      if (!memory(element(id, i), out + offset, depth + 1)) return false;
    }
    return true;
  }
  uint64_t bits = 0;
  if (!number(id, bits, depth)) return false;
  write_little(out, bits, type.size < 8 ? type.size : 8);
  if (type.kind == TypeKind::extended) write_little(out + 8, v.count, 2);
  return true;
}

}  // namespace jit
