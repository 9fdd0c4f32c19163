// Reading a JSON file of ours: where the reader stands, and a refusal that says it. For any JSON
// type with the interface of nlohmann::basic_json.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
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

/// A text that is safe to show as it is.
template <class Json>
std::string read_shown_text(const Json& json, const JsonPlace& at) {
  std::string text = read_text(json, at);
  if (printable_lines(text) != text) at.refuse("has characters that are not printable");
  return text;
}

template <class Json>
const typename Json::array_t& read_array(const Json& json, const JsonPlace& at) {
  if (!json.is_array()) at.refuse("expected an array");
  return json.template get_ref<const typename Json::array_t&>();
}

/// A duration that is written in milliseconds, to the nanosecond; by default at most 30 years.
template <class Json>
std::chrono::nanoseconds read_milliseconds(const Json& json, const JsonPlace& at,
                                           double most = 1e12) {
  const double value = json.is_number() ? json.template get<double>() : -1;
  if (!(value >= 0 && value <= most)) at.refuse("expected milliseconds");
  return std::chrono::nanoseconds(std::llround(value * 1e6));
}

template <class Json>
bool read_flag(const Json& json, const JsonPlace& at) {
  if (!json.is_boolean()) at.refuse("expected true or false");
  return json.template get<bool>();
}

/// A whole number from 0 to `most`.
template <class Json>
std::uint64_t read_count(const Json& json, const JsonPlace& at, std::uint64_t most) {
  if (!json.is_number_unsigned() || json.template get<std::uint64_t>() > most) {
    at.refuse("expected a whole number from 0 to " + std::to_string(most));
  }
  return json.template get<std::uint64_t>();
}

}  // namespace harness
