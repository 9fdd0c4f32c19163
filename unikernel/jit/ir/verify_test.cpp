// Every rule of the verifier: sound IR, made by hand, is broken in one place, and the words of the
// refusal are held against what they should be.
#include "ir/verify.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "ir/layout.h"

namespace jit {
namespace {

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

const ValueId kX = Program::body_value(0);  // i32
const ValueId kP = Program::body_value(1);  // ptr

struct Rule {
  const char* reason;  // what the refusal begins with; "": sound
  std::function<void(Program&)> build;
};

void expect(const std::vector<Rule>& rules) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    Program program;
    rules[i].build(program);
    const std::string said = program.verify();
    const std::string wanted = rules[i].reason;
    EXPECT_EQ(said.substr(0, wanted.empty() ? said.size() : wanted.size()), wanted)
        << "rule " << i << " says: " << said;
  }
}

TEST(VerifyModule, Types) {
  expect({
      {"", [](Program&) {}},
      {"an integer type of that many bits", [](Program& p) { p.types[kInt].count = 65; }},
      {"an integer type of that many bits", [](Program& p) { p.types[kInt].count = 0; }},
      {"a type is made of a later one", [](Program& p) { p.types[kInts].first = kInts; }},
      {"a type is made of a later one", [](Program& p) { p.type_lists[0] = kPair; }},
      {"a list of types is out of range", [](Program& p) { p.types[kPair].count = 1000; }},
      {"a list of types is out of range", [](Program& p) { p.types[kPair].first = 1000; }},
      {"a vector of that many elements", [](Program& p) { p.types[kVec].count = 65; }},
      {"a vector of that many elements", [](Program& p) { p.types[kVec].count = 0; }},
      {"a vector of that many elements", [](Program& p) { p.types[kVec].first = kInts; }},
      {"a type is not laid out", [](Program& p) { p.types[kPair].size = 4; }},
      {"a type is not laid out", [](Program& p) { p.types[kLong].align = 8; }},
      {"a type is not laid out", [](Program& p) { p.offsets[1] = 3; }},
      {"an array or structure of what has no place",
       [](Program& p) { p.types[kInts].first = kMetadata; }},
      {"an array or structure of what has no place",
       [](Program& p) { p.types[kInts].count = 0x40000000; }},
      {"a function type whose result",
       [](Program& p) { p.type_lists[p.types[kMin].first] = kLabel; }},
      {"a function of more than 255", [](Program& p) { p.types[kMin].count = 256; }},
      {"offsets of fields", [](Program& p) { p.offsets.pop_back(); }},
      {"types nest too deep",
       [](Program& p) {
         for (int i = 0; i < 70; ++i)
           p.type(TypeKind::array, 1, static_cast<TypeId>(p.types.size() - 1));
       }},
  });
}

TEST(VerifyModule, GlobalsFunctionsAliases) {
  expect({
      {"a value of a type that is not there", [](Program& p) { p.values[kOne].type = 999; }},
      {"a value of the module without what", [](Program& p) { p.values[kGlobal].index = 5; }},
      {"a value of the module without what", [](Program& p) { p.values[kMain].index = 1; }},
      {"an address of another type than ptr", [](Program& p) { p.values[kGlobal].type = kInt; }},
      {"a value of the module that only a body",
       [](Program& p) { p.values[kOne].kind = ValueKind::argument; }},
      {"a value of the module without what", [](Program& p) { p.globals[0].value = kOne; }},
      {"a global of a type without a place", [](Program& p) { p.globals[0].type = kVoid; }},
      {"an initializer of another type", [](Program& p) { p.globals[0].type = kInt; }},
      {"a constant is made of a value that is not there",
       [](Program& p) { p.globals[0].initializer = 9999; }},
      {"an alignment is no power of two", [](Program& p) { p.globals[0].align = 12; }},
      {"an unknown linkage", [](Program& p) { p.globals[0].linkage = static_cast<Linkage>(9); }},
      {"assembly as a value", [](Program& p) { p.globals[0].initializer = kAssembly; }},
      {"the address of an intrinsic", [](Program& p) { p.globals[0].initializer = kMinIntrinsic; }},
      {"a function of another type", [](Program& p) { p.functions[1].type = kInt; }},
      {"an intrinsic with a body", [](Program& p) { p.functions[2].body_bit = 1; }},
      {"attributes that are not there", [](Program& p) { p.functions[1].attributes = 7; }},
      {"byval on a parameter that is not there", [](Program& p) { p.by_values[0].parameter = 2; }},
      {"byval on what is no pointer", [](Program& p) { p.by_values[0].parameter = 0; }},
      {"byval of a type without a place", [](Program& p) { p.by_values[0].type = kLabel; }},
      {"byval parameters are not in order",
       [](Program& p) {
         p.by_values.push_back({1, kPair, 4});
         p.attribute_lists[0].count = 2;
       }},
      {"a list of attributes is out of range", [](Program& p) { p.attribute_lists[0].count = 9; }},
      {"an alias of what is no address", [](Program& p) { p.aliases[0].target = kOne; }},
      {"a constant is made of itself", [](Program& p) { p.aliases[0].target = kAlias; }},
      {"a list of constructors that is none",
       [](Program& p) { p.globals[0].name = "llvm.global_ctors"; }},
      {"globals take more than a gigabyte",
       [](Program& p) {
         p.type(TypeKind::array, 0x20000001, kByte);
         for (int i = 0; i < 2; ++i) {
           p.globals.push_back({"big", static_cast<TypeId>(p.types.size() - 1),
                                static_cast<ValueId>(p.values.size()), kNone, 0, Linkage::external,
                                false});
           p.value(ValueKind::global, kPtr, static_cast<std::uint32_t>(p.globals.size() - 1));
         }
       }},
  });
}

TEST(VerifyModule, Constants) {
  expect({
      {"an integer of another type", [](Program& p) { p.values[kOne].type = kFloat; }},
      {"an integer has more bits", [](Program& p) { p.values[kTrue].bits = 2; }},
      {"a float has more than 32 bits", [](Program& p) { p.values[kFloatOne].bits = 1ULL << 32; }},
      {"a floating-point number of another", [](Program& p) { p.values[kFloatOne].type = kInt; }},
      {"a constant of a type without values", [](Program& p) { p.values[kZero].type = kVoid; }},
      {"a constant of a type without values", [](Program& p) { p.values[kZero].type = kMin; }},
      {"a constant of a type that is not supported",
       [](Program& p) { p.values[kZero].type = kUnsupported; }},
      {"an aggregate of more or fewer", [](Program& p) { p.values[kPairConstant].count = 1; }},
      {"an aggregate of a type that has no parts",
       [](Program& p) { p.values[kPairConstant].type = kInt; }},
      {"a part of an aggregate has another", [](Program& p) { p.lists[0] = kTrue; }},
      {"a constant is made of a value that", [](Program& p) { p.lists[0] = 12345; }},
      {"a constant's operands are out of range",
       [](Program& p) { p.values[kPairConstant].first = 999; }},
      {"data of more or fewer elements", [](Program& p) { p.values[kIntsData].count = 3; }},
      {"data of a type that has none", [](Program& p) { p.values[kIntsData].type = kPair; }},
      {"a cast between types", [](Program& p) { p.values[kCast].first = kOne; }},
      {"a cast between types", [](Program& p) { p.values[kCast].code = 77; }},
      {"an operation that no constant has",
       [](Program& p) { p.values[kSum].code = Program::code(BinaryOp::udiv); }},
      {"an operation that no constant has", [](Program& p) { p.values[kSum].count = 1; }},
      {"an operation of constants of other types", [](Program& p) { p.values[kSum].type = kLong; }},
      {"an address in a type without a place",
       [](Program& p) { p.values[kAddress].source = kVoid; }},
      {"an address without a base", [](Program& p) { p.values[kAddress].count = 0; }},
      {"an index into what has no parts", [](Program& p) { p.values[kAddress].source = kInt; }},
      {"assembly that is not there", [](Program& p) { p.values[kAssembly].index = 4; }},
      {"blockaddress", [](Program& p) { p.values[kOne].kind = ValueKind::block_address; }},
      {"a constant is made of itself",
       [](Program& p) {
         p.values[kCast].first = kSum;
         p.values[kCast].code = Program::code(CastOp::trunc);
         p.values[kCast].type = kByte;
         p.lists[p.values[kSum].first] = kSum;
         p.globals[0].initializer = kNone;
       }},
      {"constants nest too deep",
       [](Program& p) {
         for (int i = 0; i < 70; ++i) {
           const ValueId next = i == 69 ? ValueId{kOne} : static_cast<ValueId>(p.values.size() + 1);
           p.list(ValueKind::binary, kInt, {next, kZero}).code = 0;
         }
       }},
      {"a constant has too many parts",
       [](Program& p) {
         for (int i = 0; i < 10; ++i) {
           const ValueId below = i == 0 ? ValueId{kOne} : static_cast<ValueId>(p.values.size() - 1);
           p.list(ValueKind::binary, kInt, {below, below}).code = 0;
         }
       }},
  });
}

TEST(VerifyBody, TablesAndBlocks) {
  expect({
      {"", [](Program& p) { p.give(kX); }},
      {"a body of more or fewer arguments",
       [](Program& p) {
         p.arguments = 1;
         p.give(kX);
       }},
      {"a body of no function",
       [](Program& p) {
         p.function = 77;
         p.give(kX);
       }},
      {"a value is not what it should be",
       [](Program& p) {
         p.body_values[0].index = 1;
         p.give(kX);
       }},
      {"a value is not what it should be",
       [](Program& p) {
         p.body_values[0].type = kLong;
         p.give(kX);
       }},
      {"a value is not what it should be",
       [](Program& p) {
         p.body_values[1].kind = ValueKind::global;
         p.give(kX);
       }},
      {"a value is not what it should be",
       [](Program& p) {
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.give(a);
         p.body_values[2].index = 1;
       }},
      {"a result that is no value",
       [](Program& p) {
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.give(a);
         p.add(Opcode::unreachable, kVoid, {});
         p.instructions[2].type = kInt;
         p.instructions[2].result = a;
       }},
      {"a block without a terminator",
       [](Program& p) {
         p.give(kX);
         p.instructions[0].op = Opcode::fence;
       }},
      {"a terminator before the end",
       [](Program& p) {
         p.give(kX);
         p.give(kX);
         p.blocks = {{0, 2}};
       }},
      {"blocks do not stand one behind",
       [](Program& p) {
         p.give(kX);
         p.give(kX);
         p.blocks[1].first = 0;
       }},
      {"blocks do not stand one behind",
       [](Program& p) {
         p.give(kX);
         p.blocks[0].count = 2;
       }},
      {"instructions behind the last block",
       [](Program& p) {
         p.give(kX);
         p.give(kX);
         p.blocks.pop_back();
       }},
      {"operands are out of range",
       [](Program& p) {
         p.give(kX);
         p.instructions[0].count = 100;
       }},
      {"an unknown operation",
       [](Program& p) {
         p.give(kX);
         p.instructions[0].op = static_cast<Opcode>(99);
       }},
      {"a branch to a block that is not there", [](Program& p) { p.jump(1); }},
      {"a branch to the first block", [](Program& p) { p.jump(0); }},
      {"too few or too many operands",
       [](Program& p) {
         p.branch(0, 0);
         p.instructions[0].count = 2;
       }},
      {"an operand that is not there", [](Program& p) { p.give(4000); }},
      {"a value returned of another type", [](Program& p) { p.give(kTrue); }},
      {"no value returned from a function",
       [](Program& p) { p.add(Opcode::return_value, kVoid, {}); }},
      {"a condition that is no i1",
       [](Program& p) {
         p.add(Opcode::branch_if, kVoid, {kX, 1, 1});
         p.give(kX);
       }},
      {"assembly as a value", [](Program& p) { p.give(kAssembly); }},
      {"the address of an intrinsic", [](Program& p) { p.give(kMinIntrinsic); }},
  });
}

TEST(VerifyBody, Dominance) {
  expect({
      {"a value is used before it is made",
       [](Program& p) {
         p.add(Opcode::freeze, kInt, {Program::body_value(3)});
         p.give(p.add(Opcode::freeze, kInt, {kX}));
       }},
      {"a value is used where it may not",
       [](Program& p) {  // made on one of two ways
         p.branch(1, 2);
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.jump(2);
         p.give(a);
       }},
      {"",
       [](Program& p) {  // in a block that cannot be reached
         p.give(kX);
         p.give(p.add(Opcode::freeze, kInt, {Program::body_value(2)}));
       }},
      {"a value is used where it may not",
       [](Program& p) {  // made where nobody comes
         p.jump(2);
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.jump(2);
         p.give(a);
       }},
      {"",
       [](Program& p) {  // round a loop
         p.jump(1);
         const ValueId next = Program::body_value(3);
         const ValueId i = p.add(Opcode::phi, kInt, {kX, 0, next, 1});
         p.add(Opcode::binary, kInt, {i, kOne}, Program::code(BinaryOp::add));
         p.branch(1, 2);
         p.give(next);
       }},
      {"a value is used where it may not",
       [](Program& p) {  // a phi takes it from the wrong side
         p.branch(1, 2);
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.jump(3);
         p.jump(3);
         p.give(p.add(Opcode::phi, kInt, {kX, 1, a, 2}));
       }},
  });
}

TEST(VerifyBody, Phis) {
  const auto joined = [](const std::vector<std::uint32_t>& entries) {
    return [entries](Program& p) {
      p.branch(1, 2);
      p.jump(3);
      p.jump(3);
      p.give(p.add(Opcode::phi, kInt, entries));
    };
  };
  constexpr const char* kList = "a phi does not list the predecessors";
  expect({
      {"", joined({kX, 1, kOne, 2})},
      {kList, joined({kX, 1})},
      {kList, joined({kX, 1, kX, 1})},
      {kList, joined({kX, 1, kX, 0})},
      {kList, joined({kX, 1, kX, 2, kX, 2})},
      {kList, joined({})},
      {"a phi names no block", joined({kX, 1, kX, 9})},
      {"too few or too many operands", joined({kX, 1, kX})},
      {"an operand of another type", joined({kX, 1, kTrue, 2})},
      {"a phi behind other instructions",
       [](Program& p) {
         p.jump(1);
         p.add(Opcode::freeze, kInt, {kX});
         p.give(p.add(Opcode::phi, kInt, {kX, 0}));
       }},
      {"",
       [](Program& p) {
         p.branch(1, 1);
         p.give(p.add(Opcode::phi, kInt, {kX, 0, kX, 0}));
       }},
      {"a phi has two values for one",
       [](Program& p) {
         p.branch(1, 1);
         p.give(p.add(Opcode::phi, kInt, {kX, 0, kOne, 0}));
       }},
      {kList, [](Program& p) { p.give(p.add(Opcode::phi, kInt, {kX, 0})); }},
  });
}

TEST(VerifyBody, Operations) {
  const auto one = [](Opcode op, TypeId type, std::vector<std::uint32_t> given,
                      std::uint8_t code = 0, TypeId subject = kNone, std::uint32_t detail = 0,
                      std::uint16_t flags = 0) {
    return [=](Program& p) {
      p.add(op, type, given, code, subject, detail);
      p.instructions.back().flags = flags;
      p.give(kX);
    };
  };
  const auto b = [](BinaryOp op) { return Program::code(op); };
  const auto c = [](CastOp op) { return Program::code(op); };
  const auto q = [](Predicate op) { return Program::code(op); };
  expect({
      {"", one(Opcode::binary, kInt, {kX, kOne}, b(BinaryOp::sdiv))},
      {"an operand of another type", one(Opcode::binary, kInt, {kX, kLongOne}, b(BinaryOp::add))},
      {"an operation on values of a type", one(Opcode::binary, kInt, {kX, kX}, b(BinaryOp::fadd))},
      {"an operation on values of a type",
       one(Opcode::binary, kFloat, {kFloatOne, kFloatOne}, b(BinaryOp::xor_))},
      {"an operation on values of a type", one(Opcode::binary, kPtr, {kP, kP}, b(BinaryOp::add))},
      {"an unknown operation", one(Opcode::binary, kInt, {kX, kX}, 200)},
      {"too few or too many", one(Opcode::binary, kInt, {kX}, 0)},
      {"an operation on values of a type", one(Opcode::negate, kInt, {kX})},
      {"a result where there is none", one(Opcode::binary, kVoid, {kX, kX})},
      {"a result where there is none", one(Opcode::store, kInt, {kP, kX}, 0, kInt, 4)},
      {"a result of a type that is not", one(Opcode::freeze, kMetadata, {kX})},
      {"", one(Opcode::cast, kLong, {kX}, c(CastOp::zext))},
      {"a cast between types", one(Opcode::cast, kByte, {kX}, c(CastOp::zext))},
      {"a cast between types", one(Opcode::cast, kLong, {kX}, c(CastOp::trunc))},
      {"a cast between types", one(Opcode::cast, kFloat, {kX}, c(CastOp::fpext))},
      {"a cast between types", one(Opcode::cast, kPtr, {kX}, c(CastOp::bitcast))},
      {"a cast between types", one(Opcode::cast, kDouble, {kX}, c(CastOp::bitcast))},
      {"", one(Opcode::cast, kVec, {kTwoFloats}, c(CastOp::bitcast))},
      {"a cast between types", one(Opcode::cast, kVec, {kTwoFloats}, c(CastOp::zext))},
      {"a cast from or to", one(Opcode::cast, kPair, {kX}, c(CastOp::bitcast))},
      {"", one(Opcode::compare, kBool, {kX, kX}, q(Predicate::slt))},
      {"a comparison whose result", one(Opcode::compare, kInt, {kX, kX}, q(Predicate::slt))},
      {"a comparison whose result",
       one(Opcode::compare, kBool, {kTwoFloats, kTwoFloats}, q(Predicate::fcmp_olt))},
      {"", one(Opcode::compare, kMask, {kTwoFloats, kTwoFloats}, q(Predicate::fcmp_olt))},
      {"a comparison of values of a type",
       one(Opcode::compare, kBool, {kX, kX}, q(Predicate::fcmp_olt))},
      {"a comparison of values of a type",
       one(Opcode::compare, kBool, {kFloatOne, kFloatOne}, q(Predicate::eq))},
      {"a comparison of values of two", one(Opcode::compare, kBool, {kX, kTrue}, q(Predicate::eq))},
      {"an unknown predicate", one(Opcode::compare, kBool, {kX, kX}, 20)},
      {"", one(Opcode::select, kInt, {kTrue, kX, kOne})},
      {"a condition that is no i1", one(Opcode::select, kInt, {kX, kX, kOne})},
      {"an operand of another type", one(Opcode::select, kInt, {kTrue, kX, kLongOne})},
      {"an operand of another type", one(Opcode::freeze, kLong, {kX})},
      {"", one(Opcode::extract_element, kFloat, {kTwoFloats, kX})},
      {"an element of no vector", one(Opcode::extract_element, kInt, {kX, kX})},
      {"an index that is no integer",
       one(Opcode::extract_element, kFloat, {kTwoFloats, kFloatOne})},
      {"an element of another type", one(Opcode::extract_element, kInt, {kTwoFloats, kX})},
      {"", one(Opcode::insert_element, kVecF, {kTwoFloats, kFloatOne, kZero})},
      {"an element of another type", one(Opcode::insert_element, kVecF, {kTwoFloats, kX, kZero})},
      {"", one(Opcode::shuffle, kVecF, {kTwoFloats, kTwoFloats, kShuffleMask})},
      {"a shuffle of two types",
       one(Opcode::shuffle, kVecF, {kTwoFloats, kShuffleMask, kShuffleMask})},
      {"a shuffle's mask is no vector", one(Opcode::shuffle, kVecF, {kTwoFloats, kTwoFloats, kX})},
      {"", one(Opcode::extract_value, kInt, {kPairConstant, 0})},
      {"an index into an aggregate", one(Opcode::extract_value, kInt, {kPairConstant, 2})},
      {"an index into an aggregate", one(Opcode::extract_value, kInt, {kPairConstant, 0, 0})},
      {"a part of an aggregate", one(Opcode::extract_value, kLong, {kPairConstant, 0})},
      {"too few or too many", one(Opcode::extract_value, kPair, {kPairConstant})},
      {"", one(Opcode::insert_value, kPair, {kPairConstant, kX, 0})},
      {"a part of an aggregate", one(Opcode::insert_value, kPair, {kPairConstant, kX, 1})},
      {"", one(Opcode::alloca, kPtr, {kOne}, 0, kInts, 16)},
      {"memory for a type without", one(Opcode::alloca, kPtr, {kOne}, 0, kMask, 16)},
      {"an alignment is no power", one(Opcode::alloca, kPtr, {kOne}, 0, kInts, 24)},
      {"an alignment is no power", one(Opcode::alloca, kPtr, {kOne}, 0, kInts, 8192)},
      {"a number of elements that is no i32", one(Opcode::alloca, kPtr, {kLongOne}, 0, kInts, 4)},
      {"", one(Opcode::load, kLong, {kP}, 0, kLong, 4)},
      {"an access through what is no pointer", one(Opcode::load, kLong, {kX}, 0, kLong, 4)},
      {"an access of another type", one(Opcode::load, kLong, {kP}, 0, kInt, 4)},
      {"an access of a type without a place", one(Opcode::load, kMask, {kP}, 0, kMask, 4)},
      {"an atomic access of a type", one(Opcode::load, kI24, {kP}, 0, kI24, 4, kFlagAtomic)},
      {"", one(Opcode::store, kVoid, {kP, kX}, 0, kInt, 1)},
      {"an access of another type", one(Opcode::store, kVoid, {kP, kX}, 0, kLong, 4)},
      {"", one(Opcode::getelementptr, kPtr, {kP, kX, kOne}, 0, kPair)},
      {"a field's index is out of range",
       one(Opcode::getelementptr, kPtr, {kP, kX, kSeven}, 0, kPair)},
      {"a field's index is no constant", one(Opcode::getelementptr, kPtr, {kP, kX, kX}, 0, kPair)},
      {"a field's index is no constant",
       one(Opcode::getelementptr, kPtr, {kP, kX, kLongOne}, 0, kPair)},
      {"an index into what has no parts", one(Opcode::getelementptr, kPtr, {kP, kX, kX}, 0, kInt)},
      {"an index that is no integer", one(Opcode::getelementptr, kPtr, {kP, kP}, 0, kInt)},
      {"an address whose base is none", one(Opcode::getelementptr, kPtr, {kX, kX}, 0, kInt)},
      {"an address in a type without", one(Opcode::getelementptr, kPtr, {kP, kX}, 0, kVoid)},
      {"an address of another shape",
       one(Opcode::getelementptr, kPtr, {kP, kShuffleMask}, 0, kInt)},
      {"", one(Opcode::fence, kVoid, {})},
      {"", one(Opcode::compare_exchange, kFlagged, {kP, kX, kOne}, 0, kInt, 4)},
      {"an exchange whose result",
       one(Opcode::compare_exchange, kPair, {kP, kX, kOne}, 0, kInt, 4)},
      {"an atomic access of a type",
       one(Opcode::compare_exchange, kFlagged, {kP, kFloatOne, kFloatOne}, 0, kFloat, 4)},
      {"", one(Opcode::atomic_update, kInt, {kP, kX}, 10, kInt, 4)},
      {"an unknown operation", one(Opcode::atomic_update, kInt, {kP, kX}, 11, kInt, 4)},
      {"an atomic access of a type", one(Opcode::atomic_update, kPtr, {kP, kP}, 1, kPtr, 4)},
      {"", one(Opcode::atomic_update, kPtr, {kP, kP}, 0, kPtr, 4)},
      {"va_arg", one(Opcode::va_arg, kInt, {kP})},
  });
}

TEST(VerifyBody, Switches) {
  const auto on = [](const std::vector<std::uint32_t>& given) {
    return [given](Program& p) {
      p.add(Opcode::switch_on, kVoid, given);
      p.give(kX);
    };
  };
  expect({
      {"", on({kX, 1, kOne, 1, kSeven, 1, kZero, 1})},
      {"two cases of a switch", on({kX, 1, kOne, 1, kSeven, 1, kZero, 1, kOne, 1})},
      {"a case that is no constant", on({kX, 1, kX, 1})},
      {"a case that is no constant", on({kX, 1, kLongOne, 1})},
      {"a case that is no constant", on({kX, 1, kSum, 1})},
      {"a switch on what is no integer", on({kP, 1})},
      {"a branch to a block that is not there", on({kX, 1, kOne, 7})},
      {"too few or too many", on({kX, 1, kOne})},
  });
}

TEST(VerifyBody, Calls) {
  const auto call = [](TypeId type, TypeId function, std::vector<std::uint32_t> given,
                       std::uint16_t flags = 0, std::uint32_t attributes = kNone) {
    return [=](Program& p) {
      p.add(Opcode::call, type, given, 0, function, attributes);
      p.instructions.back().detail = attributes;
      p.instructions.back().flags = flags;
      p.give(kX);
    };
  };
  expect({
      {"", call(kInt, kIntFunction, {kCallee, kX, kP})},
      {"", call(kInt, kIntFunction, {kCallee, kX, kP}, 0, 0)},
      {"", call(kInt, kIntFunction, {kP, kX, kP})},
      {"", call(kInt, kVariadic, {kP, kP, kX, kFloatOne})},
      {"a call with too few or too many", call(kInt, kIntFunction, {kCallee, kX})},
      {"a call with too few or too many", call(kInt, kIntFunction, {kCallee, kX, kP, kP})},
      {"a call with too few or too many", call(kInt, kVariadic, {kP})},
      {"an argument of another type", call(kInt, kIntFunction, {kCallee, kP, kP})},
      {"a call of another type than its function's", call(kLong, kIntFunction, {kCallee, kX, kP})},
      {"a call of another type than its function's 'callee'", call(kInt, kMin, {kCallee, kX, kX})},
      {"a call of what is no function", call(kInt, kInt, {kCallee, kX, kP})},
      {"a call through what is no pointer", call(kInt, kIntFunction, {kX, kX, kP})},
      {"musttail", call(kInt, kIntFunction, {kCallee, kX, kP}, kFlagMustTail)},
      {"attributes that are not there", call(kInt, kIntFunction, {kCallee, kX, kP}, 0, 3)},
      {"byval on a parameter that is not", call(kVoid, kVoidFunction, {kP}, 0, 0)},
      {"byval on what is no pointer", call(kInt, kMin, {kP, kX, kX}, 0, 0)},
      {"", call(kInt, kMin, {kMinIntrinsic, kX, kOne})},
      {"the intrinsic 'llvm.odd'", call(kInt, kMin, {kUnknown, kX, kOne})},
      {"va_start in a function", call(kVoid, kPtrs, {kStart, kP})},
      {"", call(kVoid, kMemset, {kMemsetIntrinsic, kP, kByteZero, kX, kTrue})},
      {"an argument that must be a constant",
       [](Program& p) {
         const ValueId a = p.add(Opcode::freeze, kBool, {kTrue});
         p.add(Opcode::call, kVoid, {kMemsetIntrinsic, kP, kByteZero, kX, a}, 0, kMemset);
         p.give(kX);
       }},
      {"an intrinsic of another type",
       [&](Program& p) {
         p.functions[2].intrinsic = Intrinsic::memcpy;
         call(kInt, kMin, {kMinIntrinsic, kX, kOne})(p);
       }},
      {"", call(kInt, kIntFunction, {kAssembly, kX, kP})},
      {"assembly with instructions, 'nop'",
       [&](Program& p) {
         p.asms[0].code = "nop";
         call(kInt, kIntFunction, {kAssembly, kX, kP})(p);
       }},
      {"assembly whose output",
       [&](Program& p) {
         p.asms[0].constraints = "=r,r";
         call(kInt, kIntFunction, {kAssembly, kX, kP})(p);
       }},
  });
}

TEST(VerifyBody, SaysFunctionAndInstruction) {
  Program program;
  program.add(Opcode::freeze, kInt, {kX});
  program.give(kTrue);
  EXPECT_EQ(program.verify(),
            "a value returned of another type than the function's, at instruction 1");
}

}  // namespace
}  // namespace jit
