#include <cmath>
#include <nlohmann/json.hpp>

#include "ab_test/render.h"

namespace harness::ab {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinity: an interval without an upper bound has null there.
Json bound(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json interval_json(const stats::Interval& interval) {
  return Json::array({bound(interval.low), bound(interval.high)});
}

Json side(const std::vector<double>& samples) {
  Json json;
  json["median"] = stats::median(samples);
  json["interval_95"] = interval_json(stats::bootstrap_median(samples));
  json["mad"] = stats::mad(samples);
  json["outliers"] = stats::outliers(samples);
  json["samples"] = samples;
  return json;
}

Json row_json(const AbRow& row) {
  const stats::Decision& decision = row.decision;
  Json json;
  json["name"] = row.name;
  json["unit"] = row.unit;
  json["verdict"] = row.not_judged ? "not judged" : conclusion_name(decision.outcome);
  json["reason"] = decision.reason;
  json["decided_after_pairs"] = row.decided_after;
  if (!row.not_judged) {
    json["ratio"] = {{"value", decision.ratio.value},
                     {"interval", interval_json(decision.ratio.interval)},
                     {"level", decision.level},
                     {"p_paired", decision.p}};
  }
  json["mann_whitney"] = {{"u", decision.test.u}, {"p", decision.test.p}};
  json["cliffs_delta"] = decision.delta;
  for (const CountedPair& one : row.counted) {
    json["counted"].push_back(
        {{"name", one.name}, {"unit", one.unit}, {"base", one.base}, {"new", one.candidate}});
  }
  json["base"] = side(row.base);
  json["new"] = side(row.candidate);
  return json;
}

}  // namespace

std::string render_json(const AbResult& result) {
  Json json;
  json["schema"] = "uniharness-ab-1";
  json["scenario"] = result.scenario;
  json["base"] = {{"image", result.base}, {"sha256", result.base_sha256}};
  json["new"] = {{"image", result.candidate}, {"sha256", result.fresh_sha256}};
  json["clock"] = clock_name(result.clock);
  json["accel"] = result.accel;
  json["qemu_version"] = result.qemu_version;
  json["alpha"] = result.alpha;
  json["looks"] = result.looks;
  json["margin"] = result.margin;
  if (!result.not_counted.empty()) json["not_counted"] = result.not_counted;
  json["pairs"] = result.pairs;
  json["seconds"] = result.seconds;
  json["ended"] = result.ended;
  json["verdict"] = conclusion_name(overall(result.rows));
  for (const AbRow& row : result.warm_up) {
    if (row.base.empty() || row.candidate.empty()) continue;
    json["warm_up"].push_back(
        {{"name", row.name}, {"base", row.base.front()}, {"new", row.candidate.front()}});
  }
  for (const AbRow& row : result.rows) json["numbers"].push_back(row_json(row));
  // Names come from the guest: bytes that are not UTF-8 must not end the program.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace harness::ab
