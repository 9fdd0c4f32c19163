// Constants: each of the right sort for its type, none made of itself, none out of proportion.
#include "ir/checking.h"

namespace jit {

namespace {

/// One table of constants, of the module or of a body.
class ConstantChecker {
 public:
  ConstantChecker(Checker& checker, const Module& module, Span<const Value> values, uint32_t base,
                  Span<const ValueId> lists, Span<const InlineAsm> inline_asms)
      : checker_(checker),
        module_(module),
        values_(values),
        base_(base),
        lists_(lists),
        inline_asms_(inline_asms) {}

  bool check(const Value& value);
  /// Every constant's parts, itself included and each as often as it is met; to `parts`.
  bool count(uint32_t* parts);
  [[nodiscard]] uint32_t operand_count(const Value& value) const;

 private:
  struct Step {
    uint32_t index;  // in values_
    uint32_t next;   // operand
    uint32_t parts;
  };

  bool fail(const char* what) { return checker_.fail(what); }
  bool check_list(const Value& value);
  bool check_aggregate(const Value& value);
  bool check_data(const Value& value);
  bool check_stored(const Value& value, const Type& type);
  bool check_address(const Value& value);
  bool check_binary(const Value& value);
  bool check_assembly(const Value& value);
  bool count_from(uint32_t root, uint32_t* parts, uint8_t* depths);
  [[nodiscard]] ValueId operand(const Value& value, uint32_t index) const;

  Checker& checker_;
  const Module& module_;
  Span<const Value> values_;
  uint32_t base_;
  Span<const ValueId> lists_;
  Span<const InlineAsm> inline_asms_;
};

bool ConstantChecker::check_list(const Value& value) {
  if (value.first > lists_.size || value.count > lists_.size - value.first) {
    return fail("a constant's operands are out of range");
  }
  for (uint32_t i = 0; i < value.count; ++i) {
    if (!checker_.check_constant_operand(lists_[value.first + i])) return false;
  }
  return true;
}

bool ConstantChecker::check_aggregate(const Value& value) {
  const Type& type = checker_.type(value.type);
  const bool structure = type.kind == TypeKind::structure;
  if (!structure && type.kind != TypeKind::array && type.kind != TypeKind::vector) {
    return fail("an aggregate of a type that has no parts");
  }
  if (value.count != type.count) return fail("an aggregate of more or fewer parts than its type");
  if (!check_list(value)) return false;
  for (uint32_t i = 0; i < value.count; ++i) {
    const TypeId wanted = structure ? module_.type_lists[type.first + i] : type.first;
    if (checker_.value(lists_[value.first + i]).type != wanted) {
      return fail("a part of an aggregate has another type");
    }
  }
  return true;
}

bool ConstantChecker::check_data(const Value& value) {
  const Type& type = checker_.type(value.type);
  if (type.kind != TypeKind::array && type.kind != TypeKind::vector) {
    return fail("data of a type that has none");
  }
  const Type& element = checker_.type(type.first);
  const bool integer =
      element.kind == TypeKind::integer &&
      (element.count == 8 || element.count == 16 || element.count == 32 || element.count == 64);
  const bool half = element.kind == TypeKind::unsupported && element.count == 16;
  if (!integer && !half && element.kind != TypeKind::float_type &&
      element.kind != TypeKind::double_type) {
    return fail("data of a type that has none");
  }
  return value.count == type.count || fail("data of more or fewer elements than its type");
}

bool ConstantChecker::check_address(const Value& value) {
  if (!checker_.is(value.type, TypeKind::pointer))
    return fail("an address of another type than ptr");
  if (value.count == 0 || !check_list(value)) return fail("an address without a base");
  if (!checker_.in_range(value.source) || !checker_.is_sized(value.source)) {
    return fail("an address in a type without a place in memory");
  }
  if (checker_.value(lists_[value.first]).type != value.type) {
    return fail("an address whose base is none");
  }
  return checker_.check_indices(value.source, {lists_.data + value.first + 1, value.count - 1}, 0);
}

bool ConstantChecker::check_binary(const Value& value) {
  if (value.code > static_cast<uint8_t>(BinaryOp::xor_) || value.count != 2) {
    return fail("an operation that no constant has");
  }
  switch (static_cast<BinaryOp>(value.code)) {
    case BinaryOp::udiv:
    case BinaryOp::sdiv:
    case BinaryOp::urem:
    case BinaryOp::srem:
      return fail("an operation that no constant has");
    default:
      break;
  }
  if (!check_list(value)) return false;
  if (!checker_.is(value.type, TypeKind::integer) ||
      checker_.value(lists_[value.first]).type != value.type ||
      checker_.value(lists_[value.first + 1]).type != value.type) {
    return fail("an operation of constants of other types");
  }
  return true;
}

/// Only assembly without instructions; its result, if any, is its first operand.
bool ConstantChecker::check_assembly(const Value& value) {
  if (value.index >= inline_asms_.size) return fail("assembly that is not there");
  const InlineAsm& assembly = inline_asms_[value.index];
  if (!checker_.in_range(assembly.type) || !checker_.is(assembly.type, TypeKind::function)) {
    return fail("assembly of another type than a function's");
  }
  if (!checker_.is(value.type, TypeKind::pointer))
    return fail("an address of another type than ptr");
  return true;
}

/// Of a type that is not supported: the bytes of a number, or what nothing may use.
bool ConstantChecker::check_stored(const Value& value, const Type& type) {
  const bool placed = type.align != 0;
  bool sound = value.kind == ValueKind::poison;
  sound |= placed && (value.kind == ValueKind::undefined || value.kind == ValueKind::zero);
  sound |= placed && value.kind == ValueKind::data && value.count == (type.count + 7) / 8;
  if (sound && value.kind == ValueKind::data && type.kind == TypeKind::wide &&
      type.count % 8 != 0) {
    sound = value.bytes[value.count - 1] >> type.count % 8 == 0;
  }
  return sound || fail("a constant of a type that is not supported");
}

bool ConstantChecker::check(const Value& value) {
  if (!checker_.in_range(value.type)) return fail("a value of a type that is not there");
  const Type& type = checker_.type(value.type);
  if (type.kind == TypeKind::unsupported || type.kind == TypeKind::wide) {
    return check_stored(value, type);
  }
  if (!checker_.is_first_class(value.type)) return fail("a constant of a type without values");
  switch (value.kind) {
    case ValueKind::undefined:
    case ValueKind::poison:
    case ValueKind::zero:
      return true;
    case ValueKind::integer:
      if (type.kind != TypeKind::integer) return fail("an integer of another type");
      return type.count == 64 || value.bits >> type.count == 0 ||
             fail("an integer has more bits than its type");
    case ValueKind::floating:
      if (type.kind == TypeKind::double_type) return true;
      if (type.kind == TypeKind::extended) {
        return value.count <= 0xFFFF || fail("a floating-point number has more bits than its type");
      }
      if (type.kind != TypeKind::float_type) return fail("a floating-point number of another type");
      return value.bits >> 32 == 0 || fail("a float has more than 32 bits");
    case ValueKind::aggregate:
      return check_aggregate(value);
    case ValueKind::data:
      return check_data(value);
    case ValueKind::cast:
      return checker_.check_constant_operand(value.first) &&
             checker_.check_cast(static_cast<CastOp>(value.code), checker_.value(value.first).type,
                                 value.type);
    case ValueKind::address:
      return check_address(value);
    case ValueKind::binary:
      return check_binary(value);
    case ValueKind::inline_asm:
      return check_assembly(value);
    case ValueKind::block_address:
      if (type.kind != TypeKind::pointer) return fail("an address of another type than ptr");
      return (value.bits >= kLabelBase && value.bits - kLabelBase <= kMaxLabel) ||
             fail("the address of a label that is none");
    default:
      return fail("an unknown sort of value");
  }
}

uint32_t ConstantChecker::operand_count(const Value& value) const {
  switch (value.kind) {
    case ValueKind::aggregate:
    case ValueKind::address:
    case ValueKind::binary:
      return value.count;
    case ValueKind::cast:
    case ValueKind::alias:
      return 1;
    default:
      return 0;
  }
}

ValueId ConstantChecker::operand(const Value& value, uint32_t index) const {
  if (value.kind == ValueKind::cast) return value.first;
  if (value.kind == ValueKind::alias) return module_.aliases[value.index].target;
  return lists_[value.first + index];
}

bool ConstantChecker::count(uint32_t* parts) {
  uint8_t* const depths = checker_.make<uint8_t>(values_.size);
  if (parts == nullptr) parts = checker_.make<uint32_t>(values_.size);
  if (depths == nullptr || parts == nullptr) return false;
  for (uint32_t i = 0; i < values_.size; ++i) parts[i] = 0;
  for (uint32_t i = 0; i < values_.size; ++i) {
    if (i % 4 == 0) checker_.step();
    if (parts[i] != 0) continue;
    if (operand_count(values_[i]) == 0) {
      parts[i] = 1;
      depths[i] = 0;
    } else if (!count_from(i, parts, depths)) {
      return false;
    }
  }
  return true;
}

/// Depth first, without recursion. parts: 0 where nobody has been, kNone on the path.
bool ConstantChecker::count_from(uint32_t root, uint32_t* parts, uint8_t* depths) {
  Step path[kMaxConstantDepth];
  uint32_t depth = 1;
  path[0] = {root, 0, 1};
  parts[root] = kNone;
  depths[root] = 0;
  while (depth != 0) {
    Step& step = path[depth - 1];
    const Value& value = values_[step.index];
    if (step.next < operand_count(value)) {
      const ValueId id = operand(value, step.next++);
      if (!checker_.has_value(id)) return fail("a constant is made of a value that is not there");
      const uint32_t index = id - base_;
      if (id < base_) {  // a body's constant, made of one of the module
        ++step.parts;
      } else if (parts[index] == kNone) {
        return fail("a constant is made of itself");
      } else if (parts[index] != 0) {
        if (depth + depths[index] >= kMaxConstantDepth) return fail("constants nest too deep");
        step.parts += parts[index];
        if (depths[index] >= depths[step.index]) {
          depths[step.index] = static_cast<uint8_t>(depths[index] + 1);
        }
      } else {
        if (depth == kMaxConstantDepth) return fail("constants nest too deep");
        --step.next;  // again, when it is counted
        path[depth++] = {index, 0, 1};
        parts[index] = kNone;
        depths[index] = 0;
        continue;
      }
      const bool expression = value.kind != ValueKind::aggregate;
      if (step.parts > (expression ? kMaxExpressionParts : kMaxInitializerParts)) {
        return fail("a constant has too many parts");
      }
    } else {
      parts[step.index] = step.parts;
      --depth;
    }
  }
  return true;
}

}  // namespace

bool Checker::check_indices(TypeId source, Span<const ValueId> indices, uint32_t result_lanes) {
  TypeId at = source;
  for (uint32_t i = 0; i < indices.size; ++i) {
    const Value& index = value(indices[i]);
    if (is_wide(index.type)) return refuse("an index of more than 64 bits");
    if (!has_integers(index.type)) return fail("an index that is no integer");
    const uint32_t index_lanes = lanes(index.type);
    if (index_lanes != 0 && index_lanes != result_lanes) {
      return fail("a vector of indices of another length");
    }
    if (i == 0) continue;
    if (is(at, TypeKind::vector)) {
      at = type(at).first;
      continue;
    }
    if (is(at, TypeKind::array)) {
      at = type(at).first;
      continue;
    }
    uint64_t field = 0;
    if (!is(at, TypeKind::structure)) return fail("an index into what has no parts");
    if (!is_integer(index.type, 32) || !is_integer_constant(indices[i], field)) {
      return fail("a field's index is no constant of 32 bits");
    }
    if (field >= type(at).count) return fail("a field's index is out of range");
    at = part(at, static_cast<uint32_t>(field));
  }
  return true;
}

bool Checker::check_constants(Span<const Value> values, uint32_t base, Span<const ValueId> lists,
                              Span<const InlineAsm> inline_asms, uint32_t* parts) {
  ConstantChecker constants(*this, module_, values, base, lists, inline_asms);
  bool are_plain = parts == nullptr;
  for (uint32_t k = 0; k < values.size; ++k) {
    if (k % 8 == 0) scratch_.step();
    const Value& value = values[k];
    if (value.kind <= ValueKind::alias || value.kind >= ValueKind::argument) continue;
    if (!constants.check(value)) return false;
    are_plain = are_plain && constants.operand_count(value) == 0;
  }
  return are_plain || constants.count(parts);
}

}  // namespace jit
