#include "record/brief_reason.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(BriefReason, IsWhatStandsBeforeTheRegisters) {
  EXPECT_EQ(without_registers("boot 1: exception 6 (invalid opcode): error=0x0 eip=0x100153 cs=0x8 "
                              "trace=0x100153,0x10012E"),
            "boot 1: exception 6 (invalid opcode)");
  EXPECT_EQ(without_registers("heap exhausted: eip=0x00100153"), "heap exhausted");
  EXPECT_EQ(without_registers("bad magic=0x10: eip=0x1 trace=0x1"), "bad magic=0x10");
}

TEST(BriefReason, OfOtherTextsIsAllOfThem) {
  for (const char* text : {"", "failed tests: a", "oops: magic=0x10", "lost: eip=0x1 and more",
                           "lost: eip=0x", "lost: eip=1", "lost: eip=0x1,", "lost: eip=0x1  cs=0x8",
                           "lost:", "lost: ", ": eip=0x1", "lost: error=0x0 trace=0x1"}) {
    EXPECT_EQ(without_registers(text), text);
  }
}

}  // namespace
}  // namespace harness
