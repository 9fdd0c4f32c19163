// The code of by_lanes.cpp: lanes that change places, are put in, and taken out.
#include "compiler/generator.h"
#include "compiler/shuffles.h"

namespace jit {

using namespace x86_32;

void Generator::shuffle_lanes(const Instruction& i, const LanePlaces& at) {
  uint32_t mask[kMaxLaneSlots] = {};
  (void)constants_.slots(operand(i, 2), mask);
  const Lanes l = lanes_of(module_, i.type);
  const uint32_t count = lanes_of(module_, type_of(operand(i, 0))).count;
  const uint32_t step = l.bytes == 8 ? 4 : l.bytes;
  const Lanes part = {1, step, step * 8, false};
  for (uint32_t offset = 0; offset < l.size(); offset += step) {
    const uint32_t lane = mask[offset / l.bytes] % (count * 2);
    const Place& from = at.operands[lane < count ? 0 : 1];
    load_lane(moved_by(from, lane % count * l.bytes + offset % l.bytes), part, false);
    store_lane(moved_by(at.to, offset), step);
  }
}

/// Where all consist of vectors of 128 bits: each of the result's of two others at most. `emit`:
/// else it is only asked whether so.
bool Generator::shuffle_chunks(const Instruction& i, bool emit) {
  uint32_t mask[kMaxLaneSlots] = {};
  (void)constants_.slots(operand(i, 2), mask);
  const Lanes to = lanes_of(module_, i.type), of = lanes_of(module_, type_of(operand(i, 0)));
  if (to.bytes != 4 || to.count % 4 != 0 || of.count % 4 != 0) return false;
  const auto fetch = [&](Register into, uint32_t chunk) {
    const uint32_t first = of.count / 4;
    const ValueId id = operand(i, chunk < first ? 0 : 1);
    if (is_undefined(id)) return true;
    const bool packed = kind(id) == PartKind::packed;
    if (!packed && !(has_variable(id) && role(id) == Role::variable)) return false;
    if (emit) {
      const Place from = packed ? vector(id) : memory_of(variable(id), chunk % first * 16);
      move_vector(PartKind::packed, in_register(into), from);
    }
    return true;
  };
  for (uint32_t r = 0; r < to.count; r += 4) {
    uint32_t chunks[2] = {}, found = 0, local[4] = {};
    for (uint32_t k = 0; k < 4; ++k) {
      const uint32_t lane = mask[r + k] % (of.count * 2);
      uint32_t c = 0;
      while (c < found && chunks[c] != lane / 4) ++c;
      if (c == 2) return false;
      if (c == found) chunks[found++] = lane / 4;
      local[k] = lane % 4 + 4 * c;
    }
    if (!fetch(xmm7, chunks[0]) || (found == 2 && !fetch(xmm6, chunks[1]))) return false;
    const Shuffle s = find_shuffle(local, 4);
    if (s.code == 0) return false;
    if (!emit) continue;
    Register in = s.exchanged ? xmm6 : xmm7;
    const Place other = in_register(s.single ? in : s.exchanged ? xmm7 : xmm6);
    s.has_control ? encoder_.op_byte(s.code, in, other, s.control) : encoder_.op(s.code, in, other);
    const Place place = to.count == 4 ? result(i) : memory_of(variable(i.result), r * 4);
    move_vector(PartKind::packed, place, in_register(in));
  }
  return true;
}

/// Of a vector in the frame, the lane that operand `k` of `i` names; uses eax where it is computed.
/// One that is not there is the first.
Place Generator::lane_place(const Instruction& i, uint32_t k, const Place& vector) {
  const Lanes l = lanes_of(module_, type_of(operand(i, 0)));
  if (is_lane_number(i, k)) {
    uint32_t words[2] = {};
    (void)constants_.slots(operand(i, k), words);
    return moved_by(vector, words[0] * l.bytes);
  }
  load(eax, word(operand(i, k)));
  encoder_.alu_constant(Alu::cmp, in_register(eax), l.count);
  encoder_.op(op::cmov + static_cast<uint32_t>(Condition::above_equal), eax,
              constant_bytes(0, 0, 4));
  Place lane = vector;
  lane.memory.index = eax;
  lane.memory.scale = static_cast<uint8_t>(l.bytes == 8 ? 3 : l.bytes == 4 ? 2 : l.bytes - 1);
  return lane;
}

/// The result may be where the vector is, and where the element is, if it is one that waits in a
/// register meanwhile: then `early` is false (needs_of).
void Generator::insert_lane(const Instruction& i, const LanePlaces& at) {
  const Lanes l = lanes_of(module_, i.type);
  const ValueId element = operand(i, 1);
  const PartKind what = kind(element);
  Register value = eax;
  if (is_vector_register(what)) {
    value = vector_register(element, xmm6);
  } else if (is_lane_number(i, 2) && what == PartKind::word) {
    load(eax, word(element));
  }
  if (!is_undefined(operand(i, 0))) copy_slots(at.to, at.operands[0], slots_of(module_, i.type));
  if (is_vector_register(what)) {
    move_vector(what, lane_place(i, 2, at.to), in_register(value));
    return;
  }
  if (is_lane_number(i, 2) && what == PartKind::word) {
    store_lane(lane_place(i, 2, at.to), l.bytes);
    return;
  }
  load(eax, word(element, 0));
  encoder_.op(op::movd_load, xmm7, in_register(eax));
  if (what == PartKind::pair) {
    load(eax, word(element, 1));
    encoder_.op(op::movd_load, xmm6, in_register(eax));
  }
  const Place lane = lane_place(i, 2, at.to);
  encoder_.op(op::movd_store, xmm7, lane);
  if (what == PartKind::pair) encoder_.op(op::movd_store, xmm6, moved_by(lane, 4));
}

void Generator::extract_lane(const Instruction& i, const LanePlaces& at) {
  const Lanes l = lanes_of(module_, type_of(operand(i, 0)));
  const Place lane = lane_place(i, 1, at.operands[0]);
  if (kind(i.result) == PartKind::word) {
    load_lane(lane, l, false);
    finish(result(i), eax);
  } else {
    from_slots(i, lane);
  }
}

}  // namespace jit
