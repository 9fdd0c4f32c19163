// Our own check for JSON against another reader: both must agree on every text.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"

namespace harness::fuzz {
namespace {

/// Deepest nesting, by counting brackets outside of strings. For valid JSON only.
std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0, deepest = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (inside) {
      if (text[at] == '\\') {
        ++at;  // the next is escaped, and ends nothing
      } else if (text[at] == '"') {
        inside = false;
      }
      continue;
    }
    if (text[at] == '"') inside = true;
    if (text[at] == '{' || text[at] == '[') deepest = std::max(deepest, ++depth);
    if (text[at] == '}' || text[at] == ']') --depth;
  }
  return deepest;
}

}  // namespace

int fuzz_json(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = view(data, size);
  // The library skips a byte order mark, and takes NUL for the end of the text: neither is JSON.
  const bool odd = text.starts_with("\xEF\xBB\xBF") || text.find('\0') != text.npos;
  bool accepted = !odd && nlohmann::json::accept(text.begin(), text.end());
  if (accepted && depth_of(text) > kMaxJsonDepth) accepted = false;
  require(is_valid_json(text) == accepted,
          accepted ? "valid JSON is accepted" : "what is no JSON is refused");
  // NaN and Infinity are the only difference of the reader for files; what strings mean is the
  // same.
  const bool read = json_fault(text).empty();
  require(read || !accepted, "what is valid is read");
  if (accepted) {
    const auto value = nlohmann::json::parse(text.begin(), text.end());
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    if (value.is_string()) {
      require(json_text(text.substr(first, last + 1 - first)) == value.get<std::string>(),
              "a string means the same to both");
    }
  }
  return 0;
}

}  // namespace harness::fuzz
