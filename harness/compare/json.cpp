// The JSON of comparisons.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "compare/render.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

}  // namespace

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
                      {"shown_only", row.shown_only},
                      {"unit", printable(row.unit)},
                      {"base", number(row.base)},
                      {"new", number(row.candidate)},
                      {"detail", printable(row.detail)}});
    }
    comparisons.push_back({{"scenario", printable(one.scenario)},
                           {"base", printable(one.base)},
                           {"new", printable(one.candidate)},
                           {"base_commit", printable(one.base_commit)},
                           {"new_commit", printable(one.candidate_commit)},
                           {"verdict", comparison_word(one)},
                           {"faults", one.faults},
                           {"moved", one.moved},
                           {"notes", one.notes},
                           {"rows", std::move(rows)}});
  }
  const ExitStatus status = status_of(all);
  const Json json = {{"uniharness_comparison", 1},
                     {"verdict", comparison_word(all)},
                     {"exit_status", static_cast<int>(status)},
                     {"comparisons", std::move(comparisons)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace harness
