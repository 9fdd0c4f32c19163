// What a scenario may hold, for editors. Made from the tables that the loader reads by
// (scenario/fields.h, check/table.h), and kept as a file in scenarios/.
#pragma once

#include <string>

namespace harness {

/// JSON Schema (2020-12) of a scenario; scenarios/scenario.schema.json. Ends in a newline.
std::string scenario_json_schema();

}  // namespace harness
