#include "interpreter/machine.h"

#include "interpreter/constants.h"
#include "interpreter/execute.h"
#include "interpreter/runtime.h"

namespace jit {
namespace {

Outcome missing(State& state, uint32_t*) {
  (void)state;
  return Outcome::missing_import;
}

/// Parameters of the same forms, and the same result or one that the caller does not want.
bool same_shape(const State& state, TypeId is, TypeId as) {
  const Module& module = *state.module;
  const Type& a = module.types[is];
  const Type& b = module.types[as];
  if (a.count != b.count || a.variadic != b.variadic) return false;
  for (uint32_t i = 0; i < a.count; ++i) {
    if (!stand_alike(module, parameters_of(module, a)[i], parameters_of(module, b)[i])) {
      return false;
    }
  }
  return fits_result(module, result_of(module, a), result_of(module, b));
}

}  // namespace

Text text_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::returned:
      return "returned";
    case Outcome::exited:
      return "exited";
    case Outcome::unreachable:
      return "reached code that is never reached";
    case Outcome::trapped:
      return "trapped";
    case Outcome::wild_access:
      return "access outside of its memory";
    case Outcome::division:
      return "division by zero, or overflow of a division";
    case Outcome::stack_overflow:
      return "stack overflow";
    case Outcome::out_of_fuel:
      return "out of fuel";
    case Outcome::wrong_call:
      return "call of what is no function";
    case Outcome::wrong_type:
      return "call of a function as if it were of another type";
    case Outcome::missing_import:
      return "call of a function that nobody provides";
    case Outcome::unsupported:
      return "reached code that is not supported";
    case Outcome::out_of_memory:
      return "no memory for its code";
  }
  return "unknown";
}

void* import_context(const State& state) { return state.imports; }

bool Machine::refuse(Text what, Text name) {
  state_.fault = {};
  state_.fault.what.add(what);
  if (name.size > 0) state_.fault.what.add(" '").add(name).add("'");
  state_.fault.unsupported = true;
  return false;
}

bool Machine::place_globals() {
  const Module& module = *state_.module;
  addresses_ = {resources_.code->make<uint32_t>(module.globals.size), module.globals.size};
  if (addresses_.data == nullptr && module.globals.size > 0)
    return refuse("no memory for the globals", {});
  uint64_t next = (uint64_t{resources_.low} + 15) & ~uint64_t{15};
  for (uint32_t g = 0; g < module.globals.size; ++g) {
    const Global& global = module.globals[g];
    addresses_[g] = 0;
    if (global.linkage == Linkage::appending) continue;
    if (global.initializer == kNone) {
      if (global.linkage == Linkage::extern_weak) continue;
      return refuse("nobody provides the variable", global.name);
    }
    const Type& type = module.types[global.type];
    uint32_t align = global.align > type.align ? global.align : type.align;
    if (align < 4) align = 4;
    next = (next + align - 1) & ~uint64_t{align - 1};
    addresses_[g] = static_cast<uint32_t>(next);
    next += type.size > 0 ? type.size : 1;
    if (next + resources_.stack_bytes > resources_.high) {
      return refuse("no room for the variable", global.name);
    }
  }
  state_.stack_low = static_cast<uint32_t>((next + 15) & ~uint64_t{15});
  const Constants constants(module, {addresses_.data, addresses_.size}, nullptr);
  for (uint32_t g = 0; g < module.globals.size; ++g) {
    const Global& global = module.globals[g];
    if (addresses_[g] == 0) continue;
    uint8_t* const place = state_.at(addresses_[g], module.types[global.type].size);
    if (place == nullptr || !constants.memory(global.initializer, place)) {
      return refuse("a constant that is not computed, in", global.name);
    }
  }
  return true;
}

bool Machine::make_entries(Span<const Provided> provided) {
  const Module& module = *state_.module;
  const uint32_t count = module.functions.size;
  state_.entries = {resources_.code->make<FunctionEntry>(count), count};
  lowered_ = {resources_.code->make<Lowered>(count), count};
  if (resources_.code->exhausted()) return refuse("no memory for the functions", {});
  for (FunctionId f = 0; f < count; ++f) {
    const Function& function = module.functions[f];
    FunctionEntry& entry = state_.entries[f];
    entry = {};
    entry.type = function.type;
    entry.id = f;
    entry.stub[0] = handlers_[static_cast<uint32_t>(Op::compile_)];
    entry.code = entry.interpreted = entry.stub;
    if (function.body_bit != 0 || function.intrinsic != Intrinsic::none) continue;
    entry.import = missing;
    for (const Provided& one : runtime()) {
      if (one.name == function.name) entry.import = one.import;
    }
    for (const Provided& one : provided) {
      if (one.name == function.name) entry.import = one.import;
    }
    // Called through a pointer, it is a function of two instructions.
    Cell* const code = resources_.code->make<Cell>(6);
    if (code == nullptr) return refuse("no memory for the functions", {});
    code[0] = handlers_[static_cast<uint32_t>(Op::call_import_)];
    code[1] = reinterpret_cast<Cell>(entry.import);
    code[2] = code[3] = 0;
    code[4] = handlers_[static_cast<uint32_t>(Op::return_value_)];
    code[5] = 0;
    entry.code = entry.interpreted = code;
  }
  return true;
}

Fault Machine::load(const Module& module, const BodySource& source, const Resources& resources,
                    Span<const Provided> provided, void* context) {
  state_ = {};
  resources_ = resources;
  source_ = source;
  state_.module = &module;
  state_.base = resources.memory;
  state_.low = resources.low;
  state_.high = resources.high & ~15U;
  state_.stack_pointer = state_.high;
  state_.slots = resources.slots.data;
  state_.slots_end = resources.slots.data + resources.slots.size - kReservedSlots;
  state_.fuel = given_ = resources.fuel;
  state_.compile = compile_for;
  state_.same_shape = same_shape;
  state_.context = this;
  state_.imports = context;
#if defined(__i386__)
  handlers_ = resources.checked ? handlers_checked() : handlers_unchecked();
#else
  handlers_ = handlers_checked();
#endif
  finish_[2] = handlers_[static_cast<uint32_t>(Op::finish_)];
  engine_ = {};
  compiled_ = cells_ = 0;
  constructed_ = false;
  if (resources.slots.size < kMinSlots) {
    refuse("too few slots", {});
  } else if (make_entries(provided)) {
    (void)place_globals();
  }
  return state_.fault;
}

Outcome Machine::execute(const Cell* code, uint32_t* frame) {
#if defined(__i386__)
  if (!resources_.checked) return execute_unchecked(state_, code, frame);
#endif
  return execute_checked(state_, code, frame);
}

const Machine::Lowered* Machine::lowered_at(const Cell* ip) const {
  uint32_t first = 0, end = compiled_;
  while (first < end) {
    const uint32_t middle = (first + end) / 2;
    if (lowered_[middle].code <= ip) {
      first = middle + 1;
    } else {
      end = middle;
    }
  }
  if (first == 0) return nullptr;
  const Lowered& last = lowered_[first - 1];
  return ip < last.code + last.cells ? &last : nullptr;
}

Outcome Machine::call(FunctionId id, Span<const uint32_t> arguments) {
  if (engine_.call != nullptr) return engine_.call(engine_.context, id, arguments);
  uint32_t* const frame = state_.slots + 4;
  const Cell* const back = finish_ + 2;
  __builtin_memcpy(frame - 2, static_cast<const void*>(&back), sizeof back);
  for (uint32_t i = 0; i < arguments.size; ++i) frame[i] = arguments[i];
  return execute(state_.entries[id].code, frame);
}

FunctionId Machine::find(Text name) const {
  const Module& module = *state_.module;
  for (FunctionId f = 0; f < module.functions.size; ++f) {
    if (module.functions[f].name == name && module.functions[f].body_bit != 0) return f;
  }
  return kNone;
}

/// llvm.global_ctors: an array of {priority, function, data}; lower priorities first.
Outcome Machine::construct() {
  const Module& module = *state_.module;
  constructed_ = true;
  for (const Global& global : module.globals) {
    if (global.linkage != Linkage::appending || !(global.name == Text("llvm.global_ctors")))
      continue;
    if (global.initializer == kNone) continue;
    const Value& list = module.values[global.initializer];
    if (list.kind != ValueKind::aggregate) continue;
    const Constants constants(module, {addresses_.data, addresses_.size}, nullptr);
    uint64_t done = 0;  // priority + 1 of what has run
    while (true) {
      uint64_t next = ~uint64_t{0};
      for (uint32_t i = 0; i < list.count; ++i) {
        uint32_t fields[3] = {};
        if (!constants.slots(module.value_lists[list.first + i], fields)) continue;
        if (fields[0] >= done && fields[0] < next) next = fields[0];
      }
      if (next == ~uint64_t{0}) break;
      for (uint32_t i = 0; i < list.count; ++i) {
        uint32_t fields[3] = {};
        if (!constants.slots(module.value_lists[list.first + i], fields) || fields[0] != next)
          continue;
        const uint32_t which = (fields[1] - kFunctionBase) / kFunctionStep;
        if (which >= module.functions.size) return Outcome::wrong_call;
        const Outcome outcome = call(which, {});
        if (outcome != Outcome::returned) return outcome;
      }
      done = next + 1;
    }
  }
  return Outcome::returned;
}

Outcome Machine::run(Text name, int32_t argument) {
  const Module& module = *state_.module;
  const FunctionId id = find(name);
  if (id == kNone) {
    refuse("the program has no function", name);
    return Outcome::unsupported;
  }
  const Type& type = module.types[module.functions[id].type];
  const Span<TypeId> parameters = parameters_of(module, type);
  if (parameters.size > 1 ||
      (parameters.size == 1 && form_of(module.types[parameters[0]]) != Form::word) ||
      form_of(module.types[result_of(module, type)]) != Form::word) {
    refuse("not i32 (i32):", name);
    return Outcome::unsupported;
  }
  if (!constructed_) {
    const Outcome outcome = construct();
    if (outcome != Outcome::returned) return outcome;
  }
  const auto word = static_cast<uint32_t>(argument);
  return call(id, {&word, parameters.size});
}

const uint8_t* Machine::fixed(uint32_t address, uint32_t size) const {
  for (const Global& global : state_.module->globals) {
    if (!global.constant || global.initializer == kNone) continue;
    const uint32_t first = address_of(global), bytes = state_.module->types[global.type].size;
    if (address - first < bytes && size <= bytes - (address - first)) {
      return state_.at(address, size);
    }
  }
  return nullptr;
}

}  // namespace jit
