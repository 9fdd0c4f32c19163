#include "onboarding/draft.h"

#include <fmt/format.h>

#include "base/text.h"
#include "check/judge.h"
#include "check/watch.h"
#include "machine/conversation.h"
#include "model/verdict.h"
#include "onboarding/hints.h"
#include "onboarding/scenario_text.h"
#include "record/classify.h"
#include "scenario/load.h"
#include "screen/screen.h"
#include "stream/collector.h"

namespace harness::onboarding {
namespace {

/// What stands on the screen of a guest that did not speak.
std::string screen_text(const Trace& trace) {
  std::string text;
  if (trace.screen.size() != kScreenBytes) return text;
  for (std::size_t row = 0; row < kScreenRows; ++row) {
    const std::string line = screen_row(trace.screen, row);
    if (!line.empty()) text += "\n  | " + line;
  }
  return text.empty() ? text : "\nthe screen shows:" + text;
}

[[noreturn]] void nothing_to_wait_for(const Probe& probe) {
  const Trace& trace = probe.boot.trace;
  const std::string what = trace.serial.empty() ? "not a byte came" : "no words came";
  std::string advice = "make it speak on its first serial port";
  if (probe.image.kind == ImageKind::kernel) {
    advice += fmt::format(" (many kernels want {})",
                          architecture(probe.image.arch).pc ? hint::kConsole : hint::kArmConsole);
  }
  throw Error(fmt::format("{} on the serial port, so no scenario was written: {}{}", what,
                          probe.boot.ending.reason, screen_text(trace)),
              fmt::format("{}, give it more memory ({}) or another processor ({}), or wait longer: "
                          "{}",
                          advice, hint::kMoreMemory, hint::kOtherProcessor, hint::kLonger),
              ExitStatus::failed);
}

/// What QEMU would rather be told. The kinds that are not the image's own.
std::string other_kinds(const IdentifiedImage& image) {
  std::string text;
  for (const ImageKey& one : image_keys()) {
    if (one.kind == image.kind) continue;
    text += (text.empty() ? "--as " : ", --as ") + std::string(one.key);
  }
  return text;
}

bool is_good(VerdictKind ending) {
  return ending == VerdictKind::pass || ending == VerdictKind::skip;
}

/// What the scenario shall ask for. A failure is expected only where that was asked for.
Demand demand_for(const ScenarioText& text, const Rehearsal& seen, bool expect_failure) {
  const bool as_seen = is_good(seen.ending) || expect_failure;
  return {.ending = as_seen ? seen.ending : VerdictKind::pass,
          .seen = seen.ending,
          .reason = seen.verdict.reason,
          .forbid_troubles = !expect_failure && text.died_by_its_words()};
}

std::vector<std::string> warnings_of(const ScenarioText& text, const Demand& demand) {
  std::vector<std::string> lines;
  if (demand.ending != demand.seen) {
    lines.push_back(fmt::format("the guest failed in the probe boot ({}): {}",
                                verdict_name(demand.seen), demand.reason));
  }
  for (const Trouble& one : text.troubles()) {
    lines.push_back(fmt::format("it {}: {}",
                                one.kind == TroubleKind::fatal ? "told of its death"
                                : one.kind == TroubleKind::last_words
                                    ? "ended soon after an error"
                                    : "told of an error and went on",
                                one.line));
  }
  if (text.may_hang()) {
    lines.emplace_back(
        "it fell silent without a prompt, and the scenario takes that for a good end: look whether "
        "it hung");
  }
  if (demand.is_red()) {
    lines.push_back(
        fmt::format("the scenario FAILS until that is mended; a guest that is meant to end so: {}",
                    hint::kExpectFailure));
  } else if (demand.expects_failure()) {
    lines.push_back(fmt::format("the scenario EXPECTS A BAD END and passes with it: {}",
                                verdict_name(demand.ending)));
  }
  return lines;
}

/// Whether the scenario ends the same with the numbers that the probe said as without them.
bool reads_numbers(const ScenarioText& text, Demand demand, const Probe& probe) {
  const VerdictKind without = rehearse(text.yaml(demand), probe).verdict.kind;
  demand.numbers = true;
  return rehearse(text.yaml(demand), probe).verdict.kind == without;
}

}  // namespace

Rehearsal rehearse(std::string_view yaml, const Probe& probe) {
  const Scenario scenario = parse_scenario(yaml, "the scenario that init wrote");
  RunRecord record;
  record.output_rules = output_rules_of(scenario);
  record.fingerprint.clock = scenario.clock;
  BootRecord boot = probe.boot;
  if (!scenario.steps.empty()) {
    Conversation conversation(scenario.steps);
    conversation.start({});
    conversation.see(boot.trace.serial, {});
    boot.trace.steps_done = conversation.done();
    if (conversation.satisfied()) boot.trace.stop = StopReason::satisfied;
  }
  boot.events = collect_events(boot.trace.serial, boot.trace.marks, record.output_rules);
  boot.ending = classify(boot.trace, boot.events, record.output_rules);
  record.boots.push_back(std::move(boot));
  judge(record, scenario.checks);
  return {record.boots.front().ending.kind, record.verdict};
}

Draft make_draft(const Probe& probe, bool expect_failure) {
  const Trace& trace = probe.boot.trace;
  if (!trace.started) {
    throw Error(probe.boot.ending.reason,
                fmt::format("if the file is something else than {} {}, say what: {}",
                            probe.image.what.find_first_of("AEIO") == 0 ? "an" : "a",
                            probe.image.what, other_kinds(probe.image)));
  }
  const ScenarioText text(probe);
  if (trace.serial.empty() || !text.can_be_written()) nothing_to_wait_for(probe);

  const Rehearsal first = rehearse(text.yaml({}), probe);
  if (first.ending == VerdictKind::harness_error) throw Error(first.verdict.reason);
  Demand demand = demand_for(text, first, expect_failure);
  demand.numbers = text.has_exact_numbers() && reads_numbers(text, demand, probe);
  Draft draft{.yaml = text.yaml(demand),
              .found = text.found(),
              .warnings = warnings_of(text, demand),
              .passes = !demand.is_red()};
  if (first.ending == VerdictKind::skip) {
    draft.found.emplace_back("the scenario expects this end: skip");
  }
  const Verdict again = rehearse(draft.yaml, probe).verdict;
  if ((again.kind == VerdictKind::pass) != draft.passes) {
    throw Error(
        fmt::format("the scenario would {} on its own probe: {}, {}",
                    draft.passes ? "not pass" : "pass", verdict_name(again.kind), again.reason),
        "", ExitStatus::failed);
  }
  return draft;
}

}  // namespace harness::onboarding
