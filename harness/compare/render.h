// Comparisons as text for people and programs. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compare/compare.h"
#include "page/markdown_text.h"
#include "page/markup.h"

namespace harness {

/// For a terminal: what changed, the worst first and a hundred lines at most, what did not as a
/// count, and the verdict.
std::string comparison_console(const std::vector<Comparison>& all, bool color);

/// The verdict of each alone, a line each: "NAME: regression: 1 regression, 40 unchanged".
std::string comparison_verdict(const std::vector<Comparison>& all);

/// For a pull request: what changed, the worst first, then what did not, folded. At most `most`
/// bytes; how much was left out is said.
std::string comparison_markdown(const std::vector<Comparison>& all,
                                std::size_t most = kMarkdownBytes);

/// Why it does not pass, in a sentence: the function that moved first, where that is known, and the
/// number that got worst: "sum_to_n: 400 → 500 own instructions (+100) in 100 calls, at n.cpp:9; so
/// sum_to_n avg: 4 → 5 instructions (+1, +25.00 %), and 5 more". Empty for one that passes.
std::string comparison_reason(const Comparison& one);

/// For report.md: what changed, the worst first, and why. Without a title for what holds.
std::string comparison_markdown_section(const Comparison& one, std::size_t most);

/// For programs: {"uniharness_comparison": 1, "verdict", "exit_status", "comparisons": [...]}.
std::string comparison_json(const std::vector<Comparison>& all);
/// The same of a run that did not pass, so that there is nothing to compare: "verdict" and "reason"
/// are those of the run.
std::string comparison_json_of_failed_run(std::string_view verdict, const std::string& reason,
                                          ExitStatus status);

/// For report.html: how the run compares with what it was compared with.
html::PageSection comparison_section(const Comparison& one);

}  // namespace harness
