#include "check/support.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "check/near_miss.h"

namespace harness {
namespace {

/// "avg is 20 instructions, must be 50..500", or nothing.
std::optional<Fault> range_fault(const std::vector<Quantity>& numbers) {
  for (const Quantity& number : numbers) {
    if (number.allowed.contains(number.value)) continue;
    return Fault{FindingStatus::fail,
                 fmt::format("{} is {}, must be {}", number.label,
                             amount(number.value, number.unit), allowed_text(number.allowed))};
  }
  return std::nullopt;
}

struct Spread {
  std::string label, unit;
  std::uint64_t low, high;
};

/// Each number over all boots, in order of first appearance.
std::vector<Spread> spread_over(const std::vector<Seen>& boots) {
  std::vector<Spread> spreads;
  for (const Seen& boot : boots) {
    for (const Quantity& number : boot.numbers) {
      const auto at = std::ranges::find(spreads, number.label, &Spread::label);
      if (at == spreads.end()) {
        spreads.push_back({number.label, number.unit, number.value, number.value});
      } else {
        at->low = std::min(at->low, number.value);
        at->high = std::max(at->high, number.value);
      }
    }
  }
  return spreads;
}

std::string figure_of(const std::vector<Seen>& boots, const Seen& shown) {
  std::string figure = shown.words;
  for (const Spread& spread : spread_over(boots)) {
    if (!figure.empty()) figure += ", ";
    figure += spread.label + " ";
    if (spread.low != spread.high) figure += grouped(spread.low) + "..";
    figure += amount(spread.high, spread.unit);
  }
  return figure;
}

/// The first bytes of a text made harmless; "..." says that there is more.
std::string cut(std::string_view untrusted, std::size_t limit) {
  if (untrusted.size() <= limit) return printable(untrusted);
  return printable(untrusted.substr(0, limit)) + "...";
}

}  // namespace

std::string text_param(const CheckSpec& spec, const std::string& name) {
  const auto* text = param<std::string>(spec, name);
  return text ? *text : std::string();
}

Range range_param(const CheckSpec& spec, const std::string& name) {
  const auto* range = param<Range>(spec, name);
  return range ? *range : Range{};
}

std::string quote(std::string_view untrusted) { return "'" + cut(untrusted, 80) + "'"; }

std::string title_of(const CheckSpec& spec, std::string_view about) {
  return about.empty() ? spec.kind : spec.kind + " " + cut(about, 40);
}

std::string allowed_text(Range range) {
  if (range.low == range.high) return grouped(range.low);
  if (range.high == UINT64_MAX) return "at least " + grouped(range.low);
  if (range.low == 0) return "at most " + grouped(range.high);
  return grouped(range.low) + ".." + grouped(range.high);
}

std::string amount(std::uint64_t value, std::string_view unit) {
  return unit.empty() ? grouped(value) : fmt::format("{} {}", grouped(value), unit);
}

Seen failed(std::string reason) { return {.fault = Fault{FindingStatus::fail, std::move(reason)}}; }

Seen invalid(std::string reason) {
  return {.fault = Fault{FindingStatus::invalid, std::move(reason)}};
}

Finding over_boots(const RunRecord& record, const CheckSpec& spec, std::string title,
                   const std::function<Seen(const BootRecord&)>& look) {
  Finding finding{.check = std::move(title), .figure = {}, .reason = {}, .at = spec.at};
  const std::string only_for = text_param(spec, "clock");
  const std::string clock = clock_name(record.fingerprint.clock);
  if (!only_for.empty() && only_for != clock) {
    finding.figure = "not for this clock (" + clock + ")";
    return finding;
  }
  std::vector<Seen> boots;
  const Seen* shown = nullptr;
  boots.reserve(record.boots.size());
  for (const BootRecord& boot : record.boots) {
    Seen& seen = boots.emplace_back(look(boot));
    if (!seen.fault) seen.fault = range_fault(seen.numbers);
    if (!seen.fault || finding.status != FindingStatus::pass) continue;
    shown = &seen;
    finding.status = seen.fault->status;
    finding.reason = record.boots.size() == 1
                         ? seen.fault->reason
                         : fmt::format("boot {}: {}", boot.index, seen.fault->reason);
  }
  if (!boots.empty()) finding.figure = figure_of(boots, shown ? *shown : boots.front());
  return finding;
}

std::optional<Fault> arrival_fault(const BootRecord& boot, std::string_view tag,
                                   std::string_view name, std::size_t arrived) {
  if (arrived == 1) return std::nullopt;
  const std::string what = name.empty() ? std::string(tag) : fmt::format("{} {}", tag, quote(name));
  if (arrived > 1) {
    return Fault{FindingStatus::invalid, fmt::format("{} arrived {} times", what, arrived)};
  }
  std::string reason = what + " was expected and did not arrive";
  for (const ProtocolError& damage : boot.events.protocol_errors) {
    if (!damage.text.starts_with(tag)) continue;
    reason += fmt::format("; line {} is damaged ({})", damage.line, printable(damage.why));
    return Fault{FindingStatus::fail, std::move(reason)};
  }
  if (!name.empty()) reason += near_name(boot, tag, name);
  return Fault{FindingStatus::fail, std::move(reason)};
}

std::string_view line_text(const BootRecord& boot, const Line& line) {
  const std::string_view serial = boot.trace.serial;
  const std::size_t begin = std::min(line.begin, serial.size());
  return serial.substr(begin, std::max(line.end, begin) - begin);
}

std::optional<std::size_t> find_tag(const BootRecord& boot, std::string_view tag,
                                    std::size_t from) {
  const std::vector<Line>& lines = boot.events.lines;
  for (std::size_t i = from; i < lines.size(); ++i) {
    if (lines[i].protocol && line_text(boot, lines[i]).starts_with(tag)) return i;
  }
  return std::nullopt;
}

std::size_t session_begin(const BootRecord& boot) {
  const std::optional<std::size_t> begin = find_tag(boot, wire::kBegin);
  return begin ? std::min(boot.events.lines[*begin].begin, boot.trace.serial.size()) : 0;
}

}  // namespace harness
