#include "formats/tap_last_words.h"

#include "base/text.h"
#include "formats/results.h"

namespace harness {
namespace {

/// "fail 2", "fail  2": the word, blanks and a number above 0, and nothing else.
bool counts_some(std::string_view text, std::string_view word) {
  std::uint64_t number = 0;
  if (!take(text, word) || !text.starts_with(' ')) return false;
  text = trimmed(text);
  return take_number(text, number) && text.empty() && number > 0;
}

/// "FAILED: 1 / 2 tests passed." (kselftest_harness.h), "failed 1 of 2 tests" (node-tap).
bool counts_some_of_all(std::string_view text) {
  std::uint64_t number = 0, all = 0;
  if (take(text, "FAILED: ")) {
    return take_number(text, number) && take(text, " / ") && take_number(text, all) &&
           text.starts_with(" tests passed");
  }
  return take(text, "failed ") && take_number(text, number) && take(text, " of ") &&
         take_number(text, all) && text.starts_with(" test") && number > 0;
}

}  // namespace

TapLastWord read_tap_last_word(std::string_view comment) {
  if (take(comment, "Looks like you")) {
    if (comment.starts_with("r test exited with ") || comment.starts_with("r test died") ||
        comment.starts_with(" planned ")) {  // "3 tests but ran 2.": not what the plan says
      return TapLastWord::died;
    }
    return comment.starts_with(" failed ") ? TapLastWord::failed : TapLastWord::none;
  }
  const bool failed = counts_some(comment, "fail") || counts_some(comment, "cancelled") ||
                      counts_some_of_all(comment);
  return failed ? TapLastWord::failed : TapLastWord::none;
}

}  // namespace harness
