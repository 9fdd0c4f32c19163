#include "backtrace/crash_text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "stream/collector.h"

namespace harness {
namespace {

using Addresses = std::vector<std::uint64_t>;

/// Of a boot that said `serial`, with code in [begin, end).
CrashText read(const std::string& serial, std::uint64_t begin, std::uint64_t end,
               const OutputRules& rules = {}) {
  return read_crash_text(serial, collect_events(serial, {}, rules),
                         [=](std::uint64_t at) { return begin <= at && at < end; });
}

std::string text_of(const std::vector<CrashRegister>& registers) {
  std::string text;
  for (const CrashRegister& one : registers) {
    text += (text.empty() ? "" : " ") + one.name + "=" + std::to_string(one.value);
  }
  return text;
}

TEST(CrashText, OfAPanicLineIsRegistersAndTrace) {
  const CrashText text = read(
      "[BEGIN] protocol=1 image=x boot=disk tests=0 metrics=0\n"
      "[PANIC] exception 14 (page fault): error=0x2 eip=0x00100153 cs=0x8 cr2=0x0 "
      "trace=0x00100153,0x0010012E\n",
      0, 0);
  EXPECT_EQ(text.addresses, (Addresses{0x100153, 0x10012E}));
  EXPECT_EQ(text_of(text.registers), "error=2 eip=1048915 cs=8 cr2=0");
  EXPECT_TRUE(text.exact);
}

TEST(CrashText, OfAPanicByTheGuestItselfIsReturnAddresses) {
  const CrashText text =
      read("[PANIC] heap exhausted: eip=0x00100153 trace=0x00100153,0x00100020\n", 0, 0);
  EXPECT_EQ(text.addresses, (Addresses{0x100153, 0x100020}));
  EXPECT_FALSE(text.exact);
  EXPECT_EQ(read("[PANIC] out of luck: eip=0x00100153\n", 0, 0).addresses, (Addresses{0x100153}));
  EXPECT_TRUE(read("[PANIC] it said nothing\n", 0, 0).addresses.empty());
}

TEST(CrashText, OfLinuxIsTheInstructionPointerAndTheCallTrace) {
  const CrashText text = read(
      "[    1.0] BUG: kernel NULL pointer dereference, address: 0000000000000000\n"
      "[    1.0] RIP: 0010:ffffffff81000123\n"
      "[    1.0] Code: 48 8b 05 ffffffff81000999\n"
      "[    1.0] RSP: 0018:ffffc90000013e28 EFLAGS: 00010246\n"
      "[    1.0] RAX: 0000000000000000 RBX: ffffffff81000777 RCX: 0000000000000001\n"
      "[    1.0] Stack:\n"
      "[    1.0]  ffffffff81000888\n"
      "[    1.0] Call Trace:\n"
      "[    1.0]  [<ffffffff81000456>] ? do_one+0x12/0x30\n"
      "[    1.0]  [<ffffffff81000789>] start_kernel+0x12/0x30\n"
      "[    1.0] Kernel panic - not syncing: Fatal exception\n",
      0xffffffff81000000, 0xffffffff81001000, {.formats = {"ktap"}});
  EXPECT_EQ(text.addresses,
            (Addresses{0xffffffff81000123, 0xffffffff81000456, 0xffffffff81000789}));
  EXPECT_TRUE(text.exact);
  const auto rbx = std::ranges::find(text.registers, "RBX", &CrashRegister::name);
  ASSERT_NE(rbx, text.registers.end());
  EXPECT_EQ(rbx->value, 0xffffffff81000777u);
}

TEST(CrashText, OfXv6IsTheListOfReturnAddresses) {
  const CrashText text = read("lapicid 0: panic: acquire\n 80104a2b 80105d5f 801000ff 00000000\n",
                              0x80100000, 0x80108000, {.formats = {"tap"}});
  EXPECT_EQ(text.addresses, (Addresses{0x80104a2b, 0x80105d5f, 0x801000ff}));
  EXPECT_FALSE(text.exact);
}

TEST(CrashText, OfLkIsTheCallerAndOfAFrameItsAddress) {
  EXPECT_EQ(read("panic (caller 0x80104a2b): lost\n#0  0x80105d5f in f\n 104a2b 105d5f 0\n",
                 0x80100000, 0x80108000, {.formats = {"tap"}})
                .addresses,
            (Addresses{0x80104a2b, 0x80105d5f}));
}

TEST(CrashText, OfArmIsThePcInWhateverIsWrittenAroundIt) {
  const CrashText text = read(
      "E: >>> ZEPHYR FATAL ERROR 0: CPU exception on CPU 0\n"
      "E: r0/a1:  0x00000abc  r1/a2:  0x00000001\n"
      "E: Faulting instruction address (r15/pc): 0x00000a34\n",
      0xa00, 0xb00, {.formats = {"ztest"}});
  EXPECT_EQ(text.addresses, (Addresses{0xa34}));
  EXPECT_TRUE(text.exact);
}

TEST(CrashText, NumbersThatAreNoAddressesAreNotTakenForSuch) {
  const CrashText text = read(
      "lapicid 0: panic: x\n"
      "100153 80104a2bz x80104a2b 0x801 123456789012345678 after 1234 ms\n"
      "out of memory at line 1048897, index is 0x100126, heap: 0x100000-0x100146\n"
      "date 00100146 serial 0x00100126\nuuid 00100153-0010-0aef-0010-012e00100153\n"
      "sha256: 00100126 00100146\nfree memory 0x100130 bytes\n1 2 3\n",
      0, UINT64_MAX, {.formats = {"tap"}});
  EXPECT_TRUE(text.addresses.empty());
}

TEST(CrashText, IsBoundedAndEmptyWithoutACrash) {
  std::string flood = "lapicid 0: panic: x\n";
  for (int i = 0; i < 1000; ++i) flood += " 80104a2b x" + std::to_string(i % 30) + "=0x1";
  const CrashText text = read(flood + "\n" + flood, 0, UINT64_MAX, {.formats = {"tap"}});
  EXPECT_LE(text.addresses.size(), kMaxCrashFrames + 1);
  EXPECT_LE(text.registers.size(), kMaxCrashRegisters);
  EXPECT_TRUE(read("eip=0x00100153\n", 0, UINT64_MAX).addresses.empty());
}

}  // namespace
}  // namespace harness
