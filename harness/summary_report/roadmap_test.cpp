#include "summary_report/roadmap.h"

#include <gtest/gtest.h>

namespace harness::summary {
namespace {

TEST(Roadmap, OpenItemsComeWithTheirHeadingAndTheirOtherLines) {
  const Roadmap roadmap = parse_roadmap(
      "# Roadmap\n\nSome words.\n\n## First\n\n- [x] done\n  with more\n- [ ] one\n  and its rest\n"
      "- [X] done too\n\n## Second\r\n- [ ] two \r\nno part of it\n  - [ ] not at the margin\n");
  EXPECT_EQ(roadmap.done, 2u);
  ASSERT_EQ(roadmap.open.size(), 2u);
  EXPECT_EQ(roadmap.open[0].heading, "First");
  EXPECT_EQ(roadmap.open[0].text, "one and its rest");
  EXPECT_EQ(roadmap.open[1].heading, "Second");
  EXPECT_EQ(roadmap.open[1].text, "two");
}

TEST(Roadmap, AnyBytesAreRead) {
  EXPECT_TRUE(parse_roadmap("").open.empty());
  EXPECT_TRUE(parse_roadmap("#").open.empty());
  EXPECT_EQ(parse_roadmap("- [ ] \n- [ ] \xff").open.size(), 2u);
  EXPECT_TRUE(parse_roadmap(std::string(3, '\0')).open.empty());
}

}  // namespace
}  // namespace harness::summary
