// Rules of modules: sound IR is broken in one place, and the words of the refusal
// are held against what they should be.
#include "ir/verify_testing.h"

namespace jit {
namespace {

using namespace verify_testing;

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
      {"an address of another type than ptr",
       [](Program& p) { p.values[kOne].kind = ValueKind::block_address; }},
      {"the address of a label that is none",
       [](Program& p) {
         p.values[kOne].kind = ValueKind::block_address;
         p.values[kOne].type = kPtr;
       }},
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

}  // namespace
}  // namespace jit
