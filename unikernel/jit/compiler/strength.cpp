#include "compiler/strength.h"

#include "interpreter/layout.h"
#include "support/bytes.h"

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
        values_(arena),
        operands_(arena),
        added_(arena),
        products_(arena) {}

  bool run() {
    bool any = false;
    for (const Instruction& i : body_.instructions) {
      any = i.op == Opcode::getelementptr && is_candidate(i);
      if (any) break;
    }
    if (!any) return true;
    const uint32_t count = body_.instructions.size;
    blocks_ = {arena_.make<BlockId>(count), count};
    first_ = {arena_.make<uint32_t>(count + 1), count + 1};
    good_ = !arena_.exhausted() && values_.reserve(body_.values.size + 32) &&
            operands_.reserve(body_.operands.size + 64);
    if (!good_) return false;
    good_ = values_.append({body_.values.data, body_.values.size}) &&
            operands_.append({body_.operands.data, body_.operands.size});
    if (!good_) return false;
    for (uint32_t& f : first_) f = kNone;
    for (BlockId b = 0; b < body_.blocks.size; ++b) {
      const Block& block = body_.blocks[b];
      arena_.step(1 + block.count / 32);
      for (uint32_t i = block.first; i < block.first + block.count; ++i) blocks_[i] = b;
    }
    for (BlockId b = 0; b < body_.blocks.size && flow_.reached(b); ++b) {
      const Block& block = body_.blocks[b];
      for (uint32_t i = block.first; i < block.first + block.count && good_; ++i) {
        const Instruction& gep = body_.instructions[i];
        arena_.step();
        if (gep.op == Opcode::getelementptr && is_candidate(gep)) reduce(i);
      }
    }
    return good_ && rebuild();
  }

 private:
  struct Term {
    ValueId index;
    uint32_t times;
  };
  /// An instruction to be put before (or, of phis, at the place of) an old one.
  struct Added {
    Instruction instruction;
    uint32_t before;  // in the old instructions
    uint32_t next;    // of the same place
  };
  struct Product {
    ValueId index;
    uint32_t times;
    uint32_t before;
    ValueId value;
  };

  [[nodiscard]] const Value& value(ValueId id) const {
    return id < body_.base ? module_.values[id] : values_[id - body_.base];
  }
  [[nodiscard]] bool is_number(ValueId id, int64_t& number) const {
    const Value& v = value(id);
    if (v.kind == ValueKind::zero) {
      number = 0;
      return true;
    }
    if (v.kind != ValueKind::integer) return false;
    number = signed_number(v.bits, module_.types[v.type].count);
    return true;
  }

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
      const bool constant = is_number(index, number);
      if (k > 1 && module_.types[type].kind == TypeKind::structure) {
        if (!constant) return false;
        const auto field = static_cast<uint32_t>(number);
        offset += memory_before(module_, module_.types[type], field);
        type = element_type(module_, module_.types[type], field);
        continue;
      }
      if (k > 1) type = module_.types[type].first;
      const uint32_t size = module_.types[type].size;
      const Value& v = value(index);
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

  [[nodiscard]] BlockId block_of(ValueId id) const {
    if (id < body_.base) return 0;
    const Value& v = values_[id - body_.base];
    if (v.kind != ValueKind::instruction) return 0;
    return blocks_[v.index];
  }

  /// The first place of a block behind its phis.
  [[nodiscard]] uint32_t behind_phis(BlockId b) const {
    uint32_t i = body_.blocks[b].first;
    while (body_.instructions[i].op == Opcode::phi) ++i;
    return i;
  }
  /// The first place where `id` can be used.
  [[nodiscard]] uint32_t place_behind(ValueId id) const {
    if (id >= body_.base && values_[id - body_.base].kind == ValueKind::instruction) {
      const uint32_t i = values_[id - body_.base].index;
      return body_.instructions[i].op == Opcode::phi ? behind_phis(blocks_[i]) : i + 1;
    }
    return behind_phis(0);
  }

  ValueId add(Opcode op, uint8_t code, TypeId type, const uint32_t* operands, uint32_t count,
              uint32_t before) {
    Instruction i;
    i.op = op;
    i.code = code;
    i.flags = kFlagMade;
    i.cost = 0;
    i.type = type;
    i.first = operands_.size();
    i.count = count;
    for (uint32_t k = 0; k < count; ++k) good_ &= operands_.add(operands[k]);
    Value v;
    v.kind = ValueKind::instruction;
    v.type = type;
    v.index = before;  // until rebuild(): where it stands
    i.result = body_.base + values_.size();
    good_ &= values_.add(v);
    append({i, before, kNone});
    return i.result;
  }
  void append(const Added& added) {
    const uint32_t number = added_.size();
    good_ &= added_.add(added);
    if (!good_) return;
    uint32_t* link = &first_[added.before];
    while (*link != kNone) link = &added_[*link].next;
    *link = number;
  }
  ValueId number(TypeId type, uint32_t bits) {
    Value v;
    v.kind = ValueKind::integer;
    v.type = type;
    v.bits = bits;
    good_ &= values_.add(v);
    return body_.base + values_.size() - 1;
  }

  ValueId multiplied(ValueId index, uint32_t times, uint32_t before) {
    const TypeId type = value(index).type;
    int64_t n = 0;
    if (is_number(index, n)) return number(type, static_cast<uint32_t>(n) * times);
    const uint32_t operands[] = {index, number(type, times)};
    return add(Opcode::binary, static_cast<uint8_t>(BinaryOp::mul), type, operands, 2, before);
  }

  /// index * times, where `at` uses it; kNone where it cannot be had.
  ValueId product(ValueId index, uint32_t times, uint32_t at) {
    for (const Product& p : products_) {
      if (p.index == index && p.times == times && stands_before(p.before, at)) return p.value;
    }
    if (products_.size() >= kMostProducts) return kNone;
    ValueId made = counted(index, times, at);
    uint32_t before = place_behind(index);
    if (made == kNone) {
      if (depth_[blocks_[before]] >= depth_[blocks_[at]]) before = at;
      made = multiplied(index, times, before);
    }
    good_ &= products_.add({index, times, before, made});
    return made;
  }
  [[nodiscard]] bool stands_before(uint32_t place, uint32_t at) const {
    const BlockId a = blocks_[place], b = blocks_[at];
    return a == b ? place <= at : flow_.dominates(a, b);
  }

  /// A loop around `at` counts `index`: from inside of the loop it comes as a sum of itself and a
  /// constant.
  [[nodiscard]] bool is_counted(ValueId index, uint32_t at) const {
    const Value& v = value(index);
    if (v.kind != ValueKind::instruction || index - body_.base >= body_.values.size) return false;
    const Instruction& phi = body_.instructions[v.index];
    const BlockId head = blocks_[v.index];
    if (phi.op != Opcode::phi || depth_[head] == 0 || !flow_.dominates(head, blocks_[at]) ||
        depth_[blocks_[at]] < depth_[head] || phi.count > 8) {
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
    const uint32_t place = values_[index - body_.base].index;
    const Instruction& phi = body_.instructions[place];
    for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
      const BlockId block = body_.operands[phi.first + k + 1];
      if (flow_.dominates(blocks_[place], block) && !flow_.dominates(blocks_[at], block)) {
        return false;
      }
    }
    return true;
  }

  /// An index that is shifted by more than an operand's scale, of what a loop counts: a product.
  void look_through_shift(Term& term, uint32_t at) const {
    if (term.index < body_.base || term.index - body_.base >= body_.values.size) return;
    const Value& v = values_[term.index - body_.base];
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
    const Value& v = value(index);
    const Instruction& phi = body_.instructions[v.index];
    const BlockId head = blocks_[v.index];
    uint32_t operands[8];
    const ValueId made = add(Opcode::phi, 0, v.type, operands, 0, body_.blocks[head].first);
    if (!good_) return kNone;
    const uint32_t added = added_.size() - 1;
    added_[added].instruction.detail = index;
    added_[added].instruction.subject = times;
    for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
      const ValueId from = body_.operands[phi.first + k];
      const BlockId block = body_.operands[phi.first + k + 1];
      if (flow_.dominates(head, block)) {
        ValueId one = kNone, step = kNone;
        (void)is_sum(from, one, step);
        int64_t n = 0;
        (void)is_number(step, n);
        const uint32_t sum[] = {made, number(v.type, static_cast<uint32_t>(n) * times)};
        operands[k] = add(Opcode::binary, static_cast<uint8_t>(BinaryOp::add), v.type, sum, 2,
                          place_behind(from));
      } else {
        const Block& ends = body_.blocks[block];
        operands[k] = multiplied(from, times, ends.first + ends.count - 1);
      }
      operands[k + 1] = block;
    }
    if (!good_) return kNone;
    added_[added].instruction.first = operands_.size();
    added_[added].instruction.count = phi.count;
    for (uint32_t k = 0; k < phi.count; ++k) good_ &= operands_.add(operands[k]);
    return made;
  }
  [[nodiscard]] bool is_sum(ValueId id, ValueId& one, ValueId& constant) const {
    if (id < body_.base || id - body_.base >= body_.values.size) return false;
    const Value& v = values_[id - body_.base];
    if (v.kind != ValueKind::instruction) return false;
    const Instruction& i = body_.instructions[v.index];
    int64_t n = 0;
    if (i.op != Opcode::binary || !adds(i)) return false;
    one = body_.operands[i.first];
    constant = body_.operands[i.first + 1];
    return is_number(constant, n);
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
      if (!is_sum(terms[t].index, one, constant) || !is_number(constant, n)) continue;
      offset += static_cast<uint32_t>(n) * terms[t].times;
      terms[t].index = one;
    }
    // What changes most often stays an index.
    uint32_t index = kNone;
    for (uint32_t t = 0; t < count; ++t) {
      if (!is_scale(terms[t].times)) continue;
      if (index == kNone ||
          depth_[block_of(terms[t].index)] >= depth_[block_of(terms[index].index)]) {
        index = t;
      }
    }
    ValueId sum = body_.operands[gep.first], symbol = kNone;
    const Value& base = value(sum);
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
            depth_[block_of(terms[t].index)] < depth_[block_of(terms[next].index)]) {
          next = t;
        }
      }
      if (next == kNone) break;
      done[next] = true;
      const ValueId p = product(terms[next].index, terms[next].times, at);
      if (p == kNone || !good_) return;
      if (sum == kNone) {
        sum = p;
        continue;
      }
      if (index == kNone && round + 1 == count) {
        last = p;
        break;
      }
      uint32_t before = at;
      const uint32_t a = place_behind_any(sum), b = place_behind_any(p);
      const uint32_t later = stands_before(a, b) ? b : a;
      if (depth_[blocks_[later]] < depth_[blocks_[at]] && stands_before(later, at)) before = later;
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
    gep.first = operands_.size();
    gep.count = size;
    for (uint32_t k = 0; k < size; ++k) good_ &= operands_.add(operands[k]);
  }

  /// Also of values made here.
  [[nodiscard]] uint32_t place_behind_any(ValueId id) const {
    if (id >= body_.base && id - body_.base >= body_.values.size &&
        values_[id - body_.base].kind == ValueKind::instruction) {
      const uint32_t before = values_[id - body_.base].index;
      return body_.instructions[before].op == Opcode::phi ? behind_phis(blocks_[before]) : before;
    }
    return place_behind(id);
  }
  /// A sum, made once where the same one has been made before.
  ValueId shared(const uint32_t* operands, uint32_t before, TypeId type) {
    for (const Added& a : added_) {
      const Instruction& i = a.instruction;
      if (i.op == Opcode::binary && static_cast<BinaryOp>(i.code) == BinaryOp::add &&
          i.type == type && operands_[i.first] == operands[0] &&
          operands_[i.first + 1] == operands[1] && stands_before(a.before, before)) {
        return i.result;
      }
    }
    return add(Opcode::binary, static_cast<uint8_t>(BinaryOp::add), type, operands, 2, before);
  }

  /// Whether instructions stand as their blocks do, from the first on.
  [[nodiscard]] bool stand_in_order() const {
    uint32_t next = 0;
    for (const Block& block : body_.blocks) {
      if (block.first != next) return false;
      next += block.count;
    }
    return true;
  }
  /// Instructions as their blocks stand, with what was added.
  bool rebuild() {
    body_.values = values_.span();
    body_.operands = operands_.span();
    if (added_.size() == 0 && stand_in_order()) return true;  // those that changed did in place
    const uint32_t count = body_.instructions.size + added_.size();
    const Span<Instruction> instructions = {arena_.make<Instruction>(count), count};
    if (arena_.exhausted()) return false;
    uint32_t next = 0;
    const auto put = [&](const Instruction& i) {
      if (i.result != kNone) values_[i.result - body_.base].index = next;
      instructions[next++] = i;
    };
    for (Block& block : body_.blocks) {
      const uint32_t begin = next;
      for (uint32_t i = block.first; i < block.first + block.count; ++i) {
        if (i % 2 == 0) arena_.step();
        for (uint32_t a = first_[i]; a != kNone; a = added_[a].next) put(added_[a].instruction);
        put(body_.instructions[i]);
      }
      block = {begin, next - begin};
    }
    body_.instructions = {instructions.data, next};
    return true;
  }

  const Module& module_;
  Body& body_;
  const Flow& flow_;
  const Span<const uint32_t> depth_;
  Arena& arena_;
  List<Value> values_;
  List<uint32_t> operands_;
  List<Added> added_;
  List<Product> products_;
  Span<BlockId> blocks_;  // by old instruction
  Span<uint32_t> first_;  // by old instruction: what is added before it
  bool good_ = true;
};

}  // namespace

bool reduce_strength(const Module& module, Body& body, const Flow& flow, Span<const uint32_t> depth,
                     Arena& arena) {
  return Reducing(module, body, flow, depth, arena).run();
}

}  // namespace jit
