// `uniharness init` on images that it knows nothing of: what it writes must pass as it is.
#include <fstream>

#include "base/files.h"
#include "e2e/e2e.h"
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

TEST(Init, AGuestThatCrashes) {
  const fs::path folder = fresh_folder();
  image_in(folder, "guest_panic.elf");
  const RunRecord record = adopted(folder, {"guest_panic.elf"});
  EXPECT_EQ(record.boots.front().ending.kind, VerdictKind::panic);
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
