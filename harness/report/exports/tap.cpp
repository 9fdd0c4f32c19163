#include <fmt/format.h>

#include "base/text.h"
#include "report/exports/exports.h"
#include "report/test_cases.h"

namespace harness {
namespace {

/// "\" and "#" are TAP's own in a description.
std::string description(std::string_view untrusted) {
  std::string text;
  for (const char c : printable(untrusted)) {
    if (c == '\\' || c == '#') text += '\\';
    text += c;
  }
  return text;
}

/// A double-quoted scalar of YAML 1.2, in which printable text needs two escapes.
std::string quoted_scalar(std::string_view printable_text) {
  std::string text = "\"";
  for (const char c : printable_text) {
    if (c == '\\' || c == '"') text += '\\';
    text += c;
  }
  return text + "\"";
}

std::string yaml_block(const TestCase& test) {
  std::string text = "  ---\n";
  text += "  message: " + quoted_scalar(printable(test.message)) + "\n";
  text +=
      "  severity: " + std::string(test.outcome == CaseOutcome::error ? "error" : "fail") + "\n";
  if (!test.file.empty()) text += "  at: " + quoted_scalar(printable(test.file)) + "\n";
  if (!test.details.empty()) {
    text += "  details:\n";
    std::string_view rest = test.details;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      if (end > 0) text += "    - " + quoted_scalar(printable(rest.substr(0, end))) + "\n";
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return text + "  ...\n";
}

}  // namespace

std::string render_tap(const RunRecord& record) {
  std::vector<TestCase> cases = test_cases_of(record);
  number_namesakes(cases);
  std::string text = fmt::format("TAP version 14\n1..{}\n", cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const TestCase& test = cases[i];
    const bool red = test.outcome == CaseOutcome::failure || test.outcome == CaseOutcome::error;
    text += fmt::format("{} {} - {}", red ? "not ok" : "ok", i + 1,
                        description(test.group + "/" + test.name));
    if (test.outcome == CaseOutcome::skipped) text += " # SKIP " + description(test.message);
    text += "\n";
    if (red) text += yaml_block(test);
  }
  return text;
}

}  // namespace harness
