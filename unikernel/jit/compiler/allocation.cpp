#include "compiler/allocation.h"

#include "compiler/candidates.h"
#include "compiler/frame_slots.h"
#include "compiler/lives.h"
#include "compiler/returned.h"

namespace jit {

using namespace x86_32;

namespace {

/// Beyond this, nothing gets a register: correct, and slower.
constexpr uint32_t kMostBits = 32 * 1024 * 1024;

class Allocator {
 public:
  Allocator(const Module& module, const Body& body, const Selection& selection,
            const Registers& registers, Arena& arena, Allocation& allocation)
      : module_(module),
        body_(body),
        s_(selection),
        registers_(registers),
        arena_(arena),
        a_(allocation),
        frame_(module, body, values_, leader_, arena, allocation) {}

  bool run(Span<const uint32_t> depth, const NeedsOf& needs) {
    if (!number_variables()) return false;
    const uint32_t count = values_.size;
    const uint64_t bits = uint64_t{count} * (uint64_t{2} * count + uint64_t{1} * body_.blocks.size);
    Lives lives(module_, body_, s_, depth, needs, {values_.data, count}, a_, arena_);
    if (bits <= kMostBits) {
      lives_ = &lives;
      if (!lives.find() || !make_classes()) return false;
      merge();
      if (!colour() || !find_neighbours()) return false;
    }
    frame_.place(lives_ != nullptr);
    for_each_paced(arena_, body_.values.size, 2, [&](uint32_t v) {
      if (a_.variable[v] != kNone) a_.variable[v] = leader_[a_.variable[v]];
    });
    return true;
  }

 private:
  using Edge = Lives::Edge;

  bool number_variables() {
    const uint32_t n = body_.values.size;
    a_.variable = {arena_.make<uint32_t>(n), n};
    values_ = {arena_.make<uint32_t>(n), 0};
    if (arena_.exhausted()) return false;
    uint32_t count = 0;
    for_each_paced(arena_, n, 4, [&](uint32_t v) {
      const bool is = s_.roles[v] == Role::variable;
      a_.variable[v] = is ? count : kNone;
      if (is) values_.data[count++] = v;
    });
    values_.size = count;
    a_.variables = {arena_.make<Variable>(count), count};
    leader_ = {arena_.make<uint32_t>(count), count};
    if (arena_.exhausted()) return false;
    return for_each_paced(arena_, count, 4, [&](uint32_t v) {
      a_.variables[v] = {};
      a_.variables[v].kind = part_kind(module_, body_.values[values_[v]].type);
      leader_[v] = v;
    });
  }

  // ---- classes

  bool make_classes() {
    const uint32_t count = values_.size;
    next_member_ = {arena_.make<uint32_t>(count), count};
    held_ = {arena_.make<RegisterMask>(count), count};
    forbidden_ = {arena_.make<RegisterMask>(count), count};
    if (arena_.exhausted()) return false;
    for (uint32_t v = 0; v < count; ++v) {
      next_member_[v] = v;
      held_[v] = forbidden_[v] = 0;
    }
    return true;
  }

  [[nodiscard]] uint32_t leader(uint32_t v) const {
    while (leader_[v] != v) v = leader_[v];
    return v;
  }
  /// Whether the row of `a`, of its whole class, has a member of the class of `b`.
  [[nodiscard]] bool conflicts_with_class(uint32_t a, uint32_t b) const {
    uint32_t member = b;
    do {
      if (lives_->has_conflict(a, member)) return true;
      member = next_member_[member];
    } while (member != b);
    return false;
  }

  void try_merge(uint32_t result, ValueId operand) {
    const ValueId id = behind_aliases(body_, s_, operand);
    if (result == kNone || id < body_.base || a_.variable[id - body_.base] == kNone) return;
    arena_.step();
    const uint32_t other = a_.variable[id - body_.base];
    uint32_t a = leader(result), b = leader(other);
    if (a == b) return;
    const bool same = a_.variables[a].kind == a_.variables[b].kind &&
                      (a_.variables[a].kind != PartKind::memory ||
                       slots_of(module_, type_of(a)) == slots_of(module_, type_of(b)));
    if (!same || conflicts_with_class(a, b) || conflicts_with_class(b, a)) {
      if (same) (void)lives_->likes().add({a, b, 3});
      return;
    }
    if (b < a) {  // arguments come first and lead: their slots are given
      const uint32_t t = a;
      a = b;
      b = t;
    }
    leader_[b] = a;
    lives_->join(a, b);
    const uint32_t next = next_member_[a];
    next_member_[a] = next_member_[b];
    next_member_[b] = next;
    Lives::Facts& to = lives_->facts(a);
    const Lives::Facts& from = lives_->facts(b);
    to.weight += from.weight;
    to.blocks = to.blocks > from.blocks ? to.blocks : from.blocks;
    to.not_here |= from.not_here;
    to.not_vectors |= from.not_vectors;
    if (to.hint == kNoRegister) to.hint = from.hint;
  }
  [[nodiscard]] TypeId type_of(uint32_t v) const { return body_.values[values_[v]].type; }
  [[nodiscard]] uint32_t variable_of(const Instruction& i) const {
    return i.result == kNone ? kNone : a_.variable[i.result - body_.base];
  }

  void merge() {
    for (uint32_t pass = 0; pass < 2; ++pass) {
      const bool back = pass == 0;  // what goes around a loop, before what enters it
      for (BlockId b = 0; b < body_.blocks.size; ++b) {
        const Block& block = body_.blocks[b];
        for (uint32_t i = block.first; i < block.first + block.count; ++i) {
          const Instruction& phi = body_.instructions[i];
          if (phi.op != Opcode::phi) break;
          for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
            if ((body_.operands[phi.first + k + 1] >= b) == back) {
              try_merge(variable_of(phi), body_.operands[phi.first + k]);
            }
          }
        }
      }
    }
    for (uint32_t k = 0; lives_->has_inserts() && k < body_.instructions.size; ++k) {
      const Instruction& i = body_.instructions[k];
      if (i.op == Opcode::insert_value || i.op == Opcode::insert_element) {
        try_merge(variable_of(i), body_.operands[i.first]);
      }
    }
    // A leader comes first of its class: from here on, leader_ names it.
    for_each_paced(arena_, leader_.size, 2, [&](uint32_t v) { leader_[v] = leader_[leader_[v]]; });
  }

  bool find_neighbours() {
    return frame_.find_neighbours([&](uint32_t v, const auto& f) { for_each_conflict(v, f); });
  }

  // ---- registers

  bool colour() {
    const uint32_t count = values_.size;
    const List<Edge>& likes = lives_->likes();
    const uint32_t bits = lives_->wide_count();
    const Span<Candidate> order = {arena_.make<Candidate>(count), count};
    const Span<Candidate> room = {arena_.make<Candidate>(count), count};
    next_like_ = {arena_.make<uint32_t>(likes.size() * 2), likes.size() * 2};
    first_like_ = {arena_.make<uint32_t>(count), count};
    leader_at_ = {arena_.make<uint32_t>(bits), bits};
    to_tell_ = {arena_.make<uint32_t>(count), count};
    if (arena_.exhausted()) return false;
    for_each_paced(arena_, bits, 2,
                   [&](uint32_t bit) { leader_at_[bit] = leader_[lives_->wide_at(bit)]; });
    uint32_t candidates = 0;
    for (uint32_t v = 0; v < count; ++v) {
      arena_.step();
      first_like_[v] = kNone;
      if (leader_[v] != v || a_.variables[v].kind == PartKind::memory) continue;
      Lives::Facts& facts = lives_->facts(v);
      // An argument that is used once is best used where it is.
      const bool word = a_.variables[v].kind == PartKind::word;
      if (v < body_.arguments && facts.weight <= (word ? 1U : 0U)) continue;
      order[candidates++] = {facts.weight * 64 / (facts.blocks + 3), v};
    }
    for (uint32_t e = 0; e < likes.size(); ++e) {
      if (e % 4 == 0) arena_.step();
      const uint32_t ends[2] = {leader_[likes[e].a], leader_[likes[e].b]};
      for (uint32_t side = 0; side < 2; ++side) {
        next_like_[e * 2 + side] = first_like_[ends[side]];
        first_like_[ends[side]] = e * 2 + side;
      }
    }
    if (!find_crosses()) return false;
    keep_results();
    const Candidate* const sorted = sort_candidates(order.data, room.data, candidates, arena_);
    for (uint32_t k = 0; k < candidates; ++k) give_register(sorted[k].variable);
    return true;
  }

  /// For each leader of pairs those with which its halves must not change places.
  bool find_crosses() {
    const uint32_t count = values_.size, edges = lives_->crosses().size();
    if (edges == 0) return true;
    first_cross_ = {arena_.make<uint32_t>(count), count};
    crosses_ = {arena_.make<Cross>(edges * 2), edges * 2};
    if (arena_.exhausted()) return false;
    for (uint32_t& first : first_cross_) first = kNone;
    for (uint32_t e = 0; e < edges; ++e) {
      const Edge& edge = lives_->crosses()[e];
      const uint32_t ends[2] = {leader_[edge.a], leader_[edge.b]};
      for (uint32_t side = 0; side < 2; ++side) {
        crosses_[e * 2 + side] = {ends[1 - side], first_cross_[ends[side]]};
        first_cross_[ends[side]] = e * 2 + side;
      }
    }
    return true;
  }

  /// Calls f(leader) for what stands in the row of `v`: some more than once.
  template <class F>
  void for_each_conflict(uint32_t v, const F& f) const {
    lives_->for_each_wide(v, [&](uint32_t bit) { f(leader_at_[bit]); });
    lives_->for_each_near(v, f);
  }

  /// eax holds nothing else between two instructions.
  void keep_results() {
    for (const Block& block : body_.blocks) {
      const ValueId id = made_to_return(module_, body_, s_, block);
      const uint32_t v = id == kNone ? kNone : a_.variable[id - body_.base];
      if (v == kNone || leader_[v] != v || next_member_[v] != v) continue;
      a_.variables[v].registers[0] = eax;
    }
  }

  void give_register(uint32_t v) {
    Variable& variable = a_.variables[v];
    if (variable.in_register()) return;
    const bool vector = is_vector_register(variable.kind);
    arena_.step(5);
    // A conflict stands in one row or both: who comes later looks at its own, and has been told by
    // the others.
    RegisterMask taken_of_both = forbidden_[v];
    uint32_t* to_tell = to_tell_.data;
    for_each_conflict(v, [&](uint32_t u) {
      taken_of_both |= held_[u];
      if (held_[u] == 0) *to_tell++ = u;
    });
    arena_.step(static_cast<uint32_t>(to_tell - to_tell_.data) / 4);
    if (!choose(v, variable, vector, taken_of_both)) return;
    RegisterMask held = 0;
    for (const Register r : variable.registers) {
      if (r != kNoRegister) held |= static_cast<RegisterMask>(1U << r);
    }
    if (vector) held = static_cast<RegisterMask>(held << kVectorShift);
    held_[v] = held;
    for (const uint32_t* u = to_tell_.data; u != to_tell; ++u) forbidden_[*u] |= held;
    if (!vector) a_.used |= static_cast<RegisterSet>(held);
  }

  /// false: it gets none.
  bool choose(uint32_t v, Variable& variable, bool vector, uint32_t taken_of_both) {
    const Lives::Facts& facts = lives_->facts(v);
    if (vector) {
      if (facts.not_vectors) return false;
      const uint32_t free = registers_.vectors & ~(taken_of_both >> kVectorShift);
      variable.registers[0] = pick(v, 0, free, true);
      return variable.in_register();
    }
    const auto both = static_cast<RegisterSet>(taken_of_both);
    RegisterSet taken[2] = {both, both};
    const RegisterSet good = registers_.general & static_cast<RegisterSet>(~facts.not_here);
    if (variable.kind == PartKind::word) {
      variable.registers[0] = pick(v, 0, good & ~taken[0], false);
      return variable.in_register();
    }
    // Halves change places with nobody's of an instruction that reads one behind writing the other.
    for (uint32_t e = first_cross_.empty() ? kNone : first_cross_[v]; e != kNone;
         e = crosses_[e].next) {
      const uint32_t other = crosses_[e].leader;
      if (other == v || !a_.variables[other].in_register()) continue;
      taken[0] |= set_of(a_.variables[other].registers[1]);
      taken[1] |= set_of(a_.variables[other].registers[0]);
    }
    const Register low = pick(v, 0, good & ~taken[0], false);
    if (low == kNoRegister) return false;
    const Register high = pick(v, 1, good & ~taken[1] & ~set_of(low), false);
    if (high == kNoRegister) return false;
    variable.registers[0] = low;
    variable.registers[1] = high;
    return true;
  }

  Register pick(uint32_t v, uint32_t part, uint32_t free, bool vector) const {
    if (free == 0) return kNoRegister;
    // What it is copied to or from, most of all: all of them together.
    const List<Edge>& likes = lives_->likes();
    uint32_t strength[8] = {};
    Register liked = kNoRegister;
    for (uint32_t e = first_like_[v]; e != kNone; e = next_like_[e]) {
      const Edge& edge = likes[e / 2];
      const uint32_t other = leader_[e % 2 == 0 ? edge.b : edge.a];
      const Register r = a_.variables[other].registers[part];
      if (r == kNoRegister || (free >> r & 1) == 0) continue;
      strength[r] += edge.strength;
      if (liked == kNoRegister || strength[r] > strength[liked]) liked = r;
    }
    const Lives::Facts& facts = lives_->facts(v);
    if (liked != kNoRegister && (vector || costs_nothing(liked))) return liked;
    if (vector) return static_cast<Register>(__builtin_ctz(free));
    if (facts.hint != kNoRegister && part == 0 && (free >> facts.hint & 1) != 0) return facts.hint;
    static constexpr Register kOrder[] = {edx, ecx, ebx, esi, edi, ebp};
    for (const Register r : kOrder) {
      if ((free >> r & 1) != 0 && costs_nothing(r)) return r;
    }
    // The first use of one that callers keep costs a push and a pop.
    const uint32_t price = v < body_.arguments ? 3 : 2;  // an argument is loaded, too
    if (facts.weight <= price) return kNoRegister;
    for (const Register r : kOrder) {
      if ((free >> r & 1) != 0) return r;
    }
    return kNoRegister;
  }
  [[nodiscard]] bool costs_nothing(Register r) const {
    return ((kCallerSaved | a_.used) >> r & 1) != 0;
  }

  struct Cross {
    uint32_t leader;
    uint32_t next;
  };
  /// General registers, and above them those of SSE.
  using RegisterMask = uint16_t;
  static constexpr uint32_t kVectorShift = 8;

  const Module& module_;
  const Body body_;
  const Selection s_;
  const Registers registers_;
  Arena& arena_;
  Allocation& a_;
  Lives* lives_ = nullptr;        // nullptr: there are too many variables
  Span<uint32_t> values_;         // of a variable
  Span<uint32_t> leader_;         // of a variable's class, or one nearer to it
  Span<uint32_t> next_member_;    // of the class: a ring
  Span<uint32_t> leader_at_;      // by bit of a wide variable
  Span<RegisterMask> held_;       // by leader
  Span<RegisterMask> forbidden_;  // by leader: held by those in whose rows it is
  Span<uint32_t> to_tell_;        // leaders that conflict with the one at hand, without a register
  Span<uint32_t> first_like_, next_like_;
  Span<uint32_t> first_cross_;  // by leader: in crosses_; empty where there are none
  Span<Cross> crosses_;
  FrameSlots frame_;
};

}  // namespace

bool allocate(const Module& module, const Body& body, const Selection& selection,
              Span<const uint32_t> depth, const Registers& registers, const NeedsOf& needs,
              Arena& arena, Allocation& allocation) {
  return Allocator(module, body, selection, registers, arena, allocation).run(depth, needs);
}

}  // namespace jit
