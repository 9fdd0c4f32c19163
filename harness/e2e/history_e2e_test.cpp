// The history as a user and a CI job meet it.
#include <fstream>

#include "base/files.h"
#include "base/json.h"
#include "e2e/e2e.h"

namespace harness {
namespace {

bool has(const CommandResult& result, const std::string& part) {
  return result.output_tail.find(part) != std::string::npos;
}

/// Runs session20 with --record into history.db of `folder`.
CommandResult record_run(const fs::path& folder, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"--record", "--db", folder / "history.db", "-q"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_scenario("session20", folder / "report", arguments);
}
CommandResult history(const fs::path& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "history");
  arguments.insert(arguments.end(), {"--db", folder / "history.db"});
  return uniharness(arguments, folder);
}
void commit_all(const fs::path& folder, const std::string& message) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"add", "."}, {"commit", "-q", "-m", message}}) {
    std::vector<std::string> argv = {"git", "-c", "user.name=t", "-c", "user.email=t@t"};
    argv.insert(argv.end(), words.begin(), words.end());
    ASSERT_EQ(run_command(argv, folder).exit_status, 0);
  }
}

TEST(History, RecordedRunsAreListedShownAndExported) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(record_run(folder).exit_status, 0);
  ASSERT_EQ(record_run(folder).exit_status, 0);
  const CommandResult list = history(folder, {});
  EXPECT_EQ(list.exit_status, 0);
  EXPECT_TRUE(has(list, "session20  fibonacci avg")) << list.output_tail;

  const CommandResult shown = history(folder, {"fibonacci avg", "--scenario", "session20"});
  EXPECT_EQ(shown.exit_status, 0);
  EXPECT_TRUE(has(shown, "2 runs")) << shown.output_tail;
  EXPECT_TRUE(has(shown, "exact: each change is a step")) << shown.output_tail;
  EXPECT_TRUE(has(shown, "no step")) << shown.output_tail;

  const CommandResult json = history(folder, {"fibonacci avg", "--json"});
  EXPECT_TRUE(is_valid_json(json.output_tail)) << json.output_tail;

  std::ifstream page(folder / "report" / "report.html");
  EXPECT_NE(std::string(std::istreambuf_iterator<char>(page), {}).find("<h2>History</h2>"),
            std::string::npos);
  // The report of the second run is in the history already.
  EXPECT_TRUE(has(history(folder, {"add", folder / "report"}), "0 runs added, 1 were there"));
}

TEST(History, ADatabaseNamedBeforeTheSubcommandIsTheOneThatIsUsed) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(record_run(folder).exit_status, 0);
  ASSERT_EQ(history(folder, {"export", "runs.jsonl"}).exit_status, 0);
  const CommandResult import = uniharness(
      {"history", "--db", (folder / "other.db").string(), "import", "runs.jsonl"}, folder);
  EXPECT_EQ(import.exit_status, 0) << import.output_tail;
  EXPECT_TRUE(fs::exists(folder / "other.db"));
  EXPECT_FALSE(fs::exists(folder / "reports" / "history.db")) << "the user's own";
  EXPECT_EQ(uniharness({"history", "--json", "import", "runs.jsonl"}, folder).exit_status, 2);
}

TEST(History, RunsOfItCompareWithEachOtherAndWithReports) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(record_run(folder).exit_status, 0);
  ASSERT_EQ(record_run(folder).exit_status, 0);
  const auto compare = [&](const std::string& base, const std::string& candidate) {
    return run_command({"/usr/bin/env", "UNIHARNESS_HISTORY=" + (folder / "history.db").string(),
                        UNIHARNESS_PROGRAM, "compare", base, candidate},
                       folder);
  };
  const CommandResult same = compare("history:session20~1", "history:session20");
  EXPECT_EQ(same.exit_status, 0) << same.output_tail;
  EXPECT_TRUE(has(same, "26 unchanged")) << same.output_tail;
  const CommandResult report = compare("history:session20", folder / "report");
  EXPECT_EQ(report.exit_status, 0) << report.output_tail;
  EXPECT_TRUE(has(report, "26 unchanged")) << report.output_tail;
  EXPECT_EQ(history(folder, {"size app"}).exit_status, 0);
  EXPECT_EQ(history(folder, {"heap_peak"}).exit_status, 0);

  const CommandResult too_far = compare("history:session20~2", "history:session20");
  EXPECT_EQ(too_far.exit_status, 2);
  EXPECT_TRUE(has(too_far, "the history has 2 runs of 'session20'")) << too_far.output_tail;
  EXPECT_EQ(compare("history:session20~x", "history:session20").exit_status, 2);
  const CommandResult nameless = compare("history:", "history:session20");
  EXPECT_EQ(nameless.exit_status, 2) << nameless.output_tail;
  EXPECT_TRUE(has(nameless, "names no scenario")) << nameless.output_tail;
  EXPECT_TRUE(has(nameless, "one of: session20")) << nameless.output_tail;
  EXPECT_EQ(compare("history:other", "history:session20").exit_status, 2);
}

TEST(History, ItsLastRunsAreABaseWithoutTheRunItself) {
  const fs::path folder = fresh_folder();
  for (int i = 0; i < 3; ++i) ASSERT_EQ(record_run(folder).exit_status, 0);
  const auto with_history = [&](std::vector<std::string> arguments) {
    std::vector<std::string> command = {"/usr/bin/env",
                                        "UNIHARNESS_HISTORY=" + (folder / "history.db").string(),
                                        UNIHARNESS_PROGRAM};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run_command(command, folder);
  };
  const CommandResult same = with_history({"compare", "history:session20@5", "report"});
  EXPECT_EQ(same.exit_status, 0) << same.output_tail;
  EXPECT_TRUE(has(same, "session20: 2 runs, the newest history:session20 (")) << same.output_tail;
  const CommandResult gate = with_history({"gate", scenario_file("session20"), "--no-build",
                                           "--baseline", "history:session20@2", "--out", "gated"});
  EXPECT_EQ(gate.exit_status, 0) << gate.output_tail;
  EXPECT_TRUE(has(gate, "this run is not kept for the next gate")) << gate.output_tail;
  for (const std::string wrong : {"history:session20@", "history:session20@0", "history:@3",
                                  "history:session20@1001", "history:other@3"}) {
    EXPECT_EQ(with_history({"compare", wrong, "report"}).exit_status, 2) << wrong;
  }
  EXPECT_EQ(with_history({"compare", "report", "history:session20@3"}).exit_status, 2);
}

TEST(History, ExportAndImportGiveTheSameHistory) {
  const fs::path folder = fresh_folder(), other = folder / "other";
  fs::create_directories(other);
  ASSERT_EQ(record_run(folder).exit_status, 0);
  ASSERT_EQ(record_run(folder).exit_status, 0);
  const fs::path lines = folder / "h.jsonl";
  ASSERT_EQ(history(folder, {"export", lines}).exit_status, 0);
  EXPECT_TRUE(has(history(other, {"import", lines}), "2 runs added"));
  EXPECT_TRUE(has(history(other, {"import", lines}), "0 runs added, 2 were there already"));
  ASSERT_EQ(history(other, {"export", other / "h.jsonl"}).exit_status, 0);
  EXPECT_EQ(read_file(other / "h.jsonl"), read_file(lines));
}

TEST(History, DamagedLineLeavesTheHistoryAsItWas) {
  const fs::path folder = fresh_folder(), lines = folder / "h.jsonl";
  ASSERT_EQ(record_run(folder).exit_status, 0);
  ASSERT_EQ(history(folder, {"export", lines}).exit_status, 0);
  std::string text = read_file(lines);
  // A run that is not there yet, then one that cannot be.
  text.replace(text.find("\"identity\":\"") + 12, 4, "0123");
  std::ofstream(lines) << text << "{\"schema\":1}\n";
  const CommandResult result = history(folder, {"import", lines});
  EXPECT_EQ(result.exit_status, 5);
  EXPECT_TRUE(has(result, "h.jsonl:2: error: identity: missing")) << result.output_tail;
  EXPECT_TRUE(has(history(folder, {"fibonacci avg"}), "1 run,"));
}

TEST(History, StepFallsOnACommit) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(run_command({"git", "init", "-q"}, folder).exit_status, 0);
  const auto run_at = [&](const std::string& target) {
    std::ofstream(folder / "s.yaml")
        << "name: s\nimage: {target: " << target << ", disk: " << target << ".img}\n";
    std::ofstream(folder / ".gitignore") << "report\n*.db*\n";
    commit_all(folder, target);
    const CommandResult head = run_command({"git", "rev-parse", "HEAD"}, folder);
    EXPECT_EQ(uniharness({"run", "s.yaml", "--no-build", "-q", "--out", "report", "--record",
                          "--db", "history.db"},
                         folder)
                  .exit_status,
              0);
    return head.output_tail.substr(0, 10);
  };
  const std::string before = run_at("tinyllama"), after = run_at("tinyllama_plus_fibonacci");
  const CommandResult shown = history(folder, {"fibonacci avg"});
  EXPECT_TRUE(has(shown, "2,843 -> 2,844  +1 (+0.04 %)  " + before + " -> " + after + "\n"))
      << shown.output_tail;

  // What differs from the commit is marked.
  std::ofstream(folder / "s.yaml", std::ios::app) << "# changed\n";
  uniharness(
      {"run", "s.yaml", "--no-build", "-q", "--out", "report", "--record", "--db", "history.db"},
      folder);
  const std::string lines = history(folder, {"export"}).output_tail;
  EXPECT_NE(lines.find("\"dirty\":true"), std::string::npos);
}

TEST(History, UnknownNamesGetTheNearest) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(record_run(folder).exit_status, 0);
  const CommandResult metric = history(folder, {"fibonaci avg"});
  EXPECT_EQ(metric.exit_status, 2);
  EXPECT_TRUE(has(metric, "did you mean 'fibonacci avg'?")) << metric.output_tail;
  const CommandResult scenario = history(folder, {"Init", "--scenario", "sesion20"});
  EXPECT_EQ(scenario.exit_status, 2);
  EXPECT_TRUE(has(scenario, "did you mean 'session20'?")) << scenario.output_tail;
}

TEST(History, RefusedDatabaseDoesNotHideTheResultOfTheRun) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "history.db") << std::string(5000, 'x');
  const CommandResult result = record_run(folder);
  EXPECT_EQ(result.exit_status, 5);
  EXPECT_TRUE(has(result, "PASS")) << result.output_tail;
  EXPECT_TRUE(has(result, "is not a history")) << result.output_tail;
  EXPECT_EQ(read_file(folder / "history.db"), std::string(5000, 'x'));
  EXPECT_TRUE(fs::exists(folder / "report" / "record.json"));
}

TEST(History, WithoutOneTheHintSaysHowToStart) {
  const CommandResult result = history(fresh_folder(), {});
  EXPECT_EQ(result.exit_status, 5);
  EXPECT_TRUE(has(result, "--record")) << result.output_tail;
}

TEST(History, SuiteRecordsEachInstance) {
  const fs::path folder = fresh_folder();
  const CommandResult result = uniharness(
      {"run", scenario_file("boot-multiboot"), scenario_file("boot-pvh"), "--no-build", "-q", "-j",
       "2", "--out", folder / "out", "--record", "--db", folder / "history.db"},
      folder);
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  const CommandResult list = history(folder, {});
  EXPECT_TRUE(has(list, "boot-multiboot")) << list.output_tail;
  EXPECT_TRUE(has(list, "boot-pvh")) << list.output_tail;

  // The folder of both reports stands for both.
  EXPECT_TRUE(has(history(folder, {"add", folder / "out"}), "0 runs added, 2 were there already"));
  EXPECT_EQ(uniharness({"calibrate", folder / "out"}, folder).exit_status, 6);
}

TEST(Calibrate, FewRunsAreInconclusiveAndFoldersWillDo) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(record_run(folder).exit_status, 0);
  const CommandResult few = uniharness({"calibrate", "--db", folder / "history.db"}, folder);
  EXPECT_EQ(few.exit_status, 6);
  EXPECT_TRUE(has(few, "fewer than 10 pairs")) << few.output_tail;
  const CommandResult file = uniharness({"calibrate", folder / "history.db"}, folder);
  EXPECT_EQ(file.exit_status, 2);
  EXPECT_TRUE(has(file, "--db FILE names a history")) << file.output_tail;

  // Eleven runs: the same report, each at its own time.
  std::vector<std::string> arguments = {"calibrate"};
  const std::string record = read_file(folder / "report" / "record.json");
  const std::size_t at = record.find("\"started_at\": \"") + 15;
  for (int i = 0; i < 11; ++i) {
    const fs::path copy = folder / std::to_string(i);
    fs::copy(folder / "report", copy);
    std::string later = record;
    later.replace(at, 20, "2026-01-01T00:00:" + std::to_string(10 + i) + "Z");
    std::ofstream(copy / "record.json") << later;
    arguments.push_back(copy);
  }
  const CommandResult enough = uniharness(arguments, folder);
  EXPECT_EQ(enough.exit_status, 0) << enough.output_tail;
  EXPECT_TRUE(has(enough, "session20 (counted clock): 11 runs, 10 pairs")) << enough.output_tail;
  EXPECT_TRUE(has(enough, "0.0 % (0.0 % to 30.8 %)")) << enough.output_tail;
  EXPECT_TRUE(has(enough, "26 numbers exact")) << enough.output_tail;
  EXPECT_TRUE(has(enough, "'phase boot sector'")) << enough.output_tail;
  arguments.push_back("--json");
  EXPECT_TRUE(is_valid_json(uniharness(arguments, folder).output_tail));
}

}  // namespace
}  // namespace harness
