#include "onboarding/phrases.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace harness::onboarding {
namespace {

constexpr std::size_t kMaxLength = 60;
constexpr std::size_t kMaxLooked = 50;  // phrases from the end that are tried

bool fits(char c) { return c >= ' ' && c <= '~' && (c < '0' || c > '9'); }

/// Cuts "[1;31m" and the like off: they belong to an escape sequence whose first byte ended the
/// stretch before.
bool follows_escape(std::string_view output, std::size_t begin) {
  while (begin > 0 && output[begin - 1] >= ' ' && output[begin - 1] <= '?') --begin;
  return begin > 1 && output[begin - 1] == '[' && output[begin - 2] == '\x1B';
}

/// The phrase in [begin, end), or nothing: blanks at its ends do not count.
std::optional<Phrase> phrase_in(std::string_view output, std::size_t begin, std::size_t end) {
  if (begin < end && output[begin] == '[' && begin > 0 && output[begin - 1] == '\x1B') ++begin;
  if (begin < end && is_letter(output[begin]) && follows_escape(output, begin)) ++begin;
  end = std::min(end, begin + kMaxLength);
  while (begin < end && !is_letter(output[begin]) && output[begin] != '(') ++begin;
  while (begin < end && output[end - 1] == ' ') --end;
  const std::string_view text = output.substr(begin, end - begin);
  if (std::ranges::count_if(text, is_letter) < 3) return std::nullopt;
  return Phrase{std::string(text), end};
}

}  // namespace

std::optional<Phrase> first_phrase(std::string_view output) {
  for (std::size_t at = 0; at < output.size();) {
    if (!fits(output[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < output.size() && fits(output[end])) ++end;
    if (auto phrase = phrase_in(output, at, end)) return phrase;
    at = end;
  }
  return std::nullopt;
}

std::optional<Phrase> last_phrase(std::string_view output, std::size_t from) {
  std::optional<Phrase> last;
  std::size_t looked = 0;
  for (std::size_t end = output.size(); end > from && looked < kMaxLooked;) {
    if (!fits(output[end - 1])) {
      --end;
      continue;
    }
    std::size_t begin = end;
    while (begin > from && fits(output[begin - 1])) --begin;
    if (auto phrase = phrase_in(output, begin, end)) {
      ++looked;
      if (!last) last = phrase;
      const std::size_t first = output.substr(from).find(phrase->text) + from;
      if (first + phrase->text.size() == phrase->end) return phrase;
    }
    end = begin;
  }
  return last;
}

}  // namespace harness::onboarding
