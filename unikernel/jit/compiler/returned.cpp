#include "compiler/returned.h"

#include "compiler/parts.h"

namespace jit {
namespace {

/// With any operands.
bool can_be_made_in_eax(const Module& module, const Body& body, const Instruction& i) {
  AddressParts parts;
  switch (i.op) {
    case Opcode::load:
    case Opcode::compare:
    case Opcode::select:
    case Opcode::binary:
      return true;
    case Opcode::call:
      return intrinsic_of_call(module, body, i) == Intrinsic::none;
    case Opcode::cast: {
      const auto op = static_cast<CastOp>(i.code);
      return op == CastOp::sext || op == CastOp::zext || op == CastOp::trunc;
    }
    case Opcode::getelementptr:
      return simple_address(module, body, i, parts);
    default:
      return false;
  }
}

}  // namespace

ValueId made_to_return(const Module& module, const Body& body, const Selection& selection,
                       const Block& block) {
  const uint32_t end = block.first + block.count - 1;
  const Instruction& last = body.instructions[end];
  if (last.op != Opcode::return_value || last.count == 0) return kNone;
  const ValueId id = body.operands[last.first];
  if (id < body.base || selection.uses[id - body.base] != 1) return kNone;
  const auto has_code = [&](const Instruction& i) {
    if (has_no_code(module, body, i)) return false;
    return i.result == kNone || selection.roles[i.result - body.base] == Role::variable;
  };
  uint32_t before = end;
  while (before > block.first && !has_code(body.instructions[before - 1])) --before;
  if (before == block.first) return kNone;
  const Instruction& made = body.instructions[before - 1];
  const bool good = made.result == id && part_kind(module, made.type) == PartKind::word &&
                    can_be_made_in_eax(module, body, made);
  return good ? id : kNone;
}

}  // namespace jit
