// For tests: whether a value keeps to the schema of record.json.
#pragma once

#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "record/codec.h"

namespace harness {

/// Checks a value against the part of JSON Schema that the record's schema uses, and refuses any
/// keyword beyond it. Returns where the value breaks the schema, or "".
class MiniValidator {
 public:
  explicit MiniValidator(const nlohmann::ordered_json& root) : root_(root) {}

  std::string fault(const nlohmann::ordered_json& value, const nlohmann::ordered_json& schema,
                    const std::string& at = "$") const {
    if (schema == nlohmann::ordered_json(true)) return "";
    for (const auto& [keyword, rule] : schema.items()) {
      if (!holds(keyword, rule, value, schema)) return at + ": " + keyword;
      if (std::string deeper = inside(keyword, rule, value, at); !deeper.empty()) return deeper;
    }
    return "";
  }

 private:
  bool holds(const std::string& keyword, const nlohmann::ordered_json& rule,
             const nlohmann::ordered_json& value, const nlohmann::ordered_json& schema) const {
    if (keyword == "type") return is_of(rule, value);
    if (keyword == "enum") return std::ranges::find(rule, value) != rule.end();
    if (keyword == "const") return rule == value;
    if (keyword == "minimum") return value.get<double>() >= rule.get<double>();
    if (keyword == "maxItems") return value.size() <= rule.get<std::size_t>();
    if (keyword == "minItems") return value.size() >= rule.get<std::size_t>();
    if (keyword == "pattern") {
      return std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()));
    }
    if (keyword == "required") {
      return std::ranges::all_of(rule, [&](const nlohmann::ordered_json& key) {
        return value.contains(key.get<std::string>());
      });
    }
    if (keyword == "additionalProperties") {
      return rule == nlohmann::ordered_json(false) &&
             std::ranges::all_of(value.items(), [&](const auto& item) {
               return schema["properties"].contains(item.key());
             });
    }
    if (keyword == "anyOf") {
      return std::ranges::any_of(
          rule, [&](const nlohmann::ordered_json& one) { return fault(value, one).empty(); });
    }
    for (const char* known :
         {"$ref", "properties", "items", "description", "title", "$schema", "$defs"}) {
      if (keyword == known) return true;
    }
    return false;
  }

  std::string inside(const std::string& keyword, const nlohmann::ordered_json& rule,
                     const nlohmann::ordered_json& value, const std::string& at) const {
    if (keyword == "$ref") {
      return fault(
          value, root_.at(nlohmann::ordered_json::json_pointer(rule.get<std::string>().substr(1))),
          at);
    }
    if (keyword == "items") {
      for (std::size_t i = 0; i < value.size(); ++i) {
        auto deeper = fault(value[i], rule, at + "[" + std::to_string(i) + "]");
        if (!deeper.empty()) return deeper;
      }
    }
    if (keyword == "properties") {
      for (const auto& [key, schema] : rule.items()) {
        if (!value.contains(key)) continue;
        if (auto deeper = fault(value[key], schema, at + "." + key); !deeper.empty()) return deeper;
      }
    }
    return "";
  }

  static bool is_of(const std::string& type, const nlohmann::ordered_json& value) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == "null" && value.is_null();
  }

  const nlohmann::ordered_json& root_;
};

inline std::string schema_fault(const nlohmann::ordered_json& value) {
  const nlohmann::ordered_json schema = nlohmann::ordered_json::parse(record_json_schema());
  return MiniValidator(schema).fault(value, schema);
}

}  // namespace harness
