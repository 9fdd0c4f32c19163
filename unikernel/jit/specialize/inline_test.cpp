// Which calls become part of their caller, which do not and why; and that a program does the same
// with them, after as many instructions.
#include "specialize/inline.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "bitcode/testing/tools.h"
#include "ir/verify.h"

namespace jit {
namespace {

/// A program of LLVM's text on a machine of its own; with `inlining`, of bodies whose callees are
/// in them.
class Guest {
 public:
  explicit Guest(const std::string& text, const InlineOptions* inlining = nullptr)
      : opened_(testing::assemble(text)), code_(memory(1)), scratch_(memory(2)) {
    if (inlining != nullptr) {
      options_ = *inlining;
      options_.bodies = &plain_;
    }
    EXPECT_EQ(testing::string_of(opened_.fault), "");
    EXPECT_EQ(testing::string_of(verify_module(opened_.file.module, scratch_)), "");
    Resources resources;
    resources.memory = program_.data();
    resources.high = static_cast<uint32_t>(program_.size());
    resources.slots = {slots_.data(), static_cast<uint32_t>(slots_.size())};
    resources.code = &code_;
    resources.scratch = &scratch_;
    const BodySource source = inlining != nullptr ? BodySource{read_inlined, this} : plain_;
    EXPECT_EQ(
        testing::string_of(machine_.load(opened_.file.module, source, resources, {}, nullptr)), "");
  }

  Inlined inlined(const char* name, const InlineOptions& options = {}) {
    Inlined made;
    Body body;
    const FunctionId id = machine_.find({name, static_cast<uint32_t>(std::strlen(name))});
    EXPECT_NE(id, kNone) << name;
    EXPECT_FALSE(machine_.read(id, scratch_, body));
    EXPECT_TRUE(inline_calls(machine_, body, options, scratch_, made));
    EXPECT_EQ(testing::string_of(verify_body(opened_.file.module, made.body, scratch_)), "");
    return made;
  }
  /// Status and instructions.
  std::pair<int, uint64_t> run(int32_t argument) {
    EXPECT_EQ(machine_.run("guest_main", argument), Outcome::returned);
    return {static_cast<int>(machine_.state().status), machine_.fuel_used()};
  }
  [[nodiscard]] uint32_t calls() const { return calls_; }

 private:
  static Fault read_inlined(void* context, FunctionId id, Arena& arena, Body& body) {
    auto& self = *static_cast<Guest*>(context);
    Body read;
    if (const Fault fault = bitcode::read_verified_body(&self.opened_.file, id, arena, read)) {
      return fault;
    }
    Inlined made;
    EXPECT_TRUE(inline_calls(self.machine_, read, self.options_, arena, made));
    self.calls_ += made.calls;
    body = made.body;
    return verify_body(self.opened_.file.module, body, arena);
  }
  Arena memory(size_t which) {
    memory_[which].resize(1U << 20);
    return {memory_[which].data(), memory_[which].size()};
  }

  testing::Opened opened_;
  std::vector<char> memory_[3];
  Arena code_, scratch_;
  std::vector<uint8_t> program_ = std::vector<uint8_t>(1U << 20);
  std::vector<uint32_t> slots_ = std::vector<uint32_t>(kMinSlots);
  BodySource plain_ = {bitcode::read_verified_body, &opened_.file};
  InlineOptions options_;
  Machine machine_;
  uint32_t calls_ = 0;
};

std::string why(const Inlined& made) { return testing::string_of(made.why); }

uint32_t calls_in(const Body& body) {
  uint32_t calls = 0;
  for (const Instruction& i : body.instructions) calls += i.op == Opcode::call ? 1 : 0;
  return calls;
}

uint32_t allocas_in(const Body& body) {
  uint32_t allocas = 0;
  for (const Instruction& i : body.instructions) allocas += i.op == Opcode::alloca ? 1 : 0;
  return allocas;
}

// Two returns, memory of its own, constants that are shared with nobody, a call within.
constexpr const char* kProgram = R"(
define i32 @twice(i32 %x) {
  %place = alloca [2 x i32]
  %second = getelementptr [2 x i32], ptr %place, i32 0, i32 1
  store i32 %x, ptr %second
  %back = load i32, ptr %second
  %sum = add i32 %back, %x
  ret i32 %sum
}
define i32 @bounded(i32 %x) {
  %large = icmp sgt i32 %x, 1000
  br i1 %large, label %cut, label %small
cut:
  ret i32 1001
small:
  %doubled = call i32 @twice(i32 %x)
  ret i32 %doubled
}
define void @nothing() {
  ret void
}
define i32 @guest_main(i32 %n) {
  br label %loop
loop:
  %i = phi i32 [ 0, %0 ], [ %next, %loop ]
  %sum = phi i32 [ %n, %0 ], [ %more, %loop ]
  %a = call i32 @bounded(i32 %sum)
  call void @nothing()
  %b = call i32 @twice(i32 %a)
  %more = add i32 %a, %b
  %next = add i32 %i, 1
  %on = icmp ult i32 %next, 9
  br i1 %on, label %loop, label %done
done:
  %status = and i32 %more, 255
  ret i32 %status
}
)";

TEST(Inline, AProgramDoesTheSameAfterAsManyInstructions) {
  for (const int argument : {0, 3, 700, -5}) {
    Guest plain(kProgram);
    const InlineOptions options;
    Guest inlining(kProgram, &options);
    EXPECT_EQ(inlining.run(argument), plain.run(argument)) << argument;
    EXPECT_EQ(inlining.calls(), 4U) << "bounded, twice in it, nothing, and twice";
  }
}

TEST(Inline, NoCallIsLeft) {
  Guest guest(kProgram);
  const Inlined made = guest.inlined("guest_main");
  EXPECT_EQ(made.calls, 4U);
  EXPECT_EQ(made.left, 0U);
  EXPECT_EQ(calls_in(made.body), 0U);
}

TEST(Inline, SaysWhatBecameOfTheCallersValues) {
  Guest guest(kProgram);
  const Inlined made = guest.inlined("guest_main");
  EXPECT_EQ(made.values[0], made.body.base) << "the argument";
  for (const ValueId value : made.values) {
    EXPECT_LT(value, made.body.base + made.body.values.size);
  }
}

TEST(Inline, MemoryIsTakenOnceAtTheBegin) {
  Guest guest(kProgram);
  const Body body = guest.inlined("guest_main").body;
  uint32_t allocas = 0;
  const Block& first = body.blocks[0];
  for (uint32_t k = 0; k < body.instructions.size; ++k) {
    if (body.instructions[k].op != Opcode::alloca) continue;
    ++allocas;
    EXPECT_LT(k, first.first + first.count);
    EXPECT_EQ(body.instructions[k].cost, 0U) << "paid where the callee began";
  }
  EXPECT_EQ(allocas, 2U);
}

TEST(Inline, IsBounded) {
  Guest guest(kProgram);
  EXPECT_EQ(why(guest.inlined("guest_main", {.callee = 5})), "it is large");
  EXPECT_EQ(why(guest.inlined("guest_main", {.depth = 1})), "calls are too deep in one another");
  EXPECT_EQ(why(guest.inlined("guest_main", {.instructions = 12})), "too much code");
  EXPECT_EQ(why(guest.inlined("guest_main", {.memory = 15})), "it takes much memory");
  EXPECT_EQ(guest.inlined("guest_main", {.memory = 16}).left, 0U) << "two times eight bytes";
}

// A callee that takes much, and what calls it and is on the stack many times: directly, by way of
// another, by a pointer. `leaf` is there but once.
constexpr const char* kDeep = R"(
@next = global ptr @by_pointer
define i32 @takes(i32 %x, i32 %at) {
  %place = alloca [100 x i32]
  %there = getelementptr [100 x i32], ptr %place, i32 0, i32 %at
  store volatile i32 %x, ptr %there
  %back = load volatile i32, ptr %there
  ret i32 %back
}
define i32 @little(i32 %x) {
  %place = alloca [16 x i32]
  store volatile i32 %x, ptr %place
  %back = load volatile i32, ptr %place
  ret i32 %back
}
define i32 @directly(i32 %n) {
  %last = icmp eq i32 %n, 0
  br i1 %last, label %end, label %on
end:
  %five = call i32 @takes(i32 5, i32 3)
  %same = call i32 @little(i32 %five)
  ret i32 %same
on:
  %less = sub i32 %n, 1
  %deeper = call i32 @directly(i32 %less)
  %more = add i32 %deeper, 1
  ret i32 %more
}
define i32 @by_another(i32 %n) {
  %taken = call i32 @takes(i32 %n, i32 1)
  %deeper = call i32 @large(i32 %taken)
  ret i32 %deeper
}
define i32 @large(i32 %n) {
  %bits = and i32 %n, 1
  %odd = icmp eq i32 %bits, 1
  br i1 %odd, label %again, label %end
again:
  %less = sub i32 %n, 1
  %deeper = call i32 @by_another(i32 %less)
  ret i32 %deeper
end:
  ret i32 %n
}
define i32 @by_pointer(i32 %n) {
  %taken = call i32 @takes(i32 %n, i32 1)
  %last = icmp eq i32 %taken, 0
  br i1 %last, label %end, label %on
on:
  %less = sub i32 %n, 1
  %callee = load ptr, ptr @next
  %deeper = call i32 %callee(i32 %less)
  ret i32 %deeper
end:
  ret i32 %taken
}
define i32 @leaf(i32 %n) {
  %taken = call i32 @takes(i32 %n, i32 1)
  call void asm sideeffect "", "~{memory}"()
  ret i32 %taken
}
define i32 @guest_main(i32 %n) {
  %a = call i32 @directly(i32 %n)
  %b = call i32 @by_pointer(i32 %n)
  %c = add i32 %a, %b
  ret i32 %c
}
)";

TEST(Inline, WhoMayBeEnteredAgainGetsLittleMemory) {
  for (const char* const name : {"directly", "by_another", "by_pointer"}) {
    Guest guest(kDeep);
    const Inlined made = guest.inlined(name);
    EXPECT_EQ(allocas_in(made.body), std::string(name) == "directly" ? 1U : 0U) << name;
    EXPECT_GE(calls_in(made.body), 2U) << name;
  }
  Guest guest(kDeep);
  EXPECT_EQ(guest.inlined("leaf").calls, 1U);
}

TEST(Inline, ARecursionIsAsDeepAsItWas) {
  // 4000 frames of 400 bytes more each would not fit.
  Guest plain(kDeep);
  const InlineOptions options;
  Guest inlining(kDeep, &options);
  const auto wanted = plain.run(4000);
  EXPECT_EQ(wanted.first, 4005);
  EXPECT_EQ(inlining.run(4000), wanted);
}

// What stands where nobody comes may be defined by itself.
TEST(Inline, EndsOnCallsThatNobodyReaches) {
  for (const char* const dead : {"%x = call i32 @same(i32 %x)",
                                 "%x = call i32 @same(i32 %y)\n %y = call i32 @same(i32 %x)"}) {
    const std::string text =
        "define i32 @same(i32 %x) {\n ret i32 %x\n}\n"
        "define i32 @unreached(i32 %x) {\n ret i32 %x\ndead:\n %y = call i32 @same(i32 %y)\n"
        " br label %dead\n}\n"
        "define i32 @guest_main(i32 %n) {\n %a = call i32 @same(i32 %n)\n"
        " %b = call i32 @unreached(i32 %a)\n ret i32 %b\ndead:\n " +
        std::string(dead) + "\n br label %dead\n}\n";
    Guest plain(text);
    const InlineOptions options;
    Guest inlining(text, &options);
    EXPECT_EQ(inlining.run(7), plain.run(7)) << dead;
    EXPECT_EQ(inlining.calls(), 2U) << dead;
  }
}

// What stays a call, and why: a callee, how it is called, and the reason.
struct Left {
  const char *callee, *call, *why;
};
TEST(Inline, WhatStaysACall) {
  const Left kLeft[] = {
      {"define i32 @f(i32 %x) {\n %y = call i32 @f(i32 %x)\n ret i32 %y\n}",
       "%r = call i32 @f(i32 %n)", "it calls itself"},
      {"define i32 @f(i32 %x, ...) {\n ret i32 %x\n}", "%r = call i32 (i32, ...) @f(i32 %n)",
       "it takes any number of arguments"},
      {"define i32 @f(ptr byval(i32) %x) {\n %y = load i32, ptr %x\n ret i32 %y\n}",
       "%p = alloca i32\n store i32 %n, ptr %p\n %r = call i32 @f(ptr byval(i32) %p)",
       "it gets copies of what is passed"},
      {"define i32 @f(i32 %x) {\n %p = alloca i32, i32 %x\n store i32 1, ptr %p\n ret i32 1\n}",
       "%r = call i32 @f(i32 %n)", "it takes memory as it goes"},
      {"define i32 @f(i32 %x) {\n br label %l\nl:\n %p = alloca i32\n store i32 1, ptr %p\n ret "
       "i32 1\n}",
       "%r = call i32 @f(i32 %n)", "it takes memory as it goes"},
      {"declare ptr @llvm.frameaddress.p0(i32)\ndefine i32 @f(i32 %x) {\n %p = call ptr "
       "@llvm.frameaddress.p0(i32 0)\n %y = ptrtoint ptr %p to i32\n ret i32 %y\n}",
       "%r = call i32 @f(i32 %n)", "it asks for its frame"},
      {"define i32 @f(i32 %x) {\n br label %l\nl:\n br label %l\n}", "%r = call i32 @f(i32 %n)",
       "it does not return"},
      {"define float @f(i32 %x) {\n ret float 1.0\n}", "%r = call i32 @f(i32 %n)",
       "it is called as another type"},
  };
  for (const Left& left : kLeft) {
    Guest guest(std::string(left.callee) + "\ndefine i32 @guest_main(i32 %n) {\n " + left.call +
                "\n ret i32 %r\n}\n");
    const Inlined made = guest.inlined("guest_main");
    EXPECT_EQ(why(made), left.why) << left.callee;
    EXPECT_EQ(made.left, 1U) << left.callee;
    EXPECT_GE(calls_in(made.body), 1U) << left.callee;
  }
}

}  // namespace
}  // namespace jit
