// The boots: the phases of one as a waterfall, and a row for each.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "record/verdict.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/format.h"
#include "report/html/sections.h"

namespace harness::html {
namespace {

using std::chrono::nanoseconds;

/// A stretch of a boot, in time since the start of QEMU.
struct Phase {
  const char* name;
  nanoseconds from{0}, to{0};
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
std::vector<Phase> phases_of(const BootRecord& boot) {
  std::vector<Phase> phases;
  nanoseconds now{0};
  const auto until = [&](const char* name, std::optional<nanoseconds> at) {
    if (!at || *at < now) return;
    phases.push_back({name, now, *at});
    now = *at;
  };
  if (boot.trace.wall <= nanoseconds{0} || boot.trace.marks.empty()) return {};
  until("Start, until the first byte", first_byte(boot.trace));
  until("until [BEGIN]", first_line(boot, wire::kBegin));
  until("until the first test", first_line(boot, wire::kTest));
  until("until [END]", first_line(boot, wire::kEnd));
  until("until the last byte", boot.trace.marks.back().at);
  until("until QEMU ended", boot.trace.wall);
  return phases;
}

Markup waterfall(const std::vector<Phase>& phases, nanoseconds wall) {
  Markup rows;
  for (const Phase& phase : phases) {
    const auto place = [&](nanoseconds time) {
      return 1000.0 * static_cast<double>(time.count()) / static_cast<double>(wall.count());
    };
    const std::string x = fmt::format("{:.2f}", place(phase.from));
    // A phase too short to see is drawn as a hair.
    const std::string width = fmt::format("{:.2f}", std::max(2.0, place(phase.to - phase.from)));
    const Markup picture = element(
        "svg", " viewBox=\"0 0 1002 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"",
        element("rect", attribute("x", x) + attribute("width", width) + " height=\"10\"", {}));
    rows += element("li", element("span", escaped(phase.name)) + picture +
                              element("b", escaped(duration_text(phase.to - phase.from))));
  }
  return element("ol", " class=\"waterfall\"", rows);
}

Row boot_row(const BootRecord& boot, bool accepted) {
  const Trace& trace = boot.trace;
  const auto first = first_byte(trace);
  std::string ending(verdict_name(boot.ending.kind));
  if (!boot.ending.reason.empty()) ending += ": " + boot.ending.reason;
  const bool timed = trace.wall > nanoseconds{0};
  return {{escaped(grouped(boot.index)), escaped(ending),
           escaped(timed ? duration_text(trace.wall) : "not measured"),
           escaped(first ? duration_text(*first) : "not measured"),
           escaped(bytes_text(trace.serial.size())), escaped(process_end(trace))},
          accepted ? "" : Literal("bad")};
}

}  // namespace

std::string of_boot(const RunRecord& record, const BootRecord& boot) {
  return record.boots.size() < 2 ? "" : fmt::format(" (boot {})", boot.index);
}

Section boots_section(const RunRecord& record, const BootRecord& boot) {
  constexpr std::size_t kShown = 100;
  Markup body;
  const std::vector<Phase> phases = phases_of(boot);
  if (!phases.empty()) {
    body += element(
        "p", " class=\"note\"",
        escaped(fmt::format("Time of the host{}, as the output arrived.", of_boot(record, boot))));
    body += waterfall(phases, std::max(boot.trace.wall, phases.back().to));
  }
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
    body += element("p", " class=\"note\"",
                    escaped(fmt::format("{} of {} boots, those that did not end as wanted before "
                                        "others; record.json holds all.",
                                        kShown, grouped(record.boots.size()))));
  }
  return {"boots", "Boots", body};
}

}  // namespace harness::html
