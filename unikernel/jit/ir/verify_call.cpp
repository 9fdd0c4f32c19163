// Calls: of functions, through pointers, of intrinsics, and of assembly without instructions.
#include "ir/body_checker.h"

namespace jit {

bool BodyChecker::check_call(const Instruction& at) {
  if (at.count == 0) return fail("too few or too many operands");
  if ((at.flags & kFlagMustTail) != 0) return refuse("musttail");
  if (!in_range(at.subject) || !is(at.subject, TypeKind::function)) {
    return fail("a call of what is no function");
  }
  const Type& function = type(at.subject);
  if (result_of(module_, function) != at.type)
    return fail("a call of another type than its function's");
  const uint32_t given = at.count - 1;
  if (given < function.count || (given > function.count && !function.variadic)) {
    return fail("a call with too few or too many arguments");
  }

  const ValueId callee_id = operand(at, 0);
  if (!has_value(callee_id)) return fail("an operand that is not there");
  const Value& callee = value(callee_id);
  if (!is(callee.type, TypeKind::pointer)) return fail("a call through what is no pointer");
  const bool direct = callee.kind == ValueKind::function;
  const bool nothing = direct && module_.functions[callee.index].intrinsic == Intrinsic::nothing;
  for (uint32_t i = 0; i < given; ++i) {
    const TypeId wanted = i < function.count ? parameters_of(module_, function)[i] : kNone;
    if (wanted != kNone && is(wanted, TypeKind::metadata)) {
      if (!nothing || operand(at, 1 + i) != kNone) return fail("metadata as an argument");
      continue;
    }
    const TypeId passed = take(at, 1 + i);
    if (passed == kNone) return false;
    if (wanted != kNone && passed != wanted) {
      return fail("an argument of another type than the parameter's");
    }
    if (wanted == kNone && type(passed).kind > TypeKind::wide) {
      return refuse("a vector or structure among variadic arguments");
    }
  }
  if (!check_attributes(at.detail, given)) return false;
  if (at.detail != kNone) {
    const AttributeList& list = module_.attribute_lists[at.detail];
    for (uint32_t i = 0; i < list.count; ++i) {
      const uint32_t parameter = module_.by_values[list.first + i].parameter;
      if (!is(type_at(at, 1 + parameter), TypeKind::pointer)) {
        return fail("byval on what is no pointer");
      }
    }
  }
  return check_callee(at, callee, {body_.operands.data + at.first + 1, given});
}

bool BodyChecker::check_callee(const Instruction& at, const Value& callee,
                               Span<const ValueId> arguments) {
  if (callee.kind == ValueKind::inline_asm) {
    const bool of_module = operand(at, 0) < module_.values.size;
    return check_assembly(
        at, of_module ? module_.inline_asms[callee.index] : body_.inline_asms[callee.index]);
  }
  if (callee.kind != ValueKind::function) return check_operand(at, 0);
  const Function& function = module_.functions[callee.index];
  if (function.intrinsic == Intrinsic::none) return true;
  if (function.type != at.subject) {
    return fail("a call of another type than its intrinsic's", function.name);
  }
  if (function.intrinsic == Intrinsic::unknown) {
    return refuse("the intrinsic", function.name);
  }
  if (function.intrinsic == Intrinsic::va_start &&
      !type(module_.functions[body_.function].type).variadic) {
    return fail("va_start in a function that is not variadic");
  }
  return check_intrinsic(*this, function, module_, arguments);
}

/// The text is empty, so that nothing is done. An output is then the input that is tied to it.
bool BodyChecker::check_assembly(const Instruction& at, const InlineAsm& assembly) {
  if (assembly.type != at.subject) return fail("a call of another type than its function's");
  for (uint32_t i = 0; i < assembly.code.size; ++i) {
    const char c = assembly.code.data[i];
    if (c != ' ' && c != '\t' && c != '\n')
      return refuse("assembly with instructions,", assembly.code);
  }
  if (is(at.type, TypeKind::void_type)) return true;
  // One output, and the first operand tied to it: "=r,0", "=x,0,~{memory}".
  uint32_t comma = 0;
  while (comma < assembly.constraints.size && assembly.constraints.data[comma] != ',') ++comma;
  const Text rest = assembly.constraints.without_prefix(comma);
  const bool tied = rest.starts_with(",0") && (rest.size == 2 || rest.data[2] == ',');
  if (!assembly.constraints.starts_with("=") || !tied || at.count < 2 ||
      type_at(at, 1) != at.type) {
    return refuse("assembly whose output is not its input,", assembly.constraints);
  }
  return true;
}

}  // namespace jit
