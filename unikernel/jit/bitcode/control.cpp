// What is in a function block: blocks and records, and which reader each record has; of those, the
// readers of branches, phis and calls.
#include "bitcode/function_reader.h"

namespace jit::bitcode {

/// [block] or [if true, if false, condition]
bool BodyReader::read_branch(Instruction& made) {
  made.op = Opcode::branch;
  made.type = file_.nothing;
  const uint32_t target = in_.number();
  if (!in_.more()) return push(target);
  made.op = Opcode::branch_if;
  const uint32_t otherwise = in_.number();
  return take_typed() && push(target) && push(otherwise);
}

/// [type, value, default, (case, block)...]. Cases are absolute ids.
bool BodyReader::read_switch(Instruction& made) {
  made.op = Opcode::switch_on;
  made.type = file_.nothing;
  in_.operand();
  if (!take_typed() || !take_number()) return false;
  while (in_.more()) {
    if (!take_number() || !take_number()) return false;
  }
  return true;
}

/// [type, address, block...]. What is the address of none of them goes to a block of no instruction
/// but `unreachable`, which the body gets behind its own.
bool BodyReader::read_indirect_branch(Instruction& made) {
  made.op = Opcode::branch_address;
  made.type = file_.nothing;
  in_.operand();
  if (!take_typed() || !push(announced_blocks_)) return false;
  nowhere_ = true;
  while (in_.more()) {
    const BlockId to = in_.number();
    if (to > kMaxLabel) return in_.refuse("a label behind four million blocks");
    if (!push(kLabelBase + to) || !push(to)) return false;
  }
  return true;
}

/// [type, (value, block)..., flags?]. Values are relative and have a sign, in the lowest bit.
bool BodyReader::read_phi(Instruction& made) {
  made.op = Opcode::phi;
  made.type = in_.number();
  while (in_.more()) {
    const uint64_t written = in_.operand();
    if (!in_.more()) {
      made.flags = flag_if(written != 0, kFlagFastMath);
      break;
    }
    const uint32_t distance = static_cast<uint32_t>(written >> 1);
    const ValueId id = next_value() - ((written & 1) != 0 ? 0 - distance : distance);
    if (!push(id) || !take_number()) return false;
  }
  return true;
}

/// [attributes + 1, convention and flags, fast-math?, function type, callee, arguments...]
bool BodyReader::read_call(Instruction& made) {
  constexpr uint32_t kTail = 1 << 0;
  constexpr uint32_t kConvention = 0x3FF << 1;
  constexpr uint32_t kFastConvention = 8 << 1;
  constexpr uint32_t kMustTail = 1 << 14;
  constexpr uint32_t kExplicitType = 1 << 15;
  constexpr uint32_t kFastMath = 1 << 17;
  made.op = Opcode::call;
  made.detail = in_.number() - 1;  // 0, none, becomes kNone
  const uint32_t flags = in_.number();
  if ((flags & kFastMath) != 0) made.flags = flag_if(in_.operand() != 0, kFlagFastMath);
  made.flags |= flag_if((flags & kTail) != 0, kFlagTail);
  made.flags |= flag_if((flags & kMustTail) != 0, kFlagMustTail);
  if ((flags & kExplicitType) == 0) return in_.refuse("a call through a typed pointer");
  const uint32_t convention = flags & kConvention;
  if (convention != 0 && convention != kFastConvention) {
    return in_.refuse("a call of another convention");
  }
  made.subject = in_.number();
  if (!in_range(made.subject)) return in_.fail("a type that is not there");
  const Type& function = module_.types[made.subject];
  if (function.kind != TypeKind::function) return in_.fail("a call of what is no function");
  made.type = result_of(module_, function);

  TypeId callee = 0;
  if (!take_value(callee)) return false;
  for (const TypeId parameter : parameters_of(module_, function)) {
    const TypeKind kind = module_.types[parameter].kind;
    if (kind == TypeKind::label) return in_.refuse("a block as an argument");
    if (kind == TypeKind::metadata) {
      in_.operand();
      if (!push(kNone)) return false;
    } else if (!take_typed()) {
      return false;
    }
  }
  while (function.variadic && in_.more()) {
    TypeId type = 0;
    if (!take_value(type)) return false;
  }
  if (in_.more()) return in_.fail("a call has too many arguments");
  if (bundles_) {
    const ValueId id = operands_[made.first];
    if (id < module_.values.size && module_.values[id].kind == ValueKind::function &&
        module_.functions[module_.values[id].index].intrinsic == Intrinsic::assume) {
      bundles_ = false;
    }
  }
  return true;
}

// ---- all of them: one loop, so that nothing is saved and restored for each

[[gnu::always_inline]] inline bool BodyReader::read_instruction(FunctionCode code) {
  Instruction* const place = instructions_.extend();
  if (place == nullptr) return in_.fail("out of memory");
  Instruction& made = *place;  // where it stays: no other is added before it is finished
  made = {};
  made.first = operands_.size();
  bool sound = false;
  switch (code) {
    case FunctionCode::binary:
      sound = read_binary(made);
      break;
    case FunctionCode::cast:
      sound = read_cast(made);
      break;
    case FunctionCode::unary:
      sound = read_unary(made);
      break;
    case FunctionCode::compare:
      sound = read_compare(made);
      break;
    case FunctionCode::select:
      sound = read_select(made);
      break;
    case FunctionCode::freeze:
      made.op = Opcode::freeze;
      sound = take_value(made.type);
      break;
    case FunctionCode::extract_element:
      sound = read_extract_element(made);
      break;
    case FunctionCode::insert_element:
      sound = read_insert_element(made);
      break;
    case FunctionCode::shuffle:
      sound = read_shuffle(made);
      break;
    case FunctionCode::extract_value:
      sound = read_extract_value(made);
      break;
    case FunctionCode::insert_value:
      sound = read_insert_value(made);
      break;
    case FunctionCode::alloca:
      sound = read_alloca(made);
      break;
    case FunctionCode::load:
    case FunctionCode::load_atomic:
      sound = read_load(made, code == FunctionCode::load_atomic);
      break;
    case FunctionCode::store:
    case FunctionCode::store_atomic:
      sound = read_store(made, code == FunctionCode::store_atomic);
      break;
    case FunctionCode::address:
      sound = read_address(made);
      break;
    case FunctionCode::fence:
      made.op = Opcode::fence;
      made.type = file_.nothing;
      sound = true;
      break;
    case FunctionCode::compare_exchange:
      sound = read_compare_exchange(made);
      break;
    case FunctionCode::atomic_update:
      sound = read_atomic_update(made);
      break;
    case FunctionCode::branch:
      sound = read_branch(made);
      break;
    case FunctionCode::switch_on:
      sound = read_switch(made);
      break;
    case FunctionCode::indirect_branch:
      sound = read_indirect_branch(made);
      break;
    case FunctionCode::phi:
      sound = read_phi(made);
      break;
    case FunctionCode::return_value: {
      made.op = Opcode::return_value;
      made.type = file_.nothing;
      TypeId type = 0;
      sound = !in_.more() || take_value(type);
      break;
    }
    case FunctionCode::unreachable:
      made.op = Opcode::unreachable;
      made.type = file_.nothing;
      sound = true;
      break;
    case FunctionCode::call:
      sound = read_call(made);
      break;
    default:
      return refuse_record(code);
  }
  return sound && finish(made);
}

[[gnu::always_inline]] inline bool BodyReader::read_record() {
  const FunctionCode code = static_cast<FunctionCode>(in_.code());
  switch (code) {
    case FunctionCode::blocks:
      if (announced_blocks_ != 0) return in_.fail("blocks are announced twice");
      announced_blocks_ = in_.number();
      if (announced_blocks_ > in_.left() / 2) return in_.fail("more blocks than bits");
      return blocks_.reserve(announced_blocks_) || in_.fail("out of memory");
    case FunctionCode::location:
    case FunctionCode::location_again:
    case FunctionCode::block_address_users:  // who else takes addresses of its labels
      return true;
    case FunctionCode::bundle:
      bundles_ = true;  // read past where they are promises: in front of llvm.assume
      return true;
    default:
      if (code >= FunctionCode::debug_first && code <= FunctionCode::debug_last) return true;
      return read_instruction(code);
  }
}

bool BodyReader::read_entries() {
  for (;;) {
    switch (in_.next()) {
      case Entry::end:
        return !in_.failed();
      case Entry::record:
        arena_.step(4);
        if (!read_record()) return false;
        break;
      case Entry::block:
        switch (static_cast<BlockCode>(in_.block().id)) {
          case BlockCode::constants:
            if (instructions_.size() != 0) return in_.refuse("constants behind an instruction");
            if (!read_constants(in_, {module_.types.data, module_.types.size}, constants_)) {
              return false;
            }
            break;
          case BlockCode::value_symbols:
          case BlockCode::metadata:
          case BlockCode::metadata_attachment:
          case BlockCode::use_lists:
            in_.skip();
            break;
          default:
            return in_.refuse("an unknown block in a body");
        }
        break;
    }
  }
}

}  // namespace jit::bitcode
