#include "ir/print.h"

#include <gtest/gtest.h>

#include <string>

namespace jit {
namespace {

std::string printed(const Module& module, const Body* body = nullptr) {
  std::string all;
  const Sink sink = {[](void* context, Text text) {
                       static_cast<std::string*>(context)->append(text.data, text.size);
                     },
                     &all};
  if (body != nullptr) {
    print_body(module, *body, sink);
  } else {
    print_module(module, sink);
  }
  return all;
}

/// i32 f(i32 x) { return x + 5; }, and a global whose name is not harmless.
struct Sample {
  Sample() {
    types[0].kind = TypeKind::integer;
    types[0].count = 32;
    types[0].size = types[0].align = 4;
    types[1].kind = TypeKind::function;
    types[1].count = 1;
    types[2].kind = TypeKind::pointer;
    types[3].kind = TypeKind::void_type;
    values[0].kind = ValueKind::function;
    values[0].type = 2;
    values[1].kind = ValueKind::global;
    values[1].type = 2;
    functions[0] = {"f", 1, 0, kNone, Linkage::internal, Intrinsic::none, 1};
    globals[0] = {Text("a\x1b[31m\"\n", 8), 0, 1, kNone, 4, Linkage::external, true};
    module.types = {types, 4};
    module.type_lists = {lists, 2};
    module.field_offsets = {lists, 2};
    module.values = {values, 2};
    module.functions = {functions, 1};
    module.globals = {globals, 1};
    body_values[0].kind = ValueKind::argument;
    body_values[0].type = 0;
    body_values[1].kind = ValueKind::integer;
    body_values[1].type = 0;
    body_values[1].bits = 5;
    body_values[2].kind = ValueKind::instruction;
    body_values[2].type = 0;
    instructions[0] = {Opcode::binary, 0, kFlagNsw, 0, kNone, 0, 4, 0, 2};
    instructions[1] = {Opcode::return_value, 0, 0, 3, kNone, 0, kNone, 2, 1};
    body = {0, 2, 1, {body_values, 3}, {instructions, 2}, {blocks, 1}, {operands, 3}, {}, {}};
  }
  Type types[4];
  TypeId lists[2] = {0, 0};
  Value values[2];
  Function functions[1];
  Global globals[1];
  Value body_values[3];
  Instruction instructions[2];
  Block blocks[1] = {{0, 2}};
  std::uint32_t operands[3] = {2, 3, 4};
  Module module;
  Body body;
};

TEST(Print, Module) {
  EXPECT_EQ(printed(Sample().module),
            "%t0 = type i32  ; 4 bytes, align 4\n"
            "%t1 = type function (i32) -> i32\n"
            "%t2 = type ptr\n"
            "%t3 = type void\n"
            "@a\\1b[31m\\22\\0a = external constant i32, align 4\n"
            "define internal @f function (i32) -> i32\n");
}

TEST(Print, Body) {
  const Sample sample;
  EXPECT_EQ(printed(sample.module, &sample.body),
            "define internal @f function (i32) -> i32 {\n"
            "b0:\n"
            "  %4 = add nsw i32 %2, i32 5\n"
            "  ret i32 %4\n"
            "}\n");
}

TEST(Print, WhatIsOutOfRangeIsAQuestion) {
  Sample sample;
  sample.operands[1] = 999;
  sample.instructions[1].count = 77;
  sample.body_values[0].type = 50;
  sample.lists[0] = 8;
  EXPECT_EQ(printed(sample.module, &sample.body),
            "define internal @f function (i32) -> ? {\n"
            "b0:\n"
            "  %4 = add nsw ? %2, ?\n"
            "  ret i32 %4\n"
            "}\n");
}

}  // namespace
}  // namespace jit
