#include "bitcode/bitstream.h"

#include "ir/literal.h"

namespace jit::bitcode {

namespace {

// Abbreviation ids with a meaning of their own.
enum : uint32_t { kEndBlock = 0, kEnterBlock = 1, kDefineAbbreviation = 2, kUnabbreviated = 3 };
enum : uint32_t { kSetBlockId = 1 };  // record of a BLOCKINFO block

constexpr char kChar6[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._";

/// Bits that a value takes at least; 0 for literals.
uint32_t least_width(AbbreviationOperand operand) {
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

}  // namespace

void BitReader::stop(bool unsupported) {
  fault_.bit = entry_at_;
  fault_.unsupported = unsupported;
  at_ = end_;
  array_left_ = 0;
  scalar_ = scalars_end_ = nullptr;
  next_ = decoded_ = ahead_;
}

bool BitReader::fail(const char* what) {
  if (!failed()) {
    fault_.what.add(text_of(what));
    stop(false);
  }
  return false;
}

bool BitReader::refuse(const char* what) {
  if (!failed()) {
    fault_.what.add(text_of(what));
    stop(true);
  }
  return false;
}

bool BitReader::refuse(const char* what, Text name) {
  if (!failed()) fault_.what.add(text_of(what)).add(" '").add(name).add("'");
  stop(true);
  return false;
}

uint32_t BitReader::read(uint32_t width) {
  if (width > end_ - at_) {
    fail("the file, or a block, ends early");
    return 0;
  }
  if (width == 0) return 0;
  const uint32_t byte = at_ >> 3;
  const uint32_t shift = at_ & 7;
  at_ += width;
  const uint8_t* p = bytes_ + byte;
  const uint32_t mask = width == 32 ? ~0U : (1U << width) - 1;
  if (byte + 4 <= file_end_ >> 3) {
    uint32_t word = 0;
    __builtin_memcpy(&word, p, 4);
    word >>= shift;
    if (shift + width > 32) word |= static_cast<uint32_t>(p[4]) << (32 - shift);
    return word & mask;
  }
  uint32_t word = 0;
  for (uint32_t i = 0; i * 8 < shift + width; ++i) word |= static_cast<uint32_t>(p[i]) << (8 * i);
  return word >> shift & mask;
}

uint64_t BitReader::read_vbr(uint32_t width) {
  const uint32_t high = 1U << (width - 1);
  uint32_t piece = read(width);
  if ((piece & high) == 0) return piece;  // most numbers are small
  uint64_t value = piece & (high - 1);
  for (uint32_t shift = width - 1;; shift += width - 1) {
    piece = read(width);
    const uint64_t bits = piece & (high - 1);
    if (shift >= 64 || (shift != 0 && bits >> (64 - shift) != 0)) {
      fail("a number has more than 64 bits");
      return 0;
    }
    value |= bits << shift;
    if ((piece & high) == 0) return value;
  }
}

uint64_t BitReader::read_scalar(AbbreviationOperand operand) {
  switch (operand.encoding) {
    case Encoding::literal:
      return operand.value;
    case Encoding::fixed:
      return read(operand.value);
    case Encoding::vbr:
      return read_vbr(operand.value);
    default:
      return static_cast<uint8_t>(kChar6[read(6)]);
  }
}

// ---- blocks

void BitReader::read_header() {
  block_.at = at_;
  const uint64_t id = read_vbr(8);
  const uint64_t width = read_vbr(4);
  align();
  if (at_ > end_) at_ = end_;
  const uint32_t words = read(32);
  if (failed()) return;
  if (id > 0xFFFF || width < 2 || width > 32) {
    fail("a block's header is damaged");
    return;
  }
  if (words > left() / 32) {
    fail("a block is longer than what it is in");
    return;
  }
  block_.id = static_cast<uint32_t>(id);
  block_.width = static_cast<uint32_t>(width);
  block_.begin = at_;
  block_.end = at_ + words * 32;
}

Entry BitReader::next() {
  finish_record();
  for (;;) {
    entry_at_ = at_;
    uint32_t id = 0;
    if (at_ < plain_end_ && width_ <= 25) {
      id = window() & ((1U << width_) - 1);
      at_ += width_;
    } else {
      id = read(width_);
      if (failed()) return Entry::end;
    }
    switch (id) {
      case kEndBlock:
        align();
        if (at_ != end_) fail("a block is not as long as its header says");
        return Entry::end;
      case kEnterBlock:
        read_header();
        return failed() ? Entry::end : Entry::block;
      case kDefineAbbreviation:
        define_local();
        break;
      default:
        begin_record(id);
        return failed() ? Entry::end : Entry::record;
    }
  }
}

BitReader::Outer BitReader::enter() {
  const Outer outer = {end_,          width_,       first_active_,
                       active_count_, local_count_, local_operand_count_};
  at_ = block_.begin;
  set_end(block_.end);
  width_ = block_.width;
  first_active_ = active_count_;
  for (const Abbreviation& known : info_->abbreviations) {
    if (known.block != block_.id) continue;
    if (active_count_ == kMaxActive) {
      fail("too many abbreviations");
      break;
    }
    active_[active_count_++] = {info_->operands.data + known.first, known.count};
  }
  return outer;
}

void BitReader::leave(const Outer& outer) {
  at_ = end_;
  set_end(outer.end);
  width_ = outer.width;
  first_active_ = outer.first_active;
  active_count_ = outer.active;
  local_count_ = outer.local;
  local_operand_count_ = outer.local_operands;
  if (failed()) at_ = end_;
}

bool BitReader::find(uint64_t bit) {
  if (bit >= end_) return fail("no block begins there");
  at_ = static_cast<uint32_t>(bit);
  read_header();
  return !failed();
}

// ---- abbreviations

/// To `operands`, which has room for kMaxOperands. How many.
uint32_t BitReader::read_abbreviation(AbbreviationOperand* operands) {
  const uint64_t count = read_vbr(5);
  if (count == 0 || count > kMaxOperands) {
    fail("an abbreviation has no operands, or too many");
    return 0;
  }
  const uint32_t size = static_cast<uint32_t>(count);
  for (uint32_t i = 0; i < size && !failed(); ++i) {
    AbbreviationOperand& operand = operands[i];
    operand = {};
    const bool literal = read(1) != 0;
    uint64_t value = 0;
    if (literal) {
      value = read_vbr(8);
    } else {
      const uint32_t encoding = read(3);
      if (encoding == 0 || encoding > static_cast<uint32_t>(Encoding::blob)) {
        fail("an abbreviation has an unknown encoding");
        return 0;
      }
      operand.encoding = static_cast<Encoding>(encoding);
      const bool fixed = operand.encoding == Encoding::fixed;
      if (fixed || operand.encoding == Encoding::vbr) {
        value = read_vbr(5);
        // A fixed field of no bits is a literal 0.
        if (fixed && value == 0) operand.encoding = Encoding::literal;
        if (value > 32 || (!fixed && value < 2)) fail("an abbreviation has a field of that width");
      }
    }
    if (value > ~0U) fail("an abbreviation's literal has more than 32 bits");
    operand.value = static_cast<uint32_t>(value);

    // An array comes last but for its elements, a blob last, and the code, the first, is neither.
    const bool array = operand.encoding == Encoding::array;
    const bool blob = operand.encoding == Encoding::blob;
    const bool element = i > 0 && operands[i - 1].encoding == Encoding::array;
    if ((array && (i == 0 || i + 2 != size)) || (blob && (i == 0 || i + 1 != size)) ||
        (element && least_width(operand) == 0)) {
      fail("an abbreviation has an array or a blob where it cannot be");
    }
  }
  return failed() ? 0 : size;
}

void BitReader::define_local() {
  if (local_count_ == kMaxLocal || active_count_ == kMaxActive ||
      local_operand_count_ > kMaxLocalOperands - kMaxOperands) {
    fail("too many abbreviations");
    return;
  }
  AbbreviationOperand* const operands = local_operands_ + local_operand_count_;
  const uint32_t count = read_abbreviation(operands);
  local_operand_count_ += count;
  ++local_count_;
  active_[active_count_++] = {operands, count};
}

bool BitReader::read_info(Arena& arena, BlockInfo& info) {
  List<Abbreviation> abbreviations(arena);
  List<AbbreviationOperand> pool(arena);
  const Outer outer = enter();
  uint32_t block = ~0U;
  for (;;) {
    finish_record();
    entry_at_ = at_;
    const uint32_t id = read(width_);
    if (failed()) return false;
    if (id == kEndBlock) {
      align();
      break;
    }
    if (id == kEnterBlock) return fail("a block in the information on blocks");
    if (id != kDefineAbbreviation) {
      begin_record(id);
      if (code_ == kSetBlockId) block = number();
      continue;
    }
    AbbreviationOperand operands[kMaxOperands];
    const uint32_t count = read_abbreviation(operands);
    if (failed()) return false;
    if (!abbreviations.add({block, pool.size(), count})) return fail("out of memory");
    for (uint32_t i = 0; i < count; ++i) {
      if (!pool.add(operands[i])) return fail("out of memory");
    }
  }
  leave(outer);
  info = {abbreviations.span(), pool.span()};
  return !failed();
}

// ---- records

/// A number in pieces of six bits.
inline uint64_t BitReader::read_length() {
  if (at_ < plain_end_) {
    const uint32_t bits = window();
    if ((bits & 1U << 5) == 0) {
      at_ += 6;
      return bits & 31;
    }
    if ((bits & 1U << 11) == 0) {
      at_ += 12;
      return (bits & 31) | (bits >> 1 & 31U << 5);
    }
  }
  return read_vbr(6);
}

void BitReader::begin_record(uint32_t abbreviation) {
  blob_ = {};
  if (abbreviation == kUnabbreviated) {
    element_ = {Encoding::vbr, 6};
    const uint64_t code = read_length();
    const uint64_t count = read_length();
    if (code > 0xFFFF || count > left() / 6) {
      fail("a record is longer than its block");
      return;
    }
    code_ = static_cast<uint32_t>(code);
    array_left_ = static_cast<uint32_t>(count);
    if (count != 0) decode_ahead();
    return;
  }
  const uint32_t index = abbreviation - 4;
  if (index >= active_count_ - first_active_) {
    fail("an abbreviation that is not defined");
    return;
  }
  const Active& used = active_[first_active_ + index];
  uint64_t code = used.first[0].value;
  if (used.first[0].encoding != Encoding::literal) code = read_scalar(used.first[0]);
  if (code > 0xFFFF) {
    fail("a record's code is out of range");
    return;
  }
  code_ = static_cast<uint32_t>(code);
  if (failed()) return;
  scalar_ = used.first + 1;
  scalars_end_ = used.first + used.count;
  if (scalar_ != scalars_end_) decode_ahead();
}

/// Where the scalars of an abbreviated record end: reads the length of what follows them.
void BitReader::open_tail() {
  if (scalar_ == scalars_end_) return;
  if (scalar_->encoding == Encoding::array) {
    element_ = scalar_[1];
    scalar_ = scalars_end_ = nullptr;
    const uint64_t count = read_length();
    if (count > left() / least_width(element_)) {
      fail("an array is longer than its block");
      return;
    }
    array_left_ = static_cast<uint32_t>(count);
  } else if (scalar_->encoding == Encoding::blob) {
    scalar_ = scalars_end_ = nullptr;
    const uint64_t count = read_vbr(6);
    align();
    if (at_ > end_ || count > left() / 8) {
      at_ = end_;
      fail("a blob is longer than its block");
      return;
    }
    blob_ = {reinterpret_cast<const char*>(bytes_) + (at_ >> 3), static_cast<uint32_t>(count)};
    at_ += blob_.size * 8;
    align();
    if (at_ > end_) fail("a blob is longer than its block");
  }
}

/// What fits 24 bits, where at_ is below plain_end_. false: it is not taken from the stream.
bool BitReader::decode_plain(AbbreviationOperand operand, uint64_t& value) {
  const uint32_t width = operand.value;
  switch (operand.encoding) {
    case Encoding::literal:
      value = operand.value;
      return true;
    case Encoding::fixed:
      if (width > 25) return false;
      value = window() & ((1U << width) - 1);
      at_ += width;
      return true;
    case Encoding::vbr: {
      const uint32_t bits = window();
      const uint32_t high = 1U << (width - 1);
      if (width > 24) return false;
      if ((bits & high) == 0) {
        value = bits & (high - 1);
        at_ += width;
        return true;
      }
      uint32_t sum = bits & (high - 1);
      for (uint32_t used = width, shift = width - 1; used + width <= 25; shift += width - 1) {
        const uint32_t piece = bits >> used;
        used += width;
        sum |= (piece & (high - 1)) << shift;
        if ((piece & high) != 0) continue;
        value = sum;
        at_ += used;
        return true;
      }
      return false;
    }
    default:
      value = static_cast<uint8_t>(kChar6[window() & 63]);
      at_ += 6;
      return true;
  }
}

/// Up to `count` elements of an array, to `to`: behind the last of them.
uint64_t* BitReader::decode_array(uint64_t* to, uint32_t count) {
  uint64_t* const end = to + count;
  if (element_.encoding != Encoding::vbr || element_.value != 6) {
    while (to != end && at_ < plain_end_ && decode_plain(element_, *to)) ++to;
    return to;
  }
  // Most records: pieces of six bits, the highest of which says that more follow.
  uint32_t at = at_;
  for (; to != end && at < plain_end_; ++to) {
    const uint32_t bits = window_at(at);
    uint32_t value = bits & 31;
    uint32_t used = 6;
    if ((bits & 1U << 5) != 0) {
      value |= bits >> 1 & 31U << 5;
      used = 12;
      if ((bits & 1U << 11) != 0) {
        value |= bits >> 2 & 31U << 10;
        used = 18;
        if ((bits & 1U << 17) != 0) {
          if ((bits & 1U << 23) != 0) break;
          value |= bits >> 3 & 31U << 15;
          used = 24;
        }
      }
    }
    *to = value;
    at += used;
  }
  at_ = at;
  return to;
}

void BitReader::decode_ahead() {
  uint64_t* to = ahead_;
  if (scalar_ != scalars_end_) to = decode_scalars(to);
  if (scalar_ == scalars_end_ && array_left_ != 0) {
    const auto room = static_cast<uint32_t>(ahead_ + kAhead - to);
    uint64_t* const end = decode_array(to, array_left_ < room ? array_left_ : room);
    array_left_ -= static_cast<uint32_t>(end - to);
    to = end;
  }
  if (failed()) return;
  next_ = ahead_;
  decoded_ = to;
}

/// The scalars of an abbreviated record, to `to`: behind the last that is plain.
uint64_t* BitReader::decode_scalars(uint64_t* to) {
  uint32_t at = at_;
  const AbbreviationOperand* scalar = scalar_;
  const AbbreviationOperand* const end = scalars_end_;
  for (; scalar != end && at < plain_end_; ++scalar) {
    const uint32_t width = scalar->value;
    const uint32_t bits = window_at(at);
    if (scalar->encoding == Encoding::vbr && width <= 24) {
      const uint32_t high = 1U << (width - 1);
      if ((bits & high) == 0) {
        *to++ = bits & (high - 1);
        at += width;
        continue;
      }
    } else if (scalar->encoding == Encoding::fixed && width <= 25) {
      *to++ = bits & ((1U << width) - 1);
      at += width;
      continue;
    } else if (scalar->encoding == Encoding::array || scalar->encoding == Encoding::blob) {
      break;
    }
    at_ = at;
    if (!decode_plain(*scalar, *to)) break;
    ++to;
    at = at_;
  }
  at_ = at;
  scalar_ = scalar;
  open_tail();
  return to;
}

/// An operand that is not decoded yet.
uint64_t BitReader::decode_operand() {
  if (scalar_ != scalars_end_) {
    const uint64_t value = read_scalar(*scalar_);
    if (failed()) return 0;
    ++scalar_;
    open_tail();
    return value;
  }
  if (array_left_ == 0) {
    fail("a record has too few operands");
    return 0;
  }
  // One as it comes, then as many as are plain.
  --array_left_;
  const uint64_t value = read_scalar(element_);
  if (!failed() && array_left_ != 0) decode_ahead();
  return value;
}

uint32_t BitReader::out_of_range() {
  fail("a number is out of range");
  return 0;
}

void BitReader::finish_record() {
  next_ = decoded_;
  while (scalar_ != scalars_end_) decode_operand();
  if (array_left_ != 0 && element_.encoding != Encoding::vbr) {
    at_ += array_left_ * least_width(element_);  // counted against left() before
    array_left_ = 0;
  }
  while (array_left_ != 0) {
    decode_operand();
    next_ = decoded_;
  }
}

}  // namespace jit::bitcode
