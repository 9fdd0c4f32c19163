#include "ir/checking.h"

#include "ir/layout.h"
#include "ir/literal.h"

namespace jit {

void Checker::stop(const char* what, Text name, bool unsupported) {
  if (fault_) return;
  fault_.what.add(text_of(what));
  if (name.size != 0) fault_.what.add(" '").add(name).add("'");
  if (instruction_ != kNone) fault_.what.add(", at instruction ").add(instruction_);
  fault_.instruction = instruction_;
  fault_.unsupported = unsupported;
  if (body_.function < module_.functions.size) {
    fault_.function = module_.functions[body_.function].name;
  }
}

bool Checker::fail(const char* what) {
  stop(what, {}, false);
  return false;
}
bool Checker::refuse(const char* what) {
  stop(what, {}, true);
  return false;
}
bool Checker::fail(const char* what, Text name) {
  stop(what, name, false);
  return false;
}
bool Checker::refuse(const char* what, Text name) {
  stop(what, name, true);
  return false;
}

uint32_t* Checker::make_filled(uint32_t count, uint32_t value) {
  uint32_t* const made = make<uint32_t>(count);
  for (uint32_t i = 0; made != nullptr && i < count; ++i) {
    if (i % 32 == 0) scratch_.step();
    made[i] = value;
  }
  return made;
}

namespace {

/// Takes one from `left` for the type and each of its parts. Types nest kMaxTypeDepth deep at most.
bool count_parts(const Module& module, TypeId id, uint32_t& left) {
  const Type& type = module.types[id];
  if (left == 0) return false;
  --left;
  if (type.kind == TypeKind::vector) {
    return type.count <= kMaxVectorLanes &&
           scalar_bits(module.types[type.first]) * type.count <= kMaxVectorBits;
  }
  if (type.kind != TypeKind::array && type.kind != TypeKind::structure) return true;
  for (uint32_t i = 0; i < type.count; ++i) {
    const TypeId part =
        type.kind == TypeKind::array ? type.first : module.type_lists[type.first + i];
    if (!count_parts(module, part, left)) return false;
  }
  return true;
}

/// 0: no floating-point number; those of a higher one hold all of a lower.
uint32_t floating_rank(const Type& type) {
  switch (type.kind) {
    case TypeKind::float_type:
      return 1;
    case TypeKind::double_type:
      return 2;
    case TypeKind::extended:
      return 3;
    default:
      return 0;
  }
}

}  // namespace

bool Checker::is_computed_of_parts(TypeId id) const {
  if (!is_first_class(id)) return false;
  uint32_t left = kMaxValueParts;
  return count_parts(module_, id, left);
}

TypeId Checker::part(TypeId aggregate, uint32_t index) const {
  const Type& whole = type(aggregate);
  const bool structure = whole.kind == TypeKind::structure;
  if ((!structure && whole.kind != TypeKind::array) || index >= whole.count) return kNone;
  return structure ? module_.type_lists[whole.first + index] : whole.first;
}

bool Checker::check_alignment(uint32_t align) {
  if (align <= kMaxAlignment && (align & (align - 1)) == 0) return true;
  return fail("an alignment is no power of two, or above 4096");
}

bool Checker::check_cast(CastOp op, TypeId from, TypeId to) {
  if (!is_computed(from) || !is_computed(to) || is(from, TypeKind::array) ||
      is(from, TypeKind::structure) || is(to, TypeKind::array) || is(to, TypeKind::structure)) {
    return fail("a cast from or to a type without values, or an aggregate");
  }
  const Type& source = type(element(from));
  const Type& target = type(element(to));
  const bool wide = is_wide(from) || is_wide(to);
  const bool integers = (has_integers(from) || is_wide(from)) && (has_integers(to) || is_wide(to));
  bool legal = lanes(from) == lanes(to);
  switch (op) {
    case CastOp::trunc:
      legal = legal && integers && source.count > target.count;
      break;
    case CastOp::zext:
    case CastOp::sext:
      legal = legal && integers && source.count < target.count;
      break;
    case CastOp::fptoui:
    case CastOp::fptosi:
      legal = legal && has_floating(from) && has_integers(to);
      break;
    case CastOp::uitofp:
    case CastOp::sitofp:
      legal = legal && has_integers(from) && has_floating(to);
      break;
    case CastOp::fptrunc:
      legal = legal && floating_rank(source) > floating_rank(target) && floating_rank(target) != 0;
      break;
    case CastOp::fpext:
      legal = legal && floating_rank(source) < floating_rank(target) && floating_rank(source) != 0;
      break;
    case CastOp::ptrtoint:
      legal = legal && has_pointers(from) && has_integers(to);
      break;
    case CastOp::inttoptr:
      legal = legal && has_integers(from) && has_pointers(to);
      break;
    case CastOp::bitcast: {
      const uint32_t bits_from = value_bits(source) * (lanes(from) != 0 ? lanes(from) : 1);
      const uint32_t bits_to = value_bits(target) * (lanes(to) != 0 ? lanes(to) : 1);
      legal = has_pointers(from) == has_pointers(to) && bits_from == bits_to && bits_from != 0 &&
              (!has_pointers(from) || lanes(from) == lanes(to));
      break;
    }
    default:
      legal = false;
  }
  if (!legal && wide) return refuse("a cast from or to an integer of more than 64 bits");
  return legal || fail("a cast between types that it is not for");
}

bool Checker::check_constant_operand(ValueId id) {
  if (!has_value(id)) return fail("a constant is made of a value that is not there");
  const Value& operand = value(id);
  switch (operand.kind) {
    case ValueKind::argument:
    case ValueKind::instruction:
      return fail("a constant is made of what is none");
    case ValueKind::inline_asm:
      return fail("assembly as a value");
    case ValueKind::function: {
      const Function& function = module_.functions[operand.index];
      if (function.intrinsic == Intrinsic::none) return true;
      return refuse("the address of an intrinsic,", function.name);
    }
    default:
      return true;
  }
}

bool Checker::is_integer_constant(ValueId id, uint64_t& bits) const {
  if (!has_value(id)) return false;
  const Value& constant = value(id);
  bits = constant.kind == ValueKind::integer ? constant.bits : 0;
  return is(constant.type, TypeKind::integer) &&
         (constant.kind == ValueKind::integer || constant.kind == ValueKind::zero);
}

bool Checker::check_attributes(uint32_t list, uint32_t count) {
  if (list == kNone) return true;
  if (list >= module_.attribute_lists.size) return fail("attributes that are not there");
  const AttributeList& entries = module_.attribute_lists[list];
  for (uint32_t i = 0; i < entries.count; ++i) {
    const ByValue& copied = module_.by_values[entries.first + i];
    if (copied.parameter >= count) return fail("byval on a parameter that is not there");
    if (i != 0 && copied.parameter <= module_.by_values[entries.first + i - 1].parameter) {
      return fail("byval parameters are not in order");
    }
  }
  return true;
}

}  // namespace jit
