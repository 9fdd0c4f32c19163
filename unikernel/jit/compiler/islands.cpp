#include "compiler/islands.h"

#include "interpreter/lowering.h"

namespace jit {

bool Islands::begin(const Body& body, Arena& scratch) {
  const uint32_t count = body.values.size;
  body_ = &body;
  plan_ = {};
  plan_.folds = {scratch.make<Fold>(count), count};
  plan_.uses = {scratch.make<uint32_t>(count), count};
  plan_.slots = {scratch.make<uint32_t>(count), count};
  if (scratch.exhausted()) return false;
  for (uint32_t v = 0; v < count; ++v) {
    plan_.folds[v] = Fold::none;
    plan_.uses[v] = 1;
    plan_.slots[v] = kNone;
  }
  return true;
}

bool Islands::make(const Constants& constants, const Instruction& instruction, uint32_t slot_bytes,
                   Arena& scratch, uint32_t& number, uint32_t& frame_bytes) {
  plan_.frame_slots = (slot_bytes + 3) / 4;
  Lowering::Sizes sizes;
  for (bool fits = false; !fits;) {
    const Arena::Mark before = scratch.mark();
    Lowering lowering(state_, *body_, plan_, constants, scratch, handlers_, sizes);
    bool good = lowering.run_island(instruction);
    fits = lowering.fits();
    sizes = lowering.needed();
    if (good && fits) {
      Island* const island = add(lowering.size(), number);
      frame_bytes = lowering.island_bytes();
      good = island != nullptr;
      if (good) {
        lowering.finish(island->room.data);
        island->movable = lowering.is_movable();
      } else {
        state_.fault.what.add("no memory for code");
      }
    }
    scratch.release(before);
    if (!good) return false;
  }
  return true;
}

Islands::Island* Islands::add(uint32_t size, uint32_t& number) {
  number = islands_.size();
  for (uint32_t k = 0; unused_ > 0 && k < number; ++k) {
    const Island& island = islands_[k];
    if (island.code.empty() && island.room.size >= size) number = k;
  }
  if (number == islands_.size()) {
    Cell* const cells = code_.make<Cell>(size);
    if (cells == nullptr || !islands_.add({{}, false, kNone, {cells, size}})) return nullptr;
    cells_ += size;
  } else {
    --unused_;
  }
  Island& island = islands_[number];
  island.code = {island.room.data, size};
  append(number);
  return &island;
}

void Islands::append(uint32_t number) {
  islands_[number].next = kNone;
  (last_ == kNone ? first_ : islands_[last_].next) = number;
  last_ = number;
}

bool Islands::restore(uint32_t number, Span<const uint8_t> cells) {
  const uint32_t count = cells.size / static_cast<uint32_t>(sizeof(Cell));
  while (islands_.size() <= number) {
    if (!islands_.add({})) return false;
    ++unused_;
  }
  Cell* const code = code_.make<Cell>(count);
  if (code == nullptr || !islands_[number].code.empty()) return false;
  __builtin_memcpy(code, cells.data, count * sizeof(Cell));
  islands_[number] = {{code, count}, true, kNone, {code, count}};
  cells_ += count;
  --unused_;
  append(number);
  return true;
}

void Islands::release(uint32_t first) {
  while (first != kNone) {
    Island& island = islands_[first];
    first = island.next;
    island.code = {};
    island.next = kNone;
    ++unused_;
  }
}

}  // namespace jit
