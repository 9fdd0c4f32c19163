#include "commands/calibrate.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "history/chart.h"
#include "history/database.h"
#include "output/finish.h"
#include "sources/history_access.h"

namespace harness {
namespace {

std::vector<history::Entry> past(const CalibrateOptions& options) {
  if (options.reports.empty()) {
    return history::Database(history_file(options.db), history::Access::read).entries();
  }
  if (!options.db.empty()) {
    throw UsageError("--db and report folders exclude each other", "name one of them");
  }
  // Of equal times, in the order given.
  std::multimap<std::string, history::Entry> by_time;
  for (history::Entry& entry : entries_of_reports(options.reports, {})) {
    by_time.emplace(entry.started_at, std::move(entry));
  }
  std::vector<history::Entry> entries;
  for (auto& [time, entry] : by_time) entries.push_back(std::move(entry));
  return entries;
}

}  // namespace

ExitStatus calibrate(const CalibrateOptions& options) {
  const history::Calibration calibration = history::calibrate(past(options));
  if (options.json) {
    print_text(history::to_json(calibration));
  } else {
    print_folded(history::render_calibration(calibration));
  }
  const bool enough = std::ranges::any_of(calibration.groups, &history::CalibrationGroup::enough);
  return enough ? ExitStatus::pass : ExitStatus::inconclusive;
}

}  // namespace harness
