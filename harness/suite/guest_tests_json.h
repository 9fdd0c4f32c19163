// The guest's tests of an attempt in JSON: in summary.json, and in the result of an instance.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "base/json_reading.h"
#include "suite/suite.h"

namespace harness {

/// Adds `tests` to the JSON of an attempt, where there are any.
void write_guest_tests(const std::vector<GuestTest>& tests, nlohmann::ordered_json& attempt);
/// Those of an attempt at `at`; none where it has no `tests`. Throws Error naming file and key.
std::vector<GuestTest> read_guest_tests(const nlohmann::ordered_json& attempt, const JsonPlace& at);

inline constexpr char kGuestTestsKey[] = "tests";

}  // namespace harness
