#include "compiler/native.h"

#include "compiler/generator.h"
#include "support/bytes.h"

namespace jit {

using namespace x86_32;

bool Native::place(const Encoder& code, FunctionId id) {
  const uint32_t at = (used_ + 15) & ~15U;
  if (at > code_.size || code.total() > code_.size - at) return false;
  while (used_ < at) code_.bytes[used_++] = 0xCC;
  bool good = true;
  code.finish(code_.bytes + at, code_.address + at, [&](Target target, uint32_t number) {
    return target == Target::service ? code_.address + services_[number] : 0;
  });
  for (const Reference& r : code.references()) {
    if (r.target != Target::function) continue;
    good &= calls_.add({at + code.final_offset(r.at), r.number});
  }
  used_ = at + code.total();
  if (id != kNone) placed_[id] = {at, code.total()};
  return good;
}

/// A function of two instructions: to a service, with a number in eax.
bool Native::stub(FunctionId id, uint32_t value, Service service) {
  Arena& scratch = *machine_.resources().scratch;
  const Arena::Mark mark = scratch.mark();
  Encoder code(scratch);
  code.mov_constant(in_register(eax), value);
  code.jump(Target::service, static_cast<uint32_t>(service));
  code.shorten();
  const bool good = code.good() && place(code, id);
  scratch.release(mark);
  return good;
}

bool Native::make_services() {
  const auto of_header = [&](size_t offset) {
    return in_memory({kNoRegister, kNoRegister, 0,
                      static_cast<int32_t>(data_.address + static_cast<uint32_t>(offset))});
  };
  const auto bridge = [&](Service service) {
    return of_header(offsetof(Header, bridges) + size_t{4} * static_cast<uint32_t>(service));
  };
  const auto at_stack = [](uint32_t offset) {
    return in_memory({esp, kNoRegister, 0, static_cast<int32_t>(offset)});
  };
  Arena& scratch = *machine_.resources().scratch;
  bool good = true;
  for (uint32_t s = 0; s < kServices; ++s) {
    const auto service = static_cast<Service>(s);
    const Arena::Mark mark = scratch.mark();
    Encoder code(scratch);
    constexpr uint32_t kSaved = 6 * 16 + 8;  // keeps the stack at a multiple of 16 where it calls
    switch (service) {
      case Service::island:
      case Service::runtime:
        code.push(ecx);
        code.push(edx);
        code.alu_constant(Alu::sub, in_register(esp), kSaved);
        for (Register x = 0; x < 6; ++x) code.op(op::movups_store, x, at_stack(x * 16U));
        code.op(op::movd_store, xmm7, in_register(ecx));
        code.push(ecx);
        break;
      case Service::import:
        code.op(op::lea, ecx, at_stack(4));
        code.push(ecx);
        break;
      case Service::end:
        code.alu_constant(Alu::and_, in_register(esp), ~15U);
        code.alu_constant(Alu::sub, in_register(esp), 8);
        break;
    }
    code.push(eax);
    code.push(of_header(offsetof(Header, native)));
    code.call(bridge(service));
    if (service != Service::end) code.alu_constant(Alu::add, in_register(esp), 12);
    if (service == Service::island || service == Service::runtime) {
      for (Register x = 0; x < 6; ++x) code.op(op::movups, x, at_stack(x * 16U));
      code.alu_constant(Alu::add, in_register(esp), kSaved);
      code.pop(edx);
      code.pop(ecx);
      code.ret();
    } else if (service == Service::import) {
      // The result, whatever its kind is, begins where the arguments were.
      const Memory result = {eax, kNoRegister, 0, 0};
      code.op(op::movups, 0, in_memory(result));
      code.op(op::mov_load, edx, in_memory({eax, kNoRegister, 0, 4}));
      code.op(op::mov_load, eax, in_memory(result));
      code.ret();
    }
    code.shorten();
    services_[s] = (used_ + 15) & ~15U;
    good &= code.good() && place(code, kNone);
    scratch.release(mark);
  }
  return good;
}

namespace {

/// Parameters of the same forms; and results, where `results`.
bool same_shape(const Module& module, const Type& a, const Type& b, bool results) {
  if (a.count != b.count || a.variadic != b.variadic) return false;
  const auto same = [&](TypeId x, TypeId y) {
    return form_of(module.types[x]) == form_of(module.types[y]) &&
           slots_of(module, x) == slots_of(module, y);
  };
  for (uint32_t i = 0; i < a.count; ++i) {
    if (!same(parameters_of(module, a)[i], parameters_of(module, b)[i])) return false;
  }
  return !results || same(result_of(module, a), result_of(module, b));
}

}  // namespace

bool Native::shape_types() {
  const Module& module = *machine_.state().module;
  Arena& keep = *machine_.resources().code;
  shapes_ = {keep.make<Shape>(module.types.size), module.types.size};
  if (keep.exhausted()) return false;
  for (TypeId t = 0; t < module.types.size; ++t) {
    shapes_[t] = {t, t};
    if (module.types[t].kind != TypeKind::function) continue;
    for (TypeId first = 0; first < t; ++first) {
      if (module.types[first].kind != TypeKind::function || shapes_[first].parameters != first ||
          !same_shape(module, module.types[first], module.types[t], false)) {
        continue;
      }
      shapes_[t].parameters = first;
      break;
    }
    for (TypeId first = 0; first < t; ++first) {
      if (shapes_[first].whole == first && shapes_[first].parameters == shapes_[t].parameters &&
          module.types[first].kind == TypeKind::function &&
          same_shape(module, module.types[first], module.types[t], true)) {
        shapes_[t].whole = first;
        break;
      }
    }
  }
  return true;
}

bool Native::compile(FunctionId id) {
  const Module& module = *machine_.state().module;
  const FunctionEntry& entry = machine_.state().entries[id];
  if (entry.import != nullptr) return stub(id, id, Service::import);
  if (module.functions[id].body_bit == 0) {
    return stub(id, static_cast<uint32_t>(Outcome::wrong_call), Service::end);
  }
  Arena& scratch = *machine_.resources().scratch;
  const Arena::Mark mark = scratch.mark();
  Body body;
  Fault fault = machine_.read(id, scratch, body);
  bool good = true;
  if (!fault) {
    const Constants constants = machine_.constants(body);
    GeneratorOptions options;
    options.fuel = options_.fuel;
    options.fuel_address = data_.address + static_cast<uint32_t>(offsetof(Header, fuel_low));
    options.traps = options_.traps;
    options.limit_address = data_.address + static_cast<uint32_t>(offsetof(Header, stack_limit));
    options.table = data_.address + static_cast<uint32_t>(sizeof(Header));
    options.shapes = {shapes_.data, shapes_.size};
    options.marks = options_.watcher != nullptr;
    Generator generator(module, body, constants, islands_, options, scratch);
    if (generator.run()) {
      good = place(generator.code(), id);
      if (good && options_.watcher != nullptr) {
        options_.watcher->compiled(options_.watcher->context, id, generator);
      }
      ++functions_;
      instructions_ += body.instructions.size;
    } else {
      fault = machine_.state().fault;
      if (!fault) fault.what.add(generator.fault());
      fault.function = module.functions[id].name;
      fault.unsupported = true;
    }
  }
  scratch.release(mark);
  machine_.mutable_state().fault = {};
  if (fault) {
    ++refused_;
    fault_ = fault;
    if (options_.watcher != nullptr) {
      options_.watcher->refused(options_.watcher->context, id, fault);
    }
    good = stub(id, static_cast<uint32_t>(Outcome::unsupported), Service::end);
  }
  return good;
}

bool Native::compile() {
  const Module& module = *machine_.state().module;
  Arena& keep = *machine_.resources().code;
  const uint32_t count = module.functions.size;
  placed_ = {keep.make<Placed>(count), count};
  if (keep.exhausted() || data_.size < sizeof(Header) + sizeof(Entry) * count) return false;
  used_ = 0;
  if (!shape_types() || !make_services()) return false;
  for (FunctionId id = 0; id < count; ++id) {
    const Function& function = module.functions[id];
    placed_[id] = {};
    if (function.intrinsic == Intrinsic::none && !compile(id)) return false;
    table()[id] = {code_.address + placed_[id].offset, shapes_[function.type].whole,
                   shapes_[function.type].parameters, 0};
  }
  for (const Call& call : calls_) {
    write_little(code_.bytes + call.at, placed_[call.to].offset - (call.at + 4), 4);
  }
  return true;
}

void Native::settle() {
  if (!options_.fuel) return;
  machine_.mutable_state().fuel = header().fuel_low | uint64_t{header().fuel_high} << 32;
}

void Native::adopt(uint32_t entry) {
  adopted_ = entry;
  used_ = code_.size;
  install();
}

Outcome Native::run_island(uint32_t number, uint32_t* slots) {
  return machine_.execute(islands_.code(number), slots);
}

Outcome Native::run_import(FunctionId id, uint32_t* arguments) {
  State& state = machine_.mutable_state();
  return state.entries[id].import(state, arguments);
}

}  // namespace jit
