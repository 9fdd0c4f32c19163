#include "specialize/specializer.h"

#include "interpreter/plan.h"

namespace jit {

bool Specializer::refuse(Text what) {
  if (!refused_) fault_ = what;
  refused_ = true;
  return false;
}

BlockId Specializer::new_block() {
  const BlockId block = made_.add_block();
  if (!places_.add({})) refuse("no memory");
  if (made_.instructions() > options_.instructions) refuse("too much code");
  if (!made_.good()) refuse("no memory");
  return block;
}

bool Specializer::make_copy(LoopId loop, Copy* outer, Copy& copy) {
  const uint32_t first = loop == kNone ? 0 : loops_[loop].first;
  const uint32_t n = (loop == kNone ? loops_.order().size : loops_[loop].end) - first;
  copy = {};
  copy.first = first;
  copy.loop = loop;
  copy.outer = outer;
  copy.incoming = {arena_.make<EdgeList>(n), n};
  copy.made = {arena_.make<BlockId>(n), n};
  if (arena_.exhausted()) return refuse("no memory");
  for (EdgeList& list : copy.incoming) list = {};
  for (BlockId& made : copy.made) made = kNone;
  return true;
}

/// Its number.
uint32_t Specializer::add_edge(EdgeList& list, BlockId made, BlockId source) {
  if (!edges_.add({made, source})) refuse("no memory");
  const uint32_t index = edges_.size() - 1;
  (list.last == kNone ? list.first : edges_[list.last].next) = index;
  list.last = index;
  return index;
}

/// To the copy that has the block: this one, or one around it.
uint32_t Specializer::go(Copy& copy, BlockId to, BlockId source, BlockId made) {
  const LoopId headed = loops_.headed_by(to);
  const LoopId has = headed != kNone ? loops_[headed].parent : loops_.around(to);
  for (Copy* c = &copy; c != nullptr; c = c->outer) {
    if (headed != kNone && c->loop == headed) return add_edge(c->back, made, source);
    if (c->loop == has) return add_edge(incoming(*c, to), made, source);
  }
  refuse("a branch into a loop");
  return kNone;
}

void Specializer::arrive(const EdgeList& from, BlockId made) {
  for (uint32_t e = from.first; e != kNone; e = edges_[e].next) edges_[e].to = made;
}

/// The copy of the block's dominator, if there is but one from which it can have been reached.
BlockId Specializer::dominator_in(const Copy& copy, BlockId source) const {
  const BlockId dominator = flow_.dominator[source];
  for (const Copy* c = &copy; c != nullptr; c = c->outer) {
    if (loops_.around(dominator) == c->loop) return made_in(*c, dominator);
  }
  return kNone;
}

/// All blocks of the loop, in an order in which each comes behind all that go to it but by going
/// back.
void Specializer::walk(Copy& copy) {
  for (uint32_t k = 0; k < copy.made.size && !refused_; ++k) {
    const BlockId b = loops_.order()[copy.first + k];
    const LoopId around = loops_.around(b), headed = loops_.headed_by(b);
    if (headed != kNone && headed != copy.loop && loops_[headed].parent == copy.loop) {
      loop(copy, headed);
    } else if (around == copy.loop) {
      block(copy, b);
    }
  }
}

void Specializer::block(Copy& copy, BlockId source) {
  BlockId made = copy.head;
  if (made == kNone || source != loops_[copy.loop].head) {
    const EdgeList from = incoming(copy, source);
    if (from.empty() && places_.size() > 0) return;  // nobody comes here
    made = enter(copy, source, from);
    if (refused_) return;
  }
  made_in(copy, source) = made;
  instructions(copy, source, made);
}

/// A new block, which `from` go to, with what the phis of `source` are there.
BlockId Specializer::enter(const Copy& copy, BlockId source, const EdgeList& from) {
  const BlockId made = new_block();
  if (refused_) return kNone;
  arrive(from, made);
  places_[made].from = from;
  places_[made].dominator = dominator_in(copy, source);
  phis(made, source, from);
  return made;
}

/// What the phis of a block are, whose copy `made` is reached by `from`.
void Specializer::phis(BlockId made, BlockId source, const EdgeList& from) {
  const Block& b = body_.blocks[source];
  for (uint32_t k = b.first; k < b.first + b.count && !refused_; ++k) {
    const Instruction& phi = body_.instructions[k];
    if (phi.op != Opcode::phi) return;
    define(phi.result, made, phi_value(phi, made, from));
  }
}

// ---- loops

void Specializer::loop(Copy& outer, LoopId loop) {
  const EdgeList from = incoming(outer, loops_[loop].head);
  if (from.empty()) return;
  const Turns turns = turns_of(loop, from);
  State state;
  Parts parts;
  if (turns.known == 0 && by_state_ && find_state(loop, from, state)) {
    loop_by_state(outer, loop, from, state);
  } else if (turns.known == 0 && in_parts_ && find_parts(loop, from, parts)) {
    loop_in_parts(outer, loop, from, parts);
  } else if (turns.whole) {
    (void)whole_turns(outer, loop, from, kNone);
  } else {
    const EdgeList rest = whole_turns(outer, loop, from, turns.over);
    if (!refused_) kept_loop(outer, loop, rest, turns);
  }
}

/// Each turn is a copy of its own, for so many turns at most: who goes on to one more.
Specializer::EdgeList Specializer::whole_turns(Copy& outer, LoopId loop, EdgeList from,
                                               uint32_t count) {
  for (; count > 0 && !from.empty() && !refused_; --count) {
    Copy turn;
    if (!make_copy(loop, &outer, turn)) return {};
    incoming(turn, loops_[loop].head) = from;
    walk(turn);
    from = turn.back;
  }
  return from;
}

/// A loop, `turns.unrolled` of whose turns are one.
void Specializer::kept_loop(Copy& outer, LoopId loop, const EdgeList& from, const Turns& turns) {
  const BlockId before = enter(outer, loops_[loop].head, from);
  if (!refused_) turns_as_one(outer, loop, before, from, turns);
}

/// The same, where what the phis of its head are is known at the end of `before`.
void Specializer::turns_as_one(Copy& outer, LoopId loop, BlockId before, const EdgeList& from,
                               const Turns& turns) {
  const BlockId source = loops_[loop].head;
  Head head;
  if (!make_head(loop, before, &from, head)) return;
  jump(before, head.made);
  for (uint32_t turn = 0; turn < turns.unrolled && !refused_; ++turn) {
    Copy copy;
    if (!make_copy(loop, &outer, copy)) return;
    if (turn == 0) {
      copy.head = head.made;
    } else {
      incoming(copy, source) = head.back;
    }
    if (turn + 1 < turns.unrolled) copy.decided = turns.test;
    walk(copy);
    head.back = copy.back;
  }
  arrive(head.back, head.made);
  finish_head(loop, head, before);
}

/// The head of a loop, which is reached from `before`, and from where nobody knows yet: its phis,
/// but for those that `head.state` knows, and, with `from`, which edges reach the loop, those that
/// count as another does.
bool Specializer::make_head(LoopId loop, BlockId before, const EdgeList* from, Head& head) {
  const Block& source = body_.blocks[loops_[loop].head];
  uint32_t count = 0;
  while (body_.instructions[source.first + count].op == Opcode::phi) ++count;
  head.made = new_block();
  head.phis = {arena_.make<ValueId>(count), count};
  if (refused_ || arena_.exhausted()) return refuse("no memory");
  places_[head.made].outside = before;
  for (uint32_t k = 0; k < count && !refused_; ++k) {
    const Instruction& phi = body_.instructions[source.first + k];
    ValueId value = kNone;
    for (uint32_t s = 0; s < head.state.count; ++s) {
      if (head.state.phis[s] == &phi) value = made_.constant(phi.type, head.state.bits[s]);
    }
    for (uint32_t other = 0; from != nullptr && other < k && value == kNone; ++other) {
      const Instruction& earlier = body_.instructions[source.first + other];
      if (counts_like(loop, phi, earlier, *from)) value = read(earlier.result, head.made);
    }
    head.phis[k] = kNone;
    if (value == kNone) value = head.phis[k] = made_.add_phi(head.made, phi.type);
    define(phi.result, head.made, value);
  }
  return !refused_;
}

/// Now it is known what comes back. `before`: what comes from outside; kNone: nothing.
void Specializer::finish_head(LoopId loop, const Head& head, BlockId before) {
  const Block& source = body_.blocks[loops_[loop].head];
  for (uint32_t k = 0; k < head.phis.size && !refused_; ++k) {
    if (head.phis[k] == kNone) continue;
    const Instruction& phi = body_.instructions[source.first + k];
    List<uint32_t> pairs(arena_);
    bool good = before == kNone || (pairs.add(read(phi.result, before)) && pairs.add(before));
    for (uint32_t e = head.back.first; e != kNone; e = edges_[e].next) {
      const ValueId value = read(phi_operand(phi, edges_[e].source), edges_[e].from);
      good = good && pairs.add(value) && pairs.add(edges_[e].from);
    }
    if (!good) refuse("no memory");
    if (!refused_) made_.set_phi(head.phis[k], {pairs.begin(), pairs.size()});
  }
}

/// Where one copy always goes on with another that is there already.
void Specializer::jump(BlockId from, BlockId to) {
  EdgeList list;
  Instruction branch;
  branch.op = Opcode::branch;
  branch.type = void_;
  branch.cost = 0;
  uint32_t edge = add_edge(list, from, kNone);
  arrive(list, to);
  (void)made_.add(from, branch, {&edge, 1});
}

// ---- instructions

void Specializer::instructions(Copy& copy, BlockId source, BlockId made) {
  const Block& b = body_.blocks[source];
  for (uint32_t k = b.first; k < b.first + b.count && !refused_; ++k) {
    const Instruction& i = body_.instructions[k];
    if (i.op == Opcode::phi) continue;
    arena_.step(5);
    operands_.clear();
    if (has_no_code(module_, body_, i)) {
      made_.add_cost(made, i.cost);
      continue;
    }
    for (uint32_t o = 0; o < i.count; ++o) {
      const uint32_t operand = body_.operands[i.first + o];
      if (!operands_.add(is_value_operand(i, o) ? read(operand, made) : operand)) {
        refuse("no memory");
      }
    }
    if (refused_) return;
    if (is_terminator(i.op)) {
      end(copy, i, source, made);
      return;
    }
    Instruction made_of = i;
    ValueId value = kNone;
    if (simplify(made_of, value)) {
      made_.add_cost(made, i.cost);
    } else {
      value = made_.add(made, made_of, {operands_.begin(), operands_.size()});
    }
    if (!made_.good()) refuse("no memory");
    if (i.result != kNone && !refused_) define(i.result, made, value);
  }
}

/// The block's terminator. Its operands that are blocks are edges, as long as not all blocks are
/// there.
void Specializer::end(Copy& copy, const Instruction& i, BlockId source, BlockId made) {
  uint32_t only = kNone;  // which operand is the block where it goes on
  uint64_t bits = 0;
  if (i.op == Opcode::branch) {
    only = 0;
  } else if (i.op == Opcode::branch_if && source == copy.decided) {
    only = loops_.is_in(loops_.around(operands_[1]), copy.loop) ? 1 : 2;
  } else if (i.op == Opcode::branch_if && number(operands_[0], bits)) {
    only = (bits & 1) != 0 ? 1 : 2;
  } else if ((i.op == Opcode::switch_on || i.op == Opcode::branch_address) &&
             number(operands_[0], bits)) {
    only = 1;
    for (uint32_t k = 2; k < i.count; k += 2) {
      uint64_t of_case = operands_[k];
      if (i.op == Opcode::switch_on && !number(operands_[k], of_case))
        refuse("a case that is not understood");
      if (of_case == bits && only == 1) only = k + 1;
    }
  }
  Instruction made_of = i;
  if (only != kNone) {
    made_of.op = Opcode::branch;
    uint32_t edge = go(copy, operands_[only], source, made);
    (void)made_.add(made, made_of, {&edge, 1});
    return;
  }
  const Successors all = successors_of(i);
  for (uint32_t k = 0; k < all.count; ++k) {
    uint32_t& target = operands_[all.first + k * all.step];
    target = go(copy, target, source, made);
  }
  (void)made_.add(made, made_of, {operands_.begin(), operands_.size()});
}

bool Specializer::run(bool by_state, bool in_parts, Body& result) {
  by_state_ = by_state;
  in_parts_ = in_parts;
  const uint32_t n = body_.instructions.size;
  block_of_ = {arena_.make<BlockId>(n), n};
  if (block_of_.data == nullptr) return refuse("no memory");
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    const Block& block = body_.blocks[b];
    for (uint32_t k = block.first; k < block.first + block.count; ++k) block_of_[k] = b;
  }
  while (first_result_ < body_.values.size &&
         body_.values[first_result_].kind != ValueKind::instruction) {
    ++first_result_;
  }
  void_ = body_.instructions[n - 1].type;  // of a terminator
  if (find_flow(body_, arena_, flow_) != FlowResult::sound) return refuse("no memory");
  switch (loops_.find(body_, flow_, arena_)) {
    case Loops::sound:
      break;
    case Loops::irreducible:
      return refuse("a loop with several ways in");
    case Loops::too_many:
      return refuse("too many loops");
    case Loops::out_of_memory:
      return refuse("no memory");
  }
  Copy all;
  if (!make_copy(kNone, nullptr, all)) return false;
  walk(all);
  if (refused_) return false;
  made_.retarget([this](uint32_t edge) { return edges_[edge].to; });
  return made_.finish(result) || refuse("no memory");
}

bool specialize(const Module& module, const Body& body, const Constants& constants,
                const SpecializeOptions& options, Arena& arena, Body& result, Text& fault) {
  const Arena::Mark mark = arena.mark();
  const bool exhausted = arena.exhausted();
  bool by_state = true, in_parts = true;
  for (;;) {
    Specializer specializer(module, body, constants, options, arena);
    if (specializer.run(by_state, in_parts, result)) return true;
    fault = specializer.fault();
    arena.release(mark);
    arena.restore_exhausted(exhausted);
    // Without what makes most of it, first.
    if (by_state && specializer.has_states()) {
      by_state = false;
    } else if (in_parts && specializer.has_parts()) {
      in_parts = false;
    } else {
      return false;
    }
  }
}

}  // namespace jit
