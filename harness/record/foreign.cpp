// What a scenario says of a third-party guest, against what was seen of it.
#include "record/foreign.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "formats/formats.h"

namespace harness {
namespace {

/// What the formats found missing; nothing where one of them is sound and the others found nothing.
std::string fault_of_formats(const Events& events, bool listed) {
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
  return found ? std::string() : "no results came (" + none + ")";
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

std::string listed_text(int status, std::string_view meaning) {
  return fmt::format("ended with status {}, which the scenario lists as a {}", status, meaning);
}

std::string open_step(const Trace& trace, const OutputRules& rules) {
  const std::size_t step = static_cast<std::size_t>(trace.steps_done);
  const std::string text =
      step < rules.steps.size() ? printable(rules.steps[step].wait.substr(0, 60)) : "";
  return fmt::format("step {} ('{}')", step + 1, text);
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
    return {VerdictKind::fail, listed_text(trace.exit_status.value_or(-1), "fail")};
  }
  if (trace.steps_done < rules.steps.size() && !trace.command.empty()) {
    return {VerdictKind::fail, "it ended before " + open_step(trace, rules) + " came"};
  }
  if (status == wire::Status::skip) {
    return {VerdictKind::skip, listed_text(trace.exit_status.value_or(-1), "skip")};
  }
  const auto damage = std::ranges::find_if_not(events.protocol_errors, is_a_limit);
  if (damage != events.protocol_errors.end()) {
    return {VerdictKind::invalid_data,
            fmt::format("line {}: {}", damage->line, printable(damage->why))};
  }
  const bool listed = status && !rules.exits.empty();
  if (std::string fault = fault_of_formats(events, listed); !fault.empty()) {
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
