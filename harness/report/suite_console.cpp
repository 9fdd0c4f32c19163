// The end of a suite on a terminal: what went wrong and where to read more, and last, where the eye
// is, the counts.
#include <fmt/format.h>

#include <algorithm>

#include "base/ansi.h"
#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "report/console_verdict.h"
#include "report/suite_report.h"

namespace harness {
namespace {

std::string paint(bool color, std::string_view code, std::string_view text) {
  return ansi::paint(color, std::string(ansi::kBold) + std::string(code), text);
}

std::string below(std::string_view untrusted, std::size_t indent, std::size_t width) {
  std::string text;
  for (const std::string& line : wrapped(printable(untrusted), width - indent)) {
    text += std::string(indent, ' ') + line + "\n";
  }
  return text;
}

/// "FAILED  boot[model=q35]: idle: silent for 3 s" and where its reports are.
std::string problem(const InstanceResult& result, std::string_view word, std::string_view code,
                    bool color, std::size_t width) {
  std::string text = paint(color, code, word) + "  " + printable(result.name) + "\n" +
                     below(shortened(outcome_text(result), kReasonBytes), 4, width);
  if (result.attempts.empty()) return text;
  const Attempt& attempt = result.attempts.front();
  // What the harness could not even begin has no reports; its evidence is the next step.
  if (!attempt.reported) return text + below(attempt.evidence, 4, width);
  // The first line of the evidence names the place, where one is known.
  const std::string_view evidence = attempt.evidence;
  const std::string_view first = evidence.substr(0, evidence.find('\n'));
  if (!first.empty()) text += below(shortened(first, kReasonBytes), 4, width);
  return text + below((result.folder / "report.html").string(), 4, width);
}

std::string problems(const SuiteResult& suite, Outcome outcome, std::string_view word,
                     std::string_view code, bool color, std::size_t width) {
  std::string text;
  std::size_t count = 0;
  for (const InstanceResult& result : suite.instances) {
    if (result.outcome != outcome) continue;
    if (count++ < kListed) text += problem(result, word, code, color, width);
  }
  if (count > kListed) {
    text += paint(color, code, word) +
            fmt::format("  and {} more: summary.json has all\n", grouped(count - kListed));
  }
  return text;
}

std::string slowest_line(const SuiteResult& suite, std::size_t width) {
  std::string text;
  for (const std::size_t i : slowest(suite, 3)) {
    const InstanceResult& result = suite.instances[i];
    text += (text.empty() ? "slowest: " : ", ") + result.name + " " + duration_text(result.wall());
  }
  return text.empty() ? text : below(text, 0, width);
}

std::string notes_text(const SuiteResult& suite, std::size_t width) {
  std::string text;
  for (std::size_t i = 0; i < std::min(suite.notes.size(), kListed); ++i) {
    text += below("note: " + shortened(suite.notes[i], kReasonBytes), 0, width);
  }
  if (suite.notes.size() > kListed) {
    text += fmt::format("note: and {} more\n", grouped(suite.notes.size() - kListed));
  }
  return text;
}

/// "PASS  20 instances: 20 passed in 651.6 ms, 2 at once".
std::string verdict_line(const SuiteResult& suite, bool color) {
  const bool passed = suite.status == ExitStatus::pass;
  const char* word = suite.status == ExitStatus::interrupted ? "INTERRUPTED" : "FAIL";
  return paint(color, passed ? ansi::kGreen : ansi::kRed, passed ? "PASS" : word) +
         fmt::format("  {}: {} in {}, {} at once\n", count_of(suite.instances.size(), "instance"),
                     counts_text(suite), duration_text(suite.wall), suite.jobs);
}

}  // namespace

std::string render_suite_console(const SuiteResult& suite, bool color, std::size_t width) {
  width = std::max<std::size_t>(width, 40);
  std::string text =
      problems(suite, Outcome::quarantined, "QUARANTINED", ansi::kYellow, color, width) +
      problems(suite, Outcome::flaky, "FLAKY", ansi::kYellow, color, width) +
      problems(suite, Outcome::failed, "FAILED", ansi::kRed, color, width) +
      problems(suite, Outcome::lost, "LOST", ansi::kRed, color, width);
  text += notes_text(suite, width);
  if (!text.empty()) text += "\n";
  text += slowest_line(suite, width);
  return text + verdict_line(suite, color);
}

std::string render_suite_verdict(const SuiteResult& suite, bool color, std::size_t width) {
  const bool passed = suite.status == ExitStatus::pass;
  return (passed ? std::string() : notes_text(suite, width)) + verdict_line(suite, color);
}

}  // namespace harness
