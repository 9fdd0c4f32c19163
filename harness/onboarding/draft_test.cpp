#include "onboarding/draft.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "onboarding/phrases.h"
#include "onboarding/yaml_text.h"
#include "scenario/load.h"
#include "stream/collector.h"

namespace harness::onboarding {
namespace {

using std::chrono::milliseconds;

Probe probe_of(std::string serial, StopReason stop, std::optional<int> status) {
  Probe probe;
  probe.kind = {.key = "disk", .arch = "x86_64", .what = "disk image with a boot sector"};
  probe.scenario = scenario_to_probe(probe.kind, "guest", "guest.img");
  Trace& trace = probe.boot.trace;
  trace.command = {"qemu-system-x86_64"};
  trace.started = true;
  trace.serial = std::move(serial);
  if (!trace.serial.empty()) trace.marks = {{trace.serial.size(), milliseconds(400)}};
  trace.stop = stop;
  trace.exit_status = status;
  if (!status) trace.exit_signal = 9;
  trace.wall = milliseconds(600);
  probe.boot.events = collect_events(trace.serial, trace.marks);
  probe.boot.ending = {VerdictKind::idle, "fell silent"};
  return probe;
}

TEST(Draft, AnExitStatusBecomesTheTable) {
  const Probe probe = probe_of("\x1B[2JHello 42 worlds\nbye\n", StopReason::none, 35);
  const Draft draft = make_draft(probe);
  const Scenario scenario = parse_scenario(draft.yaml, "draft");
  EXPECT_EQ(scenario.image.disk, "guest.img");
  ASSERT_EQ(scenario.exits.size(), 1u);
  EXPECT_EQ(scenario.exits[0], (ExitRule{35, ExitMeaning::pass}));
  EXPECT_EQ(scenario.limits.wall, milliseconds(10'000));
  EXPECT_NE(draft.yaml.find("the value 17 at the debug-exit port"), std::string::npos);
  EXPECT_NE(draft.yaml.find("- text: \"Hello\""), std::string::npos) << draft.yaml;
  EXPECT_EQ(rehearse(draft.yaml, probe).verdict.kind, VerdictKind::pass);
  // The rehearsal is none that anything passes: another boot of the guest does not.
  EXPECT_NE(rehearse(draft.yaml, probe_of("Hello\n", StopReason::none, 33)).verdict.kind,
            VerdictKind::pass);
}

TEST(Draft, OneThatNeverEndsIsStoppedAtItsLastWords) {
  const Probe probe =
      probe_of("Loader 1.0\nready\nready\nroot login: ", StopReason::idle_limit, {});
  const Draft draft = make_draft(probe);
  const Scenario scenario = parse_scenario(draft.yaml, "draft");
  ASSERT_EQ(scenario.steps.size(), 3u);
  EXPECT_EQ(scenario.steps[0].wait, "Loader");
  EXPECT_EQ(scenario.steps[1].wait, "root login:");
  EXPECT_TRUE(scenario.steps[2].stop);
  EXPECT_TRUE(scenario.exits.empty());
}

TEST(Draft, OneThatNeverStopsTalkingHasNoLastWords) {
  const Draft draft = make_draft(probe_of("tick 1\ntick 2\ntick 3\n", StopReason::wall_limit, {}));
  EXPECT_EQ(parse_scenario(draft.yaml, "draft").steps.size(), 2u);
}

TEST(Draft, ACrashAndAResetAreWhatIsExpected) {
  const Draft panic =
      make_draft(probe_of("Starting\nKernel panic - not syncing: x\n", StopReason::panic_line, {}));
  EXPECT_NE(panic.yaml.find("- ending: panic"), std::string::npos);
  Probe reset = probe_of("Starting\n", StopReason::none, 0);
  reset.boot.trace.shutdown_reason = "guest-reset";
  EXPECT_NE(make_draft(reset).yaml.find("- ending: reset"), std::string::npos);
  const Draft skip = make_draft(probe_of("SKIP: a\nSUMMARY: 1 tests\n", StopReason::none, 77));
  EXPECT_NE(skip.yaml.find("- ending: skip"), std::string::npos);
}

TEST(Draft, ResultsThatItPrintsAreRead) {
  const Draft draft =
      make_draft(probe_of("TAP version 14\n1..2\nok 1 a\nnot ok 2 b\n", StopReason::none, 33));
  EXPECT_NE(draft.yaml.find("\nformats: tap\n"), std::string::npos);
  // The image works as it does; that it fails a test is its own verdict, and is said.
  EXPECT_NE(draft.yaml.find("- ending: fail"), std::string::npos);
}

TEST(Draft, OfSilenceNoScenarioIsMade) {
  Probe silent = probe_of("", StopReason::idle_limit, {});
  silent.boot.trace.screen.assign(kScreenBytes, 0);
  silent.boot.trace.screen[0] = 'H';
  silent.boot.trace.screen[2] = 'i';
  for (const Probe& probe : {silent, probe_of("\1\2 12 34\n", StopReason::idle_limit, {})}) {
    try {
      make_draft(probe);
      ADD_FAILURE() << "a scenario was made";
    } catch (const Error& error) {
      EXPECT_EQ(error.status, ExitStatus::failed);
      EXPECT_NE(std::string(error.what()).find("no scenario was written"), std::string::npos);
      EXPECT_NE(error.hint.find("--wall"), std::string::npos);
      const bool screen = std::string(error.what()).find("| Hi") != std::string::npos;
      EXPECT_EQ(screen, probe.boot.trace.serial.empty());
    }
  }
}

TEST(Phrases, AreWhatIsLikelyToComeAgain) {
  EXPECT_EQ(first_phrase("[    0.123] Linux version 6.1\n")->text, "Linux version");
  EXPECT_EQ(first_phrase("\x1B[1;31mMemtest86+ v6\x1B[0m")->text, "Memtest");
  EXPECT_EQ(first_phrase("(XEN) Xen version 4\n")->text, "(XEN) Xen version");
  EXPECT_EQ(first_phrase("0x1234 ok\nab\n"), std::nullopt);
  EXPECT_EQ(first_phrase(std::string(100, 'x'))->text.size(), 60u);
  EXPECT_EQ(last_phrase("first end\nmid\nend\n", 0)->text, "mid");
  EXPECT_EQ(last_phrase("abc", 3), std::nullopt);
}

TEST(YamlText, ReadsBackAsItWas) {
  const std::string odd = "a \"b\" \\c\x01: #{}";
  const Scenario scenario =
      parse_scenario("name: x\nabout: " + quoted_yaml(odd) + "\nimage: {disk: a.img}\n", "test");
  EXPECT_EQ(scenario.about, odd);
  EXPECT_EQ(scenario_name("my kernel (1).elf"), "my-kernel-1-.elf");
  EXPECT_EQ(scenario_name("..--"), "image");
  EXPECT_EQ(scenario_name("\xC3\xBC"), "image");
}

}  // namespace
}  // namespace harness::onboarding
