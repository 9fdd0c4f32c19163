// Which values live when, and the slots that follow from it.
#pragma once

#include "interpreter/plan.h"
#include "ir/flow.h"

namespace jit {

/// Calls f(index of the value in the body) for what `id` is computed of where folded instructions
/// are part of it: values in slots.
template <class F>
void for_each_leaf(const Body& body, const Plan& plan, ValueId id, const F& f) {
  if (id < body.base) return;
  const Value& value = body.values[id - body.base];
  if (value.kind != ValueKind::instruction && value.kind != ValueKind::argument) return;
  if (plan.folds[id - body.base] == Fold::none) {
    f(id - body.base);
    return;
  }
  const Instruction& instruction = body.instructions[value.index];
  for (uint32_t k = 0; k < instruction.count; ++k) {
    if (is_value_operand(instruction, k)) {
      for_each_leaf(body, plan, body.operands[instruction.first + k], f);
    }
  }
}

/// Gives each value that is not folded, and used, its slots; arguments have theirs from 0 on, in
/// order. false: the arena is full.
bool assign_slots(const Module& module, const Body& body, Arena& arena, Plan& plan);

}  // namespace jit
