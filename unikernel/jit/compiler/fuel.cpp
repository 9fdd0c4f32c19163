// Fuel: each instruction of the IR takes one, and where none is left the program ends. What is left
// are two words (kFuelBits): payments take from the lower one.
#include "compiler/generator.h"
#include "compiler/services.h"
#include "compiler/strength.h"

namespace jit {

using namespace x86_32;

/// Finds out what blocks may leave unpaid (payments.h).
bool Generator::plan_payments() {
  if (!options_.fuel) return true;
  costs_ = {arena_.make<BlockCost>(body_.blocks.size), body_.blocks.size};
  if (arena_.exhausted()) return false;
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    const Block& block = body_.blocks[b];
    BlockCost& cost = costs_[b];
    cost = {};
    for (uint32_t k = block.first; k < block.first + block.count; ++k) {
      const Instruction& i = body_.instructions[k];
      if (k % 4 == 0) arena_.step();
      if (i.op == Opcode::phi) continue;
      (cost.is_divided ? cost.last : cost.first) += i.cost;
      cost.is_plain &= island_of_[k] == kNone && i.op != Opcode::switch_on &&
                       i.op != Opcode::branch_address && i.op != Opcode::alloca;
      if (i.op == Opcode::call && island_of_[k] == kNone &&
          call_kind(module_, body_, i) == CallKind::function &&
          value_of(module_, body_, operand(i, 0)).kind != ValueKind::inline_asm) {
        cost.is_divided = true;
        cost.last = 0;
        cost.is_plain = false;
      }
    }
  }
  return find_debts(body_, flow_, {costs_.data, costs_.size}, arena_, debts_);
}

/// Takes it from the fuel. Unchecked, less than nothing may be left, until somebody looks. Samples
/// are to show small functions, too, so that all is checked for them.
void Generator::pay(uint32_t amount, bool checked) {
  if (amount == 0 && !checked) return;
  const Place fuel = at_address(options_.fuel_address);
  encoder_.alu_constant(amount == 0 ? Alu::cmp : Alu::sub, fuel, amount);
  if (!checked && !options_.sampled) return;
  const Borrow out = {encoder_.label(), encoder_.label()};
  encoder_.jump_if(Condition::negative, out.label);
  encoder_.bind(out.back);
  if (!borrows_.add(out)) refuse("no memory for code");
}

/// Before what may end the program.
void Generator::pay_all() {
  const uint32_t amount = pending_;
  pending_ = 0;
  if (options_.fuel) pay(amount, true);
}

/// At the end of a block: what is not left to those that come next. Of a round that another one
/// follows, nothing is paid that each has to pay.
void Generator::pay_at_end(BlockId block) {
  owed_ = 0;
  if (!options_.fuel) return;
  const Debts& debts = debts_;
  uint32_t amount = pending_ - debts.at_end[block];
  bool checked = debts.checked[block] && amount > 0;
  pending_ = 0;
  if (rounds_.count > 1) {
    bool ends_round = false;
    for_each_successor(body_, block, [&](BlockId to) { ends_round |= to == rounds_.begin; });
    owed_ = (round_ + (ends_round ? 1 : 0)) * rounds_.cost;
    if (ends_round) {
      amount -= rounds_.cost;
      checked = round_ + 1 == rounds_.count;
      if (checked) {
        amount += owed_;
        owed_ = 0;
      }
    }
  }
  pay(amount, checked);
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
    const Place upper = at_address(options_.fuel_address + 4);
    encoder_.alu_constant(Alu::cmp, upper, 1);
    encoder_.jump_if(Condition::below, end_label(Outcome::out_of_fuel));
    encoder_.alu_constant(Alu::sub, upper, 1);
    encoder_.alu_constant(Alu::add, at_address(options_.fuel_address), 1U << kFuelBits);
    encoder_.jump_if(Condition::negative, out.label);
    encoder_.jump(out.back);
  }
}

}  // namespace jit
