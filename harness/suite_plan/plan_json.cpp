#include <nlohmann/json.hpp>
#include <set>

#include "base/files.h"
#include "base/json.h"
#include "base/json_reading.h"
#include "base/sha256.h"
#include "base/time.h"
#include "suite_plan/suite_plan.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPlanSchema = 1;
constexpr std::size_t kPlanBytes = 256u << 20;
constexpr std::size_t kPlanDepth = 6;
constexpr std::uint64_t kMostParts = 1'000'000;
constexpr char kPlanHint[] = "make the plan again: uniharness plan SCENARIOS -o plan.json";

// ---- writing ----------------------------------------------------------------------------------

Json planned_json(const PlannedInstance& one) {
  Json json = {{"name", one.name},
               {"scenario_file", one.scenario_file},
               {"scenario_sha256", one.scenario_sha256},
               {"image_sha256", one.image_sha256},
               {"options", printable_lines(one.options)},
               {"accel", one.accel},
               {"expected_ms", nullptr}};
  if (one.expected) json["expected_ms"] = in_milliseconds(*one.expected);
  if (!one.quarantine.empty()) json["quarantine"] = printable_lines(one.quarantine);
  return json;
}

// ---- reading ----------------------------------------------------------------------------------

std::string read_hash(const Json& json, const JsonPlace& at, bool may_be_empty = false) {
  std::string text = read_text(json, at);
  const bool hex = text.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!(hex && text.size() == 64) && !(may_be_empty && text.empty())) {
    at.refuse("expected a SHA-256: 64 hexadecimal digits in lower case");
  }
  return text;
}

std::string read_name(const Json& json, const JsonPlace& at) {
  std::string text = read_shown_text(json, at);
  if (text.empty()) at.refuse("expected a text that is not empty");
  return text;
}

PlannedInstance read_planned(const Json& json, const JsonPlace& at) {
  require_keys(json, at,
               {"name", "scenario_file", "scenario_sha256", "image_sha256", "options", "accel",
                "expected_ms"},
               {"quarantine"});
  PlannedInstance one{
      .name = read_name(json["name"], at.member("name")),
      .scenario_file = read_name(json["scenario_file"], at.member("scenario_file"))};
  one.scenario_sha256 = read_hash(json["scenario_sha256"], at.member("scenario_sha256"));
  one.image_sha256 = read_hash(json["image_sha256"], at.member("image_sha256"), true);
  one.options = read_shown_text(json["options"], at.member("options"));
  one.accel = read_name(json["accel"], at.member("accel"));
  if (!json["expected_ms"].is_null()) {
    one.expected =
        read_milliseconds(json["expected_ms"], at.member("expected_ms"), kMostInstanceMilliseconds);
  }
  if (json.contains("quarantine")) {
    one.quarantine = read_name(json["quarantine"], at.member("quarantine"));
  }
  return one;
}

std::vector<std::string> read_texts(const Json& json, const JsonPlace& at) {
  std::vector<std::string> texts;
  for (const Json& one : read_array(json, at)) {
    texts.push_back(read_shown_text(one, at.item(texts.size())));
  }
  return texts;
}

void read_options(const Json& json, const JsonPlace& at, SuitePlan& plan) {
  require_keys(json, at, {"retries", "allow_flaky"}, {"boots", "clock"});
  plan.retries = static_cast<unsigned>(read_count(json["retries"], at.member("retries"), 100));
  plan.allow_flaky = read_flag(json["allow_flaky"], at.member("allow_flaky"));
  if (json.contains("boots")) {
    plan.boots = read_count(json["boots"], at.member("boots"), 1000);
    if (*plan.boots == 0) at.member("boots").refuse("expected at least 1");
  }
  if (!json.contains("clock")) return;
  for (const ClockKind clock : {ClockKind::counted, ClockKind::host}) {
    if (json["clock"] == clock_name(clock)) plan.clock = clock;
  }
  if (!plan.clock) at.member("clock").refuse("expected counted or host");
}

PlanChoice read_choice(const Json& json, const JsonPlace& at) {
  require_keys(json, at, {"scenarios", "patterns", "quarantine"});
  return {.scenarios = read_texts(json["scenarios"], at.member("scenarios")),
          .patterns = read_texts(json["patterns"], at.member("patterns")),
          .quarantine = read_shown_text(json["quarantine"], at.member("quarantine"))};
}

void read_instances(const Json& json, const JsonPlace& at, SuitePlan& plan) {
  std::set<std::string> names;
  for (const Json& one : read_array(json, at)) {
    const JsonPlace here = at.item(plan.instances.size());
    plan.instances.push_back(read_planned(one, here));
    if (!names.insert(plan.instances.back().name).second) {
      here.member("name").refuse("'" + plan.instances.back().name + "' stands in the plan twice");
    }
  }
  if (plan.instances.empty()) at.refuse("at least one instance is expected");
}

}  // namespace

PlanFile plan_file(SuitePlan plan) {
  Json json = {{"uniharness_plan", kPlanSchema}, {"uniharness", plan.uniharness_version}};
  if (plan.parts != 0) json["parts"] = plan.parts;
  json["options"] = {{"retries", plan.retries}, {"allow_flaky", plan.allow_flaky}};
  if (plan.boots) json["options"]["boots"] = *plan.boots;
  if (plan.clock) json["options"]["clock"] = clock_name(*plan.clock);
  json["choice"] = {{"scenarios", plan.choice.scenarios},
                    {"patterns", plan.choice.patterns},
                    {"quarantine", plan.choice.quarantine}};
  json["instances"] = Json::array();
  for (const PlannedInstance& one : plan.instances) {
    json["instances"].push_back(planned_json(one));
  }
  PlanFile file{.plan = std::move(plan)};
  file.text = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  file.sha256 = sha256_of(file.text);
  return file;
}

SuitePlan plan_from_json(std::string_view text, const std::string& name) {
  const JsonPlace root{name, kPlanHint};
  const Json json = is_valid_json(text, kPlanDepth) ? Json::parse(text, nullptr, false) : Json();
  if (json.is_null() || json.is_discarded()) root.refuse("not JSON, or nested too deep");
  require_keys(json, root, {"uniharness_plan", "uniharness", "options", "choice", "instances"},
               {"parts"});
  if (json["uniharness_plan"] != kPlanSchema) {
    root.member("uniharness_plan")
        .refuse("this version reads plans of schema " + std::to_string(kPlanSchema));
  }
  SuitePlan plan;
  plan.uniharness_version = read_name(json["uniharness"], root.member("uniharness"));
  if (json.contains("parts")) {
    plan.parts = read_count(json["parts"], root.member("parts"), kMostParts);
  }
  read_options(json["options"], root.member("options"), plan);
  plan.choice = read_choice(json["choice"], root.member("choice"));
  read_instances(json["instances"], root.member("instances"), plan);
  return plan;
}

PlanFile load_plan(const std::filesystem::path& file) {
  PlanFile read{.plan = {}, .text = read_file(file, kPlanBytes)};
  read.plan = plan_from_json(read.text, file.string());
  read.sha256 = sha256_of(read.text);
  return read;
}

}  // namespace harness
