#include "interpreter/liveness.h"

#include "support/rows.h"

namespace jit {
namespace {

/// Beyond this, values keep slots of their own: correct, and slower.
constexpr uint32_t kMostBits = 8 * 1024 * 1024;

class Slots {
 public:
  Slots(const Module& module, const Body& body, Arena& arena, Plan& plan)
      : module_(module), body_(body), arena_(arena), plan_(plan) {}

  bool run() {
    variable_ = {arena_.make<uint32_t>(body_.values.size), body_.values.size};
    values_ = {arena_.make<uint32_t>(body_.values.size), 0};
    if (arena_.exhausted()) return false;
    for (uint32_t i = 0; i < body_.values.size; ++i) {
      variable_[i] = kNone;
      const ValueKind kind = body_.values[i].kind;
      const bool argument = kind == ValueKind::argument;
      const bool result = kind == ValueKind::instruction && plan_.folds[i] == Fold::none &&
                          slots_of(module_, body_.values[i].type) > 0;
      if (!argument && !result) continue;
      variable_[i] = values_.size;
      values_.data[values_.size++] = i;
    }
    const uint32_t count = values_.size;
    leader_ = {arena_.make<uint32_t>(count), count};
    if (arena_.exhausted()) return false;
    for (uint32_t v = 0; v < count; ++v) leader_[v] = v;
    const uint64_t bits = uint64_t{count} * (uint64_t{2} * count + uint64_t{2} * body_.blocks.size);
    if (bits <= kMostBits) {
      const Arena::Mark mark = arena_.mark();
      if (!find_lives()) return false;
      merge();
      arena_.release(mark);
    }
    place();
    return true;
  }

 private:
  bool find_lives() {
    const uint32_t count = values_.size;
    if (!live_in_.make(arena_, body_.blocks.size, count) || !scratch_.make(arena_, 1, count) ||
        !conflicts_.make(arena_, count, count) || !members_.make(arena_, count, count)) {
      return false;
    }
    for (uint32_t v = 0; v < count; ++v) members_.add(v, v);
    for (bool changed = true; changed;) {
      changed = false;
      for (uint32_t b = body_.blocks.size; b-- > 0;) changed |= scan(b, false);
    }
    for (uint32_t b = 0; b < body_.blocks.size; ++b) scan(b, true);
    // All arguments are there at once.
    const Rows& s = scratch_;
    s.copy(0, live_in_.row(0));
    for (uint32_t a = 0; a < body_.arguments; ++a) s.add(0, variable_[a]);
    for (uint32_t a = 0; a < body_.arguments; ++a) conflict(variable_[a]);
    return true;
  }

  /// `variable` comes to life where scratch_ lives.
  void conflict(uint32_t variable) {
    const bool had = scratch_.has(0, variable);
    scratch_.remove(0, variable);
    conflicts_.add_all(variable, scratch_.row(0));
    if (had) scratch_.add(0, variable);
  }

  /// One block, backwards. `final`: and what conflicts is noted.
  bool scan(BlockId b, bool final) {
    const Rows& live = scratch_;
    live.clear(0);
    for_each_successor(body_, b, [&](BlockId next) {
      live.add_all(0, live_in_.row(next));
      for_each_phi(next, [&](const Instruction& phi) {
        for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
          if (body_.operands[phi.first + k + 1] == b) use(body_.operands[phi.first + k]);
        }
      });
    });
    const Block& block = body_.blocks[b];
    for (uint32_t i = block.first + block.count; i-- > block.first;) {
      const Instruction& instruction = body_.instructions[i];
      arena_.step(4);
      if (instruction.op == Opcode::phi) break;
      const uint32_t variable = variable_of(instruction);
      if (instruction.result != kNone &&
          plan_.folds[instruction.result - body_.base] != Fold::none) {
        continue;
      }
      if (variable != kNone) {
        if (final) conflict(variable);
        live.remove(0, variable);
      }
      if (has_no_code(module_, body_, instruction)) continue;
      for (uint32_t k = 0; k < instruction.count; ++k) {
        if (is_value_operand(instruction, k)) use(body_.operands[instruction.first + k]);
      }
    }
    if (final) {
      for_each_phi(b, [&](const Instruction& phi) {
        if (variable_of(phi) != kNone) live.add(0, variable_of(phi));
      });
      for_each_phi(b, [&](const Instruction& phi) {
        if (variable_of(phi) != kNone) conflict(variable_of(phi));
      });
    }
    for_each_phi(b, [&](const Instruction& phi) {
      if (variable_of(phi) != kNone) live.remove(0, variable_of(phi));
    });
    return live_in_.add_all(b, live.row(0));
  }

  void use(ValueId id) {
    for_each_leaf(body_, plan_, id, [&](uint32_t value) {
      if (variable_[value] != kNone) scratch_.add(0, variable_[value]);
    });
  }

  [[nodiscard]] uint32_t variable_of(const Instruction& i) const {
    return i.result == kNone ? kNone : variable_[i.result - body_.base];
  }

  template <class F>
  void for_each_phi(BlockId b, F f) const {
    const Block& block = body_.blocks[b];
    for (uint32_t i = block.first; i < block.first + block.count; ++i) {
      if (body_.instructions[i].op != Opcode::phi) return;
      f(body_.instructions[i]);
    }
  }

  [[nodiscard]] uint32_t leader(uint32_t v) const {
    while (leader_[v] != v) v = leader_[v];
    return v;
  }

  /// One class, where nothing of either conflicts with the other.
  void try_merge(uint32_t result, ValueId operand) {
    if (result == kNone || operand < body_.base) return;
    const uint32_t other = variable_[operand - body_.base];
    if (other == kNone || slots_of(module_, body_.values[values_[result]].type) !=
                              slots_of(module_, body_.values[values_[other]].type)) {
      return;
    }
    uint32_t a = leader(result), b = leader(other);
    if (a == b || conflicts_.overlap(a, members_.row(b)) ||
        conflicts_.overlap(b, members_.row(a))) {
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
  }

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

  void place() {
    uint32_t next = 0;
    bool among_arguments = true;
    for (uint32_t v = 0; v <= values_.size; ++v) {
      if (among_arguments &&
          (v == values_.size || body_.values[values_[v]].kind != ValueKind::argument)) {
        among_arguments = false;
        plan_.variadic_slot = next * 4;
        if (module_.types[module_.functions[body_.function].type].variadic) ++next;
      }
      if (v == values_.size) break;
      const uint32_t value = values_[v];
      const uint32_t l = leader(v);
      if (l != v) {
        plan_.slots[value] = plan_.slots[values_[l]];
        continue;
      }
      if (body_.values[value].kind != ValueKind::argument && plan_.uses[value] == 0 &&
          !is_shared(v)) {
        continue;
      }
      plan_.slots[value] = next * 4;
      next += slots_of(module_, body_.values[value].type);
    }
    plan_.frame_slots = next;
  }
  [[nodiscard]] bool is_shared(uint32_t v) const {
    arena_.step(values_.size / 16);
    for (uint32_t w = 0; w < values_.size; ++w) {
      if (w != v && leader_[w] == v) return true;
    }
    return false;
  }

  const Module& module_;
  const Body& body_;
  Arena& arena_;
  Plan& plan_;
  Span<uint32_t> variable_;  // of a value; kNone: it is none
  Span<uint32_t> values_;    // of a variable
  Span<uint32_t> leader_;    // of a variable's class, or one nearer to it
  Rows live_in_, scratch_, conflicts_, members_;
};

}  // namespace

bool assign_slots(const Module& module, const Body& body, Arena& arena, Plan& plan) {
  return Slots(module, body, arena, plan).run();
}

}  // namespace jit
