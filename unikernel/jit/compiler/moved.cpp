// What a loop has moved on already: p + 144 where p + 128 is known is 16 behind that, and i < 99
// where i + 1 is known is i + 1 < 100. Then p and i need not be kept, and the loop does not copy
// them.
#include "compiler/selection.h"
#include "compiler/strength.h"
#include "support/bytes.h"

namespace jit {

namespace {

/// A phi, and what it is next: so many more.
struct Moved {
  ValueId phi;
  ValueId next;
  uint32_t by;
};
constexpr uint32_t kMostMoved = 8;      // of a block
constexpr uint32_t kMostCompared = 16;  // comparisons of a body

class Following {
 public:
  Following(const Module& module, Body& body, Arena& arena)
      : module_(module), body_(body), arena_(arena) {}

  bool run() {
    for (BlockId b = 0; b < body_.blocks.size; ++b) {
      const Block& block = body_.blocks[b];
      count_ = 0;
      for (uint32_t k = block.first; k < block.first + block.count; ++k) {
        Instruction& i = body_.instructions[k];
        if (k % 2 == 0) arena_.step();
        if (i.op == Opcode::getelementptr) {
          address(i);
        } else if (i.op == Opcode::binary) {
          counter(i);
        } else if (i.op == Opcode::compare && count_ != 0 && !compare(i, b)) {
          return false;
        }
      }
    }
    return true;
  }

 private:
  /// The phi that `id` is, of this body; nullptr: none.
  [[nodiscard]] const Instruction* phi_of(ValueId id) const {
    if (id < body_.base || id - body_.base >= body_.values.size) return nullptr;
    const Value& v = body_.values[id - body_.base];
    if (v.kind != ValueKind::instruction) return nullptr;
    const Instruction& i = body_.instructions[v.index];
    return i.op == Opcode::phi ? &i : nullptr;
  }
  void note(ValueId phi, ValueId next, uint32_t by) {
    const Instruction* const i = phi_of(phi);
    if (i == nullptr || count_ == kMostMoved || moved(phi) != nullptr) return;
    for (uint32_t k = 0; k + 1 < i->count; k += 2) {
      if (body_.operands[i->first + k] == next) {
        moved_[count_++] = {phi, next, by};
        return;
      }
    }
  }
  [[nodiscard]] const Moved* moved(ValueId phi) const {
    for (uint32_t m = 0; m < count_; ++m) {
      if (moved_[m].phi == phi) return &moved_[m];
    }
    return nullptr;
  }
  [[nodiscard]] bool number(ValueId id, uint32_t& n) const {
    int64_t value = 0;
    if (!constant_number(module_, value_of(module_, body_, id), value)) return false;
    n = static_cast<uint32_t>(value);
    return true;
  }

  void counter(const Instruction& i) {
    uint32_t by = 0;
    const Type& t = module_.types[i.type];
    if (static_cast<BinaryOp>(i.code) == BinaryOp::add && t.kind == TypeKind::integer &&
        t.count == 32 && number(body_.operands[i.first + 1], by)) {
      note(body_.operands[i.first], i.result, by);
    }
  }

  void address(Instruction& gep) {
    const ValueId base = body_.operands[gep.first];
    if (count_ == 0 && phi_of(base) == nullptr) return;
    AddressParts parts;
    if (!simple_address(module_, body_, gep, parts)) return;
    bool changed = false;
    if (const Moved* const m = moved(parts.base)) {
      parts.base = m->next;
      parts.offset -= m->by;
      changed = true;
    }
    if (const Moved* const m = parts.index == kNone ? nullptr : moved(parts.index)) {
      parts.index = m->next;
      parts.offset -= m->by << parts.scale;
      changed = true;
    }
    if (changed) {
      make_explicit(gep, parts);
    } else if (parts.index == kNone && parts.symbol == kNone) {
      note(parts.base, gep.result, parts.offset);
    }
  }

  /// Says its parts itself from here on: in place, for they are no more than it had operands.
  void make_explicit(Instruction& gep, const AddressParts& parts) {
    uint32_t count = 0;
    body_.operands[gep.first + count++] = parts.base;
    gep.code = parts.scale;
    if (parts.index != kNone) {
      gep.code |= kHasIndex;
      body_.operands[gep.first + count++] = parts.index;
    }
    if (parts.symbol != kNone) {
      gep.code |= kHasSymbol;
      body_.operands[gep.first + count++] = parts.symbol;
    }
    gep.subject = kNone;
    gep.detail = parts.offset;
    gep.count = count;
  }

  /// Of a phi and a number. false: the arena is full.
  bool compare(Instruction& i, BlockId b) {
    const Moved* const m = moved(body_.operands[i.first]);
    uint32_t limit = 0;
    if (m == nullptr || !number(body_.operands[i.first + 1], limit) ||
        module_.types[value_of(module_, body_, m->next).type].kind != TypeKind::integer) {
      return true;
    }
    const auto p = static_cast<Predicate>(i.code);
    if (p != Predicate::eq && p != Predicate::ne &&
        !(guards(i, *m, b) && stays_ordered(p, *m, limit, b))) {
      return true;
    }
    const ValueId next = m->next;
    const TypeId type = value_of(module_, body_, next).type;
    const ValueId sum = add_number(type, limit + m->by);
    if (sum == kNone) return !arena_.exhausted();
    body_.operands[i.first] = next;
    body_.operands[i.first + 1] = sum;
    return true;
  }
  /// Where the comparison does not hold, the block does not go back to the loop's begin.
  [[nodiscard]] bool guards(const Instruction& compare, const Moved& m, BlockId b) const {
    const Block& block = body_.blocks[b];
    const Instruction& end = body_.instructions[block.first + block.count - 1];
    if (end.op != Opcode::branch_if) return false;
    const ValueId condition = body_.operands[end.first];
    const BlockId head = block_of_phi(m.phi);
    if (body_.operands[end.first + 1] != head || body_.operands[end.first + 2] == head) {
      return false;
    }
    if (condition == compare.result) return true;
    // Both of two: select a, b, false, or and.
    if (condition < body_.base || condition - body_.base >= body_.values.size) return false;
    const Value& v = body_.values[condition - body_.base];
    if (v.kind != ValueKind::instruction) return false;
    const Instruction& both = body_.instructions[v.index];
    const ValueId* const of = body_.operands.data + both.first;
    uint32_t no = 1;
    if (both.op == Opcode::select) {
      return number(of[2], no) && no == 0 && (of[0] == compare.result || of[1] == compare.result);
    }
    return both.op == Opcode::binary && static_cast<BinaryOp>(both.code) == BinaryOp::and_ &&
           (of[0] == compare.result || of[1] == compare.result);
  }
  [[nodiscard]] BlockId block_of_phi(ValueId phi) const {
    const uint32_t index = body_.values[phi - body_.base].index;
    for (BlockId b = 0; b < body_.blocks.size; ++b) {
      const Block& block = body_.blocks[b];
      if (index >= block.first && index < block.first + block.count) return b;
    }
    return kNone;
  }
  /// phi < limit holds where phi + by < limit + by does: phi, which begins at numbers and goes on
  /// only from below the limit, and from `b` alone, where that is asked, never comes near to where
  /// it would begin anew.
  [[nodiscard]] bool stays_ordered(Predicate p, const Moved& m, uint32_t limit, BlockId b) const {
    const bool is_signed = p == Predicate::slt;
    if (!is_signed && p != Predicate::ult) return false;
    const uint32_t most = is_signed ? 0x7FFF'FFFF : 0xFFFF'FFFF;
    if (m.by == 0 || m.by > 0x1000'0000 || (is_signed && limit > most) || limit > most - 2 * m.by) {
      return false;
    }
    const Instruction& phi = *phi_of(m.phi);
    for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
      const ValueId from = body_.operands[phi.first + k];
      uint32_t begin = 0;
      if (from == m.next && body_.operands[phi.first + k + 1] == b) continue;
      if (!number(from, begin) || begin > most - m.by) return false;
    }
    return true;
  }

  ValueId add_number(TypeId type, uint32_t bits) {
    if (room_ == 0) {
      // Once, for all that there will be.
      const uint32_t size = body_.values.size;
      if (has_grown_) return kNone;
      Value* const values = arena_.make<Value>(size + kMostCompared);
      if (values == nullptr) return kNone;
      for (uint32_t v = 0; v < size; ++v) values[v] = body_.values[v];
      body_.values = {values, size};
      room_ = kMostCompared;
      has_grown_ = true;
    }
    --room_;
    Value v;
    v.kind = ValueKind::integer;
    v.type = type;
    v.bits = bits;
    body_.values.data[body_.values.size++] = v;
    return body_.base + body_.values.size - 1;
  }

  const Module& module_;
  Body& body_;
  Arena& arena_;
  Moved moved_[kMostMoved] = {};
  uint32_t count_ = 0;
  uint32_t room_ = 0;
  bool has_grown_ = false;
};

}  // namespace

bool follow_moved(const Module& module, Body& body, Arena& arena) {
  return Following(module, body, arena).run();
}

}  // namespace jit
