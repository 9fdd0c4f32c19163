// Single instructions: how many operands, of which types, and what of it the result is.
#include "ir/body_checker.h"

namespace jit {

namespace {

constexpr char kOtherType[] = "an operand of another type than the result";

}  // namespace

/// An operand that is no result and no argument.
bool BodyChecker::check_constant(ValueId id) {
  if (!has_value(id)) return fail("an operand that is not there");
  const Value& used = value(id);
  switch (used.kind) {
    case ValueKind::inline_asm:
      return fail("assembly as a value");
    case ValueKind::function:
      return check_constant_operand(id);  // no intrinsic
    case ValueKind::argument:
    case ValueKind::instruction:
      return true;
    default:
      return is_computed(used.type) || refuse("an operand of a type that is not supported");
  }
}

/// Exactly `count` operands, all of them values.
bool BodyChecker::check_operands(const Instruction& at, uint32_t count) {
  if (!has_count(at, count)) return false;
  for (uint32_t i = 0; i < count; ++i) {
    if (!check_operand(at, i)) return false;
  }
  return true;
}

bool BodyChecker::check_instruction(const Instruction& at) {
  if (!check_range(at)) return false;
  if (!in_range(at.type)) return fail("a type that is not there");
  if (at.result == kNone) {
    if (!is(at.type, TypeKind::void_type)) return fail("a result that is no value");
  } else {
    if (is(at.type, TypeKind::void_type)) return fail("a result of no type");
    const uint32_t index = at.result - body_.base;
    if (index >= body_.values.size) return fail("a result that is no value");
    const Value& made = body_.values[index];
    if (made.kind != ValueKind::instruction || made.index != instruction_) {
      return fail("a result that is no value");
    }
    if (made.type != at.type) return fail("a value is not what it should be");
    if (!is_computed(at.type)) return refuse("a result of a type that is not supported");
    ++made_;
  }
  // Calls may have one.
  constexpr uint32_t kWithResult = (2U << static_cast<uint32_t>(Opcode::call)) - 1 -
                                   (1U << static_cast<uint32_t>(Opcode::store)) -
                                   (1U << static_cast<uint32_t>(Opcode::fence));
  constexpr uint32_t kWithoutResult = ~kWithResult | 1U << static_cast<uint32_t>(Opcode::call);
  const uint32_t may_be = at.result != kNone ? kWithResult : kWithoutResult;
  // An unknown one is asked for another's bit: it is told here or below.
  if ((may_be >> (static_cast<uint32_t>(at.op) & 31) & 1) == 0) {
    if (at.op > Opcode::unreachable) return fail("an unknown operation");
    return fail("a result where there is none, or none where there must be one");
  }

  switch (at.op) {
    case Opcode::binary:
    case Opcode::negate:
      return check_binary(at);
    case Opcode::cast: {
      const TypeId from = has_count(at, 1) ? take(at, 0) : kNone;
      return from != kNone && check_cast(static_cast<CastOp>(at.code), from, at.type);
    }
    case Opcode::compare:
      return check_compare(at);
    case Opcode::select:
      return check_select(at);
    case Opcode::freeze:
      return has_count(at, 1) && check_taken(at, 0, at.type, kOtherType);
    case Opcode::extract_element:
    case Opcode::insert_element:
      return check_elements(at);
    case Opcode::shuffle:
      return check_shuffle(at);
    case Opcode::extract_value:
    case Opcode::insert_value:
      return check_aggregate(at);
    case Opcode::alloca:
      return check_alloca(at);
    case Opcode::load:
    case Opcode::store:
      return check_access(at);
    case Opcode::getelementptr:
      return check_address(at);
    case Opcode::fence:
      return has_count(at, 0);
    case Opcode::compare_exchange:
    case Opcode::atomic_update:
      return check_atomic(at);
    case Opcode::va_arg:
      return refuse("va_arg");
    case Opcode::phi:
      if (!check_phis_before()) return false;
      if (at.count % 2 != 0) return fail("too few or too many operands");
      for (uint32_t i = 0; i < at.count; i += 2) {
        if (!check_merged(at, i)) return false;
        if (operand(at, i + 1) >= body_.blocks.size) return fail("a phi names no block");
      }
      return true;
    case Opcode::call:
      return check_call(at);
    case Opcode::branch:
      return check_last();  // check_terminator() has been there
    case Opcode::branch_if:
      return check_last() && check_condition(take(at, 0));
    case Opcode::switch_on:
      return check_last() && check_switch(at);
    case Opcode::branch_address:
      return check_last() && check_operand(at, 0) &&
             (is(type_at(at, 0), TypeKind::pointer) || fail("a branch to what is no address"));
    case Opcode::return_value:
      return check_last() && check_return(at);
    case Opcode::unreachable:
      return check_last() && has_count(at, 0);
  }
  return fail("an unknown operation");
}

/// Of a phi: what is made at the end of a predecessor, check_phi() looks at.
bool BodyChecker::check_merged(const Instruction& phi, uint32_t index) {
  const uint32_t of_body = operand(phi, index) - body_.base;
  if (of_body >= body_.values.size || body_.values[of_body].kind < ValueKind::argument) {
    return check_taken(phi, index, phi.type, kOtherType);
  }
  return body_.values[of_body].type == phi.type || fail(kOtherType);
}

/// That the type is i1; kNone is a fault that is told already.
bool BodyChecker::check_condition(TypeId condition) {
  return condition != kNone && (is_integer(condition, 1) || fail("a condition that is no i1"));
}

bool BodyChecker::check_binary(const Instruction& at) {
  const bool one = at.op == Opcode::negate;
  if (!has_count(at, one ? 1 : 2)) return false;
  if (!check_taken(at, 0, at.type, kOtherType)) return false;
  if (!one && !check_taken(at, 1, at.type, kOtherType)) return false;
  if (!one && at.code > static_cast<uint8_t>(BinaryOp::frem)) return fail("an unknown operation");
  const bool floating = one || is_floating(static_cast<BinaryOp>(at.code));
  const TypeKind kind = type(element(at.type)).kind;
  const bool legal =
      floating ? is_floating_kind(kind) : kind == TypeKind::integer || kind == TypeKind::wide;
  return legal || fail("an operation on values of a type that it is not for");
}

bool BodyChecker::check_compare(const Instruction& at) {
  if (!has_count(at, 2)) return false;
  const TypeId compared = take(at, 0);
  if (compared == kNone) return false;
  if (!check_taken(at, 1, compared, "a comparison of values of two types")) return false;
  const bool floating = at.code <= static_cast<uint8_t>(Predicate::fcmp_true);
  if (at.code > static_cast<uint8_t>(Predicate::sle) ||
      (!floating && at.code < static_cast<uint8_t>(Predicate::eq))) {
    return fail("an unknown predicate");
  }
  const TypeKind kind = type(element(compared)).kind;
  const bool ordered =
      kind == TypeKind::integer || kind == TypeKind::pointer || kind == TypeKind::wide;
  if (floating ? !is_floating_kind(kind) : !ordered) {
    return fail("a comparison of values of a type that it is not for");
  }
  return (is_integer(element(at.type), 1) && lanes(at.type) == lanes(compared)) ||
         fail("a comparison whose result is no i1, or no vector of as many");
}

bool BodyChecker::check_select(const Instruction& at) {
  if (!check_operands(at, 3)) return false;
  const TypeId condition = type_at(at, 0);
  if (!is_integer(element(condition), 1)) return fail("a condition that is no i1");
  if (lanes(condition) != 0 && lanes(condition) != lanes(at.type)) {
    return fail("a vector of conditions of another length");
  }
  return (type_at(at, 1) == at.type && type_at(at, 2) == at.type) ||
         fail("an operand of another type than the result");
}

// ---- vectors and aggregates

bool BodyChecker::check_elements(const Instruction& at) {
  const bool insert = at.op == Opcode::insert_element;
  if (!check_operands(at, insert ? 3 : 2)) return false;
  const TypeId vector = type_at(at, 0);
  if (lanes(vector) == 0) return fail("an element of no vector");
  if (!is(type_at(at, insert ? 2 : 1), TypeKind::integer)) {
    return fail("an index that is no integer");
  }
  const TypeId moved = insert ? type_at(at, 1) : at.type;
  if (moved != element(vector) || (insert && at.type != vector)) {
    return fail("an element of another type than the vector's");
  }
  return true;
}

bool BodyChecker::check_shuffle(const Instruction& at) {
  if (!has_count(at, 3) || !check_operand(at, 0) || !check_operand(at, 1)) return false;
  if (!has_value(operand(at, 2))) return fail("an operand that is not there");
  const TypeId from = type_at(at, 0);
  const TypeId mask = type_at(at, 2);
  if (lanes(from) == 0 || type_at(at, 1) != from)
    return fail("a shuffle of two types, or no vectors");
  if (lanes(mask) == 0 || !is_integer(element(mask), 32) || lanes(mask) != lanes(at.type)) {
    return fail("a shuffle's mask is no vector of i32, one for each element");
  }
  if (element(at.type) != element(from))
    return fail("an element of another type than the vector's");
  return check_mask(operand(at, 2), 2 * lanes(from));
}

/// A constant; each element is below `bound`, or says nothing.
bool BodyChecker::check_mask(ValueId id, uint32_t bound) {
  const Value& mask = value(id);
  bool sound = true;
  switch (mask.kind) {
    case ValueKind::undefined:
    case ValueKind::poison:
    case ValueKind::zero:
      break;
    case ValueKind::data:
      for (uint32_t i = 0; i < mask.count; ++i) {
        uint32_t index = 0;
        __builtin_memcpy(&index, mask.bytes + size_t{4} * i, 4);
        sound = sound && index < bound;
      }
      break;
    case ValueKind::aggregate: {
      const Span<ValueId> lists =
          id < module_.values.size ? module_.value_lists : body_.value_lists;
      for (uint32_t i = 0; i < mask.count; ++i) {
        const ValueId element_id = lists[mask.first + i];
        const ValueKind kind = value(element_id).kind;
        uint64_t index = 0;
        if (kind == ValueKind::undefined || kind == ValueKind::poison) continue;
        sound = sound && is_integer_constant(element_id, index) && index < bound;
      }
      break;
    }
    default:
      return fail("a shuffle's mask is no constant");
  }
  return sound || fail("a shuffle's mask is out of range");
}

bool BodyChecker::check_aggregate(const Instruction& at) {
  const bool insert = at.op == Opcode::insert_value;
  const uint32_t values = insert ? 2 : 1;
  if (at.count <= values) return fail("too few or too many operands");
  for (uint32_t i = 0; i < values; ++i) {
    if (!check_operand(at, i)) return false;
  }
  const TypeId whole = type_at(at, 0);
  TypeId at_part = whole;
  for (uint32_t i = values; i < at.count; ++i) {
    at_part = part(at_part, operand(at, i));
    if (at_part == kNone) return fail("an index into an aggregate is out of range");
  }
  const TypeId moved = insert ? type_at(at, 1) : at.type;
  if (moved != at_part || (insert && at.type != whole)) {
    return fail("a part of an aggregate has another type");
  }
  return true;
}

// ---- memory

bool BodyChecker::check_alloca(const Instruction& at) {
  if (!check_operands(at, 1)) return false;
  if (!in_range(at.subject) || !is_sized(at.subject)) {
    return refuse("memory for a type without a place in it");
  }
  if (!is(at.type, TypeKind::pointer)) return fail("an address of another type than ptr");
  if (!is_integer(type_at(at, 0), 32)) return refuse("a number of elements that is no i32");
  uint64_t count = 0;
  if (is_integer_constant(operand(at, 0), count) &&
      count * type(at.subject).size > kMaxGlobalBytes) {
    return refuse("a variable of more than a gigabyte");
  }
  return check_alignment(at.detail);
}

bool BodyChecker::check_access(const Instruction& at) {
  const bool load = at.op == Opcode::load;
  if (!has_count(at, load ? 1 : 2)) return false;
  const TypeId address = take(at, 0);
  const TypeId moved = load ? at.type : take(at, 1);
  if (address == kNone || moved == kNone) return false;
  if (!is(address, TypeKind::pointer)) return fail("an access through what is no pointer");
  if (at.subject != moved) return fail("an access of another type than its value's");
  if (!is_sized(moved)) return refuse("an access of a type without a place in memory");
  if ((at.flags & kFlagAtomic) != 0) {
    const Type& accessed = type(moved);
    const bool scalar = accessed.kind >= TypeKind::integer && accessed.kind <= TypeKind::pointer;
    if (!scalar || (accessed.kind == TypeKind::integer &&
                    (accessed.count < 8 || (accessed.count & (accessed.count - 1)) != 0))) {
      return fail("an atomic access of a type that it is not for");
    }
  }
  return check_alignment(at.detail);
}

bool BodyChecker::check_address(const Instruction& at) {
  if (at.count == 0) return fail("too few or too many operands");
  const TypeId base = take(at, 0);
  if (base == kNone) return false;
  uint32_t wanted = lanes(base);
  for (uint32_t i = 1; i < at.count; ++i) {
    const TypeId index = take(at, i);
    if (index == kNone) return false;
    if (wanted == 0) wanted = lanes(index);
  }
  if (!in_range(at.subject) || !is_sized(at.subject)) {
    return refuse("an address in a type without a place in memory");
  }
  if (!has_pointers(base) || !has_pointers(at.type)) return fail("an address whose base is none");
  if (lanes(at.type) != wanted) return fail("an address of another shape than its operands");
  return check_indices(at.subject, {body_.operands.data + at.first + 1, at.count - 1}, wanted) &&
         (wanted == 0 || refuse("getelementptr of vectors"));
}

bool BodyChecker::check_atomic(const Instruction& at) {
  const bool exchange = at.op == Opcode::compare_exchange;
  if (!check_operands(at, exchange ? 3 : 2)) return false;
  if (!is(type_at(at, 0), TypeKind::pointer)) return fail("an access through what is no pointer");
  const TypeId moved = type_at(at, 1);
  const Type& accessed = type(moved);
  const bool integer = accessed.kind == TypeKind::integer && accessed.count >= 8 &&
                       (accessed.count & (accessed.count - 1)) == 0;
  const bool pointer = accessed.kind == TypeKind::pointer;
  if (!exchange && at.code > static_cast<uint8_t>(AtomicOp::umin)) {
    return fail("an unknown operation");
  }
  const bool whole = exchange || at.code == static_cast<uint8_t>(AtomicOp::xchg);
  if (!integer && !(whole && pointer)) return fail("an atomic access of a type that it is not for");
  if (at.subject != moved) return fail("an access of another type than its value's");
  if (!check_alignment(at.detail)) return false;
  if (!exchange) return at.type == moved || fail("an operand of another type than the result");
  if (type_at(at, 2) != moved) return fail("an operand of another type than the result");
  return (is(at.type, TypeKind::structure) && type(at.type).count == 2 &&
          part(at.type, 0) == moved && is_integer(part(at.type, 1), 1)) ||
         fail("an exchange whose result is not {value, i1}");
}

// ---- ends of blocks

/// Cases are different constants of the value's type: sorted (a heap) and held side by side.
bool BodyChecker::check_switch(const Instruction& at) {
  if (!check_operand(at, 0)) return false;
  const TypeId wanted = type_at(at, 0);
  if (is_wide(wanted)) return refuse("a switch on an integer of more than 64 bits");
  if (!is(wanted, TypeKind::integer)) return fail("a switch on what is no integer");
  const uint32_t cases = at.count / 2 - 1;
  const Arena::Mark mark = scratch_.mark();
  uint64_t* const heap = make<uint64_t>(cases);
  if (heap == nullptr) return false;
  const auto sink = [heap](uint32_t from, uint32_t size) {
    for (uint32_t child = 2 * from + 1; child < size; child = 2 * from + 1) {
      if (child + 1 < size && heap[child + 1] > heap[child]) ++child;
      if (heap[from] >= heap[child]) return;
      const uint64_t moved = heap[from];
      heap[from] = heap[child];
      heap[child] = moved;
      from = child;
    }
  };
  for (uint32_t i = 0; i < cases; ++i) {
    const ValueId id = operand(at, 2 + 2 * i);
    if (!is_integer_constant(id, heap[i]) || value(id).type != wanted) {
      return fail("a case that is no constant of the switch's type");
    }
  }
  for (uint32_t i = cases / 2; i-- > 0;) sink(i, cases);
  bool distinct = true;
  for (uint32_t left = cases; left > 1 && distinct; --left) {
    const uint64_t largest = heap[0];
    heap[0] = heap[left - 1];
    sink(0, left - 1);
    distinct = heap[0] != largest;
  }
  scratch_.release(mark);
  return distinct || fail("two cases of a switch are the same");
}

bool BodyChecker::check_return(const Instruction& at) {
  const TypeId wanted = result_of(module_, type(module_.functions[body_.function].type));
  if (is(wanted, TypeKind::void_type)) {
    return at.count == 0 || fail("a value returned from a function without one");
  }
  if (at.count == 0) return fail("no value returned from a function with one");
  return has_count(at, 1) &&
         check_taken(at, 0, wanted, "a value returned of another type than the function's");
}

}  // namespace jit
