#include "compiler/selection.h"

#include "compiler/selecting.h"
#include "compiler/strength.h"
#include "ir/flow.h"
#include "support/bytes.h"

namespace jit {

bool Selecting::run(Arena& arena, Selection& selection) {
  const uint32_t values = body_.values.size, instructions = body_.instructions.size;
  s_.roles = {arena.make<Role>(values), values};
  s_.uses = {arena.make<uint32_t>(values), values};
  s_.loose = {arena.make<bool>(values), values};
  s_.parts_at = {arena.make<uint32_t>(values), values};
  s_.blocks = {arena.make<BlockId>(instructions), instructions};
  user_ = {arena.make<uint32_t>(values), values};
  pointers_ = {arena.make<Pointer>(values), values};
  writers_ = {arena.make<uint32_t>(instructions), instructions};
  root_ = {arena.make<uint32_t>(instructions), instructions};
  depth_ = {arena.make<uint8_t>(instructions), instructions};
  if (!find_reached(body_, arena, reached_)) return false;
  for_each_paced(arena, values, 2, [&](uint32_t v) {
    s_.roles[v] = Role::nothing;
    s_.uses[v] = 0;
    s_.loose[v] = true;
    user_[v] = kNone;
    pointers_[v] = {};
  });
  s_.parts = {arena.make<AddressParts>(count(arena)), 0};
  if (arena.exhausted()) return false;
  for (uint32_t a = 0; a < body_.arguments; ++a) s_.roles[a] = Role::variable;
  for (uint32_t b = body_.blocks.size; b-- > 0;) {
    const Block& block = body_.blocks[b];
    const bool reached = reached_[b];
    for (uint32_t i = block.first + block.count; i-- > block.first;) {
      if (i % 4 == 0) arena.step(8);
      decide(i, reached);
    }
  }
  selection = s_;
  return true;
}

/// Users of values; how many getelementptrs there are.
uint32_t Selecting::count(const Arena& pace) {
  // As may_write() has it, of those of which the operation says all.
  constexpr auto bit = [](Opcode op) { return 1U << static_cast<uint32_t>(op); };
  constexpr uint32_t kWriters = bit(Opcode::store) | bit(Opcode::fence) |
                                bit(Opcode::compare_exchange) | bit(Opcode::atomic_update);
  // What every instruction asks for is at hand: members could change with each byte that is
  // written.
  const Instruction* const instructions = body_.instructions.data;
  BlockId* const blocks = s_.blocks.data;
  uint32_t* const writers_before = writers_.data;
  uint32_t addresses = 0, writers = 0;
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    const Block block = body_.blocks[b];
    for (uint32_t i = block.first, end = i + block.count; i < end; ++i) {
      if (i % 4 == 0) pace.step(4);
      const Instruction& instruction = instructions[i];
      blocks[i] = b;
      writers_before[i] = writers;
      const Opcode op = instruction.op;
      if (op == Opcode::call) {
        writers += may_write(module_, body_, instruction) ? 1 : 0;
        if (has_no_code(module_, body_, instruction)) continue;
      } else if (op == Opcode::load) {
        writers += is_plain_access(instruction) ? 0 : 1;
      } else {
        addresses += op == Opcode::getelementptr ? 1 : 0;
        writers += kWriters >> static_cast<uint32_t>(op) & 1;
      }
      count_uses(instruction, i, block);
    }
  }
  return addresses;
}

void Selecting::count_uses(const Instruction& instruction, uint32_t index, const Block& block) {
  const ValueOperands operands = value_operands(instruction);
  const bool strict = !may_be_lax(instruction.op);
  const uint32_t base = body_.base;
  const Value* const values = body_.values.data;
  uint32_t* const uses = s_.uses.data;
  uint32_t* const user = user_.data;
  bool* const loose = s_.loose.data;
  const ValueId* const end = body_.operands.data + instruction.first + operands.end;
  for (const ValueId* id = end - operands.end; id < end; id += operands.step) {
    const uint32_t v = *id - base;
    if (*id < base) continue;
    ++uses[v];
    user[v] = index;
    // Only users that are seen before what they use can ask for less: those of the same block.
    const Value& value = values[v];
    if (strict || value.kind != ValueKind::instruction ||
        value.index - block.first >= block.count) {
      loose[v] = false;
    }
  }
}

// ---- aliases

/// Gives its argument.
bool Selecting::is_alias_call(const Instruction& i) const {
  if (call_kind(module_, body_, i) == CallKind::alias) return true;
  // Assembly is without instructions: its output is its input.
  return i.count == 2 && value_of(module_, body_, operand(i, 0)).kind == ValueKind::inline_asm;
}

bool Selecting::may_be_alias(Opcode op) {
  return op == Opcode::freeze || op == Opcode::call || op == Opcode::cast ||
         op == Opcode::getelementptr;
}

/// Of an operation that may be one.
bool Selecting::is_alias(const Instruction& i) const {
  const uint32_t source = i.op == Opcode::call ? 1 : 0;
  if (i.count <= source || !is_computed(operand(i, source))) return false;
  const ValueId from = operand(i, source);
  const PartKind a = kind_of(from), b = part_kind(module_, i.type);
  switch (i.op) {
    case Opcode::freeze:
      return true;
    case Opcode::call:
      return is_alias_call(i) && a == b;
    case Opcode::cast:
      switch (static_cast<CastOp>(i.code)) {
        case CastOp::zext:
          return a == PartKind::word && b == PartKind::word;
        case CastOp::trunc:
          return (a == PartKind::word || a == PartKind::pair) && b == PartKind::word &&
                 (module_.types[i.type].count == 32 || s_.loose[i.result - body_.base]);
        case CastOp::ptrtoint:
        case CastOp::inttoptr:
          return a == PartKind::word && b == PartKind::word &&
                 word_bits(module_.types[type_of(from)]) == 32 &&
                 word_bits(module_.types[i.type]) == 32;
        case CastOp::bitcast:
          return a == b && a != PartKind::memory;
        default:
          return false;
      }
    case Opcode::getelementptr:
      if (is_explicit(i)) return i.count == 1 && i.detail == 0;
      for (uint32_t k = 1; k < i.count; ++k) {
        int64_t index = 0;
        if (!constant_number(module_, value_of(module_, body_, operand(i, k)), index) ||
            index != 0) {
          return false;
        }
      }
      return true;
    default:
      return false;
  }
}

/// Behind it come as many that may be aliases, too, as one follows: files are not trusted.
bool Selecting::ends_long_chain(const Instruction& i) const {
  constexpr uint32_t kLongest = 32;
  const Instruction* at = &i;
  for (uint32_t length = 1; length < kLongest; ++length) {
    const ValueId id = operand(*at, at->op == Opcode::call ? 1 : 0);
    if (id < body_.base || body_.values[id - body_.base].kind != ValueKind::instruction) {
      return false;
    }
    at = &body_.instructions[body_.values[id - body_.base].index];
    const bool may_be = at->op == Opcode::freeze || at->op == Opcode::cast ||
                        at->op == Opcode::getelementptr ||
                        (at->op == Opcode::call && is_alias_call(*at));
    if (!may_be) return false;
  }
  return true;
}

// ---- what an instruction asks of its operands, once its own role is known

/// Operand `k` of `i` is looked at with all its bits.
bool Selecting::is_strict(const Instruction& i, uint32_t k) const {
  const bool result = i.result != kNone && s_.loose[i.result - body_.base];
  switch (i.op) {
    case Opcode::store: {
      const uint32_t bits = word_bits(module_.types[type_of(operand(i, k))]);
      return k == 0 || (bits != 8 && bits != 16);
    }
    case Opcode::cast:
      return static_cast<CastOp>(i.code) != CastOp::trunc;
    case Opcode::binary:
      switch (static_cast<BinaryOp>(i.code)) {
        case BinaryOp::add:
        case BinaryOp::sub:
        case BinaryOp::mul:
          return false;  // what they make is cut to its width where somebody looks
        case BinaryOp::and_:
        case BinaryOp::or_:
        case BinaryOp::xor_:
          return !result;
        case BinaryOp::shl:
          return k != 0;
        default:
          return true;
      }
    case Opcode::select:
      return k == 0 || !result;
    default:
      return true;
  }
}

/// Whether operands of it may be strict and others not: else all are.
bool Selecting::may_be_lax(Opcode op) {
  return op == Opcode::store || op == Opcode::cast || op == Opcode::binary || op == Opcode::select;
}

void Selecting::look_at_operands(const Instruction& i, uint32_t index) {
  bool access = false;
  switch (i.op) {
    case Opcode::store:
      access = true;
      [[fallthrough]];
    case Opcode::binary:
    case Opcode::cast:
    case Opcode::select:
      for (uint32_t k = 0; k < i.count; ++k) {
        const ValueId id = operand(i, k);
        if (id < body_.base) continue;
        bool& loose = s_.loose[id - body_.base];
        if (loose && is_strict(i, k)) loose = false;
      }
      if (!access) return;
      break;
    case Opcode::load:
      access = true;
      break;
    case Opcode::getelementptr:
      if (i.result == kNone || s_.roles[i.result - body_.base] != Role::address) return;
      break;
    default:
      return;
  }
  if (operand(i, 0) < body_.base) return;
  const uint32_t v = operand(i, 0) - body_.base;
  const Value& value = body_.values[v];
  const bool here =
      value.kind == ValueKind::instruction && s_.blocks[value.index] == s_.blocks[index];
  if (access) {
    ++pointers_[v].plain;
    pointers_[v].elsewhere |= !here;
    return;
  }
  const AddressParts& parts = s_.parts[s_.parts_at[i.result - body_.base]];
  // Where it has an index, or becomes part of an address that has one, there is no second.
  const Pointer& behind = pointers_[i.result - body_.base];
  const bool no_index = parts.index == kNone && behind.offset == 0;
  (no_index ? pointers_[v].plain : pointers_[v].offset) += 1;
  pointers_[v].elsewhere |= !here || behind.elsewhere;
}

// ---- roles

void Selecting::decide(uint32_t index, bool reached) {
  const Instruction& i = body_.instructions[index];
  root_[index] = index;
  depth_[index] = 0;
  if (i.result != kNone) s_.roles[i.result - body_.base] = role_of(i, index, reached);
  look_at_operands(i, index);
}

bool Selecting::has_effects(const Instruction& i) const {
  return i.op == Opcode::call || i.op == Opcode::compare_exchange ||
         i.op == Opcode::atomic_update || (i.op == Opcode::load && !is_plain_access(i)) ||
         (i.op == Opcode::binary && is_division(static_cast<BinaryOp>(i.code)));
}
bool Selecting::is_division(BinaryOp op) {
  return op == BinaryOp::udiv || op == BinaryOp::sdiv || op == BinaryOp::urem ||
         op == BinaryOp::srem;
}

Role Selecting::role_of(const Instruction& i, uint32_t index, bool reached) {
  const uint32_t v = i.result - body_.base;
  if (part_kind(module_, i.type) == PartKind::none) return Role::nothing;
  if (!whole_.empty() && whole_[v]) return Role::variable;
  if (i.op == Opcode::alloca && s_.blocks[index] == 0 &&
      value_of(module_, body_, operand(i, 0)).kind == ValueKind::integer && i.detail <= 16) {
    return Role::place;
  }
  if (s_.uses[v] == 0) return has_effects(i) ? Role::variable : Role::nothing;
  // There a value may be its own operand, or that of its operand.
  if (!reached) return Role::variable;
  if (is_truth(i.type) && is_condition(i, index)) return Role::condition;
  if (may_be_alias(i.op) && is_alias(i) && !ends_long_chain(i)) return Role::alias;
  if (i.op == Opcode::getelementptr && folds_into_addresses(i)) return Role::address;
  return s_.uses[v] == 1 ? role_in_user(i, index) : Role::variable;
}
/// Of what has one use.
Role Selecting::role_in_user(const Instruction& i, uint32_t index) {
  switch (i.op) {
    case Opcode::binary:
      if (is_part_of_address(i, index)) {
        s_.parts_at[i.result - body_.base] = kNone;
        return Role::address;
      }
      if (is_tested(i, index)) return Role::condition;
      return is_update(i, index) ? Role::update : Role::variable;
    case Opcode::compare:
      return is_selecting_mask(i, index) ? Role::condition : Role::variable;
    case Opcode::load:
      if (is_update(i, index)) return Role::update;
      return is_plain_access(i) && is_memory_operand(i, index) ? Role::operand : Role::variable;
    default:
      return Role::variable;
  }
}

bool Selecting::folds_into_addresses(const Instruction& gep) {
  const Pointer& pointer = pointers_[gep.result - body_.base];
  AddressParts& parts = s_.parts.data[s_.parts.size];
  if (pointer.plain + pointer.offset != s_.uses[gep.result - body_.base] ||
      !simple_address(module_, body_, gep, parts)) {
    return false;
  }
  if (parts.index != kNone &&
      (pointer.offset != 0 || (pointer.elsewhere && is_computed(parts.base)))) {
    return false;
  }
  s_.parts_at[gep.result - body_.base] = s_.parts.size++;
  return true;
}

bool select_roles(const Module& module, const Body& body, Span<const bool> whole, Arena& arena,
                  Selection& selection) {
  return Selecting(module, body, whole).run(arena, selection);
}

}  // namespace jit
