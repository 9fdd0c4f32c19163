// What a scenario says of a third-party guest, against what was seen of it.
#include "record/foreign.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/listing.h"
#include "base/text.h"
#include "formats/formats.h"
#include "stream/recognise.h"

namespace harness {
namespace {

/// "; it reads as ztest: formats: ztest", where the scenario names formats that find nothing.
std::string other_format_text(std::string_view serial) {
  constexpr std::size_t kMost = 4 << 20;
  const Format* const other = serial.size() > kMost ? nullptr : recognise_format(serial);
  return other ? fmt::format("; it reads as {0}: formats: {0}", other->name) : "";
}

/// What the formats found missing; nothing where one of them is sound and the others found nothing.
std::string fault_of_formats(const Trace& trace, const Events& events, bool listed) {
  std::string none;
  bool found = events.formats.empty();
  for (const FormatSummary& format : events.formats) {
    const Format* row = find_format(format.name);
    const bool decided = listed && row && row->decided_by_status;
    found |= decided;
    if (!format.fault.empty() && !(decided && format.end_missing)) {
      return format.name + ": " + printable(format.fault);
    }
    found |= format.found;
    none += (none.empty() ? "" : ", ") + format.name;
  }
  return found ? "" : "no results came (" + none + ")" + other_format_text(trace.serial);
}

/// Whether a line says why a guest ended so: "SKIP: no such device"; "x86/a.c:12: assert failed:
/// b", "ABORT: ...".
bool explains(std::string_view line, ExitMeaning meaning) {
  if (meaning == ExitMeaning::pass) return false;
  if (meaning == ExitMeaning::skip) return starts_ignoring_case(line, "skip");
  return starts_ignoring_case(line, "fail") || starts_ignoring_case(line, "abort") ||
         line.find("assert failed") != line.npos || line.find("ssertion failed") != line.npos;
}

/// The last line near the end of the output that explains such an end, or "".
std::string last_words_for(std::string_view serial, ExitMeaning meaning) {
  constexpr std::size_t kLooked = 64 << 10, kShown = 200;
  serial.remove_prefix(serial.size() - std::min(serial.size(), kLooked));
  while (!serial.empty()) {
    const std::size_t end = serial.find_last_not_of("\r\n");
    if (end == serial.npos) break;
    const std::size_t before = serial.find_last_of("\r\n", end);
    const std::size_t begin = before == serial.npos ? 0 : before + 1;
    const std::string_view line = serial.substr(begin, end + 1 - begin);
    if (explains(line, meaning)) return printable(line.substr(0, kShown));
    serial = serial.substr(0, begin);
  }
  return "";
}

/// Of much text not all is kept, which says nothing against a third-party guest.
bool is_a_limit(const ProtocolError& damage) {
  return damage.kind == ProtocolErrorKind::line_limit;
}

}  // namespace

std::optional<ExitMeaning> listed_meaning(const Trace& trace, const OutputRules& rules) {
  if (!trace.exit_status || trace.stop != StopReason::none) return {};
  const auto at = std::ranges::find_if(rules.exits, [&](const ExitRule& rule) {
    return static_cast<int>(rule.status) == *trace.exit_status;
  });
  return at == rules.exits.end() ? std::nullopt : std::optional(at->meaning);
}

std::optional<wire::Status> status_of(ExitMeaning meaning) {
  switch (meaning) {
    case ExitMeaning::pass:
      return wire::Status::pass;
    case ExitMeaning::fail:
      return wire::Status::fail;
    case ExitMeaning::skip:
      return wire::Status::skip;
    case ExitMeaning::panic:
      break;
  }
  return std::nullopt;
}

std::string listed_text(const Trace& trace, ExitMeaning meaning) {
  const std::string status = fmt::format("ended with status {}, which the scenario lists as a {}",
                                         trace.exit_status.value_or(-1),
                                         kExitMeaningNames[static_cast<std::size_t>(meaning)]);
  const std::string words = last_words_for(trace.serial, meaning);
  return words.empty() ? status : fmt::format("said \"{}\" and {}", words, status);
}

std::string open_step(const Trace& trace, const OutputRules& rules) {
  const std::size_t step = static_cast<std::size_t>(trace.steps_done);
  const std::string text =
      step < rules.steps.size() ? printable(rules.steps[step].wait.substr(0, 60)) : "";
  return fmt::format("step {} ('{}')", step + 1, text);
}

std::string failed_tests(const Events& events) {
  std::vector<std::string> names;
  for (const TestResult& test : events.tests) {
    if (test.status != wire::Status::fail) continue;
    const bool own = test.result && (*test.result == kDidNotEnd || *test.result == kNotUnderstood);
    names.push_back(printable(test.name) + (own ? " (" + *test.result + ")" : ""));
  }
  return listed(names);
}

Verdict foreign_verdict(const Trace& trace, const Events& events, const OutputRules& rules,
                        std::optional<wire::Status> status, const std::string& failed) {
  if (!failed.empty()) {
    return {VerdictKind::fail, "failed tests: " + failed};
  }
  for (const FormatSummary& format : events.formats) {
    if (format.status == wire::Status::fail) {
      return {VerdictKind::fail, format.name + ": " + printable(format.fault)};
    }
  }
  if (status == wire::Status::fail) {
    return {VerdictKind::fail, listed_text(trace, ExitMeaning::fail)};
  }
  if (trace.steps_done < rules.steps.size() && !trace.command.empty()) {
    return {VerdictKind::fail, "it ended before " + open_step(trace, rules) + " came"};
  }
  if (status == wire::Status::skip) {
    return {VerdictKind::skip, listed_text(trace, ExitMeaning::skip)};
  }
  const auto damage = std::ranges::find_if_not(events.protocol_errors, is_a_limit);
  if (damage != events.protocol_errors.end()) {
    return {VerdictKind::invalid_data,
            fmt::format("line {}: {}", damage->line, printable(damage->why))};
  }
  const bool listed = status && !rules.exits.empty();
  if (std::string fault = fault_of_formats(trace, events, listed); !fault.empty()) {
    return {VerdictKind::truncated, std::move(fault)};
  }
  for (const FormatSummary& format : events.formats) {
    if (format.status == wire::Status::skip) {
      return {VerdictKind::skip, format.name + ": the tests were skipped"};
    }
  }
  return {VerdictKind::pass, {}};
}

std::optional<Verdict> reboot_verdict(const Trace& trace, const Events& events,
                                      const OutputRules& rules, const std::string& failed) {
  if (!rules.reboot || events.begin || events.formats.empty()) return std::nullopt;
  Verdict verdict = foreign_verdict(trace, events, rules, status_of(*rules.reboot), failed);
  const bool complete = verdict.kind == VerdictKind::pass || verdict.kind == VerdictKind::fail ||
                        verdict.kind == VerdictKind::skip;
  return complete ? std::optional(std::move(verdict)) : std::nullopt;
}

}  // namespace harness
