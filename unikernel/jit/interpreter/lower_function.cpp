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

/// Calls done(lowering) with the code as it is to be. false: state_.fault says why not.
template <class F>
bool Machine::lower(const Body& body, const F& done) {
  const Module& module = *state_.module;
  Arena& scratch = *resources_.scratch;
  Plan plan;
  Text fault;
  if (!make_plan(module, body, scratch, plan, fault)) {
    state_.fault.what.add(fault);
    state_.fault.function = module.functions[body.function].name;
    state_.fault.unsupported = !scratch.exhausted();
    return false;
  }
  const Constants constants(module, {addresses_.data, addresses_.size}, &body);
  Lowering::Sizes sizes;
  while (true) {
    const Arena::Mark before = scratch.mark();
    Lowering lowering(state_, body, plan, constants, scratch, handlers_, sizes);
    const bool good = lowering.run(), fits = lowering.fits();
    sizes = lowering.needed();
    const bool all = good && fits && done(lowering);
    scratch.release(before);
    if (!good || fits) return all;
  }
}

Fault Machine::check(FunctionId id) {
  Arena& scratch = *resources_.scratch;
  const Arena::Mark mark = scratch.mark();
  Body body;
  state_.fault = source_.read(source_.context, id, scratch, body);
  if (!state_.fault) (void)lower(body, [](const Lowering&) { return true; });
  scratch.release(mark);
  return state_.fault;
}

bool Machine::compile(FunctionId id) {
  Arena& scratch = *resources_.scratch;
  const Arena::Mark mark = scratch.mark();
  Body body;
  state_.fault = source_.read(source_.context, id, scratch, body);
  const bool good = !state_.fault && lower(body, [&](const Lowering& lowering) {
    Cell* const code = resources_.code->make<Cell>(lowering.size());
    if (code == nullptr) {
      state_.fault.what.add("no memory for code");
      return false;
    }
    lowering.finish(code);
    FunctionEntry& entry = state_.entries[id];
    if (entry.code == entry.interpreted) entry.code = code;  // else machine code is called
    entry.interpreted = code;
    lowered_[compiled_++] = {code, lowering.size(), id, body.instructions.size};
    cells_ += lowering.size();
    return true;
  });
  scratch.release(mark);
  return good;
}

bool Machine::map_frame(const Lowered& function, const Body& body, const Cell* ip, Arena& arena,
                        FrameMap& map) {
  const uint32_t values = body.values.size;
  map.slots = {arena.make<uint32_t>(values), values};
  map.places = {arena.make<uint32_t>(values), values};
  if (arena.exhausted()) return false;
  return lower(body, [&](const Lowering& lowering) {
    const BlockId head = lowering.loop_around(static_cast<uint32_t>(ip - function.code));
    if (head == 0 || !lowering.describe(head, map)) return false;
    map.head = function.code + lowering.cell_of(head);
    return true;
  });
}

}  // namespace jit
