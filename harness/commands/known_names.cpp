#include "commands/known_names.h"

#include <exception>
#include <set>

#include "compare/measurements.h"
#include "history/database.h"
#include "session/reported_run.h"
#include "sources/history_access.h"
#include "sources/sources.h"
#include "suite/select.h"

namespace harness {
namespace {

using Names = std::set<std::string>;

std::vector<Scenario> scenarios_of(const Typed& typed) {
  const std::vector<std::filesystem::path> files = scenario_files(typed.arguments);
  return load_all(files);
}

void add_numbers_of(const std::string& source, Names& names) {
  for (const Measurements& one : load_measurements(source)) {
    for (const Series& series : one.series) names.insert(series.name);
  }
}

Names numbers_of_history(const Typed& typed) {
  const history::Database database(history_file(std::string(typed.option("--db"))),
                                   history::Access::read);
  Names names;
  for (const history::Entry& entry : database.entries(std::string(typed.option("--scenario")))) {
    for (const history::EntryMetric& metric : entry.metrics) names.insert(metric.name);
  }
  return names;
}

Names numbers_of(const Typed& typed) {
  if (typed.command == "history") return numbers_of_history(typed);
  Names names;
  if (const std::string_view baseline = typed.option("--baseline"); !baseline.empty()) {
    add_numbers_of(std::string(baseline), names);
  } else if (typed.command == "compare") {
    for (const std::string& side : typed.arguments) add_numbers_of(side, names);
  } else {
    for (const Scenario& scenario : scenarios_of(typed)) {
      add_numbers_of(report_folder(scenario, {}).string(), names);
    }
  }
  return names;
}

Names instances_of(const Typed& typed) {
  Names names;
  if (typed.arguments.empty()) return names;
  for (const Scenario& scenario : scenarios_of(typed)) names.insert(scenario.name);
  return names;
}

}  // namespace

std::vector<std::string> known_names(std::string_view kind, const Typed& typed) {
  try {
    const Names names = kind == "INSTANCE" ? instances_of(typed) : numbers_of(typed);
    return {names.begin(), names.end()};
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace harness
