// A run as test cases: the form in which CI servers take results, whatever they are written in
// (JUnit, CTRF, TAP). They are red exactly when the exit status is. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "model/record.h"

namespace harness {

enum class CaseOutcome { passed, skipped, failure, error };

/// Text of a guest or of a scenario, not yet escaped.
struct TestCase {
  std::string group = {};  // checks, guest, boots, run
  std::string name = {};
  CaseOutcome outcome = CaseOutcome::passed;
  std::string type = {};     // of a failure or an error
  std::string message = {};  // one sentence
  std::string file = {};     // where the scenario asks for it: FILE:LINE:COLUMN
  Place at = {};             // the same
  std::optional<std::chrono::nanoseconds> time = {};
  std::string output = {};
  std::string details = {};  // of a failure, below its message
};

/// The run, its boots, the guest's tests, the checks. One fault is one failure: where a case is red
/// for it, the run as a whole is not so again.
std::vector<TestCase> test_cases_of(const RunRecord& record);

/// CI servers tell cases apart by group and name: a second of the same gets a number.
void number_namesakes(std::vector<TestCase>& tests);

}  // namespace harness
