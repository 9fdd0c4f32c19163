#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "report/exports/exports.h"
#include "report/placed_failures.h"

namespace harness {
namespace {

constexpr std::size_t kMaxIssues = 1000, kMessageBytes = 1000;

struct IssueKind {
  const char* name;
  const char* severity;
};

/// GitLab's five are info, minor, major, critical and blocker.
IssueKind issue_kind(PlacedFailure::Kind kind) {
  switch (kind) {
    case PlacedFailure::Kind::crash:
      return {"crash", "blocker"};
    case PlacedFailure::Kind::test:
      return {"test", "critical"};
    case PlacedFailure::Kind::check:
      return {"check", "critical"};
    case PlacedFailure::Kind::comparison:
      return {"comparison", "major"};
    case PlacedFailure::Kind::verdict:
      break;
  }
  return {"verdict", "critical"};
}

}  // namespace

std::string render_code_quality(const RunRecord& record) {
  nlohmann::ordered_json issues = nlohmann::ordered_json::array();
  std::map<std::string, std::size_t> seen;
  for (const PlacedFailure& one : placed_failures(record, kMaxIssues)) {
    if (issues.size() == kMaxIssues) break;
    const IssueKind kind = issue_kind(one.kind);
    // GitLab shows nothing of an issue that names no file.
    const std::string path = one.file.empty() ? record.scenario : one.file;
    const std::string identity =
        fmt::format("{}\n{}\n{}\n{}", record.scenario, kind.name, one.title, path);
    const std::size_t number = ++seen[identity];
    issues.push_back({{"description", printable(one.title) + ": " +
                                          printable_lines(one.message.substr(0, kMessageBytes))},
                      {"check_name", kind.name},
                      {"fingerprint", sha256_of(fmt::format("{}\n{}", identity, number))},
                      {"severity", kind.severity},
                      {"location",
                       {{"path", printable(path)},
                        {"lines", {{"begin", std::max<std::uint64_t>(one.line, 1)}}}}}});
  }
  return issues.dump(1) + "\n";
}

}  // namespace harness
