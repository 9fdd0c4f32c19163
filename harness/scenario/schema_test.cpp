#include "scenario/schema.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "check/table.h"
#include "model/param.h"
#include "model/verdict.h"
#include "scenario/fields.h"
#include "scenario/reference.h"

namespace harness {
namespace {

std::string content_of(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST(ShippedFiles, SchemaIsWhatTheTablesSay) {
  EXPECT_EQ(content_of(UNIHARNESS_SOURCE_DIR "/scenarios/scenario.schema.json"),
            scenario_json_schema())
      << "regenerate it: uniharness schema > scenarios/scenario.schema.json";
}
TEST(ShippedFiles, ReferencePageIsWhatTheTablesSay) {
  EXPECT_EQ(content_of(UNIHARNESS_SOURCE_DIR "/scenarios/REFERENCE.md"),
            scenario_reference_markdown())
      << "regenerate it: uniharness checks --markdown > scenarios/REFERENCE.md";
}

TEST(Reference, NamesEveryFieldCheckParameterAndVerdict) {
  const std::string page = scenario_reference_markdown();
  const auto has = [&](std::string_view text) { return page.find(text) != std::string::npos; };
  for (const FieldSection& section : scenario_sections()) {
    for (const Field& field : section.fields) {
      EXPECT_TRUE(has("| `" + std::string(field.spec.name) + "` |")) << field.spec.name;
    }
  }
  for (const CheckKind& kind : check_kinds()) {
    EXPECT_TRUE(has("### `" + std::string(kind.name) + "`")) << kind.name;
    EXPECT_TRUE(has("- " + std::string(kind.example))) << kind.name;
    for (const ParamSpec& param : kind.params) {
      EXPECT_TRUE(has("| `" + std::string(param.name) + "`")) << kind.name << param.name;
    }
  }
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    EXPECT_TRUE(has("| `" + std::string(kVerdictTable[i].name) + "` |")) << kVerdictTable[i].name;
  }
  EXPECT_TRUE(has("| 130 |"));
}
TEST(Schema, NamesEveryFieldAndCheck) {
  const std::string schema = scenario_json_schema();
  const auto has = [&](std::string_view key) {
    return schema.find("\"" + std::string(key) + "\": {") != std::string::npos;
  };
  for (const FieldSection& section : scenario_sections()) {
    for (const Field& field : section.fields) EXPECT_TRUE(has(field.spec.name)) << field.spec.name;
  }
  for (const CheckKind& kind : check_kinds()) EXPECT_TRUE(has(kind.name)) << kind.name;
}

}  // namespace
}  // namespace harness
