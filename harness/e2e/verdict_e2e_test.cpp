// Every scenario of the project gets its own verdict and the right exit status, live and replayed.
#include <algorithm>

#include "base/files.h"

#include "e2e/e2e.h"
#include "e2e/expectations.h"
#include "e2e/junit_schema.h"
#include "page/markdown_text.h"

namespace harness {
namespace {

struct Verdicts : testing::TestWithParam<Expectation> {};

TEST_P(Verdicts, LiveAndReplayedAreAsExpected) {
  const Expectation& expected = GetParam();
  const fs::path folder = fresh_folder();
  const CommandResult live = run_scenario(expected.scenario, folder / "live");
  EXPECT_EQ(live.exit_status, expected.exit_status) << live.output_tail;
  EXPECT_EQ(verdict_name(saved_record(folder / "live").verdict.kind),
            verdict_name(expected.verdict))
      << live.output_tail;

  const CommandResult replayed =
      uniharness({"replay", folder / "live", "--scenario", scenario_file(expected.scenario),
                  "--out", folder / "replayed"});
  EXPECT_EQ(replayed.exit_status, expected.exit_status) << replayed.output_tail;
  EXPECT_EQ(junit_file_fault(folder / "live/junit.xml"), "");
  EXPECT_LE(read_file(folder / "live/report.md").size(), kMarkdownBytes);
  // The same verdict, the same findings, the same reports: to the letter.
  for (const char* file : {"record.json", "report.md", "report.html", "junit.xml", "serial.log"}) {
    EXPECT_EQ(read_file(folder / "live" / file), read_file(folder / "replayed" / file)) << file;
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Verdicts, testing::ValuesIn(kExpectations),
                         [](const testing::TestParamInfo<Expectation>& info) {
                           std::string name = info.param.scenario;
                           for (char& c : name) {
                             if (c == '-' || c == '/') c = '_';
                           }
                           return name;
                         });

TEST(Verdicts, EveryScenarioFileIsExpectedHere) {
  std::vector<std::string> unexpected;
  const fs::path root = fs::path(UNIHARNESS_SOURCE_DIR) / "scenarios";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string name = fs::relative(entry.path(), root).replace_extension().string();
    if (name.starts_with("examples/")) continue;  // of others: ci/examples.sh boots them
    if (name.starts_with("peers/") || name == "comparison") continue;  // of `report comparison`
    const bool known = std::ranges::any_of(
        kExpectations, [&](const Expectation& e) { return e.scenario == name; });
    if (!known) unexpected.push_back(name);
  }
  EXPECT_TRUE(unexpected.empty()) << unexpected.front();
}

}  // namespace
}  // namespace harness
