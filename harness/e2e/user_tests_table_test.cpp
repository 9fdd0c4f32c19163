// docs/USER_TESTS.md says which test holds what is promised to the user: each that it names is
// there, and so is each script.
#include "base/markdown_table_testing.h"
#include "e2e/e2e.h"
#include "e2e/tests_in_sources.h"

namespace harness {
namespace {

/// What `proof` names and nobody has; empty where it is there.
std::string missing(const std::string& proof, const std::set<std::string>& tests) {
  const fs::path root = UNIHARNESS_SOURCE_DIR;
  const bool there =
      proof.find('/') == proof.npos ? tests.contains(proof) : fs::is_regular_file(root / proof);
  return there ? "" : proof;
}

TEST(UserTestsTable, NamesTestsAndScriptsThatAreThere) {
  const std::set<std::string> tests = tests_in_sources();
  EXPECT_EQ(missing("Explained.ThisIsNoTest", tests), "Explained.ThisIsNoTest");
  EXPECT_EQ(missing("ci/no_script.sh", tests), "ci/no_script.sh");
  for (const char* heading : {"## Failures", "## Command line", "## Pages", "## CI and formats",
                              "## Set-up and release"}) {
    const auto rows = markdown_table(UNIHARNESS_SOURCE_DIR "/docs/USER_TESTS.md", heading);
    EXPECT_FALSE(rows.empty()) << heading;
    for (const auto& row : rows) {
      ASSERT_EQ(row.size(), 2u) << row[0];
      EXPECT_FALSE(row[1].empty()) << row[0];
      for (const std::string& proof : cell_words(row[1])) {
        EXPECT_EQ(missing(proof, tests), "") << row[0];
      }
    }
  }
}

}  // namespace
}  // namespace harness
