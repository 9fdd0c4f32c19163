// The frame: its layout, how it is entered and left.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

bool Generator::lay_out_frame() {
  const uint32_t values = body_.values.size;
  places_ = {arena_.make<uint32_t>(values), values};
  if (arena_.exhausted()) return refuse("no memory for code");
  bool calls = false, aligned = false, aside = false;
  outgoing_ = copies_ = 0;
  uint32_t slots = 0;
  for_each_paced(arena_, body_.instructions.size, 16, [&](uint32_t at) {
    const Instruction& i = body_.instructions[at];
    if (i.op == Opcode::call && intrinsic_of_call(module_, body_, i) == Intrinsic::none &&
        value_of(module_, body_, operand(i, 0)).kind != ValueKind::inline_asm) {
      calls = true;
      const Outgoing out = outgoing_of(i);
      if (out.slots > slots) slots = out.slots;
      if (out.copies > copies_) copies_ = out.copies;
    }
    if (i.op == Opcode::compare) {
      const PartKind k = kind(operand(i, 0));
      aside |= k == PartKind::pair ||
               (k == PartKind::word && bits_of(operand(i, 0)) < 32 &&
                !constants_.is_constant(operand(i, 1))) ||
               (k == PartKind::word && (needs_eax(operand(i, 0)) || needs_eax(operand(i, 1))));
    }
    if (i.op == Opcode::phi && has_variable(i.result)) {
      const Variable& v = variable(i.result);
      aside |= !v.in_register() || (is_vector_register(v.kind) && !has_xmm6_);
    }
  });
  if (copies_ > 0) {
    copies_ = (copies_ + 15) & ~15U;
    slots = (slots + 15) & ~15U;
    aligned = true;
  }
  outgoing_ = slots + copies_;
  if (dynamic_) outgoing_ = (outgoing_ + 15) & ~15U;
  if (slots_total_ > 0 || dynamic_) outgoing_ = (outgoing_ + 15) & ~15U;
  slots_begin_ = outgoing_;
  uint32_t end = slots_begin_ + slots_total_;
  const bool islands = calls_runtime_ || has_islands_;
  for (const Variable& v : allocation_.variables) {
    aligned |= v.kind == PartKind::packed && !v.in_register();
  }
  aside_slots_ = end - slots_begin_;
  if (aside) {
    uint32_t bytes = 16;
    for (BlockId b = 0; b < body_.blocks.size; ++b) {
      uint32_t sum = 0;
      const Block& block = body_.blocks[b];
      for (uint32_t k = block.first; k < block.first + block.count; ++k) {
        if (body_.instructions[k].op != Opcode::phi) break;
        sum += 4 * slots_of(module_, body_.instructions[k].type);
      }
      if (sum > bytes) bytes = sum;
    }
    end += bytes;
  }
  const Block& first = body_.blocks[0];  // where all those of the role `place` are
  for (uint32_t k = first.first; k < first.first + first.count; ++k) {
    const Instruction& i = body_.instructions[k];
    if (i.op != Opcode::alloca || role(i.result) != Role::place) continue;
    const Type& t = type(i.subject);
    const Value& count = value_of(module_, body_, operand(i, 0));
    const uint64_t bytes = uint64_t{t.size} * count.bits;
    if (bytes > 0x100'0000 || count.bits > 0x100'0000)
      return refuse("an alloca of more than 16 MB");
    uint32_t align = i.detail != 0 ? i.detail : t.align;
    if (align < 4) align = 4;
    end = (end + align - 1) & ~(align - 1);
    aligned |= align > 4;
    places_[i.result - body_.base] = end;
    end += static_cast<uint32_t>(bytes);
  }
  end = (end + 3) & ~3U;
  RegisterSet saved = allocation_.used & ~kCallerSaved;
  if (dynamic_) saved |= set_of(ebp);
  saved_ = saved;
  saved_bytes_ = 4 * static_cast<uint32_t>(__builtin_popcount(saved));
  if (calls || aligned || islands || dynamic_) {
    // esp is 12 behind a multiple of 16 on entry (System V ABI).
    while ((end + saved_bytes_ + 4) % 16 != 0) end += 4;
  }
  frame_ = end;
  // What is left below the stack's limit is enough for it: only who checks calls it.
  constexpr uint32_t kSmallest = 256;
  is_small_leaf_ =
      !calls && !islands && !dynamic_ && !options_.sampled && frame_ + saved_bytes_ <= kSmallest;
  return true;
}

void Generator::prologue() {
  static constexpr Register kSaved[] = {ebp, ebx, esi, edi};
  for (const Register r : kSaved) {
    if ((saved_ & set_of(r)) != 0) encoder_.push(r);
  }
  // A larger frame could begin beyond the page that guards the stack.
  constexpr uint32_t kLargest = 2048;
  const bool large = frame_ + saved_bytes_ > kLargest;
  if (large) {
    encoder_.op(op::lea, eax, in_memory({esp, kNoRegister, 0, static_cast<int32_t>(0U - frame_)}));
    check_stack(eax);
  } else if (!options_.traps && !is_small_leaf_) {
    check_stack(esp);
  }
  if (frame_ != 0) encoder_.alu_constant(Alu::sub, in_register(esp), frame_);
  if (dynamic_) encoder_.op(op::mov_load, ebp, in_register(esp));
  for (uint32_t v = 0; v < body_.arguments; ++v) {
    const Variable& argument = allocation_.variables[allocation_.variable[v]];
    if (!argument.in_register() || selection_.uses[v] == 0) continue;
    const Place from = incoming_place(argument.slot);
    if (is_vector_register(argument.kind)) {
      move_vector(argument.kind, in_register(argument.registers[0]), from);
    } else {
      load(argument.registers[0], source_at(from));
      if (argument.kind == PartKind::pair) {
        load(argument.registers[1], source_at(moved_by(from, 4)));
      }
    }
  }
}

void Generator::epilogue() {
  static constexpr Register kSaved[] = {edi, esi, ebx, ebp};
  if (dynamic_) {
    encoder_.op(op::lea, esp, in_memory({ebp, kNoRegister, 0, static_cast<int32_t>(frame_)}));
  } else if (frame_ != 0) {
    encoder_.alu_constant(Alu::add, in_register(esp), frame_);
  }
  for (const Register r : kSaved) {
    if ((saved_ & set_of(r)) != 0) encoder_.pop(r);
  }
  encoder_.ret();
}

/// The program ends where `lowest` is below the stack's limit.
void Generator::check_stack(Register lowest) {
  encoder_.alu(Alu::cmp, lowest, at_address(options_.limit_address));
  encoder_.jump_if(Condition::below, Target::service,
                   kServices + static_cast<uint32_t>(Outcome::stack_overflow));
}

}  // namespace jit
