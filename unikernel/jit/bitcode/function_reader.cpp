#include "bitcode/function_reader.h"

#include "ir/verify.h"

namespace jit::bitcode {

namespace {

const char* name_of_refused(FunctionCode code) {
  switch (code) {
    case FunctionCode::select_old:
    case FunctionCode::compare_old:
      return "select or compare of an old form";
    case FunctionCode::invoke:
      return "invoke";
    case FunctionCode::va_arg:
      return "va_arg";
    case FunctionCode::resume:
      return "resume";
    case FunctionCode::landing_pad:
      return "landingpad";
    case FunctionCode::call_branch:
      return "callbr";
    default:
      return nullptr;
  }
}

/// Not what tells of blocks, of operand bundles, or debuggers where something came from.
bool is_instruction(FunctionCode code) {
  return code != FunctionCode::blocks && code != FunctionCode::bundle &&
         code != FunctionCode::location && code != FunctionCode::location_again &&
         code != FunctionCode::block_address_users &&
         (code < FunctionCode::debug_first || code > FunctionCode::debug_last);
}

}  // namespace

bool BodyReader::read(const Type& type) {
  if (!add_arguments(type)) return false;
  const BitReader::Outer outer = in_.enter();
  // Clang writes an instruction in 27 to 50 bits, and most have a result; constants take less.
  const uint32_t likely = in_.left() / 24;
  if (!instructions_.reserve(likely) || !constants_.values.reserve(arguments_ + likely / 2 * 3) ||
      !operands_.reserve(2 * likely)) {
    return in_.fail("out of memory");
  }
  if (!read_entries()) return false;
  in_.leave(outer);
  if (in_.failed()) return false;
  if (block_begin_ != instructions_.size()) return in_.fail("the last block has no terminator");
  if (announced_blocks_ != blocks_.size()) return in_.fail("fewer blocks than announced");
  if (announced_blocks_ == 0) return in_.fail("a body without blocks");
  return !nowhere_ || add_nowhere();
}

/// The block that a branch to no label's address goes to.
bool BodyReader::add_nowhere() {
  Instruction end;
  end.type = file_.nothing;
  end.first = operands_.size();
  return add(in_, blocks_, Block{instructions_.size(), 1}) && add(in_, instructions_, end);
}

bool BodyReader::add_arguments(const Type& type) {
  for (const TypeId parameter : parameters_of(module_, type)) {
    Value value;
    value.kind = ValueKind::argument;
    value.type = parameter;
    value.index = arguments_++;
    if (!add(in_, constants_.values, value)) return false;
  }
  return true;
}

/// The instruction is read: the value that it makes, and the block that it ends.
bool BodyReader::finish(Instruction& made) {
  if (in_.failed()) return false;
  if (bundles_) return in_.refuse("operand bundles");
  if (blocks_.size() == announced_blocks_) return in_.fail("more instructions than blocks");
  if (!in_range(made.type)) {
    return in_.fail(made.type == kNone ? "an instruction of no type" : "a type that is not there");
  }
  made.count = operands_.size() - made.first;
  if (module_.types[made.type].kind != TypeKind::void_type) {
    made.result = next_value();
    Value* const value = constants_.values.extend();
    if (value == nullptr) return in_.fail("out of memory");
    value->kind = ValueKind::instruction;
    value->code = 0;
    value->type = made.type;
    value->index = instructions_.size() - 1;
    value->count = 0;
    value->bits = 0;
  }
  if (!is_terminator(made.op)) return true;
  const Block block = {block_begin_, instructions_.size() - block_begin_};
  block_begin_ = instructions_.size();
  return add(in_, blocks_, block);
}

bool BodyReader::refuse_record(FunctionCode code) {
  const char* const name = name_of_refused(code);
  if (name != nullptr) return in_.refuse("the instruction", text_of(name));
  Line number;
  number.add(in_.code());
  return in_.refuse("an unknown record in a function block, number", number.text());
}

bool BodyReader::keep(Workspace& space, Body& body) {
  body.base = module_.values.size;
  body.arguments = arguments_;
  const bool fits = space.keep(constants_.values, body.values) &&
                    space.keep(constants_.value_lists, body.value_lists) &&
                    space.keep(constants_.inline_asms, body.inline_asms) &&
                    space.keep(instructions_, body.instructions) &&
                    space.keep(blocks_, body.blocks) && space.keep(operands_, body.operands);
  return fits || in_.fail("out of memory");
}

Fault read_body(const BitcodeFile& file, FunctionId function, Arena& arena, Body& body) {
  const Module& module = file.module;
  body = {};
  body.function = function;
  BitReader in(file.bytes, file.info);
  if (function >= module.functions.size || module.functions[function].body_bit == 0) {
    in.fail("the function has no body");
    return in.fault();
  }
  const Function& read = module.functions[function];
  in.fault().function = read.name;
  if (read.type >= module.types.size || module.types[read.type].kind != TypeKind::function) {
    in.fail("the function's type is none of a function");
    return in.fault();
  }
  Workspace space(arena);
  BodyReader reader(file, in, space);
  if (!in.find(read.body_bit) || !reader.read(module.types[read.type]) ||
      !reader.keep(space, body)) {
    return in.fault();
  }
  space.commit();
  return {};
}

uint64_t find_instruction(const BitcodeFile& file, FunctionId function, uint32_t instruction) {
  BitReader in(file.bytes, file.info);
  if (!in.find(file.module.functions[function].body_bit)) return Fault::kNoBit;
  in.enter();
  for (Entry entry = in.next(); entry != Entry::end; entry = in.next()) {
    if (entry == Entry::block) {
      in.skip();
    } else if (is_instruction(static_cast<FunctionCode>(in.code())) && instruction-- == 0) {
      return in.bit();
    }
  }
  return Fault::kNoBit;
}

Fault read_verified_body(void* file, FunctionId function, Arena& arena, Body& body) {
  const auto& opened = *static_cast<const BitcodeFile*>(file);
  Fault fault = read_body(opened, function, arena, body);
  if (fault) return fault;
  fault = verify_body(opened.module, body, arena);
  if (fault) fault.bit = find_instruction(opened, function, fault.instruction);
  return fault;
}

}  // namespace jit::bitcode
