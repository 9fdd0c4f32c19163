#include "onboarding/schema_line.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/folder_testing.h"

namespace harness::onboarding {
namespace {

namespace fs = std::filesystem;

/// A prefix with the schema in it.
fs::path install(const fs::path& prefix) {
  const fs::path schema = prefix / "share/uniharness/scenario.schema.json";
  fs::create_directories(schema.parent_path());
  std::ofstream(schema) << "{}";
  return schema;
}

TEST(SchemaLine, NamesTheSchemaThatWasInstalledWithTheProgram) {
  const TestFolder folder;
  const fs::path schema = install(folder.path / "usr");
  EXPECT_EQ(schema_line(folder.path / "usr/bin/uniharness"),
            "# yaml-language-server: $schema=" + schema.string() + "\n");
}

TEST(SchemaLine, IsNotThereWithoutOneThatAnEditorFinds) {
  const TestFolder folder;
  EXPECT_EQ(schema_line(folder.path / "build/uniharness"), "");
  install(folder.path / "my tools");
  EXPECT_EQ(schema_line(folder.path / "my tools/bin/uniharness"), "");
}

}  // namespace
}  // namespace harness::onboarding
