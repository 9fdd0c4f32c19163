// The verifier of a body.
#pragma once

#include "ir/checking.h"
#include "ir/flow.h"

namespace jit {

class BodyChecker : public Checker {
 public:
  using Checker::Checker;
  bool check();

 private:
  // verify_body.cpp: what holds before any instruction is looked at, and where values are used
  bool check_function();
  bool check_values();
  bool check_blocks();
  bool check_successors(const Instruction& terminator);
  bool check_phis(BlockId block);
  bool check_phi(const Instruction& phi, BlockId block);
  bool check_uses();
  bool check_uses(BlockId block);
  bool check_use(ValueId id, BlockId block, uint32_t instruction);

  // verify_instruction.cpp: types
  bool check_instruction(const Instruction& at);
  bool check_binary(const Instruction& at);
  bool check_compare(const Instruction& at);
  bool check_select(const Instruction& at);
  bool check_elements(const Instruction& at);
  bool check_shuffle(const Instruction& at);
  bool check_mask(ValueId mask, uint32_t bound);
  bool check_aggregate(const Instruction& at);
  bool check_address(const Instruction& at);
  bool check_alloca(const Instruction& at);
  bool check_access(const Instruction& at);
  bool check_atomic(const Instruction& at);
  bool check_switch(const Instruction& at);
  bool check_return(const Instruction& at);
  bool check_call(const Instruction& at);
  bool check_callee(const Instruction& at, const Value& callee, Span<const ValueId> arguments);
  bool check_assembly(const Instruction& at, const InlineAsm& assembly);

  [[nodiscard]] uint32_t operand(const Instruction& at, uint32_t index) const {
    return body_.operands[at.first + index];
  }
  /// The type of the operand that is a value; there must be one.
  [[nodiscard]] TypeId type_at(const Instruction& at, uint32_t index) const {
    return value(operand(at, index)).type;
  }
  bool has_count(const Instruction& at, uint32_t count) {
    return at.count == count || fail("too few or too many operands");
  }
  /// Operand `index` is a value that an instruction may take.
  bool check_operand(const Instruction& at, uint32_t index) {
    const uint32_t of_body = operand(at, index) - body_.base;
    if (of_body < body_.values.size && body_.values[of_body].kind >= ValueKind::argument) {
      return true;
    }
    return check_constant(operand(at, index));
  }
  bool check_constant(ValueId id);
  bool check_operands(const Instruction& at, uint32_t count);

  Flow flow_;
  uint32_t* block_of_ = nullptr;  // by instruction
  // For phis: by block; how many edges come from it, how many a phi has named, and with what.
  uint32_t* expected_ = nullptr;
  uint32_t* named_ = nullptr;
  uint32_t* named_value_ = nullptr;
};

}  // namespace jit
