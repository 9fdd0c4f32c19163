// The result on a terminal: the table of checks, what the guest said last where it went wrong, and
// at the end, where the eye is, the verdict.
#include <fmt/format.h>

#include <algorithm>

#include "base/ansi.h"
#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "report/console_verdict.h"
#include "report/crash.h"
#include "report/curves.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/report.h"
#include "report/stages.h"
#include "report/test_failure.h"

namespace harness {
namespace {

struct Style {
  bool color = false;
  std::size_t width = 80;
  [[nodiscard]] std::string paint(std::string_view code, std::string_view text) const {
    return ansi::paint(color, code, text);
  }
};

constexpr std::size_t kMargin = 2;
constexpr std::size_t kSymbol = 2;  // the symbol and a blank

/// The same in every locale: all that we print may be UTF-8, names of the guest's included, and
/// the words beside a symbol say the same.
std::string symbol(FindingStatus status, const Style& style) {
  switch (status) {
    case FindingStatus::pass:
      return style.paint(ansi::kGreen, "✓");
    case FindingStatus::fail:
      return style.paint(ansi::kRed, "✗");
    case FindingStatus::invalid:
      break;
  }
  return style.paint(ansi::kYellow, "?");
}

/// Lines of untrusted text below each other, from column `indent` on.
std::string indented(std::string_view untrusted, std::size_t indent, std::string_view code,
                     const Style& style) {
  std::string text;
  for (const std::string& line : wrapped(printable_lines(untrusted), style.width - indent)) {
    text += std::string(indent, ' ') + style.paint(code, line) + "\n";
  }
  return text;
}

/// Columns of the names: as wide as the longest, but at most half of the terminal.
std::size_t name_columns(const RunRecord& record, const Style& style) {
  std::size_t columns = 0;
  for (const Finding& finding : record.findings) {
    columns = std::max(columns, display_width(printable(finding.check)));
  }
  return std::min(columns, (style.width - kMargin - kSymbol) / 2);
}

/// One check. A name too long for its column, like a long figure, goes on below.
std::string check_row(const Finding& finding, std::size_t columns, const Style& style) {
  const std::size_t figure_at = kMargin + kSymbol + columns + 2;
  const std::vector<std::string> names =
      wrapped(printable(finding.check), std::max<std::size_t>(columns, 1));
  const std::vector<std::string> figures =
      wrapped(printable_lines(shortened(finding.figure, kReasonBytes)), style.width - figure_at);
  std::string text;
  for (std::size_t i = 0; i < std::max(names.size(), figures.size()); ++i) {
    std::string line(kMargin, ' ');
    line += i == 0 ? symbol(finding.status, style) + " " : std::string(kSymbol, ' ');
    const std::string name = i < names.size() ? names[i] : "";
    const std::string figure = i < figures.size() ? figures[i] : "";
    line += figure.empty() ? name : padded(name, columns) + "  " + figure;
    text += line + "\n";
  }
  if (finding.status == FindingStatus::pass) return text;
  const std::string_view code = finding.status == FindingStatus::fail ? ansi::kRed : ansi::kYellow;
  if (!finding.reason.empty())
    text += indented(shortened(finding.reason, kReasonBytes), kMargin + kSymbol + 2, code, style);
  if (!finding.at.file.empty()) {
    text += indented(finding.at.text(), kMargin + kSymbol + 2, ansi::kDim, style);
  }
  return text;
}

/// The end of what a boot said, or of what QEMU complained of, for a run that went wrong.
std::string evidence(std::string_view title, std::string_view untrusted, const Style& style) {
  constexpr std::size_t kLines = 8;
  const std::string tail = tail_of(untrusted, kLines);
  if (tail.empty()) return {};
  const std::string_view lines = std::string_view(tail).substr(0, tail.size() - 1);
  std::string text = "\n  " + std::string(title) + ":\n";
  for (const std::string& line : wrapped(lines, style.width - 4)) {
    text += "  " + style.paint(ansi::kDim, "│ " + line) + "\n";
  }
  return text;
}

/// Lines below each other behind a bar, in place of what a terminal would make of them.
std::string quoted_lines(const std::vector<std::string>& lines, std::size_t indent,
                         const Style& style) {
  std::string text;
  for (const std::string& line : lines) {
    for (const std::string& part : wrapped(line, style.width - indent - 2)) {
      text += std::string(indent, ' ') + style.paint(ansi::kDim, "│ " + part) + "\n";
    }
  }
  return text;
}

/// Each test that failed, with where and why.
std::string failed_tests_lines(const RunRecord& record, const Style& style) {
  constexpr std::size_t kTests = 5, kLines = 6;
  const std::vector<TestOverBoots> tests = failed_tests_of(record);
  std::string text;
  for (std::size_t i = 0; i < std::min(tests.size(), kTests); ++i) {
    const TestOverBoots& test = tests[i];
    const TestFailure failure = failure_of(boot_of(record, test.boot), test.shown);
    std::string line = "test " + test.shown.name;
    if (record.boots.size() > 1) line += fmt::format(" (boot {})", test.boot);
    if (test.shown.result) line += ": " + *test.shown.result;
    const std::string rows = indented(shortened(line, kReasonBytes), kMargin + kSymbol, "", style);
    text += std::string(kMargin, ' ') + symbol(FindingStatus::fail, style) + " " +
            rows.substr(kMargin + kSymbol);
    if (!failure.file.empty()) {
      text += indented(fmt::format("{}:{}", failure.file, failure.line), kMargin + kSymbol + 2,
                       ansi::kRed, style);
    }
    text += quoted_lines(shown_lines(failure, kLines), kMargin + kSymbol + 2, style);
  }
  if (tests.size() > kTests) {
    text += indented("and " + count_of(tests.size() - kTests, "more failed test"),
                     kMargin + kSymbol, "", style);
  }
  return text;
}

/// Where the guest crashed, by its symbols.
std::string crash_site_lines(const BootRecord& boot, const Style& style) {
  if (!boot.crash_site) return {};
  std::string text = "\n" + indented(fmt::format("boot {} {}:", boot.index, crash_words(boot).did),
                                     kMargin, "", style);
  const std::vector<std::string> lines = crash_and_register_lines(*boot.crash_site);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    // A frame that takes several lines is set in from the second on.
    constexpr std::size_t kHanging = 3;
    const std::string frame = indented(lines[i], kMargin + 2 + kHanging, "", style);
    for (std::size_t at = 0, end = 0; at < frame.size(); at = end + 1) {
      end = frame.find('\n', at);
      const std::size_t blanks = at == 0 ? kHanging : 0;
      text += style.paint(i == 0 ? ansi::kRed : "", frame.substr(at + blanks, end - at - blanks));
      text += "\n";
    }
  }
  return text;
}

/// Numbers that came one after another.
std::string curves_lines(const BootRecord& boot, const Style& style) {
  std::string text;
  for (const Curve& curve : curves_of(boot)) {
    text += "\n" + indented(printable(curve_summary(curve)), 0, "", style) + "\n";
    for (const std::string& line : curve_drawing(curve, style.width - kMargin)) {
      text += std::string(kMargin, ' ') + line + "\n";
    }
  }
  return text;
}

/// What was made of what: drawn, and as a table.
std::string stages_lines(const RunRecord& record, const BootRecord& boot, const Style& style) {
  const Stages stages = stages_of(boot);
  if (stages.groups.empty()) return {};
  std::string text = "\n";
  for (const std::string& line : stages_drawing(stages, style.width - kMargin)) {
    text += std::string(kMargin, ' ') + line + "\n";
  }
  text += "\n";
  const StageTable told = stages_table(stages, record.fingerprint.clock, false);
  std::vector<std::vector<std::string>> rows(1);
  for (const html::Column& column : told.columns) rows[0].emplace_back(column.title.text());
  for (const std::vector<std::string>& cells : told.rows) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::string& cell : cells) row.push_back(printable(cell));
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < told.columns.size(); ++c) {
      std::size_t width = 0;
      for (const auto& row : rows) width = std::max(width, display_width(row[c]));
      const std::string cell = padded(rows[r][c], told.columns[c].number ? 0 : width);
      const std::size_t blanks = width > display_width(cell) ? width - display_width(cell) : 0;
      line += std::string(c == 0 ? kMargin : 2, ' ') + std::string(blanks, ' ') + cell;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    if (display_width(line) > style.width) return text;
    text += (r == 0 ? style.paint(ansi::kDim, line) : line) + "\n";
  }
  return text;
}

std::string_view verdict_color(VerdictKind kind) {
  if (kind == VerdictKind::pass) return ansi::kGreen;
  return kind == VerdictKind::skip ? ansi::kYellow : ansi::kRed;
}

/// "24 of 24 checks passed, 2 boots in 164.5 ms".
std::string outline(const RunRecord& record) {
  const std::size_t all = record.findings.size();
  std::string text = all == 0 ? "no checks"
                              : fmt::format("{} of {} passed", count_checks(record).passed,
                                            count_of(all, "check"));
  text += ", " + count_of(record.boots.size(), "boot");
  if (const auto wall = total_wall(record)) text += " in " + duration_text(*wall);
  return text;
}

/// "PASS  session20: 24 of 24 checks passed, 2 boots in 164.5 ms"; of a run that did not pass the
/// reason, and the figures below it: that all checks passed is no answer to why.
std::string verdict_lines(const RunRecord& record, const Style& style) {
  const VerdictKind kind = record.verdict.kind;
  const std::string word = verdict_word(kind);
  const std::size_t indent = word.size() + 2;
  const bool has_reason = !record.verdict.reason.empty();
  const std::string said =
      has_reason ? shortened(reason_beside_crash(record), kReasonBytes) : outline(record);
  std::string text =
      indented(record.scenario + ": " + said, indent, has_reason ? verdict_color(kind) : "", style);
  text.replace(
      0, indent,
      style.paint(std::string(ansi::kBold) + std::string(verdict_color(kind)), word) + "  ");
  if (!has_reason) return text;
  if (const std::string place = first_place(record); !place.empty()) {
    text += indented(place, indent, verdict_color(kind), style);
  }
  return text + indented(outline(record), indent, ansi::kDim, style);
}

}  // namespace

std::string render_console_verdict(const RunRecord& record, bool color, std::size_t width) {
  return verdict_lines(record, {color, std::max<std::size_t>(width, 40)});
}

std::string render_console_report(const RunRecord& record, bool color, std::size_t width) {
  const Style style{color, std::max<std::size_t>(width, 40)};
  std::string text;
  const std::size_t columns = name_columns(record, style);
  for (const Finding& finding : record.findings) text += check_row(finding, columns, style);
  text += failed_tests_lines(record, style);

  // After a failed check its own reason says more than the last lines of a guest that ended well.
  const BootRecord* boot = shown_boot(record);
  if (boot) text += stages_lines(record, *boot, style) + curves_lines(*boot, style);
  if (boot && !ending_accepted(record, *boot)) {
    text += evidence(fmt::format("boot {} said last", boot->index), boot->trace.serial, style);
    text += evidence("QEMU said", boot->trace.stderr_text, style);
    text += crash_site_lines(*boot, style);
  }
  if (!text.empty()) text += "\n";
  if (const std::string halted = halted_text(record); !halted.empty()) {
    text += indented("note: " + halted, 0, "", style) + "\n";
  }
  return text + verdict_lines(record, style);
}

}  // namespace harness
