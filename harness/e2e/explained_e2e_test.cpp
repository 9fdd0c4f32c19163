// A failure explains itself: what a user sees of guests with a known fault, without any other file.
#include <algorithm>
#include <fstream>
#include <utility>

#include "e2e/browser.h"
#include "e2e/e2e.h"
#include "page/html_testing.h"
#include "page/xml_testing.h"

namespace harness {
namespace {

std::size_t count_of_elements(const fs::path& junit, const std::string& name) {
  std::size_t count = 0;
  for (const XmlElement& element : XmlReader::read(read_file(junit))) count += element.name == name;
  return count;
}

/// A scenario that boots a disk of the build without naming what made it.
fs::path foreign_scenario(const fs::path& folder, const std::string& symbols) {
  const fs::path file = folder / "foreign.yaml";
  const std::string images = UNIHARNESS_IMAGES;
  std::ofstream(file) << "name: foreign\nimage:\n  disk: " << images << "/guest_exception.img\n"
                      << (symbols.empty() ? "" : "  symbols: " + images + "/" + symbols + "\n")
                      << "clock: counted\nlimits: {wall: 60s, idle: 60s}\nchecks:\n"
                      << "  - complete: true\n";
  return file;
}

/// Of a report; where a page may break a name is no part of it.
std::string text_of(const fs::path& report) {
  std::string text = read_file(report);
  for (std::size_t at = 0; (at = text.find("<wbr>", at)) != text.npos;) text.erase(at, 5);
  return text;
}

TEST(Explained, ACrashNamesItsFunctionLineAndInstruction) {
  const fs::path report = fresh_folder();
  const std::string text = run_scenario("misbehaving/exception", report).output_tail;
  for (const char* part :
       {"#0 0x", "execute_nonsense()+0x", "#1 0x", "run(kernel::System&)+0x",
        "guest_exception.cpp:6", "instruction: ud2", "eip=0x", "in execute_nonsense() at "}) {
    EXPECT_NE(text.find(part), text.npos) << part << "---\n" << text;
  }
  for (const char* file : {"report.html", "report.md", "junit.xml", "record.json"}) {
    const std::string page = text_of(report / file);
    EXPECT_NE(page.find("guest_exception.cpp"), page.npos) << file;
    EXPECT_NE(page.find("ud2"), page.npos) << file;
  }
  EXPECT_EQ(count_of_elements(report / "junit.xml", "failure"),
            2u);  // and the check that it did not keep
  const RunRecord record = saved_record(report);
  ASSERT_TRUE(record.boots[0].crash_site);
  EXPECT_EQ(record.boots[0].crash_site->frames[0].line, 6u);
}

TEST(Explained, AResetAndAHangNameTheFunctionAndTheLineThatTheGuestWasIn) {
  for (const auto& [name, said] : {std::pair{"triple_fault", "boot 1 reset the machine here:"},
                                   std::pair{"halt_cli", "boot 1 was here when it was ended:"}}) {
    const fs::path report = fresh_folder();
    std::string scenario = std::string("misbehaving/") + name;
    std::ranges::replace(scenario, '_', '-');
    const std::string text = run_scenario(scenario, report).output_tail;
    for (const std::string& part : {std::string(said), std::string("#0 0x"),
                                    std::string(name) + ".cpp:", std::string("eip=0x")}) {
      EXPECT_NE(text.find(part), text.npos) << part << "---\n" << text;
    }
    for (const char* file : {"report.html", "report.md", "junit.xml", "record.json"}) {
      EXPECT_NE(text_of(report / file).find(std::string(name) + ".cpp"), std::string::npos) << file;
    }
  }
  const fs::path passed = fresh_folder();
  run_scenario("smoke", passed);
  EXPECT_FALSE(saved_record(passed).boots[0].crash_site) << "of one that ended well";
}

TEST(Explained, SymbolsOfAForeignImageAreThoseThatTheScenarioNames) {
  const fs::path folder = fresh_folder();
  const auto run = [&](const std::string& symbols) {
    return uniharness({"run", foreign_scenario(folder, symbols), "--out", folder / "out"})
        .output_tail;
  };
  const std::string with = run("guest_exception.elf");
  EXPECT_NE(with.find("execute_nonsense()"), with.npos) << with;
  const std::string without = run("");
  EXPECT_NE(without.find("no symbols: image.symbols names"), without.npos) << without;
  const std::string others = run("guest_panic.elf");
  EXPECT_EQ(others.find("execute_nonsense()"), others.npos) << others;
  const std::string gone = run("gone.elf");
  EXPECT_NE(gone.find("gone.elf"), gone.npos);
  EXPECT_EQ(gone.find("PANIC"), gone.npos) << gone;
}

TEST(Explained, AFailedTestShowsWhatItPrintedAndIsOneFailure) {
  const fs::path report = fresh_folder();
  const std::string text = run_scenario("misbehaving/failing-tests", report).output_tail;
  EXPECT_NE(text.find("test Comparisons.TellBothValues"), text.npos) << text;
  EXPECT_NE(text.find("Expected equality of these values:"), text.npos) << text;
  EXPECT_NE(text.find("FAIL  failing-tests: failed tests: Comparisons.TellBothValues"), text.npos);
  EXPECT_EQ(count_of_elements(report / "junit.xml", "failure"), 6u);
  EXPECT_EQ(count_of_elements(report / "junit.xml", "error"), 0u);
  const std::string page = read_file(report / "report.html");
  EXPECT_NE(page.find("failing_tests.cpp:47"), page.npos);
}

TEST(Explained, ATestThatFailedFailsTheRunWhateverTheAppReturns) {
  const CommandResult result = run_scenario("misbehaving/unreported-failure", fresh_folder());
  EXPECT_EQ(result.exit_status, 1);
  EXPECT_NE(result.output_tail.find("unreported_failure.cpp:9: 7 * 6 is 41"), std::string::npos)
      << result.output_tail;
}

TEST(Explained, ASuitesJunitHasTheTestsByName) {
  const fs::path folder = fresh_folder();
  uniharness({"run", scenario_file("misbehaving/failing-tests"),
              scenario_file("misbehaving/unreported-failure"), scenario_file("hello-c"),
              "--no-build", "--out", folder});
  std::string failed;
  for (const XmlElement& element : XmlReader::read(read_file(folder / "junit.xml"))) {
    if (element.name == "testcase" && element.attributes.at("name") == "multiplies") {
      failed = element.attributes.at("classname");
    }
  }
  EXPECT_EQ(failed, "unreported-failure");
  const std::string index = read_file(folder / "index.html");
  EXPECT_EQ(HtmlReader::fault_in(index), "");
  EXPECT_NE(index.find("href=\"unreported-failure/report.html\""), index.npos);
  EXPECT_TRUE(fs::exists(folder / "unreported-failure/report.html"));
  EXPECT_EQ(count_of_elements(folder / "junit.xml", "failure"), 7u);
  EXPECT_EQ(count_of_elements(folder / "junit.xml", "error"), 0u);
}

TEST(Explained, ASuitesPageSortsAndSearchesInABrowser) {
  if (!has_browser()) GTEST_SKIP() << "chromium is not installed: ci/setup.sh installs it";
  const fs::path folder = fresh_folder();
  uniharness({"run", scenario_file("hello-c"), scenario_file("misbehaving/skip"), "--no-build",
              "--out", folder});
  const OpenedPage page = open_page(address_of(folder / "index.html"), folder);
  EXPECT_EQ(page.messages, "");  // no script was refused
  EXPECT_NE(page.dom.find("<button type=\"button\">Time</button>"), page.dom.npos);
  EXPECT_NE(page.dom.find("<output aria-live=\"polite\">2</output>"), page.dom.npos);
}

TEST(Explained, AStepOfGithubGetsAnnotationsAndASummary) {
  const fs::path folder = fresh_folder();
  const fs::path summary = folder / "summary.md";
  const auto run = [&](std::vector<std::string> more) {
    std::vector<std::string> command = {"env",
                                        "GITHUB_ACTIONS=true",
                                        "GITHUB_STEP_SUMMARY=" + summary.string(),
                                        UNIHARNESS_PROGRAM,
                                        "run",
                                        scenario_file("misbehaving/unreported-failure"),
                                        "--no-build",
                                        "--out",
                                        folder / "out"};
    command.insert(command.end(), more.begin(), more.end());
    return run_command(command, "/").output_tail;
  };
  const std::string text = run({});
  EXPECT_NE(text.find("\n::error file=unreported_failure.cpp,line=9,title=test multiplies::"),
            text.npos)
      << text;
  EXPECT_NE(read_file(summary).find("# unreported"), std::string::npos);
  EXPECT_EQ(run({"--json"}).find("::error"), std::string::npos);
}

}  // namespace
}  // namespace harness
