// One source on both sides: what kernel_lib's benchmarks and tests say in a guest, held against
// Google Benchmark and GoogleTest themselves.
#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/files.h"

#include "e2e/e2e.h"

namespace harness {
namespace {

using nlohmann::json;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string output_of(std::vector<std::string> command) {
  std::string text;
  run_command(command, "/", [&](std::string_view output) { text += output; });
  return text;
}

json benchmarks_of(const fs::path& report) {
  return json::parse(read_file(report / "benchmark.json"));
}

/// What a run of tests says of its failures: no line of a framework, no folder of a file.
std::vector<std::string> failures_in(const std::string& text) {
  std::vector<std::string> told;
  for (std::string line : lines_of(text)) {
    const bool framework = line.empty() || line.front() == '[' ||
                           line.starts_with("Running main") || line.ends_with("FAILED TESTS");
    if (framework) continue;
    const std::size_t file = line.find("failing_tests.cpp:");
    told.push_back(file == line.npos ? line : line.substr(file));
  }
  return told;
}

TEST(GuestTests, TellTheirFailuresInGoogleTestsWords) {
  const fs::path report = fresh_folder();
  EXPECT_EQ(run_scenario("misbehaving/failing-tests", report).exit_status, 1);
  const std::vector<std::string> guest = failures_in(read_file(report / "serial.log"));
  const std::vector<std::string> host = failures_in(output_of({FAILING_TESTS_HOST}));
  ASSERT_GT(guest.size(), 50u);
  EXPECT_EQ(guest, host);
  EXPECT_EQ(guest.front(), "failing_tests.cpp:11: Failure");
}

TEST(GuestTests, OfKernelLibFindAFaultAndShowTextOfTheCppLibrary) {
  const fs::path report = fresh_folder();
  EXPECT_EQ(run_scenario("misbehaving/wrong-memmove", report).exit_status, 1);
  const std::vector<std::string> log = lines_of(read_file(report / "serial.log"));
  const auto has_line = [&](std::string_view start) {
    return std::ranges::any_of(log, [&](const auto& line) { return line.starts_with(start); });
  };
  EXPECT_TRUE(has_line("[TEST] Memmove.CopiesOverlappingBytesInEitherDirection: fail"));
  EXPECT_TRUE(has_line("[TEST] Memcpy.CopiesEveryLengthAtEveryAlignmentAndNothingAround: pass"));
  EXPECT_TRUE(has_line("    Which is: \"a b\""));
  EXPECT_TRUE(has_line("a note"));
}

/// Names of what a guest ran and of what its source is on the host, both sorted.
void expect_the_same_names(const fs::path& report, const std::string& host_program) {
  std::vector<std::string> guest;
  const json file = benchmarks_of(report);
  for (const json& entry : file["benchmarks"]) {
    if (entry["repetition_index"] == 0) guest.push_back(entry["name"]);
  }
  std::vector<std::string> host =
      lines_of(output_of({host_program, "--benchmark_list_tests=true"}));
  std::ranges::sort(guest);
  std::ranges::sort(host);
  EXPECT_EQ(guest, host);
  EXPECT_GE(guest.size(), 12u);
}

TEST(GuestBenchmarks, HaveTheNamesThatGoogleBenchmarkGivesThem) {
  const fs::path report = fresh_folder();
  ASSERT_EQ(run_scenario("benchmarks", report).exit_status, 0);
  expect_the_same_names(report, GUEST_BENCH_HOST);
}

TEST(GuestBenchmarks, TakeArgumentsAsGoogleBenchmarkDoes) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "s.yaml")
      << "name: names\nimage: {kernel: " << fs::path(UNIHARNESS_IMAGES) / "benchmark_names.elf"
      << "}\nclock: counted\nboots: 1\nchecks: [{ending: pass}]\n";
  const CommandResult run = uniharness({"run", "s.yaml", "--out", "out"}, folder);
  ASSERT_EQ(run.exit_status, 0) << run.output_tail;
  expect_the_same_names(folder / "out", BENCHMARK_NAMES_HOST);
  const json file = benchmarks_of(folder / "out");
  const json& batch = file["benchmarks"].back();
  EXPECT_EQ(batch["iterations"], 12);
  EXPECT_EQ(batch["rounds"], 3);
}

// The loop around it is the same: what is left of a benchmark is what it does.
TEST(GuestBenchmarks, CostWhatTheirLoopsMustCost) {
  const fs::path report = fresh_folder();
  ASSERT_EQ(run_scenario("benchmarks", report).exit_status, 0);
  const json file = benchmarks_of(report);
  EXPECT_EQ(file["context"]["unit"], "instructions");
  std::map<std::string, double> cost;
  for (const json& entry : file["benchmarks"]) cost[entry["name"]] = entry["real_time"];
  constexpr double kFewAroundTheLoop = 0.1;  // of a thousand rounds or more
  EXPECT_NEAR(cost.at("empty_loop"), 2, kFewAroundTheLoop);
  // Four instructions for each number more.
  EXPECT_NEAR(cost.at("sum/100") - cost.at("sum/10"), 4 * 90, kFewAroundTheLoop);
  EXPECT_NEAR(cost.at("sum/1000") - cost.at("sum/100"), 4 * 900, kFewAroundTheLoop);
  // One for each four bytes more.
  EXPECT_NEAR(cost.at("copy/4096") - cost.at("copy/512"), (4096 - 512) / 4, kFewAroundTheLoop);
  EXPECT_NEAR(cost.at("indirect_call") - cost.at("call"), 1, kFewAroundTheLoop);
}

TEST(GuestBenchmarks, ThatCannotBeMeasuredSayWhy) {
  const fs::path report = fresh_folder();
  EXPECT_EQ(run_scenario("misbehaving/failing-benchmark", report).exit_status, 1);
  std::map<std::string, std::string> errors;
  const json file = benchmarks_of(report);
  for (const json& entry : file["benchmarks"]) {
    errors[entry["name"]] = entry.value("error_message", "");
  }
  EXPECT_EQ(errors, (std::map<std::string, std::string>{
                        {"good", ""},
                        {"gives_up/1", ""},
                        {"gives_up/2", "more than one"},
                        {"without_a_loop", "it ran no loop over its State"},
                        {"no_multiplier", "RangeMultiplier() must be 2 or more"}}));
}

TEST(GuestBenchmarks, KnowTheirClockByThemselves) {
  const fs::path report = fresh_folder();
  run_scenario("misbehaving/failing-benchmark", report / "counted");
  run_scenario("misbehaving/failing-benchmark", report / "host", {"--clock", "host"});
  const json counted = benchmarks_of(report / "counted"), host = benchmarks_of(report / "host");
  EXPECT_EQ(counted["benchmarks"][0]["iterations"], 1000);
  EXPECT_GT(host["benchmarks"][0]["iterations"], 1000);
  EXPECT_FALSE(host["context"].contains("unit"));  // nanoseconds, as on the host
}

TEST(SideBySide, ShowsBothAndJudgesNothing) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "a.json") << R"({"context": {"host_name": "h"}, "benchmarks": [
    {"name": "call", "iterations": 1, "real_time": 2, "time_unit": "ns"}]})";
  std::ofstream(folder / "b.json") << R"({"context": {"host_name": "g"}, "benchmarks": [
    {"name": "call", "iterations": 1, "real_time": 9, "time_unit": "ns"}]})";
  std::ofstream(folder / "c.json") << R"({"context": {}, "benchmarks": [
    {"name": "other", "iterations": 1, "real_time": 9, "time_unit": "ns"}]})";
  const auto shown = [&](const char* right, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"compare", "--side-by-side", "a.json", right};
    words.insert(words.end(), more.begin(), more.end());
    return uniharness(words, folder);
  };
  const CommandResult good = shown("b.json", {"--markdown", "t.md"});
  EXPECT_EQ(good.exit_status, 0) << good.output_tail;
  EXPECT_NE(good.output_tail.find("4.5"), std::string::npos) << good.output_tail;
  EXPECT_NE(read_file(folder / "t.md").find("| call |"), std::string::npos);
  EXPECT_EQ(shown("c.json").exit_status, 5);
  EXPECT_EQ(shown("b.json", {"--json"}).exit_status, 2);
}

}  // namespace
}  // namespace harness
