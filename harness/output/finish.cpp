#include "output/finish.h"

#include <cstdio>

#include "base/files.h"
#include "base/fold.h"
#include "base/text.h"
#include "output/github.h"
#include "profile/saved.h"
#include "record/codec.h"
#include "record/store.h"
#include "report/annotations.h"
#include "report/console_verdict.h"
#include "report/report.h"
#include "report/suite_json.h"
#include "report/suite_report.h"
#include "run/progress.h"

namespace harness {
namespace {

constexpr std::string_view kPage = "report.html";

void put_page(const std::filesystem::path& folder, const RunRecord& record, PageMore more,
              const PutText& put) {
  auto profile = profile::saved_section(folder, record.fingerprint.image_sha256, false);
  if (profile) more.sections.push_back(std::move(*profile));
  write_html(record, more, put);
}

}  // namespace

std::string render_page(const std::filesystem::path& folder, const RunRecord& record,
                        PageMore more) {
  std::string page;
  put_page(folder, record, std::move(more), [&](std::string_view piece) { page += piece; });
  return page;
}

void write_page(const std::filesystem::path& folder, const RunRecord& record, PageMore more) {
  write_atomically(folder / kPage, render_page(folder, record, std::move(more)));
}

void write_reports(const std::filesystem::path& folder, const RunRecord& record) {
  std::vector<NamedFile> reports;
  for (const ReportFormat& format : report_formats()) {
    reports.push_back({std::string(format.file), [&](const PutText& put) {
                         if (format.file == kPage) return put_page(folder, record, {}, put);
                         put(format.render(record));
                       }});
  }
  save_record(folder, record, reports);
}

void print_text(const std::string& text) {
  // A full disk or a closed pipe must not look like a result that was delivered.
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Error("cannot write the result to the standard output");
  }
}

void print_folded(const std::string& text) {
  print_text(terminal_is_there() ? folded(text, terminal_width()) : text);
}

OutputOptions with_details(OutputOptions options) {
  options.quiet = false;
  return options;
}

void print_result(const RunRecord& record, const OutputOptions& options,
                  const std::filesystem::path& folder) {
  if (options.silent) return;
  if (options.json) return print_text(record_to_json(record));
  std::string text;
  if (options.quiet) {
    text = render_console_verdict(record, terminal_color(), terminal_width());
  } else {
    text = render_console_report(record, terminal_color(), terminal_width());
    if (!folder.empty()) {
      text += "report: " + printable((folder / "report.html").string()) + "\n";
    }
  }
  if (in_github_step()) {
    text = without_commands(text) + github_annotations(record);
    add_to_step_summary(render_markdown(record));
  }
  print_text(text);
}

void print_suite(const SuiteResult& suite, const OutputOptions& options,
                 const std::filesystem::path& folder) {
  if (options.json) return print_text(render_suite_json(suite));
  std::string text = options.quiet
                         ? render_suite_verdict(suite, terminal_color(), terminal_width())
                         : render_suite_console(suite, terminal_color(), terminal_width()) +
                               "report: " + printable((folder / "index.html").string()) + "\n";
  if (in_github_step()) {
    text = without_commands(text) + github_annotations(suite);
    add_to_step_summary(render_suite_markdown(suite));
  }
  print_text(text);
}

}  // namespace harness
