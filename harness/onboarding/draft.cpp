#include "onboarding/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "check/judge.h"
#include "check/watch.h"
#include "formats/formats.h"
#include "machine/conversation.h"
#include "model/param.h"
#include "model/verdict.h"
#include "onboarding/phrases.h"
#include "onboarding/yaml_text.h"
#include "record/classify.h"
#include "scenario/load.h"
#include "scenario/values.h"
#include "screen/screen.h"
#include "stream/collector.h"

namespace harness::onboarding {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// How the probe came to its end, as far as a scenario must know it.
enum class End { by_itself, crashed, reset, never };

End end_of(const BootRecord& boot) {
  const Trace& trace = boot.trace;
  if (boot.events.crash || !boot.events.panics.empty()) return End::crashed;
  if (trace.shutdown_reason == "guest-reset") return End::reset;
  return trace.stop == StopReason::none ? End::by_itself : End::never;
}

double in_seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

/// Until its last byte where it never ends: the silence after it is ours.
nanoseconds time_needed(const BootRecord& boot) {
  const bool never = end_of(boot) == End::never;
  return never && !boot.trace.marks.empty() ? boot.trace.marks.back().at : boot.trace.wall;
}

/// The longest silence while it had something to say.
nanoseconds longest_silence(const BootRecord& boot) {
  nanoseconds last{0}, longest{0};
  for (const SerialMark& mark : boot.trace.marks) {
    longest = std::max(longest, mark.at - last);
    last = mark.at;
  }
  if (end_of(boot) != End::never) longest = std::max(longest, boot.trace.wall - last);
  return longest;
}

/// Five times what was seen, in whole seconds: another host is slower, and this one was idle.
std::uint64_t with_margin(nanoseconds seen, std::uint64_t least) {
  constexpr double kMargin = 5, kMaxCount = 3600;
  const double wanted = std::min(std::ceil(kMargin * in_seconds(seen)), kMaxCount);
  return std::max(least, static_cast<std::uint64_t>(wanted));
}

/// The format whose results are all there, or nullptr.
const Format* format_of(const BootRecord& boot) {
  for (const Format& format : formats()) {
    OutputRules rules;
    rules.formats = {std::string(format.name)};
    const Events events = collect_events(boot.trace.serial, {}, rules);
    const FormatSummary& summary = events.formats.front();
    if (summary.found && summary.results > 0 && summary.fault.empty()) return &format;
  }
  return nullptr;
}

/// "status 33 (the value 16 at the debug-exit port)".
std::string status_text(const Probe& probe, int status) {
  const bool pc = architecture(probe.scenario.machine.arch).pc;
  if (probe.boot.trace.shutdown_reason == "guest-shutdown") {
    return fmt::format("status {}: it powered the machine off", status);
  }
  if (pc && status % 2 == 1) {
    return fmt::format("status {}: the value {} at the debug-exit port", status, status / 2);
  }
  return fmt::format("status {}", status);
}

/// Writes the scenario, part by part.
class Writer {
 public:
  explicit Writer(const Probe& probe)
      : probe_(probe),
        boot_(probe.boot),
        end_(end_of(probe.boot)),
        ours_(probe.boot.events.begin.has_value()),
        first_(first_phrase(probe.boot.trace.serial)) {
    if (!ours_) format_ = format_of(boot_);
  }

  /// `ending` is the verdict that the probe gets by all the rest.
  [[nodiscard]] std::string yaml(VerdictKind ending) const {
    return head() + image() + machine() + limits() + exits() + format() + steps() + checks(ending);
  }

  [[nodiscard]] bool can_be_written() const { return first_ || (ours_ && end_ != End::never); }

  [[nodiscard]] std::vector<std::string> found(VerdictKind ending) const {
    std::vector<std::string> lines = {
        fmt::format("{}, booted on qemu-system-{}", probe_.kind.what, probe_.scenario.machine.arch),
        fmt::format("it {} after {:.1f} s; {} bytes came", how_it_ended(),
                    in_seconds(time_needed(boot_)), grouped(boot_.trace.serial.size()))};
    if (first_) lines.push_back("its first words: " + first_->text);
    if (ours_) lines.emplace_back("it speaks the protocol of uniharness");
    if (format_) lines.push_back(fmt::format("it prints results as {}", format_->name));
    if (ending != VerdictKind::pass) {
      lines.push_back(fmt::format("the scenario expects this end: {}", verdict_name(ending)));
    }
    return lines;
  }

 private:
  [[nodiscard]] std::string how_it_ended() const {
    switch (end_) {
      case End::crashed:
        return "crashed";
      case End::reset:
        return "reset the machine";
      case End::never:
        return "did not end; its last byte came";
      case End::by_itself:
        break;
    }
    return "ended by itself (" + status_text(probe_, boot_.trace.exit_status.value_or(0)) + ")";
  }

  [[nodiscard]] std::string head() const {
    const Scenario& scenario = probe_.scenario;
    return fmt::format(
        R"(# Written by `uniharness init` after one probe boot. It is yours: change it.
#   uniharness run THIS_FILE     boots it, checks it, writes reports/{0}/
#   uniharness boot THIS_FILE    the same machine at your terminal
# All keys: scenarios/REFERENCE.md. All checks: `uniharness checks`.
name: {0}
about: {1}
)",
        scenario.name, quoted_yaml(probe_.kind.what));
  }

  [[nodiscard]] std::string image() const {
    const ImageSpec& spec = probe_.scenario.image;
    std::string file = spec.disk + spec.kernel + spec.cdrom + spec.firmware;
    if (!spec.flash.empty()) file = spec.flash.front();
    std::string text = fmt::format("\nimage:\n  {}: {}\n", probe_.kind.key, quoted_yaml(file));
    if (!spec.append.empty()) text += fmt::format("  append: {}\n", quoted_yaml(spec.append));
    if (probe_.kind.key == "kernel") {
      text += "  # initrd: root.cpio         # or modules of a multiboot kernel: [first, second]\n";
    }
    return text + "  # build: make              # a command that makes it, run before each boot\n";
  }

  [[nodiscard]] std::string machine() const {
    const MachineSpec& spec = probe_.scenario.machine;
    return fmt::format(R"(
machine:
  arch: {}
  model: {}
  memory: {}
)",
                       spec.arch, quoted_yaml(spec.model), written(ParamType::count, spec.memory));
  }

  [[nodiscard]] std::string limits() const {
    std::string text =
        fmt::format(R"(
# Real time. Where a run is deterministic, `clock: counted` with `boots: 2` counts instructions
# instead, exactly, and proves it by an identical second boot.
clock: host
boots: 1

# The probe took {:.2f} s, its longest silence {:.2f} s; these are five times as long, or more.
limits:
  wall: {}s
  idle: {}s
)",
                    in_seconds(time_needed(boot_)), in_seconds(longest_silence(boot_)),
                    with_margin(time_needed(boot_), 10), with_margin(longest_silence(boot_), 3));
    constexpr std::uint64_t kEnough = 1 << 20;  // of the default limit of 4 MiB
    const std::uint64_t bytes = boot_.trace.serial.size();
    if (bytes > kEnough && end_ != End::never) {
      text += fmt::format("  serial: {}M\n", 4 * (bytes / kEnough + 1));
    }
    return text;
  }

  [[nodiscard]] std::string exits() const {
    if (ours_ || end_ != End::by_itself) return "";
    const int status = boot_.trace.exit_status.value_or(0);
    return fmt::format(R"(
# What the exit statuses of QEMU mean. The probe ended with {}.
# If that means a failure, move it to `fail`; there are `skip` and `panic`, too.
exit:
  pass: {}
)",
                       status_text(probe_, status), status);
  }

  [[nodiscard]] std::string format() const {
    if (!format_) return "";
    return fmt::format(
        "\n# Its results are read as tests: - test: NAME can ask for one.\nformats: {}\n",
        format_->name);
  }

  [[nodiscard]] std::string steps() const {
    if (end_ != End::never || !first_) return "";
    const std::uint64_t within = with_margin(time_needed(boot_), 10);
    std::string text = R"(
# The guest never ended in the probe: the boot is over when it has said this, and that is a good
# end. `send` types: - send: "help\n". Where it can power off, do that instead of `stop`.
steps:
)";
    const auto step = [&](const Phrase& phrase) {
      text += fmt::format("  - {{wait: {}, within: {}s}}\n", quoted_yaml(phrase.text), within);
    };
    step(*first_);
    // One that still talks when the limit comes has no last word.
    if (boot_.trace.stop == StopReason::idle_limit) {
      if (const auto last = last_phrase(boot_.trace.serial, first_->end)) step(*last);
    }
    return text + "  - stop: true\n";
  }

  [[nodiscard]] std::string checks(VerdictKind ending) const {
    std::string text = fmt::format("\nchecks:\n  - ending: {}\n", verdict_name(ending));
    if (ending != VerdictKind::pass) {
      text.insert(1, fmt::format("# The probe ended as `{}`. When that is mended, write pass.\n",
                                 verdict_name(ending)));
    }
    if (ours_ && ending == VerdictKind::pass) text += "  - complete: true\n";
    if (first_ && end_ != End::never) {
      text += fmt::format("  - text: {}\n", quoted_yaml(first_->text));
    }
    return text + R"(  # What else must be true? For example:
  # - forbid: {pattern: "(?i)error"}
  # - order: [first text, second text]
)";
  }

  const Probe& probe_;
  const BootRecord& boot_;
  End end_;
  bool ours_;
  std::optional<Phrase> first_;
  const Format* format_ = nullptr;
};

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
  throw Error(
      fmt::format("{} on the serial port, so no scenario was written: {}{}", what,
                  probe.boot.ending.reason, screen_text(trace)),
      probe.kind.key == "kernel"
          ? "make it speak on its first serial port (many kernels want --append console=ttyS0), or "
            "give it longer: --wall 120s"
          : "make it speak on its first serial port, or give it longer: --wall 120s",
      ExitStatus::failed);
}

}  // namespace

Scenario scenario_to_probe(const ImageKind& kind, const std::string& name,
                           const std::string& file) {
  constexpr std::uint64_t kMemory = 128 << 20;
  Scenario scenario;
  scenario.name = name;
  const Architecture& arch = architecture(kind.arch);
  scenario.machine.arch = arch.name;
  scenario.machine.model = kind.key == "flash" && arch.pc ? "q35" : std::string(arch.model);
  scenario.machine.cpu = arch.cpu;
  scenario.machine.memory = kind.memory != 0 ? kind.memory : kMemory;
  scenario.machine.vga = arch.pc;
  scenario.clock = ClockKind::host;
  scenario.boots = 1;
  ImageSpec& image = scenario.image;
  image.append = kind.append;
  if (kind.key == "disk") image.disk = file;
  if (kind.key == "kernel") image.kernel = file;
  if (kind.key == "cdrom") image.cdrom = file;
  if (kind.key == "firmware") image.firmware = file;
  if (kind.key == "flash") image.flash = {file};
  return scenario;
}

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

Draft make_draft(const Probe& probe) {
  const Trace& trace = probe.boot.trace;
  if (!trace.started) {
    throw Error(probe.boot.ending.reason,
                "if the file is something else than a " + probe.kind.what +
                    ", say what: --as disk (or kernel, cdrom, firmware, flash)");
  }
  const Writer writer(probe);
  if (trace.serial.empty() || !writer.can_be_written()) nothing_to_wait_for(probe);

  const Rehearsal first = rehearse(writer.yaml(VerdictKind::pass), probe);
  if (first.ending == VerdictKind::harness_error) throw Error(first.verdict.reason);
  Draft draft{writer.yaml(first.ending), writer.found(first.ending)};
  const Verdict again = rehearse(draft.yaml, probe).verdict;
  if (again.kind != VerdictKind::pass) {
    throw Error(fmt::format("the scenario would not pass on its own probe: {}, {}",
                            verdict_name(again.kind), again.reason),
                "", ExitStatus::failed);
  }
  return draft;
}

}  // namespace harness::onboarding
