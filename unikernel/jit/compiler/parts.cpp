#include "compiler/parts.h"

namespace jit {

PartKind part_kind(const Module& module, TypeId id) {
  const Type& type = module.types[id];
  switch (form_of(type)) {
    case Form::nothing:
      return PartKind::none;
    case Form::word:
      return PartKind::word;
    case Form::pair:
      return PartKind::pair;
    case Form::single:
      return PartKind::single;
    case Form::real:
      return PartKind::real;
    case Form::many:
      break;
  }
  const bool packed =
      type.kind == TypeKind::vector && lane_bytes(module.types[type.first]) * type.count == 16 &&
      !(module.types[type.first].kind == TypeKind::integer && module.types[type.first].count == 1);
  const bool half = type.kind == TypeKind::vector && type.count == 2 && type.size == 8 &&
                    lane_bytes(module.types[type.first]) == 4;
  if (half) return PartKind::half;
  return packed ? PartKind::packed : PartKind::memory;
}

}  // namespace jit
