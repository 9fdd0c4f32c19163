// The writer of record.json: walks the lists of record/fields.h, with one rule for each type.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <type_traits>

#include "base/text.h"
#include "model/verdict.h"
#include "record/codec.h"
#include "record/fields.h"
#include "record/json_shape.h"
#include "record/marks.h"
#include "record/summary.h"
#include "stream/crc.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

/// Text of any bytes as UTF-8. Line ends stay: JSON escapes them itself.
std::string safe_text(std::string_view text) {
  std::string safe;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    safe += printable(text.substr(at, end - at));
    if (end < text.size()) safe += '\n';
    at = end + 1;
  }
  return safe;
}

template <class T>
Json write(const T& value);

Json write_marks(const std::vector<SerialMark>& marks) {
  Json sizes = Json::array(), times = Json::array();
  SerialMark last;
  for (const SerialMark& mark : thinned(marks)) {
    sizes.push_back(mark.size - last.size);
    times.push_back((mark.at - last.at).count());
    last = mark;
  }
  return {{kMarkSizes, std::move(sizes)}, {kMarkTimes, std::move(times)}};
}

Json write_timeline(const std::vector<Line>& lines) {
  Json timeline = Json::array();
  for (std::size_t i = 0; i < std::min(lines.size(), kMaxTimelineLines); ++i) {
    if (!lines[i].protocol) continue;
    Json::object_t line;
    line.reserve(4);
    line.emplace_back(kTimelineLine, i + 1);
    line.emplace_back(kTimelineBegin, lines[i].begin);
    line.emplace_back(kTimelineEnd, lines[i].end);
    line.emplace_back(kTimelineAt, lines[i].at.count());
    timeline.push_back(std::move(line));
  }
  return timeline;
}

Json write_embedded(const std::vector<std::string>& texts) {
  Json values = Json::array();
  for (const std::string& text : texts) {
    Json value = Json::parse(text, nullptr, false);
    values.push_back(value.is_discarded() ? Json(safe_text(text)) : std::move(value));
  }
  return values;
}

template <class T>
Json write_members(const T& value) {
  Json object = Json::object();
  // An ordered object is a vector whose members are copied whenever it grows.
  object.get_ref<Json::object_t&>().reserve(
      std::tuple_size_v<std::remove_cvref_t<decltype(Fields<T>::all)>>);
  const auto write_one = [&](const auto& field) {
    const auto& member = field.of(value);
    Json& place = object[std::string(field.key)];
    if constexpr (std::is_same_v<decltype(member), const std::vector<std::string>&>) {
      place = field.embedded ? write_embedded(member) : write(member);
    } else {
      place = write(member);
    }
  };
  std::apply([&](const auto&... fields) { (write_one(fields), ...); }, Fields<T>::all);
  return object;
}

template <class T>
Json write(const T& value) {
  if constexpr (std::is_same_v<T, std::vector<SerialMark>>) {
    return write_marks(value);
  } else if constexpr (std::is_same_v<T, std::vector<Line>>) {
    return write_timeline(value);
  } else if constexpr (std::is_same_v<T, VerdictKind>) {
    return std::string(verdict_name(value));
  } else if constexpr (std::is_enum_v<T>) {
    return EnumNames<T>::all[static_cast<std::size_t>(value)];
  } else if constexpr (std::is_same_v<T, std::uint32_t>) {
    return hex8(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return safe_text(value);
  } else if constexpr (is_duration<T>) {
    return value.count();
  } else if constexpr (is_optional<T>) {
    return value ? write(*value) : Json(nullptr);
  } else if constexpr (is_vector<T>) {
    Json array = Json::array();
    for (const auto& item : value) array.push_back(write(item));
    return array;
  } else {
    return write_members(value);
  }
}

/// JSON on one line that does nothing to a terminal: strings of a guest's [JSON] line may hold any
/// character, and are written with \uXXXX where one of them is not for showing.
std::string one_line(const Json& value) {
  std::string text = value.dump();
  if (plain_prefix(text) == text.size() || printable(text) == text) return text;
  return value.dump(-1, ' ', true);
}

/// Text with one line for each object or array that holds no other: to be read and compared by
/// people, and by diff.
void lay_out(const Json& value, std::size_t indent, std::string& out) {
  const bool nests =
      std::ranges::any_of(value, [](const Json& item) { return item.is_structured(); });
  if (!nests) {
    out += one_line(value);
    return;
  }
  const bool object = value.is_object();
  const std::string margin(indent + 1, ' ');
  out += object ? "{" : "[";
  const char* separator = "\n";
  for (const auto& [key, item] : value.items()) {
    out += separator;
    out += margin;
    if (object) {
      out += one_line(Json(key));
      out += ": ";
    }
    lay_out(item, indent + 1, out);
    separator = ",\n";
  }
  out += "\n" + std::string(indent, ' ') + (object ? "}" : "]");
}

}  // namespace

std::string record_to_json(const RunRecord& record) {
  Json json = write(record);
  Json boots = std::move(json[kBoots]);
  for (std::size_t i = 0; i < record.boots.size(); ++i) {
    // Times that cannot be computed from the marks that are kept would change on reading.
    const BootRecord& boot = record.boots[i];
    if (boot.trace.marks.size() <= kMaxMarks) continue;
    boots[i]["events"]["timeline"] = write_timeline(
        timed_by(boot.events.lines, thinned(boot.trace.marks), boot.trace.serial.size()));
  }
  json.erase(kBoots);
  json[kSummaries] = write(summarize(record));
  json[kBoots] = std::move(boots);
  std::string text;
  lay_out(json, 0, text);
  return text + "\n";
}

}  // namespace harness
