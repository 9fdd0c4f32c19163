#include "cluster/query.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace harness {
namespace {

QueryResult shell(const std::string& script, std::chrono::milliseconds limit) {
  return query({"sh", "-c", script}, limit, OnInterrupt::go_on);
}

TEST(Query, TellsAnswersFromFailures) {
  const QueryResult good = shell("printf 'a\\nb'; echo careful >&2", std::chrono::minutes(1));
  EXPECT_TRUE(good.answered());
  EXPECT_EQ(good.output, "a\nb");
  EXPECT_EQ(good.complaint, "careful\n");
  const QueryResult bad =
      shell("echo 1; printf 'gone\\033[1m\\nmore' >&2; exit 4", std::chrono::minutes(1));
  EXPECT_FALSE(bad.answered());
  EXPECT_EQ(bad.failure(), "exit status 4: gone\\x1B[1m");
  EXPECT_FALSE(shell("echo 1; kill -9 $$", std::chrono::minutes(1)).answered());
  EXPECT_THROW(query({"no-such-program"}, std::chrono::minutes(1), OnInterrupt::go_on), Error);
}

TEST(Query, EndsWhatDoesNotAnswer) {
  const QueryResult late = shell("echo 1; exec sleep 600", std::chrono::milliseconds(100));
  EXPECT_FALSE(late.answered());
  EXPECT_EQ(late.failure(), "no answer in time");
}

TEST(Query, ReadsMoreThanAPipeHolds) {
  const QueryResult much = shell("seq 100000", std::chrono::minutes(1));
  ASSERT_TRUE(much.answered());
  EXPECT_TRUE(much.output.ends_with("\n99999\n100000\n"));
  // Not what the program has left running: that may keep the output open for ever.
  const QueryResult left = shell("sleep 20 & echo 1", std::chrono::minutes(1));
  EXPECT_EQ(left.output, "1\n");
}

}  // namespace
}  // namespace harness
