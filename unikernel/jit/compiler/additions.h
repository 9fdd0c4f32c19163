// Instructions that are put between those of a body: gathered first, since places and values are
// numbered, and merged at the end, all at once.
#pragma once

#include "ir/flow.h"
#include "support/arena.h"

namespace jit {

/// Gathers instructions for `body`, of the module and with the flow given; all must outlive it.
/// Nothing changes in the body's lists of instructions and values until rebuild(). A place is a
/// position in the body's instructions, as they stand at first; what is added at it comes before
/// the instruction there.
class Additions {
 public:
  struct Added {
    Instruction instruction;
    uint32_t before;
    uint32_t next;  // of the same place
  };

  Additions(const Module& module, Body& body, const Flow& flow, Arena& arena);

  /// To be called first. false: the arena is full.
  [[nodiscard]] bool prepare();
  /// false: the arena was full, and what was made must not be used.
  [[nodiscard]] bool good() const { return good_; }
  /// Puts all of it into the body. false: the arena is full.
  [[nodiscard]] bool rebuild();

  /// Also of those that were made here.
  [[nodiscard]] const Value& value(ValueId id) const {
    return id < body_.base ? module_.values[id] : values_[id - body_.base];
  }
  [[nodiscard]] bool is_number(ValueId id, int64_t& number) const;
  /// Made here, not one of the body's.
  [[nodiscard]] bool is_made(ValueId id) const {
    return id >= body_.base && id - body_.base >= body_.values.size;
  }

  [[nodiscard]] BlockId block_at(uint32_t place) const { return blocks_[place]; }
  /// Where a value comes from; the first block, where from no instruction.
  [[nodiscard]] BlockId block_of(ValueId id) const;
  /// The first place of a block behind its phis.
  [[nodiscard]] uint32_t behind_phis(BlockId b) const;
  /// The first place where `id` can be used.
  [[nodiscard]] uint32_t place_behind(ValueId id) const;
  /// Whether what is at `place` can be used at `at`.
  [[nodiscard]] bool stands_before(uint32_t place, uint32_t at) const;

  /// The value of a new instruction that the program does not have (kFlagMade), before `before`.
  ValueId add(Opcode op, uint8_t code, TypeId type, const uint32_t* operands, uint32_t count,
              uint32_t before);
  /// A constant.
  ValueId number(TypeId type, uint32_t bits);
  /// `instruction`, one of the body's or of these, gets these operands.
  void give_operands(Instruction& instruction, const uint32_t* operands, uint32_t count);
  /// Of those that were given, and of the body's.
  [[nodiscard]] uint32_t operand(uint32_t number) const { return operands_[number]; }

  /// In the order in which they were made.
  [[nodiscard]] uint32_t size() const { return added_.size(); }
  Added& operator[](uint32_t number) { return added_[number]; }
  [[nodiscard]] const Added* begin() const { return added_.begin(); }
  [[nodiscard]] const Added* end() const { return added_.end(); }

 private:
  [[nodiscard]] bool stand_in_order() const;

  const Module& module_;
  Body& body_;
  const Flow& flow_;
  Arena& arena_;
  List<Value> values_;
  List<uint32_t> operands_;
  List<Added> added_;
  Span<BlockId> blocks_;  // by place
  Span<uint32_t> first_;  // by place: what is added there
  bool good_ = true;
};

}  // namespace jit
