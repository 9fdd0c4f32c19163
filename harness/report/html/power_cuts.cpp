// What came of cutting the power, in report.html.
#include <fmt/format.h>

#include "base/text.h"
#include "report/digest.h"
#include "report/html/sections.h"

namespace harness::html {
namespace {

Markup failed_cell(const CutPoint& point) {
  const Markup number = escaped(grouped(point.failed));
  return point.failed == 0 ? number : element("span", " class=\"s fail\"", number);
}

Markup points_table(const PowerCuts& cuts) {
  std::vector<Row> rows;
  rows.reserve(cuts.points.size());
  for (const CutPoint& point : cuts.points) {
    rows.push_back({{escaped(grouped(point.event)), breakable(point.what),
                     escaped(point.promised ? grouped(*point.promised) : ""),
                     escaped(grouped(point.states)), failed_cell(point)}});
  }
  return table(
      {{"After event", true}, {"Which is"}, {"Promised", true}, {"States", true}, {"Failed", true}},
      rows);
}

Markup failure_text(const CutFailure& failure) {
  Markup text = element("p", escaped(fmt::format("After event {}, {}: {}", grouped(failure.event),
                                                 failure.state, failure.verdict.reason)));
  if (!failure.said.empty()) {
    text += element("pre", " class=\"code\" tabindex=\"0\"", escaped(failure.said));
  }
  if (failure.image.empty()) return text;
  text += element("p", escaped("The disk is " + failure.image + ". Boot it:"));
  text += element("div", " class=\"command\"",
                  element("pre", " class=\"code\" tabindex=\"0\"", escaped(failure.command)) +
                      "<button type=\"button\" hidden>Copy</button>");
  return text;
}

}  // namespace

PageSection power_cuts_section(const RunRecord& record) {
  Markup body;
  for (const PowerCuts& cuts : record.power_cuts) {
    body += element("p", escaped(fmt::format("Boot {}. {}", cuts.boot, power_cuts_text(cuts))));
    for (const CutFailure& failure : cuts.failures) body += failure_text(failure);
    body += points_table(cuts);
  }
  return {"power-cuts", "Power cuts", body};
}

}  // namespace harness::html
