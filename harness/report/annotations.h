// Failures at their place in the source, in the form in which GitHub Actions reads them from the
// output of a step: "::error file=a.c,line=7,title=test adds::expected 3" (docs.github.com,
// Workflow commands for GitHub Actions). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/record.h"
#include "suite/suite.h"

namespace harness {

/// GitHub shows ten errors of a step.
inline constexpr std::size_t kMaxAnnotations = 10;

/// One line each, the cause first: where the guest crashed, tests that failed, checks that did.
/// Where none of them explains it, the verdict. Empty for a run that passed or skipped. Places are
/// relative to the working directory where they lie below it.
std::string github_annotations(const RunRecord& record);
/// One line: an error at a place, or of the whole step where `file` is empty. All text is
/// untrusted.
std::string github_error(std::string_view title, std::string_view message,
                         const std::string& file = {}, std::uint64_t line = 0);
/// Instances that failed, by their tests where those say it.
std::string github_annotations(const SuiteResult& suite);

}  // namespace harness
