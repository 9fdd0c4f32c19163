// The serial log, a row for each line: its number, when its last byte came, what kind it is. The
// page stays small whatever the guest said: of a long log the first and the last lines are shown.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

#include "base/format.h"
#include "base/text.h"
#include "base/time.h"
#include "model/verdict.h"
#include "report/digest.h"
#include "report/html/sections.h"
#include "stream/line.h"
#include "stream/split.h"

namespace harness::html {
namespace {

struct LogLine {
  std::uint64_t number = 0;  // as the fold counts: a part of an endless line is a line
  std::size_t begin = 0;
  std::uint32_t size = 0;  // a part of an endless line is no longer than kMaxLineLength
  Piece piece = Piece::whole;
};

/// The first and the last lines of a log; those between are counted only.
struct Ends {
  std::deque<LogLine> head;
  std::deque<LogLine> tail;
  std::uint64_t lines = 0;
};

Ends ends_of(std::string_view serial, std::size_t most) {
  Ends ends;
  std::size_t offset = 0;
  const auto take = [&](const RawLine& raw) {
    const LogLine line = {++ends.lines, offset, static_cast<std::uint32_t>(raw.bytes.size()),
                          raw.piece};
    offset += raw.with_end().size();
    if (ends.head.size() < most / 2) {
      ends.head.push_back(line);
      return;
    }
    ends.tail.push_back(line);
    if (ends.tail.size() > most / 2) ends.tail.pop_front();
  };
  LineSplitter splitter;
  splitter.feed(serial);
  while (const auto raw = splitter.next()) take(*raw);
  if (const auto raw = splitter.rest()) take(*raw);
  return ends;
}

/// Rows of one log, up to a number of bytes.
class Rows {
 public:
  Rows(const BootRecord& boot, std::size_t longest, bool linked)
      : boot_(boot), longest_(longest), linked_(linked) {
    for (const ProtocolError& damage : boot.events.protocol_errors)
      why_.try_emplace(damage.line, &damage.why);
    if (boot.events.crash) why_.try_emplace(boot.events.crash->line, &boot.events.crash->name);
  }

  [[nodiscard]] Markup row(const LogLine& line) const {
    std::string_view text = std::string_view(boot_.trace.serial).substr(line.begin, line.size);
    if (text.ends_with('\r')) text.remove_suffix(1);
    Markup content = marked(text.substr(0, longest_));
    if (text.size() > longest_) {
      content += element("b", escaped(fmt::format(" … and {} more in this line",
                                                  bytes_text(text.size() - longest_))));
    }
    const std::string number = std::to_string(line.number);
    Markup attributes = attribute("class", kind(line, text));
    if (linked_) attributes += attribute("id", "L" + number);
    const auto damaged = why_.find(line.number);
    if (damaged != why_.end()) {
      content += element("em", escaped(" ◀ " + *damaged->second));
    }
    const Markup place = linked_ ? element("a", attribute("href", "#L" + number), escaped(number))
                                 : element("a", escaped(number));
    return element("div", attributes,
                   place + element("time", escaped(time(line))) + element("span", content)) +
           "\n";
  }

 private:
  [[nodiscard]] std::string_view kind(const LogLine& line, std::string_view text) const {
    if (why_.contains(line.number) || line.piece != Piece::whole) return "d";
    LineValues values;
    switch (read_line(text, values)) {
      case LineKind::text:
        return "c";
      case LineKind::corrupt:
      case LineKind::panic:
        return "d";
      default:
        return "p";
    }
  }
  [[nodiscard]] std::string time(const LogLine& line) const {
    const std::vector<SerialMark>& marks = boot_.trace.marks;
    const std::size_t arrived = std::min(line.begin + line.size + 1, boot_.trace.serial.size());
    const auto mark = std::ranges::lower_bound(marks, arrived, {}, &SerialMark::size);
    if (mark == marks.end()) return {};
    return fmt::format("{:.1f}", in_milliseconds(mark->at));
  }

  const BootRecord& boot_;
  std::size_t longest_;
  bool linked_;
  std::map<std::uint64_t, const std::string*> why_;  // by line
};

Markup gap(const std::string& text) {
  return element("p", attribute("class", "gap"), escaped(text)) + "\n";
}

/// What `serial` lost before it was saved, shown at the first row behind it.
std::string never_kept(const Trace& trace) {
  return fmt::format("{} came here and were not kept", bytes_text(trace.left_out));
}

/// How many of the last lines, all behind line `shown`, have room in `bytes`. Their rows are made
/// again to be written: to keep them would take as much memory as the page.
std::size_t count_from_end(const std::deque<LogLine>& lines, std::uint64_t shown, std::size_t bytes,
                           const Rows& rows) {
  std::size_t taken = 0, count = 0;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (line->number <= shown || taken > bytes) break;
    taken += rows.row(*line).size();
    ++count;
  }
  return count;
}

void write_rows(const BootRecord& boot, const LogLimits& limits, bool linked,
                const PutMarkup& put) {
  const Ends ends = ends_of(boot.trace.serial, limits.lines);
  const Rows rows(boot, limits.line, linked);
  const Trace& trace = boot.trace;
  bool shown_gap = trace.left_out == 0;
  const auto with_gap = [&](const LogLine& line) {
    if (shown_gap || line.begin < trace.left_out_at) return rows.row(line);
    shown_gap = true;
    return gap(never_kept(trace)) + rows.row(line);
  };
  std::size_t bytes = 0;
  std::uint64_t shown = 0;
  for (const LogLine& line : ends.head) {
    if (bytes > limits.markup / 2) break;
    const Markup row = with_gap(line);
    put(row);
    bytes += row.size();
    ++shown;
  }
  const std::deque<LogLine>& last = ends.tail.empty() ? ends.head : ends.tail;
  const std::size_t count = count_from_end(last, shown, limits.markup / 2, rows);
  const std::uint64_t first_of_tail = ends.lines + 1 - count;
  if (first_of_tail > shown + 1) {
    std::string text = fmt::format("lines {} to {} are not on this page: serial.log has them",
                                   grouped(shown + 1), grouped(first_of_tail - 1));
    if (!shown_gap) text += "; " + never_kept(trace);
    put(gap(text));
  } else if (!shown_gap && count > 0) {
    put(gap(never_kept(trace)));
  }
  for (std::size_t i = last.size() - count; i < last.size(); ++i) put(rows.row(last[i]));
}

constexpr char kControls[] = R"(<div class="tools" hidden>
<input type="search" id="search" placeholder="Search the log" aria-label="Search the log" spellcheck="false" autocomplete="off">
<div class="kinds" role="group" aria-label="Kinds of lines">
<label><input type="checkbox" value="p" checked> protocol</label>
<label><input type="checkbox" value="c" checked> console</label>
<label><input type="checkbox" value="d" checked> damaged, panic</label></div>
<output id="found" aria-live="polite"></output></div>
)";

/// The other boots: the same, or a shorter log behind a fold.
Markup other_logs(const RunRecord& record, const BootRecord& shown) {
  constexpr std::size_t kMaxCount = 20;
  constexpr LogLimits kLimits = {.lines = 400, .markup = 96 << 10, .line = 1'000};
  Markup markup, same;
  std::size_t logs = 0, left_out = 0;
  std::string alike;
  for (const BootRecord& boot : record.boots) {
    if (&boot == &shown) continue;
    if (boot.trace.serial == shown.trace.serial) {
      alike += alike.empty() ? std::to_string(boot.index) : ", " + std::to_string(boot.index);
      continue;
    }
    if (logs == kMaxCount) {
      ++left_out;
      continue;
    }
    ++logs;
    const std::string title =
        fmt::format("Boot {} ({}): {}", boot.index, verdict_name(boot.ending.kind),
                    bytes_text(boot.trace.serial.size()));
    Markup rows;
    write_rows(boot, kLimits, false, [&](const Markup& piece) { rows += piece; });
    markup += element("details", element("summary", escaped(title)) +
                                     element("div", " class=\"log\" tabindex=\"0\"", rows));
  }
  if (alike.size() > 200) alike = alike.substr(0, 200) + ", …";
  if (!alike.empty()) {
    same = element("p", " class=\"note\"", escaped("The same, byte for byte: boot " + alike + "."));
  }
  if (left_out != 0) {
    markup += element("p", " class=\"note\"",
                      escaped(fmt::format("{} more printed something else: serial-N.log has them.",
                                          count_of(left_out, "boot"))));
  }
  return same + markup;
}

}  // namespace

PageSection log_section(const RunRecord& record, const BootRecord& boot, const LogLimits& limits) {
  const Trace& trace = boot.trace;
  if (trace.serial.empty()) return {"log", "Serial log", {}};
  const std::string note =
      fmt::format("{}{}. Times in milliseconds since the start of QEMU.",
                  bytes_text(trace.serial.size() + trace.left_out), of_boot(record, boot));
  Markup body = element("p", " class=\"note\"", escaped(note));
  body += kControls;
  const auto write = [&record, &boot, limits](const PutMarkup& put) {
    put("<div class=\"log\" id=\"lines\" tabindex=\"0\">");
    write_rows(boot, limits, true, put);
    put("</div>");
    put(other_logs(record, boot));
  };
  return {"log", "Serial log", body, write};
}

}  // namespace harness::html
