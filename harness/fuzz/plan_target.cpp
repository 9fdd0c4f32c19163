#include "base/error.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "page/harmless_testing.h"
#include "suite_plan/part.h"
#include "suite_plan/result_file.h"
#include "suite_plan/suite_plan.h"

namespace harness::fuzz {
namespace {

/// Reads with `read` what `write` writes: refused by the name of the file, or it stays the same.
template <class Read, class Write>
void read_and_write(std::string_view text, const Read& read, const Write& write) {
  std::string once;
  try {
    once = write(read(text));
  } catch (const Error& error) {
    require(error.status == ExitStatus::invalid_data, "a bad file is invalid data");
    require(std::string_view(error.what()).starts_with("file.json: "), "the file is named");
    return;
  }
  require(harm_in(once).empty(), "what is written is harmless text");
  try {
    require(write(read(once)) == once, "what was read and written stays as it is");
  } catch (const Error& error) {
    require(false, "what was written can be read:", error.what());
  }
}

PlanFile small_plan() {
  SuitePlan plan;
  plan.uniharness_version = "1";
  for (const char* name : {"a", "b[model=pc]"}) {
    plan.instances.push_back({.name = name, .scenario_file = "a.yaml"});
  }
  return plan_file(std::move(plan));
}

}  // namespace

int fuzz_plan(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = view(data, size);
  read_and_write(
      text, [](std::string_view json) { return plan_from_json(json, "file.json"); },
      [](SuitePlan plan) { return plan_file(std::move(plan)).text; });
  read_and_write(
      text, [](std::string_view json) { return result_from_json(json, "file.json"); },
      [](const SuiteResultFile& result) { return render_result(result); });
  static const PlanFile kPlan = small_plan();
  read_and_write(
      text, [](std::string_view json) { return part_from_json(json, "file.json", kPlan); },
      [](const PlanPart& part) { return render_part(kPlan, part); });
  return 0;
}

}  // namespace harness::fuzz
