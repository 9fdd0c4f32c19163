// Reports: a RunRecord as text for people and for other tools. Pure: each returns what to write.
// To add a format: one function and one row in kReports (report/table.cpp).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"
#include "page/markup.h"

namespace harness {

struct ReportFormat {
  std::string_view file;  // name in the report folder
  std::string_view help;
  std::string (*render)(const RunRecord& record);
};
/// report.md, report.html, junit.xml, benchmark.json; record.json and serial.log are data, written
/// by record/store.
std::span<const ReportFormat> report_formats();

/// At most kMarkdownBytes (page/markdown_text.h), or `most`, which must be 10,000 or more: what
/// went wrong first, long tables cut, and each cut told.
std::string render_markdown(const RunRecord& record);
std::string render_markdown(const RunRecord& record, std::size_t most);
/// The same with `comparison`, a section of Markdown of ours, behind the head.
std::string render_markdown(const RunRecord& record, std::size_t most,
                            const std::string& comparison);
std::string render_junit(const RunRecord& record);
/// A test case beside those of the record, of the group "gate". Untrusted text.
struct JunitCase {
  enum class Kind { passed, failure, error };
  std::string name, message;
  Kind kind = Kind::passed;
};
std::string render_junit(const RunRecord& record, const std::vector<JunitCase>& more);
std::string render_benchmark_json(const RunRecord& record);
/// What a page shows that is not made of the record alone.
struct PageMore {
  std::vector<html::PageSection> sections = {};  // at the top, such as a comparison with a baseline
  std::vector<html::PageSection> below = {};     // behind the numbers
  std::string chart_data = {};  // what charts.js needs for them, a JSON object, or empty
};
/// One self-contained page.
std::string render_html(const RunRecord& record);
std::string render_html(const RunRecord& record, const PageMore& more);
/// The same, piece by piece: the log in it may be megabytes. Throws what `put` throws.
void write_html(const RunRecord& record, const PageMore& more, const PutText& put);

/// The table of checks and the verdict for a terminal. `color`: use ANSI colours; `width`: columns
/// of the terminal, at least 40. Guest text is made harmless first.
std::string render_console_report(const RunRecord& record, bool color, std::size_t width);

}  // namespace harness
