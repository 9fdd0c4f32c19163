#include "record/marks.h"

#include <gtest/gtest.h>

#include "record/record_testing.h"

namespace harness {
namespace {

TEST(Marks, FewMarksAreKeptAsTheyAre) {
  const std::vector<SerialMark> marks = sample_record().boots[0].trace.marks;
  EXPECT_EQ(thinned(marks).size(), marks.size());
}

TEST(Marks, ManyAreThinnedEvenlyAndKeepBothEnds) {
  std::vector<SerialMark> marks;
  for (std::size_t i = 1; i <= 100'000; ++i) marks.push_back({i, std::chrono::nanoseconds(2 * i)});
  const auto few = thinned(marks);
  ASSERT_EQ(few.size(), kMaxMarks);
  EXPECT_EQ(few.front().size, 1u);
  EXPECT_EQ(few.back().size, 100'000u);
  for (std::size_t i = 1; i < few.size(); ++i) {
    EXPECT_GT(few[i].size, few[i - 1].size);
    EXPECT_LE(few[i].size - few[i - 1].size, 11u);
  }
}

TEST(Marks, MarksThatDoNotRiseAreLeftOut) {
  using namespace std::chrono_literals;
  EXPECT_EQ(thinned({{5, 10ns}, {5, 11ns}, {4, 12ns}, {6, 9ns}, {7, 13ns}}).size(), 2u);
}

}  // namespace
}  // namespace harness
