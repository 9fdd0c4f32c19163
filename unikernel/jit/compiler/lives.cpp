#include "compiler/lives.h"

#include "interpreter/liveness.h"

namespace jit {

using namespace x86_32;

namespace {

/// Calls f(phi) for each phi of a block.
template <class F>
void for_each_phi(const Body& body, BlockId b, const F& f) {
  const Block& block = body.blocks[b];
  for (uint32_t i = block.first; i < block.first + block.count; ++i) {
    if (body.instructions[i].op != Opcode::phi) return;
    f(body.instructions[i]);
  }
}

}  // namespace

uint32_t Lives::weight_of(BlockId b) const {
  uint32_t weight = 1;
  for (uint32_t d = depth_[b]; d > 0 && weight < 100'000; --d) weight *= 10;
  return weight;
}

bool Lives::find() {
  const uint32_t blocks = body_.blocks.size;
  if (!collect() || !number()) return false;
  summarize();
  // Backwards, once more where something has changed that an earlier block has seen as it was.
  for (bool again = true; again;) {
    again = false;
    for (BlockId b = blocks; b-- > 0;) again |= flow_into(b) && is_head_[b];
  }
  for (BlockId b = 0; b < blocks; ++b) {
    if (!begin_block(b)) return false;
    scan(b);
  }
  // All arguments that are used are there at once.
  block_ = 0;
  for (uint32_t w = 0; w < wide_words_ + near_words(0); ++w) {
    live_[w] = w < wide_words_ ? live_in_.row(0)[w] : 0;
  }
  for (uint32_t v = 0; v < body_.arguments; ++v) {
    if (s_.uses[v] > 0) live(v);
  }
  for (uint32_t v = 0; v < body_.arguments; ++v) conflict(v);
  return !arena_.exhausted();
}

// ---- who uses what

bool Lives::collect() {
  const uint32_t count = values_.size, blocks = body_.blocks.size;
  facts_ = {arena_.make<Facts>(count), count};
  home_ = {arena_.make<BlockId>(count), count};
  wide_ = {arena_.make<bool>(count), count};
  bit_ = {arena_.make<uint32_t>(count), count};
  rows_ = {arena_.make<uint32_t*>(count), count};
  uses_end_ = {arena_.make<uint32_t>(body_.instructions.size), body_.instructions.size};
  first_edge_use_ = {arena_.make<uint32_t>(blocks), blocks};
  if (arena_.exhausted() || !uses_.reserve(body_.operands.size) ||
      !outer_uses_.reserve(body_.operands.size) || !likes_.reserve(count)) {
    return false;
  }
  for_each_paced(arena_, count, 2, [&](uint32_t v) {
    const Value& value = body_.values[values_[v]];
    const bool argument = value.kind == ValueKind::argument;
    facts_[v] = {};
    home_[v] = argument ? 0 : s_.blocks[value.index];
    wide_[v] = argument;
  });
  for (uint32_t& first : first_edge_use_) first = kNone;
  for_each_paced(arena_, body_.instructions.size, 16, [&](uint32_t k) {
    const Instruction& i = body_.instructions[k];
    if (i.op == Opcode::phi) {
      collect_phi(i);
    } else if (i.result == kNone || variable_of(i) != kNone) {
      collect_uses(i, s_.blocks[k]);
    }
    uses_end_[k] = uses_.size();
  });
  return !arena_.exhausted();
}

void Lives::collect_phi(const Instruction& phi) {
  if (variable_of(phi) != kNone) wide_[variable_of(phi)] = true;
  for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
    const ValueId id = body_.operands[phi.first + k];
    const BlockId from = body_.operands[phi.first + k + 1];
    if (variable_behind(id) != kNone) wide_[variable_behind(id)] = true;
    for_each_variable(module_, body_, s_, id, [&](uint32_t value) {
      const uint32_t v = a_.variable[value];
      if (home_[v] != from) wide_[v] = true;
      const uint32_t next = first_edge_use_[from];
      first_edge_use_[from] = edge_uses_.size();
      (void)edge_uses_.add({v, next});
    });
  }
}

void Lives::use_outer(uint32_t variable, BlockId b) {
  wide_[variable] = true;
  (void)outer_uses_.add({variable, b});
}

inline void Lives::collect_use(uint32_t variable, uint32_t which, BlockId b) {
  if (home_[variable] != b || variable < body_.arguments) use_outer(variable, b);
  (void)uses_.add(variable | which);
}

void Lives::collect_uses(const Instruction& i, BlockId b) {
  if (i.op == Opcode::call && has_no_code(module_, body_, i)) return;
  const ValueOperands operands = value_operands(i);
  const ValueId* const ids = body_.operands.data + i.first;
  const uint32_t base = body_.base;
  for (uint32_t k = 0; k < operands.end; k += operands.step) {
    const uint32_t value = ids[k] - base;
    if (ids[k] < base) continue;
    const uint32_t which = (k < kMostOperands ? k : kMostOperands) << kOperandShift;
    const uint32_t v = a_.variable[value];
    if (v != kNone) {
      collect_use(v, which | kWhole, b);
    } else if (s_.roles[value] == Role::alias && variable_behind(ids[k]) != kNone) {
      collect_use(variable_behind(ids[k]), which | kWhole, b);
    } else if (s_.roles[value] != Role::nothing) {
      for_each_variable_inside(module_, body_, s_, ids[k], s_.roles[value], [&](uint32_t inside) {
        collect_use(a_.variable[inside], which, b);
      });
    }
  }
  if (i.op == Opcode::insert_value || i.op == Opcode::insert_element) {
    has_inserts_ = true;
    const uint32_t variable = variable_of(i), other = variable_behind(body_.operands[i.first]);
    if (variable != kNone) wide_[variable] = true;
    if (other != kNone) wide_[other] = true;
  }
}

/// Bits, and room for what is known of the wide ones.
bool Lives::number() {
  const uint32_t count = values_.size, blocks = body_.blocks.size;
  first_near_ = {arena_.make<uint32_t>(blocks + 1), blocks + 1};
  is_head_ = {arena_.make<bool>(blocks), blocks};
  wides_ = {arena_.make<uint32_t>(count), 0};
  if (arena_.exhausted()) return false;
  for (uint32_t& first : first_near_) first = 0;
  for (bool& is : is_head_) is = false;
  uint32_t near = 0;
  for_each_paced(arena_, count, 2, [&](uint32_t v) {
    if (wide_[v]) {
      bit_[v] = wides_.size;
      wides_.data[wides_.size++] = v;
    } else {
      bit_[v] = first_near_[home_[v]]++;
      ++near;
    }
  });
  wide_words_ = (wides_.size + 31) / 32;
  near_ = {arena_.make<uint32_t>(near), near};
  if (arena_.exhausted()) return false;
  uint32_t most = 0;
  for (uint32_t b = 0, sum = 0; b <= blocks; ++b) {
    const uint32_t size = first_near_[b];
    if (size > most) most = size;
    first_near_[b] = sum;
    sum += size;
  }
  for_each_paced(arena_, count, 2, [&](uint32_t v) {
    if (wide_[v]) return;
    near_[first_near_[home_[v]] + bit_[v]] = v;
    bit_[v] += wide_words_ * 32;
  });
  live_ = arena_.make<uint32_t>(wide_words_ + (most + 31) / 32);
  Rows rows;
  if (live_ == nullptr || !rows.make(arena_, wides_.size, wides_.size) ||
      !live_in_.make(arena_, blocks, wides_.size) || !defined_.make(arena_, blocks, wides_.size)) {
    return false;
  }
  for_each_paced(arena_, wides_.size, 2, [&](uint32_t bit) { rows_[wides_[bit]] = rows.row(bit); });
  return true;
}

// ---- what flows between blocks

/// What each block reads of before, and what it defines. What one reads of its own, it has made
/// before: the value of a phi's at the end, too.
void Lives::summarize() {
  for_each_paced(arena_, wides_.size, 2, [&](uint32_t bit) {
    const uint32_t v = wides_[bit];
    if (v >= body_.arguments) defined_.add(home_[v], bit);
  });
  for_each_paced(arena_, outer_uses_.size(), 2, [&](uint32_t k) {
    live_in_.add(outer_uses_[k].block, bit_[outer_uses_[k].variable]);
  });
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    arena_.step();
    for_each_successor(body_, b, [&](BlockId next) { is_head_[next] |= next <= b; });
    for (uint32_t e = first_edge_use_[b]; e != kNone; e = edge_uses_[e].next) {
      const uint32_t v = edge_uses_[e].variable;
      if (home_[v] != b || v < body_.arguments) live_in_.add(b, bit_[v]);
    }
  }
}

/// true: more lives where the block begins.
bool Lives::flow_into(BlockId b) {
  uint32_t* const in = live_in_.row(b);
  const uint32_t* const defined = defined_.row(b);
  const uint32_t words = wide_words_;
  uint32_t changed = 0;
  arena_.step(1 + words / 8);
  for_each_successor(body_, b, [&](BlockId next) {
    const uint32_t* const from = live_in_.row(next);
    for (uint32_t w = 0; w < words; ++w) {
      const uint32_t before = in[w];
      const uint32_t now = before | (from[w] & ~defined[w]);
      in[w] = now;
      changed |= before ^ now;
    }
  });
  return changed != 0;
}

// ---- conflicts

/// Room for the rows of what lives in this block alone.
bool Lives::begin_block(BlockId b) {
  block_ = b;
  const uint32_t words = wide_words_ + near_words(b);
  for (uint32_t w = 0; w < words; ++w) live_[w] = 0;
  const uint32_t begin = first_near_[b], count = first_near_[b + 1] - begin;
  uint32_t* row = arena_.make<uint32_t>(count * words);
  if (row == nullptr) return false;
  for (uint32_t w = 0; w < count * words; ++w) row[w] = 0;
  for (uint32_t k = 0; k < count; ++k, row += words) rows_[near_[begin + k]] = row;
  return true;
}

/// `variable` comes to life where live_ lives.
void Lives::conflict(uint32_t variable) {
  uint32_t* const row = rows_[variable];
  const uint32_t bit = bit_[variable];
  arena_.step(1 + wide_words_ / 16);
  if (!wide_[variable]) {
    const uint32_t words = wide_words_ + near_words(block_);
    for (uint32_t w = 0; w < words; ++w) row[w] |= live_[w];
    row[bit / 32] &= ~(1U << (bit % 32));
    return;
  }
  for (uint32_t w = 0; w < wide_words_; ++w) row[w] |= live_[w];
  row[bit / 32] &= ~(1U << (bit % 32));
  const uint32_t* const near = near_.data + first_near_[block_];
  for_each_bit(live_ + wide_words_, near_words(block_),
               [&](uint32_t other) { rows_[near[other]][bit / 32] |= 1U << (bit % 32); });
}

/// One block, backwards, with what lives behind it: what follows of that is noted.
void Lives::scan(BlockId b) {
  for_each_successor(body_, b, [&](BlockId next) {
    const uint32_t* const from = live_in_.row(next);
    for (uint32_t w = 0; w < wide_words_; ++w) live_[w] |= from[w];
  });
  for (uint32_t e = first_edge_use_[b]; e != kNone; e = edge_uses_[e].next) {
    live(edge_uses_[e].variable);
  }
  weight_ = weight_of(b);
  const Block& block = body_.blocks[b];
  for (uint32_t k = block.first + block.count; k-- > block.first;) {
    const Instruction& i = body_.instructions[k];
    if (i.op == Opcode::phi) break;
    arena_.step(3);
    const uint32_t variable = variable_of(i);
    if (i.result == kNone || variable != kNone) step(i, k, variable);
  }
  for_each_phi(body_, b, [&](const Instruction& phi) {
    if (variable_of(phi) != kNone) live(variable_of(phi));
  });
  for_each_phi(body_, b, [&](const Instruction& phi) {
    const uint32_t variable = variable_of(phi);
    if (variable == kNone) return;
    conflict(variable);
    facts_[variable].weight += weight_;
  });
  for_each_bit(live_, wide_words_, [&](uint32_t bit) { ++facts_[wides_[bit]].blocks; });
}

/// An operand with which the result would best share its register, and must not share it halfway.
inline void Lives::note_liking(const Instruction& i, uint32_t variable, uint32_t use) {
  constexpr uint32_t kLooked = 3;  // at so many operands
  const uint32_t other = use & kVariable, operand = which_operand(use);
  const PartKind kind = a_.variables[variable].kind;
  if (operand >= kLooked || a_.variables[other].kind != kind) return;
  if (i.op != Opcode::load) {
    const uint32_t first = i.op == Opcode::select ? 2 : i.op == Opcode::call ? 1 : 0;
    (void)likes_.add({variable, other, operand == first ? 2U : 1U});
  }
  if (kind == PartKind::pair) (void)crosses_.add({variable, other, 0});
}

/// Of what needs nothing: operands and result count alone.
void Lives::step_plainly(const Instruction& i, uint32_t index, uint32_t variable) {
  if (variable != kNone) {
    live_no_more(variable);
    facts_[variable].weight += weight_;
    conflict(variable);
  }
  const uint32_t* const end = uses_.begin() + uses_end_[index];
  for (const uint32_t* use = uses_.begin() + (index == 0 ? 0 : uses_end_[index - 1]); use != end;
       ++use) {
    const uint32_t v = *use & kVariable;
    live(v);
    facts_[v].weight += weight_;
    if ((*use & kWhole) != 0 && variable != kNone) note_liking(i, variable, *use);
  }
}

void Lives::step(const Instruction& i, uint32_t index, uint32_t variable) {
  const PartKind kind = variable == kNone ? PartKind::none : a_.variables[variable].kind;
  if (needs_nothing(i, kind)) return step_plainly(i, index, variable);
  const Needs needs = needs_.needs_of(i);
  if (variable != kNone) {
    live_no_more(variable);
    if (!needs.early) conflict(variable);
    Facts& facts = facts_[variable];
    facts.weight += weight_;
    facts.not_here |= needs.result_not;
    if (needs.result_hint != kNoRegister) facts.hint = needs.result_hint;
  }
  if (needs.clobbers != 0 || needs.clobbers_vectors) {
    const auto destroy = [&](uint32_t v) {
      facts_[v].not_here |= needs.clobbers;
      facts_[v].not_vectors |= needs.clobbers_vectors;
    };
    const uint32_t* const near = near_.data + first_near_[block_];
    for_each_bit(live_, wide_words_, [&](uint32_t bit) { destroy(wides_[bit]); });
    for_each_bit(live_ + wide_words_, near_words(block_),
                 [&](uint32_t bit) { destroy(near[bit]); });
  }
  for (uint32_t u = index == 0 ? 0 : uses_end_[index - 1]; u < uses_end_[index]; ++u) {
    const uint32_t v = uses_[u] & kVariable;
    live(v);
    Facts& facts = facts_[v];
    facts.not_here |= needs.operands_not;
    facts.weight += weight_;
    if (which_operand(uses_[u]) == needs.operand) facts.hint = needs.operand_hint;
    if ((uses_[u] & kWhole) != 0 && variable != kNone) note_liking(i, variable, uses_[u]);
  }
  if (needs.early && variable != kNone) conflict(variable);
}

}  // namespace jit
