// Crash words that may stand anywhere between signs, and what is said with them when all is well.
#include "stream/crash_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"

namespace harness {

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::any_of(words,
                             [&](std::string_view one) { return equal_ignoring_case(word, one); });
}

/// "panic: disabled", "Kernel panic: none": what counts or sets panics, and tells of none. Behind
/// an assertion stands an expression: "Assertion failed: ok" is one.
bool tells_of_none(std::string_view text) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"none", "off", "on", "disabled", "enabled", "ok", "passed"});
  return is_one_of(trimmed(text), kWords);
}

bool says_all_is_well(std::string_view text) {
  constexpr auto kSubjects = std::to_array<std::string_view>(
      {"handler", "handlers", "hook", "hooks", "screen", "backtrace", "backtraces"});
  constexpr auto kSettings = std::to_array<std::string_view>({"reboot", "timeout", "backtrace"});
  constexpr auto kStates = std::to_array<std::string_view>(
      {"ok", "installed", "enabled", "disabled", "loaded", "registered", "initialized",
       "initialised", "ready", "armed"});
  // "double registered" is no good news: only these may stand between.
  constexpr auto kBetween =
      std::to_array<std::string_view>({"", "is", "are", "was", "were", "driver", "successfully"});
  text = trimmed(text);
  if (text.ends_with('.')) text.remove_suffix(1);
  const std::size_t first = text.find(' ');
  if (first == text.npos) {
    const std::size_t sign = text.find('=');
    return is_one_of(text, kStates) ||
           (sign != text.npos && is_one_of(text.substr(0, sign), kSettings));
  }
  const std::size_t last = text.rfind(' ');
  if (!is_one_of(text.substr(0, first), kSubjects) || !is_one_of(text.substr(last + 1), kStates)) {
    return false;
  }
  return is_one_of(trimmed(text.substr(first, last - first)), kBetween);
}

namespace {

/// "main.c:12", "src/main.rs:3:5:".
bool is_place(std::string_view word) {
  constexpr auto kSources = std::to_array<std::string_view>(
      {".c:", ".h:", ".rs:", ".cpp:", ".cc:", ".S:", ".zig:", ".go:"});
  return std::ranges::any_of(kSources, [&](std::string_view source) {
    const std::size_t at = word.find(source);
    return at != word.npos && at > 0 && at + source.size() < word.size() &&
           is_digit(word[at + source.size()]);
  });
}

/// What begins a message behind the words; what other kernels put there only behind capitals,
/// where nobody writes a sentence.
bool begins_message(std::string_view behind, bool capitals) {
  constexpr auto kBegins = std::to_array<std::string_view>(
      {":", "!", " at ", " @ ", " (", " - ", " on cpu", " on CPU", " due to ", ", halting"});
  constexpr auto kBehindCapitals =
      std::to_array<std::string_view>({",", ".", " [", " | ", " -> ", " => ", " > ", " in ", " <"});
  const auto begins = [&](std::string_view begin) { return behind.starts_with(begin); };
  if (std::ranges::any_of(kBegins, begins)) return true;
  if (capitals && std::ranges::any_of(kBehindCapitals, begins)) return true;
  std::string_view word = behind.substr(std::min<std::size_t>(1, behind.size()));
  if (word.starts_with("in ")) word.remove_prefix(3);
  return behind.starts_with(' ') && is_place(word.substr(0, word.find(' ')));
}

/// "[PANIC] x", "<PANIC> x", "[!!!PANIC!!!] x": the words are all that stands in the brackets. In
/// "[panic] handler installed" they name the module that speaks.
bool stands_in_brackets(std::string_view line, std::string_view words) {
  constexpr std::size_t kMaxTag = 40;
  constexpr std::string_view kAround = " !*";
  const std::size_t begin = line.find_first_not_of(kAround, 1);
  const std::size_t end = line.substr(0, kMaxTag).find(line.front() == '<' ? '>' : ']');
  if (end == line.npos || begin >= end) return false;
  const std::size_t last = line.find_last_not_of(kAround, end - 1);
  return equal_ignoring_case(line.substr(begin, last + 1 - begin), words) &&
         !says_all_is_well(line.substr(end + 1));
}

}  // namespace

std::string_view behind_processor(std::string_view line) {
  constexpr auto kWords = std::to_array<std::string_view>({"cpu", "hart", "core", "kernel"});
  constexpr std::size_t kMaxDigits = 4;
  if (line.empty() || !may_name_processor(line.front())) return line;
  const bool round = line.starts_with('(');
  std::string_view text = line.substr(round ? 1 : 0);
  const auto* const word = std::ranges::find_if(
      kWords, [&](std::string_view one) { return starts_ignoring_case(text, one); });
  if (word == kWords.end()) return line;
  text.remove_prefix(word->size());
  if (text.starts_with(' ')) text.remove_prefix(1);
  const auto digits =
      static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
  if (digits == 0 || digits > kMaxDigits) return line;
  text.remove_prefix(digits);
  if (round && !text.starts_with(')')) return line;
  if (round || text.starts_with(':')) text.remove_prefix(1);
  return text.starts_with(' ') ? text.substr(1) : line;
}

bool stands_alone(std::string_view line, std::string_view words) {
  constexpr std::string_view kSigns = "*!-=#+>";
  if (line.front() == '\t') {  // IncludeOS
    line = trimmed(line);
    if (!line.starts_with("**")) return false;
  }
  line = behind_processor(line);
  if (line.starts_with('[') || line.starts_with('<')) return stands_in_brackets(line, words);
  const std::size_t row = std::min(line.find_first_not_of(line.substr(0, 1)), line.size());
  const bool signs = row >= 2 && contains(kSigns, line.substr(0, 1));
  const std::string_view closing = line.substr(0, signs ? 2 : 0);
  if (signs) {
    line.remove_prefix(row);
    if (row >= 4 && line.starts_with('>')) line.remove_prefix(1);  // HelenOS: "######> "
    if (line.starts_with(' ')) line.remove_prefix(1);
  }
  if (!starts_ignoring_case(line, words)) return false;
  const bool capitals = std::ranges::none_of(line.substr(0, words.size()),
                                             [](char c) { return is_letter(c) && !is_capital(c); });
  std::string_view behind = line.substr(words.size());
  const bool whole_sentence = behind == "." && (capitals || contains(words, " "));
  if (whole_sentence || behind.find_first_not_of(" *!-=#+<") == behind.npos) return true;
  if (signs && behind.starts_with(' ') && behind.substr(1).starts_with(closing)) {
    behind.remove_prefix(std::min(behind.find_first_not_of(closing.front(), 1), behind.size()));
    return behind.starts_with(' ') && !tells_of_none(behind) && !says_all_is_well(behind);
  }
  if (behind.starts_with(": ") &&
      (tells_of_none(behind.substr(2)) || says_all_is_well(behind.substr(2)))) {
    return false;
  }
  if (behind.starts_with('(')) {  // "PANIC(main): ", "PANIC(x) at ", but not "panic() works"
    const std::size_t end = behind.find(')');
    if (end <= 1 || end == behind.npos) return false;
    return behind.substr(end).starts_with("): ") || behind.substr(end).starts_with(") at ");
  }
  return begins_message(behind, capitals);
}

}  // namespace harness
