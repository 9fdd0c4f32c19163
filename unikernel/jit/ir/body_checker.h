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
  bool check_terminator(const Instruction& terminator);
  bool check_phis(BlockId block);
  bool check_phi(const Instruction& phi, BlockId block);
  bool check_instructions(BlockId block);
  [[nodiscard]] bool is_made(uint32_t made, BlockId block) const;
  [[gnu::noinline]] bool check_use(uint32_t made);

  // verify_instruction.cpp: types
  bool check_instruction(const Instruction& at);
  bool check_merged(const Instruction& phi, uint32_t index);
  bool check_condition(TypeId condition);
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
  bool check_range(const Instruction& at) {
    const uint32_t operands = body_.operands.size;
    return (at.first <= operands && at.count <= operands - at.first) ||
           fail("operands are out of range");
  }
  /// A terminator stands last in its block, and a phi behind no other instruction.
  bool check_last() {
    return instruction_ + 1 == block_end_ || fail("a terminator before the end of its block");
  }
  bool check_phis_before() {
    return instruction_ == block_begin_ || body_.instructions[instruction_ - 1].op == Opcode::phi ||
           fail("a phi behind other instructions");
  }
  bool has_count(const Instruction& at, uint32_t count) {
    return at.count == count || fail("too few or too many operands");
  }
  /// Operand `index` is a value that an instruction may take, and is made before. Its type; kNone
  /// behind a fault.
  TypeId take(const Instruction& at, uint32_t index) {
    const ValueId id = operand(at, index);
    const uint32_t of_body = id - body_.base;
    if (of_body < body_.values.size) {
      const Value& used = body_.values[of_body];
      if (used.kind == ValueKind::instruction) {
        // Most of them: of this block.
        const bool before = used.index - block_begin_ < instruction_ - block_begin_;
        return before || check_use(used.index) ? used.type : kNone;
      }
      const bool plain = used.kind == ValueKind::argument || used.kind <= ValueKind::floating;
      if (plain && is_scalar(used.type)) return used.type;
    }
    return check_constant(id) ? value(id).type : kNone;
  }
  bool check_operand(const Instruction& at, uint32_t index) { return take(at, index) != kNone; }
  /// The same, of a type that is known: else the fault says `what`.
  bool check_taken(const Instruction& at, uint32_t index, TypeId wanted, const char* what) {
    const TypeId taken = take(at, index);
    return taken == wanted || (taken != kNone && fail(what));
  }
  [[gnu::noinline]] bool check_constant(ValueId id);
  bool check_operands(const Instruction& at, uint32_t count);

  Flow flow_;
  uint32_t* block_of_ = nullptr;  // by instruction
  // The block that instruction_ is in, and its instructions.
  BlockId block_ = 0;
  uint32_t block_begin_ = 0, block_end_ = 0;
  uint32_t made_ = 0;                // values so far, in all blocks
  uint32_t instruction_values_ = 0;  // of which each is made by one of them
  // For phis: by block; how many edges come from it, how many a phi has named, and with what.
  uint32_t* expected_ = nullptr;
  uint32_t* named_ = nullptr;
  uint32_t* named_value_ = nullptr;
};

}  // namespace jit
