#include "backtrace/symbolize.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "backtrace/qemu_registers.h"
#include "base/folder_testing.h"
#include "profile/elf_symbols.h"
#include "stream/collector.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

fs::path golden(int width) {
  return fs::path(TEST_GUESTS) / ("golden" + std::to_string(width) + ".elf");
}

std::uint64_t address_of(int width, std::string_view symbol) {
  const profile::ElfCode code = profile::read_elf_code(golden(width));
  return std::ranges::find(code.functions, symbol, &profile::ElfFunction::symbol)->begin;
}

BootRecord boot_that_said(const std::string& serial, const OutputRules& rules = {}) {
  BootRecord boot;
  boot.trace.serial = serial;
  boot.events = collect_events(serial, {}, rules);
  return boot;
}

TEST(Symbolize, NamesFunctionsLinesAndTheInstructionOfBothWidths) {
  for (const int width : {32, 64}) {
    const std::uint64_t main = address_of(width, "main"), loop = address_of(width, "loop_1000");
    const BootRecord boot =
        boot_that_said(fmt::format("[PANIC] exception 6 (invalid opcode): eip=0x{:x} eax=0x7 "
                                   "trace=0x{:x},0x{:x}\n",
                                   main, main, loop + 1));
    const auto site = crash_site_of(boot, golden(width));
    ASSERT_TRUE(site);
    ASSERT_EQ(site->frames.size(), 2u);
    EXPECT_EQ(site->frames[0].function, "main");
    EXPECT_EQ(site->frames[0].offset, 0u);
    EXPECT_TRUE(site->frames[0].file.ends_with("golden.asm")) << site->frames[0].file;
    EXPECT_GT(site->frames[0].line, 0u);
    EXPECT_EQ(site->frames[1].function, "loop_1000");
    EXPECT_EQ(site->frames[1].offset, 1u);
    EXPECT_FALSE(site->instruction.empty());
    EXPECT_EQ(site->symbols, golden(width).string());
  }
}

TEST(Symbolize, AGuestThatSaidNoAddressWasWhereQemuSaysItWas) {
  const std::uint64_t loop = address_of(32, "loop_1000");
  BootRecord boot = boot_that_said("booting\n");
  EXPECT_FALSE(crash_site_of(boot, golden(32)));
  boot.crash_site =
      site_of_registers(fmt::format("EAX=00000007 EBX=00000000\nEIP={:08x} EFL=00000246\n", loop));
  const auto site = crash_site_of(boot, golden(32));
  ASSERT_TRUE(site);
  ASSERT_EQ(site->frames.size(), 1u);
  EXPECT_EQ(site->frames[0].function, "loop_1000");
  EXPECT_EQ(site->frames[0].offset, 0u) << "the instruction itself, not one before it";
  EXPECT_FALSE(site->instruction.empty());
  EXPECT_EQ(site->registers.front().name, "eax");
  const auto bare = crash_site_of(boot, {});
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->frames.at(0).address, loop);
}

/// A call that never returns may be a function's last instruction: its return address is already in
/// the next one.
TEST(Symbolize, AnInlinedFunctionIsNamedWithTheOneItIsInAndItsFileFromWhereItWasBuilt) {
  const profile::ElfCode code = profile::read_elf_code(INLINED_PROGRAM);
  const auto start = std::ranges::find(code.functions, "_start", &profile::ElfFunction::symbol);
  ASSERT_NE(start, code.functions.end());
  BootRecord boot = boot_that_said("booting\n");
  std::size_t inlined = 0;
  for (std::uint64_t address = start->begin; address < start->end; ++address) {
    boot.crash_site = CrashSite{.frames = {{.address = address}}};
    const auto site = crash_site_of(boot, INLINED_PROGRAM);
    ASSERT_TRUE(site);
    const CrashFrame& frame = site->frames.at(0);
    if (frame.function != "halt_here in _start") continue;
    ++inlined;
    EXPECT_TRUE(frame.file.ends_with("backtrace/testdata/inlined.cpp")) << frame.file;
    EXPECT_EQ(frame.file.find(".."), frame.file.npos) << frame.file;
    EXPECT_EQ(frame.line, 2u);
    EXPECT_EQ(frame.offset, address - start->begin);
  }
  EXPECT_GT(inlined, 0u);
}

TEST(Symbolize, AKernelLibThatWasBuiltElsewhereIsCalledByItsName) {
  const profile::ElfCode code = profile::read_elf_code(ELSEWHERE_PROGRAM);
  const auto start = std::ranges::find(code.functions, "_start", &profile::ElfFunction::symbol);
  ASSERT_NE(start, code.functions.end());
  BootRecord boot = boot_that_said("booting\n");
  boot.crash_site = CrashSite{.frames = {{.address = start->begin}}};
  const auto site = crash_site_of(boot, ELSEWHERE_PROGRAM);
  ASSERT_TRUE(site);
  EXPECT_EQ(site->frames.at(0).file, "kernel_lib/harness/backtrace/testdata/inlined.cpp");
}

TEST(Symbolize, AReturnAddressBelongsToTheCallBeforeIt) {
  const profile::ElfCode code = profile::read_elf_code(golden(32));
  const auto main = std::ranges::find(code.functions, "main", &profile::ElfFunction::symbol);
  const BootRecord boot =
      boot_that_said(fmt::format("[PANIC] lost: eip=0x{0:x} trace=0x{0:x}\n", main->end));
  const auto site = crash_site_of(boot, golden(32));
  ASSERT_TRUE(site && site->frames.size() == 1);
  EXPECT_EQ(site->frames[0].function, "main");
  EXPECT_TRUE(site->instruction.empty());  // it is not known which one it was
}

TEST(Symbolize, AnAddressInNoFunctionKeepsItsNumberAlone) {
  const BootRecord boot =
      boot_that_said("[PANIC] exception 14 (page fault): eip=0xDEADBEEF trace=0xDEADBEEF\n");
  const auto site = crash_site_of(boot, golden(32));
  ASSERT_TRUE(site && site->frames.size() == 1);
  EXPECT_EQ(site->frames[0].address, 0xDEADBEEFu);
  EXPECT_TRUE(site->frames[0].function.empty());
}

TEST(Symbolize, WithoutSymbolsThatCanBeReadOurOwnAddressesStay) {
  TestFolder folder;
  const fs::path text = folder.path / "text.elf";
  std::ofstream(text) << "no ELF file";
  const BootRecord ours = boot_that_said("[PANIC] lost: eip=0x100153 trace=0x100153\n");
  const BootRecord other =
      boot_that_said("lapicid 0: panic: acquire\n 80104a2b\n", {.formats = {"tap"}});
  for (const fs::path& file : {fs::path(), text, folder.path / "gone"}) {
    const auto site = crash_site_of(ours, file);
    ASSERT_TRUE(site && site->frames.size() == 1);
    EXPECT_EQ(site->symbols, "");
    EXPECT_FALSE(crash_site_of(other, file));
  }
  EXPECT_FALSE(crash_site_of(boot_that_said("all is well\n"), golden(32)));
}

/// Symbols from anyone: each cut of a file, and each byte of its head changed.
TEST(Symbolize, DamagedSymbolsDoNoHarm) {
  std::ifstream in(golden(32), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  const BootRecord boot = boot_that_said("[PANIC] lost: eip=0x100020 trace=0x100020\n");
  TestFolder folder;
  const fs::path file = folder.path / "damaged.elf";
  const auto try_with = [&](const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    EXPECT_TRUE(crash_site_of(boot, file));
  };
  for (std::size_t size = 0; size < whole.size(); size += 97) try_with(whole.substr(0, size));
  for (std::size_t at = 0; at < 64; ++at) {
    for (const char value : {'\0', '\x7f', '\xff'}) {
      std::string bytes = whole;
      bytes[at] = value;
      try_with(bytes);
    }
  }
}

}  // namespace
}  // namespace harness
