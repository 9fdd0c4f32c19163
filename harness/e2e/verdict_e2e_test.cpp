// Every scenario of the project gets its own verdict and the right exit status, live and replayed.
#include <algorithm>

#include "e2e/e2e.h"

namespace harness {
namespace {

struct Expectation {
  const char* scenario;
  VerdictKind verdict;
  int exit_status;
};

void PrintTo(const Expectation& expected, std::ostream* out) { *out << expected.scenario; }

const Expectation kExpectations[] = {
    {"session20", VerdictKind::pass, 0},
    {"smoke", VerdictKind::pass, 0},
    {"boot-disk", VerdictKind::pass, 0},
    {"boot-multiboot", VerdictKind::pass, 0},
    {"boot-pvh", VerdictKind::pass, 0},
    {"boot-pvh-qboot", VerdictKind::pass, 0},
    {"hello-c", VerdictKind::pass, 0},
    {"misbehaving/panic", VerdictKind::panic, 1},
    {"misbehaving/exception", VerdictKind::panic, 1},
    {"misbehaving/triple-fault", VerdictKind::reset, 1},
    {"misbehaving/hang", VerdictKind::idle, 1},
    {"misbehaving/busy-hang", VerdictKind::timeout, 1},
    {"misbehaving/cpu-limit", VerdictKind::timeout, 1},
    {"misbehaving/halt-cli", VerdictKind::idle, 1},
    {"misbehaving/babble", VerdictKind::truncated, 5},
    {"misbehaving/flood", VerdictKind::truncated, 5},
    {"misbehaving/mid-line", VerdictKind::truncated, 5},
    {"misbehaving/fail", VerdictKind::fail, 1},
    {"misbehaving/skip", VerdictKind::skip, 0},
    {"misbehaving/reboot", VerdictKind::reset, 1},
    {"misbehaving/unknown-exit", VerdictKind::exit_unsignalled, 1},
    {"misbehaving/silent", VerdictKind::no_output, 1},
    {"misbehaving/wrong-calls", VerdictKind::fail, 1},
    {"misbehaving/lying-profile", VerdictKind::pass, 0},  // a run believes it; profile does not
    {"misbehaving/torn-line", VerdictKind::invalid_data, 5},
    {"misbehaving/bad-profile", VerdictKind::invalid_data, 5},
    {"misbehaving/early-exit", VerdictKind::truncated, 5},
    {"misbehaving/power-off", VerdictKind::exit_unsignalled, 1},
    {"misbehaving/missing-metric", VerdictKind::fail, 1},
    {"misbehaving/wrong-witness", VerdictKind::invalid_data, 5},
    {"misbehaving/garbage", VerdictKind::fail, 1},
    {"misbehaving/html-payload", VerdictKind::fail, 1},
    {"misbehaving/no-signature", VerdictKind::fail, 1},
};

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
    const bool known = std::ranges::any_of(
        kExpectations, [&](const Expectation& e) { return e.scenario == name; });
    if (!known) unexpected.push_back(name);
  }
  EXPECT_TRUE(unexpected.empty()) << unexpected.front();
}

}  // namespace
}  // namespace harness
