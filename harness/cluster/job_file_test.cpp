#include "cluster/job_file.h"

#include "suite_plan/plan_testing.h"

namespace harness {
namespace {

JobFile sample() {
  return {.engine = "slurm",
          .plan_sha256 = "ab",
          .name = "uniharness-12ab",
          .parts = 40,
          .at_once = 8,
          .rounds = 2,
          .jobs = {"12", "13"},
          .words = {"--partition=x"}};
}

TEST(JobFile, IsReadAsItWasWritten) {
  const JobFile read = job_file_from_json(render_job_file(sample()), "job.json");
  EXPECT_EQ(render_job_file(read), render_job_file(sample()));
  EXPECT_EQ(read.jobs, sample().jobs);
  EXPECT_EQ(read.parts, 40u);
}

TEST(JobFile, ThatHasNoNameIsRead) {
  JobFile file = sample();
  file.name.clear();
  std::string text = render_job_file(file);
  for (const auto& [from, to] : {std::pair{"\"uniharness_job\": 2", "\"uniharness_job\": 1"},
                                 std::pair{" \"name\": \"\",\n", ""}}) {
    ASSERT_NE(text.find(from), std::string::npos) << text;
    text.replace(text.find(from), std::string_view(from).size(), to);
  }
  EXPECT_EQ(render_job_file(job_file_from_json(text, "job.json")), render_job_file(file));
}

TEST(JobFile, RefusesWhatWasNotWrittenByUs) {
  const std::string good = render_job_file(sample());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const std::pair<std::string, const char*> bad[] = {
      {"", "not JSON"},
      {good.substr(0, good.size() / 2), "not JSON"},
      {with("\"12\"", "\"--me\""), "jobs[0]: expected the number"},
      {with("\"12\"", "\"\""), "jobs[0]: expected the number"},
      {with("uniharness-12ab", "a,b"), "name: expected letters"},
      {with("\"parts\": 40", "\"parts\": 0"), "parts: at least one"},
      {with("\"parts\": 40", "\"parts\": -1"), "parts: expected a whole number"},
      {with("\"engine\"", "\"motor\""), "engine: missing"},
      {with("\"words\"", "\"x\": 1, \"words\""), "x: unknown key"},
  };
  for (const auto& [text, complaint] : bad) {
    const std::string told =
        refused(ExitStatus::invalid_data, [&] { job_file_from_json(text, "job.json"); });
    EXPECT_NE(told.find(complaint), std::string::npos) << told;
  }
}

}  // namespace
}  // namespace harness
