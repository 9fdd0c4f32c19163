#include "run/origin_facts.h"

#include <algorithm>
#include <cstdlib>
#include <future>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "record/origin_text.h"
#include "sources/history_access.h"

namespace harness {
namespace {

constexpr std::size_t kLongestText = 200;

/// A word around the values of variables: "{GITHUB_JOB}, run {GITHUB_RUN_NUMBER}".
using Pattern = std::string_view;

struct CiSystem {
  std::string_view name;
  const char* sign;  // the variable that says that it is this one
  const char* commit;
  Pattern job, address;
};

// To add a CI system: one row.
constexpr CiSystem kCiSystems[] = {
    {"GitHub Actions", "GITHUB_ACTIONS", "GITHUB_SHA",
     "{GITHUB_WORKFLOW}, job {GITHUB_JOB}, run {GITHUB_RUN_NUMBER}",
     "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}"},
    {"GitLab CI", "GITLAB_CI", "CI_COMMIT_SHA", "{CI_JOB_NAME}, job {CI_JOB_ID}", "{CI_JOB_URL}"},
    {"Jenkins", "JENKINS_URL", "GIT_COMMIT", "{JOB_NAME}, build {BUILD_NUMBER}", "{BUILD_URL}"},
};

/// The pattern with its values; empty where one of them is.
std::string filled(Pattern pattern, const Environment& environment) {
  std::string text;
  for (;;) {
    const std::size_t open = pattern.find('{');
    text += pattern.substr(0, open);
    if (open == Pattern::npos) return text;
    const std::size_t close = pattern.find('}', open);
    const std::string value =
        environment(std::string(pattern.substr(open + 1, close - open - 1)).c_str());
    if (value.empty()) return {};
    text += value;
    pattern.remove_prefix(close + 1);
  }
}

std::string shown(std::string_view text) {
  return printable(text.substr(0, std::min(text.size(), kLongestText)));
}

Origin asked() {
  Origin origin = origin_of([](const char* name) {
    const char* const value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  });
  try {
    const history::Revision revision = revision_of(".");
    if (!revision.commit.empty()) {
      origin.commit = revision.commit;
      origin.changed = revision.dirty;
    }
  } catch (const Error&) {
    return origin;  // Ctrl-C; who runs the boots says so
  }
  return origin;
}

std::shared_future<Origin>& answer() {
  static std::shared_future<Origin> future = std::async(std::launch::async, asked).share();
  return future;
}

}  // namespace

Origin origin_of(const Environment& environment) {
  for (const CiSystem& ci : kCiSystems) {
    if (environment(ci.sign).empty()) continue;
    const std::string commit = environment(ci.commit);
    return {.commit = is_commit_id(commit) ? commit : std::string(),
            .ci = std::string(ci.name),
            .job = shown(filled(ci.job, environment)),
            .address = web_address(filled(ci.address, environment))};
  }
  return {};
}

void begin_origin_search() { answer(); }

Origin this_origin() { return answer().get(); }

}  // namespace harness
