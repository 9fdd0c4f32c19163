// The table of types: each is made of types before it, and is laid out as the target has it.
#include "ir/layout.h"
#include "ir/module_checker.h"

namespace jit {

bool ModuleChecker::check_types() {
  if (module_.field_offsets.size != module_.type_lists.size) {
    return fail("offsets of fields do not stand beside the fields");
  }
  uint8_t* const depths = make<uint8_t>(module_.types.size);
  if (depths == nullptr) return false;
  for (TypeId id = 0; id < module_.types.size; ++id) {
    depths[id] = 0;
    if (!check_type(id, depths)) return false;
  }
  return true;
}

bool ModuleChecker::check_list(TypeId id, uint32_t first, uint32_t count) {
  if (first > module_.type_lists.size || count > module_.type_lists.size - first) {
    return fail("a list of types is out of range");
  }
  for (uint32_t i = 0; i < count; ++i) {
    if (module_.type_lists[first + i] >= id) return fail("a type is made of a later one");
  }
  return true;
}

bool ModuleChecker::check_type(TypeId id, uint8_t* depths) {
  const Type& type = module_.types[id];
  bool layout = true;
  switch (type.kind) {
    case TypeKind::void_type:
    case TypeKind::label:
    case TypeKind::metadata:
    case TypeKind::unsupported:
    case TypeKind::float_type:
    case TypeKind::double_type:
    case TypeKind::extended:
    case TypeKind::wide:
    case TypeKind::pointer:
      break;
    case TypeKind::integer:
      if (type.count == 0 || type.count > 64) return fail("an integer type of that many bits");
      break;
    case TypeKind::array:
      if (type.first >= id) return fail("a type is made of a later one");
      depths[id] = static_cast<uint8_t>(depths[type.first] + 1);
      break;
    case TypeKind::vector: {
      if (type.first >= id) return fail("a type is made of a later one");
      const uint32_t bits = scalar_bits(module_.types[type.first]);
      if (bits == 0 || type.count == 0 || type.count > kMaxVectorElements ||
          bits * type.count > 8 * kMaxVectorBytes) {
        return fail("a vector of that many elements, or of those");
      }
      break;
    }
    case TypeKind::structure:
      if (!check_list(id, type.first, type.count)) return false;
      for (uint32_t i = 0; i < type.count; ++i) {
        const uint8_t depth = depths[module_.type_lists[type.first + i]];
        if (depth >= depths[id]) depths[id] = static_cast<uint8_t>(depth + 1);
      }
      break;
    case TypeKind::function:
      if (type.count > kMaxParameters) return refuse("a function of more than 255 parameters");
      if (!check_list(id, type.first, type.count + 1)) return false;
      layout = false;
      break;
    default:
      return fail("an unknown kind of type");
  }
  if (depths[id] > kMaxTypeDepth) return fail("types nest too deep");
  if (type.kind == TypeKind::function) {
    const TypeId result = result_of(module_, type);
    if (!is(result, TypeKind::void_type) && !is(result, TypeKind::unsupported) &&
        !is_first_class(result)) {
      return fail("a function type whose result has no values");
    }
  }
  return !layout || check_layout(type);
}

bool ModuleChecker::check_layout(const Type& type) {
  const Arena::Mark mark = scratch_.mark();
  const uint32_t fields = type.kind == TypeKind::structure ? type.count : 0;
  uint32_t* const offsets = make<uint32_t>(fields);
  if (offsets == nullptr) return false;
  Type again = type;
  const bool placed = lay_out({module_.types.data, module_.types.size},
                              {module_.type_lists.data, module_.type_lists.size}, again, offsets);
  bool same = again.size == type.size && again.align == type.align;
  for (uint32_t i = 0; placed && i < fields; ++i) {
    same = same && module_.field_offsets[type.first + i] == offsets[i];
  }
  scratch_.release(mark);
  if (!placed && (type.kind == TypeKind::array || type.kind == TypeKind::structure)) {
    return fail("an array or structure of what has no place in memory");
  }
  return same || fail("a type is not laid out as the target has it");
}

}  // namespace jit
