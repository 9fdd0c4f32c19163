#include <nlohmann/json.hpp>

#include "base/text.h"
#include "timeline/render.h"

namespace harness::timeline {

std::string render_json(const Timeline& timeline, const TimelineSubject& subject) {
  using Json = nlohmann::ordered_json;
  const auto row_json = [](const TimelineRow& row) {
    return Json{{"name", printable(row.name)},
                {"instructions", row.instructions ? Json(*row.instructions) : Json(nullptr)},
                {"exact", row.instructions.has_value() && !row.noisy},
                {"milliseconds", row.milliseconds}};
  };
  Json rows = Json::array();
  for (const TimelineRow& row : timeline.rows) rows.push_back(row_json(row));
  const Json json = {{"uniharness_timeline", 1},
                     {"scenario", printable(subject.scenario)},
                     {"machine", printable(subject.machine)},
                     {"accel", subject.accel},
                     {"qemu", printable(subject.qemu_version)},
                     {"phases", std::move(rows)},
                     {"whole", row_json(timeline.whole)},
                     {"floor_milliseconds", timeline.empty},
                     {"own_milliseconds", timeline.own}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace harness::timeline
