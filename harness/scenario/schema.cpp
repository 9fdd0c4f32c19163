#include "scenario/schema.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "check/table.h"
#include "model/param.h"
#include "scenario/fields.h"
#include "scenario/matrix.h"
#include "scenario/metrics.h"
#include "scenario/steps.h"
#include "scenario/values.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

/// A scalar that may be written as a number or as a text such as 24K or 50..500.
Json number_or_pattern(const ParamSpec& spec, bool numbers) {
  Json text = {{"type", "string"}, {"pattern", value_form(spec.type).pattern}};
  if (!numbers) return text;
  Json number = {{"type", "integer"}, {"minimum", spec.within.low}};
  if (spec.within.high != UINT64_MAX) number["maximum"] = spec.within.high;
  return {{"anyOf", {number, text}}};
}

/// YAML reads 55, true and ~ as other things than text; the loader takes them as they stand.
Json any_scalar(std::string_view pattern) {
  Json text = {{"type", {"string", "number", "boolean"}}};
  if (!pattern.empty()) text["pattern"] = pattern;
  return text;
}

Json list_of(const Json& item) { return {{"type", "array"}, {"items", item}, {"minItems", 1}}; }

/// A single value, or a list of such.
Json one_or_list(const Json& item) { return {{"anyOf", {item, list_of(item)}}}; }

/// Names of fw_cfg, each with a text or {file: PATH}.
Json files_schema() {
  const Json text = any_scalar("");
  const Json file = {{"type", "object"},
                     {"additionalProperties", false},
                     {"required", {"file"}},
                     {"properties", {{"file", any_scalar("^[^\\n\\r]+$")}}}};
  return {
      {"type", "object"},
      {"additionalProperties", false},
      {"minProperties", 1},
      {"patternProperties", {{value_form(ParamType::files).pattern, {{"anyOf", {text, file}}}}}}};
}

Json value_schema(const ParamSpec& spec) {
  switch (spec.type) {
    case ParamType::flag:
      return {{"type", "boolean"}};
    case ParamType::count:
    case ParamType::range:
      return number_or_pattern(spec, true);
    case ParamType::duration:
      return number_or_pattern(spec, false);
    case ParamType::number: {
      Json number = {{"type", "number"}, {"minimum", spec.within.low}};
      if (spec.within.high != UINT64_MAX) number["maximum"] = spec.within.high;
      return number;
    }
    case ParamType::verdict:
    case ParamType::choice:
      return {{"enum", spec.choices}};
    case ParamType::texts:
      return list_of(any_scalar(value_form(spec.type).pattern));
    case ParamType::command:
      return {{"anyOf", {list_of(any_scalar("")), any_scalar(value_form(spec.type).pattern)}}};
    case ParamType::one_or_more:
      return one_or_list(spec.choices.empty() ? any_scalar(value_form(spec.type).pattern)
                                              : Json{{"enum", spec.choices}});
    case ParamType::counts:
      return one_or_list(number_or_pattern(spec, true));
    case ParamType::files:
      return files_schema();
    case ParamType::text:
    case ParamType::pattern:
    case ParamType::identifier:
    case ParamType::prose:
      return any_scalar(value_form(spec.type).pattern);
  }
  return {};
}

Json param_schema(const ParamSpec& spec) {
  Json schema = {{"description", spec.help}};
  schema.update(value_schema(spec));
  return schema;
}

/// "oneOf" or "anyOf" these keys.
void add_choice(Json& schema, const char* word, const std::vector<std::string_view>& keys) {
  if (keys.empty()) return;
  Json choices = Json::array();
  for (const std::string_view key : keys) choices.push_back({{"required", {key}}});
  schema[word] = choices;
}

/// "no two of these keys", for each group.
void add_exclusions(Json& schema, const std::vector<std::vector<std::string_view>>& groups) {
  Json pairs = Json::array();
  for (const auto& group : groups) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = i + 1; j < group.size(); ++j) {
        pairs.push_back({{"required", {group[i], group[j]}}});
      }
    }
  }
  if (!pairs.empty()) schema["not"] = {{"anyOf", pairs}};
}

Json check_schema(const CheckKind& kind) {
  Json schema = {{"description", fmt::format("{} Example: {}", kind.help, kind.example)}};
  if (kind.params.empty()) {
    schema["const"] = true;
    return schema;
  }
  Json map = {{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
  Json required = Json::array();
  Json needs = Json::object();
  Json scalar;
  bool scalar_is_enough = true;
  for (const ParamSpec& param : kind.params) {
    map["properties"][std::string(param.name)] = param_schema(param);
    if (param.required) required.push_back(param.name);
    if (!param.needs.empty()) needs[std::string(param.name)] = {param.needs};
    if (param.name == kind.scalar) scalar = value_schema(param);
    if (param.required && param.name != kind.scalar) scalar_is_enough = false;
  }
  if (!required.empty()) map["required"] = required;
  if (!needs.empty()) map["dependentRequired"] = needs;
  add_choice(map, "oneOf", kind.one_of);
  if (scalar.is_null() || !scalar_is_enough) {
    schema.update(map);
  } else {
    schema["anyOf"] = {scalar, map};
  }
  return schema;
}

Json checks_schema() {
  Json kinds = Json::object();
  for (const CheckKind& kind : check_kinds()) kinds[std::string(kind.name)] = check_schema(kind);
  return {{"description", "What must be true of every boot."},
          {"type", "array"},
          {"items",
           {{"type", "object"},
            {"minProperties", 1},
            {"maxProperties", 1},
            {"additionalProperties", false},
            {"properties", kinds}}}};
}

Json steps_schema() {
  Json step = {{"type", "object"}, {"additionalProperties", false}};
  for (const ParamSpec& param : step_params()) {
    step["properties"][std::string(param.name)] = param_schema(param);
  }
  add_choice(step, "oneOf", {"wait", "send", "send_file", "stop"});
  step["dependentRequired"] = {{"within", {"wait"}}};
  Json list = list_of(step);
  list["description"] = "A conversation with the guest, step by step.";
  return list;
}

Json metrics_schema() {
  Json entry = {{"type", "object"}, {"additionalProperties", false}, {"required", {"pattern"}}};
  for (const ParamSpec& param : metric_params()) {
    entry["properties"][std::string(param.name)] = param_schema(param);
  }
  Json list = list_of(entry);
  list["description"] = "Numbers in the guest's custom output.";
  return list;
}

Json list_of_unlike(const Json& item) {
  return {{"type", "array"}, {"items", item}, {"minItems", 1}, {"uniqueItems", true}};
}

Json matrix_schema() {
  Json axes = Json::object();
  for (const std::string_view section : matrix_sections()) {
    Json part = {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", false}};
    for (const Axis& axis : matrix_axes()) {
      if (axis.section->name != section) continue;
      part["properties"][std::string(axis.field->spec.name)] = param_schema(axis.field->spec);
    }
    axes[std::string(section)] = list_of_unlike(part);
  }
  for (const Axis& axis : matrix_axes()) {
    axes[std::string(axis.field->spec.name)] = list_of_unlike(value_schema(axis.field->spec));
  }
  return {{"description", "Values to try: every combination of them is an instance."},
          {"type", "object"},
          {"minProperties", 1},
          {"additionalProperties", false},
          {"properties", axes}};
}

/// A matrix may give what the section `image` then lacks.
void relax_for_matrix(Json& root) {
  Json image = {{"anyOf", root["properties"]["image"]["anyOf"]}};
  root["properties"]["image"].erase("anyOf");
  root["required"] = Json::array({"name"});
  root["if"] = {{"not", {{"required", {"matrix"}}}}};
  root["then"] = {{"required", {"image"}}, {"properties", {{"image", image}}}};
}

Json section_schema(const FieldSection& section) {
  Json schema = {{"description", section.help},
                 {"type", "object"},
                 {"additionalProperties", false},
                 {"properties", Json::object()}};
  Json required = Json::array();
  for (const Field& field : section.fields) {
    Json property = param_schema(field.spec);
    if (!field.default_text.empty()) {
      const bool flag = field.spec.type == ParamType::flag;
      property["default"] = flag ? Json(field.default_text == "true") : Json(field.default_text);
    }
    schema["properties"][std::string(field.spec.name)] = property;
    if (field.spec.required) required.push_back(field.spec.name);
  }
  Json needs = Json::object();
  for (const Field& field : section.fields) {
    if (!field.spec.needs.empty()) needs[std::string(field.spec.name)] = {field.spec.needs};
  }
  if (!needs.empty()) schema["dependentRequired"] = needs;
  if (section.checks) schema["properties"]["checks"] = {{"$ref", "#/properties/checks"}};
  if (!required.empty()) schema["required"] = required;
  add_choice(schema, "anyOf", section.any_of);
  add_exclusions(schema, section.at_most_one);
  return schema;
}

}  // namespace

std::string scenario_json_schema() {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "uniharness scenario"}};
  Json root = section_schema(scenario_sections().front());
  for (const FieldSection& section : scenario_sections().subspan(1)) {
    root["properties"][std::string(section.name)] = section_schema(section);
    if (section.required) root["required"].push_back(section.name);
  }
  root["properties"]["steps"] = steps_schema();
  root["properties"]["metrics"] = metrics_schema();
  root["properties"]["checks"] = checks_schema();
  root["properties"]["matrix"] = matrix_schema();
  relax_for_matrix(root);
  root["patternProperties"] = {
      {"^x-", {{"description", "Ignored: a place for anchors that aliases use elsewhere."}}}};
  schema.update(root);
  return schema.dump(2) + "\n";
}

}  // namespace harness
