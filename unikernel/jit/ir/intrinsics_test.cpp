#include "ir/intrinsics.h"

#include <gtest/gtest.h>

namespace jit {
namespace {

TEST(Intrinsics, AreFoundWithoutTheTypesInTheirNames) {
  EXPECT_EQ(intrinsic_of("llvm.umax.i32"), Intrinsic::umax);
  EXPECT_EQ(intrinsic_of("llvm.fma.v4f32"), Intrinsic::fma);
  EXPECT_EQ(intrinsic_of("llvm.fmuladd.f64"), Intrinsic::fmuladd);
  EXPECT_EQ(intrinsic_of("llvm.memcpy.p0.p0.i32"), Intrinsic::memcpy);
  EXPECT_EQ(intrinsic_of("llvm.uadd.with.overflow.i64"), Intrinsic::uadd_overflow);
  EXPECT_EQ(intrinsic_of("llvm.vector.reduce.fadd.v4f32"), Intrinsic::reduce_fadd);
  EXPECT_EQ(intrinsic_of("llvm.x86.sse2.pmadd.wd"), Intrinsic::x86_pmadd_wd);
  EXPECT_EQ(intrinsic_of("llvm.trap"), Intrinsic::trap);
  EXPECT_EQ(intrinsic_of("llvm.dbg.declare"), Intrinsic::nothing);
  EXPECT_EQ(intrinsic_of("llvm.lifetime.start.p0"), Intrinsic::nothing);
}

TEST(Intrinsics, OfOtherNamesAreUnknown) {
  EXPECT_EQ(intrinsic_of("llvm.sin.f64"), Intrinsic::unknown);
  EXPECT_EQ(intrinsic_of("llvm.memcpy.inline.p0.p0.i32"), Intrinsic::unknown);
  EXPECT_EQ(intrinsic_of("llvm.memcpy.element.unordered.atomic.p0.p0.i32"), Intrinsic::unknown);
  EXPECT_EQ(intrinsic_of("llvm.expect.with.probability.i32"), Intrinsic::unknown);
  EXPECT_EQ(intrinsic_of("llvm.absolute"), Intrinsic::unknown);
  EXPECT_EQ(intrinsic_of("llvm."), Intrinsic::unknown);
}

TEST(Intrinsics, BeginWithTheirPrefix) {
  EXPECT_EQ(intrinsic_of("memcpy"), Intrinsic::none);
  EXPECT_EQ(intrinsic_of("llvmumax"), Intrinsic::none);
  EXPECT_EQ(intrinsic_of(""), Intrinsic::none);
}

}  // namespace
}  // namespace jit
