// Loops that read what to do next from memory that never changes, as an interpreter does from the
// program it runs: a copy for each place in it. What was a jump of the program becomes a jump of
// the copies (the first Futamura projection).
#include "interpreter/plan.h"
#include "specialize/specializer.h"

namespace jit {
namespace {

constexpr uint32_t kMaxStates = 1024;
constexpr uint32_t kMaxSelects = 4;  // in one another
/// How often marks are passed on, and of how many phis: what needs more is no interpreter.
constexpr uint32_t kMaxPasses = 8, kMaxPhis = 8;

}  // namespace

/// Adds to `marks`, by value of the body, what instructions of the loop make of those in it by
/// adding up, casting, choosing.
void Specializer::mark_made_of(LoopId loop, Span<uint8_t> marks) const {
  const auto is_marked = [&](ValueId id) {
    return id >= body_.base && marks[id - body_.base] != 0;
  };
  bool changed = true;
  for (uint32_t pass = 0; changed && pass < kMaxPasses; ++pass) {
    changed = false;
    for (uint32_t k = 0; k < body_.instructions.size; ++k) {
      if (k % 4 == 0) arena_.step();
      const Instruction& i = body_.instructions[k];
      if (i.result == kNone || is_marked(i.result)) continue;
      if (!loops_.is_in(loops_.around(block_of_[k]), loop)) continue;
      const bool passes = i.op == Opcode::binary || i.op == Opcode::cast ||
                          i.op == Opcode::getelementptr || i.op == Opcode::phi ||
                          i.op == Opcode::select || i.op == Opcode::freeze;
      if (!passes) continue;
      const ValueOperands all = value_operands(i);
      for (uint32_t o = 0; o < all.end; o += all.step) {
        if (!is_marked(body_.operands[i.first + o])) continue;
        marks[i.result - body_.base] = 1;
        changed = true;
        break;
      }
    }
  }
}

/// The phi is where something is loaded from that a switch of the loop goes by.
bool Specializer::says_what_to_do(LoopId loop, const Instruction& phi) const {
  const Arena::Mark mark = arena_.mark();
  const Span<uint8_t> places = {arena_.make<uint8_t>(body_.values.size), body_.values.size};
  const Span<uint8_t> read = {arena_.make<uint8_t>(body_.values.size), body_.values.size};
  bool found = false;
  if (!arena_.exhausted()) {
    for (uint8_t& m : places) m = 0;
    for (uint8_t& m : read) m = 0;
    places[phi.result - body_.base] = 1;
    mark_made_of(loop, places);
    bool loads = false;
    for (const Instruction& i : body_.instructions) {
      const ValueId address = i.op == Opcode::load ? body_.operands[i.first] : 0;
      if (address < body_.base || places[address - body_.base] == 0) continue;
      read[i.result - body_.base] = 1;
      loads = true;
    }
    if (loads) mark_made_of(loop, read);
    for (uint32_t k = 0; k < body_.instructions.size && loads && !found; ++k) {
      const Instruction& i = body_.instructions[k];
      const ValueId by = i.op == Opcode::switch_on ? body_.operands[i.first] : 0;
      found = by >= body_.base && read[by - body_.base] != 0 &&
              loops_.is_in(loops_.around(block_of_[k]), loop);
    }
  }
  arena_.release(mark);
  return found;
}

/// The phis of the head that say what the loop does, if they are known where it begins.
bool Specializer::find_state(LoopId loop, const EdgeList& from, State& state) {
  if (options_.fixed == nullptr) return false;
  bool switches = false, loads = false;
  for (uint32_t k = 0; k < body_.instructions.size; ++k) {
    const Opcode op = body_.instructions[k].op;
    if (op != Opcode::switch_on && op != Opcode::load) continue;
    if (!loops_.is_in(loops_.around(block_of_[k]), loop)) continue;
    (op == Opcode::load ? loads : switches) = true;
  }
  if (!switches || !loads) return false;
  const Block& head = body_.blocks[loops_[loop].head];
  const uint32_t end = head.first + kMaxPhis;
  for (uint32_t k = head.first; k < end && body_.instructions[k].op == Opcode::phi; ++k) {
    const Instruction& phi = body_.instructions[k];
    uint64_t bits = 0;
    if (!entry_number(phi, from, bits) || !says_what_to_do(loop, phi)) continue;
    if (state.count == kStateValues) return false;
    state.phis[state.count] = &phi;
    state.bits[state.count++] = bits;
  }
  return state.count > 0;
}

/// The copy for that state, made if there is none yet; what it does comes later.
bool Specializer::add_state(LoopId loop, BlockId before, const State& state, List<Head>& copies,
                            uint32_t& which) {
  for (which = 0; which < copies.size(); ++which) {
    if (copies[which].state.is(state)) return true;
  }
  if (copies.size() == kMaxStates) return refuse("too many states");
  Head copy;
  copy.state = state;
  return make_head(loop, before, nullptr, copy) && (copies.add(copy) || refuse("no memory"));
}

/// An edge back to the head goes to the copy for the state that it brings. A state that is one of
/// two is decided here.
void Specializer::go_on(LoopId loop, BlockId before, uint32_t edge, State state, uint32_t next_phi,
                        List<Head>& copies, uint32_t depth) {
  if (refused_) return;
  if (next_phi == state.count) {
    uint32_t which = 0;
    if (!add_state(loop, before, state, copies, which)) return;
    EdgeList& list = copies[which].back;
    (list.last == kNone ? list.first : edges_[list.last].next) = edge;
    list.last = edge;
    edges_[edge].next = kNone;
    edges_[edge].to = copies[which].made;
    return;
  }
  const Instruction& phi = *state.phis[next_phi];
  const ValueId value = read(phi_operand(phi, edges_[edge].source), edges_[edge].from);
  if (refused_) return;
  if (number(value, state.bits[next_phi])) {
    go_on(loop, before, edge, state, next_phi + 1, copies, depth);
    return;
  }
  const Instruction* const made = made_.made_by(value);
  if (made == nullptr || made->op != Opcode::select || depth == kMaxSelects) {
    refuse("a state that is not known");
    return;
  }
  uint64_t of_true = 0, of_false = 0;
  if (!number(made_.operand(*made, 1), of_true) || !number(made_.operand(*made, 2), of_false)) {
    refuse("a state that is not known");
    return;
  }
  const ValueId condition = made_.operand(*made, 0);
  const BlockId source = edges_[edge].source;
  const BlockId fork = new_block();
  if (refused_) return;
  edges_[edge].next = kNone;
  edges_[edge].to = fork;
  places_[fork].from = {edge, edge};
  EdgeList none;
  const uint32_t yes = add_edge(none, fork, source), no = add_edge(none, fork, source);
  if (refused_) return;
  edges_[yes].next = kNone;
  Instruction branch;
  branch.op = Opcode::branch_if;
  branch.type = void_;
  branch.cost = 0;
  const uint32_t operands[] = {condition, yes, no};
  (void)made_.add(fork, branch, {const_cast<uint32_t*>(operands), 3});
  state.bits[next_phi] = of_true;
  go_on(loop, before, yes, state, next_phi + 1, copies, depth + 1);
  state.bits[next_phi] = of_false;
  go_on(loop, before, no, state, next_phi + 1, copies, depth + 1);
}

void Specializer::loop_by_state(Copy& outer, LoopId loop, const EdgeList& from, State state) {
  has_states_ = true;
  const BlockId before = enter(outer, loops_[loop].head, from);
  List<Head> copies(arena_);
  uint32_t first = 0;
  if (refused_ || !add_state(loop, before, state, copies, first)) return;
  jump(before, copies[0].made);
  for (uint32_t c = 0; c < copies.size() && !refused_; ++c) {
    Copy copy;
    if (!make_copy(loop, &outer, copy)) return;
    copy.head = copies[c].made;
    walk(copy);
    for (uint32_t e = copy.back.first; e != kNone && !refused_;) {
      const uint32_t next = edges_[e].next;
      go_on(loop, before, e, state, 0, copies, 0);
      e = next;
    }
  }
  for (uint32_t c = 0; c < copies.size() && !refused_; ++c) {
    finish_head(loop, copies[c], c == 0 ? before : kNone);
  }
}

}  // namespace jit
