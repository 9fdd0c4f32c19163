#include "report/json_lines.h"

#include "base/json.h"
#include "base/listing.h"

namespace harness {
namespace {

constexpr std::size_t kMaxLine = 4'000;

}  // namespace

nlohmann::json object_of_line(const std::string& line, const char* key) {
  // Most [JSON] lines are something else, and parsing costs.
  if (line.size() > kMaxLine || line.find(key) == line.npos || !is_valid_json(line)) return {};
  const nlohmann::json whole = nlohmann::json::parse(line, nullptr, false);
  if (!whole.is_object() || whole.size() != 1 || !whole.contains(key)) return {};
  const nlohmann::json& object = whole[key];
  return object.is_object() ? object : nlohmann::json();
}

std::string text_in(const nlohmann::json& object, const char* name, std::size_t most) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_string()) return {};
  return shortened(at->get<std::string>(), most);
}

const nlohmann::json& array_in(const nlohmann::json& object, const char* name) {
  static const nlohmann::json kNone = nlohmann::json::array();
  const auto at = object.find(name);
  return at != object.end() && at->is_array() ? *at : kNone;
}

std::uint64_t number_in(const nlohmann::json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : 0;
}

}  // namespace harness
