// Which instances of a plan one machine runs.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "suite_plan/suite_plan.h"

namespace harness {

inline constexpr char kPartFile[] = "part.json";

/// Instances of a plan, by position and in its order, and what to call them: "part 2/5", or empty
/// for all.
struct PlanPart {
  std::vector<std::size_t> positions;
  std::string title = {};
};

PlanPart whole_plan(const SuitePlan& plan);
/// Of each instance the part that it is in, counted from 1, where there are `count` (above 0).
/// Parts are balanced by the expected times.
std::vector<std::size_t> parts_of(const SuitePlan& plan, std::size_t count);
/// "2/5", or "2" where the plan says in how many parts it is run; as parts_of(), so that every
/// machine makes the same of one plan. Throws UsageError for words that are
/// no part, for a number of parts that is not the plan's, and for a part that is empty: it would
/// pass and have shown nothing.
PlanPart part_of(const SuitePlan& plan, std::string_view words);
/// The instances that `text` names, one a line, exactly; blank lines and those that begin with '#'
/// are skipped. `file` is where the text comes from. Throws UsageError naming file, line and what
/// is not in the plan; also where none is named.
PlanPart named_part(const SuitePlan& plan, std::string_view text, const std::string& file);

/// part.json, by which a run that was stopped is gone on with: the names of the instances.
std::string render_part(const PlanFile& file, const PlanPart& part);
/// The inverse. `name` is the file, for messages. Throws Error (invalid_data) for what
/// render_part() did not write, and for the part of another plan.
PlanPart part_from_json(std::string_view text, const std::string& name, const PlanFile& file);

}  // namespace harness
