// What a scenario may hold, for readers. Made from the tables that the loader reads by
// (scenario/fields.h, check/table.h), and kept as a file in scenarios/.
#pragma once

#include <string>
#include <string_view>

namespace harness {

/// Reference page in Markdown: every field, check, parameter, verdict and exit status;
/// scenarios/REFERENCE.md. Ends in a newline.
std::string scenario_reference_markdown();

/// The annotated scenario at the top of the page; it loads.
std::string_view example_scenario();

}  // namespace harness
