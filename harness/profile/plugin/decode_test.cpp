#include "profile/plugin/decode.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace harness::plugin {
namespace {

constexpr std::uint64_t kAddress = 0x100000;

Instruction decoded(std::initializer_list<int> bytes, std::uint64_t address = kAddress) {
  std::vector<std::uint8_t> code;
  for (const int byte : bytes) code.push_back(static_cast<std::uint8_t>(byte));
  return decode(code.data(), code.size(), address);
}

TEST(Decode, DirectBranchesNameTheirTarget) {
  EXPECT_EQ(decoded({0xe8, 0x10, 0, 0, 0}).target, kAddress + 5 + 0x10);      // call
  EXPECT_EQ(decoded({0xe8, 0xfb, 0xff, 0xff, 0xff}).target, kAddress);        // backwards
  EXPECT_EQ(decoded({0x66, 0xe8, 0x10, 0}).target, kAddress + 4 + 0x10);      // 16 bits wide
  EXPECT_EQ(decoded({0xeb, 0xfe}).target, kAddress);                          // jmp to itself
  EXPECT_EQ(decoded({0x75, 0x7f}).target, kAddress + 2 + 0x7f);               // jne
  EXPECT_EQ(decoded({0x0f, 0x84, 0, 1, 0, 0}).target, kAddress + 6 + 0x100);  // je
}

TEST(Decode, TargetsWrapAt4GiBIn32BitCode) {
  EXPECT_EQ(decoded({0xe8, 0, 0, 0x10, 0x40}, 0xc0000000).target, 0x100005u);
  EXPECT_EQ(decoded({0xe8, 0, 0, 0, 0}, 0xffffffff81000000).target, 0xffffffff81000005);
}

TEST(Decode, CallsAndReturnsAreFound) {
  EXPECT_EQ(decoded({0xe8, 0, 0, 0, 0}).flow, Flow::call);
  EXPECT_EQ(decoded({0xff, 0xd0}).flow, Flow::call);        // call eax
  EXPECT_EQ(decoded({0xff, 0x50, 4}).flow, Flow::call);     // call [eax + 4]
  EXPECT_EQ(decoded({0x41, 0xff, 0xd7}).flow, Flow::call);  // call r15
  EXPECT_FALSE(decoded({0xff, 0xd0}).has_target);
  EXPECT_EQ(decoded({0xc3}).flow, Flow::ret);
  EXPECT_EQ(decoded({0xf3, 0xc3}).flow, Flow::ret);                // rep ret
  EXPECT_EQ(decoded({0xc2, 8, 0}).flow, Flow::ret);                // ret 8
  EXPECT_EQ(decoded({0xcf}).flow, Flow::trap_return);              // iret
  EXPECT_EQ(decoded({0x48, 0xcf}).flow, Flow::trap_return);        // iretq
  EXPECT_EQ(decoded({0x0f, 0x35}).flow, Flow::trap_return);        // sysexit
  EXPECT_EQ(decoded({0x48, 0x0f, 0x07}).flow, Flow::trap_return);  // sysretq
}

TEST(Decode, IndirectJumpsHaveNoTarget) {
  for (const auto& jump : {decoded({0xff, 0xe0}), decoded({0xff, 0x24, 0x85, 0, 0, 0, 0}),
                           decoded({0xea, 0, 0, 0, 0, 8, 0}), decoded({0xcb})}) {
    EXPECT_EQ(jump.flow, Flow::indirect_jump);
    EXPECT_FALSE(jump.has_target);
    EXPECT_TRUE(jump.ends_line);
  }
}

TEST(Decode, OnlyUnconditionalBranchesEndTheLine) {
  EXPECT_TRUE(decoded({0xeb, 0}).ends_line);
  EXPECT_TRUE(decoded({0xc3}).ends_line);
  EXPECT_FALSE(decoded({0x75, 0}).ends_line);
  EXPECT_FALSE(decoded({0xe2, 0}).ends_line);  // loop
  EXPECT_FALSE(decoded({0xe8, 0, 0, 0, 0}).ends_line);
}

TEST(Decode, ComputingInRegistersStaysInTheLine) {
  for (const auto& inside :
       {decoded({0x01, 0xd8}), decoded({0x83, 0xc0, 1}), decoded({0x31, 0xc0}), decoded({0x40}),
        decoded({0x48, 0xff, 0xc0}), decoded({0x89, 0xc8}), decoded({0xb8, 1, 0, 0, 0}),
        decoded({0x8d, 0x44, 0x24, 4}), decoded({0x0f, 0xaf, 0xc1}), decoded({0x0f, 0xb6, 0xc0}),
        decoded({0xf7, 0xd8}), decoded({0xc1, 0xe0, 2}), decoded({0x3c, 1}),
        decoded({0x66, 0x90})}) {
    EXPECT_FALSE(inside.may_leave);
    EXPECT_EQ(inside.flow, Flow::none);
  }
}

TEST(Decode, WhatTouchesMemoryOrMayFaultCanLeaveIt) {
  for (const auto& outside :
       {decoded({0x01, 0x18}),                   // add [eax], ebx
        decoded({0x8b, 0x00}), decoded({0x50}),  // mov eax, [eax]; push eax
        decoded({0xf7, 0xf1}),                   // div ecx
        decoded({0xf3, 0xab}), decoded({0xec}),  // rep stosd; in al, dx
        decoded({0xf0, 0x01, 0xd8}),             // lock, which is not allowed here
        decoded({0x0f, 0x58, 0xc1}),             // addps xmm0, xmm1
        decoded({0x06}), decoded({0xcd, 0x80}),  // push es; int 0x80
        decoded({0x0f, 0xb6, 0x00}), decoded({0xc4, 0xe2, 0x78, 0xf3, 0xc8})}) {
    EXPECT_TRUE(outside.may_leave);
  }
}

TEST(Decode, TellsHowOftenATurnOfAStringTouchesMemory) {
  EXPECT_EQ(decoded({0xf3, 0xa4}).accesses_of_turn, 2) << "movs";
  EXPECT_EQ(decoded({0xf3, 0xa6}).accesses_of_turn, 2) << "cmps";
  EXPECT_EQ(decoded({0xf2, 0xae}).accesses_of_turn, 1) << "scas";
  EXPECT_EQ(decoded({0xf3, 0xab}).accesses_of_turn, 1) << "stos";
  EXPECT_EQ(decoded({0xae}).accesses_of_turn, 0) << "it does not repeat";
}

TEST(Decode, AJumpThroughMemoryReadsItsTarget) {
  EXPECT_TRUE(decoded({0xff, 0x25, 0, 0, 0, 0}).reads_target);
  EXPECT_FALSE(decoded({0xff, 0xe0}).reads_target) << "a register";
  EXPECT_FALSE(decoded({0xff, 0x2d, 0, 0, 0, 0}).reads_target) << "far";
}

/// All that QEMU may hand over, and some that it does not: no byte beyond `size` is looked at.
TEST(Decode, EveryShortSequenceIsDecodedWithinItsBytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      for (std::size_t size = 0; size <= 2; ++size) {
        // Exactly `size` bytes of heap: AddressSanitizer sees a read beyond them.
        std::vector<std::uint8_t> code;
        if (size > 0) code.push_back(static_cast<std::uint8_t>(first));
        if (size > 1) code.push_back(static_cast<std::uint8_t>(second));
        code.shrink_to_fit();
        const Instruction one = decode(code.data(), code.size(), kAddress);
        EXPECT_TRUE(one.flow == Flow::none || one.may_leave);
      }
    }
  }
}

}  // namespace
}  // namespace harness::plugin
