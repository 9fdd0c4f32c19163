#include "compiler/strength.h"

#include "compiler/additions.h"
#include "interpreter/layout.h"

namespace jit {
namespace {

constexpr uint32_t kMostTerms = 6;
constexpr uint32_t kMostProducts = 64;

class Reducing {
 public:
  Reducing(const Module& module, Body& body, const Flow& flow, Span<const uint32_t> depth,
           Arena& arena)
      : module_(module),
        body_(body),
        flow_(flow),
        depth_(depth),
        arena_(arena),
        new_(module, body, flow, arena),
        products_(arena) {}

  bool run() {
    bool any = false;
    for (uint32_t k = 0; k < body_.instructions.size && !any; ++k) {
      if (k % 8 == 0) arena_.step();
      const Instruction& i = body_.instructions[k];
      any = i.op == Opcode::getelementptr && is_candidate(i);
    }
    if (!any) return true;
    if (!new_.prepare()) return false;
    for (BlockId b = 0; b < body_.blocks.size && flow_.reached(b); ++b) {
      const Block& block = body_.blocks[b];
      for (uint32_t i = block.first; i < block.first + block.count && good(); ++i) {
        const Instruction& gep = body_.instructions[i];
        arena_.step();
        if (gep.op == Opcode::getelementptr && is_candidate(gep)) reduce(i);
      }
    }
    return good() && new_.rebuild();
  }

 private:
  struct Term {
    ValueId index;
    uint32_t times;
  };
  struct Product {
    ValueId index;
    uint32_t times;
    uint32_t before;
    ValueId value;
  };

  [[nodiscard]] bool good() const { return good_ && new_.good(); }
  [[nodiscard]] bool take_apart(const Instruction& gep, Term* terms, uint32_t& count,
                                uint32_t& offset) const {
    count = offset = 0;
    if (gep.op != Opcode::getelementptr || gep.subject == kNone ||
        module_.types[gep.type].kind != TypeKind::pointer) {
      return false;
    }
    TypeId type = gep.subject;
    for (uint32_t k = 1; k < gep.count; ++k) {
      const ValueId index = body_.operands[gep.first + k];
      int64_t number = 0;
      const bool constant = new_.is_number(index, number);
      if (k > 1 && module_.types[type].kind == TypeKind::structure) {
        if (!constant) return false;
        const auto field = static_cast<uint32_t>(number);
        offset += memory_before(module_, module_.types[type], field);
        type = element_type(module_, module_.types[type], field);
        continue;
      }
      if (k > 1) type = module_.types[type].first;
      const uint32_t size = module_.types[type].size;
      const Value& v = new_.value(index);
      if (constant) {
        offset += static_cast<uint32_t>(number) * size;
        continue;
      }
      if (module_.types[v.type].kind != TypeKind::integer || module_.types[v.type].count != 32 ||
          jit::is_constant(v.kind) || index < body_.base || count == kMostTerms) {
        return false;
      }
      terms[count++] = {index, size};
    }
    return true;
  }
  static bool adds(const Instruction& i) {
    const auto op = static_cast<BinaryOp>(i.code);
    return op == BinaryOp::add || (op == BinaryOp::or_ && (i.flags & kFlagDisjoint) != 0);
  }
  /// Of a shift to the left by a constant, by how much, where a product of a size is none too
  /// large; else 0.
  [[nodiscard]] uint32_t shift_of(const Instruction& i) const {
    if (i.op != Opcode::binary || static_cast<BinaryOp>(i.code) != BinaryOp::shl) return 0;
    const Value& by = value_of(module_, body_, body_.operands[i.first + 1]);
    return by.kind == ValueKind::integer && by.bits < 16 ? static_cast<uint32_t>(by.bits) : 0;
  }
  static bool is_scale(uint32_t size) { return size == 1 || size == 2 || size == 4 || size == 8; }

  [[nodiscard]] bool is_candidate(const Instruction& gep) const {
    if (gep.count < 2) return false;
    TypeId type = gep.subject;
    uint32_t variable = 0, odd = 0;
    for (uint32_t k = 1; k < gep.count; ++k) {
      const ValueId index = body_.operands[gep.first + k];
      const Value& v = value_of(module_, body_, index);
      const bool constant = v.kind == ValueKind::zero || v.kind == ValueKind::integer;
      if (k > 1 && module_.types[type].kind == TypeKind::structure) {
        if (!constant) return false;
        type = element_type(module_, module_.types[type], static_cast<uint32_t>(v.bits));
        continue;
      }
      if (k > 1) type = module_.types[type].first;
      if (constant) continue;
      ++variable;
      odd += is_scale(module_.types[type].size) ? 0 : 1;
      // An unrolled loop's: x | 1 is the next of x, and nothing but an index.
      if (v.kind == ValueKind::instruction) {
        const Instruction& i = body_.instructions[v.index];
        odd += shift_of(i) * module_.types[type].size > 0 &&
                       !is_scale(module_.types[type].size << shift_of(i))
                   ? 1
                   : 0;
        odd += i.op == Opcode::binary && (i.flags & kFlagDisjoint) != 0 && adds(i) ? 1 : 0;
      }
    }
    return variable > 1 || odd > 0;
  }

  ValueId multiplied(ValueId index, uint32_t times, uint32_t before) {
    const TypeId type = new_.value(index).type;
    int64_t n = 0;
    if (new_.is_number(index, n)) return new_.number(type, static_cast<uint32_t>(n) * times);
    const uint32_t operands[] = {index, new_.number(type, times)};
    return new_.add(Opcode::binary, static_cast<uint8_t>(BinaryOp::mul), type, operands, 2, before);
  }

  /// index * times, where `at` uses it; kNone where it cannot be had.
  ValueId product(ValueId index, uint32_t times, uint32_t at) {
    for (const Product& p : products_) {
      if (p.index == index && p.times == times && new_.stands_before(p.before, at)) return p.value;
    }
    if (products_.size() >= kMostProducts) return kNone;
    ValueId made = counted(index, times, at);
    uint32_t before = new_.place_behind(index);
    if (made == kNone) {
      if (depth_[new_.block_at(before)] >= depth_[new_.block_at(at)]) before = at;
      made = multiplied(index, times, before);
    }
    good_ &= products_.add({index, times, before, made});
    return made;
  }
  /// A loop around `at` counts `index`: from inside of the loop it comes as a sum of itself and a
  /// constant.
  [[nodiscard]] bool is_counted(ValueId index, uint32_t at) const {
    const Value& v = new_.value(index);
    if (v.kind != ValueKind::instruction || index - body_.base >= body_.values.size) return false;
    const Instruction& phi = body_.instructions[v.index];
    const BlockId head = new_.block_at(v.index);
    if (phi.op != Opcode::phi || depth_[head] == 0 || !flow_.dominates(head, new_.block_at(at)) ||
        depth_[new_.block_at(at)] < depth_[head] || phi.count > 8) {
      return false;
    }
    uint32_t inside = 0;
    for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
      const ValueId from = body_.operands[phi.first + k];
      const BlockId block = body_.operands[phi.first + k + 1];
      if (!flow_.reached(block)) return false;
      if (!flow_.dominates(head, block)) continue;
      ++inside;
      ValueId one = kNone, other = kNone;
      if (!is_sum(from, one, other) || one != index) return false;
    }
    return inside != 0;
  }

  /// The loop that counts `index` does not go round without `at`.
  [[nodiscard]] bool is_in_each_round(ValueId index, uint32_t at) const {
    const uint32_t place = new_.value(index).index;
    const Instruction& phi = body_.instructions[place];
    for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
      const BlockId block = body_.operands[phi.first + k + 1];
      if (flow_.dominates(new_.block_at(place), block) &&
          !flow_.dominates(new_.block_at(at), block)) {
        return false;
      }
    }
    return true;
  }

  /// An index that is shifted by more than an operand's scale, of what a loop counts: a product.
  void look_through_shift(Term& term, uint32_t at) const {
    if (term.index < body_.base || term.index - body_.base >= body_.values.size) return;
    const Value& v = new_.value(term.index);
    if (v.kind != ValueKind::instruction || module_.types[v.type].count != 32) return;
    const Instruction& i = body_.instructions[v.index];
    const uint32_t by = shift_of(i);
    if (by == 0 || is_scale(term.times << by) || term.times >= 1U << 12) return;
    const ValueId shifted = body_.operands[i.first];
    ValueId one = kNone, constant = kNone;
    const ValueId counts = is_sum(shifted, one, constant) ? one : shifted;
    if (is_counted(counts, at) && is_in_each_round(counts, at)) {
      term = {shifted, term.times << by};
    }
  }

  /// The product as a variable of the loop that counts `index`: kNone where it does not.
  ValueId counted(ValueId index, uint32_t times, uint32_t at) {
    if (!is_counted(index, at)) return kNone;
    const Value& v = new_.value(index);
    const Instruction& phi = body_.instructions[v.index];
    const BlockId head = new_.block_at(v.index);
    uint32_t operands[8];
    const ValueId made = new_.add(Opcode::phi, 0, v.type, operands, 0, body_.blocks[head].first);
    if (!good()) return kNone;
    const uint32_t added = new_.size() - 1;
    new_[added].instruction.detail = index;
    new_[added].instruction.subject = times;
    for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
      const ValueId from = body_.operands[phi.first + k];
      const BlockId block = body_.operands[phi.first + k + 1];
      if (flow_.dominates(head, block)) {
        ValueId one = kNone, step = kNone;
        (void)is_sum(from, one, step);
        int64_t n = 0;
        (void)new_.is_number(step, n);
        const uint32_t sum[] = {made, new_.number(v.type, static_cast<uint32_t>(n) * times)};
        operands[k] = new_.add(Opcode::binary, static_cast<uint8_t>(BinaryOp::add), v.type, sum, 2,
                               new_.place_behind(from));
      } else {
        const Block& ends = body_.blocks[block];
        operands[k] = multiplied(from, times, ends.first + ends.count - 1);
      }
      operands[k + 1] = block;
    }
    if (!good()) return kNone;
    new_.give_operands(new_[added].instruction, operands, phi.count);
    return made;
  }
  [[nodiscard]] bool is_sum(ValueId id, ValueId& one, ValueId& constant) const {
    if (id < body_.base || id - body_.base >= body_.values.size) return false;
    const Value& v = new_.value(id);
    if (v.kind != ValueKind::instruction) return false;
    const Instruction& i = body_.instructions[v.index];
    int64_t n = 0;
    if (i.op != Opcode::binary || !adds(i)) return false;
    one = body_.operands[i.first];
    constant = body_.operands[i.first + 1];
    return new_.is_number(constant, n);
  }

  void reduce(uint32_t at) {
    Instruction& gep = body_.instructions[at];
    Term terms[kMostTerms];
    uint32_t count = 0, offset = 0;
    if (!take_apart(gep, terms, count, offset)) return;
    for (uint32_t t = 0; t < count; ++t) look_through_shift(terms[t], at);
    for (uint32_t t = 0; t < count; ++t) {
      ValueId one = kNone, constant = kNone;
      int64_t n = 0;
      if (!is_sum(terms[t].index, one, constant) || !new_.is_number(constant, n)) continue;
      offset += static_cast<uint32_t>(n) * terms[t].times;
      terms[t].index = one;
    }
    // What changes most often stays an index.
    uint32_t index = kNone;
    for (uint32_t t = 0; t < count; ++t) {
      if (!is_scale(terms[t].times)) continue;
      if (index == kNone ||
          depth_[new_.block_of(terms[t].index)] >= depth_[new_.block_of(terms[index].index)]) {
        index = t;
      }
    }
    ValueId sum = body_.operands[gep.first], symbol = kNone;
    const Value& base = new_.value(sum);
    if (base.kind == ValueKind::global || jit::is_constant(base.kind)) {
      symbol = sum;
      sum = kNone;
    }
    // Sums of what changes seldom first, where it changes.
    bool done[kMostTerms] = {};
    ValueId last = kNone;  // an index, too, where there is no other
    for (uint32_t round = 0; round < count; ++round) {
      uint32_t next = kNone;
      for (uint32_t t = 0; t < count; ++t) {
        if (done[t] || t == index) continue;
        if (next == kNone ||
            depth_[new_.block_of(terms[t].index)] < depth_[new_.block_of(terms[next].index)]) {
          next = t;
        }
      }
      if (next == kNone) break;
      done[next] = true;
      const ValueId p = product(terms[next].index, terms[next].times, at);
      if (p == kNone || !good()) return;
      if (sum == kNone) {
        sum = p;
        continue;
      }
      if (index == kNone && round + 1 == count) {
        last = p;
        break;
      }
      uint32_t before = at;
      const uint32_t a = new_.place_behind(sum), b = new_.place_behind(p);
      const uint32_t later = new_.stands_before(a, b) ? b : a;
      const bool outside = depth_[new_.block_at(later)] < depth_[new_.block_at(at)];
      if (outside && new_.stands_before(later, at)) before = later;
      const uint32_t operands[] = {sum, p};
      sum = shared(operands, before, gep.type);
    }
    uint32_t operands[3];
    uint32_t size = 0;
    uint8_t code = 0;
    if (sum == kNone && symbol != kNone) {
      sum = symbol;
      symbol = kNone;
    }
    operands[size++] = sum;
    if (index != kNone) {
      code |= static_cast<uint8_t>(__builtin_ctz(terms[index].times)) | kHasIndex;
      operands[size++] = terms[index].index;
    } else if (last != kNone) {
      code |= kHasIndex;
      operands[size++] = last;
    }
    if (symbol != kNone) {
      code |= kHasSymbol;
      operands[size++] = symbol;
    }
    gep.code = code;
    gep.subject = kNone;
    gep.detail = offset;
    new_.give_operands(gep, operands, size);
  }

  /// A sum, made once where the same one has been made before.
  ValueId shared(const uint32_t* operands, uint32_t before, TypeId type) {
    for (const Additions::Added& a : new_) {
      const Instruction& i = a.instruction;
      if (i.op == Opcode::binary && static_cast<BinaryOp>(i.code) == BinaryOp::add &&
          i.type == type && new_.operand(i.first) == operands[0] &&
          new_.operand(i.first + 1) == operands[1] && new_.stands_before(a.before, before)) {
        return i.result;
      }
    }
    return new_.add(Opcode::binary, static_cast<uint8_t>(BinaryOp::add), type, operands, 2, before);
  }

  const Module& module_;
  Body& body_;
  const Flow& flow_;
  const Span<const uint32_t> depth_;
  Arena& arena_;
  Additions new_;
  List<Product> products_;
  bool good_ = true;
};

}  // namespace

bool reduce_strength(const Module& module, Body& body, const Flow& flow, Span<const uint32_t> depth,
                     Arena& arena) {
  return Reducing(module, body, flow, depth, arena).run();
}

}  // namespace jit
