// Reading a JSON file of ours: where the reader stands, and a refusal that says it. For any JSON
// type with the interface of nlohmann::basic_json.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/error.h"
#include "base/text.h"

namespace harness {

/// A value in a file: "instances[3].outcome". Lives no longer than the file's name and the hint.
struct JsonPlace {
  const std::string& file;
  const char* hint;  // what the user can do about a file that is refused
  std::string path = {};

  [[nodiscard]] JsonPlace member(const std::string& key) const {
    return {file, hint, path.empty() ? key : path + "." + key};
  }
  [[nodiscard]] JsonPlace item(std::size_t index) const {
    return {file, hint, path + "[" + std::to_string(index) + "]"};
  }
  /// Throws Error (invalid_data): "FILE: PATH: WHAT".
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(file + ": " + (path.empty() ? "" : path + ": ") + what, hint,
                ExitStatus::invalid_data);
  }
};

/// Refuses what is no object with all of the keys `required` and none but these and `optional`.
template <class Json>
void require_keys(const Json& json, const JsonPlace& at,
                  std::initializer_list<const char*> required,
                  std::initializer_list<const char*> optional = {}) {
  if (!json.is_object()) at.refuse("expected an object");
  for (const char* key : required) {
    if (!json.contains(key)) at.member(key).refuse("missing");
  }
  for (const auto& [key, value] : json.items()) {
    const auto is_key = [&](const char* known) { return key == known; };
    if (std::ranges::none_of(required, is_key) && std::ranges::none_of(optional, is_key)) {
      at.member(printable(key)).refuse("unknown key");
    }
  }
}

template <class Json>
std::string read_text(const Json& json, const JsonPlace& at) {
  if (!json.is_string()) at.refuse("expected a text");
  return json.template get<std::string>();
}

}  // namespace harness
