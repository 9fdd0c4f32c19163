#include "view/pages.h"

#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/format.h"
#include "base/sha256.h"
#include "base/text.h"
#include "live/status.h"
#include "page/page.h"
#include "report/html/sections.h"

namespace harness::view {
namespace {

namespace fs = std::filesystem;
using namespace html;

/// What is going on in this folder; nullopt where nothing is.
std::optional<LiveStatus> status_of(const RunFolder& run) {
  if (!run.live) return std::nullopt;
  try {
    LiveStatus status = status_from_json(read_file(run.folder / kStatusFile, 1 << 20), run.name);
    return is_going_on(status) ? std::optional(std::move(status)) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;  // it went away between two looks, or is not ours
  }
}

Row row_of(const RunFolder& run, const RecordRow& record) {
  if (!record.fault.empty()) {
    return {{"", element("div", " class=\"at\"", breakable(record.fault)), "", "", "",
             breakable(run.name)}};
  }
  const std::string address = "/run/" + run.id + "/";
  Markup name =
      element("a", attribute("href", address + "report.html"), breakable(record.scenario));
  if (fs::exists(run.folder / "profile.svg")) {
    name += " " + element("a", " class=\"more\"" + attribute("href", address + "profile.svg"),
                          "flame graph");
  }
  return {{record.verdict, name + element("div", " class=\"at\"", breakable(record.reason)),
           moment(record.started_at), escaped(record.checks), escaped(record.boots),
           breakable(run.name)}};
}

struct Dated {
  std::string started_at;
  Row row;
};

std::vector<Dated> dated_rows(const std::vector<RunFolder>& runs, RecordRows& records) {
  std::vector<fs::path> files;
  std::vector<const RunFolder*> recorded;
  for (const RunFolder& run : runs) {
    if (!run.recorded) continue;
    recorded.push_back(&run);
    files.push_back(run.folder / "record.json");
  }
  std::vector<Dated> dated;
  for (const RecordRow& row : records.of(files)) {
    dated.push_back({row.started_at, row_of(*recorded[dated.size()], row)});
  }
  return dated;
}

}  // namespace

std::string index_page(const fs::path& root, const std::vector<RunFolder>& runs,
                       RecordRows& records) {
  std::vector<Dated> dated = dated_rows(runs, records);
  std::ranges::sort(dated, std::ranges::greater{}, &Dated::started_at);
  std::vector<Row> rows;
  rows.reserve(dated.size());
  for (Dated& one : dated) rows.push_back(std::move(one.row));
  Markup table_of_runs =
      table({{"Verdict"}, {"Scenario"}, {"Started"}, {"Checks"}, {"Boots"}, {"Folder"}}, rows,
            {.most = kMaxRuns, .whole = "the folder", .sortable = true});
  const Markup tools = rows.empty() ? Markup() : table_tools("runs", "Search the runs", {});
  if (rows.empty()) table_of_runs = "<p class=\"note\">No run has been recorded here yet.</p>";
  if (runs.size() == kMaxRuns) {
    table_of_runs +=
        element("p", " class=\"note\"",
                escaped(grouped(kMaxRuns) + " were found; more are not looked for. View "
                                            "a folder further down to see others."));
  }
  const std::string name = fs::absolute(root).lexically_normal().string();
  Page page;
  page.title = "uniharness: runs";
  page.headline = "<h1>Runs</h1>" + element("p", " class=\"about\"", escaped(name));
  page.sections = {
      {"running", "Running", "<div id=\"live\"><p class=\"note\">Nothing is running.</p></div>"},
      {"runs", "Recorded", tools + table_of_runs}};
  page.version = UNIHARNESS_VERSION;
  page.live = nlohmann::json::parse(live_json(runs)).at("version").get<std::string>();
  return render(page);
}

std::string live_json(const std::vector<RunFolder>& runs) {
  using Json = nlohmann::ordered_json;
  Json running = Json::array();
  std::string state;
  for (const RunFolder& run : runs) {
    struct stat status{};
    if (run.recorded && ::stat((run.folder / "record.json").c_str(), &status) == 0) {
      state += run.id + std::to_string(status.st_mtim.tv_sec) + "." +
               std::to_string(status.st_mtim.tv_nsec) + "\n";
    }
    const std::optional<LiveStatus> live = status_of(run);
    if (!live) continue;
    running.push_back({{"id", run.id},
                       {"name", printable(run.name)},
                       {"scenario", live->scenario},
                       {"boot", live->boot},
                       {"boots", live->boots},
                       {"bytes", live->bytes},
                       {"milliseconds", live->milliseconds},
                       {"tail", live->tail}});
  }
  return Json{{"version", sha256_of(state)}, {"running", running}}.dump() + "\n";
}

}  // namespace harness::view
