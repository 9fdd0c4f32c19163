// What a vector's lanes are, where they are taken one at a time.
#pragma once

#include "interpreter/layout.h"

namespace jit {

struct Lanes {
  uint32_t count = 0;  // 0: no vector, or of lanes that are no whole bytes
  uint32_t bytes = 0;  // of one, in slots
  uint32_t bits = 0;   // 1: a byte that is 0 or 1
  bool real = false;
  /// All of them: whole slots may be more.
  [[nodiscard]] uint32_t size() const { return count * bytes; }
};
inline Lanes lanes_of(const Module& module, TypeId id) {
  const Type& type = module.types[id];
  if (type.kind != TypeKind::vector) return {};
  const Type& lane = module.types[type.first];
  const uint32_t bytes = lane_bytes(lane);
  if (bytes == 0) return {};
  const bool integer = lane.kind == TypeKind::integer;
  const bool real = !integer && lane.kind != TypeKind::pointer;
  return {type.count, bytes, integer ? lane.count : bytes * 8, real};
}

}  // namespace jit
