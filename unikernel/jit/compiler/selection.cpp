#include "compiler/selection.h"

#include "compiler/packed_calls.h"
#include "compiler/parts.h"
#include "compiler/strength.h"
#include "interpreter/liveness.h"
#include "support/bytes.h"

namespace jit {
namespace {

constexpr uint8_t kDeepest = 12;  // of conditions within conditions: files are not trusted

class Selecting {
 public:
  Selecting(const Module& module, const Body& body, Span<const bool> whole)
      : module_(module), body_(body), whole_(whole) {}

  bool run(Arena& arena, Selection& selection) {
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
    if (arena.exhausted()) return false;
    for (uint32_t v = 0; v < values; ++v) {
      s_.roles[v] = Role::nothing;
      s_.uses[v] = 0;
      s_.loose[v] = true;
      user_[v] = kNone;
      pointers_[v] = {};
    }
    s_.parts = {arena.make<AddressParts>(count()), 0};
    if (arena.exhausted()) return false;
    for (uint32_t a = 0; a < body_.arguments; ++a) s_.roles[a] = Role::variable;
    for (uint32_t b = body_.blocks.size; b-- > 0;) {
      const Block& block = body_.blocks[b];
      for (uint32_t i = block.first + block.count; i-- > block.first;) {
        arena.step(2);
        decide(i);
      }
    }
    selection = s_;
    return true;
  }

 private:
  struct Pointer {
    uint32_t plain = 0;      // uses as an address to which an index can be added
    uint32_t offset = 0;     // uses as one to which only an offset can be
    bool elsewhere = false;  // some of them are in another block
  };

  /// Users of values; how many getelementptrs there are.
  uint32_t count() {
    uint32_t addresses = 0, writers = 0;
    for (BlockId b = 0; b < body_.blocks.size; ++b) {
      const Block& block = body_.blocks[b];
      for (uint32_t i = block.first; i < block.first + block.count; ++i) {
        const Instruction& instruction = body_.instructions[i];
        s_.blocks[i] = b;
        writers_[i] = writers;
        writers += may_write(instruction) ? 1 : 0;
        addresses += instruction.op == Opcode::getelementptr ? 1 : 0;
        if (!has_no_code(module_, body_, instruction)) count_uses(instruction, i, block);
      }
    }
    return addresses;
  }
  void count_uses(const Instruction& instruction, uint32_t index, const Block& block) {
    const ValueOperands operands = value_operands(instruction);
    const bool phi = instruction.op == Opcode::phi;
    const uint32_t base = body_.base;
    const ValueId* const end = body_.operands.data + instruction.first + operands.end;
    for (const ValueId* id = end - operands.end; id < end; id += operands.step) {
      const uint32_t v = *id - base;
      if (*id < base) continue;
      ++s_.uses[v];
      user_[v] = index;
      // Only users that are seen before what they use can ask for less: those of the same block.
      const Value& value = body_.values[v];
      if (phi || value.kind != ValueKind::instruction || value.index - block.first >= block.count) {
        s_.loose[v] = false;
      }
    }
  }

  [[nodiscard]] bool may_write(const Instruction& i) const {
    switch (i.op) {
      case Opcode::store:
      case Opcode::fence:
      case Opcode::compare_exchange:
      case Opcode::atomic_update:
        return true;
      case Opcode::load:
        return (i.flags & (kFlagVolatile | kFlagAtomic)) != 0;
      case Opcode::call:
        return intrinsic_of_call(module_, body_, i) == Intrinsic::none ||
               call_kind(module_, body_, i) == CallKind::helper;
      default:
        return false;
    }
  }

  [[nodiscard]] ValueId operand(const Instruction& i, uint32_t k) const {
    return body_.operands[i.first + k];
  }
  [[nodiscard]] TypeId type_of(ValueId id) const { return value_of(module_, body_, id).type; }
  [[nodiscard]] PartKind kind_of(ValueId id) const { return part_kind(module_, type_of(id)); }
  [[nodiscard]] bool is_computed(ValueId id) const {
    if (id < body_.base) return false;
    const ValueKind kind = body_.values[id - body_.base].kind;
    return kind == ValueKind::instruction || kind == ValueKind::argument;
  }
  [[nodiscard]] bool is_word_of_32(ValueId id) const {
    return kind_of(id) == PartKind::word && word_bits(module_.types[type_of(id)]) == 32;
  }
  [[nodiscard]] bool is_plain_access(const Instruction& i) const {
    return (i.flags & (kFlagVolatile | kFlagAtomic)) == 0;
  }

  // ---- aliases

  [[nodiscard]] bool is_alias(const Instruction& i) const {
    if (i.op != Opcode::freeze && i.op != Opcode::call && i.op != Opcode::cast &&
        i.op != Opcode::getelementptr) {
      return false;
    }
    const uint32_t source = i.op == Opcode::call ? 1 : 0;
    if (i.count <= source || !is_computed(operand(i, source))) return false;
    const ValueId from = operand(i, source);
    const PartKind a = kind_of(from), b = part_kind(module_, i.type);
    switch (i.op) {
      case Opcode::freeze:
        return true;
      case Opcode::call:
        return call_kind(module_, body_, i) == CallKind::alias && a == b;
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

  // ---- what an instruction asks of its operands, once its own role is known

  /// Operand `k` of `i` is looked at with all its bits.
  [[nodiscard]] bool is_strict(const Instruction& i, uint32_t k) const {
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
  static bool may_be_lax(Opcode op) {
    return op == Opcode::store || op == Opcode::cast || op == Opcode::binary ||
           op == Opcode::select;
  }

  void look_at_operands(const Instruction& i, uint32_t index) {
    if (has_no_code(module_, body_, i)) return;
    const ValueOperands operands = value_operands(i);
    const ValueId* const ids = body_.operands.data + i.first;
    const bool lax = may_be_lax(i.op);
    for (uint32_t k = 0; k < operands.end; k += operands.step) {
      if (ids[k] < body_.base) continue;
      bool& loose = s_.loose[ids[k] - body_.base];
      if (loose && (!lax || is_strict(i, k))) loose = false;
    }
    const bool access = i.op == Opcode::load || i.op == Opcode::store;
    if (!access && (i.op != Opcode::getelementptr || i.result == kNone ||
                    s_.roles[i.result - body_.base] != Role::address)) {
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

  void decide(uint32_t index) {
    const Instruction& i = body_.instructions[index];
    root_[index] = index;
    depth_[index] = 0;
    if (i.result != kNone) s_.roles[i.result - body_.base] = role_of(i, index);
    look_at_operands(i, index);
  }

  [[nodiscard]] bool has_effects(const Instruction& i) const {
    return i.op == Opcode::call || i.op == Opcode::compare_exchange ||
           i.op == Opcode::atomic_update || (i.op == Opcode::load && !is_plain_access(i)) ||
           (i.op == Opcode::binary && is_division(static_cast<BinaryOp>(i.code)));
  }
  static bool is_division(BinaryOp op) {
    return op == BinaryOp::udiv || op == BinaryOp::sdiv || op == BinaryOp::urem ||
           op == BinaryOp::srem;
  }

  Role role_of(const Instruction& i, uint32_t index) {
    const uint32_t v = i.result - body_.base;
    if (part_kind(module_, i.type) == PartKind::none) return Role::nothing;
    if (!whole_.empty() && whole_[v]) return Role::variable;
    if (i.op == Opcode::alloca && s_.blocks[index] == 0 &&
        value_of(module_, body_, operand(i, 0)).kind == ValueKind::integer && i.detail <= 16) {
      return Role::place;
    }
    if (s_.uses[v] == 0) return has_effects(i) ? Role::variable : Role::nothing;
    if (is_condition(i, index)) return Role::condition;
    if (is_alias(i)) return Role::alias;
    if (i.op == Opcode::getelementptr && folds_into_addresses(i)) return Role::address;
    return s_.uses[v] == 1 ? role_in_user(i, index) : Role::variable;
  }
  /// Of what has one use.
  Role role_in_user(const Instruction& i, uint32_t index) {
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

  bool folds_into_addresses(const Instruction& gep) {
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

  /// x + constant, or x << constant, as the index of an address.
  bool is_part_of_address(const Instruction& i, uint32_t index) {
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
  bool is_tested(const Instruction& i, uint32_t index) {
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
  bool is_selecting_mask(const Instruction& i, uint32_t index) {
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

  bool is_condition(const Instruction& i, uint32_t index) {
    const Type& made = module_.types[i.type];
    if (made.kind != TypeKind::integer || made.count != 1) return false;
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
  [[nodiscard]] bool joins_conditions(const Instruction& i) const {
    if (i.type == kNone || module_.types[i.type].kind != TypeKind::integer ||
        module_.types[i.type].count != 1) {
      return false;
    }
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

  [[nodiscard]] bool is_unwritten(uint32_t load, uint32_t user) const {
    return writers_[root_[user]] == writers_[load + 1];
  }

  /// The user of a load can read memory itself, and there it still holds the same.
  bool is_memory_operand(const Instruction& load, uint32_t index) {
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
  [[nodiscard]] bool value_is_zero(ValueId id) const {
    int64_t number = 1;
    return constant_number(module_, value_of(module_, body_, id), number) && number == 0;
  }
  [[nodiscard]] bool takes_memory(const Instruction& u, const Instruction& load, PartKind kind,
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
  [[nodiscard]] bool takes_memory_by_name(const Instruction& u, const Instruction& load) const {
    const PackedCall call = packed_call(intrinsic_of_call(module_, body_, u));
    if (call.code == 0 || call.one_lane) return false;
    const bool first = operand(u, 1) == load.result;
    const ValueId other = operand(u, first ? 2 : 1);
    const bool other_is_load = other >= body_.base && s_.roles[other - body_.base] == Role::operand;
    return (!first || call.commutes) && other != load.result && !other_is_load;
  }

  /// x of `store p, (x = op (load p), y)`: then the load is an `update`, too.
  bool is_update(const Instruction& i, uint32_t index) {
    const uint32_t user = user_[i.result - body_.base];
    const Instruction& u = body_.instructions[user];
    if (i.op == Opcode::load) {
      return u.op == Opcode::binary && u.result != kNone &&
             s_.roles[u.result - body_.base] == Role::update && operand(u, 0) == i.result;
    }
    if (i.op != Opcode::binary || kind_of(i.result) != PartKind::word) return false;
    const auto op = static_cast<BinaryOp>(i.code);
    const uint32_t bits = word_bits(module_.types[i.type]);
    if ((op != BinaryOp::add && op != BinaryOp::sub && op != BinaryOp::and_ &&
         op != BinaryOp::or_ && op != BinaryOp::xor_) ||
        (bits != 8 && bits != 16 && bits != 32)) {
      return false;
    }
    if (u.op != Opcode::store || user <= index || operand(u, 1) != i.result ||
        !is_plain_access(u) || s_.blocks[user] != s_.blocks[index] || operand(i, 0) < body_.base) {
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

  const Module& module_;
  const Body body_;
  Span<const bool> whole_;
  Selection s_;
  Span<uint32_t> user_;     // by value: an instruction that uses it
  Span<Pointer> pointers_;  // by value
  Span<uint32_t> writers_;  // by instruction: how many before it may change memory
  Span<uint32_t> root_;     // by instruction: the one where it is made
  Span<uint8_t> depth_;     // by instruction: below that one
};

}  // namespace

bool select_roles(const Module& module, const Body& body, Span<const bool> whole, Arena& arena,
                  Selection& selection) {
  return Selecting(module, body, whole).run(arena, selection);
}

}  // namespace jit
