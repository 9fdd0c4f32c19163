// Reports of a suite: what became of all instances, as text for people and for other tools. Pure.
// Each instance has its own reports besides (report/report.h); these say which to open.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "suite/suite.h"

namespace harness {

struct SuiteFormat {
  std::string_view file;  // beside the folders of the instances
  std::string (*render)(const SuiteResult& suite);
};
/// index.html, junit.xml, summary.json, summary.md.
std::span<const SuiteFormat> suite_formats();

/// One test case an instance, and one for each of its guest's tests (kMaxSuiteCases of them), whose
/// class is the instance. An instance that failed by its tests is not red besides them. The file is
/// red exactly when the exit status is: flaky is a failure unless it was allowed, quarantined and
/// not run are skipped. Attempts beside the one that decides stand there as Surefire writes them:
/// flakyFailure, rerunFailure (and Error).
std::string render_suite_junit(const SuiteResult& suite);
/// One self-contained page: counts, what went wrong first, all instances to be sorted and filtered.
std::string render_suite_html(const SuiteResult& suite);
/// At most kMarkdownBytes (page/markdown_text.h): what failed first; what was left out is counted.
std::string render_suite_markdown(const SuiteResult& suite);
/// Of a kind of trouble the first ten, and how many more. What stands at the end of a run: what
/// went wrong, how many of each, the slowest. `color` and `width` as for render_console_report().
std::string render_suite_console(const SuiteResult& suite, bool color, std::size_t width);

/// Of a run that failed: the checks that did, with their places, and the last words of the boot
/// that did not end as expected. Bounded, so that a suite of any length can keep it.
std::string failure_evidence(const RunRecord& record);

/// The guest's tests by name, those that failed with what was printed for them. Bounded likewise.
std::vector<GuestTest> guest_tests(const RunRecord& record);
/// Of all instances together, in a junit.xml.
inline constexpr std::size_t kMaxSuiteCases = 50'000;

/// "pass after 3 attempts", "idle: silent for 3 s" ... the outcome of one instance in a line,
/// without its name.
std::string outcome_text(const InstanceResult& result);

/// "20 passed, 1 failed, 2 quarantined": those that are not 0.
std::string counts_text(const SuiteResult& suite);

/// Positions in suite.instances of the slowest that ran, at most `most` of them.
std::vector<std::size_t> slowest(const SuiteResult& suite, std::size_t most);

}  // namespace harness
