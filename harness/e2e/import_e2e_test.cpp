// `uniharness import kvm-unit-tests`, with a guest of our own in the place of a checkout's.
#include <fstream>

#include "base/files.h"
#include "e2e/e2e.h"
#include "scenario/load.h"

namespace harness {
namespace {

/// A folder as a built checkout has it: unittests.cfg beside the tests.
fs::path checkout() {
  const fs::path folder = fresh_folder();
  fs::create_directories(folder / "x86");
  fs::copy_file(fs::path(UNIHARNESS_SOURCE_DIR) / "harness/e2e/testdata/unittests.cfg",
                folder / "x86/unittests.cfg");
  fs::copy_file(fs::path(UNIHARNESS_IMAGES) / "foreign_suite.elf", folder / "x86/suite.flat");
  return folder;
}

/// All that is skipped is so by what the file says, and tcg is what every host has.
CommandResult import(const fs::path& folder, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"import", "kvm-unit-tests", "x86/unittests.cfg", "--accel",
                                        "tcg"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return uniharness(arguments, folder);
}

TEST(Import, RunsEverySectionThatCanRunAndSaysWhyTheOthersDoNot) {
  const fs::path folder = checkout();
  const CommandResult result = import(folder);
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  const std::string& said = result.output_tail;
  const auto has = [&](const char* text) { return said.find(text) != std::string::npos; };
  EXPECT_TRUE(has("5 scenarios written, 7 skipped")) << said;
  EXPECT_TRUE(has("skip on_no_host: /proc/sys/kernel/osrelease is "));
  EXPECT_TRUE(has("skip other_arch: only for i386"));
  EXPECT_TRUE(has("skip by_hand: group nodefault"));
  EXPECT_TRUE(has("skip kvm_only: only for kvm, but tcg is requested"));
  EXPECT_TRUE(has("skip a_shell: extra_params (line 47) wants a shell"));
  EXPECT_TRUE(has("skip not_built: missing.flat is not built"));
  EXPECT_TRUE(has("4 passed, 8 skipped")) << said;
  EXPECT_FALSE(fs::exists("/tmp/owned"));

  const RunRecord smp = saved_record(folder / "reports/smp2");
  ASSERT_EQ(smp.boots.front().events.tests.size(), 2u);
  EXPECT_EQ(smp.boots.front().events.tests[0].name, "processors");
  EXPECT_EQ(smp.fingerprint.memory, 96u << 20);
  EXPECT_EQ(saved_record(folder / "reports/skips_itself").verdict.kind, VerdictKind::skip);
  const std::string junit = read_file(folder / "reports/junit.xml");
  EXPECT_NE(junit.find("only for i386"), std::string::npos);
}

TEST(Import, AFailureAndAHangAreFailures) {
  const fs::path folder = checkout();
  const CommandResult broken = import(folder, {"-g", "broken"});
  EXPECT_EQ(broken.exit_status, 1) << broken.output_tail;
  EXPECT_NE(broken.output_tail.find("failed tests: bad"), std::string::npos);
  EXPECT_EQ(import(folder, {"-g", "slow"}).exit_status, 1);
  EXPECT_EQ(saved_record(folder / "reports/hangs").verdict.kind, VerdictKind::timeout);
}

TEST(Import, ReplacesWhatAnImportWroteAndNothingElse) {
  const fs::path folder = checkout();
  EXPECT_EQ(import(folder, {"--no-run", "-o", "cases"}).exit_status, 0);
  EXPECT_EQ(load_scenario(folder / "cases/smp2.yaml").image.kernel, "../x86/suite.flat");
  EXPECT_EQ(load_scenario(folder / "cases/smp-all.yaml").machine.model, "pc,kernel_irqchip=on");
  std::ofstream(folder / "cases/mine.yaml") << "name: mine\n";
  EXPECT_EQ(import(folder, {"--no-run", "-o", "cases", "-k", "smp2"}).exit_status, 0);
  EXPECT_FALSE(fs::exists(folder / "cases/plain.yaml"));
  EXPECT_TRUE(fs::exists(folder / "cases/mine.yaml"));
  std::ofstream(folder / "cases/smp2.yaml") << "name: changed\n";
  const CommandResult refused = import(folder, {"--no-run", "-o", "cases"});
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_NE(refused.output_tail.find("was not written by an import"), std::string::npos);
}

TEST(Import, AnOddSectionIsSkippedWithItsLine) {
  const fs::path folder = checkout();
  std::ofstream(folder / "x86/unittests.cfg")
      << "[a]\nfile = suite.flat\nsmp = lots\n[b]\nfile = suite.flat\n";
  const CommandResult result = import(folder);
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_NE(result.output_tail.find("skip a: x86/unittests.cfg:3: smp = lots"), std::string::npos);
  EXPECT_EQ(saved_record(folder / "reports/b").verdict.kind, VerdictKind::pass);
}

TEST(Import, WhatCannotBeReadIsToldWithItsLine) {
  const fs::path folder = checkout();
  std::ofstream(folder / "x86/unittests.cfg") << "file = suite.flat\n";
  const CommandResult result = import(folder);
  EXPECT_EQ(result.exit_status, 2);
  EXPECT_NE(result.output_tail.find("x86/unittests.cfg:1:1: error: a key before the first section"),
            std::string::npos);

  std::ofstream(folder / "x86/unittests.cfg") << "[a]\nfile = gone.flat\n";
  const CommandResult nothing = import(folder);
  EXPECT_EQ(nothing.exit_status, 5);
  EXPECT_NE(nothing.output_tail.find("gone.flat is not built"), std::string::npos);
}

TEST(Import, TheSkipSaysWhatTheGuestSaid) {
  const fs::path folder = checkout();
  import(folder, {"-k", "skips_itself"});
  const std::string reason = saved_record(folder / "reports/skips_itself").verdict.reason;
  EXPECT_EQ(reason.substr(0, 11), "said \"SKIP:") << reason;
}

}  // namespace
}  // namespace harness
