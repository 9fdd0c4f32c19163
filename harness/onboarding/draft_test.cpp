#include "onboarding/draft.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "onboarding/phrases.h"
#include "onboarding/yaml_text.h"
#include "scenario/load.h"
#include "stream/collector.h"
#include "stream/log_testing.h"

namespace harness::onboarding {
namespace {

using std::chrono::milliseconds;

Probe probe_of(std::string serial, StopReason stop, std::optional<int> status) {
  Probe probe;
  probe.image = {
      .kind = ImageKind::disk, .arch = "x86_64", .what = "disk image with a boot sector"};
  probe.scenario = scenario_to_probe(probe.image, "guest", "guest.img");
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
  EXPECT_NE(draft.yaml.find("- order: [\"Hello\", \"bye\"]"), std::string::npos) << draft.yaml;
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

Probe reset_probe() {
  Probe reset = probe_of("Starting\n", StopReason::none, 0);
  reset.boot.trace.shutdown_reason = "guest-reset";
  return reset;
}

bool has(const std::vector<std::string>& lines, std::string_view text) {
  return std::ranges::any_of(lines, [&](const std::string& l) { return contains(l, text); });
}

TEST(Draft, ForAGuestThatFailedTheScenarioFails) {
  for (const auto& [probe, ending] :
       {std::pair{probe_of("Starting\nKernel panic - not syncing: x\n", StopReason::panic_line, {}),
                  "panic"},
        {reset_probe(), "reset"},
        {probe_of("TAP version 14\n1..2\nok 1 a\nnot ok 2 b\n", StopReason::none, 33), "fail"}}) {
    const Draft draft = make_draft(probe);
    EXPECT_FALSE(draft.passes) << ending;
    EXPECT_NE(rehearse(draft.yaml, probe).verdict.kind, VerdictKind::pass) << draft.yaml;
    EXPECT_TRUE(draft.yaml.starts_with("# WARNING: ")) << draft.yaml;
    EXPECT_NE(draft.yaml.find(std::string("the probe ended as `") + ending), std::string::npos);
    EXPECT_NE(draft.yaml.find("\n  - ending: pass\n"), std::string::npos);
    EXPECT_TRUE(has(draft.warnings, ending));
    EXPECT_TRUE(has(draft.warnings, "FAILS until"));
  }
}

TEST(Draft, ABadEndIsExpectedOnlyWhereThatIsAskedForAndLoudly) {
  for (const auto& [probe, ending] :
       {std::pair{probe_of("Starting\nKernel panic - not syncing: x\n", StopReason::panic_line, {}),
                  "panic"},
        {reset_probe(), "reset"}}) {
    const Draft draft = make_draft(probe, true);
    EXPECT_TRUE(draft.passes);
    EXPECT_EQ(rehearse(draft.yaml, probe).verdict.kind, VerdictKind::pass) << draft.yaml;
    EXPECT_TRUE(draft.yaml.starts_with("# WARNING: this scenario EXPECTS A BAD END")) << draft.yaml;
    EXPECT_NE(draft.yaml.find(std::string("\n  - ending: ") + ending), std::string::npos);
    EXPECT_TRUE(has(draft.warnings, "EXPECTS A BAD END"));
  }
}

TEST(Draft, ASkipIsExpectedAndSaid) {
  const Draft skip =
      make_draft(probe_of("SKIP: a\nSUMMARY: 1 tests, 1 skipped\n", StopReason::none, 77));
  EXPECT_TRUE(skip.passes);
  EXPECT_NE(skip.yaml.find("- ending: skip"), std::string::npos);
  EXPECT_TRUE(has(skip.found, "skip"));
}

TEST(Draft, AGuestThatDiesInWordsOfItsOwnGetsNoScenarioThatPasses) {
  for (const char* serial : {
           "hobby kernel\ncpu0: starting\ncore 0: PANIC: out of pages\n 80103a2e 80103d44 0\n",
           "Booting toy\nprobing disk\nUnhandled exception 14 at 0010:00001234\n",
           "unik v1\nmounting root\nERR:  [libvfs] mount failed: -19\nHalting\n",
           "\x1B[1;32mtoy\x1B[0m\nstep one\n\x1B[31m[FAIL]\x1B[0m filesystem\n",
       }) {
    for (const StopReason stop : {StopReason::none, StopReason::idle_limit}) {
      const bool ended = stop == StopReason::none;
      const Probe probe = probe_of(serial, stop, ended ? std::optional<int>(0) : std::nullopt);
      const Draft draft = make_draft(probe);
      EXPECT_FALSE(draft.passes) << draft.yaml;
      EXPECT_NE(rehearse(draft.yaml, probe).verdict.kind, VerdictKind::pass) << draft.yaml;
      EXPECT_NE(draft.yaml.find("# WARNING: the probe printed: "), std::string::npos);
      EXPECT_TRUE(has(draft.warnings, "FAILS until"));
      // What is mended passes.
      Probe mended = probe;
      mended.boot.trace.serial = "hobby kernel\nBooting toy\nunik v1\ntoy\nall is well\n";
      const Verdict good = rehearse(draft.yaml, mended).verdict;
      EXPECT_EQ(good.reason.find("forbid"), std::string::npos);
    }
  }
}

TEST(Draft, AnErrorThatTheGuestLivedThroughIsAWarning) {
  std::string serial = "kernel\nACPI ERROR: no table\n";
  for (int i = 0; i < 12; ++i) serial += "line of a boot that goes on\n";
  const Draft draft = make_draft(probe_of(serial + "power down\n", StopReason::none, 0));
  EXPECT_TRUE(draft.passes);
  EXPECT_NE(draft.yaml.find("  # - forbid: \"ERROR:\"\n"), std::string::npos) << draft.yaml;
  EXPECT_TRUE(has(draft.warnings, "went on: ACPI ERROR"));
}

TEST(Draft, LastWordsArePinnedToo) {
  const Probe probe = probe_of("first words\nmiddle\nlast words\n", StopReason::none, 0);
  const Draft draft = make_draft(probe);
  EXPECT_NE(draft.yaml.find("- order: [\"first words\", \"last words\"]"), std::string::npos)
      << draft.yaml;
  const Probe died = probe_of("first words\n", StopReason::none, 0);
  EXPECT_NE(rehearse(draft.yaml, died).verdict.kind, VerdictKind::pass);
}

TEST(Draft, OfOneThatSpeaksOurProtocolWordsForPeopleArePinned) {
  const std::string session = sample_session().close("pass");
  const Draft quiet = make_draft(probe_of(session, StopReason::none, 33));
  EXPECT_NE(quiet.yaml.find("- complete: true"), std::string::npos) << quiet.yaml;
  EXPECT_EQ(quiet.yaml.find("BEGIN]"), std::string::npos) << quiet.yaml;
  const Draft words = make_draft(probe_of("Loading stage\n" + session, StopReason::none, 33));
  EXPECT_NE(words.yaml.find("- text: \"Loading stage\""), std::string::npos) << words.yaml;
}

TEST(Draft, ASilenceWithoutAPromptIsSaid) {
  EXPECT_TRUE(has(make_draft(probe_of("booting\nloading\n", StopReason::idle_limit, {})).warnings,
                  "without a prompt"));
  EXPECT_TRUE(
      make_draft(probe_of("booting\nbox login: ", StopReason::idle_limit, {})).warnings.empty());
}

TEST(Draft, TheMachineThatWasAskedForIsWritten) {
  Probe probe = probe_of("hello\nbye\n", StopReason::none, 0);
  probe.image = {.kind = ImageKind::kernel, .arch = "x86_64", .what = "ELF kernel"};
  probe.scenario = scenario_to_probe(probe.image, "k", "k.elf",
                                     {.memory = 1 << 30,
                                      .cpu = "max,+vmx",
                                      .smp = 4,
                                      .initrd = {"mods/a b", "c x=1"},
                                      .disks = {"fs, big.img", "swap.img"}});
  const Scenario scenario = parse_scenario(make_draft(probe).yaml, "draft");
  EXPECT_EQ(scenario.machine.memory, 1u << 30);
  EXPECT_EQ(scenario.machine.cpu, "max,+vmx");
  EXPECT_EQ(scenario.machine.smp, 4u);
  EXPECT_EQ(scenario.image.kernel, "k.elf");
  EXPECT_EQ(scenario.image.initrd, (std::vector<std::string>{"mods/a b", "c x=1"}));
  EXPECT_EQ(scenario.image.disk, "fs, big.img");
  EXPECT_EQ(scenario.image.further_disks, std::vector<std::string>{"swap.img"});
}

TEST(Draft, ADiskThatIsBootedIsTheFirst) {
  const IdentifiedImage image{.kind = ImageKind::disk, .arch = "x86_64", .what = "disk"};
  Wishes wishes;
  wishes.disks = {"fs.img"};
  const Scenario scenario = scenario_to_probe(image, "d", "boot.img", wishes);
  EXPECT_EQ(scenario.image.disk, "boot.img");
  EXPECT_EQ(scenario.image.further_disks, wishes.disks);
}

TEST(Probe, MoreMemoryMayHelpOneThatDiesOrIsSilent) {
  const auto reason = [](const Probe& probe) { return reason_for_more_memory(probe.boot); };
  EXPECT_EQ(reason(probe_of("", StopReason::idle_limit, {})), "it said nothing");
  EXPECT_EQ(reason(probe_of("a\ncpu: panic: kalloc\n", StopReason::idle_limit, {})),
            "it said \"cpu: panic: kalloc\"");
  EXPECT_EQ(reason(reset_probe()), "it reset the machine");
  EXPECT_EQ(reason(probe_of("hello\nbye\n", StopReason::none, 0)), "");
  EXPECT_EQ(more_memory(128 << 20), 512u << 20);
  EXPECT_EQ(more_memory(256 << 20), 1u << 30);
}

TEST(Draft, ResultsThatItPrintsAreRead) {
  const Probe probe =
      probe_of("TAP version 14\n1..2\nok 1 a\nok 2 ERR: is handled\n", StopReason::none, 33);
  const Draft draft = make_draft(probe);
  EXPECT_NE(draft.yaml.find("\nformats: tap\n"), std::string::npos);
  EXPECT_TRUE(draft.passes) << "results say more than words";
}

TEST(Draft, AKernelThatRebootsBehindItsResultsIsToldHowToSaySo) {
  constexpr char kProposal[] = "\n# exit: {reboot: pass}\n";
  Probe probe = probe_of("KTAP version 1\n1..1\nok 1 a\n", StopReason::none, 0);
  probe.boot.trace.shutdown_reason = "guest-reset";
  const Draft whole = make_draft(probe);
  EXPECT_NE(whole.yaml.find("\nformats: ktap\n"), std::string::npos) << "KTAP is read as that";
  EXPECT_NE(whole.yaml.find(kProposal), std::string::npos);
  EXPECT_FALSE(whole.passes) << "nobody has said so yet";
  probe.boot.trace.serial = "KTAP version 1\n1..2\nok 1 a\n";
  EXPECT_EQ(make_draft(probe).yaml.find(kProposal), std::string::npos) << "it may have died";
}

TEST(Draft, NumbersAreMeasuredWhereTheyAreExactAndElseProposed) {
  constexpr char kSaid[] = "Hello\nswitch: 1234 cycles\ncopy = 1.5 MB/s\nbye\n";
  Probe probe = probe_of(kSaid, StopReason::none, 33);
  const Draft by_host = make_draft(probe);
  EXPECT_TRUE(parse_scenario(by_host.yaml, "draft").metrics.empty());
  EXPECT_NE(by_host.yaml.find("\n# metrics:\n#   - {pattern: \"^\\\\s*switch"), std::string::npos)
      << by_host.yaml;
  EXPECT_TRUE(has(by_host.found, "2 lines with a number, the first: switch: 1234 cycles"));

  probe.scenario.clock = ClockKind::counted;
  const Draft counted = make_draft(probe);
  const Scenario scenario = parse_scenario(counted.yaml, "draft");
  EXPECT_EQ(scenario.clock, ClockKind::counted);
  EXPECT_EQ(scenario.boots, 2u);
  ASSERT_EQ(scenario.metrics.size(), 2u) << counted.yaml;
  EXPECT_EQ(scenario.metrics[1].unit, "KB/s");
  EXPECT_TRUE(counted.passes);
  Probe silent = probe_of("Hello\nbye\n", StopReason::none, 33);
  EXPECT_NE(rehearse(counted.yaml, silent).verdict.kind, VerdictKind::pass) << "no number came";
}

TEST(Draft, ANumberThatCannotBeReadIsOnlyProposed) {
  Probe probe = probe_of("Hello\nsize: 99999999999999999999 bytes\nbye\n", StopReason::none, 33);
  probe.scenario.clock = ClockKind::counted;
  const Draft draft = make_draft(probe);
  EXPECT_TRUE(draft.passes);
  EXPECT_TRUE(parse_scenario(draft.yaml, "draft").metrics.empty()) << draft.yaml;
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
