#include "interpreter/helpers.h"

#include "interpreter/layout.h"

namespace jit {
namespace {

uint8_t* bytes_at(uint32_t* frame, Cell slot) { return reinterpret_cast<uint8_t*>(frame) + slot; }
uint32_t& word_at(uint32_t* frame, Cell slot) { return frame[slot / 4]; }

uint64_t read_bytes(const uint8_t* from, uint32_t count) {
  uint64_t value = 0;
  for (uint32_t i = count; i-- > 0;) value = value << 8 | from[i];
  return value;
}
void write_bytes(uint8_t* to, uint64_t value, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) to[i] = static_cast<uint8_t>(value >> (8 * i));
}

int64_t sign(uint64_t x, uint32_t bits) {
  return static_cast<int64_t>(x << (64 - bits)) >> (64 - bits);
}

/// In steps of words where both sides allow; the ranges may overlap.
void move_bytes(uint8_t* to, const uint8_t* from, uint32_t count) {
  __builtin_memmove(to, from, count);
}

bool push(State& state, uint32_t bytes, uint32_t align, uint32_t& place) {
  const uint32_t left = state.stack_pointer - state.stack_low;
  if (bytes > left || align > left - bytes) return false;
  place = (state.stack_pointer - bytes) & (0 - align) & ~15U;
  if (place < state.stack_low) return false;
  state.stack_pointer = place;
  return true;
}

}  // namespace

Outcome allocate_on_stack(State& state, uint32_t* frame, const Cell* cells) {
  const uint64_t bytes = uint64_t{word_at(frame, cells[1])} * cells[2];
  uint32_t place = 0;
  if (bytes > 0x7FFF'FFFF ||
      !push(state, static_cast<uint32_t>(bytes), static_cast<uint32_t>(cells[3]), place)) {
    return Outcome::stack_overflow;
  }
  word_at(frame, cells[0]) = place;
  return Outcome::returned;
}

Outcome save_stack(State& state, uint32_t* frame, const Cell* cells) {
  word_at(frame, cells[0]) = state.stack_pointer;
  return Outcome::returned;
}

Outcome restore_stack(State& state, uint32_t* frame, const Cell* cells) {
  const uint32_t place = word_at(frame, cells[0]);
  if (place < state.stack_pointer || place > state.high) return Outcome::wild_access;
  state.stack_pointer = place;
  return Outcome::returned;
}

Outcome compare_exchange(State& state, uint32_t* frame, const Cell* cells) {
  const auto bits = static_cast<uint32_t>(cells[0]);
  const uint32_t bytes = bits / 8, slot_bytes = bits > 32 ? 8 : 4;
  uint8_t* const place = state.at(word_at(frame, cells[2]), bytes);
  if (place == nullptr) return Outcome::wild_access;
  const uint64_t old = read_bytes(place, bytes);
  const bool equal = old == read_bytes(bytes_at(frame, cells[3]), bytes);
  if (equal) write_bytes(place, read_bytes(bytes_at(frame, cells[4]), bytes), bytes);
  write_bytes(bytes_at(frame, cells[1]), old, slot_bytes);
  write_bytes(bytes_at(frame, cells[1]) + slot_bytes, equal ? 1 : 0, 4);
  return Outcome::returned;
}

Outcome atomic_update(State& state, uint32_t* frame, const Cell* cells) {
  const auto op = static_cast<AtomicOp>(cells[0]);
  const auto bits = static_cast<uint32_t>(cells[1]);
  const uint32_t bytes = bits / 8;
  uint8_t* const place = state.at(word_at(frame, cells[3]), bytes);
  if (place == nullptr) return Outcome::wild_access;
  const uint64_t old = read_bytes(place, bytes);
  const uint64_t value = read_bytes(bytes_at(frame, cells[4]), bytes);
  uint64_t r = value;
  switch (op) {
    case AtomicOp::xchg:
      break;
    case AtomicOp::add:
      r = old + value;
      break;
    case AtomicOp::sub:
      r = old - value;
      break;
    case AtomicOp::and_:
      r = old & value;
      break;
    case AtomicOp::nand:
      r = ~(old & value);
      break;
    case AtomicOp::or_:
      r = old | value;
      break;
    case AtomicOp::xor_:
      r = old ^ value;
      break;
    case AtomicOp::max:
      r = sign(old, bits) > sign(value, bits) ? old : value;
      break;
    case AtomicOp::min:
      r = sign(old, bits) < sign(value, bits) ? old : value;
      break;
    case AtomicOp::umax:
      r = old > value ? old : value;
      break;
    case AtomicOp::umin:
      r = old < value ? old : value;
      break;
  }
  write_bytes(place, r, bytes);
  write_bytes(bytes_at(frame, cells[2]), old, bits > 32 ? 8 : 4);
  return Outcome::returned;
}

Outcome load_bytes(State& state, uint32_t* frame, const Cell* cells) {
  const auto bytes = static_cast<uint32_t>(cells[0]);
  const uint8_t* const place = state.at(word_at(frame, cells[2]), bytes);
  if (place == nullptr) return Outcome::wild_access;
  write_bytes(bytes_at(frame, cells[1]), read_bytes(place, bytes), bytes > 4 ? 8 : 4);
  return Outcome::returned;
}

Outcome store_bytes(State& state, uint32_t* frame, const Cell* cells) {
  const auto bytes = static_cast<uint32_t>(cells[0]);
  uint8_t* const place = state.at(word_at(frame, cells[2]), bytes);
  if (place == nullptr) return Outcome::wild_access;
  write_bytes(place, read_bytes(bytes_at(frame, cells[1]), bytes), bytes);
  return Outcome::returned;
}

Outcome move_memory(State& state, uint32_t* frame, const Cell* cells) {
  const uint32_t bytes = word_at(frame, cells[2]);
  if (bytes == 0) return Outcome::returned;
  uint8_t* const to = state.at(word_at(frame, cells[0]), bytes);
  const uint8_t* const from = state.at(word_at(frame, cells[1]), bytes);
  if (to == nullptr || from == nullptr) return Outcome::wild_access;
  move_bytes(to, from, bytes);
  return Outcome::returned;
}

Outcome fill_memory(State& state, uint32_t* frame, const Cell* cells) {
  const uint32_t bytes = word_at(frame, cells[2]);
  if (bytes == 0) return Outcome::returned;
  uint8_t* const to = state.at(word_at(frame, cells[0]), bytes);
  if (to == nullptr) return Outcome::wild_access;
  __builtin_memset(to, static_cast<int>(word_at(frame, cells[1]) & 0xFF), bytes);
  return Outcome::returned;
}

Outcome copy_by_value(State& state, uint32_t* frame, const Cell* cells) {
  const auto bytes = static_cast<uint32_t>(cells[3]);
  const uint32_t place = word_at(frame, cells[0]) + static_cast<uint32_t>(cells[1]);
  if (bytes > 0) {
    uint8_t* const to = state.at(place, bytes);
    const uint8_t* const from = state.at(word_at(frame, cells[2]), bytes);
    if (to == nullptr || from == nullptr) return Outcome::wild_access;
    move_bytes(to, from, bytes);
  }
  word_at(frame, cells[4]) = place;
  return Outcome::returned;
}

}  // namespace jit
