// Gates and their baselines, with real guests: what a CI job relies on.
#include <fstream>

#include "base/files.h"
#include "baseline/baseline.h"
#include "e2e/gate_testing.h"
#include "page/html_testing.h"

namespace harness {
namespace {

CommandResult gate(const fs::path& scenario, const fs::path& baseline,
                   std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"gate",
                                        scenario,
                                        "--no-build",
                                        "--baseline",
                                        baseline,
                                        "--out",
                                        baseline.parent_path() / "report"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return uniharness(arguments, baseline.parent_path());
}

struct Planted {
  const char* test;
  const char* found;
  const char* moved;
};
class PlantedInstruction : public testing::TestWithParam<Planted> {};

TEST_P(PlantedInstruction, IsFoundAndTheTestIsNamed) {
  const auto& [test, found, moved] = GetParam();
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  ASSERT_EQ(accept(scenario_of("tinyllama", folder), baseline, "first").exit_status, 0);
  const CommandResult result =
      gate(scenario_of(std::string("tinyllama_plus_") + test, folder), baseline);
  EXPECT_EQ(result.exit_status, 4) << result.output_tail;
  EXPECT_NE(result.output_tail.find(found), std::string::npos) << result.output_tail;
  // The function is named with its place, before the numbers, and in the head of each report.
  const std::size_t cause = result.output_tail.find(std::string("\n  moved: ") + moved);
  ASSERT_NE(cause, std::string::npos) << result.output_tail;
  EXPECT_LT(cause, result.output_tail.find("regression ")) << result.output_tail;
  EXPECT_NE(result.output_tail.find("/report/report.html\nintended? "), std::string::npos)
      << result.output_tail;
  const RunRecord saved = saved_record(folder / "report");
  EXPECT_TRUE(saved.compared_why.starts_with(moved)) << saved.compared_why;
  EXPECT_NE(saved.compared_why.find(std::string("; so ") + test + " avg: "), std::string::npos)
      << saved.compared_why;
  EXPECT_NE(saved.compared_why.find(", at "), std::string::npos) << saved.compared_why;
  EXPECT_EQ(saved.compared_why.find(".."), std::string::npos) << saved.compared_why;
  const std::string head = "class=\"reason\">" + std::string(moved).substr(0, 8);
  EXPECT_NE(read_file(folder / "report/report.html").find(head), std::string::npos);
  // The cause stands first, whatever follows from it.
  const std::size_t first = result.output_tail.find("regression ");
  EXPECT_EQ(result.output_tail.substr(first).find(test),
            result.output_tail.substr(first).find_first_not_of(' ', 10))
      << result.output_tail;
  EXPECT_NE(result.output_tail.find("\nintended? uniharness baseline accept "), std::string::npos)
      << result.output_tail;
  EXPECT_EQ(saved_record(folder / "report").compared, "regression");
  const std::string text = read_file(folder / "report/report.md");
  EXPECT_TRUE(text.starts_with("# session20: REGRESSION\n\n**REGRESSION**: ")) << text;
  EXPECT_LT(text.find("## Against the baseline"), text.find("## Checks")) << text;
  const std::string junit = read_file(folder / "report/junit.xml");
  EXPECT_NE(junit.find("<testcase classname=\"session20.gate\" name=\"" + std::string(test) +
                       " avg\">\n      <failure message=\"regression: "),
            junit.npos)
      << junit;
  EXPECT_EQ(junit.find("failures=\"0\""), junit.npos);
  const std::string page = read_file(folder / "report/report.html");
  EXPECT_EQ(page.find("<span>PASS</span>"), page.npos);
  EXPECT_EQ(HtmlReader::fault_in(page), "");
  EXPECT_NE(page.find("<h2>Against the baseline</h2>\n<p class=\"reason\">regression: "),
            page.npos);
  EXPECT_NE(page.find("<tr class=\"bad worse\"><td>regression</td><td>" + std::string(test) +
                      " avg</td>"),
            page.npos);
}
INSTANTIATE_TEST_SUITE_P(
    Gate, PlantedInstruction,
    testing::Values(Planted{"fibonacci", "fibonacci avg: 2,843 → 2,844 instructions (+1, +0.04 %)",
                            "$_0::__invoke: 50 → 60 own instructions (+10) in 10 calls"},
                    Planted{"sum_to_n", "sum_to_n avg: 4,024 → 4,025 instructions (+1, +0.02 %)",
                            "sum_to_n: 400,900 → 401,000 own instructions (+100) in 100 calls"},
                    Planted{"count_primes",
                            "count_primes avg: 2,191 → 2,192 instructions (+1, +0.05 %)",
                            "count_primes: 9,845 → 9,850 own instructions (+5) in 5 calls"}),
    [](const auto& info) { return std::string(info.param.test); });

TEST(Gate, FunctionsOfOtherNumbersAreNotHeldAgainstTheGuest) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const fs::path functions = folder / "b.functions.json";
  const fs::path changed = scenario_of("tinyllama_plus_sum_to_n", folder);
  ASSERT_EQ(accept(scenario_of("tinyllama", folder), baseline, "first").exit_status, 0);
  const std::string kept = read_file(functions);
  fs::remove(functions);
  EXPECT_EQ(gate(changed, baseline).output_tail.find(" ! "), std::string::npos);
  ASSERT_NE(kept.find("\"acceptance 1\""), std::string::npos);
  std::ofstream(functions) << std::string(kept).replace(kept.find("acceptance 1"), 12,
                                                        "acceptance 9");
  const CommandResult other = gate(changed, baseline);
  EXPECT_EQ(other.exit_status, 4);
  EXPECT_NE(other.output_tail.find("is of other numbers than the baseline"), std::string::npos)
      << other.output_tail;
  // Where it stands is no fault of the numbers, and what is no such file is said.
  std::ofstream(functions) << "{}";
  EXPECT_EQ(gate(changed, baseline).exit_status, 5);
  // The same numbers once more: what was not kept is kept now.
  fs::remove(functions);
  EXPECT_EQ(accept(folder / "tinyllama.yaml", baseline, "again").exit_status, 0);
  EXPECT_NE(read_file(functions).find("\"acceptance 1\""), std::string::npos);
}

TEST(Gate, TheSameGuestIsNeverAnAlarm) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const fs::path scenario = scenario_of("tinyllama", folder);
  const CommandResult missing = gate(scenario, baseline);
  EXPECT_EQ(missing.exit_status, 5);
  EXPECT_NE(missing.output_tail.find("uniharness baseline accept"), std::string::npos);

  ASSERT_EQ(accept(scenario, baseline, "first").exit_status, 0);
  for (int i = 0; i < 10; ++i) {
    const CommandResult result = gate(scenario, baseline);
    ASSERT_EQ(result.exit_status, 0) << result.output_tail;
  }
}

TEST(Gate, QuietIsTheVerdictAlone) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  ASSERT_EQ(accept(scenario_of("tinyllama", folder), baseline, "first").exit_status, 0);
  const auto said = [&](const char* target) {
    return gate(scenario_of(target, folder), baseline, {"-q"}).output_tail;
  };
  const std::string same = said("tinyllama");
  EXPECT_TRUE(same.starts_with("session20: unchanged: ")) << same;
  EXPECT_EQ(std::ranges::count(same, '\n'), 1) << same;
  const std::string worse = said("tinyllama_plus_fibonacci");
  EXPECT_TRUE(worse.starts_with("session20: regression: ")) << worse;
  EXPECT_EQ(std::ranges::count(worse, '\n'), 1) << worse;
  EXPECT_EQ(said("guest_panic").find("report: "), std::string::npos);
}

TEST(Gate, ByHostTimeBaselineAndGateBootAsOftenAsTheNumbersNeed) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const fs::path file = scenario_of("tinyllama", folder);
  std::ofstream(file, std::ios::app) << "clock: host\n";
  const CommandResult accepted = accept(file, baseline, "first");
  ASSERT_EQ(accepted.exit_status, 0) << accepted.output_tail;
  EXPECT_GE(saved_record(folder / "report").boots.size(), 11u);
  EXPECT_EQ(accepted.output_tail.find("warning"), std::string::npos) << accepted.output_tail;
  const CommandResult result = gate(file, baseline);
  // What the host did at the time decides what comes of it; too few boots are never the reason.
  EXPECT_EQ(result.output_tail.find("too few samples"), std::string::npos) << result.output_tail;
  EXPECT_GE(saved_record(folder / "report").boots.size(), 11u);
  EXPECT_NE(result.output_tail.find(" boots: "), std::string::npos) << result.output_tail;
  gate(file, baseline, {"--boots", "2"});
  EXPECT_EQ(saved_record(folder / "report").boots.size(), 2u);
}

TEST(Gate, ARunThatDoesNotPassHasItsOwnStatus) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  ASSERT_EQ(accept(scenario_of("tinyllama", folder), baseline, "first").exit_status, 0);
  EXPECT_EQ(gate(scenario_of("guest_panic", folder), baseline).exit_status, 1);
  const CommandResult refused = accept(scenario_of("guest_panic", folder), baseline, "why");
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_NE(refused.output_tail.find("\nnothing was accepted: "), std::string::npos)
      << refused.output_tail;
}

TEST(Gate, AnIntendedChangeIsAcceptedWithItsReasonAndThenPasses) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const fs::path changed = scenario_of("tinyllama_plus_fibonacci", folder);
  ASSERT_EQ(accept(scenario_of("tinyllama", folder), baseline, "first").exit_status, 0);
  ASSERT_EQ(gate(changed, baseline).exit_status, 4);
  const std::string page = read_file(folder / "report" / "report.html");
  EXPECT_NE(page.find("<span>REGRESSION</span>"), std::string::npos) << "the first thing to read";
  EXPECT_EQ(accept(changed, baseline, " ").exit_status, 2);
  const CommandResult accepted = accept(changed, baseline, "one more nop, on purpose");
  EXPECT_EQ(accepted.exit_status, 0) << accepted.output_tail;
  EXPECT_NE(accepted.output_tail.find("fibonacci avg: 2,843 → 2,844"), std::string::npos);
  EXPECT_EQ(gate(changed, baseline).exit_status, 0);
  EXPECT_NE(uniharness({"baseline", "show", baseline}).output_tail.find("one more nop, on purpose"),
            std::string::npos);
}

TEST(Gate, ADamagedOrNewerBaselineIsRefusedAndNotReplaced) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const fs::path scenario = scenario_of("tinyllama", folder);
  for (const char* text : {"{\"uniharness_baseline\": 2}", "{\"uniharness_base"}) {
    std::ofstream(baseline) << text;
    EXPECT_EQ(gate(scenario, baseline).exit_status, 5);
    EXPECT_EQ(accept(scenario, baseline, "why").exit_status, 5);
    EXPECT_EQ(read_file(baseline), text);
  }
}

TEST(GateOfAFailedRun, LeavesNoOlderComparisonAndSaysWhatFailed) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json", markdown = folder / "c.md";
  ASSERT_EQ(accept(scenario_of("tinyllama", folder), baseline, "first").exit_status, 0);
  ASSERT_EQ(gate(scenario_of("tinyllama", folder), baseline, {"--markdown", markdown}).exit_status,
            0);
  EXPECT_NE(read_file(markdown).find("unchanged"), std::string::npos);
  const CommandResult result =
      gate(scenario_of("guest_panic", folder), baseline, {"--markdown", markdown, "--json", "-q"});
  EXPECT_EQ(result.exit_status, 1) << result.output_tail;
  EXPECT_TRUE(result.output_tail.starts_with("{")) << result.output_tail;
  EXPECT_NE(result.output_tail.find("\"verdict\": \"panic\""), std::string::npos)
      << result.output_tail;
  const std::string text = read_file(markdown);
  EXPECT_EQ(text.find("unchanged"), std::string::npos) << text;
  EXPECT_NE(text.find("panic"), std::string::npos) << text;
}

TEST(GateOfAMatrix, TakesTheInstanceThatIsNamed) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const fs::path file = folder / "m.yaml";
  std::ofstream(file) << "name: m\nimage: {target: tinyllama, disk: tinyllama.img}\n"
                         "matrix: {memory: [16M, 32M]}\nchecks:\n  - complete: true\n";
  const CommandResult none = accept(file, baseline, "first");
  EXPECT_EQ(none.exit_status, 2);
  EXPECT_NE(none.output_tail.find("-k"), std::string::npos) << none.output_tail;
  const CommandResult accepted =
      uniharness({"baseline", "accept", file, "-k", "memory=16M", "--no-build", "-q", "--baseline",
                  baseline, "--why", "first", "--out", folder / "report"},
                 folder);
  EXPECT_EQ(accepted.exit_status, 0) << accepted.output_tail;
  EXPECT_EQ(gate(file, baseline, {"-k", "memory=16M"}).exit_status, 0);
}

TEST(BaselineOfAnotherClock, IsNotAcceptedOverTheOld) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const fs::path scenario = scenario_of("tinyllama", folder);
  ASSERT_EQ(accept(scenario, baseline, "first").exit_status, 0);
  const std::string before = read_file(baseline);
  const CommandResult result =
      uniharness({"baseline", "accept", scenario, "--no-build", "-q", "--clock", "host",
                  "--baseline", baseline, "--why", "faster", "--out", folder / "report"},
                 folder);
  EXPECT_EQ(result.exit_status, 2) << result.output_tail;
  EXPECT_NE(result.output_tail.find("the two are not comparable"), std::string::npos)
      << result.output_tail;
  EXPECT_EQ(read_file(baseline), before);
}

TEST(BaselineOfAnotherQemu, SaysSoAmongTheChanges) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const fs::path scenario = scenario_of("tinyllama", folder);
  ASSERT_EQ(accept(scenario, baseline, "first").exit_status, 0);
  std::string text = read_file(baseline);
  const std::string key = "\"qemu\":\"";
  ASSERT_NE(text.find(key), text.npos);
  std::ofstream(baseline) << text.insert(text.find(key) + key.size(), "0.");
  const CommandResult accepted = accept(scenario, baseline, "an update");
  EXPECT_EQ(accepted.exit_status, 0) << accepted.output_tail;
  EXPECT_NE(accepted.output_tail.find("measured with another qemu: 0."), std::string::npos)
      << accepted.output_tail;
  EXPECT_NE(uniharness({"baseline", "show", baseline}).output_tail.find("another qemu: 0."),
            std::string::npos);
}

TEST(BaselineOfHostTime, WarnsWhereItsBootsAreTooFewToTellAnything) {
  const fs::path folder = fresh_folder(), baseline = folder / "b.json";
  const CommandResult result =
      uniharness({"baseline", "accept", scenario_of("tinyllama", folder), "--no-build", "-q",
                  "--clock", "host", "--boots", "3", "--baseline", baseline, "--why", "first",
                  "--out", folder / "report"},
                 folder);
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_NE(result.output_tail.find("may only be inconclusive: 2 samples of a noisy number"),
            std::string::npos)
      << result.output_tail;
  EXPECT_NE(result.output_tail.find("--boots "), std::string::npos) << result.output_tail;
}

}  // namespace
}  // namespace harness
