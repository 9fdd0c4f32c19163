#include "cluster/job_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/json_reading.h"
#include "base/text.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kJobSchema = 2;  // 1 had no name
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
  const Json json = {{"uniharness_job", kJobSchema}, {"engine", file.engine},
                     {"plan", file.plan_sha256},     {"name", file.name},
                     {"parts", file.parts},          {"at_once", file.at_once},
                     {"rounds", file.rounds},        {"jobs", file.jobs},
                     {"words", file.words}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

JobFile job_file_from_json(std::string_view text, const std::string& name) {
  const JsonPlace root{name, kJobHint};
  Json json = is_valid_json(text, kJobDepth) ? Json::parse(text, nullptr, false) : Json();
  if (json.is_null() || json.is_discarded()) root.refuse("not JSON, or nested too deep");
  const bool is_first =
      json.is_object() && json.contains("uniharness_job") && json["uniharness_job"] == 1;
  if (is_first) json["name"] = "";
  require_keys(
      json, root,
      {"uniharness_job", "engine", "plan", "name", "parts", "at_once", "rounds", "jobs", "words"});
  if (!is_first && json["uniharness_job"] != kJobSchema) {
    root.member("uniharness_job").refuse("not read here");
  }
  JobFile file;
  file.name = read_shown_text(json["name"], root.member("name"));
  if (!std::ranges::all_of(file.name, [](char c) { return is_name_char(c) || c == '-'; })) {
    root.member("name").refuse("expected letters, digits and '-'");
  }
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
