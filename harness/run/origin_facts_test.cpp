#include "run/origin_facts.h"

#include <gtest/gtest.h>

#include <map>

namespace harness {
namespace {

const std::string kCommit(40, 'c');

Origin origin(std::map<std::string, std::string> variables) {
  return origin_of([&](const char* name) { return variables[name]; });
}

std::map<std::string, std::string> github() {
  return {{"GITHUB_ACTIONS", "true"},       {"GITHUB_SHA", kCommit},
          {"GITHUB_WORKFLOW", "CI"},        {"GITHUB_JOB", "test"},
          {"GITHUB_RUN_NUMBER", "55"},      {"GITHUB_SERVER_URL", "https://github.com"},
          {"GITHUB_REPOSITORY", "me/kern"}, {"GITHUB_RUN_ID", "1234"}};
}

TEST(OriginFacts, GitHubNamesJobRunAndAddress) {
  const Origin found = origin(github());
  EXPECT_EQ(found.ci, "GitHub Actions");
  EXPECT_EQ(found.commit, kCommit);
  EXPECT_EQ(found.job, "CI, job test, run 55");
  EXPECT_EQ(found.address, "https://github.com/me/kern/actions/runs/1234");
  EXPECT_FALSE(found.changed);
}

TEST(OriginFacts, GitLabAndJenkinsToo) {
  const Origin gitlab = origin({{"GITLAB_CI", "true"},
                                {"CI_COMMIT_SHA", kCommit},
                                {"CI_JOB_NAME", "boot"},
                                {"CI_JOB_ID", "7"},
                                {"CI_JOB_URL", "https://gitlab.example/a/b/-/jobs/7"}});
  EXPECT_EQ(gitlab.ci, "GitLab CI");
  EXPECT_EQ(gitlab.job, "boot, job 7");
  EXPECT_EQ(gitlab.address, "https://gitlab.example/a/b/-/jobs/7");
  const Origin jenkins = origin({{"JENKINS_URL", "http://ci:8080/"},
                                 {"JOB_NAME", "kern/main"},
                                 {"BUILD_NUMBER", "3"},
                                 {"BUILD_URL", "http://ci:8080/job/kern/3/"}});
  EXPECT_EQ(jenkins.job, "kern/main, build 3");
  EXPECT_EQ(jenkins.address, "http://ci:8080/job/kern/3/");
  EXPECT_EQ(jenkins.commit, "");
}

TEST(OriginFacts, WithoutACiSystemThereIsNoJob) {
  const Origin none = origin({{"GITHUB_SHA", kCommit}, {"GITHUB_JOB", "test"}});
  EXPECT_EQ(none.ci + none.job + none.commit + none.address, "");
}

TEST(OriginFacts, WhatIsMissingIsLeftOutAsAWhole) {
  auto variables = github();
  variables["GITHUB_RUN_NUMBER"] = "";
  EXPECT_EQ(origin(variables).job, "");
  EXPECT_NE(origin(variables).address, "");
}

TEST(OriginFacts, WhatAnEnvironmentSaysIsNotTrusted) {
  auto variables = github();
  variables["GITHUB_SHA"] = "<script>";
  variables["GITHUB_JOB"] = "a\x1b[31m" + std::string(1000, 'x');
  const Origin found = origin(variables);
  EXPECT_EQ(found.commit, "");
  EXPECT_EQ(found.job.find('\x1b'), std::string::npos);
  EXPECT_LT(found.job.size(), 300u);
  variables["GITHUB_SERVER_URL"] = "javascript:alert(1)//";
  EXPECT_EQ(origin(variables).address, "");
}

TEST(OriginFacts, ThisProcessIsAskedOnce) {
  begin_origin_search();
  begin_origin_search();
  EXPECT_EQ(this_origin().commit, this_origin().commit);
}

}  // namespace
}  // namespace harness
