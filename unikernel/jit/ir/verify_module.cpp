#include "ir/module_checker.h"

namespace jit {

bool ModuleChecker::check() {
  if (!check_types() || !check_tables() || !check_value_sorts() || !check_functions()) return false;
  uint32_t* const parts = make<uint32_t>(module_.values.size);
  if (parts == nullptr) return false;
  return check_constants({module_.values.data, module_.values.size}, 0,
                         {module_.value_lists.data, module_.value_lists.size},
                         {module_.inline_asms.data, module_.inline_asms.size}, parts) &&
         check_aliases() && check_globals(parts);
}

bool ModuleChecker::check_tables() {
  for (const AttributeList& list : module_.attribute_lists) {
    if (list.first > module_.by_values.size || list.count > module_.by_values.size - list.first) {
      return fail("a list of attributes is out of range");
    }
  }
  for (const ByValue& copied : module_.by_values) {
    if (!in_range(copied.type) || !is_sized(copied.type)) {
      return refuse("byval of a type without a place in memory");
    }
    if (!check_alignment(copied.align)) return false;
  }
  return true;
}

/// What a value is, and where the rest of it stands. Constants are looked at behind it.
bool ModuleChecker::check_value_sorts() {
  for (ValueId id = 0; id < module_.values.size; ++id) {
    const Value& value = module_.values[id];
    if (!in_range(value.type)) return fail("a value of a type that is not there");
    bool there = true;
    switch (value.kind) {
      case ValueKind::global:
        there = value.index < module_.globals.size && module_.globals[value.index].value == id;
        break;
      case ValueKind::function:
        there = value.index < module_.functions.size && module_.functions[value.index].value == id;
        break;
      case ValueKind::alias:
        there = value.index < module_.aliases.size && module_.aliases[value.index].value == id;
        break;
      case ValueKind::argument:
      case ValueKind::instruction:
        return fail("a value of the module that only a body can have");
      default:
        continue;
    }
    if (!there) return fail("a value of the module without what it is the address of");
    if (!is(value.type, TypeKind::pointer)) return fail("an address of another type than ptr");
  }
  return true;
}

bool ModuleChecker::check_owner(ValueId id, ValueKind kind, uint32_t index) {
  return (id < module_.values.size && module_.values[id].kind == kind &&
          module_.values[id].index == index) ||
         fail("a global, function or alias without its value");
}

bool ModuleChecker::check_globals(const uint32_t* parts) {
  uint64_t bytes = 0;
  uint64_t all_parts = 0;
  for (uint32_t i = 0; i < module_.globals.size; ++i) {
    const Global& global = module_.globals[i];
    if (!check_owner(global.value, ValueKind::global, i)) return false;
    if (!in_range(global.type) || !is_sized(global.type)) {
      return refuse("a global of a type without a place in memory", global.name);
    }
    if (global.linkage > Linkage::appending) return fail("an unknown linkage");
    if (!check_alignment(global.align)) return false;
    const uint32_t align = global.align != 0 ? global.align : type(global.type).align;
    bytes += uint64_t{type(global.type).size} + align;
    if (bytes > kMaxGlobalBytes) return refuse("globals take more than a gigabyte");
    if (global.initializer == kNone) continue;
    if (!check_constant_operand(global.initializer)) return false;
    if (value(global.initializer).type != global.type) {
      return fail("an initializer of another type than its global's", global.name);
    }
    all_parts += parts[global.initializer];
    if (all_parts > kMaxInitializerParts) return refuse("initializers are too large");
    if (global.name == Text("llvm.global_ctors") || global.name == Text("llvm.global_dtors")) {
      if (!check_constructors(global)) return false;
    }
  }
  return true;
}

/// An array of {i32 priority, ptr function, ptr data}, the function void().
bool ModuleChecker::check_constructors(const Global& list) {
  constexpr char kWrong[] = "a list of constructors that is none";
  const Type& array = type(list.type);
  if (array.kind != TypeKind::array) return fail(kWrong);
  const Value& elements = value(list.initializer);
  if (elements.kind == ValueKind::zero && array.count == 0) return true;
  if (elements.kind != ValueKind::aggregate) return fail(kWrong);
  for (uint32_t i = 0; i < elements.count; ++i) {
    const Value& entry = value(module_.value_lists[elements.first + i]);
    if (entry.kind != ValueKind::aggregate || entry.count < 2) return fail(kWrong);
    uint64_t priority = 0;
    if (!is_integer_constant(module_.value_lists[entry.first], priority)) return fail(kWrong);
    const Value& called = value(module_.value_lists[entry.first + 1]);
    if (called.kind == ValueKind::zero) continue;
    if (called.kind != ValueKind::function) return fail(kWrong);
    const Type& function = type(module_.functions[called.index].type);
    if (function.count != 0 || !is(result_of(module_, function), TypeKind::void_type)) {
      return fail(kWrong);
    }
  }
  return true;
}

bool ModuleChecker::check_functions() {
  for (uint32_t i = 0; i < module_.functions.size; ++i) {
    const Function& function = module_.functions[i];
    if (!check_owner(function.value, ValueKind::function, i)) return false;
    if (!in_range(function.type) || !is(function.type, TypeKind::function)) {
      return fail("a function of another type", function.name);
    }
    if (function.linkage > Linkage::appending) return fail("an unknown linkage");
    if (function.intrinsic != Intrinsic::none && function.body_bit != 0) {
      return fail("an intrinsic with a body", function.name);
    }
    const Type& called = type(function.type);
    if (!check_attributes(function.attributes, called.count)) return false;
    if (function.attributes == kNone) continue;
    const AttributeList& list = module_.attribute_lists[function.attributes];
    for (uint32_t j = 0; j < list.count; ++j) {
      const uint32_t parameter = module_.by_values[list.first + j].parameter;
      if (!is(parameters_of(module_, called)[parameter], TypeKind::pointer)) {
        return fail("byval on what is no pointer", function.name);
      }
    }
  }
  return true;
}

bool ModuleChecker::check_aliases() {
  for (uint32_t i = 0; i < module_.aliases.size; ++i) {
    const Alias& alias = module_.aliases[i];
    if (!check_owner(alias.value, ValueKind::alias, i)) return false;
    if (!in_range(alias.type)) return fail("a value of a type that is not there");
    if (!check_constant_operand(alias.target)) return false;
    if (!is(value(alias.target).type, TypeKind::pointer)) {
      return fail("an alias of what is no address", alias.name);
    }
  }
  return true;
}

Fault verify_module(const Module& module, Arena& scratch) {
  const Arena::Mark mark = scratch.mark();
  Body none;
  none.base = module.values.size;
  ModuleChecker checker(module, none, scratch);
  checker.check();
  scratch.release(mark);
  return checker.fault();
}

}  // namespace jit
