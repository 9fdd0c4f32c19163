#include "record/origin_text.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(OriginText, SaysTheCommitInShortAndWhetherFilesDiffered) {
  EXPECT_EQ(commit_words({}), "");
  EXPECT_EQ(commit_words({.commit = "0123456789abcdef"}), "commit 0123456789ab");
  EXPECT_EQ(commit_words({.commit = "0123456789abcdef", .changed = true}),
            "commit 0123456789ab, changed");
}

TEST(OriginText, SaysWhichJobOfWhichSystem) {
  EXPECT_EQ(job_words({}), "");
  EXPECT_EQ(job_words({.ci = "GitLab CI"}), "GitLab CI");
  EXPECT_EQ(job_words({.ci = "GitLab CI", .job = "boot, job 7"}), "GitLab CI: boot, job 7");
}

TEST(OriginText, AnAddressIsOneOfTheWebAndNothingElse) {
  const std::string good = "https://github.com/me/kern/actions/runs/1234";
  EXPECT_EQ(web_address(good), good);
  EXPECT_EQ(web_address("http://ci:8080/job/a%20b/3/"), "http://ci:8080/job/a%20b/3/");
  for (const char* bad :
       {"", "x", "javascript:alert(1)//", "https://x\" onclick=\"", "https://x<b>", "https://a b",
        "https://x](y)", "https://x\x1b[31m", "file:///etc"}) {
    EXPECT_EQ(web_address(bad), "") << bad;
  }
  EXPECT_EQ(web_address("https://" + std::string(1000, 'x')), "");
}

}  // namespace
}  // namespace harness
