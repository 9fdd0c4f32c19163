#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "base/format.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

std::size_t widest(const std::string& text) {
  std::size_t width = 0;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) width = std::max(width, display_width(line));
  return width;
}

TEST(ConsoleReport, APassIsATableAndAVerdict) {
  EXPECT_EQ(render_console_report(passing_record(), false, 80),
            "  ✓ ending pass        pass\n"
            "  ✓ profile fibonacci  calls 10, avg 900 instructions\n"
            "\n"
            "PASS  sample: 2 of 2 checks passed, 2 boots in 166.6 ms\n");
}
TEST(ConsoleReport, AFailureHasItsReasonBelowAndInTheVerdict) {
  EXPECT_EQ(render_console_report(failing_record(), false, 80),
            "  ✓ ending pass        pass\n"
            "  ✗ profile fibonacci  calls 9, avg 900 instructions\n"
            "      calls is 9, must be 10\n"
            "      scenarios/sample.yaml:9:5\n"
            "\n"
            "FAIL  sample: profile fibonacci: calls is 9, must be 10\n"
            "      1 of 2 checks passed, 2 boots in 166.6 ms\n");
}
TEST(ConsoleReport, ABadEndingShowsWhatThatBootSaidLast) {
  RunRecord record = passing_record();
  record.findings.clear();
  record.boots[1].ending = {VerdictKind::idle, "fell silent after 'two'"};
  record.boots[1].trace.serial = "one\ntwo\n";
  record.verdict = {VerdictKind::idle, "boot 2: fell silent after 'two'"};
  EXPECT_EQ(render_console_report(record, false, 80),
            "\n"
            "  boot 2 said last:\n"
            "  │ one\n"
            "  │ two\n"
            "\n"
            "IDLE  sample: boot 2: fell silent after 'two'\n"
            "      no checks, 2 boots in 166.6 ms\n");
}
TEST(ConsoleReport, InvalidDataHasItsOwnSymbol) {
  RunRecord record = failing_record();
  record.findings[1].status = FindingStatus::invalid;
  record.verdict.kind = VerdictKind::invalid_data;
  const std::string text = render_console_report(record, false, 80);
  EXPECT_NE(text.find("  ? profile fibonacci"), text.npos);
  EXPECT_NE(text.find("INVALID_DATA  sample: "), text.npos);
}
TEST(ConsoleReport, WhatWasNotTimedHasNoDuration) {
  RunRecord record;
  record.scenario = "log";
  record.boots.emplace_back();
  EXPECT_EQ(render_console_report(record, false, 80), "PASS  log: no checks, 1 boot\n");
}
TEST(ConsoleReport, QemusComplaintIsShown) {
  RunRecord record = passing_record();
  record.findings.clear();
  record.boots[0].ending = record.verdict = {VerdictKind::harness_error, "QEMU did not start"};
  record.boots[0].trace.stderr_text = "qemu: no such machine\n";
  EXPECT_NE(
      render_console_report(record, false, 80).find("  QEMU said:\n  │ qemu: no such machine\n"),
      std::string::npos);
}

TEST(ConsoleReport, ColoursChangeNoCharacter) {
  std::string colored = render_console_report(failing_record(), true, 80);
  EXPECT_NE(colored.find("\x1b[1m\x1b[31mFAIL\x1b[0m"), colored.npos);
  for (std::size_t at; (at = colored.find('\x1b')) != colored.npos;) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  EXPECT_EQ(colored, render_console_report(failing_record(), false, 80));
}
TEST(ConsoleReport, WithoutColourThereIsNoEscape) {
  EXPECT_EQ(render_console_report(failing_record(), false, 80).find('\x1b'), std::string::npos);
}

TEST(ConsoleReport, NoLineIsWiderThanTheTerminal) {
  for (const std::size_t width : {40u, 41u, 60u, 80u, 200u}) {
    RunRecord record = failing_record();
    record.findings[0].check =
        "text 'a name that is much longer than half of a narrow terminal is'";
    record.findings[1].figure += ", and " + std::string(150, 'x') + " ✓✓✓ " + std::string(90, 'y');
    EXPECT_LE(widest(render_console_report(record, false, width)), width);
    EXPECT_LE(widest(render_console_report(hostile_record(), false, width)), width);
  }
}
TEST(ConsoleReport, AWidthBelowTheLeastIsTakenAsTheLeast) {
  EXPECT_EQ(render_console_report(failing_record(), false, 0),
            render_console_report(failing_record(), false, 40));
}
TEST(ConsoleReport, LongNamesAndFiguresContinueInTheirColumn) {
  RunRecord record = passing_record();
  record.findings.erase(record.findings.begin());
  record.findings[0].check = "profile of a long name";
  EXPECT_EQ(render_console_report(record, false, 40),
            "  ✓ profile of a long   calls 10, avg\n"
            "    name                900 instructions\n"
            "\n"
            "PASS  sample: 1 of 1 check passed, 2\n"
            "      boots in 166.6 ms\n");
}

TEST(ConsoleReport, HostileTextMovesNoCursor) {
  const std::string text = render_console_report(hostile_record(), false, 80);
  EXPECT_TRUE(std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F;
  }));
  EXPECT_EQ(text.find('\xff'), text.npos);
}

TEST(ReportFormats, EachHasAFileNameAndRenders) {
  for (const ReportFormat& format : report_formats()) {
    EXPECT_FALSE(format.file.empty());
    EXPECT_FALSE(format.help.empty());
    EXPECT_FALSE(format.render(passing_record()).empty());
  }
  EXPECT_EQ(report_formats().size(), 4u);
}

}  // namespace
}  // namespace harness
