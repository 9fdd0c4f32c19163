#include "stream/split.h"

#include <gtest/gtest.h>

#include <vector>

namespace harness {
namespace {

struct Seen {
  std::string bytes;
  Piece piece;
  bool terminated;
  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> lines_of(std::string_view text, std::size_t step) {
  std::vector<Seen> lines;
  LineSplitter splitter;
  for (std::size_t at = 0; at < text.size(); at += step) {
    // A copy of its own, so that a line that outlives its input is seen by AddressSanitizer.
    const std::string input(text.substr(at, step));
    splitter.feed(input);
    while (const auto line = splitter.next()) {
      lines.push_back({std::string(line->bytes), line->piece, line->terminated});
    }
  }
  if (const auto line = splitter.rest()) {
    lines.push_back({std::string(line->bytes), line->piece, line->terminated});
  }
  return lines;
}

TEST(Split, EmptyInputHasNoLines) { EXPECT_TRUE(lines_of("", 1).empty()); }

TEST(Split, LastLineWithoutLineEndIsMarked) {
  const std::vector<Seen> expected = {{"one", Piece::whole, true},
                                      {"", Piece::whole, true},
                                      {"two\r", Piece::whole, true},
                                      {"three", Piece::whole, false}};
  EXPECT_EQ(lines_of("one\n\ntwo\r\nthree", 100), expected);
}

TEST(Split, SizeOfTheInputPiecesMakesNoDifference) {
  const std::string text = "a\n\nlonger line\r\n" + std::string(300, 'x') + "\nend";
  const auto whole = lines_of(text, text.size());
  for (std::size_t step = 1; step < text.size(); ++step) EXPECT_EQ(lines_of(text, step), whole);
}

TEST(Split, LineOfExactlyTheLimitIsWhole) {
  const auto lines = lines_of(std::string(kMaxLineLength, 'x') + "\ny\n", 1000);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].piece, Piece::whole);
  EXPECT_EQ(lines[0].bytes.size(), kMaxLineLength);
}

TEST(Split, LineOverTheLimitIsCutIntoHeadAndRest) {
  const std::string text = std::string(2 * kMaxLineLength + 1, 'x') + "\n[END] y\n";
  for (const std::size_t step : {std::size_t{1}, std::size_t{4096}, kMaxLineLength, text.size()}) {
    const auto lines = lines_of(text, step);
    ASSERT_EQ(lines.size(), 4u) << "in steps of " << step;
    EXPECT_EQ(lines[0].piece, Piece::head);
    EXPECT_FALSE(lines[0].terminated);
    EXPECT_EQ(lines[1].piece, Piece::rest);
    EXPECT_EQ(lines[2], (Seen{"x", Piece::rest, true}));
    EXPECT_EQ(lines[3], (Seen{"[END] y", Piece::whole, true}));
  }
}

}  // namespace
}  // namespace harness
