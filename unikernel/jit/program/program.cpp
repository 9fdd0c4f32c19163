#include "program/program.h"

#include "bitcode/module_reader.h"
#include "ir/verify.h"

namespace jit {
namespace {

/// What read_checked() is given.
struct Source {
  const bitcode::BitcodeFile* file;
};

Fault read_checked(void* context, FunctionId id, Arena& arena, Body& body) {
  const auto& file = *static_cast<const Source*>(context)->file;
  Fault fault = bitcode::read_body(file, id, arena, body);
  if (!fault) fault = verify_body(file.module, body, arena);
  return fault;
}

Outcome write(State& state, uint32_t* arguments) {
  const auto& output = *static_cast<const Output*>(import_context(state));
  const uint32_t size = arguments[1];
  if (size == 0) return Outcome::returned;
  const uint8_t* const bytes = state.at(arguments[0], size);
  if (bytes == nullptr) return Outcome::wild_access;
  output.write(output.context, reinterpret_cast<const char*>(bytes), size);
  return Outcome::returned;
}

Outcome exit_program(State& state, uint32_t* arguments) {
  state.status = static_cast<int32_t>(arguments[0]);
  return Outcome::exited;
}

constexpr Provided kProvided[] = {{"guest_exit", exit_program}, {"guest_write", write}};

ProgramResult refusal(const Fault& fault) {
  ProgramResult result;
  result.refused = true;
  result.fault = fault;
  return result;
}

}  // namespace

ProgramResult run_program(Span<const uint8_t> file, int32_t argument, const Workplace& workplace,
                          const ProgramLimits& limits, const Output& output) {
  Arena module(workplace.module.data, workplace.module.size);
  Arena code(workplace.code.data, workplace.code.size);
  Arena scratch(workplace.scratch.data, workplace.scratch.size);
  bitcode::BitcodeFile opened;
  if (const Fault fault = bitcode::open_module(file, module, opened)) return refusal(fault);
  if (const Fault fault = verify_module(opened.module, scratch)) return refusal(fault);

  Source source = {&opened};
  Resources resources;
  resources.memory = workplace.memory;
  resources.low = workplace.low;
  resources.high = workplace.high;
  resources.stack_bytes = workplace.stack_bytes;
  resources.slots = workplace.slots;
  resources.code = &code;
  resources.scratch = &scratch;
  resources.checked = limits.checked;
  resources.fuel = limits.fuel;
  Output out = output;
  Machine machine;
  const Fault fault = machine.load(opened.module, {read_checked, &source}, resources,
                                   {kProvided, sizeof kProvided / sizeof *kProvided}, &out);
  if (fault) return refusal(fault);

  ProgramResult result;
  const auto now = [&] { return limits.clock != nullptr ? limits.clock() : 0; };
  const uint64_t begin = now();
  Native native(machine, workplace.machine_code, workplace.machine_data, {.fuel = limits.count});
  if (limits.tier == Tier::compiled) {
    if (!native.compile()) {
      result.outcome = Outcome::out_of_memory;
      result.fault.what.add("no memory for machine code");
      return result;
    }
    native.install();
    const CodeListener& listener = limits.listener;
    if (listener.made != nullptr) listener.made(listener.context, opened.module, native);
  }
  const uint64_t compiled = now();
  result.outcome = machine.run("guest_main", argument);
  result.run_ticks = now() - compiled;
  result.compile_ticks = compiled - begin;
  result.status = machine.state().status;
  result.fuel = machine.fuel_used();
  result.functions = machine.compiled();
  result.code_bytes = machine.cells() * static_cast<uint32_t>(sizeof(Cell));
  result.fault = machine.state().fault;
  if (limits.tier == Tier::compiled) {
    result.functions = native.functions();
    result.code_bytes = native.code_bytes();
    result.instructions = native.instructions();
    result.islands = native.islands();
  }
  return result;
}

}  // namespace jit
