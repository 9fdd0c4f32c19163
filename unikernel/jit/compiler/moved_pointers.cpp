// Addresses behind a pointer that a loop moves.
#include "compiler/selection.h"
#include "compiler/strength.h"

namespace jit {

namespace {

/// A phi, and where it is next: so many bytes on.
struct MovedPointer {
  ValueId phi;
  ValueId next;
  uint32_t offset;
};
constexpr uint32_t kMostMoved = 8;  // of a block

/// The phi that `id` is, of this body; nullptr: none.
const Instruction* phi_of(const Body& body, ValueId id) {
  if (id < body.base || body.values[id - body.base].kind != ValueKind::instruction) return nullptr;
  const Instruction& i = body.instructions[body.values[id - body.base].index];
  return i.op == Opcode::phi ? &i : nullptr;
}

bool comes_from(const Body& body, const Instruction& phi, ValueId id) {
  for (uint32_t k = 0; k + 1 < phi.count; k += 2) {
    if (body.operands[phi.first + k] == id) return true;
  }
  return false;
}

/// Says its parts itself from here on: in place, for they are no more than it had operands.
void make_explicit(Body& body, Instruction& gep, const AddressParts& parts) {
  uint32_t count = 0;
  body.operands[gep.first + count++] = parts.base;
  gep.code = parts.scale;
  if (parts.index != kNone) {
    gep.code |= kHasIndex;
    body.operands[gep.first + count++] = parts.index;
  }
  if (parts.symbol != kNone) {
    gep.code |= kHasSymbol;
    body.operands[gep.first + count++] = parts.symbol;
  }
  gep.subject = kNone;
  gep.detail = parts.offset;
  gep.count = count;
}

}  // namespace

void follow_moved_pointers(const Module& module, Body& body) {
  for (const Block& block : body.blocks) {
    MovedPointer moved[kMostMoved];
    uint32_t count = 0;
    for (uint32_t k = block.first; k < block.first + block.count; ++k) {
      Instruction& gep = body.instructions[k];
      if (gep.op != Opcode::getelementptr) continue;
      const Instruction* const phi = phi_of(body, body.operands[gep.first]);
      AddressParts parts;
      if (phi == nullptr || !simple_address(module, body, gep, parts)) continue;
      uint32_t m = 0;
      while (m < count && moved[m].phi != parts.base) ++m;
      if (m < count) {
        parts.base = moved[m].next;
        parts.offset -= moved[m].offset;
        make_explicit(body, gep, parts);
      } else if (parts.index == kNone && parts.symbol == kNone && count < kMostMoved &&
                 comes_from(body, *phi, gep.result)) {
        moved[count++] = {parts.base, gep.result, parts.offset};
      }
    }
  }
}

}  // namespace jit
