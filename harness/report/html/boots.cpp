// The boots: the phases of one as a waterfall, and a row for each.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/format.h"
#include "base/text.h"
#include "model/verdict.h"
#include "record/brief_reason.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/html/sections.h"

namespace harness::html {
namespace {

using std::chrono::nanoseconds;

/// A segment of a boot, in a unit of its own, from the start on.
struct Segment {
  std::string name;
  double from = 0, to = 0;
  std::string length;  // as text
};

/// When the first line that starts with `tag` had come; unset where there is none.
std::optional<nanoseconds> first_line(const BootRecord& boot, std::string_view tag) {
  const std::string_view serial = boot.trace.serial;
  for (const Line& line : boot.events.lines) {
    if (!line.protocol || line.begin > serial.size()) continue;
    if (serial.substr(line.begin).starts_with(tag)) return line.at;
  }
  return std::nullopt;
}

/// From what was seen on the serial port: nothing is known of what happened before the first byte.
std::vector<Segment> host_segments(const BootRecord& boot) {
  std::vector<Segment> all;
  nanoseconds now{0};
  const auto until = [&](const char* name, std::optional<nanoseconds> at) {
    if (!at || *at < now) return;
    all.push_back({name, static_cast<double>(now.count()), static_cast<double>(at->count()),
                   duration_text(*at - now)});
    now = *at;
  };
  if (boot.trace.wall <= nanoseconds{0} || boot.trace.marks.empty()) return {};
  until("Start, until the first byte", first_byte(boot.trace));
  until("until [BEGIN]", first_line(boot, wire::kBegin));
  until("until the first test", first_line(boot, wire::kTest));
  until("until [END]", first_line(boot, wire::kEnd));
  until("until the last byte", boot.trace.marks.back().at);
  until("until QEMU ended", boot.trace.wall);
  return all;
}

/// As the guest counted them.
std::vector<Segment> guest_segments(const BootRecord& boot) {
  std::vector<Segment> all;
  double now = 0;
  for (const Phase& phase : boot.events.phases) {
    const double end = now + static_cast<double>(phase.cycles);
    all.push_back({phase.name, now, end, grouped(phase.cycles)});
    now = end;
  }
  return all;
}

Markup waterfall(const std::vector<Segment>& all) {
  const double whole = all.empty() ? 0 : all.back().to;
  if (!(whole > 0)) return {};
  Markup rows;
  for (const Segment& one : all) {
    const std::string x = fmt::format("{:.2f}", 1000 * one.from / whole);
    // A segment too short to see is drawn as a hair.
    const std::string width =
        fmt::format("{:.2f}", std::max(2.0, 1000 * (one.to - one.from) / whole));
    const Markup picture = element(
        "svg", " viewBox=\"0 0 1002 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"",
        element("rect", attribute("x", x) + attribute("width", width) + " height=\"10\"", {}));
    rows += element(
        "li", element("span", escaped(one.name)) + picture + element("b", escaped(one.length)));
  }
  return element("ol", " class=\"waterfall\"", rows);
}

Row boot_row(const BootRecord& boot, bool accepted) {
  const Trace& trace = boot.trace;
  const auto first = first_byte(trace);
  std::string ending(verdict_name(boot.ending.kind));
  if (!boot.ending.reason.empty()) {
    ending += ": " + without_registers(boot.ending.reason);
  }
  const bool timed = trace.wall > nanoseconds{0};
  return {{escaped(grouped(boot.index)), breakable(ending),
           escaped(timed ? duration_text(trace.wall) : "not measured"),
           escaped(first ? duration_text(*first) : "not measured"),
           escaped(bytes_text(trace.serial.size())), breakable(process_end(trace))},
          accepted ? "" : Literal("bad")};
}

}  // namespace

std::string of_boot(const RunRecord& record, const BootRecord& boot) {
  return record.boots.size() < 2 ? "" : fmt::format(" (boot {})", boot.index);
}

PageSection boots_section(const RunRecord& record, const BootRecord& boot) {
  constexpr std::size_t kShown = 100;
  Markup body;
  const auto add = [&](const std::string& what, const Markup& picture) {
    if (picture.empty()) return;
    body += element("p", " class=\"note\"", escaped(what + of_boot(record, boot) + ":"));
    body += picture;
  };
  add(fmt::format("The phases of the guest, in {}", unit_of(record)),
      waterfall(guest_segments(boot)));
  add("Time of the host, as the output arrived", waterfall(host_segments(boot)));
  std::vector<Row> rows;
  for (const BootRecord* one : boots_to_show(record, kShown)) {
    rows.push_back(boot_row(*one, ending_accepted(record, *one)));
  }
  body += table({{"Boot", true},
                 {"Ending"},
                 {"Wall time", true},
                 {"To first byte", true},
                 {"Serial output", true},
                 {"End of QEMU"}},
                rows);
  if (record.boots.size() > kShown) {
    body += element(
        "p", " class=\"note\"",
        escaped(fmt::format(
            "{} of {} boots, those that did not end as expected first; record.json holds all.",
            kShown, grouped(record.boots.size()))));
  }
  return {"boots", "Boots", body};
}

}  // namespace harness::html
