#pragma once

#include <string>

namespace harness {

/// A value inside an option list: QEMU splits at commas and reads ",," as one of the text.
inline std::string option_value(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == ',') out += ',';
  }
  return out;
}

}  // namespace harness
