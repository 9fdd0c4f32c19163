// Records of a bitstream: their operands, decoded ahead as far as that is plain.
#include "bitcode/bitstream.h"

namespace jit::bitcode {

namespace {

// An operand of a record that is written in full: pieces of six bits.
constexpr AbbreviationOperand kPiece = {Encoding::vbr, 6, 31, 32};

constexpr char kChar6[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._";

}  // namespace

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

/// One that is written in full, and its code and count begin the window `bits`.
inline Entry BitReader::begin_unabbreviated(uint32_t bits) {
  uint32_t code = bits & 31, used = 6;
  if ((bits & 1U << 5) != 0) {
    code |= bits >> 1 & 31U << 5;
    if ((bits & 1U << 11) != 0) return begin_long();
    used = 12;
  }
  const uint32_t count = bits >> used & 63;
  if (count > 31) return begin_long();
  at_ += used + 6;
  if (count * 6 > left()) return stopped("a record is longer than its block");
  blob_ = {};
  code_ = code;
  element_ = &kPiece;
  uint32_t* const decoded = decode_pieces(ahead_, ahead_ + count);
  array_left_ = count - static_cast<uint32_t>(decoded - ahead_);
  next_ = ahead_;
  decoded_ = decoded;
  return Entry::record;
}

/// The same, of any length and anywhere.
Entry BitReader::begin_long() {
  blob_ = {};
  element_ = &kPiece;
  const uint64_t code = read_length();
  const uint64_t count = read_length();
  if (code > 0xFFFF || count > left() / 6) return stopped("a record is longer than its block");
  code_ = static_cast<uint32_t>(code);
  array_left_ = static_cast<uint32_t>(count);
  if (count != 0) decode_ahead();
  return failed() ? Entry::end : Entry::record;
}

inline Entry BitReader::begin_abbreviated(uint32_t index) {
  blob_ = {};
  if (index >= active_count_ - first_active_) {
    return stopped("an abbreviation that is not defined");
  }
  const Active& used = active_[first_active_ + index];
  const AbbreviationOperand* const scalar = used.first;
  code_ = used.code;
  if (code_ == kNoCode) [[unlikely]] {
    const uint64_t code = read_scalar(scalar[-1]);
    if (code > 0xFFFF) return stopped("a record's code is out of range");
    if (failed()) return Entry::end;
    code_ = static_cast<uint32_t>(code);
  }
  scalars_end_ = used.end;
  // Mostly all of them are direct, and one or two pieces each.
  uint32_t at = at_, done = 0;
  const uint32_t direct = at + used.direct_bits < plain_end_ ? used.direct : 0;
  if (direct != 0 && used.width != 0) {
    uint32_t bits = window_at(at);
    if ((bits & used.more) == 0) {
      at += used.width;
      for (; done != direct; ++done) {
        ahead_[done] = bits & scalar[done].mask;
        bits >>= scalar[done].value;
      }
    }
  }
  for (; done != direct; ++done) {
    const uint32_t bits = window_at(at);
    const uint32_t width = scalar[done].value, more = bits & scalar[done].more;
    if (more == 0) {
      ahead_[done] = bits & scalar[done].mask;
      at += width;
      continue;
    }
    // `more` is the bit itself, and all below it is the number.
    const uint32_t second = bits >> width;
    if (width > 12 || (second & more) != 0) break;
    ahead_[done] = (bits & (more - 1)) | (second & (more - 1)) << (width - 1);
    at += 2 * width;
  }
  at_ = at;
  scalar_ = scalar + done;
  if (scalar_ != scalars_end_) return decode_behind(ahead_ + done);
  next_ = ahead_;
  decoded_ = ahead_ + done;
  return Entry::record;
}

Entry BitReader::begin_record(uint32_t abbreviation) {
  return abbreviation == kUnabbreviated ? begin_long()
                                        : begin_abbreviated(abbreviation - kUnabbreviated - 1);
}

Entry BitReader::next() {
  finish_record();
  const uint32_t at = at_;
  if (at >= short_end_) return next_of_any();
  // Most: a record, whose beginning is in one window.
  const uint32_t bits = window_at(at);
  const uint32_t id = bits & ~(~0U << width_);
  if (id < kUnabbreviated) return next_of_any();
  entry_at_ = at;
  at_ = at + width_;
  return id == kUnabbreviated ? begin_unabbreviated(bits >> width_)
                              : begin_abbreviated(id - kUnabbreviated - 1);
}

/// Where the scalars of an abbreviated record end: reads the length of what follows them.
void BitReader::open_tail() {
  if (scalar_ == scalars_end_) return;
  if (scalar_->encoding == Encoding::array) {
    element_ = scalar_ + 1;
    scalar_ = scalars_end_ = nullptr;
    const uint64_t count = read_length();
    if (count > left() / least_width(*element_)) {
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
bool BitReader::decode_plain(AbbreviationOperand operand, uint32_t& value) {
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
uint32_t* BitReader::decode_array(uint32_t* to, uint32_t count) {
  uint32_t* const end = to + count;
  if (element_->encoding == Encoding::vbr && element_->value == 6) return decode_pieces(to, end);
  while (to != end && at_ < plain_end_ && decode_plain(*element_, *to)) ++to;
  return to;
}

/// Numbers in pieces of six bits, the highest of which says that more follow: up to `end`, as long
/// as they are plain.
uint32_t* BitReader::decode_pieces(uint32_t* to, uint32_t* end) {
  uint32_t at = at_;
  for (const uint32_t plain_end = plain_end_; to != end && at < plain_end; ++to) {
    uint32_t bits = window_at(at);
    if ((bits & 1U << 5) == 0) {
      *to = bits & 31;
      at += 6;
      if (to + 1 == end) {
        ++to;
        break;
      }
      // The next, too, is in the window where it has at most three pieces.
      bits >>= 6;
      ++to;
      if ((bits & 1U << 5) == 0) {
        *to = bits & 31;
        at += 6;
        continue;
      }
    }
    uint32_t value = (bits & 31) | (bits >> 1 & 31U << 5);
    uint32_t used = 12;
    if ((bits & 1U << 11) != 0) {
      value |= bits >> 2 & 31U << 10;
      used = 18;
      if ((bits & 1U << 17) != 0) {
        // Of a second number the window has no more.
        bits = window_at(at);
        if ((bits & 1U << 23) != 0) break;
        value |= bits >> 3 & 31U << 15;
        used = 24;
      }
    }
    *to = value;
    at += used;
  }
  at_ = at;
  return to;
}

/// What is behind the direct scalars, and what else is plain; `to`: behind what is decoded.
Entry BitReader::decode_behind(uint32_t* to) {
  to = decode_scalars(to);
  if (scalar_ == scalars_end_ && array_left_ != 0) {
    const auto room = static_cast<uint32_t>(ahead_ + kAhead - to);
    uint32_t* const end = decode_array(to, array_left_ < room ? array_left_ : room);
    array_left_ -= static_cast<uint32_t>(end - to);
    to = end;
  }
  if (failed()) return Entry::end;
  next_ = ahead_;
  decoded_ = to;
  return Entry::record;
}

/// Of an array, the next elements.
void BitReader::decode_ahead() {
  uint32_t* const to = decode_array(ahead_, array_left_ < kAhead ? array_left_ : kAhead);
  array_left_ -= static_cast<uint32_t>(to - ahead_);
  next_ = ahead_;
  decoded_ = to;
}

/// The rest of the scalars of an abbreviated record, to `to`: behind the last that is plain.
uint32_t* BitReader::decode_scalars(uint32_t* to) {
  for (; scalar_ != scalars_end_ && at_ < plain_end_; ++scalar_) {
    const bool tail = scalar_->encoding == Encoding::array || scalar_->encoding == Encoding::blob;
    if (tail || !decode_plain(*scalar_, *to)) break;
    ++to;
  }
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
  const uint64_t value = read_scalar(*element_);
  if (!failed() && array_left_ != 0) decode_ahead();
  return value;
}

/// Up to `count` elements of an array of fixed width, each a byte, to `to`: behind the last of
/// them.
uint8_t* BitReader::copy_array(uint8_t* to, uint32_t count) {
  const uint32_t width = element_->value, mask = (1U << width) - 1;
  if (count > array_left_) count = array_left_;
  array_left_ -= count;
  if (width == 8 && (at_ & 7) == 0) {  // within the block, as counted when the array began
    __builtin_memcpy(to, bytes_ + (at_ >> 3), count);
    at_ += count * 8;
    return to + count;
  }
  // Three of them at least are in a window.
  uint32_t at = at_;
  for (; count >= 3 && at < plain_end_; count -= 3, to += 3, at += 3 * width) {
    const uint32_t bits = window_at(at);
    to[0] = static_cast<uint8_t>(bits & mask);
    to[1] = static_cast<uint8_t>(bits >> width & mask);
    to[2] = static_cast<uint8_t>(bits >> 2 * width & mask);
  }
  at_ = at;
  array_left_ += count;
  return to;
}

void BitReader::take_bytes(uint8_t* to, uint32_t count) {
  uint8_t* const end = to + count;
  while (to != end && !failed()) {
    const bool fixed = scalar_ == scalars_end_ && next_ == decoded_ &&
                       element_->encoding == Encoding::fixed && element_->value <= 8;
    if (fixed && array_left_ != 0) to = copy_array(to, static_cast<uint32_t>(end - to));
    if (to != end) *to++ = static_cast<uint8_t>(operand());
  }
}

uint32_t BitReader::out_of_range() {
  fail("a number is out of range");
  return 0;
}

void BitReader::skip_record() {
  next_ = decoded_;
  while (scalar_ != scalars_end_) decode_operand();
  if (array_left_ != 0 && element_->encoding != Encoding::vbr) {
    at_ += array_left_ * least_width(*element_);  // counted against left() before
    array_left_ = 0;
  }
  while (array_left_ != 0) {
    decode_operand();
    next_ = decoded_;
  }
}

}  // namespace jit::bitcode
