// Escape sequences of ECMA-48 that every terminal in use understands. Only for a terminal, and
// never made of what a guest said.
#pragma once

#include <string>
#include <string_view>

namespace harness::ansi {

inline constexpr std::string_view kReset = "\x1b[0m";
inline constexpr std::string_view kBold = "\x1b[1m";
inline constexpr std::string_view kDim = "\x1b[2m";
inline constexpr std::string_view kRed = "\x1b[31m";
inline constexpr std::string_view kGreen = "\x1b[32m";
inline constexpr std::string_view kYellow = "\x1b[33m";

/// `text` behind `code`, and back to normal; only the text where there is no `color`.
inline std::string paint(bool color, std::string_view code, std::string_view text) {
  std::string painted(color ? code : "");
  painted += text;
  if (color) painted += kReset;
  return painted;
}

}  // namespace harness::ansi
