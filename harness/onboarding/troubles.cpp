#include "onboarding/troubles.h"

#include <re2/re2.h>

#include <algorithm>
#include <deque>

#include "console_text/terminal.h"

namespace harness::onboarding {
namespace {

constexpr std::size_t kMaxOfAKind = 10;
constexpr std::size_t kLastLines = 8;
constexpr std::size_t kMaxLine = 4096;  // of a longer line the beginning
constexpr std::size_t kShownBytes = 120;

/// What is found is the group. To add words: one row, and a line in the test.
struct Patterns {
  // "panic=-1" and "oops=panic" are options of Linux.
  RE2 fatal{
      R"((?i)(?:^|[^\w=])()"
      R"(panic(?:ked at\b|:| ?\(|!| on cpu\b| - |[\]>]| (?:in|at) \S|$))"
      R"(|kernel[_ ]panic|kpanic:|kernel (?:crash|oops)\b|oops: kernel\b)"
      R"(|(?:unhandled|uncaught|unexpected) (?:cpu )?(?:exception|interrupt|trap|page fault|fault)\b)"
      R"(|(?:double|triple) fault\b)"
      R"(|general protection fault\b)"
      R"(|exception[.:] (?:system halted|(?:page|double|general protection|protection) fault)\b)"
      R"(|stack smashing detected\b)"
      R"(|fatal (?:error|exception|signal|trap)\b)"
      R"(|fatal[:\]])"
      R"(|assert(?:ion)?\b.{0,200}\bfailed\b)"
      R"(|assertion failed\b)"
      R"())"};
  RE2 error{R"((\b(?:ERR|ERROR|CRIT|CRITICAL|EMERG)\b:?)"
            R"(|\b(?:FAIL|FAILED|FAILURE)\b:?)"
            R"(|(?i:\berror:? ?\(?-[0-9]+)"
            R"(|\breturned (?:error )?-[1-9][0-9]*)"
            R"(|\b(?:error|failed|failure):)"
            R"(|\b(?:failed|unable) to\b)"
            R"(|\b(?:cannot|can't|could not|couldn't)\b)"
            R"(|\bout of memory\b)"
            R"(|\bsegmentation fault\b)"
            R"(|\bno such \w+)"
            R"(|\baborted\b)))"};
  // "12 passed, 3 failed", "errors: 2"; other counts in the line deny nothing.
  RE2 counted{R"((?i)(\b[1-9][0-9]* )"
              R"((?:(?:tests? |test cases? |cases? |checks? |assertions? )(?:have |has )?)?)"
              R"((?:failed|failures?|errors?)\b)"
              R"(|\b(?:failed|failing|failures?|errors))"
              R"((?: tests?| test cases?| cases?| checks?| assertions?)?)"
              R"(\s*[:=]\s*[1-9][0-9]*))"};
  // "3 errors corrected", "0 of 5 tests failed": what is counted was made good, or is none.
  RE2 harmless{
      R"((?i)\b[0-9]+ (?:\w+ )?(?:errors?|failures?)(?: were| was| have been| has been)? )"
      R"((?:corrected|recovered|repaired|fixed|injected|masked)\b)"
      R"(|\b[0-9]+ (?:corrected|correctable|recovered|recoverable|injected|expected) )"
      R"((?:errors?|failures?)\b)"
      R"(|(?:^|[^0-9.,])0 ?(?:/|of|out of) ?(?:the )?[0-9]+ )"
      R"((?:tests? |test cases? |cases? |checks? |assertions? )?(?:failed|failures?|errors?)\b)"};
  // "no panic so far", "panic: disabled", "panic handler installed"; what Linux says without PCI.
  RE2 no_fatal{
      R"((?i)\b(?:no|without(?: an?| any)?) (?:kernel )?(?:panic|fatal|assert))"
      R"(|(?:panic|fault|error|failed|exception): (?:none|no|off|on|disabled|enabled|ok|passed)\s*$)"
      R"(|\b(?:handlers?|handling|hooks?|vectors?)\b(?: for \w+)?(?: is| are| was| were)?)"
      R"( (?:installed|set|registered|ready|enabled|loaded|initiali[sz]ed|ok)\b)"
      R"(|\((?:as )?(?:expected|simulated)\)|\bpanic tests?\b)"
      R"(|\bPCI: Fatal: No config space)"};
  // "0 failed", "errors: 0"
  RE2 no_error{R"((?i)\b(?:0|no|zero|without(?: an?| any)?) (?:err|fail))"
               R"(|(?:err|errors?|fail(?:ed|ures?|s)?)\s*[:=]\s*0\b)"};
};

const Patterns& patterns() {
  static const Patterns kPatterns;
  return kPatterns;
}

/// The words of `pattern` in the line; "" where there are none, or where the line denies them.
std::string words_of(const RE2& pattern, const RE2& denied, std::string_view line) {
  std::string found;
  if (RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), denied)) return found;
  RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), pattern, &found);
  return found;
}

/// As much of the words as stands in the line with its escape sequences, which a check compares.
std::string standing_in(std::string_view raw, const std::string& words) {
  constexpr std::size_t kLeast = 3;
  std::string_view part = words;
  while (part.size() >= kLeast && raw.find(part) == raw.npos) part.remove_suffix(1);
  return part.size() < kLeast ? words : std::string(part);
}

struct Collected {
  std::vector<Trouble> fatal, errors;
  std::deque<std::pair<Trouble, std::size_t>> late;  // errors of the last lines, with their lines

  static void keep(std::vector<Trouble>& all, Trouble one) {
    const bool known = std::ranges::find(all, one.text, &Trouble::text) != all.end();
    if (!known && all.size() < kMaxOfAKind) all.push_back(std::move(one));
  }
  /// What stands before the last lines, now that `line` has come, was only a warning.
  void move_on(std::size_t line) {
    while (!late.empty() && late.front().second + kLastLines <= line) {
      keep(errors, std::move(late.front().first));
      late.pop_front();
    }
  }
};

void look_at(std::string_view raw, std::size_t number, Collected& found) {
  const std::string line = shown_text(raw.substr(0, kMaxLine));
  const auto trouble = [&](TroubleKind kind, const std::string& text) {
    return Trouble{kind, line.substr(0, kShownBytes), standing_in(raw, text)};
  };
  if (std::string text = words_of(patterns().fatal, patterns().no_fatal, line); !text.empty()) {
    Collected::keep(found.fatal, trouble(TroubleKind::fatal, text));
    return;
  }
  std::string counts = line;
  RE2::GlobalReplace(&counts, patterns().harmless, "|");
  std::string text = words_of(patterns().counted, patterns().no_fatal, counts);
  if (text.empty()) text = words_of(patterns().error, patterns().no_error, line);
  if (!text.empty()) found.late.emplace_back(trouble(TroubleKind::warning, text), number);
}

}  // namespace

std::vector<Trouble> troubles_in(std::string_view output) {
  Collected found;
  std::size_t number = 0;
  while (!output.empty()) {
    const std::size_t end = std::min(output.find_first_of("\r\n"), output.size());
    const std::string_view line = output.substr(0, end);
    output.remove_prefix(std::min(end + 1, output.size()));
    if (line.find_first_not_of(" \t") == line.npos) continue;
    look_at(line, ++number, found);
    found.move_on(number);
  }
  std::vector<Trouble> all = std::move(found.fatal);
  std::vector<Trouble> late;
  for (auto& [trouble, at] : found.late) {
    trouble.kind = TroubleKind::last_words;
    Collected::keep(late, std::move(trouble));
  }
  std::ranges::move(late, std::back_inserter(all));
  std::ranges::move(found.errors, std::back_inserter(all));
  return all;
}

bool tells_of_death(const std::vector<Trouble>& troubles) {
  return std::ranges::any_of(troubles,
                             [](const Trouble& one) { return one.kind != TroubleKind::warning; });
}

}  // namespace harness::onboarding
