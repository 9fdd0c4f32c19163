// The step of a GitHub Actions workflow that the tool runs in (docs.github.com, Variables reference
// and Workflow commands for GitHub Actions).
#pragma once

#include <string>

namespace harness {

/// Whether GITHUB_ACTIONS is "true".
bool in_github_step();

/// Text of a guest is in it: between the commands that make the runner take nothing in it for one,
/// with a word that no guest can know.
std::string without_commands(const std::string& text);

/// Adds Markdown to the page of the run: to the file that GITHUB_STEP_SUMMARY names, where it does.
/// A summary that would grow over GitHub's limit of 1 MiB is refused there as a whole, so what does
/// not fit is left out. Never fails: the summary is no result.
void add_to_step_summary(const std::string& markdown);

}  // namespace harness
