// Values that are made where their user is, because x86 can: flags, parts of addresses, operands in
// memory.
#include "compiler/packed_calls.h"
#include "compiler/selecting.h"

namespace jit {

namespace {

constexpr uint8_t kDeepest = 12;  // of conditions within conditions: files are not trusted

}  // namespace

/// x + constant, or x << constant, as the index of an address.
bool Selecting::is_part_of_address(const Instruction& i, uint32_t index) {
  const uint32_t user = user_[i.result - body_.base];
  const Instruction& u = body_.instructions[user];
  if (i.op != Opcode::binary || u.op != Opcode::getelementptr || u.result == kNone ||
      s_.roles[u.result - body_.base] != Role::address || operand(u, 0) == i.result ||
      s_.blocks[user] != s_.blocks[index] || !is_word_of_32(i.result) ||
      !is_computed(operand(i, 0)) || pointers_[u.result - body_.base].elsewhere) {
    return false;
  }
  const Value& c = value_of(module_, body_, operand(i, 1));
  if (c.kind != ValueKind::integer) return false;
  const auto op = static_cast<BinaryOp>(i.code);
  if (op == BinaryOp::add || (op == BinaryOp::or_ && (i.flags & kFlagDisjoint) != 0)) return true;
  return op == BinaryOp::shl && c.bits <= 3 &&
         s_.parts[s_.parts_at[u.result - body_.base]].scale + c.bits <= 3;
}

/// x & y of `(x & y) == 0`: no more than the flags of it are needed.
bool Selecting::is_tested(const Instruction& i, uint32_t index) {
  if (i.op != Opcode::binary || static_cast<BinaryOp>(i.code) != BinaryOp::and_ ||
      kind_of(i.result) != PartKind::word || !is_computed(operand(i, 0))) {
    return false;
  }
  const uint32_t user = user_[i.result - body_.base];
  const Instruction& u = body_.instructions[user];
  const auto p = static_cast<Predicate>(u.code);
  if (u.op != Opcode::compare || (p != Predicate::eq && p != Predicate::ne) || user <= index ||
      s_.blocks[user] != s_.blocks[index] || operand(u, 0) != i.result ||
      !value_is_zero(operand(u, 1))) {
    return false;
  }
  root_[index] = root_[user];
  depth_[index] = static_cast<uint8_t>(depth_[user] + 1);
  return true;
}

/// The mask of a select of vectors of 128 bits, which nobody else looks at.
bool Selecting::is_selecting_mask(const Instruction& i, uint32_t index) {
  if (i.op != Opcode::compare || s_.uses[i.result - body_.base] != 1 ||
      !is_mask_comparison(module_, body_, i)) {
    return false;
  }
  const uint32_t user = user_[i.result - body_.base];
  const Instruction& u = body_.instructions[user];
  if (u.op != Opcode::select || operand(u, 0) != i.result || user <= index ||
      s_.blocks[user] != s_.blocks[index] || part_kind(module_, u.type) != PartKind::packed ||
      module_.types[u.type].count != module_.types[type_of(operand(i, 0))].count) {
    return false;
  }
  root_[index] = user;
  depth_[index] = 2;  // no place for a load
  return true;
}

bool Selecting::is_condition(const Instruction& i, uint32_t index) {
  const bool truncated = i.op == Opcode::cast && static_cast<CastOp>(i.code) == CastOp::trunc &&
                         kind_of(operand(i, 0)) == PartKind::word && is_computed(operand(i, 0));
  const bool compare =
      truncated ||
      (i.op == Opcode::compare && kind_of(operand(i, 0)) != PartKind::memory &&
       kind_of(operand(i, 0)) != PartKind::packed && kind_of(operand(i, 0)) != PartKind::half);
  const bool joined = joins_conditions(i);
  if (!compare && !joined) return false;
  const uint32_t v = i.result - body_.base;
  if (s_.uses[v] == 1) {
    const uint32_t user = user_[v];
    const Instruction& u = body_.instructions[user];
    if (user <= index || s_.blocks[user] != s_.blocks[index] || depth_[user] >= kDeepest) {
      return false;
    }
    const bool nested = u.result != kNone && s_.roles[u.result - body_.base] == Role::condition &&
                        joins_conditions(u);
    const bool selects = u.op == Opcode::select && operand(u, 0) == i.result &&
                         operand(u, 1) != i.result && operand(u, 2) != i.result && compare;
    if (u.op != Opcode::branch_if && !nested && !selects) return false;
    root_[index] = root_[user];
    depth_[index] = static_cast<uint8_t>(depth_[user] + 1);
    return true;
  }
  // Made anew for each: one instruction, where a value of its own would be three.
  if (!compare || s_.uses[v] > 4) return false;
  const auto takes = [&](const Instruction& u) {
    if (u.op == Opcode::branch_if) return operand(u, 0) == i.result;
    return u.op == Opcode::select && operand(u, 0) == i.result && operand(u, 1) != i.result &&
           operand(u, 2) != i.result;
  };
  const uint32_t last = user_[v];  // of all that are in this block
  if (s_.blocks[last] != s_.blocks[index] || !takes(body_.instructions[last])) return false;
  uint32_t found = 0;
  for (uint32_t k = index + 1; k <= last; ++k) found += takes(body_.instructions[k]) ? 1 : 0;
  if (found != s_.uses[v] || kind_of(operand(i, 0)) == PartKind::pair) return false;
  root_[index] = last;
  return true;
}

/// and, or, and their forms as select; not: of conditions that a branch takes.
bool Selecting::joins_conditions(const Instruction& i) const {
  if (!is_truth(i.type)) return false;
  const auto is = [&](uint32_t k, uint64_t bit) {
    int64_t number = 0;
    return constant_number(module_, value_of(module_, body_, operand(i, k)), number) &&
           (number & 1) == static_cast<int64_t>(bit);
  };
  if (i.op == Opcode::binary) {
    const auto op = static_cast<BinaryOp>(i.code);
    return op == BinaryOp::and_ || op == BinaryOp::or_ || (op == BinaryOp::xor_ && is(1, 1));
  }
  return i.op == Opcode::select && (is(2, 0) || is(1, 1));
}

bool Selecting::is_unwritten(uint32_t load, uint32_t user) const {
  return writers_[root_[user]] == writers_[load + 1];
}

/// The user of a load can read memory itself, and there it still holds the same.
bool Selecting::is_memory_operand(const Instruction& load, uint32_t index) {
  const uint32_t user = user_[load.result - body_.base];
  const Instruction& u = body_.instructions[user];
  if (user <= index || s_.blocks[user] != s_.blocks[index] || !is_unwritten(index, user)) {
    return false;
  }
  // Made more than once, or not at all: then it is no place for a load.
  if (u.result != kNone) {
    const Role role = s_.roles[u.result - body_.base];
    if (role != Role::variable &&
        !(role == Role::condition && s_.uses[u.result - body_.base] == 1)) {
      return false;
    }
    if (role == Role::condition && depth_[user] > 1) return false;  // not on every path
  }
  const PartKind kind = part_kind(module_, load.type);
  const bool first = u.count > 0 && operand(u, 0) == load.result;
  const ValueId other = u.count > 1 ? operand(u, first ? 1 : 0) : kNone;
  // With a constant: a load of its own, and then an operation in place, are no more.
  const auto by_constant = [&] {
    if (u.op != Opcode::binary || is_computed(other)) return false;
    uint64_t bits = 0;
    const Value& v = value_of(module_, body_, other);
    if (v.kind == ValueKind::integer) bits = v.bits;
    const bool cuts =
        static_cast<BinaryOp>(u.code) == BinaryOp::and_ && (bits == 0xFF || bits == 0xFFFF);
    return kind == PartKind::word && !cuts && static_cast<BinaryOp>(u.code) != BinaryOp::mul;
  };
  if (by_constant()) return false;
  const bool other_is_load =
      other != kNone && other >= body_.base && s_.roles[other - body_.base] == Role::operand;
  if (other == load.result || other_is_load) return false;
  switch (u.op) {
    case Opcode::call:
      return kind == PartKind::packed && load.detail >= 16 && takes_memory_by_name(u, load);
    case Opcode::binary:
      return takes_memory(u, load, kind, first);
    case Opcode::compare:
      if (kind == PartKind::word) {
        return word_bits(module_.types[load.type]) == 32 && (!first || !value_is_zero(other));
      }
      return (kind == PartKind::single || kind == PartKind::real) &&
             first == compares_exchanged(static_cast<Predicate>(u.code));
    case Opcode::cast:
      switch (static_cast<CastOp>(u.code)) {
        case CastOp::sext:
          return kind == PartKind::word && part_kind(module_, u.type) == PartKind::word &&
                 (module_.types[load.type].count == 8 || module_.types[load.type].count == 16);
        case CastOp::sitofp:
          return kind == PartKind::word && module_.types[load.type].count == 32 &&
                 part_kind(module_, u.type) != PartKind::memory &&
                 part_kind(module_, u.type) != PartKind::packed;
        case CastOp::fpext:
        case CastOp::fptrunc:
          return (kind == PartKind::single || kind == PartKind::real) &&
                 part_kind(module_, u.type) != PartKind::memory;
        default:
          return false;
      }
    default:
      return false;
  }
}
bool Selecting::value_is_zero(ValueId id) const {
  int64_t number = 1;
  return constant_number(module_, value_of(module_, body_, id), number) && number == 0;
}
bool Selecting::takes_memory(const Instruction& u, const Instruction& load, PartKind kind,
                             bool first) const {
  const auto op = static_cast<BinaryOp>(u.code);
  switch (op) {
    case BinaryOp::add:
    case BinaryOp::and_:
    case BinaryOp::or_:
    case BinaryOp::xor_:
    case BinaryOp::mul:
      if (kind == PartKind::word) return word_bits(module_.types[load.type]) == 32;
      return kind == PartKind::packed && load.detail >= 16 && op != BinaryOp::mul;
    case BinaryOp::sub:
      if (first) return false;
      if (kind == PartKind::word) return word_bits(module_.types[load.type]) == 32;
      return kind == PartKind::packed && load.detail >= 16;
    case BinaryOp::fadd:
    case BinaryOp::fmul:
      return kind == PartKind::single || kind == PartKind::real ||
             (kind == PartKind::packed && load.detail >= 16);
    case BinaryOp::fsub:
    case BinaryOp::fdiv:
      return !first && (kind == PartKind::single || kind == PartKind::real ||
                        (kind == PartKind::packed && load.detail >= 16));
    default:
      return false;
  }
}

/// A call of what SSE2 does with two vectors, the second of them in memory.
bool Selecting::takes_memory_by_name(const Instruction& u, const Instruction& load) const {
  const PackedCall call = packed_call(intrinsic_of_call(module_, body_, u));
  if (call.code == 0 || call.one_lane) return false;
  const bool first = operand(u, 1) == load.result;
  const ValueId other = operand(u, first ? 2 : 1);
  const bool other_is_load = other >= body_.base && s_.roles[other - body_.base] == Role::operand;
  return (!first || call.commutes) && other != load.result && !other_is_load;
}

/// x of `store p, (x = op (load p), y)`: then the load is an `update`, too.
bool Selecting::is_update(const Instruction& i, uint32_t index) {
  const uint32_t user = user_[i.result - body_.base];
  const Instruction& u = body_.instructions[user];
  if (i.op == Opcode::load) {
    return u.op == Opcode::binary && u.result != kNone &&
           s_.roles[u.result - body_.base] == Role::update && operand(u, 0) == i.result;
  }
  if (i.op != Opcode::binary || kind_of(i.result) != PartKind::word) return false;
  const auto op = static_cast<BinaryOp>(i.code);
  const uint32_t bits = word_bits(module_.types[i.type]);
  if ((op != BinaryOp::add && op != BinaryOp::sub && op != BinaryOp::and_ && op != BinaryOp::or_ &&
       op != BinaryOp::xor_) ||
      (bits != 8 && bits != 16 && bits != 32)) {
    return false;
  }
  if (u.op != Opcode::store || user <= index || operand(u, 1) != i.result || !is_plain_access(u) ||
      s_.blocks[user] != s_.blocks[index] || operand(i, 0) < body_.base) {
    return false;
  }
  const Value& loaded = body_.values[operand(i, 0) - body_.base];
  if (loaded.kind != ValueKind::instruction || s_.uses[operand(i, 0) - body_.base] != 1 ||
      operand(i, 1) == operand(i, 0)) {
    return false;
  }
  const Instruction& load = body_.instructions[loaded.index];
  if (load.op != Opcode::load || !is_plain_access(load) ||
      s_.blocks[loaded.index] != s_.blocks[user] || operand(load, 0) != operand(u, 0) ||
      writers_[user] != writers_[loaded.index + 1]) {
    return false;
  }
  // Another load must not be a memory operand of what is none.
  const ValueId other = operand(i, 1);
  if (other >= body_.base && s_.roles[other - body_.base] == Role::operand) return false;
  root_[index] = user;
  return true;
}

}  // namespace jit
