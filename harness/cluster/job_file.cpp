#include "cluster/job_file.h"

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/json_reading.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kJobSchema = 1;
constexpr std::size_t kJobDepth = 3;
constexpr std::uint64_t kMostTasks = 100'000'000;
constexpr char kJobHint[] = "begin again: uniharness run SCENARIOS --on ENGINE --out FOLDER";

std::vector<std::string> read_texts(const Json& json, const JsonPlace& at) {
  std::vector<std::string> texts;
  for (const Json& one : read_array(json, at)) {
    texts.push_back(read_shown_text(one, at.item(texts.size())));
  }
  return texts;
}

}  // namespace

std::string render_job_file(const JobFile& file) {
  const Json json = {{"uniharness_job", kJobSchema},
                     {"engine", file.engine},
                     {"plan", file.plan_sha256},
                     {"parts", file.parts},
                     {"at_once", file.at_once},
                     {"rounds", file.rounds},
                     {"jobs", file.jobs},
                     {"words", file.words}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

JobFile job_file_from_json(std::string_view text, const std::string& name) {
  const JsonPlace root{name, kJobHint};
  const Json json = is_valid_json(text, kJobDepth) ? Json::parse(text, nullptr, false) : Json();
  if (json.is_null() || json.is_discarded()) root.refuse("not JSON, or nested too deep");
  require_keys(json, root,
               {"uniharness_job", "engine", "plan", "parts", "at_once", "rounds", "jobs", "words"});
  if (json["uniharness_job"] != kJobSchema) root.member("uniharness_job").refuse("not read here");
  JobFile file;
  file.engine = read_shown_text(json["engine"], root.member("engine"));
  file.plan_sha256 = read_shown_text(json["plan"], root.member("plan"));
  file.parts = read_count(json["parts"], root.member("parts"), kMostTasks);
  file.at_once = read_count(json["at_once"], root.member("at_once"), kMostTasks);
  file.rounds = read_count(json["rounds"], root.member("rounds"), kMostTasks);
  file.jobs = read_texts(json["jobs"], root.member("jobs"));
  for (std::size_t i = 0; i < file.jobs.size(); ++i) {
    if (file.jobs[i].empty() || !std::ranges::all_of(file.jobs[i], is_digit)) {
      root.member("jobs").item(i).refuse("expected the number of a job");
    }
  }
  file.words = read_texts(json["words"], root.member("words"));
  if (file.parts == 0) root.member("parts").refuse("at least one is expected");
  if (file.at_once == 0) root.member("at_once").refuse("at least one is expected");
  return file;
}

}  // namespace harness
