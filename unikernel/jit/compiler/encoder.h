// Bytes of one function's machine code: instructions of 32-bit x86, jumps to places that are not
// known yet, and references that are known only when the code has its address. Jumps are emitted in
// their long form; finish() shortens those that can be.
#pragma once

#include "compiler/x86.h"
#include "support/arena.h"

namespace jit {

using CodeLabel = uint32_t;

/// What a reference of 32 bits in the code is to hold.
enum class Target : uint8_t {
  label,      // number: a CodeLabel; its address
  constants,  // number: an offset; the address of that byte of the function's constants
  function,   // number: a FunctionId; its code's distance from behind the reference
  service,    // number: of the runtime's entries; its distance from behind the reference
  code,       // number: an offset in the region of all code; its distance from behind the reference
};
struct Reference {
  uint32_t at = 0;  // offset in the code
  Target target = Target::label;
  uint32_t number = 0;
  uint32_t jumps = 0;  // that stand before it
};

class Encoder {
 public:
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  explicit Encoder(Arena& arena)
      : arena_(arena), labels_(arena), jumps_(arena), references_(arena), constants_(arena) {}

  /// About how many bytes there will be: more may come.
  void expect(uint32_t bytes);

  // ---- labels and jumps
  CodeLabel label();
  /// From here on is `label`.
  void bind(CodeLabel label);
  void jump(CodeLabel to);
  void jump_if(x86_32::Condition condition, CodeLabel to);

  // ---- instructions
  /// `reg` is the operand that ModRM names by register; which of the two is written is the code's.
  void op(x86_32::Code code, x86_32::Register reg, const x86_32::Place& place);
  void op(x86_32::Code code, x86_32::Register reg, x86_32::Register other) {
    op(code, reg, x86_32::in_register(other));
  }
  /// A word of the frame that only this function's instructions change, to a register: nothing
  /// where eax holds it already. And back.
  void reload(x86_32::Register to, const x86_32::Place& word);
  void keep(x86_32::Register from, const x86_32::Place& word);
  /// test r, r, for `equal` and `not_equal` alone: nothing where the instruction before has set the
  /// flags for r.
  void test_zero(x86_32::Register r);
  /// With an immediate byte behind it.
  void op_byte(x86_32::Code code, x86_32::Register reg, const x86_32::Place& place, uint8_t byte);
  void alu(x86_32::Alu op, x86_32::Register to, const x86_32::Place& from);
  void alu_to_place(x86_32::Alu op, const x86_32::Place& to, x86_32::Register from);
  /// `bits`: 8, 16 or 32, of a place in memory; of a register always 32.
  void alu_constant(x86_32::Alu op, const x86_32::Place& to, uint32_t constant, uint32_t bits = 32);
  void shift(x86_32::Shift op, const x86_32::Place& to, uint8_t count);
  void shift_by_cl(x86_32::Shift op, const x86_32::Place& to);
  /// 0, by which the flags change.
  void clear(x86_32::Register r) { alu(x86_32::Alu::xor_, r, x86_32::in_register(r)); }
  void mov_constant(const x86_32::Place& to, uint32_t constant, uint32_t bits = 32);
  void imul_constant(x86_32::Register to, const x86_32::Place& from, uint32_t constant);
  void test_constant(const x86_32::Place& place, uint32_t constant);
  void push(x86_32::Register r);
  void push(const x86_32::Place& place) { op(0xFF, 6, place); }
  void pop(x86_32::Register r);
  void ret();
  void call(Target target, uint32_t number);
  void call(const x86_32::Place& place);
  void jump(Target target, uint32_t number);
  void jump_if(x86_32::Condition condition, Target target, uint32_t number);
  void jump_to(const x86_32::Place& place);
  void cdq();
  void undefined();  // ud2: raises an exception
  void byte_swap(x86_32::Register r);

  /// A reference to this function's constants: its place is filled in by finish(). Use it as the
  /// memory operand of the next instruction only.
  [[nodiscard]] x86_32::Place constant(const uint8_t* bytes, uint32_t size, uint32_t align);
  /// Addresses of labels, 4 bytes each, among the constants: for jumps by a table.
  [[nodiscard]] uint32_t table(Span<const CodeLabel> labels);
  [[nodiscard]] x86_32::Place table_entry(uint32_t table, x86_32::Register index);

  // ---- the end
  /// Shortens jumps. Afterwards sizes are final. Not good() where a label that is referred to was
  /// never bound.
  void shorten();
  [[nodiscard]] uint32_t size() const { return size_; }  // bytes, without constants
  [[nodiscard]] uint32_t constant_bytes() const { return constants_.size(); }
  /// Where the constants begin, from the code's first byte, which is at a multiple of 16.
  [[nodiscard]] uint32_t constants_offset() const { return (size_ + 15) & ~15U; }
  [[nodiscard]] uint32_t total() const {
    return constant_bytes() == 0 ? size_ : constants_offset() + constant_bytes();
  }
  /// Writes total() bytes to `to`, which will be executed at `address`. `resolve(target, number)`
  /// is the address of a function or service.
  template <class Resolve>
  void finish(uint8_t* to, uint32_t address, const Resolve& resolve) const {
    copy(to, address);
    for (const Reference& r : references_) {
      if (r.target >= Target::function) {
        const uint32_t at = final_offset(r);
        put(to + at, resolve(r.target, r.number) - (address + at + 4));
      }
    }
  }
  /// All of them, where they were emitted: final_offset() says where they are now. Those to labels
  /// stand among the constants.
  [[nodiscard]] Span<const Reference> references() const { return references_.view(); }
  [[nodiscard]] uint32_t final_offset(const Reference& r) const { return moved(r.at, r.jumps); }
  [[nodiscard]] uint32_t final_offset(uint32_t at) const;
  [[nodiscard]] uint32_t label_offset(CodeLabel l) const {
    return moved(labels_[l].at, labels_[l].jumps);
  }
  [[nodiscard]] uint32_t position() const { return static_cast<uint32_t>(next_ - begin_); }
  /// false: the arena was full, or a label is nowhere, and the code is not whole.
  [[nodiscard]] bool good() const { return good_; }

 private:
  struct Jump {
    uint32_t at;   // of its first byte, as emitted
    uint32_t end;  // behind its last
    CodeLabel to;
    bool is_short;
    uint32_t saved;  // bytes, by this one and all before it
  };
  struct Label {
    uint32_t at;     // as emitted; ~0: it is not bound
    uint32_t jumps;  // that stand before it
  };
  /// No instruction is longer (SDM volume 2, 2.3.11).
  static constexpr uint32_t kLongest = 15;

  static void put(uint8_t* to, uint32_t word) { __builtin_memcpy(to, &word, 4); }
  [[nodiscard]] bool is_bound(CodeLabel label) const {
    return label < labels_.size() && labels_[label].at != ~0U;
  }
  /// Room for an instruction: byte() and word() do not look.
  void begin_instruction() {
    if (static_cast<uint32_t>(end_ - next_) < kLongest) [[unlikely]] {
      make_room(kLongest);
    }
    held_ = kNothing;
    flags_of_ = x86_32::kNoRegister;
  }
  void make_room(uint32_t bytes);
  void byte(uint32_t b) { *next_++ = static_cast<uint8_t>(b); }
  void word(uint32_t w) {
    put(next_, w);
    next_ += 4;
  }
  void refer(Target target, uint32_t number);
  void begin(x86_32::Code code);
  void modrm(x86_32::Register reg, const x86_32::Place& place);
  [[gnu::noinline]] void modrm_of(const x86_32::Memory& m, uint32_t middle);
  /// Where what was emitted at `at`, behind so many jumps, is now: less what those have saved.
  [[nodiscard]] uint32_t moved(uint32_t at, uint32_t jumps) const {
    return jumps == 0 ? at : at - jumps_[jumps - 1].saved;
  }
  void copy(uint8_t* to, uint32_t address) const;

  Arena& arena_;
  uint8_t spare_[kLongest] = {};  // where the code goes when the arena is full
  uint8_t* begin_ = spare_;
  uint8_t* next_ = spare_;
  uint8_t* end_ = spare_;
  List<Label> labels_;
  List<Jump> jumps_;
  List<Reference> references_;
  List<uint8_t> constants_;
  uint32_t behind_tables_ = 0;  // in constants_: tables are not known before finish()
  uint32_t size_ = 0;
  static constexpr int32_t kNothing = INT32_MIN;
  x86_32::Register flags_of_ = x86_32::kNoRegister;  // the zero flag is this register's
  int32_t held_ = kNothing;  // the word of the frame that eax holds, from esp on
  bool good_ = true;
};

}  // namespace jit
