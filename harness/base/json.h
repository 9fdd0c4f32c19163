// Is a text JSON? For [JSON] lines, which arrive while the guest runs.
#pragma once

#include <cstddef>
#include <string_view>

namespace harness {

inline constexpr std::size_t kMaxJsonDepth = 64;

/// True if `text` is one valid JSON value (RFC 8259: UTF-8, no trailing commas, no comments; white
/// space may stand around it), nested at most `deepest` deep, with numbers that a double can hold.
/// Any bytes.
bool is_valid_json(std::string_view text, std::size_t deepest = kMaxJsonDepth);

}  // namespace harness
