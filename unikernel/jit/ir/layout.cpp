#include "ir/layout.h"

namespace jit {

namespace {

struct Place {
  uint64_t size;
  uint32_t align;
};

Place place_of_integer(uint32_t bits) {
  if (bits <= 8) return {1, 1};
  if (bits <= 16) return {2, 2};
  if (bits <= 32) return {4, 4};
  return {8, 4};
}

/// A number that is stored only: half, bfloat, __float128.
Place place_of_stored(uint32_t bits, bool floating) {
  if (bits == 0 || bits > 128) return {0, 0};
  if (floating && bits == 16) return {2, 2};
  return {16, 16};
}

/// Vectors of whole bytes stand at multiples of their size, made a power of two.
Place place_of_vector(const Type& element, uint32_t count) {
  const uint32_t bits = scalar_bits(element);
  if (bits != 8 && bits != 16 && bits != 32 && bits != 64) return {0, 0};
  const uint64_t bytes = uint64_t{bits / 8} * count;
  uint32_t align = 1;
  while (align < bytes) align *= 2;
  if (align > kMaxVectorBytes) return {0, 0};
  return {(bytes + align - 1) / align * align, align};
}

}  // namespace

uint32_t scalar_bits(const Type& type) {
  switch (type.kind) {
    case TypeKind::integer:
      return type.count;
    case TypeKind::float_type:
    case TypeKind::pointer:
      return 32;
    case TypeKind::double_type:
      return 64;
    default:
      return 0;
  }
}

uint32_t value_bits(const Type& type) {
  if (type.kind == TypeKind::extended) return 80;
  return type.kind == TypeKind::wide ? type.count : scalar_bits(type);
}

bool lay_out(Span<const Type> types, Span<const TypeId> type_lists, Type& type, uint32_t* offsets) {
  Place place = {0, 0};
  switch (type.kind) {
    case TypeKind::integer:
      place = place_of_integer(type.count);
      break;
    case TypeKind::float_type:
    case TypeKind::pointer:
      place = {4, 4};
      break;
    case TypeKind::double_type:
      place = {8, 4};
      break;
    case TypeKind::extended:
      place = {12, 4};
      break;
    case TypeKind::wide:
      place = {16, 16};
      break;
    case TypeKind::unsupported:
      place = place_of_stored(type.count, type.packed);
      break;
    case TypeKind::array:
      place = {uint64_t{types[type.first].size} * type.count, types[type.first].align};
      break;
    case TypeKind::vector:
      place = place_of_vector(types[type.first], type.count);
      break;
    case TypeKind::structure:
      place.align = 1;
      for (uint32_t i = 0; i < type.count; ++i) {
        const Type& field = types[type_lists[type.first + i]];
        const uint32_t align = type.packed ? 1 : field.align;
        if (field.align == 0) place.align = 0;
        if (place.align == 0) break;
        place.size = (place.size + align - 1) & ~uint64_t{align - 1};
        offsets[i] = static_cast<uint32_t>(place.size);
        place.size += field.size;
        if (align > place.align) place.align = align;
        if (place.size > kMaxTypeBytes) break;
      }
      if (place.align != 0)
        place.size = (place.size + place.align - 1) & ~uint64_t{place.align - 1};
      break;
    default:
      break;
  }
  if (place.align == 0 || place.size > kMaxTypeBytes) place = {0, 0};
  type.size = static_cast<uint32_t>(place.size);
  type.align = static_cast<uint8_t>(place.align);
  return place.align != 0;
}

}  // namespace jit
