// The edges between blocks, and what ends a block.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

bool Generator::has_moves(BlockId from, BlockId to) {
  return has_phis(to) && collect(from, to, nullptr);
}

CodeLabel Generator::label_of(BlockId b, uint32_t round) const {
  if (round == 0) return b;
  return rounds_at_ + (round - 1) * (rounds_.end - rounds_.begin) + (b - rounds_.begin);
}

/// Of the block `to`, for who jumps there from the block that is emitted.
CodeLabel Generator::target(BlockId to) const {
  if (to < rounds_.begin || to >= rounds_.end) return to;
  if (to > rounds_.begin) return label_of(to, round_);
  return label_of(to, round_ + 1 < rounds_.count ? round_ + 1 : 0);
}

/// What is to be paid on the way there: who stays in the loop pays later.
uint32_t Generator::owed_to(BlockId to) const {
  return to < rounds_.begin || to >= rounds_.end ? owed_ : 0;
}

/// Where a jump along this edge goes: its payment and its moves, if it has any, then the block.
CodeLabel Generator::edge(BlockId from, BlockId to) {
  const uint32_t owed = owed_to(to);
  const CodeLabel at = target(to);
  if (owed == 0 && !has_moves(from, to)) return at;
  for (uint32_t k = latest_[from]; k != kNone; k = edges_[k].next) {
    if (edges_[k].target == at && edges_[k].owed == owed) return edges_[k].label;
  }
  const CodeLabel label = encoder_.label();
  add_edge({from, to, at, owed, label, false, latest_[from]});
  return label;
}

void Generator::add_edge(const Edge& edge) {
  if (!edges_.add(edge)) return static_cast<void>(refuse("no memory for code"));
  latest_[edge.from] = edges_.size() - 1;
}

/// What goes back to `head` by a jump that takes a condition, with moves: they stand before `head`,
/// and who comes from above jumps over them, once. Elsewhere they would need a jump in each round.
void Generator::begin_loop(BlockId head) {
  if (depth_[head] == 0) return;
  for (BlockId from = head; from < body_.blocks.size && flow_.reached(from); ++from) {
    if (depth_[from] < depth_[head]) return;  // a loop's blocks lie together
    const Block& block = body_.blocks[from];
    const Instruction& end = body_.instructions[block.first + block.count - 1];
    if (end.op != Opcode::branch_if) continue;
    const BlockId yes = operand(end, 1), no = operand(end, 2);
    uint32_t constant = 0;
    if (yes == no || (yes != head && no != head) || constant_word(operand(end, 0), 0, constant) ||
        !has_moves(from, head)) {
      continue;
    }
    if (head > 0 && falls_into(head)) encoder_.jump(head);
    const CodeLabel label = encoder_.label();
    add_edge({from, head, head, 0, label, true, latest_[from]});
    encoder_.bind(label);
    mark(CodeMark::edge, from, head);
    moves(from, head);
    return;
  }
}

/// From the block before it.
bool Generator::falls_into(BlockId block) const {
  const Block& before = body_.blocks[block - 1];
  const Instruction& end = body_.instructions[before.first + before.count - 1];
  for (uint32_t k = 0; k < end.count; ++k) {
    if (end.op != Opcode::return_value && operand(end, k) == block) return true;
  }
  return false;
}

/// Falls into the block, or jumps there, behind the edge's payment and moves.
void Generator::go(BlockId from, BlockId to) {
  pay(owed_to(to), false);
  if (has_phis(to)) moves(from, to);
  if (target(to) != next_) encoder_.jump(target(to));
}

void Generator::branch_if(const Instruction& i, BlockId block) {
  const BlockId yes = operand(i, 1), no = operand(i, 2);
  const ValueId condition = operand(i, 0);
  uint32_t constant = 0;
  if (yes == no || constant_word(condition, 0, constant)) {
    go(block, yes == no || constant != 0 ? yes : no);
    return;
  }
  // What comes next is fallen into; else the jump that takes the condition goes to what is run more
  // often, or needs no moves.
  const bool other = depth_[no] != depth_[yes] ? depth_[no] > depth_[yes]
                                               : has_moves(block, yes) && !has_moves(block, no);
  const bool when = target(no) == next_ || (target(yes) != next_ && !other);
  const BlockId to = when ? yes : no, otherwise = when ? no : yes;
  jump_if(condition, when, edge(block, to));
  go(block, otherwise);
}

void Generator::switch_on(const Instruction& i, BlockId block) {
  const ValueId value = operand(i, 0);
  const bool pair = kind(value) == PartKind::pair;
  const uint32_t cases = (i.count - 2) / 2;
  const BlockId otherwise = operand(i, 1);
  const auto case_word = [&](uint32_t k) {
    uint32_t c = operand(i, 2 + 2 * k);
    if (i.op == Opcode::switch_on) (void)constant_word(c, 0, c);
    return c;
  };
  uint32_t low = ~0U, high = 0;
  for (uint32_t k = 0; k < cases; ++k) {
    const uint32_t c = case_word(k);
    if (c < low) low = c;
    if (c > high) high = c;
  }
  const uint32_t range = high - low;
  if (!pair && cases >= 4 && range < cases * 4 && range < 4096) {
    const Span<CodeLabel> labels = {arena_.make<CodeLabel>(range + 1), range + 1};
    if (labels.data == nullptr) {
      refuse("no memory for code");
      return;
    }
    const CodeLabel other = edge(block, otherwise);
    for (CodeLabel& label : labels) label = other;
    for (uint32_t k = 0; k < cases; ++k) {
      labels[case_word(k) - low] = edge(block, operand(i, 3 + 2 * k));
    }
    const Source v = word(value);
    Register index = eax;
    if (low == 0 && v.is_register()) {
      index = v.place.reg;
    } else if (v.is_register()) {
      encoder_.op(op::lea, eax,
                  in_memory({v.place.reg, kNoRegister, 0, static_cast<int32_t>(0U - low)}));
    } else {
      load(eax, v);
      if (low != 0) encoder_.alu_constant(Alu::sub, in_register(eax), low);
    }
    encoder_.alu_constant(Alu::cmp, in_register(index), range);
    encoder_.jump_if(Condition::above, other);
    const uint32_t table = encoder_.table({labels.data, labels.size});
    encoder_.jump_to(encoder_.table_entry(table, index));
    return;
  }
  for (uint32_t k = 0; k < cases; ++k) {
    uint32_t words[2] = {case_word(k)};
    if (pair) (void)constants_.slots(operand(i, 2 + 2 * k), words);
    const CodeLabel to = edge(block, operand(i, 3 + 2 * k));
    const auto compare = [&](uint32_t part) {
      const Source v = word(value, part);
      if (v.is_constant) load(eax, v);
      if (words[part] == 0 && v.is_register()) {
        encoder_.op(op::test, v.place.reg, v.place);
      } else {
        encoder_.alu_constant(Alu::cmp, v.is_constant ? in_register(eax) : v.place, words[part]);
      }
    };
    const CodeLabel past = encoder_.label();
    compare(0);
    if (pair) {
      encoder_.jump_if(Condition::not_equal, past);
      compare(1);
    }
    encoder_.jump_if(Condition::equal, to);
    encoder_.bind(past);
  }
  go(block, otherwise);
}

void Generator::return_value(const Instruction& i) {
  if (i.count > 0) {
    const ValueId id = operand(i, 0);
    switch (kind(id)) {
      case PartKind::word:
        load_or_clear(eax, word(id));
        break;
      case PartKind::pair:
        load_or_clear(eax, word(id, 0));
        load_high_result(id);
        break;
      case PartKind::single:
      case PartKind::real:
      case PartKind::packed:
      case PartKind::half:
        move_vector(kind(id), in_register(0), vector(id));
        break;
      case PartKind::memory:
        // Where the caller's arguments were; the value may be one of them.
        to_slots(id, incoming_place(0));
        break;
      case PartKind::none:
        break;
    }
  }
  epilogue();
}

/// The upper half to edx, when eax has the lower one.
void Generator::load_high_result(ValueId id) {
  const Source high = word(id, 1);
  if (high.in(eax)) {
    refuse("a result in eax");
    return;
  }
  load(edx, high);
}

void Generator::terminator(const Instruction& i, BlockId block) {
  switch (i.op) {
    case Opcode::branch:
      go(block, operand(i, 0));
      return;
    case Opcode::branch_if:
      branch_if(i, block);
      return;
    case Opcode::switch_on:
    case Opcode::branch_address:
      switch_on(i, block);
      return;
    case Opcode::return_value:
      return_value(i);
      return;
    default:
      end(Outcome::unreachable);
  }
}

}  // namespace jit
