// The JSON Schema of record.json, made from the same lists as the file itself.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "model/verdict.h"
#include "record/codec.h"
#include "record/fields.h"
#include "record/json_shape.h"
#include "record/marks.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

/// Collects the definitions of structs on its way through the types.
class SchemaMaker {
 public:
  Json definitions = Json::object();

  template <class T>
  [[gnu::noinline]] Json schema_of() {
    if constexpr (std::is_same_v<T, std::vector<SerialMark>>) {
      return marks();
    } else if constexpr (std::is_same_v<T, std::vector<Line>>) {
      return timeline();
    } else if constexpr (std::is_enum_v<T>) {
      return {{"type", "string"}, {"enum", names<T>()}};
    } else if constexpr (std::is_same_v<T, bool>) {
      return {{"type", "boolean"}};
    } else if constexpr (std::is_same_v<T, std::uint32_t>) {
      return {{"type", "string"}, {"pattern", "^[0-9A-F]{8}$"}};
    } else if constexpr (std::is_same_v<T, double>) {
      return {{"type", "number"}};
    } else if constexpr (std::is_integral_v<T> || is_duration<T>) {
      return count();
    } else if constexpr (std::is_same_v<T, std::string>) {
      return {{"type", "string"}};
    } else if constexpr (is_optional<T>) {
      return {{"anyOf", {schema_of<typename T::value_type>(), {{"type", "null"}}}}};
    } else if constexpr (is_vector<T>) {
      return array_of(schema_of<typename T::value_type>());
    } else {
      define<T>();
      return {{"$ref", "#/$defs/" + std::string(Fields<T>::title)}};
    }
  }

  /// The schema of a struct itself, not a reference to it.
  template <class T>
  Json object_of() {
    Json properties = Json::object();
    const auto add = [&](const auto& field) {
      using Member = std::remove_cvref_t<decltype(field.of(std::declval<T&>()))>;
      add_property(properties, field.key, field.help,
                   field.embedded ? array_of(Json(true)) : schema_of<Member>());
    };
    std::apply([&](const auto&... fields) { (add(fields), ...); }, Fields<T>::all);
    return object(std::move(properties));
  }

  /// An object with exactly these members, all of them required.
  static Json object(Json properties) {
    Json required = Json::array();
    for (const auto& [key, schema] : properties.items()) required.push_back(key);
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
  }
  static Json array_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

 private:
  static void add_property(Json& properties, std::string_view key, std::string_view help,
                           Json schema) {
    schema["description"] = help;
    properties[std::string(key)] = std::move(schema);
  }
  static Json count() { return {{"type", "integer"}, {"minimum", 0}}; }

  template <class T>
  static Json names() {
    Json list = Json::array();
    if constexpr (std::is_same_v<T, VerdictKind>) {
      for (std::size_t i = 0; i < kVerdictCount; ++i) list.push_back(kVerdictTable[i].name);
    } else {
      for (const char* name : EnumNames<T>::all) list.push_back(name);
    }
    return list;
  }

  static Json marks() {
    Json numbers = array_of(count());
    numbers["maxItems"] = kMaxMarks;
    numbers["description"] = "differences from one mark to the next";
    return object({{kMarkSizes, numbers}, {kMarkTimes, numbers}});
  }
  static Json timeline() {
    return array_of(object({{kTimelineLine, count()},
                            {kTimelineBegin, count()},
                            {kTimelineEnd, count()},
                            {kTimelineAt, count()}}));
  }

  template <class T>
  void define() {
    const std::string title(Fields<T>::title);
    if (definitions.contains(title)) return;
    definitions[title] = nullptr;  // keeps the order of first use
    definitions[title] = object_of<T>();
  }
};

}  // namespace

std::string record_json_schema() {
  SchemaMaker maker;
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "uniharness record.json"}};
  schema.update(maker.object_of<RunRecord>());
  schema["properties"]["schema"]["const"] = kRecordSchema;
  schema["properties"][kBoots]["minItems"] = 1;
  schema["properties"][kSummaries] = SchemaMaker::array_of(maker.schema_of<MetricSummary>());
  schema["properties"][kSummaries]["description"] = "each number over all boots";
  schema["required"].push_back(kSummaries);
  schema["properties"][kBootsMade] = maker.schema_of<std::uint64_t>();
  schema["properties"][kBootsMade]["description"] = "how many entries `boots` has";
  schema["required"].push_back(kBootsMade);
  schema["$defs"] = std::move(maker.definitions);
  return schema.dump(2) + "\n";
}

}  // namespace harness
