#include "specialize/entry_loads.h"

#include "interpreter/plan.h"
#include "specialize/folding.h"

namespace jit {
namespace {

/// `id` is an argument, or lies behind what one points to.
bool place_of(const Module& module, const Body& body, const Constants& constants, ValueId id,
              EntryLoad& load) {
  constexpr uint32_t kDeepest = 8;
  for (uint32_t depth = 0; depth < kDeepest && id >= body.base; ++depth) {
    const Value& value = body.values[id - body.base];
    if (value.kind == ValueKind::argument) {
      load.argument = value.index;
      return true;
    }
    if (value.kind != ValueKind::instruction) return false;
    const Instruction& i = body.instructions[value.index];
    uint64_t offset = 0;
    const auto number = [&](ValueId index, uint64_t& bits) {
      uint32_t word = 0;
      const bool known = constants.word(index, word);
      bits = word;
      return known;
    };
    if (i.op != Opcode::getelementptr ||
        !fold_offset(module, body, i.subject, {body.operands.data + i.first + 1, i.count - 1},
                     number, offset)) {
      return false;
    }
    load.offset += static_cast<uint32_t>(offset);
    id = body.operands[i.first];
  }
  return false;
}

/// Nothing that a load reads is changed by it, and nothing ends before it is over.
bool is_harmless(const Module& module, const Body& body, const Instruction& i) {
  switch (i.op) {
    case Opcode::store:
    case Opcode::compare_exchange:
    case Opcode::atomic_update:
    case Opcode::fence:
      return false;
    case Opcode::call: {
      const CallKind kind = call_kind(module, body, i);
      return kind != CallKind::function && kind != CallKind::helper;
    }
    case Opcode::binary: {
      const auto op = static_cast<BinaryOp>(i.code);
      return op < BinaryOp::udiv || op > BinaryOp::srem;
    }
    default:
      return true;
  }
}

}  // namespace

uint32_t find_entry_loads(const Module& module, const Body& body, const Constants& constants,
                          EntryLoad* loads, uint32_t most) {
  uint32_t count = 0;
  const Block& first = body.blocks[0];
  for (uint32_t k = first.first; k < first.first + first.count && count < most; ++k) {
    const Instruction& i = body.instructions[k];
    if (!is_harmless(module, body, i)) break;
    if (i.op != Opcode::load) continue;
    // A load of something else may end the program, but then the same one does it.
    const Type& type = module.types[i.type];
    EntryLoad load = {0, 0, type.size, i.result};
    if ((i.flags & (kFlagVolatile | kFlagAtomic)) != 0 || !is_foldable(type) ||
        word_bits(type) != type.size * 8 || type.size > 4 ||
        !place_of(module, body, constants, body.operands[i.first], load)) {
      continue;
    }
    loads[count++] = load;
  }
  return count;
}

}  // namespace jit
