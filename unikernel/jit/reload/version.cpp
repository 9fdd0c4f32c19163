#include "reload/version.h"

namespace {
struct At {
  void* place;
};
}  // namespace
inline void* operator new(size_t, At at) noexcept { return at.place; }

namespace jit::reload {
namespace {

constexpr uint8_t kInt3 = 0xCC;

}  // namespace

Fault Version::make(const bundle::Program& program) {
  name_size_ = code_bytes_ = 0;
  while (name_size_ < program.name.size) {
    name_[name_size_] = program.name.data[name_size_];
    ++name_size_;
  }
  // The copy takes the front of what is for the module; a file becomes at most 20 times as much.
  Workplace place = workplace_;
  Fault fault;
  if (program.file.size > place.module.size / 32) {
    fault.what.add("a file of more than ").add(uint64_t{place.module.size / 32}).add(" bytes");
    return fault;
  }
  __builtin_memcpy(place.module.data, program.file.data, program.file.size);
  const Span<const uint8_t> file = {reinterpret_cast<const uint8_t*>(place.module.data),
                                    program.file.size};
  const uint32_t taken = (program.file.size + 15) & ~15U;
  place.module = {place.module.data + taken, place.module.size - taken};
  // A program finds zeros where nothing was written, whoever was there before.
  __builtin_memset(reinterpret_cast<void*>(static_cast<uintptr_t>(place.low)), 0,
                   place.high - place.low);

  new (At{loaded_}) Loaded(place);
  fault = loaded().load(file, place, {.fuel = kMostInstructions}, output_);
  if (fault) return fault;
  const FunctionId id = machine().find(kFunction);
  const Module& module = *machine().state().module;
  if (id != kNone) {
    const Type& type = module.types[module.functions[id].type];
    const Span<TypeId> parameters = parameters_of(module, type);
    if (parameters.size == 1 && !type.variadic &&
        form_of(module.types[parameters[0]]) == Form::word &&
        form_of(module.types[result_of(module, type)]) == Form::word) {
      new (At{native_}) Native(loaded().machine, place.machine_code, place.machine_data,
                               {.fuel = true, .traps = false});
      // All functions, whether they are called or not: what is broken anywhere is refused.
      if (native().compile()) {
        code_bytes_ = native().code_bytes();
        return native().fault();
      }
      fault.what.add("no memory for machine code");
      return fault;
    }
  }
  fault.what.add("it has no function i32 ").add(kFunction).add("(i32)");
  return fault;
}

Answer Version::run(uint32_t question) {
  struct Run {
    Machine& machine;
    uint32_t question;
    Outcome outcome;
  };
  Machine& m = loaded().machine;
  m.mutable_state().fuel = kMostInstructions;
  const uint32_t stack = m.state().stack_pointer;
  Run run = {m, question, Outcome::returned};
  const auto code = [](void* context) {
    Run& r = *static_cast<Run*>(context);
    r.outcome = r.machine.run(kFunction, static_cast<int32_t>(r.question));
  };
  protection_.run(protection_.context, code, &run, run.outcome);
  m.mutable_state().stack_pointer = stack;
  const auto value = static_cast<uint32_t>(m.state().status);
  return {run.outcome, value, kMostInstructions - m.state().fuel};
}

Answer Version::ask(uint32_t question) {
  native().install();
  return run(question);
}

Answer Version::interpret(uint32_t question) {
  loaded().machine.use({});
  return run(question);
}

void Version::give_back() {
  const Region& code = workplace_.machine_code;
  for (uint32_t i = 0; i < code_bytes_; ++i) code.bytes[i] = kInt3;
  code_bytes_ = 0;
}

}  // namespace jit::reload
