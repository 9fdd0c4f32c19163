// Each row of the table of endings in docs/RELIABILITY.md is true: the tests that it names are
// there, its verdict has its exit status, and the scenarios it names are expected to end so.
#include <algorithm>
#include <set>

#include "base/markdown_table_testing.h"
#include "e2e/e2e.h"
#include "e2e/expectations.h"
#include "e2e/tests_in_sources.h"

namespace harness {
namespace {

enum Column { kWhat, kSignals, kVerdict, kExit, kProof, kColumns };

std::vector<std::vector<std::string>> table() {
  return markdown_table(UNIHARNESS_SOURCE_DIR "/docs/RELIABILITY.md", "## Endings");
}

const Expectation* expected_of(const std::string& scenario) {
  const auto* at = std::ranges::find_if(
      kExpectations, [&](const Expectation& e) { return e.scenario == scenario; });
  return at == std::end(kExpectations) ? nullptr : at;
}

TEST(EndingsTable, NamesTestsAndScenariosThatProveItsRows) {
  const std::set<std::string> tests = tests_in_sources();
  ASSERT_TRUE(tests.contains("Verdicts.LiveAndReplayedAreAsExpected"));
  ASSERT_FALSE(table().empty());
  for (const auto& row : table()) {
    ASSERT_EQ(row.size(), std::size_t{kColumns}) << row[kWhat];
    EXPECT_FALSE(row[kProof].empty()) << row[kWhat];
    for (const std::string& proof : cell_words(row[kProof])) {
      if (proof.find('.') != proof.npos) {
        EXPECT_TRUE(tests.contains(proof)) << "no test " << proof;
        continue;
      }
      const Expectation* expected = expected_of(proof);
      ASSERT_NE(expected, nullptr) << "no scenario " << proof;
      EXPECT_EQ(verdict_name(expected->verdict), row[kVerdict]) << proof;
      EXPECT_EQ(std::to_string(expected->exit_status), row[kExit]) << proof;
    }
  }
}

TEST(EndingsTable, GivesEachVerdictItsExitStatus) {
  for (const auto& row : table()) {
    const auto kind = verdict_of(row.at(kVerdict));
    if (!kind) continue;  // no run at all, or the verdict of the guest: "none", "as the guest"
    EXPECT_EQ(std::to_string(static_cast<int>(exit_status(*kind))), row.at(kExit)) << row[kWhat];
  }
}

TEST(EndingsTable, HoldsEveryMisbehavingGuestAndEveryVerdict) {
  std::set<std::string> proofs, verdicts;
  for (const auto& row : table()) {
    verdicts.insert(row.at(kVerdict));
    for (const std::string& proof : cell_words(row.at(kProof))) proofs.insert(proof);
  }
  for (const Expectation& expected : kExpectations) {
    const std::string name = expected.scenario;
    EXPECT_TRUE(!name.starts_with("misbehaving/") || proofs.contains(name)) << name;
  }
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    EXPECT_TRUE(verdicts.contains(std::string(kVerdictTable[i].name))) << kVerdictTable[i].name;
  }
}

}  // namespace
}  // namespace harness
