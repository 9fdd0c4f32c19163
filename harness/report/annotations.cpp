#include "report/annotations.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/near_path.h"
#include "base/text.h"
#include "model/verdict.h"
#include "report/crash.h"
#include "report/digest.h"
#include "report/test_failure.h"
#include "suite/outcome.h"

namespace harness {
namespace {

constexpr std::size_t kMessageBytes = 1000;

/// The value of a property, or with `message` what stands behind "::".
std::string annotation_text(std::string_view untrusted, bool message) {
  std::string text;
  for (const char c : printable_lines(untrusted.substr(0, kMessageBytes))) {
    switch (c) {
      case '%':
        text += "%25";
        break;
      case '\n':
        text += "%0A";
        break;
      case ':':
        text += message ? ":" : "%3A";
        break;
      case ',':
        text += message ? "," : "%2C";
        break;
      default:
        text += c;
    }
  }
  return text;
}

class Annotations {
 public:
  void add(std::string_view title, std::string_view message, const std::string& file,
           std::uint64_t line) {
    if (count_++ < kMaxAnnotations) text_ += github_error(title, message, file, line);
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  std::string take() && { return std::move(text_); }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

void add_crash(const RunRecord& record, Annotations& to) {
  const BootRecord* boot = shown_boot(record);
  if (boot == nullptr || !boot->crash_site) return;
  const auto& frames = boot->crash_site->frames;
  const auto at =
      std::ranges::find_if(frames, [](const CrashFrame& frame) { return !frame.file.empty(); });
  if (at == frames.end()) return;
  to.add(record.scenario + ": " + std::string(verdict_name(boot->ending.kind)),
         boot->ending.reason + "\n" + joined_lines(crash_lines(*boot->crash_site)), at->file,
         at->line);
}

void add_tests(const RunRecord& record, Annotations& to) {
  constexpr std::size_t kLines = 10;
  std::vector<TestOverBoots> tests = failed_tests_of(record);
  tests.resize(std::min(tests.size(), kMaxAnnotations));
  for (const TestOverBoots& test : tests) {
    const TestFailure failure = failure_of(boot_of(record, test.boot), test.shown);
    const std::string lines = joined_lines(shown_lines(failure, kLines));
    const bool placed = !failure.file.empty();
    to.add("test " + test.shown.name, lines.empty() ? "the guest says fail" : lines,
           placed ? failure.file : record.scenario_file, placed ? failure.line : 0);
  }
}

bool is_red(VerdictKind kind) { return exit_status(kind) != ExitStatus::pass; }

}  // namespace

std::string github_error(std::string_view title, std::string_view message, const std::string& file,
                         std::uint64_t line) {
  std::string properties;
  if (!file.empty()) {  // matched with the names of the repository
    properties = fmt::format("file={},", annotation_text(near_path(file), false));
    if (line > 0) properties += fmt::format("line={},", line);
  }
  return fmt::format("::error {}title={}::{}\n", properties, annotation_text(title, false),
                     annotation_text(message, true));
}

std::string github_annotations(const RunRecord& record) {
  if (!is_red(record.verdict.kind)) return {};
  Annotations all;
  add_crash(record, all);
  add_tests(record, all);
  for (const Finding& finding : record.findings) {
    if (finding.status == FindingStatus::pass) continue;
    all.add(record.scenario + ": " + finding.check, finding.reason, finding.at.file,
            static_cast<std::uint64_t>(std::max(finding.at.line, 0)));
  }
  if (all.empty()) {
    all.add(record.scenario + ": " + std::string(verdict_name(record.verdict.kind)),
            record.verdict.reason, record.scenario_file, 0);
  }
  return std::move(all).take();
}

std::string github_annotations(const SuiteResult& suite) {
  Annotations all;
  for (const InstanceResult& result : suite.instances) {
    if (status_of(result, suite.allow_flaky) == ExitStatus::pass || result.attempts.empty()) {
      continue;
    }
    const Attempt& attempt = result.attempts.front();
    std::string message(verdict_name(attempt.verdict.kind));
    if (!attempt.verdict.reason.empty()) message += ": " + attempt.verdict.reason;
    if (!attempt.evidence.empty()) message += "\n" + attempt.evidence;
    all.add(result.name, message, result.scenario_file, 0);
  }
  return std::move(all).take();
}

}  // namespace harness
