// summary.json: what became of a suite, for programs; written and read here.
#pragma once

#include <string>
#include <string_view>

#include "suite/suite.h"

namespace harness {

/// The suite as JSON text (schema 1), ending in a newline. `evidence` and `reported` of the
/// attempts are not in it: the reports of the instances are.
std::string render_suite_json(const SuiteResult& suite);

/// The inverse; `name` is the file, for messages. The text may come from anywhere: throws Error
/// (invalid_data) with the path of what is missing, unknown, of the wrong type, or contradicts the
/// rest (counts, exit statuses).
SuiteResult suite_from_json(std::string_view text, const std::string& name);

}  // namespace harness
