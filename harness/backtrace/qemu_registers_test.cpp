#include "backtrace/qemu_registers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "backtrace/crash_text.h"

namespace harness {
namespace {

std::uint64_t value_of(const ProcessorState& state, const std::string& name) {
  const auto at = std::ranges::find(state.registers, name, &CrashRegister::name);
  return at == state.registers.end() ? UINT64_MAX : at->value;
}

TEST(QemuRegisters, OfA32BitPcAreItsGeneralAndControlOnes) {
  const ProcessorState state = read_qemu_registers(
      "\r\nCPU#0\r\n"
      "EAX=00000000 EBX=00009500 ECX=0000b79d EDX=00000000\r\n"
      "ESI=0000b79d EDI=00000000 EBP=0000b79d ESP=00006f94\r\n"
      "EIP=0010007b EFL=00000246 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=0\r\n"
      "CS =0008 00000000 ffffffff 00c09b00 DPL=0 CS32 [-RA]\r\n"
      "GDT=     00000000 00000000\r\n"
      "CR0=00000011 CR2=deadbeef CR3=00000000 CR4=00000000\r\n"
      "DR0=00000000 DR1=00000000 DR2=00000000 DR3=00000000 \r\n"
      "EFER=0000000000000000\r\n"
      "FCW=037f FSW=0000 [ST=0] FTW=00 MXCSR=00001f80\r\n"
      "FPR0=0000000000000000 0000 FPR1=0000000000000000 0000\r\n");
  EXPECT_EQ(state.at, 0x10007bu);
  EXPECT_EQ(value_of(state, "cr2"), 0xdeadbeefu);
  EXPECT_EQ(value_of(state, "efl"), 0x246u);
  EXPECT_EQ(value_of(state, "dr0"), UINT64_MAX);
  EXPECT_EQ(state.registers.size(), 15u);
}

TEST(QemuRegisters, InRealModeTheInstructionIsAtALinearAddress) {
  const ProcessorState state = read_qemu_registers(
      "EIP=0000b7b9 EFL=00000246 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=1\n"
      "CS =f000 000f0000 0000ffff 00009b00\n");
  EXPECT_EQ(state.at, 0xfb7b9u);
}

TEST(QemuRegisters, OfA64BitPcR15IsNoInstructionPointer) {
  const ProcessorState state = read_qemu_registers(
      "R12=0000000000000001 R13=0000000000000002 R14=0000000000000003 R15=0000000000000004\n"
      "RIP=ffffffff81000000 RFL=00000246 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=1\n"
      "CS =0010 0000000000000000 ffffffff 00af9b00 DPL=0 CS64 [-RA]\n");
  EXPECT_EQ(state.at, 0xffffffff81000000u);
  EXPECT_EQ(value_of(state, "r15"), 4u);
}

TEST(QemuRegisters, OfArmAndRiscVAreReadToo) {
  EXPECT_EQ(read_qemu_registers("CPU#0\n PC=0000000040080200 X00=0000000000000001\n"
                                "X29=0000000000000000 X30=0000000000000000  SP=0000000000000000\n")
                .at,
            0x40080200u);
  const ProcessorState arm = read_qemu_registers(
      "R12=00000000 R13=00000000 R14=00000000 R15=40010000\nPSR=400001d3 -Z-- A svc32\n"
      "s00=00000000 s01=00000000 d00=0000000000000000\n");
  EXPECT_EQ(arm.at, 0x40010000u);
  EXPECT_EQ(value_of(arm, "s00"), UINT64_MAX);
  const ProcessorState riscv = read_qemu_registers(
      " V      =   0\n pc       0000000080000040\n mhartid  0000000000000000\n"
      " x0/zero  0000000000000000 x1/ra    0000000080000010 x2/sp    0000000080020000\n"
      " f0/ft0   0000000000000000 f1/ft1   0000000000000000\n");
  EXPECT_EQ(riscv.at, 0x80000040u);
  EXPECT_EQ(value_of(riscv, "ra"), 0x80000010u);
  EXPECT_EQ(value_of(riscv, "ft1"), UINT64_MAX);
}

TEST(QemuRegisters, OfOtherTextAreNoneAndTheirNumberIsBounded) {
  for (const char* text : {"", "\n\n", "=", "EIP=", "EIP=zz", "pc", "CS =", "EIP=123456789"}) {
    EXPECT_FALSE(read_qemu_registers(text).at) << text;
    EXPECT_FALSE(site_of_registers(text)) << text;
  }
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "A" + std::to_string(i) + "=00000000\n";
  EXPECT_EQ(read_qemu_registers(many).registers.size(), kMaxCrashRegisters);
}

}  // namespace
}  // namespace harness
