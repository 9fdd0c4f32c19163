// The sections of a comparison, one function each; describe() puts them in order. A section that
// has nothing to show has no parts. Pure.
#pragma once

#include "comparison_report/comparison.h"

namespace harness::comparison_report {

/// All that the sections are made of. `sides[0]` is what the others are held against.
struct Material {
  const ComparisonPlan& plan;
  const std::vector<Measured>& sides;
  const std::optional<Measured>& calls;
  const std::vector<MeasuredPeer>& peers;
};

DocumentSection conclusions_section(const Material& material);
DocumentSection sizes_section(const Material& material);
DocumentSection boot_section(const Material& material);
DocumentSection host_section(const Material& material);
DocumentSection calls_section(const Material& material);
DocumentSection memory_section(const Material& material);
DocumentSection workloads_section(const Material& material);
DocumentSection peers_section(const Material& material);
DocumentSection quoted_section(const Material& material);
DocumentSection conditions_section(const Material& material);

/// The profiles of every side, by name, in the first side's order: what all of them have run.
std::vector<std::string> workloads(const Material& material);

}  // namespace harness::comparison_report
