// Results of many machines become the result of one suite. Pure.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "suite_plan/result_file.h"
#include "suite_plan/suite_plan.h"

namespace harness {

/// What was found in a folder that holds, or should hold, the reports of an instance.
struct FoundResult {
  std::filesystem::path folder = {};
  SuiteResultFile result = {};
  std::string fault = {};  // why there is no result in it; else empty
};

/// `counted`: for each instance of the suite the folder of the result that counts, or empty.
struct MergedSuite {
  SuiteResult suite;
  std::vector<std::filesystem::path> counted = {};
};

/// As if one machine had run all of the plan, with its reports below `out`. Of several results of
/// an instance the one that began first counts, of those in which the harness could do its job; a
/// note names them all. Results of another tool, image or plan are refused, with a note. An
/// instance without a result is lost. The order of `found` does not matter.
MergedSuite merge_results(const PlanFile& file, std::vector<FoundResult> found,
                          const std::filesystem::path& out);

/// The instance of a plan as its result says, or as lost for `why` where there is none.
InstanceResult settled_result(const PlannedInstance& planned, const SuiteResultFile& result,
                              std::filesystem::path folder);

/// Why a result is none of this plan's instance; empty where it is.
std::string result_refusal(const PlanFile& file, const PlannedInstance& planned,
                           const SuiteResultFile& result);

}  // namespace harness
