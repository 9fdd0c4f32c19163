// Words as a POSIX shell splits them, without being one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harness::onboarding {

struct ShellWords {
  std::vector<std::string> words;
  std::string fault;    // a quote that is not closed; empty where there is none
  std::string command;  // what only a shell can do: a command, a variable, "; touch x"; or empty
};

/// Splits at blanks; '...', "..." and \x keep them. A number in backticks is that number, and a
/// comment nothing. Stops at what a shell would expand, and at what would begin another command.
ShellWords shell_words(std::string_view text);

}  // namespace harness::onboarding
