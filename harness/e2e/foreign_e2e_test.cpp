// Guests that know nothing of our protocol: what of their words and ends is believed.
#include <fstream>

#include "e2e/e2e.h"

namespace harness {
namespace {

/// "verdict: reason" of a scenario for that image.
std::string verdict_of_run(const std::string& image, const std::string& keys) {
  const fs::path folder = fresh_folder();
  const fs::path file = folder / "s.yaml";
  std::ofstream(file) << "name: s\nimage: {kernel: "
                      << (fs::path(UNIHARNESS_IMAGES) / image).string() << keys;
  uniharness({"run", file, "--out", folder / "r"}, folder);
  const Verdict verdict = saved_record(folder / "r").verdict;
  return std::string(verdict_name(verdict.kind)) + ": " + verdict.reason;
}

constexpr char kMachine[] =
    "}\nmachine: {vga: false}\nclock: host\nboots: 1\nlimits: {wall: 60s, idle: 60s}\n";

TEST(Foreign, APanicThatATestProvokesIsAllowedInItsSpanOnly) {
  const std::string head =
      std::string(", append: trap panic good") + kMachine + "exit: {pass: 1}\n";
  EXPECT_EQ(verdict_of_run("foreign_suite.elf", head),
            "panic: line 3 (panic): panic: provoked by the test of panics");
  EXPECT_EQ(verdict_of_run("foreign_suite.elf",
                           head + "checks:\n  - allow: {crash: panic, from: test of traps, "
                                  "to: \"PASS: good\"}\n"),
            "pass: ");
  EXPECT_EQ(verdict_of_run("foreign_suite.elf",
                           head + "checks:\n  - allow: {crash: panic, from: \"PASS: good\"}\n"),
            "panic: line 3 (panic): panic: provoked by the test of panics");
}

TEST(Foreign, AWordThatOnlySoundsLikeACrashIsNone) {
  EXPECT_EQ(verdict_of_run("foreign_suite.elf",
                           std::string(", append: trap") + kMachine + "exit: {pass: 1}\n"),
            "pass: ");
}

TEST(Foreign, ARebootThatNobodyAskedForIsFoundThoughItsStatusPasses) {
  const std::string verdict =
      verdict_of_run("reboot.elf", std::string(kMachine) + "exit: {pass: 0}\n");
  EXPECT_EQ(verdict.substr(0, 6), "reset:") << verdict;
}

TEST(Foreign, ABootEndsWhenAllThatIsWantedHasCome) {
  const std::string head = std::string(", append: good hang") + kMachine +
                           "formats: kvm-unit-tests\nsteps:\n  - {wait: \"PASS: good\"}\n";
  // Results without their end are none to rely on, however the boot was ended.
  EXPECT_EQ(verdict_of_run("foreign_suite.elf", head + "  - stop: true\n"),
            "truncated: kvm-unit-tests: no SUMMARY: it cannot be told whether results are missing");
  const std::string bare =
      std::string(", append: good hang") + kMachine + "steps:\n  - {wait: waiting for}\n";
  EXPECT_EQ(verdict_of_run("foreign_suite.elf", bare + "  - stop: true\n"), "pass: ");
}

}  // namespace
}  // namespace harness
