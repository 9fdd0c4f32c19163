#include "compiler/allocation.h"

#include "interpreter/liveness.h"
#include "support/rows.h"

namespace jit {

using namespace x86_32;

namespace {

/// Beyond this, nothing gets a register: correct, and slower.
constexpr uint32_t kMostBits = 32 * 1024 * 1024;

class Allocator {
 public:
  Allocator(const Module& module, const Body& body, const Selection& selection,
            Span<const uint32_t> depth, const Registers& registers, const NeedsOf& needs,
            Arena& arena, Allocation& allocation)
      : module_(module),
        body_(body),
        s_(selection),
        registers_(registers),
        depth_(depth),
        needs_(needs),
        arena_(arena),
        a_(allocation),
        likes_(arena),
        crosses_(arena) {}

  bool run() {
    if (!number_variables()) return false;
    const uint32_t count = values_.size;
    const uint64_t bits = uint64_t{count} * (uint64_t{2} * count + uint64_t{1} * body_.blocks.size);
    exact_ = bits <= kMostBits;
    if (exact_) {
      if (!find_lives()) return false;
      merge();
      symmetrize();
      if (!colour()) return false;
    }
    place_in_memory();
    for (uint32_t v = 0; v < body_.values.size; ++v) {
      if (a_.variable[v] != kNone) a_.variable[v] = leader(a_.variable[v]);
    }
    return true;
  }

 private:
  bool number_variables() {
    const uint32_t n = body_.values.size;
    a_.variable = {arena_.make<uint32_t>(n), n};
    values_ = {arena_.make<uint32_t>(n), 0};
    if (arena_.exhausted()) return false;
    for (uint32_t v = 0; v < n; ++v) {
      const bool is = s_.roles[v] == Role::variable;
      a_.variable[v] = is ? values_.size : kNone;
      if (is) values_.data[values_.size++] = v;
    }
    const uint32_t count = values_.size;
    a_.variables = {arena_.make<Variable>(count), count};
    leader_ = {arena_.make<uint32_t>(count), count};
    facts_ = {arena_.make<Facts>(count), count};
    if (arena_.exhausted()) return false;
    for (uint32_t v = 0; v < count; ++v) {
      a_.variables[v] = {};
      a_.variables[v].kind = part_kind(module_, body_.values[values_[v]].type);
      leader_[v] = v;
      facts_[v] = {};
    }
    return true;
  }

  [[nodiscard]] uint32_t weight_of(BlockId b) const {
    uint32_t weight = 1;
    for (uint32_t d = depth_[b]; d > 0 && weight < 100'000; --d) weight *= 10;
    return weight;
  }

  // ---- lives

  bool find_lives() {
    const uint32_t count = values_.size;
    if (!live_in_.make(arena_, body_.blocks.size, count) ||
        !defined_.make(arena_, body_.blocks.size, count) || !live_.make(arena_, 1, count) ||
        !conflicts_.make(arena_, count, count) || !members_.make(arena_, count, count)) {
      return false;
    }
    for (uint32_t v = 0; v < count; ++v) members_.add(v, v);
    for (BlockId b = 0; b < body_.blocks.size; ++b) summarize(b);
    for (bool changed = true; changed;) {
      changed = false;
      for (BlockId b = body_.blocks.size; b-- > 0;) changed |= flow_into(b);
    }
    for (BlockId b = 0; b < body_.blocks.size; ++b) scan(b);
    // All arguments that are used are there at once.
    live_.copy(0, live_in_.row(0));
    for (uint32_t v = 0; v < body_.arguments; ++v) {
      if (s_.uses[v] > 0) live_.add(0, a_.variable[v]);
    }
    for (uint32_t v = 0; v < body_.arguments; ++v) conflict(a_.variable[v]);
    return likes_.span().data != nullptr || !arena_.exhausted();
  }

  /// `variable` comes to life where live_ lives.
  void conflict(uint32_t variable) {
    const bool had = live_.has(0, variable);
    live_.remove(0, variable);
    conflicts_.add_all(variable, live_.row(0));
    if (had) live_.add(0, variable);
  }

  /// What a block reads of before, to live_in_, and what it defines.
  void summarize(BlockId b) {
    live_.clear(0);
    use_of_edges(b);
    const Block& block = body_.blocks[b];
    for (uint32_t i = block.first + block.count; i-- > block.first;) {
      const Instruction& instruction = body_.instructions[i];
      if (instruction.result != kNone) {
        const uint32_t variable = variable_of(instruction);
        if (variable == kNone) continue;
        live_.remove(0, variable);
        defined_.add(b, variable);
      }
      if (instruction.op != Opcode::phi) use_operands(instruction);
    }
    live_in_.copy(b, live_.row(0));
  }
  /// What phis behind the block take over from it.
  void use_of_edges(BlockId b) {
    for_each_successor(body_, b, [&](BlockId next) {
      for_each_phi(next, [&](const Instruction& phi) {
        for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
          if (body_.operands[phi.first + k + 1] == b) use(body_.operands[phi.first + k]);
        }
      });
    });
  }
  bool flow_into(BlockId b) {
    bool changed = false;
    for_each_successor(body_, b, [&](BlockId next) {
      changed |= live_in_.add_all_but(b, live_in_.row(next), defined_.row(b));
    });
    return changed;
  }

  /// One block, backwards, with what lives behind it: what follows of that is noted.
  void scan(BlockId b) {
    live_.clear(0);
    for_each_successor(body_, b, [&](BlockId next) { live_.add_all(0, live_in_.row(next)); });
    use_of_edges(b);
    weight_ = weight_of(b);
    const Block& block = body_.blocks[b];
    for (uint32_t i = block.first + block.count; i-- > block.first;) {
      const Instruction& instruction = body_.instructions[i];
      if (instruction.op == Opcode::phi) break;
      const uint32_t variable = variable_of(instruction);
      if (instruction.result != kNone && variable == kNone) continue;
      step(instruction, variable);
    }
    for_each_phi(b, [&](const Instruction& phi) {
      if (variable_of(phi) != kNone) live_.add(0, variable_of(phi));
    });
    for_each_phi(b, [&](const Instruction& phi) {
      if (variable_of(phi) == kNone) return;
      conflict(variable_of(phi));
      facts_[variable_of(phi)].weight += weight_;
    });
    live_.for_each(0, [&](uint32_t v) { ++facts_[v].blocks; });
  }

  void step(const Instruction& i, uint32_t variable) {
    const Needs needs = needs_.needs_of(i);
    if (variable != kNone) {
      conflict(variable);
      live_.remove(0, variable);
      facts_[variable].weight += weight_;
      facts_[variable].not_here |= needs.result_not;
      facts_[variable].hint =
          needs.result_hint != kNoRegister ? needs.result_hint : facts_[variable].hint;
      note_likings(i, variable);
    }
    if (needs.clobbers != 0 || needs.clobbers_vectors) {
      live_.for_each(0, [&](uint32_t v) {
        facts_[v].not_here |= needs.clobbers;
        facts_[v].not_vectors |= needs.clobbers_vectors;
      });
    }
    use_operands(i);
    if (has_no_code(module_, body_, i)) return;
    for_each_operand(i, [&](uint32_t v, uint32_t k) {
      facts_[v].not_here |= needs.operands_not;
      facts_[v].weight += weight_;
      if (k == needs.operand) facts_[v].hint = needs.operand_hint;
    });
    if (needs.early && variable != kNone) conflict(variable);
  }

  /// Of what an instruction would best share its register with, and must not share halfway.
  void note_likings(const Instruction& i, uint32_t variable) {
    const bool pair = a_.variables[variable].kind == PartKind::pair;
    for (uint32_t k = 0; k < i.count && k < 3; ++k) {
      if (!is_value_operand(i, k)) continue;
      const ValueId id = behind_aliases(body_, s_, body_.operands[i.first + k]);
      if (id < body_.base || a_.variable[id - body_.base] == kNone) continue;
      const uint32_t other = a_.variable[id - body_.base];
      if (a_.variables[other].kind == a_.variables[variable].kind && i.op != Opcode::load) {
        const uint32_t first = i.op == Opcode::select ? 2 : i.op == Opcode::call ? 1 : 0;
        (void)likes_.add({variable, other, k == first ? 2U : 1U});
      }
      if (pair && a_.variables[other].kind == PartKind::pair) {
        (void)crosses_.add({variable, other, 0});
      }
    }
  }

  template <class F>
  void for_each_operand(const Instruction& i, const F& f) const {
    for (uint32_t k = 0; k < i.count; ++k) {
      if (!is_value_operand(i, k)) continue;
      for_each_variable(module_, body_, s_, body_.operands[i.first + k],
                        [&](uint32_t v) { f(a_.variable[v], k); });
    }
  }
  void use_operands(const Instruction& i) {
    if (has_no_code(module_, body_, i)) return;
    for_each_operand(i, [&](uint32_t v, uint32_t) { live_.add(0, v); });
  }
  void use(ValueId id) {
    for_each_variable(module_, body_, s_, id, [&](uint32_t v) { live_.add(0, a_.variable[v]); });
  }
  [[nodiscard]] uint32_t variable_of(const Instruction& i) const {
    return i.result == kNone ? kNone : a_.variable[i.result - body_.base];
  }
  template <class F>
  void for_each_phi(BlockId b, const F& f) const {
    const Block& block = body_.blocks[b];
    for (uint32_t i = block.first; i < block.first + block.count; ++i) {
      if (body_.instructions[i].op != Opcode::phi) return;
      f(body_.instructions[i]);
    }
  }

  // ---- classes

  [[nodiscard]] uint32_t leader(uint32_t v) const {
    while (leader_[v] != v) v = leader_[v];
    return v;
  }

  void try_merge(uint32_t result, ValueId operand) {
    const ValueId id = behind_aliases(body_, s_, operand);
    if (result == kNone || id < body_.base || a_.variable[id - body_.base] == kNone) return;
    const uint32_t other = a_.variable[id - body_.base];
    uint32_t a = leader(result), b = leader(other);
    if (a == b) return;
    const bool same = a_.variables[a].kind == a_.variables[b].kind &&
                      (a_.variables[a].kind != PartKind::memory ||
                       slots_of(module_, type_of(a)) == slots_of(module_, type_of(b)));
    if (!same || conflicts_.overlap(a, members_.row(b)) || conflicts_.overlap(b, members_.row(a))) {
      if (same) (void)likes_.add({a, b, 3});
      return;
    }
    if (b < a) {  // arguments come first and lead: their slots are given
      const uint32_t t = a;
      a = b;
      b = t;
    }
    leader_[b] = a;
    conflicts_.add_all(a, conflicts_.row(b));
    members_.add_all(a, members_.row(b));
    Facts& to = facts_[a];
    const Facts& from = facts_[b];
    to.weight += from.weight;
    to.blocks = to.blocks > from.blocks ? to.blocks : from.blocks;
    to.not_here |= from.not_here;
    to.not_vectors |= from.not_vectors;
    if (to.hint == kNoRegister) to.hint = from.hint;
  }
  [[nodiscard]] TypeId type_of(uint32_t v) const { return body_.values[values_[v]].type; }

  void merge() {
    for (uint32_t pass = 0; pass < 2; ++pass) {
      const bool back = pass == 0;  // what goes around a loop, before what enters it
      for (uint32_t b = 0; b < body_.blocks.size; ++b) {
        for_each_phi(b, [&](const Instruction& phi) {
          for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
            if ((body_.operands[phi.first + k + 1] >= b) == back) {
              try_merge(variable_of(phi), body_.operands[phi.first + k]);
            }
          }
        });
      }
    }
    for (uint32_t i = 0; i < body_.instructions.size; ++i) {
      const Instruction& instruction = body_.instructions[i];
      if (instruction.op == Opcode::insert_value || instruction.op == Opcode::insert_element) {
        try_merge(variable_of(instruction), body_.operands[instruction.first]);
      }
    }
  }

  /// Afterwards a leader's row says with which leaders its class conflicts.
  void symmetrize() {
    for (uint32_t v = 0; v < values_.size; ++v) {
      if (leader_[v] != v) continue;
      conflicts_.for_each(v, [&](uint32_t u) {
        const uint32_t l = leader(u);
        if (l == v) return;
        conflicts_.add(l, v);
        conflicts_.add(v, l);
      });
    }
  }

  // ---- registers

  bool colour() {
    const uint32_t count = values_.size;
    const Span<uint32_t> order = {arena_.make<uint32_t>(count), count};
    const Span<uint32_t> scratch = {arena_.make<uint32_t>(count), count};
    next_like_ = {arena_.make<uint32_t>(likes_.size() * 2), likes_.size() * 2};
    first_like_ = {arena_.make<uint32_t>(count), count};
    if (arena_.exhausted()) return false;
    uint32_t candidates = 0;
    for (uint32_t v = 0; v < count; ++v) {
      first_like_[v] = kNone;
      if (leader_[v] != v || a_.variables[v].kind == PartKind::memory) continue;
      if (body_.values[values_[v]].kind == ValueKind::argument && facts_[v].weight == 0) continue;
      facts_[v].priority = facts_[v].weight * 64 / (facts_[v].blocks + 3);
      order[candidates++] = v;
    }
    for (uint32_t e = 0; e < likes_.size(); ++e) {
      const uint32_t ends[2] = {leader(likes_[e].a), leader(likes_[e].b)};
      for (uint32_t side = 0; side < 2; ++side) {
        next_like_[e * 2 + side] = first_like_[ends[side]];
        first_like_[ends[side]] = e * 2 + side;
      }
    }
    sort(order.data, scratch.data, candidates);
    for (uint32_t k = 0; k < candidates; ++k) give_register(order[k]);
    return true;
  }

  /// By priority, highest first; stable.
  void sort(uint32_t* data, uint32_t* scratch, uint32_t count) const {
    for (uint32_t width = 1; width < count; width *= 2) {
      for (uint32_t at = 0; at < count; at += 2 * width) {
        const uint32_t middle = at + width < count ? at + width : count;
        const uint32_t end = at + 2 * width < count ? at + 2 * width : count;
        uint32_t i = at, j = middle;
        for (uint32_t k = at; k < end; ++k) {
          const bool left =
              j == end || (i < middle && facts_[data[i]].priority >= facts_[data[j]].priority);
          scratch[k] = left ? data[i++] : data[j++];
        }
      }
      for (uint32_t k = 0; k < count; ++k) data[k] = scratch[k];
    }
  }

  void give_register(uint32_t v) {
    Variable& variable = a_.variables[v];
    const bool vector = is_vector_register(variable.kind);
    RegisterSet taken[2] = {0, 0};
    conflicts_.for_each(v, [&](uint32_t u) {
      if (leader_[u] != u) return;
      const Variable& other = a_.variables[u];
      if (!other.in_register() || is_vector_register(other.kind) != vector) return;
      for (const Register r : other.registers) {
        if (r != kNoRegister) taken[0] |= set_of(r);
      }
    });
    taken[1] = taken[0];
    if (vector) {
      if (facts_[v].not_vectors) return;
      variable.registers[0] = pick(v, 0, registers_.vectors & ~taken[0], true);
      return;
    }
    RegisterSet good = registers_.general & ~facts_[v].not_here;
    if (variable.kind == PartKind::word) {
      variable.registers[0] = pick(v, 0, good & ~taken[0], false);
    } else {
      // Halves change places with nobody's of an instruction that reads one behind writing the
      // other.
      for (const Edge& cross : crosses_) {
        const uint32_t a = leader(cross.a), b = leader(cross.b);
        const uint32_t other = a == v ? b : b == v ? a : kNone;
        if (other == kNone || other == v || !a_.variables[other].in_register()) continue;
        taken[0] |= set_of(a_.variables[other].registers[1]);
        taken[1] |= set_of(a_.variables[other].registers[0]);
      }
      const Register low = pick(v, 0, good & ~taken[0], false);
      if (low == kNoRegister) return;
      const Register high = pick(v, 1, good & ~taken[1] & ~set_of(low), false);
      if (high == kNoRegister) return;
      variable.registers[0] = low;
      variable.registers[1] = high;
    }
    for (const Register r : variable.registers) {
      if (r != kNoRegister) a_.used |= set_of(r);
    }
  }

  Register pick(uint32_t v, uint32_t part, uint32_t free, bool vector) const {
    if (free == 0) return kNoRegister;
    // What it is copied to or from, most of all.
    uint32_t best = 0;
    Register liked = kNoRegister;
    for (uint32_t e = first_like_[v]; e != kNone; e = next_like_[e]) {
      const Edge& edge = likes_[e / 2];
      const uint32_t other = leader(e % 2 == 0 ? edge.b : edge.a);
      const Register r = a_.variables[other].registers[part];
      if (r != kNoRegister && (free >> r & 1) != 0 && edge.strength > best) {
        best = edge.strength;
        liked = r;
      }
    }
    const Register hint = facts_[v].hint;
    if (liked != kNoRegister && (vector || costs_nothing(liked))) return liked;
    if (vector) return static_cast<Register>(__builtin_ctz(free));
    if (hint != kNoRegister && part == 0 && (free >> hint & 1) != 0) return hint;
    static constexpr Register kOrder[] = {edx, ecx, ebx, esi, edi, ebp};
    for (const Register r : kOrder) {
      if ((free >> r & 1) != 0 && costs_nothing(r)) return r;
    }
    // The first use of one that callers keep costs a push and a pop.
    if (facts_[v].weight <= 2 && body_.values[values_[v]].kind != ValueKind::argument) {
      return kNoRegister;
    }
    for (const Register r : kOrder) {
      if ((free >> r & 1) != 0) return r;
    }
    return kNoRegister;
  }
  [[nodiscard]] bool costs_nothing(Register r) const {
    return ((kCallerSaved | a_.used) >> r & 1) != 0;
  }

  // ---- the frame

  void place_in_memory() {
    for (uint32_t v = 0; v < body_.arguments; ++v) {
      Variable& variable = a_.variables[v];
      variable.incoming = true;
      variable.slot = a_.argument_bytes;
      a_.argument_bytes += 4 * slots_of(module_, body_.values[v].type);
    }
    for (uint32_t v = body_.arguments; v < values_.size; ++v) {
      if (leader_[v] != v || a_.variables[v].in_register()) continue;
      const uint32_t bytes = 4 * slots_of(module_, type_of(v));
      const uint32_t align = a_.variables[v].kind == PartKind::packed ? 16 : 4;
      uint32_t at = 0;
      for (bool moved = exact_; moved;) {
        moved = false;
        conflicts_.for_each(v, [&](uint32_t u) {
          if (leader_[u] != u || u == v) return;
          const Variable& other = a_.variables[u];
          if (other.incoming || other.slot == kNone) return;
          const uint32_t end = other.slot + 4 * slots_of(module_, type_of(u));
          if (other.slot < at + bytes && at < end) {
            at = (end + align - 1) & ~(align - 1);
            moved = true;
          }
        });
      }
      if (!exact_) at = (a_.slot_bytes + align - 1) & ~(align - 1);
      a_.variables[v].slot = at;
      if (at + bytes > a_.slot_bytes) a_.slot_bytes = at + bytes;
    }
  }

  struct Facts {
    uint32_t weight = 0;  // uses and definitions, more in loops
    uint32_t blocks = 0;  // into which it lives
    uint32_t priority = 0;
    RegisterSet not_here = 0;
    bool not_vectors = false;
    Register hint = kNoRegister;
  };
  struct Edge {
    uint32_t a, b, strength;
  };

  const Module& module_;
  const Body& body_;
  const Selection& s_;
  const Registers registers_;
  const Span<const uint32_t> depth_;  // by block: loops around it
  const NeedsOf& needs_;
  Arena& arena_;
  Allocation& a_;
  Span<uint32_t> values_;  // of a variable
  Span<uint32_t> leader_;  // of a variable's class, or one nearer to it
  Span<Facts> facts_;      // by variable
  List<Edge> likes_, crosses_;
  Span<uint32_t> first_like_, next_like_;
  Rows live_in_, defined_, live_, conflicts_, members_;
  uint32_t weight_ = 0;
  bool exact_ = false;
};

}  // namespace

bool allocate(const Module& module, const Body& body, const Selection& selection,
              Span<const uint32_t> depth, const Registers& registers, const NeedsOf& needs,
              Arena& arena, Allocation& allocation) {
  return Allocator(module, body, selection, depth, registers, needs, arena, allocation).run();
}

}  // namespace jit
