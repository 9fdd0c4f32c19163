#include "adaptive/alone.h"

#include "interpreter/plan.h"
#include "interpreter/runtime.h"
#include "specialize/inline.h"

namespace jit {
namespace {

/// Functions that are looked at, and instructions in all of them.
constexpr uint32_t kMostFunctions = 24, kMostInstructions = 4096;

struct Callees {
  FunctionId ids[kMostFunctions] = {};
  uint32_t count = 0;
  bool add(FunctionId id) {
    for (uint32_t k = 0; k < count; ++k) {
      if (ids[k] == id) return true;
    }
    if (count == kMostFunctions) return false;
    ids[count++] = id;
    return true;
  }
};

/// Adds to `callees` what the body calls.
bool only_computes(const Machine& machine, const Body& body, Callees& callees, Text& why) {
  const Module& module = *machine.state().module;
  for (const Instruction& i : body.instructions) {
    if (i.op != Opcode::call) continue;
    machine.resources().scratch->step(2);
    if (intrinsic_of_call(module, body, i) != Intrinsic::none) continue;
    const Value& callee = value_of(module, body, body.operands[i.first]);
    bool harmless = callee.kind == ValueKind::inline_asm;
    for (const Provided& own : runtime()) {
      harmless |= callee.kind == ValueKind::function &&
                  machine.state().entries[callee.index].import == own.import;
    }
    FunctionId id = kNone;
    if (harmless) continue;
    if (!find_callee(machine, body, i, id)) {
      why = "it calls what is not the program's own, so that a call cannot be tried";
      return false;
    }
    if (!callees.add(id)) {
      why = "it calls too many others";
      return false;
    }
  }
  return true;
}

}  // namespace

bool is_alone(const Machine& machine, FunctionId id, Text& why) {
  Arena& scratch = *machine.resources().scratch;
  const Arena::Mark mark = scratch.mark();
  const bool exhausted = scratch.exhausted();
  Callees callees;
  (void)callees.add(id);
  uint32_t instructions = 0;
  bool alone = true;
  for (uint32_t k = 0; alone && k < callees.count; ++k) {
    Body body;
    if (machine.read(callees.ids[k], scratch, body)) {
      why = "what it calls cannot be read";
      alone = false;
    } else {
      alone = only_computes(machine, body, callees, why);
      instructions += body.instructions.size;
    }
    scratch.release(mark);
    if (alone && instructions > kMostInstructions) {
      why = "it calls too much";
      alone = false;
    }
  }
  scratch.restore_exhausted(exhausted);
  return alone;
}

}  // namespace jit
