// Lists inside a sentence, which nobody reads to the end: the first ten, and how many more.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace harness {

inline constexpr std::size_t kListed = 10;
/// Of a reason, whoever wrote it, that much is shown.
inline constexpr std::size_t kReasonBytes = 2000;

/// "a, b, c", or "a, b, ..., j and 2,990 more". Items as they are, none left out for being empty.
std::string listed(std::span<const std::string> items, std::string_view between = ", ",
                   std::size_t most = kListed);

/// Untrusted text, whole or its first `most` bytes (a few less: no character is cut in two) and how
/// many there are beyond: "abc … (2,990 more bytes)".
std::string shortened(std::string_view text, std::size_t most);

}  // namespace harness
