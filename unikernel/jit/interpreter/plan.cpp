#include "interpreter/plan.h"

#include "interpreter/liveness.h"

namespace jit {
namespace {

constexpr uint8_t kDeepestTree = 24;

class Folding {
 public:
  Folding(const Module& module, const Body& body, Plan& plan)
      : module_(module), body_(body), plan_(plan) {}

  bool run(Arena& arena) {
    user_ = {arena.make<uint32_t>(body_.values.size), body_.values.size};
    block_ = {arena.make<uint32_t>(body_.instructions.size), body_.instructions.size};
    writers_ = {arena.make<uint32_t>(body_.instructions.size + 1), body_.instructions.size + 1};
    root_ = {arena.make<uint32_t>(body_.instructions.size), body_.instructions.size};
    depth_ = {arena.make<uint8_t>(body_.instructions.size), body_.instructions.size};
    if (arena.exhausted()) return false;
    for (uint32_t& user : user_) user = kNone;
    count_uses(arena);
    for (uint32_t b = body_.blocks.size; b-- > 0;) {
      const Block& block = body_.blocks[b];
      for (uint32_t i = block.first + block.count; i-- > block.first;) {
        arena.step(2);
        decide(i);
      }
    }
    shorten_chains();
    return true;
  }

 private:
  void count_uses(const Arena& pace) {
    uint32_t writers = 0;
    for (uint32_t b = 0; b < body_.blocks.size; ++b) {
      const Block& block = body_.blocks[b];
      for (uint32_t i = block.first; i < block.first + block.count; ++i) {
        const Instruction& instruction = body_.instructions[i];
        pace.step();
        block_[i] = b;
        writers_[i] = writers;
        writers += may_write(module_, body_, instruction) ? 1 : 0;
        if (has_no_code(module_, body_, instruction)) continue;
        for (uint32_t k = 0; k < instruction.count; ++k) {
          if (!is_value_operand(instruction, k)) continue;
          const ValueId id = body_.operands[instruction.first + k];
          if (id < body_.base) continue;
          ++plan_.uses[id - body_.base];
          user_[id - body_.base] = i;
        }
      }
    }
    writers_[body_.instructions.size] = writers;
  }

  [[nodiscard]] Form form(TypeId type) const { return form_of(module_.types[type]); }
  [[nodiscard]] TypeId type_of(ValueId id) const { return value_of(module_, body_, id).type; }
  [[nodiscard]] bool is_computed(ValueId id) const {
    if (id < body_.base) return false;
    const ValueKind kind = body_.values[id - body_.base].kind;
    return kind == ValueKind::instruction || kind == ValueKind::argument;
  }

  /// Nothing to compute where the first operand stands in slots.
  [[nodiscard]] bool is_transparent(const Instruction& i) const {
    if (i.count == 0 || !is_computed(body_.operands[i.first])) return false;
    const ValueId operand = body_.operands[i.first];
    const Form from = form(type_of(operand)), to = form(i.type);
    switch (i.op) {
      case Opcode::freeze:
      case Opcode::extract_value:
        return true;
      case Opcode::cast:
        switch (static_cast<CastOp>(i.code)) {
          case CastOp::zext:
            return from == Form::word && to == Form::word;
          case CastOp::ptrtoint:
            return to == Form::word && module_.types[i.type].count == 32;
          case CastOp::inttoptr:
            return from == Form::word;
          case CastOp::trunc:
            return from == Form::pair && module_.types[i.type].count == 32;
          case CastOp::bitcast:
            return !has_masks(type_of(operand)) && !has_masks(i.type);
          default:
            return false;
        }
      case Opcode::getelementptr:
        for (uint32_t k = 1; k < i.count; ++k) {
          const Value& index = value_of(module_, body_, body_.operands[i.first + k]);
          if (index.kind != ValueKind::zero &&
              !(index.kind == ValueKind::integer && index.bits == 0)) {
            return false;
          }
        }
        return true;
      default:
        return false;
    }
  }
  /// A vector of i1: bits in memory, bytes in slots.
  [[nodiscard]] bool has_masks(TypeId id) const {
    const Type& type = module_.types[id];
    return type.kind == TypeKind::vector && module_.types[type.first].kind == TypeKind::integer &&
           module_.types[type.first].count == 1;
  }

  /// Computed without effects, into an accumulator.
  [[nodiscard]] bool is_tree(const Instruction& i) const {
    const Form result = form(i.type);
    if (result != Form::word && result != Form::single && result != Form::real) return false;
    const auto word = [&](uint32_t k) {
      return form(type_of(body_.operands[i.first + k])) == Form::word;
    };
    switch (i.op) {
      case Opcode::binary: {
        const auto op = static_cast<BinaryOp>(i.code);
        return op != BinaryOp::udiv && op != BinaryOp::sdiv && op != BinaryOp::urem &&
               op != BinaryOp::srem && op != BinaryOp::frem;
      }
      case Opcode::cast: {
        const Form from = form(type_of(body_.operands[i.first]));
        return from != Form::many && (from != Form::pair || result == Form::word);
      }
      case Opcode::load:
        return (i.flags & (kFlagVolatile | kFlagAtomic)) == 0;
      case Opcode::compare: {
        const Form from = form(type_of(body_.operands[i.first]));
        return from != Form::many;
      }
      case Opcode::negate:
      case Opcode::getelementptr:
      case Opcode::freeze:
      case Opcode::extract_value:
        return true;
      case Opcode::call: {
        const CallKind kind = call_kind(module_, body_, i);
        return kind == CallKind::word_tree || kind == CallKind::real_tree ||
               (kind == CallKind::alias && word(1));
      }
      default:
        return false;
    }
  }

  void decide(uint32_t index) {
    const Instruction& i = body_.instructions[index];
    root_[index] = index;
    depth_[index] = 0;
    if (i.result == kNone) return;
    const uint32_t value = i.result - body_.base;
    if (i.op == Opcode::alloca && block_[index] == 0 &&
        value_of(module_, body_, body_.operands[i.first]).kind == ValueKind::integer) {
      plan_.folds[value] = Fold::place;
      return;
    }
    const bool transparent = is_transparent(i);
    if (plan_.uses[value] == 1 && (transparent || is_tree(i))) {
      const uint32_t user = user_[value];
      const Instruction& u = body_.instructions[user];
      const bool load = i.op == Opcode::load;
      if (block_[user] == block_[index] && u.op != Opcode::phi && user > index &&
          depth_[user] < kDeepestTree && takes_trees(u) &&
          (!load || writers_[root_[user]] == writers_[index + 1])) {
        // A transparent one of several slots only where its operand stands in slots.
        const Form result = form(i.type);
        const bool wide = result == Form::many || result == Form::pair;
        if (!wide || !may_fold(body_.operands[i.first], index)) {
          plan_.folds[value] = Fold::tree;
          root_[index] = root_[user];
          depth_[index] = static_cast<uint8_t>(depth_[user] + 1);
          return;
        }
      }
    }
    if (transparent && plan_.uses[value] > 0 && !may_fold(body_.operands[i.first], index)) {
      plan_.folds[value] = Fold::alias;
    }
  }

  /// Other words for other words: whoever follows them recurses, and files are not trusted.
  void shorten_chains() {
    constexpr uint32_t kLongest = 32;
    for (const Instruction& i : body_.instructions) {
      if (i.result == kNone || plan_.folds[i.result - body_.base] != Fold::alias) continue;
      ValueId id = i.result;
      for (uint32_t length = 0; is_computed(id) && plan_.folds[id - body_.base] == Fold::alias;
           ++length) {
        if (length == kLongest) {
          plan_.folds[i.result - body_.base] = Fold::none;
          break;
        }
        const Instruction& next = body_.instructions[body_.values[id - body_.base].index];
        id = body_.operands[next.first + (next.op == Opcode::call ? 1 : 0)];
      }
    }
  }

  /// Whether `operand` of instruction `index` could be folded into it.
  [[nodiscard]] bool may_fold(ValueId operand, uint32_t index) const {
    if (!is_computed(operand)) return false;
    const Value& v = body_.values[operand - body_.base];
    if (v.kind != ValueKind::instruction || plan_.uses[operand - body_.base] != 1) return false;
    const Instruction& source = body_.instructions[v.index];
    return block_[v.index] == block_[index] && (is_tree(source) || is_transparent(source));
  }

  /// Whether its operands may be computed only when it is.
  static bool takes_trees(const Instruction& u) { return u.op != Opcode::phi; }

  const Module& module_;
  const Body& body_;
  Plan& plan_;
  Span<uint32_t> user_;     // by value: an instruction that uses it
  Span<uint32_t> block_;    // by instruction
  Span<uint32_t> writers_;  // by instruction: how many before it may change memory
  Span<uint32_t> root_;     // by instruction: the one where its tree is computed
  Span<uint8_t> depth_;     // by instruction: below that one
};

bool count_predecessors(const Body& body, Arena& arena, Plan& plan) {
  plan.predecessors = {arena.make<uint32_t>(body.blocks.size), body.blocks.size};
  plan.loop_heads = {arena.make<BlockId>(body.blocks.size), body.blocks.size};
  if (arena.exhausted()) return false;
  for (uint32_t& count : plan.predecessors) count = 0;
  for (BlockId& head : plan.loop_heads) head = 0;
  for (uint32_t b = 0; b < body.blocks.size; ++b) {
    for_each_successor(body, b, [&](BlockId next) {
      ++plan.predecessors[next];
      if (next > b) return;
      plan.loops = true;
      for (BlockId inside = next; inside <= b; ++inside) {
        if (plan.loop_heads[inside] < next) plan.loop_heads[inside] = next;
      }
    });
  }
  return true;
}

}  // namespace

bool make_plan(const Module& module, const Body& body, Arena& arena, Plan& plan, Text& fault) {
  const uint32_t count = body.values.size;
  plan.folds = {arena.make<Fold>(count), count};
  plan.uses = {arena.make<uint32_t>(count), count};
  plan.slots = {arena.make<uint32_t>(count), count};
  fault = "no memory for code";
  if (arena.exhausted()) return false;
  for (uint32_t i = 0; i < count; ++i) {
    plan.folds[i] = Fold::none;
    plan.uses[i] = 0;
    plan.slots[i] = kNone;
    const ValueKind kind = body.values[i].kind;
    if ((kind == ValueKind::instruction || kind == ValueKind::argument) &&
        slots_of(module, body.values[i].type) > kMaxSlots) {
      fault = "a value of more than 4,096 slots, or of lanes of an odd width";
      return false;
    }
  }
  if (!count_predecessors(body, arena, plan)) return false;
  Folding folding(module, body, plan);
  return folding.run(arena) && assign_slots(module, body, arena, plan);
}

}  // namespace jit
