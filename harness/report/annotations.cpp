#include "report/annotations.h"

#include <fmt/format.h>

#include <string_view>

#include "base/near_path.h"
#include "base/text.h"
#include "model/verdict.h"
#include "report/placed_failures.h"
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
  std::string take() && { return std::move(text_); }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

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
  Annotations all;
  for (const PlacedFailure& one : placed_failures(record, kMaxAnnotations)) {
    all.add(one.title, one.message, one.file, one.line);
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
