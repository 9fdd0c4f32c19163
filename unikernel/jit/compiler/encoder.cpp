#include "compiler/encoder.h"

namespace jit {

using namespace x86_32;

namespace {

// A memory operand without registers whose offset finish() fills in: the scale says so, which means
// nothing where there is no index.
constexpr uint8_t kOfConstants = 0x80;

bool is_byte(int32_t value) { return value >= -128 && value <= 127; }

// Files may hold functions made to keep the compiler busy. What is given up is a few bytes: those
// of a constant that is there already, farther back.
constexpr uint32_t kSearched = 4096;

bool is_word_of_frame(const Place& place) {
  return place.is_memory && place.memory.base == esp && place.memory.index == kNoRegister;
}

/// What an instruction writes, as far as eax and words of the frame go.
enum class Writes : uint8_t { anything, nothing, reg, place };
Writes written_by(Code code, Register reg) {
  const uint32_t byte = code & 0xFF;
  if ((code >> 8 & 0xFF) == 0x0F) {
    if (byte == 0x10 || byte == 0x28 || byte == 0x2A || byte == 0x2E || byte == 0xC2 ||
        byte == 0xC4 || byte == 0xC6 || (byte >= 0x51 && byte <= 0x76) ||
        (byte >= 0xD1 && byte <= 0xFE && byte != 0xD6 && byte != 0xD7 && byte != 0xE7 &&
         byte != 0xF7)) {
      return Writes::nothing;  // of these: an SSE register, or flags
    }
    if (byte == 0x11 || byte == 0x29 || byte == 0x7E || byte == 0xD6) return Writes::place;
    if ((byte >= 0x40 && byte <= 0x4F) || byte == 0xAF || byte == 0xB6 || byte == 0xB7 ||
        byte == 0xBC || byte == 0xBD || byte == 0xBE || byte == 0xBF || byte == 0x2C) {
      return Writes::reg;
    }
    return Writes::anything;
  }
  if (byte < 0x40) {
    if (byte >= 0x38) return Writes::nothing;  // cmp
    return (byte & 7) == 3 ? Writes::reg : (byte & 7) == 1 ? Writes::place : Writes::anything;
  }
  switch (byte) {
    case 0x85:
      return Writes::nothing;
    case op::mov_load:
    case op::lea:
    case 0x69:
    case 0x6B:
      return Writes::reg;
    case 0x80:
    case 0x81:
    case 0x83:
      return reg == static_cast<Register>(Alu::cmp) ? Writes::nothing : Writes::place;
    case op::mov_store:
    case op::mov_store8:
    case 0xC1:
    case 0xC6:
    case 0xC7:
    case 0xD1:
    case 0xD3:
      return Writes::place;
    default:
      return Writes::anything;
  }
}
/// eax holds what it held, and so does the frame's word that it holds.
bool leaves_eax(Code code, Register reg, const Place& place) {
  switch (written_by(code, reg)) {
    case Writes::nothing:
      return true;
    case Writes::reg:
      return reg != eax && reg != esp;
    case Writes::place:
      return place.is_memory ? place.memory.base != esp : place.reg != eax && place.reg != esp;
    default:
      return false;
  }
}

}  // namespace

CodeLabel Encoder::label() {
  good_ &= labels_.add({~0U, 0});
  return labels_.size() - 1;
}

void Encoder::expect(uint32_t bytes) {
  make_room(bytes);
  good_ &=
      labels_.reserve(bytes / 16) && jumps_.reserve(bytes / 32) && references_.reserve(bytes / 32);
}

void Encoder::make_room(uint32_t bytes) {
  const uint32_t used = position(), capacity = static_cast<uint32_t>(end_ - begin_);
  constexpr uint32_t kLeast = 256;
  const uint32_t wanted = bytes > capacity ? used + bytes + kLeast : 2 * capacity + bytes;
  uint8_t* const to = good_ ? arena_.make<uint8_t>(wanted) : nullptr;
  if (to == nullptr) {
    good_ = false;
    begin_ = next_ = spare_;
    end_ = spare_ + kLongest;
    return;
  }
  __builtin_memcpy(to, begin_, used);
  begin_ = to;
  next_ = to + used;
  end_ = to + wanted;
}

void Encoder::bind(CodeLabel label) {
  if (label < labels_.size()) labels_[label] = {position(), jumps_.size()};
  held_ = kNothing;
  flags_of_ = kNoRegister;
}

void Encoder::jump(CodeLabel to) {
  begin_instruction();
  const uint32_t at = position();
  byte(0xE9);
  word(0);
  good_ &= jumps_.add({at, position(), to, false, 0});
}

void Encoder::jump_if(Condition condition, CodeLabel to) {
  const int32_t held = held_;
  begin_instruction();
  held_ = held;
  const uint32_t at = position();
  byte(0x0F);
  byte(0x80 + static_cast<uint32_t>(condition));
  word(0);
  good_ &= jumps_.add({at, position(), to, false, 0});
}

void Encoder::refer(Target target, uint32_t number) {
  good_ &= references_.add({position(), target, number, jumps_.size()});
  word(0);
}

void Encoder::begin(Code code) {
  begin_instruction();
  // Not by next_, which each byte might change as far as a compiler knows.
  uint8_t* to = next_;
  if (code >> 8 != 0) [[unlikely]] {
    if (code >> 16 != 0) *to++ = static_cast<uint8_t>(code >> 16);
    if ((code >> 8 & 0xFF) != 0) *to++ = static_cast<uint8_t>(code >> 8);
  }
  *to++ = static_cast<uint8_t>(code);
  next_ = to;
}

void Encoder::modrm(Register reg, const Place& place) {
  if (place.is_memory) {
    modrm_of(place.memory, (reg & 7U) << 3);
  } else {
    byte(0xC0 | (reg & 7U) << 3 | place.reg);
  }
}

/// `middle`: the register, in its place.
void Encoder::modrm_of(const Memory& m, uint32_t middle) {
  const uint32_t base = m.base, scale = m.scale;
  if (base == kNoRegister) {
    if (m.index == kNoRegister) {
      byte(middle | 5);
    } else {
      byte(middle | 4);
      byte((scale & 3U) << 6 | static_cast<uint32_t>(m.index) << 3 | 5);
    }
    if ((scale & kOfConstants) != 0) {
      refer(Target::constants, static_cast<uint32_t>(m.offset));
    } else {
      word(static_cast<uint32_t>(m.offset));
    }
    return;
  }
  const int32_t offset = m.offset;
  uint32_t form = middle | base;
  uint8_t* to = next_ + 1;
  if (m.index != kNoRegister || base == esp) {
    const uint32_t index = m.index == kNoRegister ? 4 : m.index;
    *to++ = static_cast<uint8_t>(scale << 6 | index << 3 | base);
    form = middle | 4;
  }
  // There is room for all four bytes: as many count as are needed.
  put(to, static_cast<uint32_t>(offset));
  if (offset != 0 || base == ebp) {  // ebp has no form without an offset
    const bool small = is_byte(offset);
    form |= small ? 0x40 : 0x80;
    to += small ? 1 : 4;
  }
  *next_ = static_cast<uint8_t>(form);
  next_ = to;
}

void Encoder::op(Code code, Register reg, const Place& place) {
  const int32_t held = held_;
  begin(code);
  modrm(reg, place);
  if (held != kNothing && leaves_eax(code, reg, place)) held_ = held;
}

void Encoder::test_zero(Register r) {
  if (flags_of_ != r) op(op::test, r, r);
}

void Encoder::reload(Register to, const Place& word) {
  const bool known = to == eax && is_word_of_frame(word);
  if (known && held_ == word.memory.offset) return;
  op(op::mov_load, to, word);
  if (known) held_ = word.memory.offset;
}

void Encoder::keep(Register from, const Place& word) {
  op(op::mov_store, from, word);
  if (from == eax && is_word_of_frame(word)) held_ = word.memory.offset;
}

void Encoder::op_byte(Code code, Register reg, const Place& place, uint8_t last) {
  op(code, reg, place);
  byte(last);
}

void Encoder::alu(Alu which, Register to, const Place& from) {
  op(alu_to_register(which), to, from);
  if (which != Alu::cmp) flags_of_ = to;
}
void Encoder::alu_to_place(Alu which, const Place& to, Register from) {
  op(x86_32::alu_to_place(which), from, to);
}

void Encoder::alu_constant(Alu which, const Place& to, uint32_t constant, uint32_t bits) {
  const auto number = static_cast<Register>(which);
  if (to.is_memory && bits == 8) {
    op(0x80, number, to);
    byte(constant & 0xFF);
    return;
  }
  const bool of_16 = to.is_memory && bits == 16;
  const auto value = of_16 ? static_cast<int16_t>(constant) : static_cast<int32_t>(constant);
  const Code prefix = of_16 ? 0x66'0000U : 0U;
  if (is_byte(value)) {
    op(prefix | 0x83, number, to);
    byte(constant & 0xFF);
    if (!to.is_memory && which != Alu::cmp) flags_of_ = to.reg;
  } else if (prefix != 0) {
    op(prefix | 0x81, number, to);
    byte(constant & 0xFF);
    byte(constant >> 8 & 0xFF);
  } else {
    if (!to.is_memory && to.reg == eax) {
      begin_instruction();
      byte(static_cast<uint32_t>(number) * 8 + 5);
    } else {
      op(0x81, number, to);
    }
    word(constant);
  }
}

void Encoder::shift(Shift which, const Place& to, uint8_t count) {
  if (count == 1) {
    op(0xD1, static_cast<Register>(which), to);
  } else {
    op_byte(0xC1, static_cast<Register>(which), to, count);
  }
}
void Encoder::shift_by_cl(Shift which, const Place& to) {
  op(0xD3, static_cast<Register>(which), to);
}

void Encoder::mov_constant(const Place& to, uint32_t constant, uint32_t bits) {
  if (!to.is_memory) {
    begin_instruction();
    byte(0xB8U + to.reg);
    word(constant);
  } else if (bits == 8) {
    op(0xC6, 0, to);
    byte(constant & 0xFF);
  } else if (bits == 16) {
    op(0x66'00'C7, 0, to);
    byte(constant & 0xFF);
    byte(constant >> 8 & 0xFF);
  } else {
    op(0xC7, 0, to);
    word(constant);
  }
}

void Encoder::imul_constant(Register to, const Place& from, uint32_t constant) {
  if (is_byte(static_cast<int32_t>(constant))) {
    op_byte(0x6B, to, from, static_cast<uint8_t>(constant));
  } else {
    op(0x69, to, from);
    word(constant);
  }
}

void Encoder::test_constant(const Place& place, uint32_t constant) {
  if (!place.is_memory && place.reg == eax) {
    begin_instruction();
    byte(0xA9);
  } else {
    op(op::unary, 0, place);
  }
  word(constant);
}

void Encoder::push(Register r) { begin(0x50U + r); }
void Encoder::pop(Register r) { begin(0x58U + r); }
void Encoder::ret() { begin(0xC3); }
void Encoder::undefined() { begin(0x0F'0B); }
void Encoder::cdq() { begin(0x99); }
void Encoder::byte_swap(Register r) { begin(0x0F'C8U + r); }
void Encoder::call(Target target, uint32_t number) {
  begin(0xE8);
  refer(target, number);
}
void Encoder::call(const Place& place) { op(0xFF, 2, place); }
void Encoder::jump(Target target, uint32_t number) {
  begin(0xE9);
  refer(target, number);
}
void Encoder::jump_if(Condition condition, Target target, uint32_t number) {
  const int32_t held = held_;
  begin(0x0F'80U + static_cast<uint32_t>(condition));
  held_ = held;
  refer(target, number);
}
void Encoder::jump_to(const Place& place) { op(0xFF, 4, place); }

Place Encoder::constant(const uint8_t* bytes, uint32_t size, uint32_t align) {
  uint32_t from = constants_.size() > kSearched ? constants_.size() - kSearched : 0;
  if (from < behind_tables_) from = behind_tables_;
  for (uint32_t at = (from + align - 1) / align * align; at + size <= constants_.size();
       at += align) {
    uint32_t same = 0;
    while (same < size && constants_[at + same] == bytes[same]) ++same;
    if (same == size) {
      return in_memory({kNoRegister, kNoRegister, kOfConstants, static_cast<int32_t>(at)});
    }
  }
  while (good_ && constants_.size() % align != 0) good_ &= constants_.add(0);
  const auto at = static_cast<int32_t>(constants_.size());
  for (uint32_t i = 0; i < size; ++i) good_ &= constants_.add(bytes[i]);
  return in_memory({kNoRegister, kNoRegister, kOfConstants, at});
}

uint32_t Encoder::table(Span<const CodeLabel> labels) {
  while (good_ && constants_.size() % 4 != 0) good_ &= constants_.add(0);
  const uint32_t at = constants_.size();
  for (const CodeLabel label : labels) {
    good_ &= references_.add({constants_.size(), Target::label, label, 0});
    for (int i = 0; i < 4; ++i) good_ &= constants_.add(0);
  }
  behind_tables_ = constants_.size();
  return at;
}

Place Encoder::table_entry(uint32_t table, Register index) {
  return in_memory({kNoRegister, index, kOfConstants | 2, static_cast<int32_t>(table)});
}

}  // namespace jit
