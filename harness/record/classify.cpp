// How four signals make one verdict.
//
// The signals: how the QEMU process ended, QMP's SHUTDOWN reason, the value the guest wrote to
// isa-debug-exit, and its own closing line. They are read in an order that lets no weaker one
// hide a stronger one; the first rule that applies is the verdict:
//
//   1. interrupted      the user ended it: nothing after that means anything
//   2. harness_error    QEMU did not start, crashed, or was ended from outside: not the guest's
//                       doing, and nothing it said before can be trusted to be all of it
//   3. panic            by line, exit value or pvpanic; a log damaged by a panic is still a panic
//   4. reset            SHUTDOWN by guest-reset: a triple fault, or a reset that it asked for
//   5. no_output        nothing was said, whichever way it ended (a loader's exit value excepted,
//                       which says more than silence does)
//   6. timeout, idle    a limit of ours on time stopped it, complete log or not
//      truncated        the limit on its output did
//   7. fail             the boot sector gave its reason by exit value
//   8. exit_unsignalled it went away (power-off, status 0, an unknown value) without a word of how
//   9. invalid_data     damaged lines
//      truncated        [END] or lines are missing, what is there is sound; or more came than is
//                       kept
//  10. invalid_data     the closing line disagrees with the exit value or with the tests
//  11. fail, skip, pass as the guest said; a plan that was not kept makes a pass a fail
//
// A third-party guest has no closing line, and ends in its own way. The scenario's
// exit table then says what the statuses mean, in the places of our exit values (3, 8, 11); a
// silent guest is no_output unless it ended with a listed status other than 0; and without a
// [BEGIN] the rules 9 and 10 have little to go by: numbers that cannot be are invalid_data, else
// the worse of what the status and what the tests say is the verdict. Where the scenario names
// formats and no exit table, any end of the guest's own will do: the results decide. A boot that
// came to the `stop` of its steps ended well.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <ranges>

#include "base/text.h"
#include "model/verdict.h"
#include "record/foreign.h"

namespace harness {
namespace {

/// What the exit values of the boot sector mean; nullptr for any other value.
const char* loader_reason(int value) {
  switch (static_cast<wire::Exit>(value)) {
    case wire::Exit::boot_no_extensions:
      return "the firmware has no INT 13h extensions";
    case wire::Exit::boot_disk_error:
      return "the disk could not be read after all retries";
    case wire::Exit::boot_bad_signature:
      return "what was loaded does not carry the image signature";
    case wire::Exit::boot_no_a20:
      return "the A20 line could not be opened";
    case wire::Exit::boot_no_memory_map:
      return "the firmware gave no memory map";
    default:
      return nullptr;
  }
}

/// The session status that an exit value stands for.
std::optional<wire::Status> status_of(int value) {
  for (const auto status : {wire::Status::pass, wire::Status::fail, wire::Status::skip}) {
    if (static_cast<int>(wire::exit_of(status)) == value) return status;
  }
  return std::nullopt;
}

/// The value the guest wrote to isa-debug-exit, if that is what ended QEMU. Status 1 is not one:
/// QEMU returns it when it cannot start.
std::optional<int> debug_exit_value(const Trace& trace) {
  if (!trace.exit_status || *trace.exit_status <= 1 || *trace.exit_status % 2 == 0) return {};
  return *trace.exit_status >> 1;
}

/// The first line of QEMU's own that is no warning, or "".
std::string error_line(const Trace& trace) {
  for (const auto part : std::views::split(trace.stderr_text, '\n')) {
    const std::string_view line(part.begin(), part.end());
    if (!line.empty() && line.find("warning:") == line.npos) return printable(line);
  }
  return {};
}

/// QEMU's own complaint: the first line that is no warning, else the first line.
std::string complaint(const Trace& trace) {
  if (std::string error = error_line(trace); !error.empty()) return error;
  const std::size_t begin = trace.stderr_text.find_first_not_of('\n');
  if (begin == std::string::npos) return "QEMU gave no reason";
  return printable(trace.stderr_text.substr(begin, trace.stderr_text.find('\n', begin) - begin));
}

/// On a PC the debug-exit port is all through which a guest chooses QEMU's exit status: an odd one.
bool has_odd_exits_only(const Trace& trace) {
  constexpr std::string_view kProgram = "qemu-system-";
  if (trace.command.empty()) return false;
  const std::string& program = trace.command.front();
  const std::size_t at = program.rfind(kProgram);
  return at != std::string::npos && architecture(program.substr(at + kProgram.size())).pc;
}

/// A replayed log without a record: no process was there to observe.
bool is_bare_log(const Trace& trace) {
  return trace.command.empty() && !trace.exit_status && !trace.exit_signal &&
         !trace.shutdown_reason && trace.stop == StopReason::none;
}

std::string signal_text(int signal) {
  const char* name = sigdescr_np(signal);
  return fmt::format("killed by signal {} ({})", signal, name ? name : "unknown");
}

/// Why QEMU's end is not the guest's doing; empty where it is.
std::string fault_of_qemu(const Trace& trace, const OutputRules& rules) {
  if (is_bare_log(trace)) return {};
  if (!trace.started) {
    const std::string why = complaint(trace);
    // A QEMU without seccomp knows no -sandbox.
    const bool sandbox = why.find("-sandbox") != why.npos || why.find("seccomp") != why.npos;
    const bool died = trace.exit_signal && *trace.exit_signal != SIGKILL;  // that is ours
    return "QEMU did not start: " + (died ? signal_text(*trace.exit_signal) + ": " : "") + why +
           (sandbox ? " (turn it off: machine.sandbox: false)" : "");
  }
  if (trace.stop != StopReason::none) return {};
  if (trace.exit_signal) {
    return fmt::format("QEMU was {}: {}", signal_text(*trace.exit_signal), complaint(trace));
  }
  if (!trace.exit_status) return "the end of QEMU was not observed";
  const bool listed = listed_meaning(trace, rules).has_value();
  // A guest that writes 0 makes a 1 as well; QEMU would say why.
  if (*trace.exit_status == 1 && !(listed && error_line(trace).empty())) {
    return "QEMU gave up with status 1: " + complaint(trace);
  }
  if (*trace.exit_status != 0 && *trace.exit_status % 2 == 0 && !listed &&
      has_odd_exits_only(trace)) {
    return fmt::format("QEMU ended with status {}, which no guest can cause: {}",
                       *trace.exit_status, complaint(trace));
  }
  if (trace.shutdown_reason == "host-error") return "QEMU could not go on: " + complaint(trace);
  if (trace.shutdown_reason && trace.shutdown_reason->starts_with("host-")) {
    return fmt::format("QEMU was ended from outside ({})", printable(*trace.shutdown_reason));
  }
  return {};
}

std::optional<Verdict> panic_verdict(const Trace& trace, const Events& events,
                                     const OutputRules& rules) {
  if (!events.panics.empty()) {
    const std::string said = printable(events.panics.front());
    const bool blank = said.find_first_not_of(' ') == said.npos;
    return Verdict{VerdictKind::panic, blank ? "an empty [PANIC] line" : said};
  }
  if (events.crash) {
    const Crash& crash = *events.crash;
    return Verdict{VerdictKind::panic,
                   fmt::format("line {} ({}): {}", crash.line, crash.name, printable(crash.text))};
  }
  if (rules.exits.empty() && debug_exit_value(trace) == static_cast<int>(wire::Exit::panic)) {
    return Verdict{VerdictKind::panic, "ended with the panic exit value, without a [PANIC] line"};
  }
  if (trace.exit_status && listed_meaning(trace, rules) == ExitMeaning::panic) {
    return Verdict{VerdictKind::panic, listed_text(trace, ExitMeaning::panic)};
  }
  if (trace.shutdown_reason == "guest-panic") {
    return Verdict{VerdictKind::panic, "reported a panic to QEMU, without a [PANIC] line"};
  }
  return std::nullopt;
}

std::string milliseconds(std::chrono::nanoseconds time) {
  return fmt::format("{} ms", std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

/// Where the guest stood when it was stopped or left: the last thing that it said.
std::string last_words(const Trace& trace, const Events& events) {
  if (events.end) return "after [END] status=" + std::string(wire::status_name(events.end->status));
  for (const Line& line : std::views::reverse(events.lines)) {
    if (line.begin == line.end || line.end > trace.serial.size()) continue;
    constexpr std::size_t kEnough = 60;
    const std::size_t size = std::min(line.end - line.begin, kEnough);
    return "after '" + printable(std::string_view(trace.serial).substr(line.begin, size)) + "'";
  }
  return "before the end of its first line";
}

/// The guest never said a byte, and nothing else says why.
std::string silent_ending(const Trace& trace) {
  if (trace.stop != StopReason::none) {
    return "stopped after " + milliseconds(trace.wall) + " without a byte of serial output";
  }
  if (is_bare_log(trace)) return "the log is empty";
  if (const auto value = debug_exit_value(trace)) {
    const auto status = status_of(*value);
    return fmt::format("ended with exit value {} without a byte of serial output",
                       status ? wire::status_name(*status) : fmt::format("0x{:02x}", *value));
  }
  return fmt::format("ended with status {} without a byte of serial output",
                     trace.exit_status.value_or(0));
}

/// What of the output is kept, where that is not all.
std::string kept_text(const Trace& trace) {
  return fmt::format("kept the first {} and the last {}", trace.left_out_at,
                     trace.serial.size() - trace.left_out_at);
}

Verdict stopped(const Trace& trace, const Events& events, const OutputRules& rules) {
  const std::string where = last_words(trace, events);
  switch (trace.stop) {
    case StopReason::wall_limit: {
      const std::string waited =
          trace.waited >= std::chrono::milliseconds(1)
              ? fmt::format(" ({} of them without a processor)", milliseconds(trace.waited))
              : "";
      return {VerdictKind::timeout, fmt::format("limit wall: still running after {}{}, {}",
                                                milliseconds(trace.wall), waited, where)};
    }
    case StopReason::cpu_limit:
      return {VerdictKind::timeout,
              fmt::format("limit cpu: still running after {} of processor time, {}",
                          milliseconds(trace.use.user + trace.use.system), where)};
    case StopReason::serial_limit:
      return {VerdictKind::truncated,
              fmt::format("limit serial: stopped after {} bytes of serial output{}",
                          trace.serial.size() + trace.left_out,
                          trace.left_out > 0 ? "; " + kept_text(trace) : "")};
    case StopReason::idle_limit:
      return {VerdictKind::idle, "fell silent " + where};
    case StopReason::step_limit:
      return {VerdictKind::timeout, open_step(trace, rules) + " did not come in time, " + where};
    default:  // the reader of the serial port had seen enough
      return {VerdictKind::fail, "stopped by the harness " + where};
  }
}

std::string unsignalled(const Trace& trace, const OutputRules& rules) {
  if (!rules.exits.empty() && trace.exit_status) {
    return fmt::format("ended with status {}{}, which the scenario's exit table does not list",
                       *trace.exit_status,
                       trace.shutdown_reason ? " (" + printable(*trace.shutdown_reason) + ")" : "");
  }
  if (const auto value = debug_exit_value(trace)) {
    return fmt::format("ended with exit value 0x{:02x}, which is none of the protocol's", *value);
  }
  if (trace.shutdown_reason == "guest-shutdown") return "the guest powered the machine off";
  return fmt::format("QEMU ended with status {} ({})", trace.exit_status.value_or(0),
                     trace.shutdown_reason ? printable(*trace.shutdown_reason) : "no reason given");
}

/// "line 12: expected a number", and how many more there are.
std::string damage_text(const std::vector<ProtocolError>& damage) {
  const ProtocolError& first = damage.front();
  std::string text = fmt::format("line {}: {}", first.line, printable(first.why));
  if (damage.size() > 1) text += fmt::format(" (and {} more)", damage.size() - 1);
  return text;
}

/// [BEGIN] or [END] never came.
Verdict unfinished(const Events& events) {
  // A last line that was cut off is part of the truncation, not damage beside it.
  const bool cut_last_line = events.protocol_errors.size() == 1 && !events.lines.empty() &&
                             !events.lines.back().terminated &&
                             events.protocol_errors.front().line == events.lines.size();
  if (!events.protocol_errors.empty() && !cut_last_line) {
    return {VerdictKind::invalid_data, damage_text(events.protocol_errors)};
  }
  return {VerdictKind::truncated,
          events.begin ? "ended without [END]" : "ended without [BEGIN] and [END]"};
}

/// Both came, and damage must not be empty.
Verdict damaged(const Events& events, const End& end) {
  // The collector reports a wrong line count as one fault; alone, it means that lines were lost.
  const bool lost_lines = events.protocol_errors.size() == 1 && events.counted_lines < end.lines;
  return {lost_lines ? VerdictKind::truncated : VerdictKind::invalid_data,
          damage_text(events.protocol_errors)};
}

/// Output that is cut short, beside what the exit value claims.
Verdict beside(std::optional<wire::Status> signalled, Verdict verdict) {
  if (signalled && verdict.kind == VerdictKind::truncated) {
    verdict.reason += fmt::format("; the exit value says {}", wire::status_name(*signalled));
  }
  return verdict;
}

/// What [BEGIN] announced and what came; empty where both agree.
std::string broken_plan(const Events& events, const Begin& begin) {
  const std::size_t metrics = events.timings.size() + events.benches.size() +
                              events.profiles.size() + events.metrics.size();
  if (events.tests.size() != begin.tests) {
    return fmt::format("{} tests came, {} were announced", events.tests.size(), begin.tests);
  }
  if (metrics != begin.metrics) {
    return fmt::format("{} metrics came, {} were announced", metrics, begin.metrics);
  }
  return {};
}

/// The guest's own verdict, from a log that is whole.
Verdict as_the_guest_said(const Events& events, const Begin& begin, wire::Status status) {
  const std::string failed = failed_tests(events);
  if (status != wire::Status::fail && !failed.empty()) {
    return {VerdictKind::fail, fmt::format("failed tests: {} ([END] says status={})", failed,
                                           wire::status_name(status))};
  }
  if (status == wire::Status::skip) {
    return {VerdictKind::skip, "the guest said that it cannot run here"};
  }
  if (status == wire::Status::fail) {
    return {VerdictKind::fail,
            failed.empty() ? "the guest reported failure" : "failed tests: " + failed};
  }
  if (std::string broken = broken_plan(events, begin); !broken.empty()) {
    return {VerdictKind::fail, std::move(broken)};
  }
  return {VerdictKind::pass, {}};
}

/// The session status that the end of QEMU stands for: by the scenario's table, or by our values.
std::optional<wire::Status> signalled_status(const Trace& trace, const OutputRules& rules) {
  if (trace.stop == StopReason::satisfied) return wire::Status::pass;
  if (!rules.exits.empty()) {
    const auto meaning = listed_meaning(trace, rules);
    return meaning ? status_of(*meaning) : std::nullopt;
  }
  if (!rules.formats.empty() || !rules.tests.empty()) return wire::Status::pass;
  const std::optional<int> value = debug_exit_value(trace);
  return value ? status_of(*value) : std::nullopt;
}

}  // namespace

Verdict classify(const Trace& trace, const Events& events, const OutputRules& rules) {
  if (trace.stop == StopReason::interrupted)
    return {VerdictKind::interrupted, "stopped by the user"};
  if (std::string fault = fault_of_qemu(trace, rules); !fault.empty()) {
    return {VerdictKind::harness_error, std::move(fault)};
  }
  if (auto panic = panic_verdict(trace, events, rules)) return *std::move(panic);
  if (trace.shutdown_reason == "guest-reset") {
    if (auto verdict = reboot_verdict(trace, events, rules, failed_tests(events))) {
      return *std::move(verdict);
    }
    return {VerdictKind::reset,
            "the guest reset the machine (a triple fault, or a reset it asked for) " +
                (trace.serial.empty() ? "before its first byte" : last_words(trace, events))};
  }
  const std::optional<int> value = debug_exit_value(trace);
  const char* loader = value && rules.exits.empty() ? loader_reason(*value) : nullptr;
  const bool explained = loader || (listed_meaning(trace, rules) && *trace.exit_status != 0);
  if (trace.serial.empty() && !explained) return {VerdictKind::no_output, silent_ending(trace)};
  if (trace.stop != StopReason::none && trace.stop != StopReason::satisfied) {
    return stopped(trace, events, rules);
  }
  if (loader) return {VerdictKind::fail, std::string("the boot sector stopped: ") + loader};

  const std::optional<wire::Status> signalled = signalled_status(trace, rules);
  if (!signalled && !is_bare_log(trace)) {
    return {VerdictKind::exit_unsignalled, unsignalled(trace, rules)};
  }
  if (trace.left_out > 0) {
    return beside(signalled, {VerdictKind::truncated,
                              fmt::format("{} bytes of serial output came, more than are kept: {}",
                                          trace.serial.size() + trace.left_out, kept_text(trace))});
  }
  // Steps alone do not excuse a guest of ours from its closing line.
  const bool says_otherwise = !rules.exits.empty() || !rules.formats.empty() ||
                              !rules.tests.empty() || trace.stop == StopReason::satisfied;
  if (says_otherwise && !events.begin)
    return foreign_verdict(trace, events, rules, signalled, failed_tests(events));
  if (!events.begin || !events.end) return beside(signalled, unfinished(events));
  if (!events.protocol_errors.empty()) return beside(signalled, damaged(events, *events.end));
  if (signalled && *signalled != events.end->status) {
    return {VerdictKind::invalid_data,
            fmt::format("[END] says status={}, the exit value says {}",
                        wire::status_name(events.end->status), wire::status_name(*signalled))};
  }
  Verdict said = as_the_guest_said(events, *events.begin, events.end->status);
  if (said.kind == VerdictKind::pass && trace.steps_done < rules.steps.size() &&
      !is_bare_log(trace)) {
    return {VerdictKind::fail, "it ended before " + open_step(trace, rules) + " came"};
  }
  return said;
}

}  // namespace harness
