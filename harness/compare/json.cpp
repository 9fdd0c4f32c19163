// The JSON of comparisons: what Google Benchmark wrote is read, what was found is written.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "compare/google_benchmark.h"
#include "compare/render.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxDepth = 64;

[[noreturn]] void refuse(const std::string& file, const std::string& what) {
  throw Error(file + ": " + what, "write it again with --benchmark_out=FILE",
              ExitStatus::invalid_data);
}

/// Google Benchmark writes NaN and Infinity where a counter is one (the coefficient of variation of
/// a counter that is 0, say), which JSON does not have: null in their place.
std::string without_nan(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\') {
      valid += text.substr(i++, 2);
      continue;
    }
    if (text[i] == '"') in_string = !in_string;
    bool replaced = false;
    for (const std::string_view word : {"NaN", "-NaN", "Infinity", "-Infinity"}) {
      if (in_string || replaced || !text.substr(i).starts_with(word)) continue;
      valid += "null";
      i += word.size() - 1;
      replaced = true;
    }
    if (!replaced) valid += text[i];
  }
  return valid;
}

Json parsed(std::string_view text) {
  // Nothing throws, and nothing nests deeper than what the checker allows.
  if (is_valid_json(text, kMaxDepth)) return Json::parse(text, nullptr, false);
  const std::string valid = without_nan(text);
  return is_valid_json(valid, kMaxDepth) ? Json::parse(valid, nullptr, false) : Json();
}

bool has_shape(const Json& json) {
  return json.is_object() && json.contains("context") && json["context"].is_object() &&
         json.contains("benchmarks") && json["benchmarks"].is_array();
}

std::string text_or(const Json& json, const char* key, const std::string& otherwise) {
  const auto at = json.find(key);
  return at != json.end() && at->is_string() ? at->get<std::string>() : otherwise;
}

ComparedFingerprint fingerprint_of(const Json& context) {
  ComparedFingerprint print;
  for (const char* key : {"host_name", "num_cpus", "library_build_type", "conditions"}) {
    const auto at = context.find(key);
    if (at == context.end()) continue;
    print.emplace_back(key, at->is_string() ? at->get<std::string>() : at->dump());
  }
  return print;
}

void add_entry(std::vector<Series>& all, const Json& entry, const std::string& unit_of_all,
               const std::string& file) {
  if (!entry.is_object()) refuse(file, "an entry of 'benchmarks' is no object");
  if (text_or(entry, "run_type", "iteration") == "aggregate") return;
  const std::string name = text_or(entry, "run_name", text_or(entry, "name", ""));
  if (name.empty()) refuse(file, "an entry of 'benchmarks' has no name");
  const std::string unit = unit_of_all.empty() ? text_or(entry, "time_unit", "ns") : unit_of_all;
  auto at = std::ranges::find(all, name, &Series::name);
  if (at == all.end()) {
    all.push_back({.name = name,
                   .unit = unit,
                   .better = better_of(unit),
                   .noisy = unit != unit_of(ClockKind::counted),
                   .samples = {},
                   .fault = {},
                   .tolerance = {},
                   .limit = {}});
    at = all.end() - 1;
  }
  const auto time = entry.find("real_time");
  const auto iterations = entry.find("iterations");
  if (entry.value("error_occurred", Json(false)) == true) {
    at->fault = "it stopped with an error: " + text_or(entry, "error_message", "");
  } else if (time == entry.end() || !time->is_number()) {
    at->fault = "it has no real_time";
  } else if (iterations != entry.end() && *iterations == 0) {
    at->fault = "it ran no iteration";
  } else if (at->unit != unit) {
    at->fault = "its repetitions have different units";
  } else {
    at->samples.push_back(time->get<double>());
  }
}

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

}  // namespace

bool is_google_benchmark(std::string_view text) { return has_shape(parsed(text)); }

Measurements measurements_of_google_benchmark(std::string_view text, const std::string& name) {
  const Json json = parsed(text);
  if (!has_shape(json)) refuse(name, "is not a file of Google Benchmark");
  const Json& context = json["context"];
  Measurements all{.scenario = text_or(context, "executable", name),
                   .source = name,
                   .fingerprint = fingerprint_of(context),
                   .series = {},
                   .fault = {}};
  const std::string unit = text_or(context, "unit", "");
  for (const Json& entry : json["benchmarks"]) add_entry(all.series, entry, unit, name);
  if (all.series.empty() && !json["benchmarks"].empty()) {
    all.fault =
        "it has aggregates only, and samples are needed: make it without "
        "--benchmark_report_aggregates_only";
  }
  return all;
}

std::string comparison_json_of_failed_run(std::string_view verdict, const std::string& reason,
                                          ExitStatus status) {
  const Json json = {{"uniharness_comparison", 1},
                     {"verdict", verdict},
                     {"reason", printable(reason)},
                     {"exit_status", static_cast<int>(status)},
                     {"comparisons", Json::array()}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string comparison_json(const std::vector<Comparison>& all) {
  Json comparisons = Json::array();
  for (const Comparison& one : all) {
    Json rows = Json::array();
    for (const ComparedNumber& row : one.rows) {
      rows.push_back({{"name", printable(row.name)},
                      {"change", change_name(row.change)},
                      {"allowed", row.allowed},
                      {"unit", printable(row.unit)},
                      {"base", number(row.base)},
                      {"new", number(row.candidate)},
                      {"detail", printable(row.detail)}});
    }
    comparisons.push_back({{"scenario", printable(one.scenario)},
                           {"base", printable(one.base)},
                           {"new", printable(one.candidate)},
                           {"verdict", comparison_word(one.status)},
                           {"faults", one.faults},
                           {"notes", one.notes},
                           {"rows", std::move(rows)}});
  }
  const ExitStatus status = status_of(all);
  const Json json = {{"uniharness_comparison", 1},
                     {"verdict", comparison_word(status)},
                     {"exit_status", static_cast<int>(status)},
                     {"comparisons", std::move(comparisons)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace harness
