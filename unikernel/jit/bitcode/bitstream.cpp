#include "bitcode/bitstream.h"

#include "ir/literal.h"

namespace jit::bitcode {

namespace {

// Abbreviation ids with a meaning of their own.
enum : uint32_t { kEndBlock = 0, kEnterBlock = 1, kDefineAbbreviation = 2 };
enum : uint32_t { kSetBlockId = 1 };  // record of a BLOCKINFO block

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

/// As next(), of anything and anywhere.
Entry BitReader::next_of_any() {
  for (;;) {
    entry_at_ = at_;
    const uint32_t id = read(width_);
    if (failed()) return Entry::end;
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
        return begin_record(id);
    }
  }
}

BitReader::Outer BitReader::enter() {
  const Outer outer = {end_,          width_,       first_active_,
                       active_count_, local_count_, local_operand_count_};
  at_ = block_.begin;
  set_end(block_.end, block_.width);
  first_active_ = active_count_;
  for (const Abbreviation& known : info_->abbreviations) {
    if (known.block != block_.id) continue;
    if (active_count_ == kMaxActive) {
      fail("too many abbreviations");
      break;
    }
    active_[active_count_++] =
        active(info_->operands.data + known.first, known.count, known.direct);
  }
  return outer;
}

void BitReader::leave(const Outer& outer) {
  at_ = end_;
  set_end(outer.end, outer.width);
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
    if (!failed() && is_direct(operand)) {
      const bool fixed = operand.encoding == Encoding::fixed;
      operand.more = fixed ? 0 : 1U << (operand.value - 1);
      operand.mask = fixed ? (1U << operand.value) - 1 : operand.more - 1;
    }

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

/// How many behind the first, one after another, are direct.
uint32_t BitReader::direct_count(const AbbreviationOperand* operands, uint32_t count) {
  uint32_t direct = 0;
  while (direct + 1 < count && is_direct(operands[direct + 1])) ++direct;
  return direct;
}

BitReader::Active BitReader::active(const AbbreviationOperand* operands, uint32_t count,
                                    uint32_t direct) {
  constexpr uint32_t kWindow = 25;
  const bool known = operands->encoding == Encoding::literal && operands->value <= 0xFFFF;
  Active made = {operands + 1,
                 operands + count,
                 direct,
                 direct * kWindow,
                 known ? operands->value : kNoCode,
                 0,
                 0};
  for (uint32_t i = 1; i <= direct; ++i) {
    if (made.width + operands[i].value > kWindow) {
      made.width = made.more = 0;
      break;
    }
    made.more |= operands[i].more << made.width;
    made.width += operands[i].value;
  }
  return made;
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
  if (count != 0) active_[active_count_++] = active(operands, count, direct_count(operands, count));
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
    const uint32_t direct = direct_count(operands, count);
    if (!abbreviations.add({block, pool.size(), count, direct})) return fail("out of memory");
    for (uint32_t i = 0; i < count; ++i) {
      if (!pool.add(operands[i])) return fail("out of memory");
    }
  }
  leave(outer);
  info = {abbreviations.span(), pool.span()};
  return !failed();
}

}  // namespace jit::bitcode
