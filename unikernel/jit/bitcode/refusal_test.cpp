// What is refused, and in which words: by the reader, or by the verifier behind it. And what is
// not.
#include <gtest/gtest.h>

#include "bitcode/testing/tools.h"

namespace jit {
namespace {

struct Row {
  const char* name;
  const char* text;    // LLVM's
  const char* reason;  // part of what is said; "": accepted
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class Refusals : public ::testing::TestWithParam<Row> {};

TEST_P(Refusals, SayWhy) {
  const std::string reason = testing::refusal(testing::assemble(GetParam().text));
  if (GetParam().reason[0] == '\0') {
    EXPECT_EQ(reason, "");
  } else {
    EXPECT_NE(reason.find(GetParam().reason), std::string::npos) << reason;
  }
}

constexpr Row kRows[] = {
    {"ThreadLocal", "@x = thread_local global i32 0", "a thread-local global 'x'"},
    {"AddressSpace", "@x = addrspace(1) global i32 0", "in another address space 'x'"},
    {"Ifunc", "@f = ifunc void (), ptr @r\ndefine ptr @r() {\n ret ptr null\n}", "ifunc"},
    {"ModuleAssembly", "module asm \"nop\"", "assembly beside the functions"},
    {"Collector", "define void @f() gc \"shadow-stack\" {\n ret void\n}", "garbage collection"},
    {"Prefix", "define void @f() prefix i32 1 {\n ret void\n}", "prefix data"},
    {"Prologue", "define void @f() prologue i8 1 {\n ret void\n}", "prologue data"},
    {"Personality", "declare i32 @p(...)\ndefine void @f() personality ptr @p {\n ret void\n}",
     "the personality"},
    {"Stdcall", "define x86_stdcallcc void @f() {\n ret void\n}", "another calling convention"},
    {"Tailcc", "define tailcc void @f() {\n ret void\n}", "another calling convention"},
    {"CallOfStdcall", "define void @f(ptr %p) {\n call x86_stdcallcc void %p()\n ret void\n}",
     "a call of another convention"},
    {"Nest", "define void @f(ptr nest %p) {\n ret void\n}", "the attribute 'nest'"},
    {"Inalloca", "define void @f(ptr inalloca(i32) %p) {\n ret void\n}", "'inalloca'"},
    {"Preallocated", "define void @f(ptr preallocated(i32) %p) {\n ret void\n}", "'preallocated'"},
    {"Swiftself", "define void @f(ptr swiftself %p) {\n ret void\n}", "'swiftself'"},
    {"Swifterror", "define void @f(ptr swifterror %p) {\n ret void\n}", "'swifterror'"},
    {"Swiftasync", "define void @f(ptr swiftasync %p) {\n ret void\n}", "'swiftasync'"},
    {"VaArg", "define i32 @f(ptr %p) {\n %x = va_arg ptr %p, i32\n ret i32 %x\n}", "'va_arg'"},
    {"IndirectBranch", "define void @f(ptr %p) {\n indirectbr ptr %p, [label %a]\na:\n ret void\n}",
     ""},
    {"BlockAddress", "define ptr @f() {\n br label %a\na:\n ret ptr blockaddress(@f, %a)\n}", ""},
    {"Invoke",
     "declare i32 @p(...)\ndefine void @f() personality ptr @p {\n invoke void @f() to label %a "
     "unwind label %b\na:\n ret void\nb:\n %l = landingpad { ptr, i32 } cleanup\n ret void\n}",
     "the personality"},
    {"MustTail", "define void @f() {\n musttail call void @f()\n ret void\n}", "musttail"},
    {"Bundle", "define void @f() {\n call void @f() [ \"deopt\"(i32 1) ]\n ret void\n}",
     "operand bundles"},
    {"Half", "define half @f(half %x) {\n ret half %x\n}", "f: a result of a type"},
    {"LongDouble", "define x86_fp80 @f(x86_fp80 %x) {\n ret x86_fp80 %x\n}", ""},
    {"LongDoubleConstant",
     "define x86_fp80 @f(x86_fp80 %x) {\n %y = fadd x86_fp80 %x, 0xK3FFF8000000000000000\n ret "
     "x86_fp80 %y\n}",
     ""},
    {"LongDoubleRoot",
     "declare x86_fp80 @llvm.sqrt.f80(x86_fp80)\ndefine x86_fp80 @f(x86_fp80 %x) {\n %y = call "
     "x86_fp80 @llvm.sqrt.f80(x86_fp80 %x)\n ret x86_fp80 %y\n}",
     "of long double, the intrinsic 'llvm.sqrt.f80'"},
    {"LongDoubleFromHalf",
     "define x86_fp80 @f(half %x) {\n %y = fpext half %x to x86_fp80\n ret x86_fp80 %y\n}",
     "f: a parameter of a type"},
    {"WideInteger", "define i32 @f(i128 %x) {\n %y = trunc i128 %x to i32\n ret i32 %y\n}", ""},
    {"WideRange",
     "define range(i128 0, 36893488147419103232) i128 @f(i128 range(i128 -5, 7) %x) {\n ret i128 "
     "%x\n}",
     ""},
    {"WiderInteger", "define i32 @f(i129 %x) {\n %y = trunc i129 %x to i32\n ret i32 %y\n}",
     "a parameter of a type"},
    {"WideSwitch",
     "define void @f(i128 %x) {\n switch i128 %x, label %a [i128 1, label %a]\na:\n ret void\n}",
     "a switch on an integer of more than 64 bits"},
    {"WideIntrinsic",
     "declare i128 @llvm.umax.i128(i128, i128)\ndefine i128 @f(i128 %x) {\n %y = call i128 "
     "@llvm.umax.i128(i128 %x, i128 3)\n ret i128 %y\n}",
     "of integers of more than 64 bits, the intrinsic 'llvm.umax.i128'"},
    {"WideFromPointer", "define i128 @f(ptr %x) {\n %y = ptrtoint ptr %x to i128\n ret i128 %y\n}",
     "a cast from or to an integer of more than 64 bits"},
    {"UnusedWideInteger", "declare void @f(i128)\ndefine void @g() {\n ret void\n}", ""},
    {"WideVector", "define <64 x i32> @f(<64 x i32> %x) {\n ret <64 x i32> %x\n}",
     "f: a result of a type"},
    {"ScalableVector", "define void @f(<vscale x 4 x i32> %x) {\n ret void\n}",
     "f: a parameter of a type"},
    {"MaskOfBytes",
     "define <16 x i8> @f(<16 x i8> %x) {\n %y = shufflevector <16 x i8> %x, <16 x i8> poison, <16 "
     "x i32> <i32 15, i32 14, i32 13, i32 12, i32 11, i32 10, i32 9, i32 8, i32 7, i32 6, i32 5, "
     "i32 4, i32 3, i32 2, i32 1, i32 0>\n ret <16 x i8> %y\n}",
     ""},
    {"FloatingUpdate",
     "define float @f(ptr %p) {\n %x = atomicrmw fadd ptr %p, float 1.0 seq_cst\n ret float %x\n}",
     "an unknown atomicrmw"},
    {"Intrinsic",
     "declare double @llvm.sin.f64(double)\ndefine double @f(double %x) {\n %y = call double "
     "@llvm.sin.f64(double %x)\n ret double %y\n}",
     "f: the intrinsic 'llvm.sin.f64'"},
    {"UnusedIntrinsic", "declare double @llvm.sin.f64(double)", ""},
    {"VaStartElsewhere",
     "declare void @llvm.va_start.p0(ptr)\ndefine void @f(ptr %p) {\n call void "
     "@llvm.va_start.p0(ptr %p)\n ret void\n}",
     "va_start in a function that is not variadic"},
    {"Assembly", "define void @f() {\n call void asm \"hlt\", \"\"()\n ret void\n}",
     "assembly with instructions, 'hlt'"},
    {"AssemblyOutOfNothing", "define i32 @f() {\n %x = call i32 asm \"\", \"=r\"()\n ret i32 %x\n}",
     "assembly whose output is not its input"},
    {"EmptyAssembly",
     "define i32 @f(i32 %x) {\n %y = call i32 asm sideeffect \"\", \"=r,0,~{memory}\"(i32 %x)\n "
     "ret "
     "i32 %y\n}",
     ""},
    {"LargeAggregate", "define void @f(ptr %p) {\n %x = load [100 x i32], ptr %p\n ret void\n}",
     "a result of a type that is not supported"},
    {"LargeAlignment", "@x = global i32 0, align 8192",
     "an alignment is no power of two, or above"},
    {"ManyBytes", "@x = global [1073741825 x i8] zeroinitializer", "more than a gigabyte"},
    {"HalfAGigabyte", "@x = global [536870912 x i8] zeroinitializer", ""},
    {"Equivalent", "declare void @f()\n@x = global ptr dso_local_equivalent @f",
     "the constant 'dso_local_equivalent'"},
    {"VectorOfAddresses",
     "define <2 x ptr> @f(ptr %p, <2 x i32> %i) {\n %x = getelementptr i32, ptr %p, <2 x i32> %i\n "
     "ret <2 x ptr> %x\n}",
     "f: getelementptr of vectors"},
    {"VectorAmongVariadicArguments",
     "declare void @g(...)\ndefine void @f(<4 x i32> %x) {\n call void (...) @g(<4 x i32> %x)\n "
     "ret "
     "void\n}",
     "f: a vector or structure among variadic arguments"},
    {"OverflowOfVectors",
     "declare { <2 x i32>, <2 x i1> } @llvm.sadd.with.overflow.v2i32(<2 x i32>, <2 x i32>)\ndefine "
     "void @f(<2 x i32> %x) {\n %y = call { <2 x i32>, <2 x i1> } "
     "@llvm.sadd.with.overflow.v2i32(<2 x i32> %x, <2 x i32> %x)\n ret void\n}",
     "f: a result of a type that is not supported"},
    {"ClassOfVectors",
     "declare <2 x i1> @llvm.is.fpclass.v2f32(<2 x float>, i32 immarg)\ndefine <2 x i1> @f(<2 x "
     "float> %x) {\n %y = call <2 x i1> @llvm.is.fpclass.v2f32(<2 x float> %x, i32 3)\n ret <2 x "
     "i1> "
     "%y\n}",
     "of vectors, the intrinsic 'llvm.is.fpclass.v2f32'"},
    {"PredicateOfAvx",
     "declare <4 x float> @llvm.x86.sse.cmp.ps(<4 x float>, <4 x float>, i8 immarg)\ndefine <4 x "
     "float> @f(<4 x float> %x) {\n %y = call <4 x float> @llvm.x86.sse.cmp.ps(<4 x float> %x, <4 "
     "x "
     "float> %x, i8 8)\n ret <4 x float> %y\n}",
     "with a predicate that SSE does not have, 'llvm.x86.sse.cmp.ps'"},
    {"NoCfi", "declare void @f()\n@x = global ptr no_cfi @f", "the constant 'no_cfi'"},
};

INSTANTIATE_TEST_SUITE_P(All, Refusals, ::testing::ValuesIn(kRows),
                         [](const auto& info) { return std::string(info.param.name); });

// ---- files as a whole

testing::Bytes sound() {
  static const testing::Bytes file = testing::assemble("define i32 @f(i32 %x) {\n ret i32 %x\n}");
  return file;
}

std::string opened(const testing::Bytes& bytes) {
  return testing::string_of(testing::Opened(bytes).fault);
}

TEST(Files, OfSomethingElseAreNoBitcode) {
  EXPECT_EQ(opened({}), "no bitcode: it does not begin with 'BC' 0xC0DE");
  EXPECT_EQ(opened({'B', 'C'}), "no bitcode: it does not begin with 'BC' 0xC0DE");
  EXPECT_EQ(opened(testing::Bytes(100, 0x7F)), "no bitcode: it does not begin with 'BC' 0xC0DE");
}

TEST(Files, CutAnywhereAreRefused) {
  const testing::Bytes whole = sound();
  ASSERT_EQ(testing::refusal(whole), "");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(testing::refusal({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}),
              "")
        << size;
  }
}

TEST(Files, InAWrapperAreRead) {
  const testing::Bytes inside = sound();
  const auto size = static_cast<std::uint32_t>(inside.size());
  const std::uint32_t header[] = {0x0B17C0DE, 0, 20, size, 7};
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(header);
  testing::Bytes wrapped(bytes, bytes + sizeof(header));
  wrapped.insert(wrapped.end(), inside.begin(), inside.end());
  EXPECT_EQ(testing::refusal(wrapped), "");
  wrapped[12] = 0xFF;
  wrapped[13] = 0xFF;
  EXPECT_EQ(opened(wrapped), "the wrapper is longer than the file");
}

TEST(Files, OfAnotherTargetAreRefused) {
  const auto compiled = [](const std::string& target) {
    return opened(
        testing::compile(std::string(JIT_TEST_DATA) + "/control.c", " --target=" + target));
  };
  EXPECT_NE(compiled("x86_64-linux-gnu").find("the target 'x86_64"), std::string::npos);
  EXPECT_NE(compiled("i686-pc-windows-msvc").find("the target 'i686"), std::string::npos);
  EXPECT_EQ(compiled("i686-linux-gnu"), "");
}

TEST(Files, ThatTakeMoreMemoryThanThereIsAreRefused) {
  const testing::Bytes whole = sound();
  for (std::uint32_t size = 0; size < 8192; size += 64) {
    std::vector<char> memory(size);
    Arena arena(memory.data(), size);
    bitcode::BitcodeFile file;
    const Fault fault =
        bitcode::open_module({whole.data(), static_cast<std::uint32_t>(whole.size())}, arena, file);
    if (!fault) return;
    EXPECT_EQ(testing::string_of(fault.what.text()), "out of memory") << size;
  }
  FAIL() << "8 KiB are not enough";
}

TEST(Bodies, OfDeclarationsAreNotThere) {
  testing::Opened opened(testing::assemble("declare void @f()"));
  Body body;
  const Fault fault = bitcode::read_body(opened.file, 0, opened.arena, body);
  EXPECT_EQ(testing::string_of(fault), "the function has no body");
}

TEST(Bodies, AreRefusedWithNameAndPlace) {
  testing::Opened opened(
      testing::assemble("define i32 @f(ptr %p) {\n %x = va_arg ptr %p, i32\n ret i32 %x\n}"));
  ASSERT_FALSE(opened.fault);
  Body body;
  const std::size_t used = opened.arena.used();
  const Fault fault = bitcode::read_body(opened.file, 0, opened.arena, body);
  EXPECT_EQ(testing::string_of(fault.what.text()), "the instruction 'va_arg'");
  EXPECT_EQ(testing::string_of(fault.function), "f");
  EXPECT_TRUE(fault.unsupported);
  EXPECT_GT(fault.bit, opened.file.module.functions[0].body_bit);
  EXPECT_LT(fault.bit, opened.bytes.size() * 8);
  EXPECT_EQ(opened.arena.used(), used);
}

/// The verifier says at which instruction; the file is looked through for where that is.
TEST(Bodies, ThatAreNotSoundAreRefusedWithNameAndPlace) {
  testing::Opened opened(testing::assemble(
      "define <2 x ptr> @f(i32 %y, ptr %p, <2 x i32> %i) {\n %z = add i32 %y, 1\n br label %next\n"
      "next:\n %x = getelementptr i32, ptr %p, <2 x i32> %i\n ret <2 x ptr> %x\n}"));
  ASSERT_FALSE(opened.fault);
  Body body;
  const Fault fault = bitcode::read_verified_body(&opened.file, 0, opened.arena, body);
  EXPECT_EQ(testing::string_of(fault.what.text()), "getelementptr of vectors, at instruction 2");
  EXPECT_EQ(testing::string_of(fault.function), "f");
  EXPECT_TRUE(fault.unsupported);
  EXPECT_EQ(fault.instruction, 2u);
  // Each instruction begins behind the one before it, and there are four.
  std::uint64_t before = opened.file.module.functions[0].body_bit;
  for (std::uint32_t i = 0; i < 4; ++i) {
    const std::uint64_t bit = bitcode::find_instruction(opened.file, 0, i);
    EXPECT_GT(bit, before);
    if (i == fault.instruction) EXPECT_EQ(bit, fault.bit);
    before = bit;
  }
  EXPECT_LT(before, opened.bytes.size() * 8);
  EXPECT_EQ(bitcode::find_instruction(opened.file, 0, 4), Fault::kNoBit);
}

}  // namespace
}  // namespace jit
