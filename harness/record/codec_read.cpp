// The reader of record.json: walks the lists of record/fields.h, with one rule for each type. The
// file may come from anywhere; every key of its schema is required, none other is accepted, and
// each fault is named with its path. What an older schema lacks keeps its default.
#include <algorithm>
#include <chrono>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <type_traits>

#include "model/verdict.h"
#include "record/codec.h"
#include "record/fields.h"
#include "record/json_shape.h"
#include "record/marks.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

/// The file that is read.
struct RecordFile {
  const std::string& name;
  int schema = kRecordSchema;
};

/// Where the reader stands in the file, for messages: "boots[1].trace.marks".
struct At {
  const RecordFile* source = nullptr;
  const At* up = nullptr;
  std::string_view key = {};
  std::optional<std::size_t> index = {};

  [[nodiscard]] std::string path() const {
    const std::string above = up ? up->path() : "";
    if (index) return above + "[" + std::to_string(*index) + "]";
    return above.empty() || key.empty() ? above + std::string(key) : above + "." + std::string(key);
  }
  [[nodiscard]] At member(std::string_view name) const { return {source, this, name, {}}; }
  [[nodiscard]] At item(std::size_t number) const { return {source, this, {}, number}; }

  [[noreturn]] void refuse(const std::string& what) const {
    const std::string where = path();
    throw Error(source->name + ": " + (where.empty() ? "" : where + ": ") + what,
                "run the scenario again, or restore the file", ExitStatus::invalid_data);
  }
};

template <class T>
void read(const Json& json, const At& at, T& value);

/// An object with exactly these keys.
void require_keys(const Json& json, const At& at, std::span<const std::string_view> keys) {
  if (!json.is_object()) at.refuse("expected an object");
  for (const std::string_view key : keys) {
    if (!json.contains(key)) at.member(key).refuse("missing");
  }
  if (json.size() == keys.size()) return;
  for (const auto& [key, item] : json.items()) {
    if (std::ranges::find(keys, key) == keys.end()) at.member(key).refuse("unknown key");
  }
}
template <class... Keys>
void require_keys(const Json& json, const At& at, const Keys&... keys) {
  const std::string_view all[] = {keys...};
  require_keys(json, at, std::span<const std::string_view>(all));
}

std::uint64_t read_count(const Json& json, const At& at,
                         std::uint64_t limit = std::numeric_limits<std::uint64_t>::max()) {
  if (!json.is_number_unsigned()) at.refuse("expected a whole number, not below 0");
  const auto number = json.get<std::uint64_t>();
  if (number > limit) at.refuse("larger than " + std::to_string(limit));
  return number;
}

constexpr std::uint64_t kMaxTime = std::numeric_limits<std::int64_t>::max();

void read_marks(const Json& json, const At& at, std::vector<SerialMark>& marks) {
  require_keys(json, at, kMarkSizes, kMarkTimes);
  std::vector<std::uint64_t> sizes, times;
  read(json[kMarkSizes], at.member(kMarkSizes), sizes);
  read(json[kMarkTimes], at.member(kMarkTimes), times);
  if (sizes.size() != times.size()) at.refuse("as many sizes as times are expected");
  if (sizes.size() > kMaxMarks) at.refuse("more than " + std::to_string(kMaxMarks) + " marks");
  std::uint64_t size = 0, time = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] > kMaxTime - size || times[i] > kMaxTime - time) {
      at.refuse("marks beyond all bounds");
    }
    size += sizes[i];
    time += times[i];
    marks.push_back({size, std::chrono::nanoseconds(time)});
  }
}

/// Lines that are no protocol have no entry; they come back empty, so that numbers stay right.
void read_timeline(const Json& json, const At& at, std::vector<Line>& lines) {
  if (!json.is_array()) at.refuse("expected an array");
  for (std::size_t i = 0; i < json.size(); ++i) {
    const At here = at.item(i);
    require_keys(json[i], here, kTimelineLine, kTimelineBegin, kTimelineEnd, kTimelineAt);
    const auto count = [&](const char* key, std::uint64_t limit) {
      return read_count(json[i][key], here.member(key), limit);
    };
    const std::uint64_t number = count(kTimelineLine, kMaxTimelineLines);
    if (number <= lines.size()) here.member(kTimelineLine).refuse("line numbers must rise");
    lines.resize(number);
    Line& line = lines.back();
    line.begin = count(kTimelineBegin, kMaxTime);
    line.end = count(kTimelineEnd, kMaxTime);
    line.at = std::chrono::nanoseconds(count(kTimelineAt, kMaxTime));
    line.protocol = true;
  }
}

/// Once for each type of a member, and not inlined where each of the members is read.
template <class T>
[[gnu::noinline]] void read_member(const Json& json, const At& at, std::string_view key,
                                   T& member) {
  read(json[std::string(key)], at.member(key), member);
}

void read_embedded(const Json& item, const At& at, std::vector<std::string>& texts) {
  if (!item.is_array()) at.refuse("expected an array");
  for (const Json& text : item) texts.push_back(text.dump());
}

template <class T>
void read_members(const Json& json, const At& at, T& value) {
  const auto is_there = [&](const auto& field) { return field.since <= at.source->schema; };
  std::vector<std::string_view> keys;
  const auto add_key = [&](const auto& field) {
    if (is_there(field)) keys.push_back(field.key);
  };
  std::apply([&](const auto&... fields) { (add_key(fields), ...); }, Fields<T>::all);
  require_keys(json, at, std::span<const std::string_view>(keys));

  const auto read_one = [&](const auto& field) {
    if (!is_there(field)) return;
    auto& member = field.of(value);
    if constexpr (std::is_same_v<decltype(member), std::vector<std::string>&>) {
      if (field.embedded) {
        read_embedded(json[std::string(field.key)], at.member(field.key), member);
        return;
      }
    }
    read_member(json, at, field.key, member);
  };
  std::apply([&](const auto&... fields) { (read_one(fields), ...); }, Fields<T>::all);
}

template <class T>
void read_enum(const Json& json, const At& at, T& value) {
  if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    for (std::size_t i = 0; i < std::size(EnumNames<T>::all); ++i) {
      if (text != EnumNames<T>::all[i]) continue;
      value = static_cast<T>(i);
      return;
    }
  }
  at.refuse("not one of the known words");
}

template <class T>
void read(const Json& json, const At& at, T& value) {
  if constexpr (std::is_same_v<T, std::vector<SerialMark>>) {
    read_marks(json, at, value);
  } else if constexpr (std::is_same_v<T, std::vector<Line>>) {
    read_timeline(json, at, value);
  } else if constexpr (std::is_same_v<T, VerdictKind>) {
    const auto kind =
        json.is_string() ? verdict_of(json.get_ref<const std::string&>()) : std::nullopt;
    if (!kind) at.refuse("not the name of a verdict");
    value = *kind;
  } else if constexpr (std::is_enum_v<T>) {
    read_enum(json, at, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) at.refuse("expected true or false");
    value = json.get<bool>();
  } else if constexpr (std::is_same_v<T, std::uint32_t>) {
    const auto number =
        json.is_string() ? parse_hex8(json.get_ref<const std::string&>()) : std::nullopt;
    if (!number) at.refuse("expected 8 upper-case hexadecimal digits");
    value = *number;
  } else if constexpr (std::is_same_v<T, double>) {
    if (!json.is_number()) at.refuse("expected a number");
    value = json.get<double>();
  } else if constexpr (std::is_same_v<T, int>) {
    value = static_cast<int>(read_count(json, at, std::numeric_limits<int>::max()));
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    value = read_count(json, at);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) at.refuse("expected a text");
    value = json.get_ref<const std::string&>();
  } else if constexpr (is_duration<T>) {
    value = T(static_cast<typename T::rep>(read_count(json, at, kMaxTime)));
  } else if constexpr (is_optional<T>) {
    if (!json.is_null()) read(json, at, value.emplace());
  } else if constexpr (is_vector<T>) {
    if (!json.is_array()) at.refuse("expected an array");
    value.resize(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) read(json[i], at.item(i), value[i]);
  } else {
    read_members(json, at, value);
  }
}

/// Before schema 5 the stated ending stood only in the title of its finding: "ending panic".
std::optional<VerdictKind> ending_of_titles(const std::vector<Finding>& findings) {
  constexpr std::string_view kTitle = "ending ";
  for (const Finding& finding : findings) {
    if (!finding.check.starts_with(kTitle)) continue;
    return verdict_of(std::string_view(finding.check).substr(kTitle.size()));
  }
  return std::nullopt;
}

/// The text as a JSON value, nested no deeper than what the writer can have written.
Json parse(std::string_view text, const At& root) {
  constexpr std::size_t kEnvelope = 16;  // levels of the record around an embedded value
  try {
    Json json = Json::parse(text);
    if (!is_valid_json(text, kMaxJsonDepth + kEnvelope)) root.refuse("nested too deep");
    return json;
  } catch (const Json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 1, ...": where and what, without whose.
    const std::string_view what = error.what();
    root.refuse("not JSON: " + std::string(what.substr(what.find("] ") + 2)));
  }
}

}  // namespace

RunRecord record_from_json(std::string_view text, const std::string& name) {
  RecordFile source{name};
  const At root{&source};
  Json json = parse(text, root);
  if (!json.is_object()) root.refuse("expected an object");
  const int schema =
      json.contains("schema") && json["schema"].is_number_integer() ? json["schema"].get<int>() : 0;
  if (schema < 1 || schema > kRecordSchema) {
    root.member("schema").refuse("this version reads schemas 1 to " +
                                 std::to_string(kRecordSchema));
  }
  source.schema = schema;
  if (!json.contains(kSummaries)) root.member(kSummaries).refuse("missing");
  std::vector<MetricSummary> summaries;  // derived: only their form is of interest
  read(json[kSummaries], root.member(kSummaries), summaries);
  json.erase(kSummaries);
  std::optional<std::uint64_t> boots_made;
  if (schema >= kBootsMadeSince) {
    if (!json.contains(kBootsMade)) root.member(kBootsMade).refuse("missing");
    read(json[kBootsMade], root.member(kBootsMade), boots_made.emplace());
    json.erase(kBootsMade);
  }

  RunRecord record;
  read(json, root, record);
  if (schema < 5) record.stated_ending = ending_of_titles(record.findings);
  record.schema = kRecordSchema;  // what it would be written as
  if (record.boots.empty()) root.member(kBoots).refuse("at least one boot is expected");
  if (boots_made && *boots_made != record.boots.size()) {
    root.member(kBoots).refuse("the run made " + std::to_string(*boots_made) + ", and " +
                               std::to_string(record.boots.size()) + " are here");
  }
  return record;
}

}  // namespace harness
