// [JSON] lines of a guest that reports draw something of. Pure.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace harness {

/// The object of a line that is an object with this one key and an object as its value; null where
/// it is none. Looks at lines of up to 4,000 bytes.
nlohmann::json object_of_line(const std::string& line, const char* key);

/// A member's text, shortened to `most` bytes; empty where it is none. It is untrusted.
std::string text_in(const nlohmann::json& object, const char* name, std::size_t most);
/// A member's elements; none where it is no array.
const nlohmann::json& array_in(const nlohmann::json& object, const char* name);
/// A member's number; 0 where it is no whole one from 0 on.
std::uint64_t number_in(const nlohmann::json& object, const char* name);

}  // namespace harness
