// What the fields of a scenario must be together.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "model/scenario.h"
#include "scenario/faults.h"

namespace harness {

/// The places of the values that the file gives, by "section.key".
using GivenPlaces = std::map<std::string, Place, std::less<>>;

/// Rules that go over several fields, each broken one a fault at the place of what breaks it, or of
/// the whole file.
void check_rules(const Scenario& scenario, const GivenPlaces& given, Faults& faults);

}  // namespace harness
