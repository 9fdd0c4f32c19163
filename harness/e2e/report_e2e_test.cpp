// `uniharness report` as a user and a CI job meet it.
#include <fstream>

#include "e2e/e2e.h"

namespace harness {
namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

CommandResult report(const fs::path& folder, std::vector<std::string> more = {}) {
  std::ofstream(folder / "plan.yaml")
      << "name: two\nsides:\n  - {name: multiboot, scenario: " << scenario_file("boot-multiboot")
      << "}\n  - {name: pvh, scenario: " << scenario_file("boot-pvh") << "}\n";
  std::vector<std::string> arguments = {"report", "comparison", folder / "plan.yaml",
                                        "--out",  folder,       "-q"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return uniharness(arguments, folder);
}

TEST(Report, ComparisonIsTheSameToTheByteAndAnEditIsFound) {
  const fs::path folder = fresh_folder(), file = folder / "PERFORMANCE_COMPARISON.md";
  EXPECT_EQ(report(folder, {"--check"}).exit_status, 5) << "there is none yet";
  ASSERT_EQ(report(folder).exit_status, 0);
  const std::string first = text_of(file);
  EXPECT_NE(first.find("| multiboot |"), std::string::npos) << first;
  EXPECT_TRUE(fs::exists(folder / "PERFORMANCE_COMPARISON.html"));
  EXPECT_EQ(report(folder, {"--check"}).exit_status, 0);

  std::string edited = first;
  edited.replace(edited.find("| Init |"), 8, "| init |");
  std::ofstream(file) << edited;
  const CommandResult found = report(folder, {"--check"});
  EXPECT_EQ(found.exit_status, 4);
  EXPECT_NE(found.output_tail.find("  + | Init |"), std::string::npos) << found.output_tail;
  EXPECT_EQ(text_of(file), edited) << "--check writes nothing";
}

TEST(Report, ComparisonHoldsHostTimesThatWereMeasured) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(report(folder, {"--host-boots", "5"}).exit_status, 0);
  const std::string text = text_of(folder / "PERFORMANCE_COMPARISON.md");
  EXPECT_NE(text.find("## Boot, host time"), std::string::npos) << text;
  // The series is kept: without measuring again the same bytes come out.
  ASSERT_EQ(report(folder).exit_status, 0);
  EXPECT_EQ(text_of(folder / "PERFORMANCE_COMPARISON.md"), text);
}

TEST(Report, SummaryIsCurrentUntilSomethingChanges) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(run_scenario("session20", folder / "run", {"-q"}).exit_status, 0);
  const fs::path baseline = folder / "baseline.json", roadmap = folder / "ROADMAP.md";
  ASSERT_EQ(uniharness({"baseline", "accept", folder / "run", "--baseline", baseline, "--why",
                        "first numbers"})
                .exit_status,
            0);
  std::ofstream(roadmap) << "## Soon\n- [ ] one thing\n";
  std::vector<std::string> words = {"report",     "summary", folder / "run",
                                    "--baseline", baseline,  "--roadmap",
                                    roadmap,      "--out",   folder / "summary.md"};
  ASSERT_EQ(uniharness(words).exit_status, 0);
  const std::string text = text_of(folder / "summary.md");
  EXPECT_NE(text.find("0 changed."), std::string::npos) << text;
  EXPECT_NE(text.find("- Soon: one thing"), std::string::npos) << text;
  EXPECT_EQ(text.find("phase firmware"), std::string::npos) << "it waits for the disk";
  words.push_back("--check");
  EXPECT_EQ(uniharness(words).exit_status, 0);
  std::ofstream(roadmap) << "## Soon\n- [ ] another thing\n";
  EXPECT_EQ(uniharness(words).exit_status, 4);
}

}  // namespace
}  // namespace harness
