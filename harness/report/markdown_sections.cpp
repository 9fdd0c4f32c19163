#include "report/markdown_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/format.h"
#include "base/listing.h"
#include "base/ranked.h"
#include "base/text.h"
#include "model/verdict.h"
#include "page/markdown_text.h"
#include "record/brief_reason.h"
#include "report/crash.h"
#include "report/curves.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/stages.h"
#include "report/test_failure.h"
#include "screen/screen.h"

namespace harness {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string duration_or_none(const std::optional<std::chrono::nanoseconds>& time) {
  return time ? duration_text(*time) : "not measured";
}

/// The last lines of printable text that fit.
std::string_view last_bytes(std::string_view text) {
  if (text.size() <= kBlockBytes) return text;
  text.remove_prefix(text.size() - kBlockBytes);
  const std::size_t line = text.find('\n');
  return line + 1 < text.size() ? text.substr(line + 1) : text;
}

int rank_of(wire::Status status) {
  return status == wire::Status::fail ? 0 : status == wire::Status::skip ? 1 : 2;
}

}  // namespace

std::string markdown_cell(std::string_view untrusted) {
  return markdown_text(shortened(untrusted, kCellBytes));
}

std::string facts_section(const RunRecord& record) {
  Rows rows;
  for (const Fact& fact : facts_of(record)) {
    rows.push_back({fact.name, fact.code ? markdown_code(fact.value) : markdown_text(fact.value)});
  }
  return markdown_section("This run", markdown_table({{"Fact"}, {"Value"}}, rows));
}

std::string tests_section(const RunRecord& record) {
  Rows rows;
  std::vector<TestOverBoots> tests = tests_over_boots(record);
  tests = ranked(std::move(tests),
                 [](const TestOverBoots& test) { return rank_of(test.shown.status); });
  for (const TestOverBoots& test : tests) {
    std::string status = wire::status_name(test.shown.status);
    if (test.shown.status != wire::Status::pass) status = fmt::format("**{}**", status);
    if (record.boots.size() > 1 && test.shown.status != wire::Status::pass) {
      status += fmt::format(" (boot {})", test.boot);
    }
    if (test.reports != record.boots.size()) {
      status += fmt::format(", reported by {} of {}", test.reports,
                            count_of(record.boots.size(), "boot"));
    }
    rows.push_back({markdown_cell(test.shown.name), status,
                    test.shown.iterations ? grouped(*test.shown.iterations) : "",
                    markdown_cell(test.shown.result.value_or(""))});
  }
  return markdown_section(
      "Tests of the guest",
      markdown_table_within({{"Test"}, {"Status"}, {"Iterations", true}, {"Result", true}}, rows,
                            kTableBytes, kWholeReport));
}

std::string stages_section(const RunRecord& record, const BootRecord& boot) {
  constexpr std::size_t kColumns = 100;
  const Stages stages = stages_of(boot);
  if (stages.list.empty()) return {};
  std::string text;
  if (const std::string summary = stages_summary(stages); !summary.empty()) {
    text += markdown_text(summary) + "\n\n";
  }
  std::string drawing;
  for (const std::string& line : stages_drawing(stages, kColumns)) drawing += line + "\n";
  if (!drawing.empty()) text += markdown_block(drawing) + "\n";
  const StageTable told = stages_table(stages, record.fingerprint.clock, true);
  std::vector<MarkdownColumn> columns;
  columns.reserve(told.columns.size());
  for (const html::Column& column : told.columns) {
    columns.push_back({column.title.text(), column.number});
  }
  Rows rows;
  for (const std::vector<std::string>& cells : told.rows) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::string& cell : cells) row.push_back(markdown_cell(cell));
  }
  text += markdown_table_within(columns, rows, kTableBytes, kWholeReport);
  return markdown_section(title_of_boot("What made what", record, boot), text);
}

std::string curves_section(const RunRecord& record, const BootRecord& boot) {
  constexpr std::size_t kColumns = 100;
  std::string text;
  for (const Curve& curve : curves_of(boot)) {
    text += markdown_text(curve_summary(curve)) + "\n\n";
    std::string drawing;
    for (const std::string& line : curve_drawing(curve, kColumns)) drawing += line + "\n";
    if (!drawing.empty()) text += markdown_block(drawing) + "\n";
  }
  if (text.empty()) return {};
  return markdown_section(title_of_boot("Curves", record, boot), text);
}

std::string boots_section(const RunRecord& record) {
  constexpr std::size_t kShown = 50;
  const std::vector<const BootRecord*> boots = boots_to_show(record, kShown);
  Rows rows;
  for (const BootRecord* boot : boots) {
    const Trace& trace = boot->trace;
    std::string ending(markdown_text(verdict_name(boot->ending.kind)));
    if (!boot->ending.reason.empty()) {
      ending += ": " + markdown_cell(without_registers(boot->ending.reason));
    }
    const bool timed = trace.wall > trace.wall.zero();
    rows.push_back(
        {grouped(boot->index), ending, timed ? duration_text(trace.wall) : "not measured",
         duration_or_none(first_byte(trace)), bytes_text(trace.serial.size()), process_end(trace)});
  }
  std::string text = markdown_table_within({{"Boot", true},
                                            {"Ending"},
                                            {"Wall time", true},
                                            {"To first byte", true},
                                            {"Serial output", true},
                                            {"QEMU's end"}},
                                           rows, kTableBytes, kWholeReport);
  if (record.boots.size() > kShown) {
    text += fmt::format(
        "\n{} of {} boots shown, those that did not end as expected first; "
        "record.json holds all.\n",
        kShown, grouped(record.boots.size()));
  }
  return markdown_section("Boots", text);
}

std::string screen_section(const RunRecord& record, const BootRecord& boot) {
  std::string text;
  // The store keeps one screenshot, of the first boot that has one.
  const bool screenshot = std::ranges::any_of(
      record.boots, [](const BootRecord& any) { return !any.trace.screenshot.empty(); });
  if (screenshot) text += "![screen](vga.png)\n";
  if (screenshot && boot.index != record.boots.front().index) {
    text += fmt::format("\nThe picture is of boot {}, the text of boot {}.\n",
                        record.boots.front().index, boot.index);
  }
  if (boot.trace.screen.size() == kScreenBytes) {
    std::string rows;
    std::size_t blank = 0;
    for (std::size_t row = 0; row < kScreenRows; ++row) {
      const std::string line = screen_row(boot.trace.screen, row);
      blank = line.empty() ? blank + 1 : 0;
      rows += line + "\n";
    }
    rows.resize(rows.size() - blank);  // blank rows at the end
    if (!text.empty()) text += '\n';
    text += rows.empty() ? "The screen is blank.\n" : markdown_block(rows);
  }
  return markdown_section(screenshot ? "Screen" : title_of_boot("Screen", record, boot), text);
}

std::string evidence_section(const BootRecord& boot) {
  constexpr std::size_t kTail = 40;
  constexpr std::size_t kDamageShown = 20;
  std::string text;
  const std::vector<std::string>& panics = boot.events.panics;
  for (const std::string& panic : std::span(panics).first(std::min(panics.size(), kListed))) {
    text += "Panic: " + markdown_cell(without_registers(panic)) + "\n\n";
  }
  if (panics.size() > kListed) {
    text += fmt::format("And {} more panics.\n\n", grouped(panics.size() - kListed));
  }
  if (boot.crash_site) {
    std::string lines;
    for (const std::string& line : crash_and_register_lines(*boot.crash_site)) lines += line + "\n";
    text += fmt::format("{}:\n\n", crash_words(boot).title) + markdown_block(lines) + "\n";
  }
  Rows rows;
  for (const ProtocolError& damage : boot.events.protocol_errors) {
    if (rows.size() == kDamageShown) break;
    rows.push_back({grouped(damage.line), markdown_cell(damage.why), markdown_cell(damage.text)});
  }
  if (!rows.empty()) {
    const std::size_t all = boot.events.protocol_errors.size();
    text += all > rows.size()
                ? fmt::format("Damaged lines, the first {} of {}:\n\n", rows.size(), all)
                : "Damaged lines:\n\n";
    text += markdown_table_within({{"Line", true}, {"Why"}, {"Text"}}, rows, kTableBytes,
                                  kWholeReport) +
            "\n";
  }
  const std::string tail = tail_of(boot.trace.serial, kTail);
  text += tail.empty() ? "The guest printed nothing.\n"
                       : "End of the serial output:\n\n" + markdown_block(last_bytes(tail));
  return markdown_section(fmt::format("What boot {} said", boot.index), text);
}

std::string qemu_messages_section(const RunRecord& record) {
  for (const BootRecord& boot : record.boots) {
    const std::string tail = tail_of(boot.trace.stderr_text, 40);
    if (!tail.empty()) {
      return markdown_section(title_of_boot("Messages of QEMU", record, boot),
                              markdown_block(last_bytes(tail)));
    }
  }
  return {};
}

std::string failed_tests_section(const RunRecord& record) {
  constexpr std::size_t kTests = 10, kLines = 12;
  const std::vector<TestOverBoots> tests = failed_tests_of(record);
  std::string text;
  for (std::size_t i = 0; i < std::min(tests.size(), kTests); ++i) {
    const TestFailure failure = failure_of(boot_of(record, tests[i].boot), tests[i].shown);
    text += fmt::format("{}**{}**", i == 0 ? "" : "\n", markdown_cell(tests[i].shown.name));
    if (record.boots.size() > 1) text += fmt::format(" in boot {}", tests[i].boot);
    if (!failure.file.empty()) {
      text += fmt::format(" at {}:{}", markdown_cell(failure.file), failure.line);
    }
    text += "\n";
    std::string lines;
    for (const std::string& line : shown_lines(failure, kLines)) lines += line + "\n";
    if (!lines.empty()) text += "\n" + markdown_block(last_bytes(lines));
  }
  if (tests.size() > kTests) {
    text +=
        fmt::format("\nAnd {} more: {} has them.\n", grouped(tests.size() - kTests), kWholeReport);
  }
  return markdown_section("Failed tests", text);
}

std::string reproduce_section(const RunRecord& record) {
  std::string text;
  for (const ReproduceStep& step : reproduce_steps(record)) {
    if (!text.empty()) text += '\n';
    text += step.what + "\n\n" + markdown_block(printable_lines(step.command), "sh");
  }
  return markdown_section("Reproduce", text);
}

}  // namespace harness
