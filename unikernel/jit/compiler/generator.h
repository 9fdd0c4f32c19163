// From a body to machine code for 32-bit x86 with SSE2. One class, in several files: each makes the
// code of one kind of instruction.
//
// A frame, from esp on: what is passed to callees; slots of variables and of islands; places of
// allocas; saved registers; the return address; the caller's arguments, as slots. Where the stack
// moves while the function runs (`dynamic`), ebp stands for esp.
//
// eax, xmm6 and xmm7 hold nothing between two instructions of the IR.
#pragma once

#include "compiler/allocation.h"
#include "compiler/blocks.h"
#include "compiler/encoder.h"
#include "compiler/entry_point.h"
#include "compiler/islands.h"
#include "compiler/lane_types.h"
#include "compiler/rounds.h"
#include "compiler/selection.h"
#include "compiler/services.h"
#include "compiler/shape.h"
#include "interpreter/constants.h"
#include "interpreter/state.h"

namespace jit {

struct GeneratorOptions {
  bool fuel = false;           // count the instructions of the IR
  bool traps = false;          // exceptions end the program, and a page below the stack raises one
  uint32_t limit_address = 0;  // of the 32 bits below which the stack must not grow
  uint32_t fuel_address = 0;   // of the 64 bits that they are taken from
  uint32_t table = 0;          // address of Native's table of functions
  Span<const Shape> shapes;    // by TypeId
  const EntryPoint* entry = nullptr;  // entered there alone, not where the function begins
  bool by_table = false;  // calls go through the table, where a function can be replaced
  bool sampled = false;   // asks Service::sample for fuel
  bool marks = false;     // keep what the code was made for
};

/// What the code from `at` on, up to the next mark, was made for.
struct CodeMark {
  enum Kind : uint8_t { entry, instruction, edge, ending };
  Kind kind = entry;
  uint32_t at = 0;  // as emitted: Encoder::final_offset() says where it is
  uint32_t number =
      0;               // instruction: which of the body; edge: the block before it; ending: Outcome
  BlockId to = kNone;  // edge: the block behind it
};

class Generator final : private NeedsOf {
 public:
  Generator(const Module& module, Body& body, const Constants& constants, Islands& islands,
            const GeneratorOptions& options, Arena& arena)
      : module_(module),
        body_(body),
        constants_(constants),
        islands_(islands),
        options_(options),
        arena_(arena),
        encoder_(arena),
        edges_(arena),
        borrows_(arena),
        marks_(arena) {}

  /// Reorders the blocks of the body. false: `fault` says why not.
  bool run();
  /// After run().
  [[nodiscard]] const Encoder& code() const { return encoder_; }
  [[nodiscard]] Text fault() const { return fault_; }
  /// Where the code is entered: 0, or for an entry point. As emitted: Encoder::final_offset().
  [[nodiscard]] uint32_t entry() const { return entry_; }

  // ---- for listings, after run()
  [[nodiscard]] Span<const CodeMark> marks() const { return marks_.view(); }
  [[nodiscard]] const Module& module() const { return module_; }
  [[nodiscard]] const Body& body() const { return body_; }
  [[nodiscard]] const Selection& selection() const { return selection_; }
  [[nodiscard]] const Allocation& allocation() const { return allocation_; }
  [[nodiscard]] bool is_interpreted(uint32_t instruction) const {
    return island_of_[instruction] != kNone && island_of_[instruction] != kByLanes;
  }
  [[nodiscard]] x86_32::Place place(const Variable& v, uint32_t part) const {
    return place_of(v, part);
  }
  /// Of the role `place`.
  [[nodiscard]] x86_32::Place place(const Instruction& alloca) const {
    return place_address(alloca);
  }

 private:
  using Place = x86_32::Place;
  using Register = x86_32::Register;
  using Condition = x86_32::Condition;
  using Alu = x86_32::Alu;

  /// A word, or a half of a pair, as an instruction can name it.
  struct Source {
    bool is_constant = false;
    uint32_t constant = 0;
    Place place;
    [[nodiscard]] bool in(Register r) const {
      return !is_constant && !place.is_memory && place.reg == r;
    }
    [[nodiscard]] bool is_register() const { return !is_constant && !place.is_memory; }
    /// Naming it reads that register.
    [[nodiscard]] bool reads(Register r) const {
      if (is_constant) return false;
      if (!place.is_memory) return place.reg == r;
      return place.memory.base == r || place.memory.index == r;
    }
  };

  // ---- generator.cpp, frame.cpp, needs.cpp: the function, its frame, its blocks
  bool lay_out_frame();
  void prologue();
  void epilogue();
  bool prepare_blocks();
  void blocks();
  void loop_or_block(BlockId b);
  void block(BlockId b);
  void root(const Instruction& i, uint32_t index);
  bool refuse(Text what);
  void mark(CodeMark::Kind kind, uint32_t number = 0, BlockId to = kNone) {
    if (options_.marks) (void)marks_.add({kind, encoder_.position(), number, to});
  }
  [[nodiscard]] Needs needs_of(const Instruction& i) const override;
  [[nodiscard]] bool is_emitted(const Instruction& i) const;
  [[nodiscard]] bool is_island(const Instruction& i) const;
  [[nodiscard]] bool is_runtime_call(const Instruction& i, RuntimeCall& which) const;
  void runtime_call(const Instruction& i, RuntimeCall which);
  void check_stack(Register lowest);
  [[nodiscard]] Registers registers();
  [[nodiscard]] bool keeps(const Instruction& i, uint32_t index, const Block& block) const;
  void end(Outcome outcome);
  CodeLabel end_label(Outcome outcome);

  // ---- entry.cpp
  bool find_entry();
  bool find_whole();
  struct LinearSum;
  bool find_sum(ValueId id, uint32_t times, LinearSum& sum) const;
  bool find_next(ValueId id, ValueId of, uint32_t times, LinearSum& sum) const;
  void fill_sum(const Place& to, const LinearSum& sum);
  /// An alloca that the interpreter has made.
  [[nodiscard]] bool is_entered(const Instruction& alloca) const {
    return options_.entry != nullptr && options_.entry->places[alloca.result - body_.base] != kNone;
  }
  void enter_loop();

  // ---- fuel.cpp
  bool plan_payments();
  void pay(uint32_t amount, bool checked);
  void pay_all();
  void pay_at_end(BlockId block);
  void borrow();

  // ---- operands.cpp: where values are
  [[nodiscard]] const Type& type(TypeId id) const { return module_.types[id]; }
  [[nodiscard]] TypeId type_of(ValueId id) const { return value_of(module_, body_, id).type; }
  [[nodiscard]] PartKind kind(ValueId id) const { return part_kind(module_, type_of(id)); }
  [[nodiscard]] uint32_t bits_of(ValueId id) const { return word_bits(type(type_of(id))); }
  [[nodiscard]] ValueId operand(const Instruction& i, uint32_t k) const {
    return body_.operands[i.first + k];
  }
  [[nodiscard]] Role role(ValueId id) const {
    return id < body_.base ? Role::nothing : selection_.roles[id - body_.base];
  }
  [[nodiscard]] const Instruction& source_of(ValueId id) const {
    return body_.instructions[body_.values[id - body_.base].index];
  }
  [[nodiscard]] bool is_instruction(ValueId id) const {
    return id >= body_.base && body_.values[id - body_.base].kind == ValueKind::instruction;
  }
  [[nodiscard]] bool is_constant(ValueId id) const { return constants_.is_constant(id); }
  [[nodiscard]] bool is_undefined(ValueId id) const {
    const ValueKind k = value_of(module_, body_, id).kind;
    return k == ValueKind::undefined || k == ValueKind::poison;
  }
  bool constant_word(ValueId id, uint32_t part, uint32_t& value) const;
  [[nodiscard]] bool is_zero(ValueId id) const;
  [[nodiscard]] bool is_used(const Instruction& i) const {
    return i.result != kNone && selection_.uses[i.result - body_.base] > 0;
  }
  [[nodiscard]] bool needs_eax(ValueId id) const {
    Role r = role(id);
    if (r == Role::alias) r = role(behind_aliases(body_, selection_, id));
    return r == Role::place || r == Role::address;
  }
  [[nodiscard]] const Variable& variable(ValueId id) const {
    return allocation_.variables[allocation_.variable[id - body_.base]];
  }
  [[nodiscard]] bool has_variable(ValueId id) const {
    return id >= body_.base && allocation_.variable[id - body_.base] != kNone;
  }
  /// Bytes from the frame's begin; of its slots; of the caller's arguments.
  [[nodiscard]] Place frame_place(uint32_t offset) const {
    return x86_32::in_memory({dynamic_ ? x86_32::ebp : x86_32::esp, x86_32::kNoRegister, 0,
                              static_cast<int32_t>(offset)});
  }
  [[nodiscard]] Place slot_place(uint32_t slot) const { return frame_place(slots_begin_ + slot); }
  [[nodiscard]] Place incoming_place(uint32_t offset) const {
    return frame_place(frame_ + saved_bytes_ + 4 + offset);
  }
  static Place outgoing_place(uint32_t offset);  // of a callee's
  [[nodiscard]] Place place_of(const Variable& v, uint32_t part) const;
  [[nodiscard]] Place memory_of(const Variable& v, uint32_t offset) const;
  [[nodiscard]] Place result(const Instruction& i, uint32_t part = 0) const;
  [[nodiscard]] Place place_of_kept(ValueId id) const;
  static Source source_at(const Place& place) { return {false, 0, place}; }
  static Source source_of_constant(uint32_t constant) { return {true, constant, {}}; }
  /// `id`, as it can be named; may put its address, or itself, into eax.
  Source word(ValueId id, uint32_t part = 0);
  [[gnu::noinline]] Source word_of_none(ValueId id, uint32_t part);
  Place vector(ValueId id);  // an SSE register or memory; constants are in memory
  Place vector_operand(ValueId id, Register otherwise);
  Register vector_register(ValueId id, Register otherwise);
  Place vector_in_register(ValueId id);
  Place constant_bytes(uint64_t low, uint64_t high, uint32_t size = 16);
  /// The bytes that a pointer points to; may use eax.
  Place memory_at(ValueId pointer, uint32_t offset);
  Place memory_of_parts(const AddressParts& parts);
  [[nodiscard]] Place place_address(const Instruction& alloca) const;
  static Place moved_by(const Place& p, uint32_t bytes);
  static bool same_place(const Place& a, const Place& b);

  // ---- moves.cpp
  void load(Register to, const Source& from);
  /// The same, where nobody looks at the flags.
  void load_or_clear(Register to, const Source& from);
  [[nodiscard]] bool is_of_variable(const Place& place) const;
  void move(const Place& to, const Source& from);
  /// The same, where eax is free, or part of an address.
  void move_freely(const Place& to, const Source& from);
  void move_vector(PartKind kind, const Place& to, const Place& from);
  void store_word(const Place& to, const Source& from, uint32_t bits);
  /// A value as slots, and back.
  void to_slots(ValueId id, const Place& slots);
  void from_slots(const Instruction& i, const Place& slots);
  void copy_slots(const Place& to, const Place& from, uint32_t slots);
  struct Move;
  [[nodiscard]] bool has_phis(BlockId b) const {
    return body_.instructions[body_.blocks[b].first].op == Opcode::phi;
  }
  bool has_moves(BlockId from, BlockId to);
  void moves(BlockId from, BlockId to);
  void emit_move(const Move& m, bool eax_is_free);
  bool collect(BlockId from, BlockId to, List<Move>* list);
  void take(const Instruction& i, ValueId id);

  // ---- words.cpp, word_addresses.cpp
  void word_instruction(const Instruction& i);
  void binary(const Instruction& i);
  void alu(Alu op, const Place& to, const Source& a, const Source& b, bool commutes);
  void multiply(const Place& to, const Source& a, const Source& b);
  void shift(const Instruction& i);
  void sign_extend(Register to, const Source& from, uint32_t bits);
  void clean(Register reg, uint32_t bits);
  void clean_result(const Instruction& i);
  void word_cast(const Instruction& i);
  void address(const Instruction& gep);
  bool adds_in_frame(const Place& to, const AddressParts& parts);
  void update(const Instruction& store);
  void finish(const Place& to, Register from);
  [[nodiscard]] Register work(const Place& to, const Source& busy) const;

  // ---- division.cpp
  void divide(const Instruction& i);
  void divide_by_constant(const Instruction& i, uint32_t divisor);
  [[nodiscard]] bool divisor_of(const Instruction& i, uint32_t& divisor) const;
  void check_division(const Source& divisor, bool is_signed);
  static uint64_t divide_128(uint64_t high, uint32_t d);

  // ---- pairs.cpp
  void pair_instruction(const Instruction& i);
  void pair_binary(const Instruction& i);
  void pair_multiply(const Instruction& i);
  void pair_shift(const Instruction& i);
  void pair_cast(const Instruction& i);
  void clean_pair(const Instruction& i);
  [[nodiscard]] bool is_extended(ValueId id) const;

  // ---- reals.cpp
  void real_instruction(const Instruction& i);
  void real_binary(const Instruction& i);
  void real_cast(const Instruction& i);
  void real_to_word(const Instruction& i);
  static x86_32::Code of_kind(x86_32::Code code, PartKind kind, bool doubles);
  void vector_binary(x86_32::Code code, const Instruction& i, ValueId a, ValueId b, bool commutes);
  void with_mask(const Instruction& i, ValueId a, x86_32::Code code, bool others);
  Place sign_mask(TypeId id, bool others);
  [[nodiscard]] bool is_double(TypeId id) const;

  // ---- packed.cpp
  void packed_instruction(const Instruction& i);
  [[nodiscard]] bool is_packed_native(const Instruction& i) const;
  void packed_shift(const Instruction& i);
  void packed_multiply(const Instruction& i);
  void shuffle(const Instruction& i);
  void insert_element(const Instruction& i);
  [[nodiscard]] bool is_zero_behind_first(ValueId id) const;
  void extract_element(const Instruction& i);
  [[nodiscard]] bool extracts_natively(const Instruction& i) const;
  bool shuffle_mask(const Instruction& i, uint32_t* mask, uint32_t& lanes) const;
  [[nodiscard]] bool splat_of(ValueId id, uint32_t& amount) const;
  [[nodiscard]] uint32_t lane_bits(TypeId id) const;
  static x86_32::Code packed_code(BinaryOp which, uint32_t bits, bool doubles);

  // ---- by_lanes.cpp, lane_code.cpp, lane_moves.cpp: vectors in the frame
  static constexpr uint32_t kByLanes = kNone - 1;  // in island_of_
  static constexpr uint32_t kMaxLaneSlots = 64;    // of a vector, a mask, or amounts of shifts
  struct LanePlaces {
    Place to;
    Place operands[3];  // vectors; of a call behind the function
  };
  [[nodiscard]] bool is_by_lanes(const Instruction& i) const;
  [[nodiscard]] bool is_lane_number(const Instruction& i, uint32_t k) const;
  Place lane_place(const Instruction& i, uint32_t k, const Place& vector);
  [[nodiscard]] bool is_bitcast_by_lanes(const Instruction& i) const;
  [[nodiscard]] bool is_intrinsic_by_lanes(const Instruction& i) const;
  [[nodiscard]] bool is_read_elsewhere(const Instruction& i, uint32_t k) const;
  template <class F>
  uint32_t stage_lanes(const Instruction& i, const F& f) const;
  [[nodiscard]] uint32_t end_of_lanes(const Instruction& i) const;
  void by_lanes(const Instruction& i);
  void load_lane(const Place& from, const Lanes& of, bool is_signed);
  void store_lane(const Place& to, uint32_t bytes);
  template <class F>
  void by_chunks(const Instruction& i, const LanePlaces& at, const F& f);
  void negate_lanes(const Instruction& i, const LanePlaces& at);
  void freeze_lanes(const Instruction& i, const LanePlaces& at);
  void binary_lanes(const Instruction& i, const LanePlaces& at);
  void cast_lanes(const Instruction& i, const LanePlaces& at);
  void bitcast_lanes(const Instruction& i, const LanePlaces& at, const Lanes& from,
                     const Lanes& to);
  void compare_lanes(const Instruction& i, const LanePlaces& at);
  bool compare_packed(const Instruction& i);
  void choose_lanes(const Instruction& i, const LanePlaces& at);
  void shuffle_lanes(const Instruction& i, const LanePlaces& at);
  bool shuffle_chunks(const Instruction& i, bool emit);
  void insert_lane(const Instruction& i, const LanePlaces& at);
  void extract_lane(const Instruction& i, const LanePlaces& at);
  void intrinsic_lanes(const Instruction& i, const LanePlaces& at);
  void keep_extreme(Intrinsic which, const Place& other, const Lanes& l);
  void reduce_lanes(const Instruction& i, const LanePlaces& at);

  // ---- memory.cpp
  void load_instruction(const Instruction& i);
  void store_instruction(const Instruction& i);
  void alloca_dynamic(const Instruction& i);
  void copy_memory(const Instruction& i);
  void fill_memory(const Instruction& i);
  [[nodiscard]] bool is_native_access(TypeId id) const;
  [[nodiscard]] bool known_size(const Instruction& i, uint32_t& bytes) const;
  void extract_value(const Instruction& i);
  void insert_value(const Instruction& i);
  [[nodiscard]] uint32_t part_slot(const Instruction& i, uint32_t first, TypeId& type) const;

  // ---- comparisons.cpp, conditions.cpp, selects.cpp, branches.cpp
  void terminator(const Instruction& i, BlockId block);
  void branch_if(const Instruction& i, BlockId block);
  void jump_if(ValueId condition, bool when, CodeLabel to);
  /// Sets the flags; the condition, or two of which both (`both`) or one must hold.
  struct Flags {
    Condition first = Condition::equal;
    Condition second = Condition::equal;
    enum : uint8_t { one, both, either } how = one;
  };
  Flags compare_words(const Instruction& i);
  void test(ValueId first, ValueId second);
  Flags compare_pairs(const Instruction& i);
  Flags compare_reals(const Instruction& i);
  static Flags flags_of_reals(Predicate p);
  static Condition condition_of(Predicate p);
  Flags flags_of(ValueId condition);
  void jump_on(const Flags& flags, bool when, CodeLabel to);
  void set_on(const Flags& flags, const Place& to);
  void set_low_byte(const Flags& flags);
  void compare_value(const Instruction& i);
  void compare_halves(const Instruction& i, uint32_t part);
  void select(const Instruction& i);
  bool select_extreme(const Instruction& i);
  bool make_mask(const Instruction& c);
  void select_lanes(const Instruction& i);
  void switch_on(const Instruction& i, BlockId block);
  [[nodiscard]] CodeLabel label_of(BlockId b, uint32_t round) const;
  [[nodiscard]] CodeLabel target(BlockId to) const;
  [[nodiscard]] uint32_t owed_to(BlockId to) const;
  CodeLabel edge(BlockId from, BlockId to);
  struct Edge;
  void add_edge(const Edge& edge);
  void begin_loop(BlockId head);
  [[nodiscard]] bool falls_into(BlockId block) const;
  void go(BlockId from, BlockId to);
  void return_value(const Instruction& i);
  void load_high_result(ValueId id);

  // ---- calls.cpp, intrinsics.cpp, island_calls.cpp
  void call(const Instruction& i);
  void call_function(const Instruction& i);
  void intrinsic(const Instruction& i);
  void extreme(const Instruction& i, Condition keep);
  void overflow(const Instruction& i, Intrinsic which);
  [[nodiscard]] bool is_native_intrinsic(const Instruction& i) const;
  [[nodiscard]] const ByValue* by_value(const Instruction& i, uint32_t parameter) const;
  struct Outgoing {
    uint32_t slots = 0;   // bytes of arguments, or of the result
    uint32_t copies = 0;  // bytes of structures by value, and of variadic arguments
  };
  [[nodiscard]] Outgoing outgoing_of(const Instruction& i) const;
  template <class F>
  uint32_t stage(const Instruction& i, const F& f) const;
  [[nodiscard]] bool is_plain(const Instruction& i) const;
  bool prepare_islands();
  void island(const Instruction& i, uint32_t number);

  const Module& module_;
  Body& body_;
  const Constants& constants_;
  Islands& islands_;
  const GeneratorOptions options_;
  Arena& arena_;
  Encoder encoder_;
  Selection selection_;
  Allocation allocation_;

  struct Edge {
    BlockId from, to;
    CodeLabel target;
    uint32_t owed;
    CodeLabel label;
    bool made;
    uint32_t next;  // of the same block, or kNone
  };
  List<Edge> edges_;       // with moves or payments, away from the straight path
  Span<uint32_t> latest_;  // of each block the last one in edges_, or kNone
  /// Where what is left in the lower word of the fuel did not suffice: takes from the upper one.
  struct Borrow {
    CodeLabel label, back;
  };
  List<Borrow> borrows_;
  Debts debts_;  // of fuel, where it is counted
  Span<BlockCost> costs_;
  Rounds rounds_;                 // of the loop that is emitted
  uint32_t room_for_rounds_ = 0;  // instructions that may yet stand once more
  uint32_t round_ = 0;            // which of them
  CodeLabel rounds_at_ = 0;       // labels of blocks in those behind the first
  List<CodeMark> marks_;
  Span<uint32_t> depth_;  // by block: loops around it
  Span<bool> heads_;      // by block: a block that is not before it leads there
  Flow flow_;
  Span<uint32_t> places_;     // by value: where an alloca is, from the frame's begin
  Span<uint32_t> island_of_;  // by instruction: its island; kNone: it is none
  CodeLabel ends_[kOutcomes] = {};
  BlockId head_ = kNone;  // of the loop that is entered
  Flow whole_flow_;
  Span<bool> interpreted_;  // what is live there for the interpreter
  Span<bool> whole_;        // what is live there, and allocas: variables whatever their uses are
  uint32_t entry_ = 0;
  bool dynamic_ = false;
  bool calls_runtime_ = false;
  bool has_islands_ = false;     // or what is done by lanes
  bool is_small_leaf_ = false;   // calls nothing, and needs next to no stack
  bool has_xmm6_ = false;        // for a moment
  ValueId kept_ = kNone;         // in eax or xmm7, by the instruction before
  ValueId kept_result_ = kNone;  // to be, by this one
  // Of the frame, in bytes. From esp on: arguments, with `copies_` at their end; slots of variables
  // and islands; what steps aside; places of allocas.
  uint32_t outgoing_ = 0, copies_ = 0;
  uint32_t slots_begin_ = 0, slots_total_ = 0;
  uint32_t aside_slots_ = 0;  // from slots_begin_
  uint32_t frame_ = 0;        // without saved registers
  RegisterSet saved_ = 0;
  uint32_t saved_bytes_ = 0;
  CodeLabel next_ = kNone;  // of the block whose code comes next
  uint32_t pending_ = 0;    // fuel to be paid
  uint32_t owed_ = 0;       // of that, by who leaves the rounds behind this block
  bool refused_ = false;
  Text fault_;
};

}  // namespace jit
