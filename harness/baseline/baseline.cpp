#include "baseline/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "base/error.h"
#include "base/json.h"
#include "base/json_reading.h"
#include "base/text.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kVersion[] = "uniharness_baseline";
constexpr double kWholeLimit = 9007199254740992.0;  // 2^53

// ---- reading ----------------------------------------------------------------------------------

constexpr char kHint[] =
    "restore the file (git checkout), or remove it and accept a run as the first one";

double read_number(const Json& json, const JsonPlace& at) {
  if (!json.is_number()) at.refuse("expected a number");
  const auto value = json.get<double>();
  if (!(value >= 0) || !std::isfinite(value)) at.refuse("expected a number that is not below 0");
  return value;
}

Series read_metric(const std::string& name, const Json& json, const JsonPlace& at) {
  require_keys(json, at, {"unit"}, {"value", "samples", "tolerance", "limit", "better"});
  Series series{.name = name,
                .unit = read_text(json["unit"], at.member("unit")),
                .better = Direction::lower,
                .noisy = json.contains("samples"),
                .samples = {},
                .fault = {},
                .tolerance = {},
                .limit = {}};
  series.better = better_of(series.unit);
  if (json.contains("value") == series.noisy) at.refuse("expected either 'value' or 'samples'");
  if (series.noisy) {
    const Json& samples = json["samples"];
    if (!samples.is_array()) at.member("samples").refuse("expected an array");
    for (const Json& sample : samples) {
      series.samples.push_back(read_number(sample, at.member("samples")));
    }
  } else {
    series.samples = {read_number(json["value"], at.member("value"))};
  }
  if (json.contains("tolerance")) {
    series.tolerance = parse_tolerance(read_text(json["tolerance"], at.member("tolerance")));
    if (!series.tolerance) at.member("tolerance").refuse("expected +0, 2% or 200 instructions");
  }
  if (json.contains("limit")) series.limit = read_number(json["limit"], at.member("limit"));
  if (json.contains("better")) {
    const auto better = direction_of(read_text(json["better"], at.member("better")));
    if (!better) at.member("better").refuse("expected lower, higher or neither");
    series.better = *better;
  }
  return series;
}

/// Numbers in "cycles" that a guest counted were once stored as noisy: where the boots agreed, they
/// are exact.
void recognise_counted(Measurements& numbers) {
  const auto& conditions = numbers.fingerprint;
  if (std::ranges::find(conditions, std::pair<std::string, std::string>("clock", "counted")) ==
      conditions.end()) {
    return;
  }
  for (Series& series : numbers.series) {
    const std::set<double> values(series.samples.begin(), series.samples.end());
    if (values.size() == 1) series.noisy = false;
  }
}

std::vector<ConditionChange> read_conditions(const Json& json, const JsonPlace& at) {
  if (!json.is_object()) at.refuse("expected an object");
  std::vector<ConditionChange> conditions;
  for (const auto& [name, pair] : json.items()) {
    const JsonPlace here = at.member(name);
    if (!pair.is_array() || pair.size() != 2) here.refuse("expected [old, new]");
    conditions.push_back({name, read_text(pair[0], here), read_text(pair[1], here)});
  }
  return conditions;
}

Acceptance read_acceptance(const Json& json, const JsonPlace& at) {
  require_keys(json, at, {"date", "why", "changes"}, {"conditions", "commit"});
  Acceptance one{
      read_text(json["date"], at.member("date")), read_text(json["why"], at.member("why")), {}};
  if (json.contains("conditions")) {
    one.conditions = read_conditions(json["conditions"], at.member("conditions"));
  }
  if (json.contains("commit")) one.commit = read_text(json["commit"], at.member("commit"));
  if (!json["changes"].is_object()) at.member("changes").refuse("expected an object");
  for (const auto& [name, pair] : json["changes"].items()) {
    const JsonPlace here = at.member("changes").member(name);
    if (!pair.is_array() || pair.size() != 2) here.refuse("expected [old, new]");
    const auto value = [&](const Json& item) {
      return item.is_null() ? std::nullopt : std::optional(read_number(item, here));
    };
    one.changes.push_back({name, value(pair[0]), value(pair[1])});
  }
  return one;
}

/// Values of one name twice in an object would silently be one.
Json parse_unique(std::string_view text, const JsonPlace& at) {
  std::vector<std::vector<std::string>> keys;
  std::string twice;
  const auto callback = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto& key = value.get_ref<const std::string&>();
      if (std::ranges::count(keys.back(), key) != 0) twice = key;
      keys.back().push_back(key);
    }
    return true;
  };
  if (!is_valid_json(text)) at.refuse("is not JSON");
  Json json = Json::parse(text, callback, false);
  if (!twice.empty()) at.refuse("the key '" + printable(twice) + "' is listed twice");
  return json;
}

// ---- writing ----------------------------------------------------------------------------------

Json number(double value) {
  if (value >= 0 && value < kWholeLimit && value == std::floor(value)) {
    return static_cast<std::uint64_t>(value);
  }
  return value;
}
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string metric_text(const Series& series) {
  Json json;
  if (series.noisy) {
    json["samples"] = Json::array();
    for (const double sample : series.samples) json["samples"].push_back(number(sample));
  } else {
    json["value"] = number(series.samples.front());
  }
  json["unit"] = series.unit;
  if (series.tolerance) json["tolerance"] = series.tolerance->text();
  if (series.limit) json["limit"] = number(*series.limit);
  if (series.better != better_of(series.unit)) json["better"] = direction_name(series.better);
  return dumped(json);
}

std::string acceptance_text(const Acceptance& one) {
  std::string changes;
  for (const AcceptedChange& change : one.changes) {
    changes += fmt::format("{}\n    {}: {}", changes.empty() ? "" : ",", dumped(change.name),
                           dumped({number(change.old_value), number(change.new_value)}));
  }
  Json conditions = Json::object();
  for (const ConditionChange& one_of : one.conditions) {
    conditions[one_of.name] = {one_of.old_value, one_of.new_value};
  }
  return fmt::format("{{\"date\": {}, \"why\": {}, \"changes\": {{{}}}{}{}}}", dumped(one.date),
                     dumped(one.why), changes,
                     conditions.empty() ? "" : ",\n   \"conditions\": " + dumped(conditions),
                     one.commit.empty() ? "" : ",\n   \"commit\": " + dumped(one.commit));
}

}  // namespace

bool is_baseline(const JsonRoot& file) { return file.fault.empty() && file.has(kVersion); }

Baseline baseline_from_json(std::string_view text, const std::string& file) {
  const JsonPlace root{file, kHint};
  const Json json = parse_unique(text, root);
  if (!json.is_object() || !json.contains(kVersion)) root.refuse("is not a baseline");
  if (!json[kVersion].is_number_integer() || json[kVersion].get<int>() != kBaselineVersion) {
    root.member(kVersion).refuse("this program reads version " + std::to_string(kBaselineVersion) +
                                 " only, this is " + dumped(json[kVersion]));
  }
  require_keys(json, root, {kVersion, "scenario", "fingerprint", "metrics", "history"});
  Baseline baseline;
  baseline.numbers.source = file;
  baseline.numbers.scenario = read_text(json["scenario"], root.member("scenario"));
  const JsonPlace print = root.member("fingerprint"), metrics = root.member("metrics");
  if (!json["fingerprint"].is_object()) print.refuse("expected an object");
  if (!json["metrics"].is_object()) metrics.refuse("expected an object");
  if (!json["history"].is_array()) root.member("history").refuse("expected an array");
  for (const auto& [key, value] : json["fingerprint"].items()) {
    baseline.numbers.fingerprint.emplace_back(key, read_text(value, print.member(key)));
  }
  for (const auto& [name, metric] : json["metrics"].items()) {
    baseline.numbers.series.push_back(read_metric(name, metric, metrics.member(name)));
  }
  recognise_counted(baseline.numbers);
  for (const Json& entry : json["history"]) {
    baseline.history.push_back(read_acceptance(entry, root.member("history")));
  }
  if (!baseline.history.empty()) baseline.numbers.commit = baseline.history.back().commit;
  return baseline;
}

std::string baseline_to_json(const Baseline& baseline) {
  Json print = Json::object();
  for (const auto& [key, value] : baseline.numbers.fingerprint) print[key] = value;
  std::string metrics, history;
  for (const Series& series : baseline.numbers.series) {
    metrics += fmt::format("{}\n  {}: {}", metrics.empty() ? "" : ",", dumped(series.name),
                           metric_text(series));
  }
  for (const Acceptance& one : baseline.history) {
    history += fmt::format("{}\n  {}", history.empty() ? "" : ",", acceptance_text(one));
  }
  return fmt::format(
      "{{\n \"{}\": {},\n \"scenario\": {},\n \"fingerprint\": {},\n \"metrics\": {{{}\n }},\n "
      "\"history\": [{}\n ]\n}}\n",
      kVersion, kBaselineVersion, dumped(baseline.numbers.scenario), dumped(print), metrics,
      history);
}

}  // namespace harness
