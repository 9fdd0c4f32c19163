// Loops that turn until a counter is a number that nobody knows: several turns are one, of which
// only the last asks whether it is. Turns that are left over come before, each on its own:
//
//   while the turns that are left are no multiple of four: a turn
//   four turns, again and again
//
// Whether they are is seen from what the counter and that number differ by, in its lowest bits: so
// that also holds where the counter goes around, or down.
#include "specialize/specializer.h"

namespace jit {
namespace {

constexpr uint32_t kMostParts = 4, kMostInstructions = 288;
/// The lowest bit of a counter's step.
constexpr uint32_t kLargestStep = 1U << 16;

}  // namespace

/// false: it is no such loop, or too large.
bool Specializer::find_parts(LoopId loop, const EdgeList& from, Parts& parts) {
  const uint32_t size = loops_[loop].instructions;
  parts.count = kMostParts;
  while (parts.count > 1 && parts.count * size > kMostInstructions) parts.count /= 2;
  if (!options_.unknown || parts.count == 1 || !loops_.is_innermost(loop)) return false;
  bool found = false;
  for_each_test(loop, [&](BlockId b, const Instruction& branch) {
    if (found || !find_counter(loop, branch, from, parts)) return;
    parts.test = b;
    found = true;
  });
  return found && !refused_;
}

/// The phi that counts, and what it is compared with where the loop ends.
bool Specializer::find_counter(LoopId loop, const Instruction& branch, const EdgeList& from,
                               Parts& parts) {
  const Instruction* const compare = instruction(body_.operands[branch.first]);
  if (compare == nullptr || compare->op != Opcode::compare) return false;
  const bool stays = loops_.is_in(loops_.around(body_.operands[branch.first + 1]), loop);
  if (static_cast<Predicate>(compare->code) != (stays ? Predicate::ne : Predicate::eq)) {
    return false;
  }
  const Block& head = body_.blocks[loops_[loop].head];
  for (uint32_t side = 0; side < 2; ++side) {
    const ValueId counted = body_.operands[compare->first + side];
    parts.bound = body_.operands[compare->first + 1 - side];
    const TypeId type = value_of(module_, body_, counted).type;
    const bool is_word =
        made_.type_of_words() != kNone &&
        (type == made_.type_of_words() || module_.types[type].kind == TypeKind::pointer);
    if (!is_word || is_inside(loop, parts.bound)) continue;
    for (uint32_t k = head.first; body_.instructions[k].op == Opcode::phi; ++k) {
      const Instruction& phi = body_.instructions[k];
      uint64_t ahead = 0, step = 0;
      if (phi.type != type || !added_to(loop, counted, phi, from, ahead) ||
          !step_of(loop, phi, from, step)) {
        continue;
      }
      const auto by = static_cast<uint32_t>(step);
      const uint32_t lowest = by & (0U - by);
      if (lowest == 0 || lowest > kLargestStep) continue;
      parts.phi = phi.result;
      // A multiple of so many steps is one of this power of two, and the other way round.
      parts.mask = parts.count * lowest - 1;
      parts.ahead = (0U - static_cast<uint32_t>(ahead) - (parts.count - 1) * by) & parts.mask;
      parts.truth = compare->type;
      return true;
    }
  }
  return false;
}

/// An instruction that is none of the program's.
ValueId Specializer::add_own(BlockId made, Opcode op, uint8_t code, TypeId type,
                             Span<const uint32_t> operands) {
  Instruction own;
  own.op = op;
  own.code = code;
  own.type = type;
  own.cost = 0;
  return made_.add(made, own, operands);
}

/// A counter, or an address, as a number.
ValueId Specializer::as_word(BlockId made, ValueId id) {
  const ValueId value = read(id, made);
  const TypeId word = made_.type_of_words();
  if (refused_ || value_of(module_, body_, id).type == word) return value;
  return add_own(made, Opcode::cast, static_cast<uint8_t>(CastOp::ptrtoint), word, {&value, 1});
}

/// Whether so many turns are left, at the loop's head, that all can be parts.
ValueId Specializer::are_parts_left(BlockId made, const Parts& parts) {
  const ValueId at = as_word(made, parts.phi), bound = as_word(made, parts.bound);
  const TypeId word = made_.type_of_words();
  const auto binary = [&](BinaryOp op, ValueId a, ValueId b) {
    const uint32_t operands[] = {a, b};
    return add_own(made, Opcode::binary, static_cast<uint8_t>(op), word, {operands, 2});
  };
  if (refused_) return kNone;
  ValueId left = binary(BinaryOp::sub, bound, at);
  if (parts.ahead != 0) left = binary(BinaryOp::add, left, made_.constant(word, parts.ahead));
  left = binary(BinaryOp::and_, left, made_.constant(word, parts.mask));
  const uint32_t compared[] = {left, made_.constant(word, 0)};
  return add_own(made, Opcode::compare, static_cast<uint8_t>(Predicate::eq), parts.truth,
                 {compared, 2});
}

/// A block that is reached from `from` alone, by a new edge, whose number it gives.
uint32_t Specializer::lead_to_new(BlockId from, BlockId& made) {
  EdgeList list;
  made = new_block();
  const uint32_t edge = add_edge(list, from, kNone);
  if (refused_) return kNone;
  arrive(list, made);
  places_[made].from = list;
  return edge;
}

void Specializer::loop_in_parts(Copy& outer, LoopId loop, const EdgeList& from,
                                const Parts& parts) {
  has_parts_ = true;
  const BlockId before = enter(outer, loops_[loop].head, from);
  Head head;
  if (refused_ || !make_head(loop, before, &from, head)) return;
  jump(before, head.made);
  const ValueId is_rest = are_parts_left(head.made, parts);
  BlockId rest = kNone, turn = kNone;
  const uint32_t to_rest = lead_to_new(head.made, rest), to_turn = lead_to_new(head.made, turn);
  Copy copy;
  if (refused_ || !make_copy(loop, &outer, copy)) return;
  Instruction branch;
  branch.op = Opcode::branch_if;
  branch.type = void_;
  branch.cost = 0;
  const uint32_t operands[] = {is_rest, to_rest, to_turn};
  (void)made_.add(head.made, branch, {operands, 3});
  copy.head = turn;
  walk(copy);
  if (refused_) return;
  head.back = copy.back;
  arrive(head.back, head.made);
  finish_head(loop, head, before);
  Turns turns;
  turns.test = parts.test;
  turns.unrolled = parts.count;
  if (!refused_) turns_as_one(outer, loop, rest, from, turns);
}

}  // namespace jit
