// The verdict alone, as the last lines of a report on a terminal say it.
#pragma once

#include <cstddef>
#include <string>

#include "model/record.h"
#include "suite/suite.h"

namespace harness {

/// Of a run: a line, and the reason where there is one. `color` and `width` as for
/// render_console_report(). Pure.
std::string render_console_verdict(const RunRecord& record, bool color, std::size_t width);

/// Of a suite: a line; before it, where that is no pass, what is to be known of the suite as a
/// whole. Pure.
std::string render_suite_verdict(const SuiteResult& suite, bool color, std::size_t width);

}  // namespace harness
