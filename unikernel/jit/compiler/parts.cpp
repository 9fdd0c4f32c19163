#include "compiler/parts.h"

namespace jit {

PartKind part_kind_of_vector(const Module& module, const Type& vector) {
  const Type& lane = module.types[vector.first];
  const uint32_t bytes = lane_bytes(lane);
  if (vector.count == 2 && vector.size == 8 && bytes == 4) return PartKind::half;
  const bool masks = lane.kind == TypeKind::integer && lane.count == 1;
  return bytes * vector.count == 16 && !masks ? PartKind::packed : PartKind::memory;
}

}  // namespace jit
