#include "stream/allow.h"

#include <gtest/gtest.h>

#include <string>

#include "stream/split.h"

namespace harness {
namespace {

AllowedSpans from_try_to_done() {
  return AllowedSpans({{.crash = "assert", .text = "", .from = "try", .to = "done"}});
}
std::string piece_that_ends_with(const std::string& words) {
  return std::string(kMaxLineLength - words.size(), '.') + words;
}

TEST(AllowedSpans, BeginAndEndAcrossThePiecesOfALongLine) {
  AllowedSpans spans = from_try_to_done();
  spans.see(piece_that_ends_with("tr"));
  EXPECT_FALSE(spans.allows("", "assert"));
  spans.see("y it" + piece_that_ends_with("do"), true);
  EXPECT_TRUE(spans.allows("", "assert"));
  spans.see("ne", true);
  EXPECT_TRUE(spans.allows("", "assert")) << "the piece that closes it";
  spans.see("behind");
  EXPECT_FALSE(spans.allows("", "assert"));
}

TEST(AllowedSpans, ThatIsClosedDoesNotOpenAgainAtTheSeam) {
  AllowedSpans spans = from_try_to_done();
  spans.see(piece_that_ends_with("try it, done"));
  EXPECT_TRUE(spans.allows("", "assert"));
  spans.see("what follows", true);
  EXPECT_FALSE(spans.allows("", "assert"));
  spans.see("try it again", true);
  EXPECT_TRUE(spans.allows("", "assert"));
}

}  // namespace
}  // namespace harness
