// From findings to a verdict. The ending comes first: what a guest that died left behind is not
// judged as if it had lived.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "check/check.h"
#include "check/checks.h"
#include "check/support.h"
#include "model/verdict.h"

namespace harness {
namespace {

bool is_ours(VerdictKind kind) {
  return kind == VerdictKind::harness_error || kind == VerdictKind::interrupted;
}

bool is_good(VerdictKind kind) { return kind == VerdictKind::pass || kind == VerdictKind::skip; }

/// The ending that the scenario states, or nullopt where it states none.
std::optional<VerdictKind> stated_ending(const std::vector<CheckSpec>& checks) {
  const auto at = std::ranges::find(checks, "ending", &CheckSpec::kind);
  return at == checks.end() ? std::nullopt : verdict_of(text_param(*at, "is"));
}

std::string boot_text(const RunRecord& record, const BootRecord& boot, std::string reason) {
  if (record.boots.size() == 1 || reason.empty()) return reason;
  return fmt::format("boot {}: {}", boot.index, reason);
}

/// The verdict where some boot did not end as expected, or nullopt where all did. What kept the
/// harness from its job comes before what a guest did, and a bad ending before a good one; a guest
/// that ended well, or skipped, where another ending was stated, is a failure.
std::optional<Verdict> unexpected_ending(const RunRecord& record,
                                         const std::optional<VerdictKind>& stated) {
  const VerdictKind expected = stated.value_or(VerdictKind::pass);
  const auto ours = [](const BootRecord& boot) { return is_ours(boot.ending.kind); };
  const auto unexpected = [&](const BootRecord& boot) {
    return boot.ending.kind != expected && (stated || boot.ending.kind != VerdictKind::skip);
  };
  const auto ended_badly = [&](const BootRecord& boot) {
    return unexpected(boot) && !is_good(boot.ending.kind);
  };
  auto at = std::ranges::find_if(record.boots, ours);
  if (at == record.boots.end()) at = std::ranges::find_if(record.boots, ended_badly);
  if (at == record.boots.end()) at = std::ranges::find_if(record.boots, unexpected);
  if (at == record.boots.end()) return std::nullopt;

  const Verdict& ending = at->ending;
  // Stopped at a forbidden line: the finding says which, and why that is bad.
  const auto forbidden = std::ranges::find_if(record.findings, [](const Finding& finding) {
    return finding.status == FindingStatus::fail && finding.check.starts_with("forbid");
  });
  if (ending.kind == VerdictKind::fail && at->trace.stop == StopReason::panic_line &&
      forbidden != record.findings.end()) {
    return Verdict{VerdictKind::fail, forbidden->check + ": " + forbidden->reason};
  }
  if (!is_good(ending.kind)) {
    return Verdict{ending.kind, boot_text(record, *at, ending.reason)};
  }
  return Verdict{VerdictKind::fail,
                 boot_text(record, *at,
                           fmt::format("the ending is {}, must be {}", verdict_name(ending.kind),
                                       verdict_name(expected)))};
}

/// "profile fibonacci: calls is 9, must be 10", after how many there are.
std::string findings_text(const std::vector<Finding>& findings, FindingStatus status) {
  const auto count = std::ranges::count(findings, status, &Finding::status);
  const Finding& first = *std::ranges::find(findings, status, &Finding::status);
  std::string one = first.check + ": " + first.reason;
  if (count == 1) return one;
  return fmt::format("{} of {} checks, first {}", count, findings.size(), one);
}

Verdict verdict_of_findings(const RunRecord& record) {
  const std::vector<Finding>& findings = record.findings;
  const auto any = [&](FindingStatus status) {
    return std::ranges::find(findings, status, &Finding::status) != findings.end();
  };
  if (any(FindingStatus::fail)) {
    return {VerdictKind::fail, findings_text(findings, FindingStatus::fail)};
  }
  if (any(FindingStatus::invalid)) {
    return {VerdictKind::invalid_data, findings_text(findings, FindingStatus::invalid)};
  }
  return {};
}

}  // namespace

void judge(RunRecord& record, const std::vector<CheckSpec>& checks) {
  record.findings.clear();
  if (record.boots.empty()) {
    record.verdict = {VerdictKind::harness_error, "there is no boot to judge"};
    return;
  }
  for (const CheckSpec& spec : checks) {
    if (const CheckKind* kind = find_check(spec.kind)) {
      record.findings.push_back(kind->run(record, spec));
    } else {
      record.findings.push_back({.check = title_of(spec),
                                 .status = FindingStatus::invalid,
                                 .figure = {},
                                 .reason = "there is no such kind of check",
                                 .at = spec.at});
    }
  }
  const bool proves_itself =
      record.fingerprint.clock == ClockKind::counted && record.boots.size() > 1 &&
      std::ranges::find(checks, "identical", &CheckSpec::kind) == checks.end();
  if (proves_itself) {
    record.findings.push_back(
        check_identical(record, {.kind = "identical", .params = {}, .at = {}}));
  }

  for (std::size_t i = 0; i < record.metrics.size(); ++i) {
    record.findings.push_back(check_found(record, i));
  }

  const std::optional<VerdictKind> stated = stated_ending(checks);
  if (auto unexpected = unexpected_ending(record, stated)) {
    record.verdict = std::move(*unexpected);
    return;
  }
  record.verdict = verdict_of_findings(record);
  if (record.verdict.kind != VerdictKind::pass || stated) return;
  const auto skipped = std::ranges::find_if(
      record.boots, [](const BootRecord& boot) { return boot.ending.kind == VerdictKind::skip; });
  if (skipped != record.boots.end()) {
    record.verdict = {VerdictKind::skip, boot_text(record, *skipped, skipped->ending.reason)};
  }
}

}  // namespace harness
