#include "formats/tap_torn.h"

#include <utility>

#include "base/text.h"

namespace harness {
namespace {

constexpr std::string_view kNot = "not";
constexpr std::size_t kShown = 60;
constexpr std::string_view kBailOut = "Bail out!", kBailOutInCapitals = "BAIL OUT!";
// "Bail", of a bail-out that another message was printed into.
constexpr std::size_t kLeastOfBailOut = 4;

/// The words behind a message, in any case. Behind a blank a sentence may have them in small
/// letters: "he had to bail out! no".
bool holds_bail_out(std::string_view text) {
  if (contains(text, kBailOut) || contains(text, kBailOutInCapitals)) return true;
  for (std::size_t end = text.find('!'); end != text.npos; end = text.find('!', end + 1)) {
    if (end < kBailOut.size()) continue;
    const std::size_t at = end + 1 - kBailOut.size();
    if (text[at - 1] != ' ' && starts_ignoring_case(text.substr(at), kBailOut)) return true;
  }
  return false;
}

/// Whether `text` ends in the beginning of a bail-out, the whole of it or behind a message.
bool ends_in_begin_of_bail_out(std::string_view text) {
  for (std::size_t size = 1; size < kBailOut.size() && size <= text.size(); ++size) {
    const std::string_view end = text.substr(text.size() - size), begin = kBailOut.substr(0, size);
    const bool as_written = end == begin || end == kBailOutInCapitals.substr(0, size);
    if (size == text.size() ? as_written || (size > 1 && equal_ignoring_case(end, begin))
                            : as_written && size >= kLeastOfBailOut) {
      return true;
    }
  }
  return false;
}

}  // namespace

void TornLines::see(std::string_view text) {
  bail_begun_ = ends_in_begin_of_bail_out(text) ? text.substr(0, kShown) : "";
  const bool begins = text.starts_with(kNot);
  const bool ends = text.size() > kNot.size() && text.ends_with(kNot) &&
                    !is_letter(text[text.size() - kNot.size() - 1]);
  if (ends || (begins && (text.size() == kNot.size() || !is_letter(text[kNot.size()])))) {
    not_ = text.substr(0, kShown);
  } else if (begins) {
    glued_ = text.substr(0, kShown);
  }
}

void TornLines::see_result(const TapLine& line) {
  // "notmessage" stands for a "not" where the rest of "not ok", with the blank before it, follows.
  const bool rest = line.indent % kCommentColumns == 1;
  if (rest && not_.empty()) not_ = std::exchange(glued_, {});
}

std::string TornLines::take() {
  glued_.clear();
  bail_begun_.clear();
  return std::exchange(not_, {});
}

bool is_piece_of_bail_out(std::string_view text) {
  constexpr std::string_view kBegin = "BAIL OU";
  if (starts_ignoring_case(text, kBegin)) return true;
  if (equal_ignoring_case(text, kBegin.substr(0, kLeastOfBailOut)) ||
      equal_ignoring_case(text, kBegin.substr(0, kLeastOfBailOut + 2))) {
    return true;
  }
  if (!contains(text, "!")) return false;
  if (holds_bail_out(text)) return true;
  for (std::string_view rest = kBailOut.substr(1); rest.size() > 2; rest.remove_prefix(1)) {
    if (!starts_ignoring_case(text, rest)) continue;
    return text.size() == rest.size() || text[rest.size()] == ' ';
  }
  return false;
}

}  // namespace harness
