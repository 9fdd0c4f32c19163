// What is known of a function's code and frame, beside what its code does.
#include "interpreter/lowering.h"
#include "interpreter/machine.h"

namespace jit {

BlockId Lowering::loop_around(uint32_t cell) const {
  // Blocks stand one behind the other, then edges, each with the label that was made last.
  BlockId block = 0;
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    if (assembler_.position(b) != kNone && cell_of(b) <= cell) block = b;
  }
  for (const Edge& edge : edges_) {
    if (prologue_.size() + assembler_.position(edge.label) <= cell) block = edge.to;
  }
  return plan_.loop_heads[block];
}

bool Lowering::describe(BlockId head, FrameMap& map) const {
  if (assembler_.position(head) == kNone) return false;
  map.first = body_.blocks[head].first;
  map.has_memory = has_memory_;
  map.memory_slot = place_slot();
  map.before_slot = before_slot();
  for (uint32_t v = 0; v < body_.values.size; ++v) {
    map.slots[v] = map.places[v] = kNone;
    const Value& value = body_.values[v];
    if (value.kind == ValueKind::instruction && plan_.folds[v] == Fold::place) {
      map.places[v] = place_offset(body_.instructions[value.index]);
    } else if (value.kind == ValueKind::instruction || value.kind == ValueKind::argument) {
      uint32_t slot = 0;
      if (find(body_.base + v, slot)) map.slots[v] = slot;
    }
  }
  return true;
}

}  // namespace jit
