// What a check asks of a line: `text`, or `pattern`, a regular expression. Both are searched in the
// line as it is and in its normal form (console_text/).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/scenario.h"

namespace harness {

using Matcher = std::function<bool(std::string_view line)>;

/// Matches what `text` or `pattern` of the entry asks for. Compiles the pattern: once a check.
Matcher matcher_of(const CheckSpec& spec);

/// The text, or the pattern as it is usually written.
std::string wanted(const CheckSpec& spec);

}  // namespace harness
