#include "compiler/generator.h"

#include "compiler/services.h"
#include "compiler/strength.h"
#include "interpreter/liveness.h"

namespace jit {

using namespace x86_32;

bool Generator::refuse(Text what) {
  if (!refused_) fault_ = what;
  refused_ = true;
  return false;
}

/// Whether code is made for it where it stands.
bool Generator::is_emitted(const Instruction& i) const {
  if (i.op == Opcode::phi || has_no_code(module_, body_, i)) return false;
  if (i.result == kNone) return true;
  const Role r = role(i.result);
  return r == Role::variable;
}

// ---- how it ends before its end

void Generator::end(Outcome outcome) {
  if (options_.traps && outcome == Outcome::unreachable) {
    encoder_.undefined();
    return;
  }
  encoder_.jump(Target::service, kServices + static_cast<uint32_t>(outcome));
}

CodeLabel Generator::end_label(Outcome outcome) {
  CodeLabel& label = ends_[static_cast<uint32_t>(outcome)];
  if (label == kNone) label = encoder_.label();
  return label;
}

// ---- blocks

void Generator::root(const Instruction& i, uint32_t index) {
  if (island_of_[index] != kNone) {
    island_of_[index] == kByLanes ? by_lanes(i) : island(i, island_of_[index]);
    return;
  }
  RuntimeCall which = RuntimeCall::move;
  if (calls_runtime_ && is_island(i) && is_runtime_call(i, which)) {
    runtime_call(i, which);
    return;
  }
  switch (i.op) {
    case Opcode::load:
      load_instruction(i);
      return;
    case Opcode::store:
      store_instruction(i);
      return;
    case Opcode::fence:
      return;
    case Opcode::alloca:
      if (!is_entered(i)) alloca_dynamic(i);
      return;
    case Opcode::call:
      call(i);
      return;
    default:
      break;
  }
  if (i.op == Opcode::binary && !is_used(i)) {
    // Only a division is here: for its fault.
    if (part_kind(module_, i.type) == PartKind::word) divide(i);
    return;
  }
  if (!is_used(i)) return;
  switch (i.op) {
    case Opcode::select:
      select(i);
      return;
    case Opcode::extract_value:
      extract_value(i);
      return;
    case Opcode::insert_value:
      insert_value(i);
      return;
    case Opcode::extract_element:
      extract_element(i);
      return;
    default:
      break;
  }
  switch (part_kind(module_, i.type)) {
    case PartKind::word:
      word_instruction(i);
      return;
    case PartKind::pair:
      pair_instruction(i);
      return;
    case PartKind::single:
    case PartKind::real:
      real_instruction(i);
      return;
    case PartKind::packed:
    case PartKind::half:
      packed_instruction(i);
      return;
    default:
      refuse("an instruction of this type");
  }
}

namespace {

bool multiplies(const Instruction& i) {
  return i.op == Opcode::binary && static_cast<BinaryOp>(i.code) == BinaryOp::mul;
}
bool commutes(const Instruction& binary) {
  switch (static_cast<BinaryOp>(binary.code)) {
    case BinaryOp::add:
    case BinaryOp::and_:
    case BinaryOp::or_:
    case BinaryOp::xor_:
    case BinaryOp::fadd:
    case BinaryOp::fmul:
      return true;
    default:
      return false;
  }
}

}  // namespace

/// Whether the result of `i`, which has no register, can wait in eax or xmm7 for its only user: the
/// next instruction, which takes it first of all.
bool Generator::keeps(const Instruction& i, uint32_t index, const Block& block) const {
  if (i.result == kNone || selection_.uses[i.result - body_.base] != 1 ||
      island_of_[index] != kNone || !has_variable(i.result) || variable(i.result).in_register()) {
    return false;
  }
  const PartKind what = part_kind(module_, i.type);
  const bool packed = what == PartKind::packed;
  const bool vector = what == PartKind::single || what == PartKind::real || packed;
  if (!vector && what != PartKind::word) return false;
  if (i.op != Opcode::binary && i.op != Opcode::load && !(vector && i.op == Opcode::cast) &&
      !(packed && i.op == Opcode::shuffle)) {
    return false;
  }
  if (packed && multiplies(i)) return false;  // which takes xmm7
  uint32_t next = index + 1;
  while (next < block.first + block.count && !is_terminator(body_.instructions[next].op) &&
         !is_emitted(body_.instructions[next])) {
    ++next;
  }
  if (next >= block.first + block.count || island_of_[next] != kNone) return false;
  const Instruction& user = body_.instructions[next];
  const auto plain = [&](ValueId id) {
    return constants_.is_constant(id) || (role(id) == Role::variable && id != i.result);
  };
  if (user.op == Opcode::store) {
    if (operand(user, 1) != i.result || role(operand(user, 1)) != Role::variable) return false;
    if (vector) return true;
    const AddressParts parts = address_of(module_, body_, selection_, operand(user, 0));
    const auto at_hand = [&](ValueId id) {
      return id == kNone || constants_.is_constant(id) || role(id) == Role::place ||
             (role(id) == Role::variable && variable(id).in_register());
    };
    return at_hand(parts.base) && (parts.index == kNone || (role(parts.index) == Role::variable &&
                                                            variable(parts.index).in_register()));
  }
  if (user.op != Opcode::binary || part_kind(module_, user.type) != what) return false;
  if (vector) {
    if (static_cast<BinaryOp>(user.code) == BinaryOp::frem || (packed && multiplies(user))) {
      return false;
    }
    const ValueId first = operand(user, 0), second = operand(user, 1);
    if (second == i.result) return commutes(user) && first != i.result && plain(first);
    return first == i.result;
  }
  const ValueId first = operand(user, 0), second = operand(user, 1);
  if (commutes(user) && second == i.result) return first != i.result && plain(first);
  const bool takes_it = commutes(user) || static_cast<BinaryOp>(user.code) == BinaryOp::sub;
  return takes_it && first == i.result && plain(second);
}

void Generator::block(BlockId b) {
  const bool is_last = b + 1 == rounds_.end;
  next_ = !is_last                     ? label_of(b + 1, round_)
          : round_ + 1 < rounds_.count ? label_of(rounds_.begin, round_ + 1)
                                       : b + 1;
  encoder_.bind(label_of(b, round_));
  pending_ = options_.fuel ? debts_.at_begin[b] : 0;
  kept_ = kNone;
  const Block& block = body_.blocks[b];
  const uint32_t end = block.first + block.count;
  for (uint32_t k = block.first; k < end && !refused_; ++k) {
    const Instruction& i = body_.instructions[k];
    if (i.op == Opcode::phi) continue;
    if (k % 4 == 0) arena_.step(40);
    pending_ += i.cost;
    mark(CodeMark::instruction, k);
    if (is_terminator(i.op)) {
      pay_at_end(b);
      terminator(i, b);
    } else if (is_emitted(i)) {
      const ValueId kept = keeps(i, k, block) ? i.result : kNone;
      // The one before it ends here, the next begins.
      kept_result_ = kept;
      root(i, k);
      kept_ = kept;
      kept_result_ = kNone;
    }
  }
}

/// What `rounds_` says of it.
void Generator::loop_or_block(BlockId b) {
  rounds_ = {b, b + 1, 1, 0};
  if (heads_[b]) {
    if (options_.fuel) {
      rounds_ = find_rounds(body_, flow_, {depth_.data, depth_.size}, {heads_.data, heads_.size},
                            {costs_.data, costs_.size}, debts_, b, room_for_rounds_);
      for (BlockId k = rounds_.begin; k < rounds_.end && rounds_.count > 1; ++k) {
        room_for_rounds_ -= (rounds_.count - 1) * body_.blocks[k].count;
      }
    }
    kept_ = kNone;
    begin_loop(b);
  }
  const uint32_t more = (rounds_.count - 1) * (rounds_.end - rounds_.begin);
  for (uint32_t k = 0; k < more; ++k) {
    const CodeLabel label = encoder_.label();
    if (k == 0) rounds_at_ = label;
  }
  for (round_ = 0; round_ < rounds_.count; ++round_) {
    for (BlockId k = rounds_.begin; k < rounds_.end; ++k) block(k);
  }
}

bool Generator::prepare_blocks() {
  // So much more code may be made of the whole function, and a little more of a small one.
  room_for_rounds_ = body_.instructions.size / 2 + 64;
  latest_ = {arena_.make<uint32_t>(body_.blocks.size), body_.blocks.size};
  if (arena_.exhausted()) return false;
  for (uint32_t& latest : latest_) latest = kNone;
  arena_.step(body_.blocks.size / 4);
  return true;
}

void Generator::blocks() {
  for (BlockId b = 0; b < body_.blocks.size; b = rounds_.end) {
    if (!flow_.reached(b)) break;  // nor are all behind it
    loop_or_block(b);
  }
  rounds_ = {};
  next_ = kNone;
  for (uint32_t e = 0; e < edges_.size(); ++e) {
    const Edge edge = edges_[e];
    if (edge.made) continue;
    arena_.step(5);
    encoder_.bind(edge.label);
    mark(CodeMark::edge, edge.from, edge.to);
    pay(edge.owed, false);
    if (has_phis(edge.to)) moves(edge.from, edge.to);
    encoder_.jump(edge.target);
  }
  if (options_.entry != nullptr) enter_loop();
  borrow();
  for (uint32_t outcome = 0; outcome < kOutcomes; ++outcome) {
    if (ends_[outcome] == kNone) continue;
    encoder_.bind(ends_[outcome]);
    mark(CodeMark::ending, outcome);
    end(static_cast<Outcome>(outcome));
  }
}

/// Those that may be given out; and whether the stack moves while the function runs.
Registers Generator::registers() {
  Registers all = {kGeneralRegisters, kScalarRegisters};
  bool two = false;
  const auto is_vector = [&](TypeId id) {
    return id != kNone && type(id).kind == TypeKind::vector;
  };
  for_each_paced(arena_, body_.instructions.size, 16, [&](uint32_t k) {
    const Instruction& i = body_.instructions[k];
    two = two || is_vector(i.type);
    if (i.op == Opcode::cast) {
      two |= kind(operand(i, 0)) == PartKind::pair;
    } else if (i.op == Opcode::alloca) {
      dynamic_ |= role(i.result) != Role::place && !is_entered(i);
    } else if (i.op == Opcode::call) {
      const Intrinsic which = intrinsic_of_call(module_, body_, i);
      dynamic_ |= which == Intrinsic::stacksave || which == Intrinsic::stackrestore;
      two |=
          which == Intrinsic::copysign || which == Intrinsic::memcpy || which == Intrinsic::memmove;
    }
  });
  for (uint32_t a = 0; a < body_.arguments; ++a) {
    two |= is_vector(body_.values[a].type);
  }
  if (dynamic_) all.general &= static_cast<RegisterSet>(~set_of(ebp));
  if (two) all.vectors = kVectorRegisters;
  has_xmm6_ = two;
  return all;
}

bool Generator::run() {
  for (CodeLabel& label : ends_) label = kNone;
  if (!order_blocks(body_, arena_, depth_, heads_, flow_)) return refuse("no memory for code");
  for (BlockId b = 0; b < body_.blocks.size; ++b) (void)encoder_.label();
  encoder_.expect(body_.instructions.size * 6 + 128);
  if (options_.entry != nullptr && !find_entry()) return false;
  if (!reduce_strength(module_, body_, flow_, {depth_.data, depth_.size}, arena_)) {
    return refuse("no memory for code");
  }
  if (!follow_moved(module_, body_, arena_)) return refuse("no memory for code");
  if (options_.entry != nullptr && !find_whole()) return false;
  if (!select_roles(module_, body_, {whole_.data, whole_.size}, arena_, selection_)) {
    return refuse("no memory for code");
  }
  if (!allocate(module_, body_, selection_, {depth_.data, depth_.size}, registers(), *this, arena_,
                allocation_) ||
      !prepare_islands() || !lay_out_frame() || !plan_payments() || !prepare_blocks()) {
    return refuse("no memory for code");
  }
  mark(CodeMark::entry);
  prologue();
  blocks();
  if (refused_) return false;
  if (!encoder_.good() || arena_.exhausted()) return refuse("no memory for code");
  encoder_.shorten();
  return encoder_.good() || refuse("a jump to nowhere");
}

}  // namespace jit
