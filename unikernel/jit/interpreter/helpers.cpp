#include "interpreter/helpers.h"

#include "interpreter/runtime.h"
#include "support/bytes.h"

namespace jit {
namespace {

uint32_t& word_at(uint32_t* frame, Cell slot) { return frame[slot / 4]; }

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
  const uint64_t old = read_little(place, bytes);
  const bool equal = old == read_little(bytes_at(frame, cells[3]), bytes);
  if (equal) write_little(place, read_little(bytes_at(frame, cells[4]), bytes), bytes);
  write_little(bytes_at(frame, cells[1]), old, slot_bytes);
  write_little(bytes_at(frame, cells[1]) + slot_bytes, equal ? 1 : 0, 4);
  return Outcome::returned;
}

Outcome atomic_update(State& state, uint32_t* frame, const Cell* cells) {
  const auto op = static_cast<AtomicOp>(cells[0]);
  const auto bits = static_cast<uint32_t>(cells[1]);
  const uint32_t bytes = bits / 8;
  uint8_t* const place = state.at(word_at(frame, cells[3]), bytes);
  if (place == nullptr) return Outcome::wild_access;
  const uint64_t old = read_little(place, bytes);
  const uint64_t value = read_little(bytes_at(frame, cells[4]), bytes);
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
      r = signed_number(old, bits) > signed_number(value, bits) ? old : value;
      break;
    case AtomicOp::min:
      r = signed_number(old, bits) < signed_number(value, bits) ? old : value;
      break;
    case AtomicOp::umax:
      r = old > value ? old : value;
      break;
    case AtomicOp::umin:
      r = old < value ? old : value;
      break;
  }
  write_little(place, r, bytes);
  write_little(bytes_at(frame, cells[2]), old, bits > 32 ? 8 : 4);
  return Outcome::returned;
}

Outcome load_bytes(State& state, uint32_t* frame, const Cell* cells) {
  const auto bytes = static_cast<uint32_t>(cells[0]);
  const uint8_t* const place = state.at(word_at(frame, cells[2]), bytes);
  if (place == nullptr) return Outcome::wild_access;
  write_little(bytes_at(frame, cells[1]), read_little(place, bytes), bytes > 4 ? 8 : 4);
  return Outcome::returned;
}

Outcome store_bytes(State& state, uint32_t* frame, const Cell* cells) {
  const auto bytes = static_cast<uint32_t>(cells[0]);
  uint8_t* const place = state.at(word_at(frame, cells[2]), bytes);
  if (place == nullptr) return Outcome::wild_access;
  write_little(place, read_little(bytes_at(frame, cells[1]), bytes), bytes);
  return Outcome::returned;
}

Outcome move_memory(State& state, uint32_t* frame, const Cell* cells) {
  return move(state, word_at(frame, cells[0]), word_at(frame, cells[1]), word_at(frame, cells[2]));
}

Outcome fill_memory(State& state, uint32_t* frame, const Cell* cells) {
  return fill(state, word_at(frame, cells[0]), word_at(frame, cells[1]), word_at(frame, cells[2]));
}

Outcome copy_by_value(State& state, uint32_t* frame, const Cell* cells) {
  const uint32_t place = word_at(frame, cells[0]) + static_cast<uint32_t>(cells[1]);
  word_at(frame, cells[4]) = place;
  return move(state, place, word_at(frame, cells[2]), static_cast<uint32_t>(cells[3]));
}

}  // namespace jit
