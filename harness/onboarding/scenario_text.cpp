#include "onboarding/scenario_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/text.h"
#include "model/verdict.h"
#include "onboarding/prompt.h"
#include "onboarding/yaml_text.h"
#include "scenario/values.h"
#include "stream/recognise.h"

namespace harness::onboarding {
namespace {

using std::chrono::nanoseconds;

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

/// What the guest said besides lines of our protocol, which are checked as a whole.
std::string said_for_people(const BootRecord& boot) {
  std::string text;
  for (const Line& line : boot.events.lines) {
    if (!line.protocol) text += boot.trace.serial.substr(line.begin, line.end - line.begin) + "\n";
  }
  return text;
}

/// One file as it is, several as a list.
std::string yaml_files(const std::vector<std::string>& files) {
  if (files.size() == 1) return quoted_yaml(files.front());
  std::string list;
  for (const std::string& file : files) list += (list.empty() ? "" : ", ") + quoted_yaml(file);
  return "[" + list + "]";
}

}  // namespace

ScenarioText::ScenarioText(const Probe& probe)
    : probe_(probe),
      boot_(probe.boot),
      end_(end_of(probe.boot)),
      ours_(probe.boot.events.begin.has_value()),
      first_(first_phrase(ours_ ? said_for_people(probe.boot) : probe.boot.trace.serial)) {
  if (ours_) return;
  format_ = recognise_format(boot_.trace.serial);
  troubles_ = troubles_in(boot_.trace.serial);
  numbers_ = number_lines(boot_.trace.serial);
}

std::string ScenarioText::yaml(const Demand& demand) const {
  return head(demand) + image() + machine() + limits() + exits() + format() + metrics(demand) +
         steps() + checks(demand);
}

bool ScenarioText::may_hang() const {
  return !ours_ && !format_ && end_ == End::never && boot_.trace.stop == StopReason::idle_limit &&
         !ends_in_prompt(boot_.trace.serial);
}

std::vector<std::string> ScenarioText::found() const {
  std::vector<std::string> lines = {
      fmt::format("{}, booted on qemu-system-{} with {}", probe_.image.what,
                  probe_.scenario.machine.arch,
                  written(ParamType::count, probe_.scenario.machine.memory)),
      fmt::format("it {} after {:.1f} s; {} bytes came", how_it_ended(),
                  in_seconds(time_needed(boot_)), grouped(boot_.trace.serial.size()))};
  if (first_) lines.push_back("its first words: " + first_->text);
  if (ours_) lines.emplace_back("it speaks the protocol of uniharness");
  if (format_) lines.push_back(fmt::format("it prints results as {}", format_->name));
  if (!numbers_.empty()) {
    lines.push_back(fmt::format("under `metrics:` stand {} with a number, the first: {}",
                                count_of(numbers_.size(), "line"), numbers_.front().line));
  }
  return lines;
}

std::string ScenarioText::how_it_ended() const {
  switch (end_) {
    case End::crashed:
      return "crashed";
    case End::reset:
      return "reset the machine";
    case End::never:
      return ends_in_prompt(boot_.trace.serial) ? "did not end and waits at a prompt; that came"
                                                : "did not end; its last byte came";
    case End::by_itself:
      break;
  }
  return "ended by itself (" + status_text(probe_, boot_.trace.exit_status.value_or(0)) + ")";
}

std::string ScenarioText::head(const Demand& demand) const {
  const Scenario& scenario = probe_.scenario;
  std::string text;
  if (demand.is_red()) {
    text +=
        R"(# WARNING: the guest failed in the probe boot, so this scenario FAILS as it stands: it asks for
# what the guest did not do. Mend the guest or its machine (memory, cpu, disk, append) and run it.
)";
  } else if (demand.expects_failure()) {
    text += fmt::format(
        "# WARNING: this scenario EXPECTS A BAD END, {0}: it passes while the guest"
        " ends so, and\n# fails when that is mended. See `ending: {0}` below.\n",
        verdict_name(demand.ending));
  }
  return text + fmt::format(
                    R"(# Written by `uniharness init` after one probe boot. It is yours: change it.
#   uniharness run THIS_FILE     boots it, checks it, writes reports/{0}/
#   uniharness boot THIS_FILE    the same machine at your terminal
# All keys: scenarios/REFERENCE.md. All checks: `uniharness checks`.
name: {0}
about: {1}
)",
                    scenario.name, quoted_yaml(probe_.image.what));
}

std::string ScenarioText::image() const {
  const ImageSpec& spec = probe_.scenario.image;
  std::string text = "\nimage:\n";
  const auto add = [&](std::string_view key, const std::vector<std::string>& files) {
    if (!files.empty() && !files.front().empty()) {
      text += fmt::format("  {}: {}\n", key, yaml_files(files));
    }
  };
  std::vector<std::string> disks = spec.further_disks;
  disks.insert(disks.begin(), spec.disk);
  add("kernel", {spec.kernel});
  add("initrd", spec.initrd);
  add("cdrom", {spec.cdrom});
  add("firmware", {spec.firmware});
  add("flash", spec.flash);
  add("disk", disks);
  if (!spec.append.empty()) text += fmt::format("  append: {}\n", quoted_yaml(spec.append));
  if (probe_.image.kind == ImageKind::kernel && spec.initrd.empty()) {
    text += "  # initrd: root.cpio         # or modules of a multiboot kernel: [first, second]\n";
  }
  return text + "  # build: make              # a command that makes it, run before each boot\n";
}

std::string ScenarioText::machine() const {
  const MachineSpec& spec = probe_.scenario.machine;
  std::string text = fmt::format("\nmachine:\n  arch: {}\n  model: {}\n  memory: {}\n", spec.arch,
                                 quoted_yaml(spec.model), written(ParamType::count, spec.memory));
  if (spec.cpu != architecture(spec.arch).cpu) {
    text += fmt::format("  cpu: {}\n", quoted_yaml(spec.cpu));
  }
  if (spec.smp > 1) text += fmt::format("  smp: {}\n", spec.smp);
  return text;
}

std::string ScenarioText::limits() const {
  constexpr char kHost[] =
      R"(
# Real time. Where a run is deterministic, `clock: counted` with `boots: 2` counts instructions
# instead, exactly, and proves it by an identical second boot.
clock: host
boots: 1
)";
  constexpr char kCounted[] =
      R"(
# Instructions are counted, exactly: two probes under this clock said the same. The second boot of
# a run proves it again. `clock: host` with `boots: 1` is real time.
clock: counted
boots: 2
)";
  std::string text = probe_.scenario.clock == ClockKind::counted ? kCounted : kHost;
  text += fmt::format(R"(
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

std::string ScenarioText::exits() const {
  if (!ours_ && end_ == End::reset && format_) {
    return R"(
# It reset the machine when all its results had come. If it reboots when it is done, say so:
# exit: {reboot: pass}
)";
  }
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

std::string ScenarioText::format() const {
  if (!format_) return "";
  return fmt::format(
      "\n# Its results are read as tests: - test: NAME can ask for one.\nformats: {}\n",
      format_->name);
}

bool ScenarioText::has_exact_numbers() const {
  return !numbers_.empty() && probe_.scenario.clock == ClockKind::counted;
}

/// By host time a guest may print another number of digits, or none, the next time: there they are
/// a proposal.
std::string ScenarioText::metrics(const Demand& demand) const {
  if (numbers_.empty()) return "";
  std::string text = demand.numbers
                         ? "\n# Each is a number of the run: shown, compared and gated.\n"
                         : "\n# Without the `#`, each is a number of the run, and must come.\n";
  const char* out = demand.numbers ? "" : "# ";
  text += fmt::format("{}metrics:\n", out);
  for (const NumberLine& one : numbers_) {
    text += fmt::format("{}  - {{pattern: {}, name: {}, unit: {}{}{}}}\n", out,
                        quoted_yaml(one.pattern), quoted_yaml(one.name), quoted_yaml(one.unit),
                        one.scale == 1 ? "" : fmt::format(", scale: {}", one.scale),
                        one.several ? ", samples: median" : "");
  }
  return text;
}

std::string ScenarioText::steps() const {
  if (end_ != End::never || !first_) return "";
  const std::uint64_t within = with_margin(time_needed(boot_), 10);
  std::string text = R"(
# The guest never ended in the probe: the boot is over when it has said this, and that is a good
# end. `send` types: - send: "help\n". Where it can power off, do that instead of `stop`.
)";
  if (may_hang()) {
    text += "# WARNING: it fell silent without a prompt. If it hung there, this is no good end.\n";
  }
  text += "steps:\n";
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

/// What was said first and last: without the last words, a guest that dies on its way would pass.
std::string ScenarioText::words_checks() const {
  if (!first_ || end_ == End::never) return "";
  const auto last = last_phrase(boot_.trace.serial, first_->end);
  if (ours_ || end_ != End::by_itself || !last || last->text == first_->text) {
    return fmt::format("  - text: {}\n", quoted_yaml(first_->text));
  }
  const bool one_line =
      boot_.trace.serial.substr(first_->end, last->end - first_->end).find('\n') ==
      std::string::npos;
  if (!one_line) {
    return fmt::format("  - order: [{}, {}]   # its first and its last words\n",
                       quoted_yaml(first_->text), quoted_yaml(last->text));
  }
  return fmt::format("  - text: {}\n  - text: {}\n", quoted_yaml(first_->text),
                     quoted_yaml(last->text));
}

std::string ScenarioText::trouble_checks(const Demand& demand) const {
  std::string text;
  for (const Trouble& one : troubles_) {
    const bool active = demand.forbid_troubles && one.kind != TroubleKind::warning;
    text += fmt::format("  # WARNING: the probe printed: {}\n", printable(one.line));
    if (active) text += "  # It must not. Where it means no harm, remove the next line.\n";
    text += fmt::format("  {}- forbid: {}\n", active ? "" : "# ", quoted_yaml(one.text));
  }
  return text;
}

std::string ScenarioText::checks(const Demand& demand) const {
  std::string text = "\nchecks:\n";
  if (demand.ending != demand.seen) {
    text += fmt::format(
        "  # WARNING: the probe ended as `{0}`: {1}\n"
        "  # Only where the guest is meant to end so, write here: - ending: {0}\n",
        verdict_name(demand.seen), printable(demand.reason));
  } else if (demand.expects_failure()) {
    text += "  # WARNING: this is a bad end, as the probe had it. When it is mended, write pass.\n";
  } else if (demand.ending == VerdictKind::skip) {
    text += "  # The probe said that it cannot run here.\n";
  }
  text += fmt::format("  - ending: {}\n", verdict_name(demand.ending));
  if (ours_ && demand.ending == VerdictKind::pass) text += "  - complete: true\n";
  return text + words_checks() + trouble_checks(demand) +
         R"(  # What else must be true? For example:
  # - forbid: {pattern: "(?i)error"}
  # - order: [first text, second text]
)";
}

}  // namespace harness::onboarding
