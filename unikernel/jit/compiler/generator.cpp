#include "compiler/generator.h"

#include "compiler/services.h"
#include "compiler/strength.h"
#include "interpreter/liveness.h"

namespace jit {

using namespace x86_32;

bool Generator::refuse(Text what) {
  if (!refused_) fault_ = what;
  refused_ = true;
  return false;
}

/// Whether code is made for it where it stands.
bool Generator::is_emitted(const Instruction& i) const {
  if (i.op == Opcode::phi || has_no_code(module_, body_, i)) return false;
  if (i.result == kNone) return true;
  const Role r = role(i.result);
  return r == Role::variable;
}

/// What is interpreted in place.
bool Generator::is_island(const Instruction& i) const {
  if (is_terminator(i.op)) return false;
  const PartKind what = part_kind(module_, i.type);
  const auto operand_kind = [&](uint32_t k) { return kind(operand(i, k)); };
  switch (i.op) {
    case Opcode::load:
      return !is_native_access(i.type);
    case Opcode::store:
      return !is_native_access(type_of(operand(i, 1))) && role(operand(i, 1)) != Role::update;
    case Opcode::fence:
    case Opcode::alloca:
      return false;
    case Opcode::call:
      return intrinsic_of_call(module_, body_, i) != Intrinsic::none && !is_native_intrinsic(i);
    case Opcode::compare_exchange:
    case Opcode::atomic_update:
      return true;
    case Opcode::extract_value: {
      const ValueId from = behind_aliases(body_, selection_, operand(i, 0));
      return constants_.is_constant(from);
    }
    case Opcode::insert_value:
      return false;
    case Opcode::select:
      return operand_kind(0) != PartKind::word && role(operand(i, 0)) != Role::condition;
    case Opcode::freeze:
      return what == PartKind::memory;
    case Opcode::extract_element:
      return !extracts_natively(i);
    case Opcode::compare:
      return operand_kind(0) == PartKind::memory || operand_kind(0) == PartKind::packed ||
             operand_kind(0) == PartKind::half;
    case Opcode::getelementptr:
      return what != PartKind::word;
    default:
      break;
  }
  switch (what) {
    case PartKind::packed:
    case PartKind::half:
      return !is_packed_native(i) ||
             (i.op == Opcode::binary && lane_bits(i.type) == 32 &&
              static_cast<BinaryOp>(i.code) == BinaryOp::mul && result(i).is_memory);
    case PartKind::memory:
      return true;
    case PartKind::word: {
      if (i.op == Opcode::cast) {
        const PartKind from = operand_kind(0);
        if (from == PartKind::memory || from == PartKind::packed || from == PartKind::half) {
          return true;
        }
        return static_cast<CastOp>(i.code) == CastOp::fptoui && word_bits(type(i.type)) == 32;
      }
      if (i.op != Opcode::binary) return true;
      const auto which = static_cast<BinaryOp>(i.code);
      const bool divides = which == BinaryOp::udiv || which == BinaryOp::sdiv ||
                           which == BinaryOp::urem || which == BinaryOp::srem;
      const bool is_signed = which == BinaryOp::sdiv || which == BinaryOp::srem;
      if (divides) {
        return (is_signed && word_bits(type(i.type)) < 32) || needs_eax(operand(i, 0)) ||
               needs_eax(operand(i, 1));
      }
      const bool both = (needs_eax(operand(i, 0)) || role(operand(i, 0)) == Role::operand) &&
                        (needs_eax(operand(i, 1)) || role(operand(i, 1)) == Role::operand);
      return both ||
             ((which == BinaryOp::shl || which == BinaryOp::lshr || which == BinaryOp::ashr) &&
              needs_eax(operand(i, 1)));
    }
    case PartKind::pair: {
      if (i.op == Opcode::cast) {
        const PartKind from = operand_kind(0);
        const auto op = static_cast<CastOp>(i.code);
        if (op == CastOp::bitcast) return from != PartKind::real;
        return op != CastOp::zext && op != CastOp::sext && op != CastOp::trunc;
      }
      if (i.op != Opcode::binary) return true;
      const Variable& to = variable(i.result);
      switch (static_cast<BinaryOp>(i.code)) {
        case BinaryOp::add:
        case BinaryOp::sub:
        case BinaryOp::and_:
        case BinaryOp::or_:
        case BinaryOp::xor_:
        case BinaryOp::mul:
          return false;
        case BinaryOp::shl:
        case BinaryOp::lshr:
        case BinaryOp::ashr: {
          if (type(i.type).count != 64) return true;
          uint32_t by = 0;
          const ValueId a = behind_aliases(body_, selection_, operand(i, 0));
          if (constant_word(operand(i, 1), 0, by)) {
            return (by & 63) < 32 && (by & 63) != 0 &&
                   (!has_variable(a) || !variable(a).in_register());
          }
          return !to.in_register() || to.registers[0] == ecx || to.registers[1] == ecx;
        }
        default:
          return true;
      }
    }
    case PartKind::single:
    case PartKind::real: {
      if (i.op == Opcode::negate) return false;
      if (i.op == Opcode::binary) return static_cast<BinaryOp>(i.code) == BinaryOp::frem;
      if (i.op != Opcode::cast) return true;
      const PartKind from = operand_kind(0);
      switch (static_cast<CastOp>(i.code)) {
        case CastOp::fpext:
        case CastOp::fptrunc:
          return false;
        case CastOp::sitofp:
        case CastOp::uitofp:
          return from != PartKind::word;
        case CastOp::bitcast:
          return from != PartKind::word && from != PartKind::pair;
        default:
          return true;
      }
    }
    default:
      return false;
  }
}

Needs Generator::needs_of(const Instruction& i) const {
  Needs needs;
  const PartKind what = part_kind(module_, i.type);
  switch (i.op) {
    case Opcode::call:
      if (has_no_code(module_, body_, i)) return needs;
      if (intrinsic_of_call(module_, body_, i) == Intrinsic::none) {
        if (value_of(module_, body_, operand(i, 0)).kind == ValueKind::inline_asm) return needs;
        needs.clobbers = kCallerSaved;
        needs.clobbers_vectors = true;
        return needs;
      }
      switch (intrinsic_of_call(module_, body_, i)) {
        case Intrinsic::fshl:
        case Intrinsic::fshr:
          if (!constants_.is_constant(operand(i, 3))) {
            needs.clobbers = set_of(ecx);
            needs.operand = 3;
            needs.operand_hint = ecx;
          }
          return needs;
        case Intrinsic::umul_overflow:
          needs.clobbers = needs.operands_not = set_of(edx);
          needs.early = true;
          return needs;
        default:
          needs.early = what == PartKind::memory;
          return needs;
      }
    case Opcode::insert_value:
      needs.early = kind(operand(i, 1)) == PartKind::memory;
      return needs;
    case Opcode::extract_value:
      needs.early = what == PartKind::memory;
      return needs;
    case Opcode::getelementptr: {
      AddressParts parts;
      needs.early = !simple_address(module_, body_, i, parts);
      return needs;
    }
    case Opcode::binary:
      break;
    default:
      // Of what stands in memory, and is interpreted, operands and result are apart.
      needs.early = what == PartKind::memory;
      return needs;
  }
  const auto which = static_cast<BinaryOp>(i.code);
  const bool constant = constants_.is_constant(operand(i, 1));
  const bool shifts = which == BinaryOp::shl || which == BinaryOp::lshr || which == BinaryOp::ashr;
  if (what == PartKind::memory) {
    needs.early = true;
  } else if (what == PartKind::packed || what == PartKind::half) {
    needs.early = which == BinaryOp::mul && lane_bits(i.type) == 32;
  } else if (what == PartKind::word) {
    uint32_t divisor = 0;
    if (shifts && !constant) {
      needs.clobbers = set_of(ecx);
      needs.operand = 1;
      needs.operand_hint = ecx;
    } else if (which == BinaryOp::udiv || which == BinaryOp::sdiv || which == BinaryOp::urem ||
               which == BinaryOp::srem) {
      const bool plain = divisor_of(i, divisor) && (divisor & (divisor - 1)) == 0;
      if (!plain) {
        needs.clobbers = set_of(edx);
        needs.operands_not = set_of(edx);
        if (!divisor_of(i, divisor) && (which == BinaryOp::urem || which == BinaryOp::srem)) {
          needs.result_hint = edx;
        }
      }
    }
  } else if (what == PartKind::pair) {
    if (which == BinaryOp::mul) {
      needs.clobbers = needs.operands_not = set_of(ecx) | set_of(edx);
      needs.result_not = set_of(edx);
    } else if (shifts && !constant) {
      needs.clobbers = set_of(ecx);
      needs.result_not = set_of(ecx);
      needs.early = true;
    }
  }
  return needs;
}

// ---- the frame

bool Generator::lay_out_frame() {
  const uint32_t values = body_.values.size;
  places_ = {arena_.make<uint32_t>(values), values};
  if (arena_.exhausted()) return refuse("no memory for code");
  bool calls = false, aligned = false, aside = false;
  outgoing_ = copies_ = 0;
  uint32_t slots = 0;
  for (const Instruction& i : body_.instructions) {
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
  }
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
  bool islands = calls_runtime_;
  for (const uint32_t number : island_of_) islands |= number != kNone;
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
  for (const Instruction& i : body_.instructions) {
    if (i.result == kNone || role(i.result) != Role::place) continue;
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
  } else if (!options_.traps) {
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
  encoder_.alu(
      Alu::cmp, lowest,
      in_memory({kNoRegister, kNoRegister, 0, static_cast<int32_t>(options_.limit_address)}));
  encoder_.jump_if(Condition::below, end_label(Outcome::stack_overflow));
}

// ---- how it ends before its end

void Generator::end(Outcome outcome) {
  if (options_.traps && outcome == Outcome::unreachable) {
    encoder_.undefined();
    return;
  }
  encoder_.mov_constant(in_register(eax), static_cast<uint32_t>(outcome));
  encoder_.jump(Target::service, static_cast<uint32_t>(Service::end));
}

CodeLabel Generator::end_label(Outcome outcome) {
  CodeLabel& label = ends_[static_cast<uint32_t>(outcome)];
  if (label == kNone) label = encoder_.label();
  return label;
}

void Generator::pay() {
  if (!options_.fuel || pending_ == 0) {
    pending_ = 0;
    return;
  }
  const Place low =
      in_memory({kNoRegister, kNoRegister, 0, static_cast<int32_t>(options_.fuel_address)});
  encoder_.alu_constant(Alu::sub, low, pending_);
  encoder_.alu_constant(Alu::sbb, moved_by(low, 4), 0);
  encoder_.jump_if(Condition::below, end_label(Outcome::out_of_fuel));
  pending_ = 0;
}

// ---- blocks

void Generator::root(const Instruction& i, uint32_t index) {
  if (island_of_[index] != kNone) {
    island(i, island_of_[index]);
    return;
  }
  RuntimeCall which = RuntimeCall::move;
  if (calls_runtime_ && is_island(i) && is_runtime_call(i, which)) {
    runtime_call(i, which);
    return;
  }
  switch (i.op) {
    case Opcode::load:
      load_instruction(i);
      return;
    case Opcode::store:
      store_instruction(i);
      return;
    case Opcode::fence:
      return;
    case Opcode::alloca:
      alloca_dynamic(i);
      return;
    case Opcode::call:
      call(i);
      return;
    default:
      break;
  }
  if (i.op == Opcode::binary && !is_used(i)) {
    // Only a division is here: for its fault.
    if (part_kind(module_, i.type) == PartKind::word) divide(i);
    return;
  }
  if (!is_used(i)) return;
  switch (i.op) {
    case Opcode::select:
      select(i);
      return;
    case Opcode::extract_value:
      extract_value(i);
      return;
    case Opcode::insert_value:
      insert_value(i);
      return;
    case Opcode::extract_element:
      extract_element(i);
      return;
    default:
      break;
  }
  switch (part_kind(module_, i.type)) {
    case PartKind::word:
      word_instruction(i);
      return;
    case PartKind::pair:
      pair_instruction(i);
      return;
    case PartKind::single:
    case PartKind::real:
      real_instruction(i);
      return;
    case PartKind::packed:
    case PartKind::half:
      packed_instruction(i);
      return;
    default:
      refuse("an instruction of this type");
  }
}

/// Whether the result of `i`, which has no register, can wait in eax or xmm7 for its only user: the
/// next instruction, which takes it first of all.
bool Generator::keeps(const Instruction& i, uint32_t index, const Block& block) const {
  if (i.result == kNone || selection_.uses[i.result - body_.base] != 1 ||
      island_of_[index] != kNone || !has_variable(i.result) || variable(i.result).in_register()) {
    return false;
  }
  const PartKind what = part_kind(module_, i.type);
  const bool vector = what == PartKind::single || what == PartKind::real;
  if (!vector && what != PartKind::word) return false;
  if (i.op != Opcode::binary && i.op != Opcode::load && !(vector && i.op == Opcode::cast)) {
    return false;
  }
  uint32_t next = index + 1;
  while (next < block.first + block.count && !is_terminator(body_.instructions[next].op) &&
         !is_emitted(body_.instructions[next])) {
    ++next;
  }
  if (next >= block.first + block.count || island_of_[next] != kNone) return false;
  const Instruction& user = body_.instructions[next];
  const auto plain = [&](ValueId id) {
    return constants_.is_constant(id) || (role(id) == Role::variable && id != i.result);
  };
  if (user.op == Opcode::store) {
    if (operand(user, 1) != i.result || role(operand(user, 1)) != Role::variable) return false;
    if (vector) return true;
    const AddressParts parts = address_of(module_, body_, selection_, operand(user, 0));
    const auto at_hand = [&](ValueId id) {
      return id == kNone || constants_.is_constant(id) || role(id) == Role::place ||
             (role(id) == Role::variable && variable(id).in_register());
    };
    return at_hand(parts.base) && (parts.index == kNone || (role(parts.index) == Role::variable &&
                                                            variable(parts.index).in_register()));
  }
  if (user.op != Opcode::binary || part_kind(module_, user.type) != what) return false;
  if (vector) {
    if (static_cast<BinaryOp>(user.code) == BinaryOp::frem) return false;
    return operand(user, 0) == i.result && operand(user, 1) != i.result;
  }
  switch (static_cast<BinaryOp>(user.code)) {
    case BinaryOp::add:
    case BinaryOp::sub:
    case BinaryOp::and_:
    case BinaryOp::or_:
    case BinaryOp::xor_:
      return operand(user, 0) == i.result && plain(operand(user, 1));
    default:
      return false;
  }
}

void Generator::blocks() {
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    if (!flow_.reached(b)) break;  // nor are all behind it
    next_ = b + 1;
    encoder_.bind(b);
    pending_ = 0;
    kept_ = kNone;
    const Block& block = body_.blocks[b];
    for (uint32_t k = block.first; k < block.first + block.count && !refused_; ++k) {
      const Instruction& i = body_.instructions[k];
      if (i.op == Opcode::phi) continue;
      pending_ += (i.flags & kFlagMade) == 0 ? 1 : 0;
      mark(CodeMark::instruction, k);
      if (is_terminator(i.op)) {
        pay();
        terminator(i, b);
      } else if (is_emitted(i)) {
        const ValueId kept = keeps(i, k, block) ? i.result : kNone;
        // The one before it ends here, the next begins.
        kept_result_ = kept;
        root(i, k);
        kept_ = kept;
        kept_result_ = kNone;
      }
    }
  }
  next_ = kNone;
  for (uint32_t e = 0; e < edges_.size(); ++e) {
    const Edge edge = edges_[e];
    encoder_.bind(edge.label);
    mark(CodeMark::edge, edge.from, edge.to);
    go(edge.from, edge.to);
  }
  for (uint32_t outcome = 0; outcome < kOutcomes; ++outcome) {
    if (ends_[outcome] == kNone) continue;
    encoder_.bind(ends_[outcome]);
    mark(CodeMark::ending, outcome);
    end(static_cast<Outcome>(outcome));
  }
}

Registers Generator::registers() {
  Registers all = {kGeneralRegisters, kScalarRegisters};
  if (dynamic_) all.general &= static_cast<RegisterSet>(~set_of(ebp));
  bool two = false;
  const auto is_vector = [&](TypeId id) {
    const PartKind what = part_kind(module_, id);
    return what == PartKind::packed || what == PartKind::half;
  };
  for (const Instruction& i : body_.instructions) {
    two |= is_vector(i.type);
    if (i.op == Opcode::cast) two |= kind(operand(i, 0)) == PartKind::pair;
    if (i.op != Opcode::call) continue;
    const Intrinsic which = intrinsic_of_call(module_, body_, i);
    two |=
        which == Intrinsic::copysign || which == Intrinsic::memcpy || which == Intrinsic::memmove;
  }
  for (uint32_t a = 0; a < body_.arguments; ++a) {
    two |= is_vector(body_.values[a].type);
  }
  if (two) all.vectors = kVectorRegisters;
  has_xmm6_ = two;
  return all;
}

bool Generator::run() {
  for (CodeLabel& label : ends_) label = kNone;
  if (!order_blocks(body_, arena_, depth_, flow_)) return refuse("no memory for code");
  for (BlockId b = 0; b < body_.blocks.size; ++b) (void)encoder_.label();
  if (!reduce_strength(module_, body_, flow_, {depth_.data, depth_.size}, arena_)) {
    return refuse("no memory for code");
  }
  if (!select_roles(module_, body_, arena_, selection_)) return refuse("no memory for code");
  for (const Instruction& i : body_.instructions) {
    const Intrinsic which =
        i.op == Opcode::call ? intrinsic_of_call(module_, body_, i) : Intrinsic::none;
    dynamic_ |= (i.op == Opcode::alloca && role(i.result) != Role::place) ||
                which == Intrinsic::stacksave || which == Intrinsic::stackrestore;
  }
  if (!allocate(module_, body_, selection_, {depth_.data, depth_.size}, registers(), *this, arena_,
                allocation_) ||
      !prepare_islands() || !lay_out_frame()) {
    return refuse("no memory for code");
  }
  mark(CodeMark::entry);
  prologue();
  blocks();
  if (refused_) return false;
  if (!encoder_.good() || arena_.exhausted()) return refuse("no memory for code");
  encoder_.shorten();
  return encoder_.good() || refuse("a jump to nowhere");
}

}  // namespace jit
