// What instructions compute whose operands are known.
#pragma once

#include "interpreter/layout.h"

namespace jit {

/// Integers of up to 64 bits, and pointers: their bits, those above the width being 0.
bool is_foldable(const Type& type);

/// `a op b`, of integers of `bits` width. false: it is not to be computed, for it faults or is
/// poison.
bool fold_binary(BinaryOp op, uint32_t bits, uint64_t a, uint64_t b, uint64_t& result);
/// Of integers of `bits` width, or pointers. false: not a comparison of such.
bool fold_compare(Predicate predicate, uint32_t bits, uint64_t a, uint64_t b, bool& result);
/// false: not a cast between types that are is_foldable().
bool fold_cast(CastOp op, const Type& from, const Type& to, uint64_t a, uint64_t& result);

/// Bytes from an address to what indices say of it: `indices` are a getelementptr's, of values of
/// `source`; number(id, bits) says what an index is, or gives false.
template <class Number>
bool fold_offset(const Module& module, const Body& body, TypeId source, Span<const ValueId> indices,
                 const Number& number, uint64_t& offset) {
  TypeId type = source;
  offset = 0;
  for (uint32_t k = 0; k < indices.size; ++k) {
    uint64_t index = 0;
    if (!number(indices[k], index)) return false;
    const Type& outer = module.types[type];
    if (k > 0 && outer.kind == TypeKind::structure) {
      if (index >= outer.count) return false;
      offset += module.field_offsets[outer.first + static_cast<uint32_t>(index)];
      type = module.type_lists[outer.first + static_cast<uint32_t>(index)];
      continue;
    }
    if (k > 0) type = outer.first;
    const uint32_t bits = word_bits(module.types[value_of(module, body, indices[k]).type]);
    const uint64_t sign = bits < 64 && (index >> (bits - 1) & 1) != 0 ? ~mask64_of(bits) : 0;
    offset += (index | sign) * module.types[type].size;
  }
  offset &= 0xFFFF'FFFF;
  return true;
}

}  // namespace jit
