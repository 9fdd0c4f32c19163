#include "interpreter/layout.h"

namespace jit {

uint32_t lane_bytes(const Type& element) {
  switch (element.kind) {
    case TypeKind::integer:
      switch (element.count) {
        case 1:
        case 8:
          return 1;
        case 16:
          return 2;
        case 32:
          return 4;
        case 64:
          return 8;
        default:
          return 0;
      }
    case TypeKind::pointer:
    case TypeKind::float_type:
      return 4;
    case TypeKind::double_type:
      return 8;
    default:
      return 0;
  }
}

namespace {

constexpr uint32_t kDeepestType = 16;

uint32_t capped(uint64_t slots) {
  return slots > kMaxSlots ? kMaxSlots + 1 : static_cast<uint32_t>(slots);
}

uint32_t count_slots(const Module& module, TypeId id, uint32_t depth) {
  const Type& type = module.types[id];
  if (depth > kDeepestType) return kMaxSlots + 1;
  switch (type.kind) {
    case TypeKind::vector: {
      const uint32_t lane = lane_bytes(module.types[type.first]);
      return lane == 0 ? kMaxSlots + 1 : capped((uint64_t{type.count} * lane + 3) / 4);
    }
    case TypeKind::extended:
      return 3;
    case TypeKind::wide:
      return (type.count + 31) / 32;
    case TypeKind::array:
      return capped(uint64_t{type.count} * count_slots(module, type.first, depth + 1));
    case TypeKind::structure: {
      uint64_t sum = 0;
      for (uint32_t i = 0; i < type.count && sum <= kMaxSlots; ++i) {
        sum += count_slots(module, module.type_lists[type.first + i], depth + 1);
      }
      return capped(sum);
    }
    default:
      break;
  }
  switch (form_of(type)) {
    case Form::word:
    case Form::single:
      return 1;
    case Form::real:
    case Form::pair:
      return 2;
    default:
      return 0;
  }
}

}  // namespace

uint32_t count_slots(const Module& module, TypeId type) { return count_slots(module, type, 0); }

bool fits_call(const Module& module, const Function& function, TypeId as) {
  if (function.type == as) return true;
  if (function.body_bit == 0) return true;
  const Type& has = module.types[function.type];
  const Type& wanted = module.types[as];
  if (has.variadic || wanted.variadic || has.count > wanted.count) return false;
  for (uint32_t i = 0; i < has.count; ++i) {
    if (!stand_alike(module, parameters_of(module, has)[i], parameters_of(module, wanted)[i])) {
      return false;
    }
  }
  return fits_result(module, result_of(module, has), result_of(module, wanted));
}

uint32_t slots_before(const Module& module, const Type& aggregate, uint32_t index) {
  if (aggregate.kind != TypeKind::structure) {
    return capped(uint64_t{index} * slots_of(module, aggregate.first));
  }
  uint64_t sum = 0;
  for (uint32_t i = 0; i < index; ++i)
    sum += slots_of(module, module.type_lists[aggregate.first + i]);
  return capped(sum);
}

}  // namespace jit
