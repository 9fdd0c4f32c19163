// What a scenario may hold, for editors and for readers. Both texts are made from the tables that
// the loader reads by (scenario/fields.h, check/table.h), and are kept as files in scenarios/.
#pragma once

#include <string>
#include <string_view>

namespace harness {

/// JSON Schema (2020-12) of a scenario; scenarios/scenario.schema.json. Ends in a newline.
std::string scenario_json_schema();

/// Reference page in Markdown: every field, check, parameter, verdict and exit status;
/// scenarios/REFERENCE.md. Ends in a newline.
std::string scenario_reference_markdown();

/// The annotated scenario at the top of the page; it loads.
std::string_view example_scenario();

}  // namespace harness
