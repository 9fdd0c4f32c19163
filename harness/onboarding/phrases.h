// What of a guest's output is likely to come again: texts to wait for and to check. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace harness::onboarding {

/// A stretch of output, and where it ends in the bytes.
struct Phrase {
  std::string text;
  std::size_t end = 0;
};

/// The first text of at least three letters that stands on one line, holds no digit (numbers
/// change: versions, times, addresses) and no control character; at most 60 characters. nullopt
/// where there is none.
std::optional<Phrase> first_phrase(std::string_view output);

/// The last such text behind `from` that does not stand anywhere before itself; where all do, the
/// last of all.
std::optional<Phrase> last_phrase(std::string_view output, std::size_t from);

}  // namespace harness::onboarding
