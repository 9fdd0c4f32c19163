// From a body to the interpreter's code. One class, in several files: each lowers one kind of
// instruction. Names of what it emits: interpreter/ops.h.
#pragma once

#include "interpreter/assembler.h"
#include "interpreter/constants.h"
#include "interpreter/lanes.h"
#include "interpreter/plan.h"
#include "interpreter/state.h"

namespace jit {

class Lowering {
 public:
  /// The parts of a frame whose sizes are known only when all has been lowered. What a run is given
  /// must be what it needs: else it is done again, with what it found. Sizes only grow.
  struct Sizes {
    uint32_t pool = 0;         // slots of constants
    uint32_t temporaries = 0;  // slots of one root's
    bool memory = false;       // whether it has any
    // Parts of addresses that inner loops would compute again and again: index * times, computed
    // where the index is.
    struct Product {
      ValueId index;
      uint32_t times;
    };
    static constexpr uint32_t kProducts = 24;
    Product products[kProducts] = {};
    uint32_t product_count = 0;
  };
  Lowering(State& state, const Body& body, const Plan& plan, const Constants& constants,
           Arena& arena, const Cell* handlers, const Sizes& sizes)
      : state_(state),
        module_(*state.module),
        body_(body),
        plan_(plan),
        constants_(constants),
        arena_(arena),
        assembler_(arena, handlers),
        prologue_(arena, handlers),
        pool_(arena),
        edges_(arena),
        areas_(arena),
        sizes_(sizes) {}

  /// false: state.fault says why not.
  bool run();
  /// Instead of run(): one instruction alone, of a plan that folds nothing; its code ends behind
  /// it.
  bool run_island(const Instruction& i);
  /// Bytes of a frame that the code needs, of its own frame alone.
  [[nodiscard]] uint32_t island_bytes() const {
    return (pool_begin() + sizes_.pool + sizes_.temporaries) * 4;
  }
  /// After run(): the head of the innermost loop around the cell, or 0: there is none.
  [[nodiscard]] BlockId loop_around(uint32_t cell) const;
  /// After run(): where a loop's head stands in the code, and its values in the frame.
  bool describe(BlockId head, struct FrameMap& map) const;
  [[nodiscard]] uint32_t cell_of(BlockId block) const {
    return prologue_.size() + assembler_.position(block);
  }
  /// After run(): whether the code is right, for the sizes that it was given.
  [[nodiscard]] bool fits() const;
  /// After run(): for the next one.
  [[nodiscard]] Sizes needed() const;
  /// Cells of what run() made, and itself.
  [[nodiscard]] uint32_t size() const { return prologue_.size() + assembler_.size(); }
  /// Its code is the same wherever it is.
  [[nodiscard]] bool is_movable() const {
    return !prologue_.has_targets() && !assembler_.has_targets();
  }
  void finish(Cell* to) const {
    prologue_.finish(to);
    assembler_.finish(to + prologue_.size());
  }

 private:
  static constexpr uint32_t kNowhere = kNone;  // instead of a slot: the accumulator alone

  // ---- lowering.cpp: the function, its frame, values wherever they are
  void lower_blocks();
  void lower_root(const Instruction& i);
  void refuse(Text what);
  [[nodiscard]] const Type& type(TypeId id) const { return module_.types[id]; }
  [[nodiscard]] TypeId type_of(ValueId id) const { return value_of(module_, body_, id).type; }
  [[nodiscard]] Form form(ValueId id) const { return form_of(type(type_of(id))); }
  [[nodiscard]] ValueId operand(const Instruction& i, uint32_t k) const {
    return body_.operands[i.first + k];
  }
  /// The instruction that computes it, or nullptr.
  [[nodiscard]] const Instruction* source(ValueId id) const;
  [[nodiscard]] Fold fold(ValueId id) const {
    return id < body_.base ? Fold::none : plan_.folds[id - body_.base];
  }
  /// Where it stands in slots already. false: nowhere; it must be computed.
  bool find(ValueId id, uint32_t& slot) const;
  /// Its slots, after computing it into some if needed.
  uint32_t slot_of(ValueId id);
  /// Into these slots, whatever its form.
  void into(ValueId id, uint32_t slot);
  /// Of an instruction's result; kNowhere where it has none.
  [[nodiscard]] uint32_t result_slot(const Instruction& i) const;
  uint32_t temporary(uint32_t slots);
  uint32_t constant_slot(ValueId id);
  uint32_t constant_slot(const uint32_t* words, uint32_t count);
  void put_words(Assembler& to, uint32_t slot, const uint32_t* words, uint32_t count);
  void copy(uint32_t from, uint32_t to, uint32_t slots);
  void copy_word(uint32_t slot, uint32_t to);
  /// A member of a family whose result goes to the accumulator, and to `to` where that is a slot.
  template <class... Cells>
  void emit_to(Op family, uint32_t form, uint32_t to, Cells... operands) {
    assembler_.emit(member(family, form + (to != kNowhere ? 1 : 0)), operands...);
    if (to != kNowhere) assembler_.cell(to);
    is_in_slot_alone_ = false;
  }
  void forget() { holds_word_ = holds_real_ = kNone; }

  // ---- words.cpp
  void word(ValueId id, uint32_t to);
  void word_of(const Instruction& i, uint32_t to);
  void word_of_call(const Instruction& i, uint32_t to);
  void binary(Op family, ValueId a, ValueId b, bool commutes, Op exchanged, uint32_t to);
  void binary_constant(Op family, ValueId a, uint32_t c, uint32_t to);
  void accumulator_constant(Op family, uint32_t c, uint32_t to);
  void signed_word(ValueId id, uint32_t bits, uint32_t to);
  void unary(Op family, ValueId a, uint32_t to);
  void accumulator_unary(Op family, uint32_t to);
  void integer_binary(const Instruction& i, uint32_t to);
  void integer_compare(const Instruction& i, uint32_t to);
  void pair_compare(const Instruction& i, uint32_t to);
  void word_cast(const Instruction& i, uint32_t to);
  [[nodiscard]] bool holds(ValueId id) const { return id != kNone && holds_word_ == id; }

  // ---- reals.cpp
  void real(ValueId id, uint32_t to);
  void real_of(const Instruction& i, uint32_t to);
  void real_binary(Op family, ValueId a, ValueId b, uint32_t to);
  void real_unary(Op family, ValueId a, uint32_t to);
  void real_compare(const Instruction& i, uint32_t to);
  void convert(Op family, ValueId a, uint32_t to);
  [[nodiscard]] Op of_width(TypeId type, Op single, Op real) const {
    return form_of(module_.types[type]) == Form::single ? single : real;
  }

  // ---- addresses.cpp
  struct Address {
    enum Kind : uint8_t { c, s, a, sx, ax, x, ac } kind = c;
    uint32_t base = 0;   // slot
    uint32_t index = 0;  // slot
    uint32_t offset = 0;
  };
  struct Sum {  // of a pointer: base + offset + terms
    struct Term {
      ValueId index;
      uint32_t times;
    };
    static constexpr uint32_t kTerms = 6;
    enum Kind : uint8_t { constant, frame, value } base = constant;
    ValueId pointer = kNone;
    uint32_t offset = 0;
    Term terms[kTerms];
    uint32_t count = 0;
  };
  void take_apart(ValueId pointer, Sum& sum, uint32_t depth);
  bool add_indices(const Instruction& gep, Sum& sum);
  Address address(ValueId pointer, uint32_t scale, bool accumulator);
  bool find_product(const Sum::Term& term, uint32_t& slot) const;
  void note_product(const Sum::Term& term);
  void compute_products(ValueId index);
  void term_word(const Sum::Term& term, uint32_t to);
  void sum_word(const Sum& sum, uint32_t to);
  void pointer_word(const Instruction& gep, uint32_t to);

  // ---- memory.cpp
  void load_word(const Instruction& i, uint32_t to);
  void load_real(const Instruction& i, uint32_t to);
  void load_wide(const Instruction& i);
  void load_parts(TypeId type, ValueId pointer, uint32_t offset, uint32_t slot);
  void store(const Instruction& i);
  void store_parts(TypeId type, ValueId pointer, uint32_t offset, uint32_t slot);
  void put_address(const Address& address);
  void binary_slot_mask(uint32_t slot, uint32_t mask);
  void odd_bytes(Helper function, uint32_t bytes, ValueId pointer, uint32_t offset, uint32_t slot);
  void load_at(Op family, const Address& address, uint32_t to);
  void load_slots(Op family, const Address& address, uint32_t slot);
  void store_at(Op family, uint32_t form, const Address& address);
  Address place_of(ValueId pointer, uint32_t offset);
  void alloca_dynamic(const Instruction& i);
  void atomic(const Instruction& i);
  uint32_t area(uint32_t bytes, uint32_t align);
  [[nodiscard]] uint32_t place_offset(const Instruction& alloca) const;

  // ---- control.cpp
  void lower_terminator(const Instruction& i, BlockId block);
  void branch_if(const Instruction& i, BlockId block);
  void branch_on(ValueId condition, bool when, Label target);
  void switch_on(const Instruction& i, BlockId block);
  void leave_to(BlockId from, BlockId to);
  Label edge(BlockId from, BlockId to);
  [[nodiscard]] bool has_copies(BlockId from, BlockId to) const;
  void jump_on(const Instruction& compare, bool when, Label target);
  void jump_compared(uint32_t which, ValueId a, ValueId b, Label target);
  struct Move;
  bool move_of(const Instruction& phi, BlockId from, Move& move) const;
  void emit_move(const Move& move);
  void copies(BlockId from, BlockId to);
  void return_value(const Instruction& i);
  uint32_t charge() {
    const uint32_t cost = pending_;
    pending_ = 0;
    return cost;
  }

  // ---- calls.cpp
  void call(const Instruction& i);
  void call_function(const Instruction& i);
  void pass_variadic(const Instruction& i, uint32_t fixed, const AttributeList* by_values,
                     uint32_t slot);
  void take_result(const Instruction& i);
  [[nodiscard]] const ByValue* by_value(const AttributeList* list, uint32_t parameter) const;
  void intrinsic_call(const Instruction& i, Intrinsic intrinsic);
  void helper(Helper function, const Cell* cells, uint32_t count);

  // ---- wide.cpp: what stands in more than one slot
  void wide(const Instruction& i);
  void wide_call(const Instruction& i, Intrinsic intrinsic, uint32_t to);
  void wide_cast(const Instruction& i, uint32_t to);
  [[nodiscard]] bool is_extended(TypeId id) const { return type(id).kind == TypeKind::extended; }
  [[nodiscard]] bool is_long_number(TypeId id) const {
    return is_extended(id) || type(id).kind == TypeKind::wide;
  }
  void word_of_wide(const Instruction& i, uint32_t to);
  bool extended_number(const Instruction& i, uint32_t to);
  bool wide_number(const Instruction& i, uint32_t to);
  void select(const Instruction& i);
  uint32_t aside(ValueId id, uint32_t to, uint32_t slots);
  [[nodiscard]] bool is_undefined(ValueId id) const {
    const ValueKind kind = value_of(module_, body_, id).kind;
    return kind == ValueKind::undefined || kind == ValueKind::poison;
  }
  void insert_value(const Instruction& i);
  bool splat(ValueId id, uint32_t& value) const;
  bool vector_binary(const Instruction& i, uint32_t to);
  bool vector_shuffle(const Instruction& i, uint32_t to, uint32_t a, uint32_t b,
                      const uint32_t* mask);
  void shuffle(const Instruction& i);
  void element(const Instruction& i);
  /// `op` on each lane of the operands, whose type is `of`, into the result's slots.
  void lanes_of(LaneOp op, TypeId of, TypeId to, uint32_t result, const ValueId* operands,
                uint32_t count);
  [[nodiscard]] uint32_t lane_bits(TypeId id) const;
  /// A vector of 16 bytes. One of 12, such as <3 x i32>, has a place of 16 in memory and fills it
  /// not.
  [[nodiscard]] bool is_quad(TypeId id) const {
    const Type& what = type(id);
    return what.kind == TypeKind::vector && what.count * lane_bytes(type(what.first)) == 16;
  }
  /// A vector of i1: bits in memory, bytes in slots.
  [[nodiscard]] bool is_mask(TypeId id) const {
    return type(id).kind == TypeKind::vector && lane_bits(id) == 1;
  }
  [[nodiscard]] uint32_t part_offset(const Instruction& i, uint32_t first, TypeId& id) const;
  [[nodiscard]] bool aggregate_place(const Instruction& extract, uint32_t& slot) const;

  State& state_;
  const Module& module_;
  const Body& body_;
  const Plan& plan_;
  const Constants& constants_;
  Arena& arena_;
  Assembler assembler_;
  Assembler prologue_;

  struct Pooled {
    uint32_t slot;
    uint32_t words[4];
    uint32_t count;
  };
  List<Pooled> pool_;  // constants in slots, written where the function begins
  struct Edge {
    BlockId from;
    BlockId to;
    Label label;
  };
  List<Edge> edges_;  // with copies, away from the straight path
  struct Area {
    uint32_t offset;
    const Instruction* alloca;
  };
  List<Area> areas_;  // in the frame's memory

  const Sizes sizes_;
  uint32_t pool_slots_ = 0;
  uint32_t temporaries_ = 0;  // of the root that is being lowered
  uint32_t most_temporaries_ = 0;
  [[nodiscard]] uint32_t products_begin() const { return plan_.frame_slots + 2; }
  [[nodiscard]] uint32_t pool_begin() const { return products_begin() + sizes_.product_count; }
  /// Byte offset of the callee's frame. Below it stands where a call returns to.
  [[nodiscard]] uint32_t frame_bytes() const {
    return (pool_begin() + sizes_.pool + sizes_.temporaries + kHeaderSlots + 1) / 2 * 8;
  }
  static constexpr uint32_t kHeaderSlots = 2;
  static constexpr uint32_t kMaxFrameBytes = 64 * 1024;
  uint32_t pending_ = 0;  // fuel that the straight path has used and not paid
  uint32_t memory_bytes_ = 0, memory_align_ = 16;
  // Slots of the stack pointer before this frame's memory, and after.
  [[nodiscard]] uint32_t before_slot() const { return plan_.frame_slots * 4; }
  [[nodiscard]] uint32_t place_slot() const { return plan_.frame_slots * 4 + 4; }
  bool has_memory_ = false;
  BlockId block_ = 0;              // that is being lowered
  Sizes found_;                    // products that are not among sizes_
  BlockId falls_into_ = 0;         // the block that the code so far goes on with, or kNone
  ValueId holds_word_ = kNone;     // what the accumulator holds
  bool is_in_slot_alone_ = false;  // what was computed last: the accumulator does not hold it
  ValueId holds_real_ = kNone;
  uint32_t wide_result_ = 0;  // where wide() left what it computed
  bool refused_ = false;
};

}  // namespace jit
