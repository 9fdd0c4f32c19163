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
      Cell* const cells = code_.make<Cell>(lowering.size());
      number = islands_.size();
      frame_bytes = lowering.island_bytes();
      good = cells != nullptr && islands_.add({{cells, lowering.size()}, lowering.is_movable()});
      if (good) {
        lowering.finish(cells);
        cells_ += lowering.size();
      } else {
        state_.fault.what.add("no memory for code");
      }
    }
    scratch.release(before);
    if (!good) return false;
  }
  return true;
}

bool Islands::restore(uint32_t number, Span<const uint8_t> cells) {
  const uint32_t count = cells.size / static_cast<uint32_t>(sizeof(Cell));
  Cell* const code = code_.make<Cell>(count);
  if (code == nullptr || number < islands_.size()) return false;
  __builtin_memcpy(code, cells.data, count * sizeof(Cell));
  while (islands_.size() < number) {
    if (!islands_.add({})) return false;
  }
  cells_ += count;
  return islands_.add({{code, count}, true});
}

}  // namespace jit
