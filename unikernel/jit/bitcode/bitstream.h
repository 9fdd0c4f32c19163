// LLVM's bitstream: the container of bitcode, read from bytes that nobody has checked. Source:
// "LLVM Bitcode File Format", llvm.org/docs/BitCodeFormat.html.
//
// A stream is a tree of blocks; in a block stand records and blocks. A record is a code and
// operands, written in full or through an abbreviation. Operands are taken one by one. The first
// kAhead of a record are decoded at once when next() comes upon it, as far as that is plain: what
// is near the end of a block, long or damaged is left to whoever takes it. What goes wrong is kept
// as the first fault; from then on every question is answered with an end, and every number is 0.
#pragma once

#include "support/arena.h"
#include "support/fault.h"

namespace jit::bitcode {

enum class Encoding : uint8_t { literal, fixed, vbr, array, char6, blob };

struct AbbreviationOperand {
  Encoding encoding;
  uint32_t value;  // literal: the value; fixed, vbr: the width, 1 (2) to 32
  // Of what is_direct(): which of the next bits are the value, and which says that more follow.
  uint32_t mask, more;
};

/// Whether 25 bits hold one piece of it.
inline bool is_direct(AbbreviationOperand operand) {
  return (operand.encoding == Encoding::fixed && operand.value <= 25) ||
         (operand.encoding == Encoding::vbr && operand.value <= 24);
}

/// Bits that a value takes at least; 0 for literals.
inline uint32_t least_width(AbbreviationOperand operand) {
  switch (operand.encoding) {
    case Encoding::fixed:
    case Encoding::vbr:
      return operand.value;
    case Encoding::char6:
      return 6;
    default:
      return 0;
  }
}

/// Operands stand side by side in a pool.
struct Abbreviation {
  uint32_t block = 0;  // of the blocks of which id
  uint32_t first = 0;
  uint32_t count = 0;
  uint32_t direct = 0;  // so many behind the first are direct
};

/// What a BLOCKINFO block says: abbreviations that blocks of an id begin with.
struct BlockInfo {
  Span<Abbreviation> abbreviations;
  Span<AbbreviationOperand> operands;
};

/// A block's header, read.
struct BlockHeader {
  uint32_t id = 0;
  uint32_t at = 0;     // bit of this header, behind the abbreviation id
  uint32_t begin = 0;  // bit of what is in it
  uint32_t end = 0;
  uint32_t width = 0;  // of abbreviation ids in it
};

enum class Entry : uint8_t { end, block, record };

class BitReader {
 public:
  /// Files up to 256 MiB, so that a bit's offset is 32 bits wide.
  static constexpr uint32_t kMaxBytes = 1U << 28;

  BitReader(const BitReader&) = delete;
  BitReader& operator=(const BitReader&) = delete;
  BitReader(Span<const uint8_t> file, const BlockInfo& info)
      : bytes_(file.data), file_end_(file.size * 8), info_(&info) {
    set_end(file_end_, 2);
  }

  /// What comes next in the block; definitions of abbreviations are dealt with. The rest of the
  /// record before it is skipped. `end` at the end of the block, or behind a fault.
  Entry next();

  /// The 32 bits before the first block of a file.
  void skip_magic() { at_ = 32; }

  // A block, when next() said so. Either enter(), or skip(), before the next next().
  [[nodiscard]] const BlockHeader& block() const { return block_; }
  void skip() { at_ = block_.end; }
  struct Outer {
    uint32_t end, width, first_active, active, local, local_operands;
  };
  /// leave() must be called with what enter() gave, after next() said `end`.
  Outer enter();
  void leave(const Outer& outer);
  /// The block whose header begins at `bit` of the file: as if next() had come upon it.
  bool find(uint64_t bit);
  /// Reads the BLOCKINFO block just found, into `arena`.
  bool read_info(Arena& arena, BlockInfo& info);

  // A record, when next() said so.
  [[nodiscard]] uint32_t code() const { return code_; }
  [[nodiscard]] bool more() const {
    return next_ != decoded_ || scalar_ != scalars_end_ || array_left_ != 0;
  }
  /// The next operand; a fault where there is none.
  uint64_t operand() { return next_ != decoded_ ? *next_++ : decode_operand(); }
  /// The same, for what must fit 32 bits: else a fault.
  uint32_t number() {
    if (next_ != decoded_) return *next_++;
    const uint64_t value = decode_operand();
    if (value >> 32 != 0) return out_of_range();
    return static_cast<uint32_t>(value);
  }
  /// The next `count` operands, of each its lowest byte; a fault where there are fewer.
  void take_bytes(uint8_t* to, uint32_t count);
  /// The rest are numbers: how many, where it is known. At least, where not.
  [[nodiscard]] uint32_t count() const {
    return static_cast<uint32_t>(decoded_ - next_) + static_cast<uint32_t>(scalars_end_ - scalar_) +
           array_left_;
  }
  /// The record's blob; empty where it has none.
  [[nodiscard]] Text blob() const { return blob_; }

  /// Where the record or block began.
  [[nodiscard]] uint32_t bit() const { return entry_at_; }
  /// Bits up to the end of the block: no count of anything can be more, but for the operands of
  /// this record.
  [[nodiscard]] uint32_t left() const { return end_ - at_; }
  [[nodiscard]] bool at_end() const { return at_ >= end_; }

  /// Both give false. The first fault is kept.
  [[gnu::noinline, gnu::cold]] bool fail(const char* what);
  [[gnu::noinline, gnu::cold]] bool refuse(const char* what);
  bool refuse(const char* what, Text name);
  [[nodiscard]] bool failed() const { return static_cast<bool>(fault_); }
  Fault& fault() { return fault_; }

 private:
  // The abbreviation id of a record that is written in full; those above it name abbreviations.
  static constexpr uint32_t kUnabbreviated = 3;
  static constexpr uint32_t kMaxLocal = 32;
  static constexpr uint32_t kMaxLocalOperands = 192;
  static constexpr uint32_t kMaxActive = 64;
  static constexpr uint32_t kMaxOperands = 32;  // of one abbreviation
  static constexpr uint32_t kAhead = 32;        // operands
  static constexpr AbbreviationOperand kNoElement = {Encoding::literal, 0, 0, 0};

  void set_end(uint32_t end, uint32_t width) {
    end_ = end;
    plain_end_ = end < 64 ? 0 : end - 64;
    width_ = width;
    // An id, a code of two pieces and a count of one are in one window.
    short_end_ = width <= 7 ? plain_end_ : 0;
  }
  /// The next 25 bits, and perhaps more. at_ is below plain_end_.
  [[nodiscard]] uint32_t window() const { return window_at(at_); }
  [[nodiscard]] uint32_t window_at(uint32_t at) const {
    uint32_t word = 0;
    __builtin_memcpy(&word, bytes_ + (at >> 3), 4);
    return word >> (at & 7);
  }
  uint32_t read(uint32_t width);
  uint64_t read_vbr(uint32_t width);
  void align() { at_ = (at_ + 31) & ~31U; }
  void read_header();
  uint32_t read_abbreviation(AbbreviationOperand* operands);
  void define_local();
  Entry stopped(const char* what) {
    fail(what);
    return Entry::end;
  }
  [[gnu::noinline]] Entry next_of_any();
  static uint32_t direct_count(const AbbreviationOperand* operands, uint32_t count);
  // All three: Entry::record, or `end` behind a fault.
  Entry begin_record(uint32_t abbreviation);
  Entry begin_abbreviated(uint32_t index);
  Entry begin_unabbreviated(uint32_t bits);
  Entry begin_long();
  void finish_record() {
    if (scalar_ != scalars_end_ || array_left_ != 0) [[unlikely]]
      skip_record();
    next_ = decoded_;
  }
  void skip_record();
  void open_tail();
  uint64_t read_length();
  void decode_ahead();
  Entry decode_behind(uint32_t* to);
  uint32_t* decode_scalars(uint32_t* to);
  bool decode_plain(AbbreviationOperand operand, uint32_t& value);
  uint32_t* decode_array(uint32_t* to, uint32_t count);
  uint32_t* decode_pieces(uint32_t* to, uint32_t* end);
  uint8_t* copy_array(uint8_t* to, uint32_t count);
  uint64_t decode_operand();
  uint32_t out_of_range();
  uint64_t read_scalar(AbbreviationOperand operand);
  void stop(bool unsupported);

  const uint8_t* bytes_;
  uint32_t at_ = 0;         // bit
  uint32_t end_ = 0;        // of the block
  uint32_t plain_end_ = 0;  // before it, at least 64 bits of the block are left
  uint32_t short_end_ = 0;  // the same; 0 where abbreviation ids are long
  uint32_t file_end_;
  uint32_t width_ = 2;  // of an abbreviation id
  uint32_t entry_at_ = 0;
  BlockHeader block_;
  const BlockInfo* info_;

  // The record at hand: what is decoded and not taken, then scalars, then elements of an array.
  uint32_t code_ = 0;
  const uint32_t* next_ = ahead_;
  const uint32_t* decoded_ = ahead_;
  uint32_t array_left_ = 0;
  const AbbreviationOperand* scalar_ = nullptr;
  const AbbreviationOperand* scalars_end_ = nullptr;
  const AbbreviationOperand* element_ = &kNoElement;
  Text blob_;

  // Abbreviations by number, of the innermost block from first_active_ on; and those that blocks
  // define for themselves.
  uint32_t first_active_ = 0;
  uint32_t active_count_ = 0;
  uint32_t local_count_ = 0;
  uint32_t local_operand_count_ = 0;
  struct Active {
    const AbbreviationOperand* first;  // behind the code
    const AbbreviationOperand* end;
    uint32_t direct;       // so many at the beginning are
    uint32_t direct_bits;  // that they take at most, where each is one or two pieces
    uint32_t code;         // kNoCode: it is written
    // Where one piece of each is in one window: the bits of all of them, and which of these say
    // that more follow. Else 0.
    uint32_t width, more;
  };
  static constexpr uint32_t kNoCode = ~0U;
  static Active active(const AbbreviationOperand* operands, uint32_t count, uint32_t direct);
  Active active_[kMaxActive];
  AbbreviationOperand local_operands_[kMaxLocalOperands];
  uint32_t ahead_[kAhead];  // what is plain fits 32 bits

  Fault fault_;
};

}  // namespace jit::bitcode
