// Fuel: each instruction of the IR takes one, and where none is left the program ends.
#include "compiler/generator.h"
#include "compiler/services.h"
#include "compiler/strength.h"

namespace jit {

using namespace x86_32;

/// Finds out what blocks may leave unpaid (payments.h).
bool Generator::plan_payments() {
  if (!options_.fuel) return true;
  const Span<BlockCost> costs = {arena_.make<BlockCost>(body_.blocks.size), body_.blocks.size};
  if (arena_.exhausted()) return false;
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    const Block& block = body_.blocks[b];
    BlockCost& cost = costs[b];
    cost = {};
    for (uint32_t k = block.first; k < block.first + block.count; ++k) {
      const Instruction& i = body_.instructions[k];
      if (k % 4 == 0) arena_.step();
      if (i.op == Opcode::phi) continue;
      (cost.is_divided ? cost.last : cost.first) += i.cost;
      if (i.op == Opcode::call && island_of_[k] == kNone &&
          call_kind(module_, body_, i) == CallKind::function) {
        cost.is_divided = true;
        cost.last = 0;
      }
    }
  }
  return find_debts(body_, flow_, {costs.data, costs.size}, arena_, debts_);
}

void Generator::pay(uint32_t debt) {
  const uint32_t amount = pending_ > debt ? pending_ - debt : 0;
  pending_ = 0;
  if (!options_.fuel || amount == 0) return;
  const Borrow out = {encoder_.label(), encoder_.label()};
  encoder_.alu_constant(Alu::sub, at_address(options_.fuel_address), amount);
  encoder_.jump_if(Condition::below, out.label);
  encoder_.bind(out.back);
  if (!borrows_.add(out)) refuse("no memory for code");
}

void Generator::borrow() {
  for (const Borrow& out : borrows_.view()) {
    encoder_.bind(out.label);
    mark(CodeMark::ending, static_cast<uint32_t>(Outcome::out_of_fuel));
    if (options_.sampled) {
      encoder_.call(Target::service, static_cast<uint32_t>(Service::sample));
      encoder_.jump(out.back);
      continue;
    }
    encoder_.alu_constant(Alu::sub, at_address(options_.fuel_address + 4), 1);
    encoder_.jump_if(Condition::above_equal, out.back);
    encoder_.jump(end_label(Outcome::out_of_fuel));
  }
}

}  // namespace jit
