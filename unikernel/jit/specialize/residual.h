// A body under construction. It begins with the arguments and constants of another one, under their
// numbers; blocks are filled in any order, and finish() brings all into the form of ir.h: what
// nobody uses is left out, what always follows one another is one block.
#pragma once

#include "ir/flow.h"

namespace jit {

class Residual {
 public:
  /// `source` outlives this, and what finish() makes.
  Residual(const Module& module, const Body& source, Arena& arena);

  // ---- values
  [[nodiscard]] const Value& value(ValueId id) const { return value_of(module_, view_, id); }
  /// All of them, for value_of(): of no more than values.
  [[nodiscard]] const Body& values() const { return view_; }
  [[nodiscard]] const Type& type_of(ValueId id) const { return module_.types[value(id).type]; }
  /// An integer or a pointer; `bits` above its width are 0. kNone: no memory, as everywhere here.
  ValueId constant(TypeId type, uint64_t bits);
  /// Integers of 32 bits; kNone: the module has none.
  TypeId type_of_words();
  /// Of constant() alone.
  [[nodiscard]] bool made_constant(ValueId id, uint64_t& bits) const;
  /// The instruction that made `id`, or nullptr: it is none's result.
  [[nodiscard]] const Instruction* made_by(ValueId id) const;
  [[nodiscard]] ValueId operand(const Instruction& i, uint32_t k) const {
    return resolved(operands_[i.first + k]);
  }
  /// What stands for `id`, once a phi has turned out to be one value.
  [[nodiscard]] ValueId resolved(ValueId id) const;

  // ---- blocks; the first is where the function begins
  BlockId add_block();
  [[nodiscard]] uint32_t blocks() const { return blocks_.size(); }
  /// Behind what is in the block. Its operands are `operands`; `like` has all else but the result.
  /// The result's id, or kNone where there is none, or no memory.
  ValueId add(BlockId block, const Instruction& like, Span<const uint32_t> operands);
  /// Before all else in the block; set_phi() gives it its operands.
  ValueId add_phi(BlockId block, TypeId type);
  /// Pairs of value and BlockId.
  void set_phi(ValueId phi, Span<const uint32_t> pairs);
  /// Instructions of the program that the block runs, and that are left out: whatever comes next in
  /// it counts for them, too. There must be something next.
  void add_cost(BlockId block, uint32_t cost) { blocks_[block].cost += cost; }

  /// The blocks to which each goes on are numbers of the caller's, until now: target(number) is the
  /// block.
  template <class F>
  void retarget(const F& target) {
    for (const Made& block : blocks_) {
      const Instruction& last = code_[block.last].instruction;
      const Successors all = successors_of(last);
      for (uint32_t k = 0; k < all.count; ++k) {
        uint32_t& to = operands_[last.first + all.first + k * all.step];
        to = target(to);
      }
    }
  }
  [[nodiscard]] uint32_t instructions() const { return code_.size(); }
  [[nodiscard]] bool good() const { return good_ && !arena_.exhausted(); }

  /// false: out of memory.
  bool finish(Body& body);

 private:
  struct Code {
    Instruction instruction;
    uint32_t next = kNone;
    bool live = false;
  };
  struct Made {
    uint32_t first_phi = kNone, last_phi = kNone;
    uint32_t first = kNone, last = kNone;
    uint32_t cost = 0;
    uint32_t predecessors = 0;
    BlockId into = kNone;    // it goes on where this one ends,
    BlockId joined = kNone;  // and this one where it does
  };
  struct Constant {
    TypeId type;
    uint64_t bits;
    ValueId id;
    uint32_t next;
  };
  uint32_t add_code(const Instruction& like, Span<const uint32_t> operands);
  ValueId add_value(const Value& value);
  ValueId keep(bool added, ValueId id) {
    good_ &= added;
    return added ? id : kNone;
  }
  // finish.cpp
  [[nodiscard]] bool has_effect(const Instruction& i);
  [[nodiscard]] ValueId only_value(const Instruction& phi) const;
  void simplify_phis();
  void find_live(Span<uint32_t> stack);
  void join_blocks();
  [[nodiscard]] BlockId begin_of(BlockId block) const;
  bool write(Body& body);
  template <class F>
  void for_each_code(BlockId block, const F& f) const;
  const Module& module_;
  const Body& source_;
  Arena& arena_;
  List<Value> values_;
  List<ValueId> aliases_;  // beside values_; kNone: it stands for itself
  Body view_;              // of values_, for value_of()
  List<Code> code_;
  List<uint32_t> operands_;
  List<Made> blocks_;
  static constexpr uint32_t kChains = 64;
  uint32_t chains_[kChains];
  List<Constant> constants_;
  TypeId word_ = kNone;  // type_of_words(), once it was asked for
  uint32_t own_ = 0;     // values that the source has, too
  bool good_ = true;
};

}  // namespace jit
