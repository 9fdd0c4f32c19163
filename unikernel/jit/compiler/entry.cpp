// The way into a loop that has been interpreted so far (entry_point.h).
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

/// What strength reduction has made, of values that the interpreter has.
struct Generator::LinearSum {
  static constexpr uint32_t kTerms = 8;
  uint32_t constant = 0;
  uint32_t count = 0;
  struct Term {
    ValueId id;
    uint32_t times;
  } terms[kTerms];
};

/// Before strength reduction: the loop's head, and what the interpreter has there.
bool Generator::find_entry() {
  const EntryPoint& entry = *options_.entry;
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    if (flow_.reached(b) && body_.blocks[b].first == entry.first) head_ = b;
  }
  if (head_ == kNone) return refuse("no loop to be entered");
  // Of the blocks as they stand now, with those before each: flow_ says only who dominates whom.
  if (find_flow(body_, arena_, whole_flow_) != FlowResult::sound ||
      !find_live(module_, body_, whole_flow_, head_, nullptr, arena_, interpreted_)) {
    return refuse("no memory for code");
  }
  for (uint32_t v = 0; v < interpreted_.size; ++v) {
    if (interpreted_[v] && entry.slots[v] == kNone && entry.places[v] == kNone) {
      return refuse("a loop with a value that the interpreter has nowhere");
    }
  }
  for (const Instruction& i : body_.instructions) {
    const Intrinsic which =
        i.op == Opcode::call ? intrinsic_of_call(module_, body_, i) : Intrinsic::none;
    if ((i.op == Opcode::alloca && !is_entered(i)) || which == Intrinsic::stacksave ||
        which == Intrinsic::va_start) {
      return refuse("a loop beside memory of a size that is computed");
    }
  }
  return true;
}

/// Behind it: what is live at the loop's head becomes variables, wherever it is used: these have a
/// place that can be filled.
bool Generator::find_whole() {
  if (!find_live(module_, body_, whole_flow_, head_, nullptr, arena_, whole_)) {
    return refuse("no memory for code");
  }
  for (uint32_t v = 0; v < whole_.size; ++v) {
    if (!whole_[v] || (v < interpreted_.size && interpreted_[v])) continue;
    LinearSum sum;
    if (v < interpreted_.size || !find_sum(body_.base + v, 1, sum)) {
      return refuse("a loop with a value that is not to be computed from others");
    }
  }
  for (const Instruction& i : body_.instructions) {
    if (i.op == Opcode::alloca) whole_[i.result - body_.base] = true;
  }
  return true;
}

bool Generator::find_sum(ValueId id, uint32_t times, LinearSum& sum) const {
  uint32_t constant = 0;
  if (constant_word(id, 0, constant)) {
    sum.constant += constant * times;
    return true;
  }
  if (id < body_.base) return false;
  const uint32_t v = id - body_.base;
  if (v < interpreted_.size) {
    if (!interpreted_[v] || kind(id) != PartKind::word || bits_of(id) != 32 ||
        sum.count == LinearSum::kTerms) {
      return false;
    }
    sum.terms[sum.count++] = {id, times};
    return true;
  }
  const Instruction& made = source_of(id);
  if (made.op == Opcode::phi) return find_sum(made.detail, times * made.subject, sum);
  if (made.op != Opcode::binary) return false;
  if (static_cast<BinaryOp>(made.code) == BinaryOp::add) {
    if (find_next(id, operand(made, 0), times, sum)) return true;
    return find_sum(operand(made, 0), times, sum) && find_sum(operand(made, 1), times, sum);
  }
  return static_cast<BinaryOp>(made.code) == BinaryOp::mul &&
         constant_word(operand(made, 1), 0, constant) &&
         find_sum(operand(made, 0), times * constant, sum);
}

/// `id` is what the made phi `of` becomes next: so many times what the phi that it counts becomes,
/// which lives on where that phi itself does not.
bool Generator::find_next(ValueId id, ValueId of, uint32_t times, LinearSum& sum) const {
  if (!is_instruction(of) || of - body_.base < interpreted_.size) return false;
  const Instruction& phi = source_of(of);
  if (phi.op != Opcode::phi) return false;
  const Instruction& counted = source_of(phi.detail);
  for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
    if (operand(phi, k) != id) continue;
    const LinearSum before = sum;
    if (find_sum(operand(counted, k), times * phi.subject, sum)) return true;
    sum = before;
  }
  return false;
}

/// Changes eax.
void Generator::fill_sum(const Place& to, const LinearSum& sum) {
  const EntryPoint& entry = *options_.entry;
  encoder_.mov_constant(to, sum.constant);
  for (uint32_t t = 0; t < sum.count; ++t) {
    const uint32_t v = sum.terms[t].id - body_.base;
    const bool place = entry.places[v] != kNone;
    encoder_.op(op::mov_load, eax, at_address(entry.frame_address));
    const uint32_t slot = place ? entry.memory_slot : entry.slots[v];
    encoder_.op(op::mov_load, eax, in_memory({eax, kNoRegister, 0, static_cast<int32_t>(slot)}));
    if (place) encoder_.alu_constant(Alu::add, in_register(eax), entry.places[v]);
    if (sum.terms[t].times != 1) {
      encoder_.imul_constant(eax, in_register(eax), sum.terms[t].times);
    }
    encoder_.op(alu_to_place(Alu::add), eax, to);
  }
}

void Generator::enter_loop() {
  const EntryPoint& entry = *options_.entry;
  Span<bool> live;
  if (!find_live(module_, body_, whole_flow_, head_, &selection_, arena_, live)) {
    refuse("no memory for code");
    return;
  }
  entry_ = encoder_.position();
  mark(CodeMark::edge, 0, head_);
  prologue();
  if (options_.fuel && debts_.at_begin[head_] != 0) {
    // The interpreter has paid for all of it.
    encoder_.alu_constant(Alu::add, at_address(options_.fuel_address), debts_.at_begin[head_]);
  }
  for (uint32_t v = interpreted_.size; v < live.size; ++v) {
    const ValueId id = body_.base + v;
    LinearSum sum;
    if (!live[v] || !has_variable(id)) continue;
    if (!find_sum(id, 1, sum)) refuse("a loop with a value that is lost");
    fill_sum(place_of(variable(id), 0), sum);
  }
  encoder_.op(op::mov_load, eax, at_address(entry.frame_address));
  const auto slot = [](uint32_t offset) {
    return in_memory({eax, kNoRegister, 0, static_cast<int32_t>(offset)});
  };
  const auto fill = [&](const Place& to, const Place& from) {
    if (!to.is_memory) {
      encoder_.op(op::mov_load, to.reg, from);
      return;
    }
    encoder_.op(op::movd_load, xmm7, from);
    encoder_.op(op::movd_store, xmm7, to);
  };
  for (uint32_t v = 0; v < interpreted_.size; ++v) {
    const ValueId id = body_.base + v;
    if (!live[v] || !has_variable(id)) continue;
    if (entry.slots[v] == kNone && entry.places[v] == kNone)
      refuse("a loop with a value that is lost");
    const Variable& to = variable(id);
    if (entry.places[v] != kNone) continue;
    const Place from = slot(entry.slots[v]);
    switch (to.kind) {
      case PartKind::none:
        break;
      case PartKind::word:
        fill(place_of(to, 0), from);
        break;
      case PartKind::pair:
        fill(place_of(to, 0), from);
        fill(place_of(to, 1), moved_by(from, 4));
        break;
      case PartKind::memory:
        for (uint32_t s = 0; s < slots_of(module_, type_of(id)); ++s) {
          fill(memory_of(to, 4 * s), moved_by(from, 4 * s));
        }
        break;
      default:
        move_vector(to.kind, place_of(to, 0), from);
    }
  }
  // The frame's memory stays where it is.
  encoder_.op(op::mov_load, eax, slot(entry.memory_slot));
  for (uint32_t v = 0; v < interpreted_.size; ++v) {
    const ValueId id = body_.base + v;
    if (!live[v] || entry.places[v] == kNone || !has_variable(id)) continue;
    const Place to = place_of(variable(id), 0);
    if (!to.is_memory) {
      encoder_.op(op::lea, to.reg, slot(entry.places[v]));
      continue;
    }
    encoder_.op(op::movd_load, xmm7, in_register(eax));
    encoder_.op(op::movd_store, xmm7, to);
    encoder_.alu_constant(Alu::add, to, entry.places[v]);
  }
  encoder_.jump(head_);
}

}  // namespace jit
