// How a value stands in registers of the machine.
#pragma once

#include "interpreter/layout.h"

namespace jit {

enum class PartKind : uint8_t {
  none,    // no value
  word,    // one general register: integers of up to 32 bits, zero-extended, and pointers
  pair,    // two of them, the low half first: integers of 33 to 64 bits
  single,  // an SSE register: float
  real,    // an SSE register: double
  packed,  // an SSE register: a vector of 128 bits
  half,    // the lower half of one: two lanes of 32 bits; above them is anything
  memory,  // slots of the frame (interpreter/layout.h): all else
};

/// By TypeKind; of integers and vectors it depends on more.
constexpr PartKind kPartKinds[] = {
    PartKind::none,   PartKind::word,   PartKind::single, PartKind::real,   PartKind::word,
    PartKind::memory, PartKind::memory, PartKind::memory, PartKind::memory, PartKind::memory,
    PartKind::none,   PartKind::none,   PartKind::none,   PartKind::none};
PartKind part_kind_of_vector(const Module& module, const Type& vector);
inline PartKind part_kind(const Module& module, TypeId id) {
  const Type& type = module.types[id];
  if (type.kind == TypeKind::integer) return type.count <= 32 ? PartKind::word : PartKind::pair;
  if (type.kind == TypeKind::vector) return part_kind_of_vector(module, type);
  return kPartKinds[static_cast<uint32_t>(type.kind)];
}

constexpr bool is_vector_register(PartKind kind) {
  return kind == PartKind::single || kind == PartKind::real || kind == PartKind::packed ||
         kind == PartKind::half;
}
constexpr uint32_t slots_of_kind(PartKind kind) {
  switch (kind) {
    case PartKind::word:
    case PartKind::single:
      return 1;
    case PartKind::pair:
    case PartKind::real:
    case PartKind::half:
      return 2;
    case PartKind::packed:
      return 4;
    default:
      return 0;
  }
}

}  // namespace jit
