// When the variables of a function live, which of them conflict, and what their instructions ask
// of the places that they get.
//
// Most variables live in one block only. Those that do not, and those that may share a place with
// others (phis and what flows into them), are `wide`: only they are in the sets that flow between
// blocks. A row of conflicts holds bits of all wide variables, then, of a variable that is not
// wide, of the others of its block. Conflicts of two stand in one of their rows, or in both.
#pragma once

#include "compiler/allocation.h"
#include "support/rows.h"

namespace jit {

class Lives {
 public:
  /// Of one variable.
  struct Facts {
    uint32_t weight = 0;  // uses and definitions, more in loops
    uint32_t blocks = 0;  // into which it lives
    RegisterSet not_here = 0;
    bool not_vectors = false;
    x86_32::Register hint = x86_32::kNoRegister;
  };
  /// Two variables, and how much is gained where they share a register.
  struct Edge {
    uint32_t a, b, strength;
  };

  /// `values`: of the body, by variable. `allocation` has numbered the variables and knows their
  /// kinds.
  Lives(const Module& module, const Body& body, const Selection& selection,
        Span<const uint32_t> depth, const NeedsOf& needs, Span<const uint32_t> values,
        const Allocation& allocation, Arena& arena)
      : module_(module),
        body_(body),
        s_(selection),
        depth_(depth),
        needs_(needs),
        values_(values),
        a_(allocation),
        arena_(arena),
        uses_(arena),
        outer_uses_(arena),
        edge_uses_(arena),
        likes_(arena),
        crosses_(arena) {}

  /// false: the arena is full.
  bool find();

  [[nodiscard]] Facts& facts(uint32_t v) const { return facts_[v]; }
  [[nodiscard]] bool is_wide(uint32_t v) const { return wide_[v]; }
  /// The bit of a wide variable, and back.
  [[nodiscard]] uint32_t bit(uint32_t v) const { return bit_[v]; }
  [[nodiscard]] uint32_t wide_at(uint32_t bit) const { return wides_[bit]; }
  [[nodiscard]] uint32_t wide_count() const { return wides_.size; }
  /// Two wide ones: whether the row of `a` has `b`.
  [[nodiscard]] bool has_conflict(uint32_t a, uint32_t b) const {
    return (rows_[a][bit_[b] / 32] >> (bit_[b] % 32) & 1) != 0;
  }
  /// Of two wide ones, `a` from here on stands for both.
  void join(uint32_t a, uint32_t b) const {
    for (uint32_t w = 0; w < wide_words_; ++w) rows_[a][w] |= rows_[b][w];
  }
  /// Calls f(bit) for the wide variables in the row of `v`.
  template <class F>
  void for_each_wide(uint32_t v, const F& f) const {
    for_each_bit(rows_[v], wide_words_, f);
  }
  /// Calls f(variable) for the others.
  template <class F>
  void for_each_near(uint32_t v, const F& f) const {
    if (wide_[v]) return;
    const BlockId b = home_[v];
    const uint32_t* const near = near_.data + first_near_[b];
    for_each_bit(rows_[v] + wide_words_, near_words(b), [&](uint32_t bit) { f(near[bit]); });
  }

  /// Whether anything is put into an aggregate or a vector.
  [[nodiscard]] bool has_inserts() const { return has_inserts_; }
  [[nodiscard]] List<Edge>& likes() { return likes_; }
  /// Pairs whose halves an instruction reads behind writing one of its result.
  [[nodiscard]] const List<Edge>& crosses() const { return crosses_; }

 private:
  struct EdgeUse {
    uint32_t variable;
    uint32_t next;
  };
  bool collect();
  void collect_phi(const Instruction& phi);
  [[gnu::noinline]] void use_outer(uint32_t variable, BlockId b);
  void collect_uses(const Instruction& i, BlockId b);
  void collect_use(uint32_t variable, uint32_t which, BlockId b);
  bool number();
  bool begin_block(BlockId b);
  void summarize();
  bool flow_into(BlockId b);
  void scan(BlockId b);
  void step_plainly(const Instruction& i, uint32_t index, uint32_t variable);
  void step(const Instruction& i, uint32_t index, uint32_t variable);
  void conflict(uint32_t variable);
  void note_liking(const Instruction& i, uint32_t variable, uint32_t use);

  [[nodiscard]] uint32_t variable_of(const Instruction& i) const {
    return i.result == kNone ? kNone : a_.variable[i.result - body_.base];
  }
  [[nodiscard]] uint32_t variable_behind(ValueId id) const {
    if (id < body_.base) return kNone;
    const uint32_t variable = a_.variable[id - body_.base];
    if (variable != kNone || s_.roles[id - body_.base] != Role::alias) return variable;
    id = behind_aliases(body_, s_, id);
    return id < body_.base ? kNone : a_.variable[id - body_.base];
  }
  [[nodiscard]] uint32_t weight_of(BlockId b) const;
  /// Words of a row for what is not wide.
  [[nodiscard]] uint32_t near_words(BlockId b) const {
    return (first_near_[b + 1] - first_near_[b] + 31) / 32;
  }
  static uint32_t which_operand(uint32_t use) { return use >> kOperandShift & kMostOperands; }
  void live(uint32_t variable) const {
    const uint32_t bit = bit_[variable];
    live_[bit / 32] |= 1U << (bit % 32);
  }
  void live_no_more(uint32_t variable) const {
    const uint32_t bit = bit_[variable];
    live_[bit / 32] &= ~(1U << (bit % 32));
  }

  const Module& module_;
  const Body body_;
  const Selection s_;
  const Span<const uint32_t> depth_;  // by block: loops around it
  const NeedsOf& needs_;
  const Span<const uint32_t> values_;  // by variable
  const Allocation a_;                 // whose variables the caller changes
  Arena& arena_;

  // By variable.
  Span<Facts> facts_;
  Span<BlockId> home_;  // where it is defined
  Span<bool> wide_;
  Span<uint32_t> bit_;  // in a row: among the wide ones, or behind those, of its block
  Span<uint32_t*> rows_;

  // What instructions read: a variable, in the upper bits which operand it is part of, and whether
  // it is that operand, whole or cut.
  static constexpr uint32_t kOperandShift = 24, kVariable = (1U << kOperandShift) - 1;
  static constexpr uint32_t kMostOperands = 0x7F, kWhole = 1U << 31;
  List<uint32_t> uses_;
  Span<uint32_t> uses_end_;  // by instruction: in uses_; they begin where those before it end
  struct Use {
    uint32_t variable;
    BlockId block;
  };
  List<Use> outer_uses_;  // of what another block makes, or is an argument
  // What phis behind a block take over from it: a chain of edge_uses_ for each.
  List<EdgeUse> edge_uses_;
  Span<uint32_t> first_edge_use_;

  Span<uint32_t> wides_;       // variables, by bit
  Span<uint32_t> near_;        // the others, of one block behind those of another
  Span<uint32_t> first_near_;  // by block, in near_; one more at the end
  uint32_t wide_words_ = 0;
  Rows live_in_, defined_;    // by block, of wide ones
  Span<bool> is_head_;        // by block: one that is not before it leads there
  uint32_t* live_ = nullptr;  // as a row: bits of wide ones, then those of the block at hand
  BlockId block_ = 0;         // at hand
  uint32_t weight_ = 0;
  bool has_inserts_ = false;
  List<Edge> likes_, crosses_;
};

}  // namespace jit
