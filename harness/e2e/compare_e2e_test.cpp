// Comparing reports of real guests.
#include <algorithm>
#include <fstream>

#include "base/files.h"
#include "e2e/gate_testing.h"

namespace harness {
namespace {

/// Reports to compare: one run of session20's guest, and copies of its record with one change.
class Compare : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fresh_folder();
    ASSERT_EQ(uniharness({"run", scenario_of("tinyllama", folder_), "--no-build", "-q", "--out",
                          folder_ / "base"})
                  .exit_status,
              0);
    record_ = read_file(folder_ / "base" / "record.json");
  }
  /// The base against its record with every `what` replaced.
  CommandResult against(const std::string& what, const std::string& with,
                        std::vector<std::string> more = {}) {
    std::string text = record_;
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size(), ++count) {
      text.replace(at, what.size(), with);
    }
    EXPECT_GT(count, 0u) << what;
    std::ofstream(folder_ / "new.json") << text;
    std::vector<std::string> arguments = {"compare", folder_ / "base", folder_ / "new.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return uniharness(arguments, folder_);
  }
  static void expect(const CommandResult& result, int status, const std::string& message) {
    EXPECT_EQ(result.exit_status, status) << result.output_tail;
    EXPECT_NE(result.output_tail.find(message), std::string::npos) << result.output_tail;
  }
  fs::path folder_;
  std::string record_;
};

TEST_F(Compare, EachFaultHasItsOwnStatusAndMessage) {
  expect(against("\"pass\"", "\"pass\""), 0, "unchanged");
  // A hundred times slower.
  expect(against("\"name\":\"sum_to_n\",\"cycles\":423219",
                 "\"name\":\"sum_to_n\",\"cycles\":42321900"),
         4, "regression     sum_to_n: 423,219 → 42,321,900 instructions (+41,898,681, +9900.00 %)");
  // min over avg.
  expect(against("\"min\":2843", "\"min\":2999"), 5, "are not in rising order (fibonacci)");
  // A number that vanished, and one that only has another name now.
  expect(against("{\"name\":\"bench.raw\",\"value\":70007,\"unit\":\"cycles\"},", ""), 5,
         "missing        bench.raw");
  expect(against("\"name\":\"bench.raw\"", "\"name\":\"bench.new\""), 5, "now called 'bench.new'?");
  // Other conditions.
  const std::string qemu = "\"qemu_version\":\"", other = "\"qemu_version\":\"9";
  expect(against(qemu, other), 5, "measured under other conditions: qemu: ");
  expect(against(qemu, other, {"--ignore-fingerprint"}), 0, "because it was asked for");
}

TEST_F(Compare, HostTimeOfAFewBootsIsInconclusive) {
  for (const char* name : {"one", "two"}) {
    uniharness({"run", scenario_of("tinyllama", folder_), "--no-build", "-q", "--clock", "host",
                "--boots", "2", "--out", folder_ / name});
  }
  const CommandResult few = uniharness({"compare", folder_ / "one", folder_ / "two"});
  // On a busy host a short time can be zero in one boot, which is invalid beside it.
  EXPECT_TRUE(few.exit_status == 6 || few.exit_status == 5) << few.output_tail;
  EXPECT_NE(few.output_tail.find("too few samples: 2 and 2"), std::string::npos) << few.output_tail;
  expect(uniharness({"compare", folder_ / "base", folder_ / "two"}), 5, "clock: counted and host");
}

TEST_F(Compare, NothingInCommonIsNotAPass) {
  const fs::path hello = folder_ / "google.json";
  std::ofstream(hello) << R"({"context": {}, "benchmarks": [{"name": "BM_x", "iterations": 1,
    "real_time": 5, "cpu_time": 5, "time_unit": "ns"}]})";
  expect(uniharness({"compare", folder_ / "base", hello, "--ignore-fingerprint"}), 5,
         "no number in common");
  // One sample is not a mean.
  expect(uniharness({"compare", hello, hello}), 6, "too few samples: 1 and 1");
  expect(uniharness({"compare", folder_ / "base", folder_ / "not-there"}), 2, "there is no");
}

TEST_F(Compare, AResultThatDoesNotArriveIsNoPass) {
  const fs::path base = folder_ / "base", baseline = folder_ / "b.json";
  ASSERT_EQ(accept(base, baseline, "first").exit_status, 0);
  const auto to_full = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {"sh", "-c", "exec \"$0\" \"$@\" >/dev/full",
                                        UNIHARNESS_PROGRAM};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run_command(command, folder_).exit_status;
  };
  EXPECT_EQ(to_full({"compare", base, base}), 3);
  EXPECT_EQ(to_full({"compare", base, base, "--json"}), 3);
  EXPECT_EQ(to_full({"baseline", "show", baseline}), 3);
}

TEST_F(Compare, WritesMarkdownAndJson) {
  const CommandResult json =
      against("\"min\":2843", "\"min\":2999", {"--json", "--markdown", folder_ / "pr" / "c.md"});
  EXPECT_TRUE(json.output_tail.starts_with("{")) << json.output_tail;
  expect(json, 5, "\"exit_status\": 5");
  EXPECT_TRUE(read_file(folder_ / "pr" / "c.md").starts_with("# Comparison: not_comparable"));
}

TEST_F(Compare, BenchmarkJsonOfARunComparesWithItself) {
  const fs::path file = folder_ / "base" / "benchmark.json";
  expect(uniharness({"compare", file, file}), 0, "20 unchanged");
}

TEST_F(Compare, FilesThatAreNamedAreTrustedToShowEveryLevelOfTheHostForFewNumbers) {
  const auto files = [&](int numbers) {
    std::vector<std::string> sides = {"compare"};
    for (const int ns : {1000, 1003, 998, 1001, 1002, 999, 1000, 1004, 1500}) {
      sides.push_back((folder_ / ("run" + std::to_string(sides.size()) + ".json")).string());
      std::ofstream file(sides.back());
      file << R"({"context": {}, "benchmarks": [)";
      for (int i = 0; i < numbers; ++i) {
        file << (i > 0 ? ", " : "") << R"({"name": "switch)" << i << R"(", "iterations": 1, )"
             << R"("run_type": "iteration", "time_unit": "ns", "real_time": )"
             << (i == 0 ? ns : 100 * i + ns % 3) << "}";
      }
      file << "]}";
    }
    return sides;
  };
  std::vector<std::string> few = files(5);
  expect(uniharness(few), 4, "switch");
  few.emplace_back("--several-runs-decide");
  expect(uniharness(few), 6, "runs more like it");
  std::vector<std::string> many = files(6);
  expect(uniharness(many), 6, "runs more like it");
  many.emplace_back("--one-run-decides");
  expect(uniharness(many), 4, "switch");
}

}  // namespace
}  // namespace harness
