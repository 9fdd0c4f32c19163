#include "comparison_report/comparison.h"
#include "comparison_report/sections.h"

namespace harness::comparison_report {

Document describe(const ComparisonPlan& plan, const std::vector<Measured>& sides,
                  const std::optional<Measured>& calls, const std::vector<MeasuredPeer>& peers,
                  const std::string& command) {
  const Material material{plan, sides, calls, peers};
  Document document;
  document.title = plan.name;
  if (!plan.about.empty()) document.lead.push_back(plan.about);
  document.lead.push_back(
      "Every number here was measured by booting the images, unless it is marked as quoted. "
      "Instructions are counted by QEMU, exactly: the same in each boot and on every machine with "
      "this QEMU and this compiler. Host time is noisy; it is given as the median of a series, "
      "with its interval at 95 %.");
  document.sections = {conclusions_section(material), sizes_section(material),
                       boot_section(material),        host_section(material),
                       calls_section(material),       workloads_section(material),
                       memory_section(material),      peers_section(material),
                       quoted_section(material),      conditions_section(material)};
  document.sections.push_back({"reproduce", "Measure it again", {DocumentCommands{{command}}}});
  return document;
}

}  // namespace harness::comparison_report
