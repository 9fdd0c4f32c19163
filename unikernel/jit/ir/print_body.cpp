// Instructions as text.
#include "ir/names.h"
#include "ir/printer.h"

namespace jit {

void Printer::print_header() {
  if (body_.function < module_.functions.size) print_function(module_.functions[body_.function]);
  put(" {\n");
}

void Printer::print_blocks() {
  const Span<const Instruction> all = {body_.instructions.data, body_.instructions.size};
  for (BlockId id = 0; id < body_.blocks.size; ++id) {
    put("b").put(id).put(":\n");
    const Block& block = body_.blocks[id];
    for (const Instruction& at : part_of(all, block.first, block.count)) print_instruction(at);
  }
  put("}\n");
}

void Printer::print_instruction(const Instruction& at) {
  put("  ");
  if (at.result != kNone) put("%").put(at.result).put(" = ");
  print_operation(at);
  print_flags(at);
  switch (at.op) {
    case Opcode::load:
    case Opcode::alloca:
    case Opcode::getelementptr:
    case Opcode::cast:
    case Opcode::phi:
      put(" ").put_type(at.op == Opcode::alloca || at.op == Opcode::getelementptr ? at.subject
                                                                                  : at.type);
      if (at.op != Opcode::phi) put(",");
      break;
    case Opcode::call:
      put(" ").put_type(at.type);
      break;
    default:
      break;
  }
  print_operands(at, part_of(Span<const uint32_t>{body_.operands.data, body_.operands.size},
                             at.first, at.count));
  switch (at.op) {
    case Opcode::load:
    case Opcode::store:
    case Opcode::alloca:
      put(", align ").put(at.detail);
      break;
    case Opcode::call:
      print_by_values(at.detail);
      break;
    default:
      break;
  }
  put("\n");
}

void Printer::print_operation(const Instruction& at) {
  switch (at.op) {
    case Opcode::binary:
      put(name_of(static_cast<BinaryOp>(at.code)));
      break;
    case Opcode::cast:
      put(name_of(static_cast<CastOp>(at.code)));
      break;
    case Opcode::compare:
      put(at.code < static_cast<uint8_t>(Predicate::eq) ? Text("fcmp ") : Text("icmp "));
      put(name_of(static_cast<Predicate>(at.code)));
      break;
    case Opcode::atomic_update:
      put("atomicrmw ").put(name_of(static_cast<AtomicOp>(at.code)));
      break;
    default:
      put(name_of(at.op));
  }
}

void Printer::print_flags(const Instruction& at) {
  struct Flag {
    uint16_t bit;
    Text name;
  };
  constexpr Flag kFlags[] = {
      {kFlagNuw, " nuw"},           {kFlagNsw, " nsw"},           {kFlagExact, " exact"},
      {kFlagInbounds, " inbounds"}, {kFlagVolatile, " volatile"}, {kFlagAtomic, " atomic"},
      {kFlagTail, " tail"},         {kFlagMustTail, " musttail"}, {kFlagFastMath, " fast"},
      {kFlagNneg, " nneg"},         {kFlagDisjoint, " disjoint"},
  };
  for (const Flag& flag : kFlags) {
    if ((at.flags & flag.bit) != 0) put(flag.name);
  }
}

/// Values, but for blocks and numbers, which depend on the operation.
void Printer::print_operands(const Instruction& at, Span<const uint32_t> operands) {
  enum class Sort : uint8_t { value, block, number };
  for (uint32_t i = 0; i < operands.size; ++i) {
    Sort sort = Sort::value;
    switch (at.op) {
      case Opcode::branch:
        sort = Sort::block;
        break;
      case Opcode::branch_if:
        if (i != 0) sort = Sort::block;
        break;
      case Opcode::switch_on:
      case Opcode::phi:
        if (i % 2 == 1) sort = Sort::block;
        break;
      case Opcode::branch_address:
        if (i != 0) sort = i % 2 == 1 ? Sort::block : Sort::number;
        break;
      case Opcode::extract_value:
        if (i >= 1) sort = Sort::number;
        break;
      case Opcode::insert_value:
        if (i >= 2) sort = Sort::number;
        break;
      default:
        break;
    }
    put(i == 0 ? Text(" ") : Text(", "));
    if (sort == Sort::block) {
      put("b").put(operands[i]);
    } else if (sort == Sort::number) {
      put(operands[i]);
    } else {
      put_typed(operands[i]);
    }
  }
}

}  // namespace jit
