// `uniharness init` on images that it knows nothing of: what it writes must pass as it is, or fail
// where the guest failed.
#include <algorithm>
#include <fstream>

#include "base/files.h"
#include "e2e/e2e.h"
#include "onboarding/hints.h"
#include "scenario/load.h"

namespace harness {
namespace {

fs::path image_in(const fs::path& folder, const std::string& name) {
  const fs::path copy = folder / name;
  fs::copy_file(fs::path(UNIHARNESS_IMAGES) / name, copy, fs::copy_options::overwrite_existing);
  return copy;
}

/// init and then run; the record of the run.
RunRecord adopted(const fs::path& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "init");
  const CommandResult init = uniharness(arguments, folder);
  EXPECT_EQ(init.exit_status, 0) << init.output_tail;
  EXPECT_NE(init.output_tail.find("next: uniharness run "), std::string::npos);
  const std::string file = init.output_tail.substr(init.output_tail.rfind("run ") + 4);
  const std::string path = file.substr(0, file.find('\n'));
  const CommandResult run = uniharness({"run", path, "--out", folder / "report"}, folder);
  EXPECT_EQ(run.exit_status, 0) << read_file(folder / path) << run.output_tail;
  return saved_record(folder / "report");
}

TEST(Init, ADiskImageOfOurs) {
  const fs::path folder = fresh_folder();
  image_in(folder, "tinyllama.img");
  const RunRecord record = adopted(folder, {"tinyllama.img"});
  EXPECT_EQ(record.fingerprint.arch, "x86_64");
  EXPECT_TRUE(record.output_rules.exits.empty());
  EXPECT_EQ(record.scenario, "tinyllama");
}

TEST(Init, AGuestThatSaysTheSameTwiceIsCounted) {
  const fs::path folder = fresh_folder();
  image_in(folder, "hello_c.elf");
  const CommandResult init = uniharness({"init", "hello_c.elf"}, folder);
  ASSERT_EQ(init.exit_status, 0) << init.output_tail;
  EXPECT_NE(init.output_tail.find("said the same bytes"), std::string::npos) << init.output_tail;
  const Scenario scenario = load_scenario(folder / "hello_c.yaml");
  EXPECT_EQ(scenario.clock, ClockKind::counted);
  EXPECT_EQ(scenario.boots, 2u);
}

TEST(Init, AKernelWrittenElsewhere) {
  const fs::path folder = fresh_folder();
  image_in(folder, "hello_c.elf");
  const RunRecord record =
      adopted(folder, {"hello_c.elf", "-o", "scenarios/hello.yaml", "--wall", "20"});
  EXPECT_EQ(load_scenario(folder / "scenarios/hello.yaml").image.kernel, "../hello_c.elf");
  EXPECT_EQ(record.boots.front().events.begin->boot, wire::BootPath::multiboot);
}

TEST(Init, AGuestThatEndsInItsOwnWay) {
  const fs::path folder = fresh_folder();
  image_in(folder, "foreign_suite.elf");
  const RunRecord record = adopted(folder, {"foreign_suite.elf", "--append", "good"});
  ASSERT_EQ(record.output_rules.exits.size(), 1u);
  EXPECT_EQ(record.output_rules.exits.front().status, 1u);
  EXPECT_EQ(record.output_rules.formats, std::vector<std::string>{"kvm-unit-tests"});
}

TEST(Init, AGuestThatNeverEnds) {
  const fs::path folder = fresh_folder();
  image_in(folder, "foreign_suite.elf");
  const RunRecord record =
      adopted(folder, {"foreign_suite.elf", "--append", "hang", "--wall", "6"});
  EXPECT_EQ(record.boots.front().trace.stop, StopReason::satisfied);
  EXPECT_LT(record.boots.front().trace.wall, std::chrono::seconds(8));
}

/// What a kernel of these tests says, by the memory it finds: more than 256M, or less. Then it
/// leaves with the status of a pass, or halts for ever.
struct TalkingKernel {
  std::string with_little, with_much;
  bool leaves = true;
};

/// A flat multiboot file (addresses in its header) with a dozen instructions.
void write_kernel(const fs::path& file, const TalkingKernel& kernel) {
  constexpr std::uint32_t kMagic = 0x1BADB002, kHasAddresses = 1u << 16, kLoad = 0x100000;
  constexpr std::uint32_t kCode = kLoad + 0x20, kLittle = kLoad + 0x100, kMuch = kLoad + 0x200;
  constexpr std::uint32_t kEnough = 256 << 10;  // KiB above the first megabyte
  std::string bytes;
  const auto word = [&](std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift);
  };
  const auto code = [&](std::initializer_list<unsigned> all) {
    for (const unsigned one : all) bytes += static_cast<char>(one);
  };
  for (const std::uint32_t one :
       {kMagic, kHasAddresses, 0 - (kMagic + kHasAddresses), kLoad, kLoad, 0u, 0u, kCode}) {
    word(one);
  }
  code({0x81, 0x7B, 0x08});  //       cmp dword [ebx + 8], kEnough   ; mem_upper
  word(kEnough);
  code({0xBE});  //                   mov esi, little
  word(kLittle);
  code({0x72, 0x05, 0xBE});  //       jb say; mov esi, much
  word(kMuch);
  code({0xAC, 0x84, 0xC0, 0x74, 0x07});               // say: lodsb; test al, al; jz end
  code({0x66, 0xBA, 0xF8, 0x03, 0xEE});               //      mov dx, 0x3F8; out dx, al
  code({0xEB, 0xF4});                                 //      jmp say
  if (kernel.leaves) code({0xB0, 0x10, 0xE6, 0xF4});  // end: mov al, 16; out 0xF4, al
  code({0xFA, 0xF4, 0xEB, 0xFC});                     //      cli; hlt; jmp
  bytes.resize(0x100);
  bytes += kernel.with_little + std::string(1, '\0');
  bytes.resize(0x200);
  bytes += kernel.with_much + std::string(1, '\0');
  std::ofstream(file, std::ios::binary) << bytes;
}

TEST(Init, ForAGuestThatCrashesTheScenarioFailsUnlessThatIsAskedFor) {
  const fs::path folder = fresh_folder();
  image_in(folder, "guest_panic.elf");
  const CommandResult init = uniharness({"init", "guest_panic.elf"}, folder);
  EXPECT_EQ(init.exit_status, 1);
  EXPECT_NE(init.output_tail.find("WARNING: the guest failed in the probe boot"), std::string::npos)
      << init.output_tail;
  EXPECT_NE(init.output_tail.find("  it was in check_invariant(unsigned int) at "),
            std::string::npos);
  image_in(folder, "triple_fault.elf");
  const std::string reset = uniharness({"init", "triple_fault.elf"}, folder).output_tail;
  EXPECT_NE(reset.find("  it was in run(kernel::System&) at "), std::string::npos) << reset;
  EXPECT_NE(reset.find("triple_fault.cpp:"), std::string::npos) << reset;
  EXPECT_EQ(uniharness({"run", "guest_panic.yaml"}, folder).exit_status, 1);
  const RunRecord record = adopted(folder, {"guest_panic.elf", "--force", "--expect-failure"});
  EXPECT_EQ(record.boots.front().ending.kind, VerdictKind::panic);
  EXPECT_TRUE(
      read_file(folder / "guest_panic.yaml").starts_with("# WARNING: this scenario EXPECTS"));
}

TEST(Init, ForAGuestThatDiesInItsOwnWordsTheScenarioFails) {
  const fs::path folder = fresh_folder();
  const std::string died = "toy kernel\nprobing\ncore 0: PANIC: no root disk\n";
  for (const bool leaves : {true, false}) {
    write_kernel(folder / "toy.bin", {died, died, leaves});
    const CommandResult init =
        uniharness({"init", "toy.bin", "--as", "kernel", "--force", "--wall", "9"}, folder);
    EXPECT_EQ(init.exit_status, 1);
    EXPECT_NE(init.output_tail.find("WARNING: it told of its death: core 0: PANIC"),
              std::string::npos)
        << init.output_tail;
    EXPECT_EQ(uniharness({"run", "toy.yaml"}, folder).exit_status, 1);
  }
}

TEST(Init, AGuestThatDiesOfTooLittleMemoryGetsMore) {
  const fs::path folder = fresh_folder();
  write_kernel(folder / "toy.bin", {"toy kernel\npanic: no pages left\n", "toy kernel\nat work\n"});
  adopted(folder, {"toy.bin", "--as", "kernel"});
  EXPECT_EQ(load_scenario(folder / "toy.yaml").machine.memory, 512u << 20);
  // Who says how much gets that.
  EXPECT_EQ(uniharness({"init", "toy.bin", "--as", "kernel", "--memory", "64M", "--force"}, folder)
                .exit_status,
            1);
  EXPECT_EQ(load_scenario(folder / "toy.yaml").machine.memory, 64u << 20);
}

TEST(Init, APromptEndsTheWaiting) {
  const fs::path folder = fresh_folder();
  const std::string prompt = "toy kernel\n\x1B[1mroot@toy\x1B[0m:~# ";
  write_kernel(folder / "toy.bin", {prompt, prompt, false});
  // Twenty minutes of silence would be allowed.
  adopted(folder, {"toy.bin", "--as", "kernel", "--wall", "60m"});
  EXPECT_EQ(load_scenario(folder / "toy.yaml").steps.back().stop, true);
}

TEST(Init, ItsHintsAreTakenByItsCommandLine) {
  const fs::path folder = fresh_folder();
  for (const std::string_view hint : onboarding::kOptionHints) {
    std::vector<std::string> arguments = {"init", "missing.img"};
    for (std::size_t begin = 0; begin < hint.size();) {
      const std::size_t end = std::min(hint.find(' ', begin), hint.size());
      arguments.emplace_back(hint.substr(begin, end - begin));
      begin = end + 1;
    }
    const CommandResult result = uniharness(arguments, folder);
    EXPECT_EQ(result.exit_status, 2);
    EXPECT_NE(result.output_tail.find("missing.img cannot be read"), std::string::npos)
        << hint << ": " << result.output_tail;
  }
}

TEST(Init, DisksAndModulesAreNamedFromTheScenario) {
  const fs::path folder = fresh_folder();
  fs::create_directories(folder / "my files, all");
  write_kernel(folder / "toy.bin", {"toy kernel\nat work\n", "toy kernel\nat work\n"});
  std::ofstream(folder / "my files, all/fs.img") << std::string(1 << 20, 'x');
  std::ofstream(folder / "my files, all/mod") << "module";
  adopted(folder,
          {"toy.bin", "--as", "kernel", "-o", "s/toy.yaml", "--disk", "my files, all/fs.img",
           "--initrd", "my files, all/mod", "--smp", "2", "--cpu", "max"});
  const Scenario scenario = load_scenario(folder / "s/toy.yaml");
  EXPECT_EQ(scenario.image.disk, "../my files, all/fs.img");
  EXPECT_EQ(scenario.image.initrd, std::vector<std::string>{"../my files, all/mod"});
  EXPECT_EQ(scenario.machine.smp, 2u);
}

TEST(Init, SilenceIsSaidAndNothingIsWritten) {
  const fs::path folder = fresh_folder();
  image_in(folder, "silent.elf");
  const CommandResult result = uniharness({"init", "silent.elf", "--wall", "3"}, folder);
  EXPECT_EQ(result.exit_status, 1);
  EXPECT_NE(result.output_tail.find("not a byte came on the serial port"), std::string::npos);
  EXPECT_NE(result.output_tail.find("hint: make it speak"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder / "silent.yaml"));
}

TEST(Init, NothingIsReplacedUnasked) {
  const fs::path folder = fresh_folder();
  image_in(folder, "hello_c.elf");
  std::ofstream(folder / "hello_c.yaml") << "mine\n";
  const CommandResult refused = uniharness({"init", "hello_c.elf"}, folder);
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_NE(refused.output_tail.find("--force"), std::string::npos);
  EXPECT_EQ(read_file(folder / "hello_c.yaml"), "mine\n");
  adopted(folder, {"hello_c.elf", "--force"});
}

TEST(Init, WhatCannotBeBootedIsRefusedBeforeABoot) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "notes.txt") << "nothing to boot\n";
  const CommandResult unknown = uniharness({"init", "notes.txt"}, folder);
  EXPECT_EQ(unknown.exit_status, 2);
  EXPECT_NE(unknown.output_tail.find("--as kernel"), std::string::npos);
  EXPECT_EQ(uniharness({"init", "missing.img"}, folder).exit_status, 2);
  const CommandResult program = uniharness({"init", "/bin/true"}, folder);
  EXPECT_EQ(program.exit_status, 2);
  EXPECT_NE(program.output_tail.find("program for an operating system"), std::string::npos);
}

}  // namespace
}  // namespace harness
