// How often a loop turns, where it counts from a known number to another.
#include "specialize/folding.h"
#include "specialize/specializer.h"

namespace jit {
namespace {

constexpr uint32_t kMaxTurns = 4096;

}  // namespace

const Instruction* Specializer::instruction(ValueId id) const {
  return id >= body_.base + first_result_ ? &body_.instructions[body_.values[id - body_.base].index]
                                          : nullptr;
}

bool Specializer::is_inside(LoopId loop, ValueId id) const {
  const Instruction* const i = instruction(id);
  return i != nullptr &&
         loops_.is_in(loops_.around(block_of_[body_.values[id - body_.base].index]), loop);
}

/// A value that does not change in the loop.
bool Specializer::outside_number(LoopId loop, ValueId id, const EdgeList& from, uint64_t& bits) {
  if (is_inside(loop, id)) return false;
  bool same = true;
  for (uint32_t e = from.first; e != kNone && same; e = edges_[e].next) {
    uint64_t here = 0;
    same = number(read(id, edges_[e].from), here) && (e == from.first || here == bits);
    bits = here;
  }
  return same && !refused_;
}

/// What a phi of the head is, coming from outside.
bool Specializer::entry_number(const Instruction& phi, const EdgeList& from, uint64_t& bits) {
  bool same = true;
  for (uint32_t e = from.first; e != kNone && same; e = edges_[e].next) {
    uint64_t here = 0;
    same = number(read(phi_operand(phi, edges_[e].source), edges_[e].from), here) &&
           (e == from.first || here == bits);
    bits = here;
  }
  return same && !refused_;
}

/// A phi of the head that each turn adds the same number to.
bool Specializer::step_of(LoopId loop, const Instruction& phi, const EdgeList& from,
                          uint64_t& step) {
  ValueId next = kNone;
  for (uint32_t k = 0; k < phi.count; k += 2) {
    if (!loops_.is_in(loops_.around(body_.operands[phi.first + k + 1]), loop)) continue;
    const ValueId back = body_.operands[phi.first + k];
    if (next != kNone && back != next) return false;
    next = back;
  }
  return next != kNone && added_to(loop, next, phi, from, step);
}

/// Two phis of the head that are the same number in each turn.
bool Specializer::counts_like(LoopId loop, const Instruction& a, const Instruction& b,
                              const EdgeList& from) {
  uint64_t first_a = 0, first_b = 0, step_a = 0, step_b = 0;
  return a.type == b.type && entry_number(a, from, first_a) && entry_number(b, from, first_b) &&
         first_a == first_b && step_of(loop, a, from, step_a) && step_of(loop, b, from, step_b) &&
         step_a == step_b;
}

/// `id` is the phi and a number.
bool Specializer::added_to(LoopId loop, ValueId id, const Instruction& phi, const EdgeList& from,
                           uint64_t& number) {
  number = 0;
  if (id == phi.result) return true;
  const Instruction* const add = instruction(id);
  if (add == nullptr || add->count != 2 || body_.operands[add->first] != phi.result ||
      !outside_number(loop, body_.operands[add->first + 1], from, number)) {
    return false;
  }
  if (add->op == Opcode::binary) return static_cast<BinaryOp>(add->code) == BinaryOp::add;
  // An address, that many elements further.
  const Type& index = module_.types[value_of(module_, body_, body_.operands[add->first + 1]).type];
  if (add->op != Opcode::getelementptr || module_.types[phi.type].kind != TypeKind::pointer ||
      index.kind != TypeKind::integer || index.count != 32) {
    return false;
  }
  number = static_cast<uint32_t>(number * module_.types[add->subject].size);
  return true;
}

/// How often the loop comes to `branch`, which is where it ends.
bool Specializer::count_turns(LoopId loop, const Instruction& branch, const EdgeList& from,
                              uint32_t& count) {
  const Instruction* const compare = instruction(body_.operands[branch.first]);
  if (compare == nullptr || compare->op != Opcode::compare) return false;
  const bool stays = loops_.is_in(loops_.around(body_.operands[branch.first + 1]), loop);
  const Block& head = body_.blocks[loops_[loop].head];
  for (uint32_t side = 0; side < 2; ++side) {
    const ValueId counted = body_.operands[compare->first + side];
    const ValueId bound_id = body_.operands[compare->first + 1 - side];
    uint64_t bound = 0, at = 0, step = 0, ahead = 0;
    const Type& type = module_.types[value_of(module_, body_, counted).type];
    if (!is_foldable(type) || !outside_number(loop, bound_id, from, bound)) continue;
    for (uint32_t k = head.first; body_.instructions[k].op == Opcode::phi; ++k) {
      const Instruction& phi = body_.instructions[k];
      if (!added_to(loop, counted, phi, from, ahead) || !entry_number(phi, from, at) ||
          !step_of(loop, phi, from, step)) {
        continue;
      }
      const uint32_t bits = word_bits(type);
      for (count = 1; count <= kMaxTurns; ++count, at += step) {
        if (count % 4 == 0) arena_.step();
        const uint64_t x = (at + ahead) & mask64_of(bits);
        bool holds = false;
        if (!fold_compare(static_cast<Predicate>(compare->code), bits, side == 0 ? x : bound,
                          side == 0 ? bound : x, holds)) {
          return false;
        }
        if (holds != stays) return true;
      }
    }
  }
  return false;
}

Specializer::Turns Specializer::turns_of(LoopId loop, const EdgeList& from) {
  Turns turns;
  for_each_test(loop, [&](BlockId b, const Instruction& branch) {
    uint32_t count = 0;
    if (!count_turns(loop, branch, from, count)) return;
    if (turns.known == 0 || count < turns.known) {
      turns.known = count;
      turns.test = b;
    }
  });
  if (turns.known == 0) return turns;
  const uint32_t size = loops_[loop].instructions;
  turns.whole = uint64_t{turns.known} * size <= options_.whole;
  // A divisor of the turns, or the number that leaves the fewest turns over in relation to what is
  // gained: those come first, each on its own.
  for (uint32_t u = 2; u <= turns.known && u * size <= options_.part; ++u) {
    const uint32_t over = turns.known % u;
    if (over * size <= options_.over) {
      turns.unrolled = u;
      turns.over = over;
    }
  }
  return turns;
}

}  // namespace jit
