#include "base/fold.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(Folded, LongLinesGoOnIndented) {
  EXPECT_EQ(folded("  one two three\nfour\n", 10), "  one two\n     three\nfour\n");
  EXPECT_EQ(folded("ab  cd ef", 6), "ab  cd\n   ef");
}
TEST(Folded, WhatFitsIsLeftAsItIs) {
  EXPECT_EQ(folded("a  b \n\n c", 5), "a  b \n\n c");
  EXPECT_EQ(folded("", 5), "");
}
TEST(Folded, NoWordIsBroken) {
  EXPECT_EQ(folded("see abcdefghijkl now", 8), "see\n    abcdefghijkl\n    now");
}
TEST(Folded, ANumberAndItsPercentStayTogether) {
  EXPECT_EQ(folded("(+1, +0.02 %), more", 12), "(+1,\n    +0.02 %),\n    more");
}
TEST(Folded, ARegisterIsAWordOfItsOwn) {
  EXPECT_EQ(folded("mov %rax, %rbx", 10), "mov %rax,\n    %rbx");
}
TEST(Folded, ColoursTakeNoColumns) {
  EXPECT_EQ(folded("\x1b[31mone\x1b[0m two", 7), "\x1b[31mone\x1b[0m two");
  EXPECT_EQ(folded("測試 測試", 8), "測試\n    測試");
}

}  // namespace
}  // namespace harness
