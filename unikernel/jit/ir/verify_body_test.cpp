// Rules of bodies: sound IR is broken in one place, and the words of the refusal
// are held against what they should be.
#include "ir/verify_testing.h"

namespace jit {
namespace {

using namespace verify_testing;

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
      {"a result that is no value",
       [](Program& p) {
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.give(a);
         p.body_values[2].index = 1;
       }},
      {"a value is not what it should be",  // no instruction's
       [](Program& p) {
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.give(a);
         p.body_values.push_back(p.body_values[2]);
       }},
      {"a value is not what it should be",
       [](Program& p) {
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.give(a);
         p.body_values[2].type = kLong;
       }},
      {"a value is not what it should be",
       [](Program& p) {
         const ValueId a = p.add(Opcode::freeze, kInt, {kX});
         p.give(a);
         p.body_values[2].index = 1'000'000;
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

TEST(VerifyBody, Places) {
  const auto before_the_end = [](Opcode op) {
    return [op](Program& p) {
      p.add(op, kVoid, {});
      p.give(kX);
      p.blocks = {{0, 2}};
    };
  };
  const auto in_the_middle = [](const auto& change) {
    return [change](Program& p) {
      p.add(Opcode::freeze, kInt, {kX});
      p.give(kX);
      change(p.instructions[0]);
    };
  };
  constexpr char kLast[] = "a terminator before the end";
  expect({
      {kLast, before_the_end(Opcode::branch)},
      {kLast, before_the_end(Opcode::branch_if)},
      {kLast, before_the_end(Opcode::switch_on)},
      {kLast, before_the_end(Opcode::branch_address)},
      {kLast, before_the_end(Opcode::return_value)},
      {kLast, before_the_end(Opcode::unreachable)},
      {"", in_the_middle([](Instruction&) {})},
      {"operands are out of range", in_the_middle([](Instruction& i) { i.count = 100; })},
      {"operands are out of range", in_the_middle([](Instruction& i) { i.first = 100; })},
      {"an unknown operation",
       in_the_middle([](Instruction& i) { i.op = static_cast<Opcode>(99); })},
      {"an unknown operation", before_the_end(static_cast<Opcode>(99))},
      {"a phi behind other instructions",
       [](Program& p) {
         p.jump(1);
         p.add(Opcode::phi, kInt, {kX, 0});
         p.add(Opcode::freeze, kInt, {kX});
         p.add(Opcode::phi, kInt, {kX, 0});
         p.give(kX);
       }},
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
