// Lines by which a guest tells that something went wrong, in words that no format or crash
// signature knows. They are no verdict: `init` shows them, and does not write a scenario that
// passes where they speak against it. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace harness::onboarding {

enum class TroubleKind {
  fatal,       // words of a guest that dies: a panic, a fatal error, an exception nobody handled
  last_words,  // an error or a failure among the last lines: what came of it cannot be seen
  warning,     // an error or a failure in the middle of the output, after which it went on
};

struct Trouble {
  TroubleKind kind = TroubleKind::warning;
  std::string line;  // without escape sequences, at most 120 bytes
  std::string text;  // the words in it, as they stand in the output
};

/// The troubles of an output, those of each kind in their order: of a kind the first ten lines with
/// words of their own. Any bytes; time is linear in the output.
std::vector<Trouble> troubles_in(std::string_view output);

/// Whether the guest died, or may have, by these.
bool tells_of_death(const std::vector<Trouble>& troubles);

}  // namespace harness::onboarding
