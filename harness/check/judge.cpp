// From findings to a verdict. The ending comes first: what a guest that died left behind is not
// judged as if it had lived.
#include "check/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "check/checks.h"
#include "check/support.h"
#include "check/table.h"
#include "model/verdict.h"

namespace harness {
namespace {

bool is_ours(VerdictKind kind) {
  return kind == VerdictKind::harness_error || kind == VerdictKind::interrupted;
}

bool is_good(VerdictKind kind) { return kind == VerdictKind::pass || kind == VerdictKind::skip; }

/// The first check of the kind with that role, or nullptr.
const CheckSpec* first_with(const std::vector<CheckSpec>& checks, CheckRole role) {
  const auto at =
      std::ranges::find_if(checks, [&](const CheckSpec& spec) { return has_role(spec, role); });
  return at == checks.end() ? nullptr : &*at;
}

/// The ending that the scenario states, or nullopt where it states none.
std::optional<VerdictKind> stated_ending(const std::vector<CheckSpec>& checks) {
  const CheckSpec* check = first_with(checks, CheckRole::ending);
  return check ? verdict_of(text_param(*check, "is")) : std::nullopt;
}

/// The finding of the first `forbid:` check that failed, or nullptr. The findings of a scenario's
/// checks stand first among all, in the order of the checks.
const Finding* forbidden_line(const std::vector<Finding>& findings,
                              const std::vector<CheckSpec>& checks) {
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const bool failed = findings[i].status == FindingStatus::fail;
    if (failed && has_role(checks[i], CheckRole::forbid)) return &findings[i];
  }
  return nullptr;
}

std::string boot_text(const RunRecord& record, const BootRecord& boot, std::string reason) {
  if (record.boots.size() == 1 || reason.empty()) return reason;
  return fmt::format("boot {}: {}", boot.index, reason);
}

/// The verdict where some boot did not end as expected, or nullopt where all did. What kept the
/// harness from its job comes before what a guest did, and a bad ending before a good one; a guest
/// that ended well, or skipped, where another ending was stated, is a failure.
std::optional<Verdict> unexpected_ending(const RunRecord& record,
                                         const std::vector<CheckSpec>& checks) {
  const std::optional<VerdictKind> stated = record.stated_ending;
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
  const Finding* forbidden = forbidden_line(record.findings, checks);
  if (ending.kind == VerdictKind::fail && at->trace.stop == StopReason::panic_line && forbidden) {
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

/// Some of the boots alone in a record, as long as this lives.
class BootsApart {
 public:
  BootsApart(RunRecord& record, Range chosen) : record_(record) {
    std::vector<BootRecord> all = std::move(record.boots);
    record.boots.clear();
    for (BootRecord& boot : all) {
      (chosen.contains(boot.index) ? record.boots : others_).push_back(std::move(boot));
    }
  }
  ~BootsApart() {
    for (BootRecord& boot : others_) record_.boots.push_back(std::move(boot));
    std::ranges::sort(record_.boots, {}, &BootRecord::index);
  }
  BootsApart(const BootsApart&) = delete;
  BootsApart& operator=(const BootsApart&) = delete;

 private:
  RunRecord& record_;
  std::vector<BootRecord> others_;
};

/// A check of some boots only. A boot that it asks for and that was not made is missing data.
Finding find_in_boots(RunRecord& record, const CheckKind& kind, const CheckSpec& spec,
                      Range chosen) {
  const std::uint64_t made = record.boots.back().index;
  const std::string which = chosen.low == chosen.high ? fmt::format("boot {}", chosen.low)
                            : chosen.high == UINT64_MAX
                                ? fmt::format("boots {}..", chosen.low)
                                : fmt::format("boots {}..{}", chosen.low, chosen.high);
  const std::uint64_t last = chosen.high == UINT64_MAX ? chosen.low : chosen.high;
  if (last == 0 || last > made) {
    return {.check = fmt::format("{} in {}", title_of(spec), which),
            .status = FindingStatus::invalid,
            .figure = {},
            .reason = fmt::format("there is no boot {}: {} made", last,
                                  made == 1 ? "1 was" : fmt::format("{} were", made)),
            .at = spec.at};
  }
  const BootsApart apart(record, chosen);
  Finding finding = kind.run(record, spec);
  finding.check += " in " + which;
  return finding;
}

Finding find(RunRecord& record, const CheckSpec& spec) {
  const CheckKind* kind = find_check(spec.kind);
  if (!kind) {
    return {.check = title_of(spec),
            .status = FindingStatus::invalid,
            .figure = {},
            .reason = "there is no such kind of check",
            .at = spec.at};
  }
  const auto* boots = param<Range>(spec, "boots");
  return boots ? find_in_boots(record, *kind, spec, *boots) : kind->run(record, spec);
}

}  // namespace

void judge(RunRecord& record, const std::vector<CheckSpec>& checks) {
  record.findings.clear();
  record.compared.clear();
  record.compared_why.clear();
  record.stated_ending = stated_ending(checks);
  if (record.boots.empty()) {
    record.verdict = {VerdictKind::harness_error, "there is no boot to judge"};
    return;
  }
  for (const CheckSpec& spec : checks) record.findings.push_back(find(record, spec));
  // Boots that begin with the disk that the one before left have a reason to differ.
  const bool proves_itself = record.fingerprint.clock == ClockKind::counted &&
                             record.boots.size() > 1 && !record.disk_persists &&
                             !first_with(checks, CheckRole::identical);
  if (proves_itself) {
    const CheckKind& identical = kind_with(CheckRole::identical);
    record.findings.push_back(
        identical.run(record, {.kind = std::string(identical.name), .params = {}, .at = {}}));
  }

  for (std::size_t i = 0; i < record.output_rules.metrics.size(); ++i) {
    record.findings.push_back(check_found(record, i));
  }

  for (const PowerCuts& cuts : record.power_cuts) {
    record.findings.push_back(check_power_cuts(cuts));
  }

  if (auto unexpected = unexpected_ending(record, checks)) {
    record.verdict = std::move(*unexpected);
    return;
  }
  record.verdict = verdict_of_findings(record);
  if (record.verdict.kind != VerdictKind::pass || record.stated_ending) return;
  const auto skipped = std::ranges::find_if(
      record.boots, [](const BootRecord& boot) { return boot.ending.kind == VerdictKind::skip; });
  if (skipped != record.boots.end()) {
    record.verdict = {VerdictKind::skip, boot_text(record, *skipped, skipped->ending.reason)};
  }
}

}  // namespace harness
