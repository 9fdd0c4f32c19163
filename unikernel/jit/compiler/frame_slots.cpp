#include "compiler/frame_slots.h"

namespace jit {

bool FrameSlots::number() {
  const uint32_t count = values_.size;
  number_in_frame_ = {arena_.make<uint32_t>(count), count};
  in_frame_ = {arena_.make<uint32_t>(count), 0};
  if (arena_.exhausted()) return false;
  for_each_paced(arena_, count, 2, [&](uint32_t v) {
    number_in_frame_[v] = kNone;
    if (!is_in_frame(v)) return;
    number_in_frame_[v] = in_frame_.size;
    in_frame_.data[in_frame_.size++] = v;
  });
  placed_ = {arena_.make<Placed>(in_frame_.size), in_frame_.size};
  if (arena_.exhausted()) return false;
  for (Placed& placed : placed_) placed = {};
  return neighbours_.make(arena_, in_frame_.size, in_frame_.size);
}

void FrameSlots::place(bool neighbours_are_known) {
  for (uint32_t v = 0; v < body_.arguments; ++v) {
    Variable& variable = a_.variables[v];
    variable.incoming = true;
    variable.slot = a_.argument_bytes;
    a_.argument_bytes += 4 * slots_of(module_, body_.values[v].type);
  }
  for (uint32_t v = body_.arguments, k = 0; v < values_.size; ++v) {
    if (!is_in_frame(v)) continue;
    arena_.step(3);
    const uint32_t bytes = 4 * slots_of(module_, type_of(v));
    // Of two words, what takes the place of another takes both: with one of them only, an
    // instruction could write its low word over the other's high one before that is read.
    const uint32_t align = a_.variables[v].kind == PartKind::packed ? 16 : bytes >= 8 ? 8 : 4;
    uint32_t at = 0;
    for (bool moved = neighbours_are_known; moved;) {
      moved = false;
      uint32_t count = in_frame_.size / 32;
      neighbours_.for_each(k, [&](uint32_t number) {
        ++count;
        const Placed& other = placed_[number];
        if (other.begin < at + bytes && at < other.end) {
          at = (other.end + align - 1) & ~(align - 1);
          moved = true;
        }
      });
      arena_.step(count / 8);
    }
    if (neighbours_are_known) placed_[k] = {at, at + bytes};
    ++k;
    if (!neighbours_are_known) at = (a_.slot_bytes + align - 1) & ~(align - 1);
    a_.variables[v].slot = at;
    if (at + bytes > a_.slot_bytes) a_.slot_bytes = at + bytes;
  }
}

}  // namespace jit
