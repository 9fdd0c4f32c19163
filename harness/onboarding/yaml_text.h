// Text as YAML: what the tools write, the loader must read as the same.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace harness::onboarding {

/// A double-quoted scalar that reads back as `text`. Bytes beyond ASCII stay as they are.
inline std::string quoted_yaml(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    constexpr char kDigits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += "\\x";
      quoted += kDigits[byte >> 4];
      quoted += kDigits[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

/// A name that a scenario may have, made of any text: "image" where nothing of it can be used.
inline std::string scenario_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && (name.empty() || (c != '.' && c != '_' && c != '-'))) {
      if (!name.empty() && name.back() != '-') name += '-';
      continue;
    }
    name += c;
  }
  constexpr std::size_t kMaxNameLength = 100;
  name.resize(std::min(name.size(), kMaxNameLength));
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? "image" : name;
}

}  // namespace harness::onboarding
