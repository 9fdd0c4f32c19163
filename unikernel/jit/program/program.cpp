#include "program/program.h"

#include "ir/verify.h"
#include "program/loaded.h"

namespace jit {
namespace {

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

struct Run {
  Machine& machine;
  int32_t argument;
  Outcome outcome;
};

Outcome run_protected(Machine& machine, Native& native, int32_t argument,
                      const ProgramLimits& limits) {
  Run run = {machine, argument, Outcome::returned};
  const auto code = [](void* context) {
    Run& r = *static_cast<Run*>(context);
    r.outcome = r.machine.run("guest_main", r.argument);
  };
  if (limits.protection == nullptr) {
    code(&run);
    return run.outcome;
  }
  const Protection& protection = *limits.protection;
  const uint32_t page = (machine.state().stack_low + 4095) & ~4095U;
  const bool compiled = limits.tier != Tier::interpreted;
  if (compiled) protection.guard(protection.context, page, true);
  if (!protection.run(protection.context, code, &run, run.outcome) && compiled) native.settle();
  if (compiled) protection.guard(protection.context, page, false);
  return run.outcome;
}

ProgramResult refusal(const Fault& fault) {
  ProgramResult result;
  result.refused = true;
  result.fault = fault;
  return result;
}

/// BodySource::read
Fault read_body(void* context, FunctionId id, Arena& arena, Body& body) {
  Loaded::Reading& reading = *static_cast<Loaded::Reading*>(context);
  if (reading.clock == nullptr) return bitcode::read_verified_body(reading.opened, id, arena, body);
  const uint64_t begin = reading.clock();
  const Fault fault = bitcode::read_verified_body(reading.opened, id, arena, body);
  reading.ticks += reading.clock() - begin;
  return fault;
}

}  // namespace

Fault Loaded::load(Span<const uint8_t> file, const Workplace& workplace,
                   const ProgramLimits& limits, Output& output) {
  if (const Fault fault = bitcode::open_module(file, module, opened)) return fault;
  if (const Fault fault = verify_module(opened.module, scratch)) return fault;
  resources.memory = workplace.memory;
  resources.low = workplace.low;
  resources.high = workplace.high;
  resources.stack_bytes = workplace.stack_bytes;
  resources.slots = workplace.slots;
  resources.code = &code;
  resources.scratch = &scratch;
  resources.checked = limits.checked;
  resources.fuel = limits.fuel;
  reading = {&opened, limits.clock, 0};
  return machine.load(opened.module, {read_body, &reading}, resources,
                      {kProvided, sizeof kProvided / sizeof *kProvided}, &output);
}

Fault compile_program(Span<const uint8_t> file, const Workplace& workplace,
                      const NativeOptions& options,
                      void (*look)(void* context, const Module& module, const Native& native),
                      void* context) {
  Loaded loaded(workplace);
  Output none;
  if (const Fault fault = loaded.load(file, workplace, {}, none)) return fault;
  Native native(loaded.machine, workplace.machine_code, workplace.machine_data, options);
  Fault fault;
  if (native.compile()) {
    look(context, loaded.opened.module, native);
  } else {
    fault.what.add("no memory for machine code");
  }
  return fault;
}

ProgramResult run_program(Span<const uint8_t> file, int32_t argument, const Workplace& workplace,
                          const ProgramLimits& limits, const Output& output) {
  Loaded loaded(workplace);
  Output out = output;
  const auto now = [&] { return limits.clock != nullptr ? limits.clock() : 0; };
  const uint64_t loading = now();
  if (const Fault fault = loaded.load(file, workplace, limits, out)) return refusal(fault);
  Machine& machine = loaded.machine;

  ProgramResult result;
  const uint64_t begin = now();
  result.load_ticks = begin - loading;
  const Protection* const protection = limits.protection;
  Native native(machine, workplace.machine_code, workplace.machine_data,
                {.fuel = limits.count, .traps = protection != nullptr});
  if (limits.tier == Tier::compiled) {
    if (!native.compile()) {
      result.outcome = Outcome::out_of_memory;
      result.fault.what.add("no memory for machine code");
      return result;
    }
    native.install();
    const CodeListener& listener = limits.listener;
    if (listener.made != nullptr) listener.made(listener.context, loaded.opened.module, native);
  }
  Adaptive adaptive(machine, native, limits.hot_paths, limits.clock, protection,
                    limits.tier_listener);
  if (limits.tier == Tier::adaptive && !adaptive.start()) {
    result.outcome = Outcome::out_of_memory;
    result.fault.what.add("no memory for machine code");
    return result;
  }
  const uint64_t compiled = now();
  if (limits.tier == Tier::adaptive && !limits.learned.empty()) {
    adaptive.restore(limits.learned, result.learned_refused);
  }
  result.outcome = run_protected(machine, native, argument, limits);
  result.run_ticks = now() - compiled;
  result.compile_ticks = compiled - begin;
  result.read_ticks = loaded.reading.ticks;
  result.status = machine.state().status;
  result.fuel = machine.fuel_used();
  result.functions = machine.compiled();
  result.code_bytes = machine.cells() * static_cast<uint32_t>(sizeof(Cell));
  result.fault = machine.state().fault;
  if (limits.tier == Tier::adaptive) {
    result.compile_ticks = adaptive.ticks();
    result.longest_slice = adaptive.longest_slice();
    result.longest_trial = adaptive.longest_trial();
    result.longest_still = adaptive.longest_still();
    adaptive.tell_missed();
    if (result.ended() && !limits.learned_to.empty()) {
      adaptive.complete();
      result.learned_bytes = adaptive.save(limits.learned_to);
    }
  }
  if (limits.tier != Tier::interpreted) {
    result.functions = native.functions();
    result.code_bytes = native.code_bytes();
    result.instructions = native.instructions();
    result.islands = native.islands();
    result.kept_bytes = static_cast<uint32_t>(loaded.code.used());
  }
  return result;
}

}  // namespace jit
