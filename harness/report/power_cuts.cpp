// What came of cutting the power, in report.md.
#include <fmt/format.h>

#include "base/format.h"
#include "base/text.h"
#include "page/markdown_text.h"
#include "report/digest.h"
#include "report/markdown_sections.h"

namespace harness {
namespace {

std::string points_table(const PowerCuts& cuts) {
  std::vector<std::vector<std::string>> rows;
  for (const CutPoint& point : cuts.points) {
    const std::string failed = grouped(point.failed);
    rows.push_back({grouped(point.event), markdown_cell(point.what),
                    point.promised ? grouped(*point.promised) : "", grouped(point.states),
                    point.failed == 0 ? failed : fmt::format("**{}**", failed)});
  }
  return markdown_table_within(
      {{"After event", true}, {"Which is"}, {"Promised", true}, {"States", true}, {"Failed", true}},
      rows, kTableBytes, kWholeReport);
}

std::string failure_text(const CutFailure& failure) {
  std::string text =
      fmt::format("After event {}, {}: {}\n\n", grouped(failure.event),
                  markdown_cell(failure.state), markdown_cell(failure.verdict.reason));
  if (!failure.said.empty()) text += markdown_block(printable_lines(failure.said) + "\n") + "\n";
  if (failure.image.empty()) return text;
  return text + fmt::format("The disk is {}. Boot it:\n\n", markdown_code(failure.image)) +
         markdown_block(printable_lines(failure.command) + "\n", "sh") + "\n";
}

}  // namespace

std::string power_cuts_text(const PowerCuts& cuts) {
  if (!cuts.fault.empty()) return "None was tried: " + cuts.fault + ".";
  const std::string tried =
      cuts.tried == cuts.possible
          ? fmt::format("All {} were tried", count_of(cuts.tried, "state"))
          : fmt::format(
                "{} of {} states were tried, drawn by seed {}", grouped(cuts.tried),
                cuts.possible == UINT64_MAX ? "more than can be counted," : grouped(cuts.possible),
                cuts.seed);
  const std::string text =
      fmt::format("{}: {}, each booted once. Of {} that {} wrote, some state lacks {}", tried,
                  count_of(cuts.disks, "disk"),
                  cuts.atomic ? fmt::format("{} of at most {}", count_of(cuts.sectors, "piece"),
                                            memory_text(*cuts.atomic))
                              : count_of(cuts.sectors, "sector"),
                  count_of(cuts.writes, "write"), grouped(cuts.lost));
  if (cuts.atomic) return text + "; none is ever half written.";
  return text + fmt::format(", and some state has {} half.", grouped(cuts.torn));
}

std::string power_cuts_section(const RunRecord& record) {
  std::string text;
  for (const PowerCuts& cuts : record.power_cuts) {
    if (!text.empty()) text += '\n';
    text += fmt::format("Boot {}. {}\n\n", cuts.boot, markdown_text(power_cuts_text(cuts)));
    for (const CutFailure& failure : cuts.failures) text += failure_text(failure);
    text += points_table(cuts);
  }
  return markdown_section("Power cuts", text);
}

}  // namespace harness
