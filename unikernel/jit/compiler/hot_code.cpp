// Functions that are hot as machine code: calls of them are watched, and go to versions for certain
// arguments.
#include "compiler/encoder.h"
#include "compiler/may_fail.h"

namespace jit {

using namespace x86_32;

/// Calls of the function go to the code that was placed last, whoever makes them. false: there is
/// no memory to keep in mind that it is there.
bool Native::publish_way(FunctionId id) {
  Piece piece = {.offset = last_.offset, .size = last_.size, .id = id};
  piece.kind = Piece::way;
  if (!add(piece)) return false;
  entered_[id] = last_.offset;
  table()[id].code = code_.address + last_.offset;
  lead(id, last_.offset);
  return true;
}

/// Calls of the function have another way to it, or none: the one before is released.
void Native::lead(FunctionId id, uint32_t offset) {
  const uint32_t before = ways_[id];
  ways_[id] = offset;
  if (before != kNone) release(before);
}

bool Native::watch(FunctionId id, const Watch& watch) {
  const MayFail trying(machine_);
  watch_ = watch;
  fault_ = {};
  collect();
  if (stub(kNone, id, Service::watch) && publish_way(id)) return true;
  fault_.what.add("no memory for machine code");
  return false;
}

void Native::interpret_loops(FunctionId id, bool interpreted) {
  for (const LoopEntry& entry : entries_) {
    if (entry.id != id) continue;
    *entry.head = interpreted ? entry.handler : machine_.handler(Op::replaced_);
  }
}

bool Native::publish(FunctionId id, Span<const Version> versions) {
  const MayFail trying(machine_);
  Arena& scratch = *machine_.resources().scratch;
  const Arena::Mark mark = scratch.mark();
  Encoder code(scratch);
  for (const Version& version : versions) {
    const CodeLabel next = code.label();
    for (const Guard& guard : version.guards) {
      Place place = at_stack(4 + 4 * guard.where.slot);
      const uint32_t bits = guard.where.bytes == 0 ? 32 : 8 * guard.where.bytes;
      if (guard.where.bytes != 0) {
        code.op(op::mov_load, eax, place);
        place = in_memory({eax, kNoRegister, 0, static_cast<int32_t>(guard.where.offset)});
      }
      code.alu_constant(Alu::cmp, place, guard.value, bits);
      code.jump_if(Condition::not_equal, next);
    }
    code.jump(Target::code, version.offset);
    code.bind(next);
  }
  const uint32_t missed = entry_address(id) + static_cast<uint32_t>(offsetof(Entry, missed));
  code.alu_constant(Alu::add, at_address(missed), 1);
  code.jump(Target::code, placed_[id].offset);
  code.shorten();
  table()[id].missed = 0;
  fault_ = {};
  collect();
  const bool good = code.good() && place(code, kNone) && publish_way(id);
  if (!good) fault_.what.add("no memory for machine code");
  scratch.release(mark);
  return good;
}

/// Services of code that is made while the program runs.
void Native::while_running(Service service, Encoder& code) const {
  const auto at_eax = [](int32_t offset) { return in_memory({eax, kNoRegister, 0, offset}); };
  constexpr uint32_t kVectors = 8 * 16;
  switch (service) {
    case Service::sample:
      code.push(ecx);
      code.push(edx);
      code.push(eax);
      code.push(ebp);
      code.op(op::mov_load, ebp, in_register(esp));
      code.alu_constant(Alu::sub, in_register(esp), kVectors);
      code.alu_constant(Alu::and_, in_register(esp), ~15U);
      for (Register x = 0; x < 8; ++x) code.op(op::movups_store, x, at_stack(x * 16U));
      code.alu_constant(Alu::sub, in_register(esp), 8);
      code.push(in_memory({ebp, kNoRegister, 0, 16}));  // the return address
      code.push(of_header(offsetof(Header, native)));
      code.call(bridge_of(service));
      code.alu_constant(Alu::add, in_register(esp), 16);
      for (Register x = 0; x < 8; ++x) code.op(op::movups, x, at_stack(x * 16U));
      code.op(op::mov_load, esp, in_register(ebp));
      code.pop(ebp);
      code.pop(eax);
      code.pop(edx);
      code.pop(ecx);
      code.ret();
      break;
    case Service::watch:
      // On the stack from which machine code was entered: this one is the program's.
      code.push(ebx);
      code.op(op::mov_load, ebx, in_register(esp));
      code.op(op::lea, ecx, at_stack(8));
      code.op(op::mov_load, esp, of_header(offsetof(Header, saved_stack)));
      code.alu_constant(Alu::and_, in_register(esp), ~15U);
      code.push(ebx);
      code.push(ecx);
      code.push(eax);
      code.push(of_header(offsetof(Header, native)));
      code.call(bridge_of(service));
      code.op(op::mov_load, esp, in_register(ebx));
      code.pop(ebx);
      code.jump_to(in_register(eax));
      break;
    default:
      code.op(op::mov_load, eax, of_header(offsetof(Header, result)));
      code.op(op::movups, 0, at_eax(0));
      code.op(op::mov_load, edx, at_eax(4));
      code.op(op::mov_load, eax, at_eax(0));
      code.ret();
      break;
  }
}

void Native::abandon(const Inside& inside) {
  free_slots_ = inside.free_slots;
  depth_ = inside.depth;
  header().saved_stack = inside.saved_stack;
  inside_ = false;
}

}  // namespace jit
