// YAML text to a Node tree. The only code that knows yaml-cpp.
#pragma once

#include <string>
#include <string_view>

#include "scenario/node.h"

namespace harness {

// Bounds that no honest scenario comes near; beyond them a file is refused, not read.
inline constexpr std::size_t kYamlBytes = 1 << 20;
inline constexpr std::size_t kYamlDepth = 16;
inline constexpr std::size_t kYamlNodes = 20'000;  // copies made by aliases count too

/// The one document in `text`; `file` is its name for messages. Throws UsageError with
/// file:line:column for a syntax error, a duplicate key, a key that is no scalar, a tag, a merge
/// key, a second document, and for what is over the bounds. Any bytes.
Node parse_yaml(std::string_view text, const std::string& file);

}  // namespace harness
