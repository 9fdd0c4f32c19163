#include "formats/tap_torn.h"

#include <utility>

#include "base/text.h"

namespace harness {
namespace {

constexpr std::string_view kNot = "not";
constexpr std::size_t kShown = 60;

}  // namespace

void TornLines::see(std::string_view text) {
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
  return std::exchange(not_, {});
}

bool is_piece_of_bail_out(std::string_view text) {
  constexpr std::string_view kWords = "Bail out!", kBegin = "BAIL OU";
  if (starts_ignoring_case(text, kBegin)) return true;
  if (!contains(text, "!")) return false;
  if (contains(text, kWords)) return true;
  for (std::string_view rest = kWords.substr(1); rest.size() > 2; rest.remove_prefix(1)) {
    if (!text.starts_with(rest)) continue;
    return text.size() == rest.size() || text[rest.size()] == ' ';
  }
  return false;
}

}  // namespace harness
