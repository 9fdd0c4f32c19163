// Moves between places: of single values, and of all phis of a block at once.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

void Generator::load(Register to, const Source& from) {
  if (from.is_constant) {
    encoder_.mov_constant(in_register(to), from.constant);
  } else if (from.place.is_memory || from.place.reg != to) {
    is_of_variable(from.place) ? encoder_.reload(to, from.place)
                               : encoder_.op(op::mov_load, to, from.place);
  }
}

void Generator::load_or_clear(Register to, const Source& from) {
  if (from.is_constant && from.constant == 0) {
    encoder_.clear(to);
  } else {
    load(to, from);
  }
}

/// Nothing that the program knows an address of.
bool Generator::is_of_variable(const Place& place) const {
  const auto offset = static_cast<uint32_t>(place.memory.offset);
  return place.is_memory && place.memory.base == esp &&
         (offset < slots_begin_ + slots_total_ || offset >= frame_);
}

void Generator::move(const Place& to, const Source& from) {
  if (!to.is_memory) {
    load(to.reg, from);
  } else if (from.is_constant) {
    encoder_.mov_constant(to, from.constant);
  } else if (!from.place.is_memory) {
    is_of_variable(to) ? encoder_.keep(from.place.reg, to)
                       : encoder_.op(op::mov_store, from.place.reg, to);
  } else if (!same_place(to, from.place)) {
    // Through an SSE register: eax may be part of an address.
    encoder_.op(op::movd_load, xmm7, from.place);
    encoder_.op(op::movd_store, xmm7, to);
  }
}

void Generator::move_freely(const Place& to, const Source& from) {
  const bool through_eax = to.is_memory && to.memory.base != eax && to.memory.index != eax &&
                           !from.is_constant && from.place.is_memory && !same_place(to, from.place);
  if (!through_eax) {
    move(to, from);
    return;
  }
  load(eax, from);
  move(to, source_at(in_register(eax)));
}

bool Generator::same_place(const Place& a, const Place& b) {
  if (a.is_memory != b.is_memory) return false;
  if (!a.is_memory) return a.reg == b.reg;
  return a.memory.base == b.memory.base && a.memory.index == b.memory.index &&
         a.memory.scale == b.memory.scale && a.memory.offset == b.memory.offset;
}

void Generator::move_vector(PartKind kind, const Place& to, const Place& from) {
  if (same_place(to, from)) return;
  if (to.is_memory && from.is_memory) {
    move_vector(kind, in_register(xmm7), from);
    move_vector(kind, to, in_register(xmm7));
    return;
  }
  if (!to.is_memory && !from.is_memory) {
    encoder_.op(op::movaps, to.reg, from);
    return;
  }
  const bool store = to.is_memory;
  const Place& memory = store ? to : from;
  const Register reg = store ? from.reg : to.reg;
  switch (kind) {
    case PartKind::single:
      encoder_.op(store ? op::movss_store : op::movss_load, reg, memory);
      break;
    case PartKind::real:
      encoder_.op(store ? op::movsd_store : op::movsd_load, reg, memory);
      break;
    case PartKind::half:
      encoder_.op(store ? op::movq_store : op::movq_load, reg, memory);
      break;
    default:
      encoder_.op(store ? op::movups_store : op::movups, reg, memory);
  }
}

/// The low `bits` of `from` to memory. eax is free, or part of the address.
void Generator::store_word(const Place& to, const Source& from, uint32_t bits) {
  if (from.is_constant) {
    encoder_.mov_constant(to, from.constant, bits);
    return;
  }
  if (bits == 32) {
    move_freely(to, from);
    return;
  }
  const Code code = bits == 8 ? op::mov_store8 : op::mov_store16;
  if (!from.place.is_memory && (bits != 8 || has_low_byte(from.place.reg))) {
    encoder_.op(code, from.place.reg, to);
    return;
  }
  const bool eax_is_free = to.memory.base != eax && to.memory.index != eax;
  if (eax_is_free) {
    load(eax, from);
    encoder_.op(code, eax, to);
    return;
  }
  // A register that is not part of the address, for a moment.
  Register other = edx;
  while (to.memory.base == other || to.memory.index == other) --other;
  encoder_.op(op::movd_load, xmm7, in_register(other));
  load(other, from);
  encoder_.op(code, other, to);
  encoder_.op(op::movd_store, xmm7, in_register(other));
}

void Generator::copy_slots(const Place& to, const Place& from, uint32_t slots) {
  if (same_place(to, from)) return;
  // Upwards or downwards, as what overlaps needs it.
  const bool down = to.memory.base == from.memory.base && to.memory.offset > from.memory.offset;
  for (uint32_t done = 0; done < slots;) {
    const uint32_t step = slots - done >= 4 ? 4 : 1;
    const uint32_t at = down ? slots - done - step : done;
    encoder_.op(step == 4 ? op::movups : op::movd_load, xmm7, moved_by(from, at * 4));
    encoder_.op(step == 4 ? op::movups_store : op::movd_store, xmm7, moved_by(to, at * 4));
    done += step;
  }
}

void Generator::to_slots(ValueId id, const Place& slots) {
  const PartKind what = kind(id);
  switch (what) {
    case PartKind::word:
      move_freely(slots, word(id));
      return;
    case PartKind::pair:
      move_freely(slots, word(id, 0));
      move_freely(moved_by(slots, 4), word(id, 1));
      return;
    case PartKind::none:
      return;
    default:
      break;
  }
  if (constants_.is_constant(id)) {
    const uint32_t count = slots_of(module_, type_of(id));
    uint32_t* const words = arena_.make<uint32_t>(count);
    if (words == nullptr || !constants_.slots(id, words)) {
      refuse("a constant that is not computed");
      return;
    }
    for (uint32_t k = 0; k < count; ++k) encoder_.mov_constant(moved_by(slots, k * 4), words[k]);
    return;
  }
  if (what != PartKind::memory) {
    move_vector(what, slots, vector(id));
    return;
  }
  const ValueId behind = behind_aliases(body_, selection_, id);
  if (constants_.is_constant(behind)) {
    to_slots(behind, slots);
    return;
  }
  copy_slots(slots, memory_of(variable(behind), 0), slots_of(module_, type_of(behind)));
}

void Generator::from_slots(const Instruction& i, const Place& slots) {
  if (i.result == kNone || !has_variable(i.result) || !is_used(i)) return;
  const PartKind what = part_kind(module_, i.type);
  switch (what) {
    case PartKind::word:
      move_freely(result(i), source_at(slots));
      return;
    case PartKind::pair:
      // The first does not take eax where the second is found by it.
      slots.memory.base == eax || slots.memory.index == eax
          ? move(result(i, 0), source_at(slots))
          : move_freely(result(i, 0), source_at(slots));
      move_freely(result(i, 1), source_at(moved_by(slots, 4)));
      return;
    case PartKind::none:
      return;
    case PartKind::memory:
      copy_slots(memory_of(variable(i.result), 0), slots, slots_of(module_, i.type));
      return;
    default:
      move_vector(what, result(i), slots);
  }
}

// ---- phis

/// One part of a phi's value, on one edge.
struct Generator::Move {
  PartKind kind;  // word, single, real, packed; memory: `slots` of them
  Place to;
  Source from;  // of vectors the place alone
  uint32_t slots;
  ValueId address;  // not kNone: the address of an alloca, or of one
  bool done;
  bool aside = false;  // `from` is where it stepped aside
};

bool Generator::collect(BlockId from, BlockId to, List<Move>* list) {
  const Block& block = body_.blocks[to];
  bool any = false;
  const auto add = [&](PartKind kind, const Place& place, const Source& source, uint32_t slots,
                       ValueId address) {
    if (!source.is_constant && address == kNone && same_place(place, source.place)) return;
    any = true;
    if (list == nullptr) return;
    Move* const move = list->extend();
    if (move == nullptr) return static_cast<void>(refuse("no memory for code"));
    move->kind = kind;
    move->to = place;
    move->from = source;
    move->slots = slots;
    move->address = address;
    move->done = move->aside = false;
  };
  for (uint32_t k = block.first; k < block.first + block.count; ++k) {
    if (any && list == nullptr) return true;
    const Instruction& phi = body_.instructions[k];
    if (phi.op != Opcode::phi) break;
    if (!has_variable(phi.result) || !is_used(phi)) continue;
    ValueId id = kNone;
    for (uint32_t p = 0; p + 1 < phi.count && id == kNone; p += 2) {
      if (operand(phi, p + 1) == from) id = operand(phi, p);
    }
    if (id == kNone || is_undefined(id)) continue;
    id = behind_aliases(body_, selection_, id);
    // Most share the phi's place.
    const Span<uint32_t> variables = allocation_.variable;
    if (id >= body_.base && variables[id - body_.base] == variables[phi.result - body_.base]) {
      continue;
    }
    const Variable& target = variable(phi.result);
    const PartKind what = part_kind(module_, phi.type);
    const bool constant = constants_.is_constant(id);
    switch (what) {
      case PartKind::word:
      case PartKind::pair:
        for (uint32_t part = 0; part < slots_of_kind(what); ++part) {
          const bool named = constant || role(id) == Role::variable;
          add(PartKind::word, place_of(target, part), named ? word(id, part) : Source{}, 1,
              named ? kNone : id);
        }
        break;
      case PartKind::memory:
        add(what, memory_of(target, 0), constant ? Source{} : source_at(memory_of(variable(id), 0)),
            slots_of(module_, phi.type), constant ? id : kNone);
        break;
      default:
        add(what, place_of(target, 0), constant ? Source{} : source_at(place_of(variable(id), 0)),
            slots_of_kind(what), constant ? id : kNone);
    }
  }
  return any;
}

namespace {

bool is_vector(PartKind kind) { return is_vector_register(kind); }

/// Whether writing `bytes` at `a` changes what `other_bytes` at `b` are.
bool overlap(const Place& a, bool vector_a, uint32_t bytes, const Place& b, bool vector_b,
             uint32_t other_bytes) {
  if (a.is_memory != b.is_memory) return false;
  if (!a.is_memory) return vector_a == vector_b && a.reg == b.reg;
  const auto at = a.memory.offset, other = b.memory.offset;
  return at < other + static_cast<int32_t>(other_bytes) && other < at + static_cast<int32_t>(bytes);
}

}  // namespace

/// On an edge, where nobody looks at the flags.
void Generator::emit_move(const Move& m, bool eax_is_free) {
  if (m.address != kNone) {
    if (m.kind == PartKind::word) {
      move(m.to, word(m.address));
    } else if (m.kind == PartKind::memory) {
      to_slots(m.address, m.to);
    } else {
      move_vector(m.kind, m.to, vector(m.address));
    }
  } else if (m.kind == PartKind::word) {
    if (!m.to.is_memory) {
      load_or_clear(m.to.reg, m.from);
    } else if (eax_is_free) {
      move_freely(m.to, m.from);
    } else {
      move(m.to, m.from);
    }
  } else if (m.kind == PartKind::memory) {
    copy_slots(m.to, m.from.place, m.slots);
  } else {
    move_vector(m.kind, m.to, m.from.place);
  }
}

/// All at once, as phis mean it: what one reads, no other has written before.
void Generator::moves(BlockId from, BlockId to) {
  List<Move> list(arena_);
  if (!collect(from, to, &list)) return;
  const auto reads = [](const Move& m) { return m.address == kNone && !m.from.is_constant; };
  const auto blocks = [&](const Move& writer, const Move& reader) {
    return &writer != &reader && !reader.done && reads(reader) &&
           overlap(writer.to, is_vector(writer.kind), writer.slots * 4, reader.from.place,
                   is_vector(reader.kind), reader.slots * 4);
  };
  const auto is_free = [&](const Place& place, bool vector) {
    for (const Move& m : list) {
      if (!m.done && m.aside && is_vector(m.kind) == vector && same_place(m.from.place, place)) {
        return false;
      }
    }
    return true;
  };
  uint32_t left = 0;
  for (const Move& m : list) left += reads(m) ? 1 : 0;
  uint32_t aside_bytes = 0;
  while (left > 0) {
    bool moved = false;
    for (Move& m : list) {
      if (m.done || !reads(m)) continue;
      bool free = true;
      for (const Move& other : list) free &= !blocks(m, other);
      if (!free) continue;
      emit_move(m, is_free(in_register(eax), false));
      m.done = true;
      --left;
      moved = true;
    }
    if (moved) continue;
    // Only rings are left: a value steps aside. Where a wide one waits for several, so does the
    // next. Among registers each ring is over before that, so that only others need the frame.
    for (Move& m : list) {
      if (m.done || m.aside || !reads(m)) continue;
      Place aside = slot_place(aside_slots_ + aside_bytes);
      if (m.kind == PartKind::word && is_free(in_register(eax), false)) {
        aside = in_register(eax);
      } else if (is_vector(m.kind) && has_xmm6_ && is_free(in_register(xmm6), true)) {
        aside = in_register(xmm6);
      } else {
        aside_bytes += m.slots * 4;
      }
      Move step = m;
      step.to = aside;
      emit_move(step, is_free(in_register(eax), false));
      m.from.place = aside;
      m.aside = true;
      break;
    }
  }
  // What reads nothing comes last, when eax is free.
  for (const Move& m : list) {
    if (!reads(m)) emit_move(m, true);
  }
}

}  // namespace jit
