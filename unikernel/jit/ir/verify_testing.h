// Sound IR, made by hand: what tests of the verifier break in one place.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "ir/layout.h"
#include "ir/verify.h"

namespace jit::verify_testing {

// Types of the module below, by their ids.
enum : TypeId {
  kVoid,
  kBool,
  kByte,
  kInt,
  kLong,
  kFloat,
  kDouble,
  kPtr,
  kLabel,
  kMetadata,
  kUnsupported,
  kInts,
  kPair,
  kVec,
  kMask,
  kVecF,
  kFlagged,
  kIntFunction,
  kVoidFunction,
  kVariadic,
  kMin,
  kPtrs,
  kMemset,
  kI24,
};
// Values of the module.
enum : ValueId {
  kGlobal,
  kMain,
  kCallee,
  kMinIntrinsic,
  kStart,
  kUnknown,
  kMemsetIntrinsic,
  kAlias,
  kZero,
  kOne,
  kSeven,
  kPairConstant,
  kIntsData,
  kAddress,
  kCast,
  kSum,
  kShuffleMask,
  kTrue,
  kByteZero,
  kFloatOne,
  kLongOne,
  kTwoFloats,
  kAssembly,
  kModuleValues,
};

template <class T>
Span<T> span(std::vector<T>& items) {
  return {items.data(), static_cast<std::uint32_t>(items.size())};
}

/// A module with one of everything, and a body that a test fills: i32 main(i32, ptr).
struct Program {
  Program() {
    type(TypeKind::void_type);
    type(TypeKind::integer, 1);
    type(TypeKind::integer, 8);
    type(TypeKind::integer, 32);
    type(TypeKind::integer, 64);
    type(TypeKind::float_type);
    type(TypeKind::double_type);
    type(TypeKind::pointer);
    type(TypeKind::label);
    type(TypeKind::metadata);
    type(TypeKind::unsupported);
    type(TypeKind::array, 4, kInt);
    made_of(TypeKind::structure, {kInt, kPtr});
    type(TypeKind::vector, 4, kInt);
    type(TypeKind::vector, 4, kBool);
    type(TypeKind::vector, 4, kFloat);
    made_of(TypeKind::structure, {kInt, kBool});
    made_of(TypeKind::function, {kInt, kInt, kPtr});
    made_of(TypeKind::function, {kVoid});
    made_of(TypeKind::function, {kInt, kPtr});
    types.back().variadic = true;
    made_of(TypeKind::function, {kInt, kInt, kInt});
    made_of(TypeKind::function, {kVoid, kPtr});
    made_of(TypeKind::function, {kVoid, kPtr, kByte, kInt, kBool});
    type(TypeKind::integer, 24);

    globals = {{"g", kInts, kGlobal, kIntsData, 4, Linkage::external, false}};
    functions = {
        {"main", kIntFunction, kMain, kNone, Linkage::external, Intrinsic::none, 1},
        {"callee", kIntFunction, kCallee, 0, Linkage::external, Intrinsic::none, 0},
        {"llvm.smin.i32", kMin, kMinIntrinsic, kNone, Linkage::external, Intrinsic::smin, 0},
        {"llvm.va_start", kPtrs, kStart, kNone, Linkage::external, Intrinsic::va_start, 0},
        {"llvm.odd", kMin, kUnknown, kNone, Linkage::external, Intrinsic::unknown, 0},
        {"llvm.memset", kMemset, kMemsetIntrinsic, kNone, Linkage::external, Intrinsic::memset, 0}};
    aliases = {{"a", kInts, kAlias, kGlobal}};
    attribute_lists = {{0, 1}};
    by_values = {{1, kPair, 4}};
    asms = {{"", "=r,0", kIntFunction}};

    value(ValueKind::global, kPtr, 0);
    for (std::uint32_t i = 0; i < functions.size(); ++i) value(ValueKind::function, kPtr, i);
    value(ValueKind::alias, kPtr, 0);
    value(ValueKind::zero, kInt);
    integer(kInt, 1);
    integer(kInt, 7);
    list(ValueKind::aggregate, kPair, {kSeven, kGlobal});
    value(ValueKind::data, kInts).bytes = data;
    values.back().count = 4;
    list(ValueKind::address, kPtr, {kGlobal, kZero, kOne}).source = kInts;
    value(ValueKind::cast, kInt, kAddress).code = static_cast<std::uint8_t>(CastOp::ptrtoint);
    list(ValueKind::binary, kInt, {kCast, kSeven}).code = static_cast<std::uint8_t>(BinaryOp::add);
    list(ValueKind::aggregate, kVec, {kZero, kSeven, kOne, kOne});
    integer(kBool, 1);
    value(ValueKind::zero, kByte);
    value(ValueKind::floating, kFloat).bits = 0x3F800000;
    integer(kLong, 1);
    value(ValueKind::undefined, kVecF);
    value(ValueKind::inline_asm, kPtr, 0);

    // main: its arguments are body_value(0) and body_value(1).
    argument(kInt);
    argument(kPtr);
  }

  Value& value(ValueKind kind, TypeId type_id, std::uint32_t index = 0) {
    Value made;
    made.kind = kind;
    made.type = type_id;
    made.index = index;
    values.push_back(made);
    return values.back();
  }
  Value& integer(TypeId type_id, std::uint64_t bits) {
    Value& made = value(ValueKind::integer, type_id);
    made.bits = bits;
    return made;
  }
  Value& list(ValueKind kind, TypeId type_id, const std::vector<ValueId>& items) {
    Value& made = value(kind, type_id, static_cast<std::uint32_t>(lists.size()));
    made.count = static_cast<std::uint32_t>(items.size());
    lists.insert(lists.end(), items.begin(), items.end());
    return made;
  }
  void type(TypeKind kind, std::uint32_t count = 0, TypeId first = 0) {
    Type made;
    made.kind = kind;
    made.count = count;
    made.first = first;
    add_type(made);
  }
  void made_of(TypeKind kind, const std::vector<TypeId>& parts) {
    Type made;
    made.kind = kind;
    made.first = static_cast<std::uint32_t>(type_lists.size());
    made.count = static_cast<std::uint32_t>(parts.size()) - (kind == TypeKind::function ? 1 : 0);
    type_lists.insert(type_lists.end(), parts.begin(), parts.end());
    offsets.resize(type_lists.size());
    add_type(made);
  }
  void add_type(Type made) {
    lay_out({types.data(), static_cast<std::uint32_t>(types.size())},
            {type_lists.data(), static_cast<std::uint32_t>(type_lists.size())}, made,
            offsets.empty() ? nullptr : offsets.data() + made.first);
    types.push_back(made);
  }

  // ---- the body
  static ValueId body_value(std::uint32_t index) { return kModuleValues + index; }
  void argument(TypeId type_id) {
    Value made;
    made.kind = ValueKind::argument;
    made.type = type_id;
    made.index = static_cast<std::uint32_t>(body_values.size());
    body_values.push_back(made);
  }
  ValueId constant(const Value& made) {
    body_values.push_back(made);
    return body_value(static_cast<std::uint32_t>(body_values.size()) - 1);
  }
  /// Gives the value that it makes.
  ValueId add(Opcode op, TypeId type_id, const std::vector<std::uint32_t>& given,
              std::uint8_t code = 0, TypeId subject = kNone, std::uint32_t detail = 0) {
    Instruction made;
    made.op = op;
    made.type = type_id;
    made.code = code;
    made.subject = subject;
    made.detail = op == Opcode::call && detail == 0 ? kNone : detail;
    made.first = static_cast<std::uint32_t>(operands.size());
    made.count = static_cast<std::uint32_t>(given.size());
    operands.insert(operands.end(), given.begin(), given.end());
    if (type_id != kVoid) {
      Value result;
      result.kind = ValueKind::instruction;
      result.type = type_id;
      result.index = static_cast<std::uint32_t>(instructions.size());
      made.result = constant(result);
    }
    instructions.push_back(made);
    if (is_terminator(op)) {
      const std::uint32_t first = blocks.empty() ? 0 : blocks.back().first + blocks.back().count;
      blocks.push_back({first, static_cast<std::uint32_t>(instructions.size()) - first});
    }
    return made.result;
  }
  void jump(BlockId to) { add(Opcode::branch, kVoid, {to}); }
  void branch(BlockId yes, BlockId no) { add(Opcode::branch_if, kVoid, {kTrue, yes, no}); }
  void give(ValueId id) { add(Opcode::return_value, kVoid, {id}); }
  static std::uint8_t code(auto op) { return static_cast<std::uint8_t>(op); }

  std::string verify() {
    Module module;
    module.types = span(types);
    module.type_lists = span(type_lists);
    module.field_offsets = span(offsets);
    module.values = span(values);
    module.value_lists = span(lists);
    module.globals = span(globals);
    module.functions = span(functions);
    module.aliases = span(aliases);
    module.attribute_lists = span(attribute_lists);
    module.by_values = span(by_values);
    module.inline_asms = span(asms);
    Body body;
    body.function = function;
    body.base = kModuleValues;
    body.arguments = arguments;
    body.values = span(body_values);
    body.instructions = span(instructions);
    body.blocks = span(blocks);
    body.operands = span(operands);
    std::vector<char> memory(1 << 20);
    Arena scratch(memory.data(), memory.size());
    Fault fault = verify_module(module, scratch);
    if (!fault && !instructions.empty()) fault = verify_body(module, body, scratch);
    EXPECT_EQ(scratch.used(), 0U);
    const Text what = fault.what.text();
    return {what.data, what.size};
  }

  std::uint8_t data[16] = {1, 2, 3};
  std::vector<Type> types;
  std::vector<TypeId> type_lists;
  std::vector<std::uint32_t> offsets;
  std::vector<Value> values;
  std::vector<ValueId> lists;
  std::vector<Global> globals;
  std::vector<Function> functions;
  std::vector<Alias> aliases;
  std::vector<AttributeList> attribute_lists;
  std::vector<ByValue> by_values;
  std::vector<InlineAsm> asms;
  FunctionId function = 0;
  std::uint32_t arguments = 2;
  std::vector<Value> body_values;
  std::vector<Instruction> instructions;
  std::vector<Block> blocks;
  std::vector<std::uint32_t> operands;
};

inline const ValueId kX = Program::body_value(0);  // i32
inline const ValueId kP = Program::body_value(1);  // ptr

struct Rule {
  const char* reason;  // what the refusal begins with; "": sound
  std::function<void(Program&)> build;
};

/// Builds a program for each rule, and holds what the verifier says against it.
inline void expect(const std::vector<Rule>& rules) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    Program program;
    rules[i].build(program);
    const std::string said = program.verify();
    const std::string wanted = rules[i].reason;
    EXPECT_EQ(said.substr(0, wanted.empty() ? said.size() : wanted.size()), wanted)
        << "rule " << i << " says: " << said;
  }
}

}  // namespace jit::verify_testing
