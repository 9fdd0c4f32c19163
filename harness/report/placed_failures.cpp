#include "report/placed_failures.h"

#include <algorithm>

#include "base/near_path.h"
#include "model/verdict.h"
#include "report/crash.h"
#include "report/digest.h"
#include "report/test_failure.h"

namespace harness {
namespace {

using Kind = PlacedFailure::Kind;

std::string text_of_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string verdict_title(const RunRecord& record, VerdictKind kind) {
  return record.scenario + ": " + std::string(verdict_name(kind));
}

void place_crash(const RunRecord& record, std::vector<PlacedFailure>& to) {
  const BootRecord* boot = shown_boot(record);
  if (boot == nullptr || !boot->crash_site) return;
  const auto& frames = boot->crash_site->frames;
  const auto at =
      std::ranges::find_if(frames, [](const CrashFrame& frame) { return !frame.file.empty(); });
  if (at == frames.end()) return;
  to.push_back({Kind::crash, verdict_title(record, boot->ending.kind),
                boot->ending.reason + "\n" + text_of_lines(crash_lines(*boot->crash_site)),
                near_path(at->file), at->line});
}

void place_tests(const RunRecord& record, std::size_t most, std::vector<PlacedFailure>& to) {
  constexpr std::size_t kLines = 10;
  std::vector<TestOverBoots> tests = failed_tests_of(record);
  tests.resize(std::min(tests.size(), most));
  for (const TestOverBoots& test : tests) {
    const TestFailure failure = failure_of(boot_of(record, test.boot), test.shown);
    const std::string lines = text_of_lines(shown_lines(failure, kLines));
    const bool placed = !failure.file.empty();
    to.push_back(
        {Kind::test, "test " + test.shown.name, lines.empty() ? "the guest says fail" : lines,
         near_path(placed ? failure.file : record.scenario_file), placed ? failure.line : 0});
  }
}

}  // namespace

std::vector<PlacedFailure> placed_failures(const RunRecord& record, std::size_t most) {
  std::vector<PlacedFailure> all;
  if (exit_status(record.verdict.kind) == ExitStatus::pass) {
    if (is_worse_than_its_verdict(record)) {
      all.push_back({Kind::comparison, record.scenario + ": " + record.compared,
                     record.compared_why.empty()
                         ? "what a gate found of the numbers of this run; its report names them"
                         : record.compared_why,
                     near_path(record.scenario_file)});
    }
    return all;
  }
  place_crash(record, all);
  place_tests(record, most, all);
  for (const Finding& finding : record.findings) {
    if (finding.status == FindingStatus::pass) continue;
    all.push_back({Kind::check, record.scenario + ": " + finding.check, finding.reason,
                   near_path(finding.at.file),
                   static_cast<std::uint64_t>(std::max(finding.at.line, 0))});
  }
  if (all.empty()) {
    all.push_back({Kind::verdict, verdict_title(record, record.verdict.kind), record.verdict.reason,
                   near_path(record.scenario_file)});
  }
  return all;
}

}  // namespace harness
