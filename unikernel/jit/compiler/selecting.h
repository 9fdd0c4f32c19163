// How select_roles() (selection.h) decides: from the last instruction to the first, so that an
// instruction's users have their roles before it gets its own.
#pragma once

#include "compiler/parts.h"
#include "compiler/selection.h"

namespace jit {

class Selecting {
 public:
  Selecting(const Module& module, const Body& body, Span<const bool> whole)
      : module_(module), body_(body), whole_(whole) {}

  /// false: the arena is full.
  bool run(Arena& arena, Selection& selection);

 private:
  struct Pointer {
    uint32_t plain = 0;      // uses as an address to which an index can be added
    uint32_t offset = 0;     // uses as one to which only an offset can be
    bool elsewhere = false;  // some of them are in another block
  };

  // ---- selection.cpp: all values, and what an instruction asks of its operands
  uint32_t count(const Arena& pace);
  void count_uses(const Instruction& instruction, uint32_t index, const Block& block);
  static bool may_be_alias(Opcode op);
  [[nodiscard]] bool is_alias_call(const Instruction& i) const;
  [[nodiscard]] bool is_alias(const Instruction& i) const;
  [[nodiscard]] bool ends_long_chain(const Instruction& i) const;
  [[nodiscard]] bool is_strict(const Instruction& i, uint32_t k) const;
  static bool may_be_lax(Opcode op);
  void look_at_operands(const Instruction& i, uint32_t index);
  void decide(uint32_t index, bool reached);
  [[nodiscard]] bool has_effects(const Instruction& i) const;
  static bool is_division(BinaryOp op);
  Role role_of(const Instruction& i, uint32_t index, bool reached);
  Role role_in_user(const Instruction& i, uint32_t index);
  bool folds_into_addresses(const Instruction& gep);

  // ---- in_users.cpp: what is made where its user is
  bool is_part_of_address(const Instruction& i, uint32_t index);
  bool is_tested(const Instruction& i, uint32_t index);
  bool is_selecting_mask(const Instruction& i, uint32_t index);
  bool is_condition(const Instruction& i, uint32_t index);
  [[nodiscard]] bool joins_conditions(const Instruction& i) const;
  [[nodiscard]] bool is_unwritten(uint32_t load, uint32_t user) const;
  bool is_memory_operand(const Instruction& load, uint32_t index);
  [[nodiscard]] bool value_is_zero(ValueId id) const;
  [[nodiscard]] bool takes_memory(const Instruction& u, const Instruction& load, PartKind kind,
                                  bool first) const;
  [[nodiscard]] bool takes_memory_by_name(const Instruction& u, const Instruction& load) const;
  bool is_update(const Instruction& i, uint32_t index);

  [[nodiscard]] ValueId operand(const Instruction& i, uint32_t k) const {
    return body_.operands[i.first + k];
  }
  [[nodiscard]] TypeId type_of(ValueId id) const { return value_of(module_, body_, id).type; }
  [[nodiscard]] PartKind kind_of(ValueId id) const { return part_kind(module_, type_of(id)); }
  [[nodiscard]] bool is_computed(ValueId id) const {
    if (id < body_.base) return false;
    const ValueKind kind = body_.values[id - body_.base].kind;
    return kind == ValueKind::instruction || kind == ValueKind::argument;
  }
  [[nodiscard]] bool is_truth(TypeId id) const {
    return id != kNone && module_.types[id].kind == TypeKind::integer &&
           module_.types[id].count == 1;
  }
  [[nodiscard]] bool is_word_of_32(ValueId id) const {
    return kind_of(id) == PartKind::word && word_bits(module_.types[type_of(id)]) == 32;
  }
  [[nodiscard]] bool is_plain_access(const Instruction& i) const {
    return (i.flags & (kFlagVolatile | kFlagAtomic)) == 0;
  }

  const Module& module_;
  const Body body_;
  Span<const bool> whole_;
  Selection s_;
  Span<uint32_t> user_;     // by value: an instruction that uses it
  Span<Pointer> pointers_;  // by value
  Span<uint32_t> writers_;  // by instruction: how many before it may change memory
  Span<uint32_t> root_;     // by instruction: the one where it is made
  Span<uint8_t> depth_;     // by instruction: below that one
  Span<bool> reached_;      // by block
};

}  // namespace jit
