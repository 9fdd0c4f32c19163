// A function's code is made when it is first called.
#include "interpreter/lowering.h"
#include "interpreter/machine.h"

namespace jit {

Outcome Machine::compile_for(State& state, FunctionId id) {
  Machine& machine = *static_cast<Machine*>(state.context);
  if (machine.compile(id)) return Outcome::returned;
  const bool full = machine.resources_.scratch->exhausted() || machine.resources_.code->exhausted();
  return full ? Outcome::out_of_memory : Outcome::unsupported;
}

bool Machine::compile(FunctionId id) {
  const Module& module = *state_.module;
  Arena& scratch = *resources_.scratch;
  const Arena::Mark mark = scratch.mark();
  Body body;
  state_.fault = source_.read(source_.context, id, scratch, body);
  if (state_.fault) {
    scratch.release(mark);
    return false;
  }
  Plan plan;
  Text fault;
  bool good = make_plan(module, body, scratch, plan, fault);
  if (!good) {
    state_.fault.what.add(fault);
    state_.fault.function = module.functions[id].name;
  }
  const Constants constants(module, {addresses_.data, addresses_.size}, &body);
  Lowering::Sizes sizes;
  for (bool fits = false; good && !fits;) {
    const Arena::Mark before = scratch.mark();
    Lowering lowering(state_, body, plan, constants, scratch, handlers_, sizes);
    good = lowering.run();
    fits = lowering.fits();
    sizes = lowering.needed();
    if (good && fits) {
      Cell* const code = resources_.code->make<Cell>(lowering.size());
      if (code == nullptr) {
        state_.fault.what.add("no memory for code");
        good = false;
      } else {
        lowering.finish(code);
        state_.entries[id].code = code;
        ++compiled_;
        cells_ += lowering.size();
      }
    }
    scratch.release(before);
  }
  scratch.release(mark);
  return good;
}

}  // namespace jit
