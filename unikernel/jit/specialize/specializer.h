// The walk over a body that is specialized. It goes through the body's blocks as a run would, but
// only once for what must be kept; a copy of a block stands for each way of getting there of which
// something else is known.
#pragma once

#include "specialize/loops.h"
#include "specialize/residual.h"
#include "specialize/specialize.h"

namespace jit {

class Specializer {
 public:
  Specializer(const Module& module, const Body& body, const Constants& constants,
              const SpecializeOptions& options, Arena& arena)
      : module_(module),
        body_(body),
        constants_(constants),
        options_(options),
        arena_(arena),
        made_(module, body, arena),
        places_(arena),
        edges_(arena),
        operands_(arena) {}

  /// `by_state`: loops that read what to do from memory that never changes are made anew for each
  /// place in it (states.cpp).
  /// `in_parts`: loops that turn until a counter is a number that nobody knows, too (parts.cpp).
  bool run(bool by_state, bool in_parts, Body& result);
  [[nodiscard]] Text fault() const { return fault_; }
  /// It has met such a loop.
  [[nodiscard]] bool has_states() const { return has_states_; }
  /// It has unrolled one of the others.
  [[nodiscard]] bool has_parts() const { return has_parts_; }

 private:
  /// From the end of a block that was made to the begin of one of the body's.
  struct Edge {
    BlockId from = kNone;    // that was made
    BlockId source = kNone;  // of the body, of which it is a copy
    BlockId to = kNone;      // the block that was made there; later than the edge
    uint32_t next = kNone;
  };
  struct EdgeList {
    uint32_t first = kNone, last = kNone;
    [[nodiscard]] bool empty() const { return first == kNone; }
  };
  /// One copy of a loop's blocks, or of the whole body's.
  struct Copy {
    LoopId loop = kNone;
    Copy* outer = nullptr;
    // By block of the body, in the order of Loops, `first` being the first.
    uint32_t first = 0;
    Span<EdgeList> incoming;
    Span<BlockId> made;       // kNone: not yet, or nobody comes there
    EdgeList back;            // to the loop's head
    BlockId decided = kNone;  // a block of the body that stays in the loop, this time
    BlockId head = kNone;     // where the loop's head has been made already
  };
  /// What is known of a block that was made.
  struct Place {
    ValueId* values = nullptr;  // by value of the body, what it is at its end; kNone: not known yet
    EdgeList from;
    BlockId outside = kNone;    // of a head that is kept: what comes before the loop
    BlockId dominator = kNone;  // if it is known
  };
  static constexpr uint32_t kStateValues = 2;
  /// The phis of a loop's head that say what it does next; and one way they can be.
  struct State {
    uint32_t count = 0;
    const Instruction* phis[kStateValues] = {};
    uint64_t bits[kStateValues] = {};
    [[nodiscard]] bool is(const State& other) const {
      bool same = true;
      for (uint32_t k = 0; k < count; ++k) same &= bits[k] == other.bits[k];
      return same;
    }
  };
  /// A loop's head that is made before all that goes to it.
  struct Head {
    State state;
    BlockId made = kNone;
    Span<ValueId> phis;  // by phi of the head; kNone: the state knows it
    EdgeList back;       // from copies of the loop
  };
  /// How a loop is made.
  struct Turns {
    uint32_t known = 0;     // how often its test is made; 0: nobody knows
    BlockId test = kNone;   // the block that has it
    uint32_t unrolled = 1;  // turns in one copy,
    uint32_t over = 0;      // and those before, which are copies of their own
    bool whole = false;
  };

  /// A loop that ends where a counter is `bound`, several turns at once.
  struct Parts {
    uint32_t count = 0;     // turns
    BlockId test = kNone;   // the block that has the loop's
    ValueId phi = kNone;    // of the body: the counter, at the loop's head,
    ValueId bound = kNone;  // and what it is compared with
    uint32_t ahead = 0;     // is added to what is left,
    uint32_t mask = 0;      // of which these bits are 0 where parts are
    TypeId truth = kNone;   // of a comparison
  };

  [[nodiscard]] EdgeList& incoming(const Copy& copy, BlockId block) const {
    return copy.incoming[flow_.order[block] - copy.first];
  }
  [[nodiscard]] BlockId& made_in(const Copy& copy, BlockId block) const {
    return copy.made[flow_.order[block] - copy.first];
  }

  // ---- specializer.cpp
  bool refuse(Text what);
  BlockId new_block();
  bool make_copy(LoopId loop, Copy* outer, Copy& copy);
  void walk(Copy& copy);
  void block(Copy& copy, BlockId source);
  void phis(BlockId made, BlockId source, const EdgeList& from);
  void loop(Copy& outer, LoopId loop);
  EdgeList whole_turns(Copy& outer, LoopId loop, EdgeList from, uint32_t count);
  void kept_loop(Copy& outer, LoopId loop, const EdgeList& from, const Turns& turns);
  void instructions(Copy& copy, BlockId source, BlockId made);
  void end(Copy& copy, const Instruction& i, BlockId source, BlockId made);
  uint32_t go(Copy& copy, BlockId to, BlockId source, BlockId made);
  uint32_t add_edge(EdgeList& list, BlockId made, BlockId source);
  void arrive(const EdgeList& from, BlockId made);
  [[nodiscard]] BlockId dominator_in(const Copy& copy, BlockId source) const;
  void jump(BlockId from, BlockId to);
  BlockId enter(const Copy& copy, BlockId source, const EdgeList& from);
  void turns_as_one(Copy& outer, LoopId loop, BlockId before, const EdgeList& from,
                    const Turns& turns);
  bool make_head(LoopId loop, BlockId before, const EdgeList* from, Head& head);
  void finish_head(LoopId loop, const Head& head, BlockId before);

  // ---- states.cpp
  bool find_state(LoopId loop, const EdgeList& from, State& state);
  [[nodiscard]] bool says_what_to_do(LoopId loop, const Instruction& phi) const;
  void mark_made_of(LoopId loop, Span<uint8_t> marks) const;
  void loop_by_state(Copy& outer, LoopId loop, const EdgeList& from, State state);
  bool add_state(LoopId loop, BlockId before, const State& state, List<Head>& copies,
                 uint32_t& which);
  void go_on(LoopId loop, BlockId before, uint32_t edge, State state, uint32_t next_phi,
             List<Head>& copies, uint32_t depth);

  // ---- parts.cpp
  bool find_parts(LoopId loop, const EdgeList& from, Parts& parts);
  bool find_counter(LoopId loop, const Instruction& branch, const EdgeList& from, Parts& parts);
  ValueId add_own(BlockId made, Opcode op, uint8_t code, TypeId type,
                  Span<const uint32_t> operands);
  ValueId as_word(BlockId made, ValueId id);
  ValueId are_parts_left(BlockId made, const Parts& parts);
  uint32_t lead_to_new(BlockId from, BlockId& made);
  void loop_in_parts(Copy& outer, LoopId loop, const EdgeList& from, const Parts& parts);

  // ---- values.cpp
  ValueId read(ValueId id, BlockId made);
  template <class F>
  ValueId joined(BlockId made, TypeId type, const EdgeList& from, const F& value_on);
  ValueId phi_value(const Instruction& phi, BlockId made, const EdgeList& from);
  void define(ValueId id, BlockId made, ValueId value);
  [[nodiscard]] bool number(ValueId id, uint64_t& bits) const;
  [[nodiscard]] ValueId phi_operand(const Instruction& phi, BlockId source) const;

  // ---- simplify.cpp: of an instruction whose operands are operands_. true: it is `value`; else it
  // is to be made of what both are then.
  bool simplify(Instruction& i, ValueId& value);
  bool simplify_binary(Instruction& i, ValueId& value);
  bool simplify_address(const Instruction& i, ValueId& value);
  bool simplify_load(const Instruction& i, ValueId& value);
  bool is_number(TypeId type, uint64_t bits, ValueId& value);

  // ---- turns.cpp
  Turns turns_of(LoopId loop, const EdgeList& from);
  template <class F>
  void for_each_test(LoopId loop, const F& f) const;
  bool count_turns(LoopId loop, const Instruction& branch, const EdgeList& from, uint32_t& count);
  bool entry_number(const Instruction& phi, const EdgeList& from, uint64_t& bits);
  bool counts_like(LoopId loop, const Instruction& a, const Instruction& b, const EdgeList& from);
  bool step_of(LoopId loop, const Instruction& phi, const EdgeList& from, uint64_t& step);
  bool added_to(LoopId loop, ValueId id, const Instruction& phi, const EdgeList& from,
                uint64_t& number);
  bool outside_number(LoopId loop, ValueId id, const EdgeList& from, uint64_t& bits);
  [[nodiscard]] const Instruction* instruction(ValueId id) const;
  [[nodiscard]] bool is_inside(LoopId loop, ValueId id) const;

  const Module& module_;
  const Body& body_;
  const Constants& constants_;
  const SpecializeOptions& options_;
  Arena& arena_;
  Residual made_;
  Flow flow_;
  Loops loops_;
  Span<BlockId> block_of_;  // by instruction of the body
  List<Place> places_;      // by block that was made
  List<Edge> edges_;
  List<uint32_t> operands_;  // of the instruction that is made
  TypeId void_ = kNone;
  uint32_t first_result_ = 0;  // values of the body from here on are results
  uint32_t depth_ = 0;         // of read()
  bool by_state_ = false, has_states_ = false;
  bool in_parts_ = false, has_parts_ = false;
  Text fault_;
  bool refused_ = false;
};

/// Calls f(block, its terminator) where the loop may end, in each of its turns.
template <class F>
void Specializer::for_each_test(LoopId loop, const F& f) const {
  const BlockId head = loops_[loop].head;
  for (const BlockId b : loops_.order()) {
    const Block& block = body_.blocks[b];
    const Instruction& last = body_.instructions[block.first + block.count - 1];
    if (loops_.around(b) != loop || last.op != Opcode::branch_if) continue;
    const auto stays = [&](uint32_t k) {
      return loops_.is_in(loops_.around(body_.operands[last.first + k]), loop);
    };
    if (stays(1) == stays(2)) continue;
    bool always = true;  // it comes here in each turn
    for (uint32_t k = flow_.first_predecessor[head]; k < flow_.first_predecessor[head + 1]; ++k) {
      const BlockId latch = flow_.predecessors[k];
      always &= !flow_.reached(latch) || !loops_.is_in(loops_.around(latch), loop) ||
                flow_.dominates(b, latch);
    }
    if (always) f(b, last);
  }
}

}  // namespace jit
