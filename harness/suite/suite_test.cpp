// Choosing, splitting and settling: text in, value out.
#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <map>

#include "base/folder_testing.h"
#include "suite/outcome.h"
#include "suite/quarantine.h"
#include "suite/select.h"
#include "suite/shard.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

Attempt attempt(VerdictKind kind) { return {.verdict = {kind, "why"}}; }
Outcome settled(const std::vector<VerdictKind>& kinds, bool quarantined = false) {
  std::vector<Attempt> attempts;
  for (const VerdictKind kind : kinds) attempts.push_back(attempt(kind));
  return settle(attempts, quarantined);
}
InstanceResult result(Outcome outcome, VerdictKind kind = VerdictKind::fail) {
  return {.name = "a",
          .scenario_file = {},
          .folder = {},
          .outcome = outcome,
          .attempts = {attempt(kind)}};
}
template <class Function>
std::string complaint_of(Function function) {
  try {
    function();
  } catch (const UsageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
  return "";
}

TEST(Settle, OneAttempt) {
  EXPECT_EQ(settled({VerdictKind::pass}), Outcome::passed);
  EXPECT_EQ(settled({VerdictKind::skip}), Outcome::skipped);
  EXPECT_EQ(settled({VerdictKind::panic}), Outcome::failed);
  EXPECT_EQ(settled({VerdictKind::harness_error}), Outcome::failed);
  EXPECT_EQ(settled({VerdictKind::interrupted}), Outcome::not_run);
  EXPECT_EQ(settled({}), Outcome::not_run);
}
TEST(Settle, AFailureThatPassesWhenRunAgainIsFlakyNeverAPass) {
  EXPECT_EQ(settled({VerdictKind::idle, VerdictKind::pass}), Outcome::flaky);
  EXPECT_EQ(settled({VerdictKind::idle, VerdictKind::panic, VerdictKind::pass}), Outcome::flaky);
  EXPECT_EQ(settled({VerdictKind::idle, VerdictKind::skip}), Outcome::flaky);
  EXPECT_EQ(settled({VerdictKind::idle, VerdictKind::idle}), Outcome::failed);
  EXPECT_EQ(settled({VerdictKind::idle, VerdictKind::interrupted}), Outcome::not_run);
}
TEST(Settle, AQuarantineCoversTheGuestNotTheHarness) {
  EXPECT_EQ(settled({VerdictKind::panic}, true), Outcome::quarantined);
  EXPECT_EQ(settled({VerdictKind::invalid_data}, true), Outcome::quarantined);
  EXPECT_EQ(settled({VerdictKind::panic, VerdictKind::pass}, true), Outcome::quarantined);
  EXPECT_EQ(settled({VerdictKind::pass}, true), Outcome::passed);
  EXPECT_EQ(settled({VerdictKind::harness_error}, true), Outcome::failed);
}

TEST(SuiteStatus, IsTheMostSeriousOne) {
  const auto status = [](std::vector<InstanceResult> results, bool allow_flaky = false) {
    return status_of(results, allow_flaky);
  };
  EXPECT_EQ(status({}), ExitStatus::pass);
  EXPECT_EQ(status({result(Outcome::passed), result(Outcome::skipped)}), ExitStatus::pass);
  EXPECT_EQ(status({result(Outcome::quarantined), result(Outcome::not_run)}), ExitStatus::pass);
  EXPECT_EQ(status({result(Outcome::passed), result(Outcome::failed)}), ExitStatus::failed);
  const InstanceResult invalid = result(Outcome::failed, VerdictKind::truncated);
  const InstanceResult ours = result(Outcome::failed, VerdictKind::harness_error);
  EXPECT_EQ(status({result(Outcome::failed), invalid}), ExitStatus::invalid_data);
  EXPECT_EQ(status({result(Outcome::failed), ours, invalid}), ExitStatus::harness_error);
  EXPECT_EQ(status({result(Outcome::flaky)}), ExitStatus::failed);
  EXPECT_EQ(status({result(Outcome::flaky)}, true), ExitStatus::pass);
  EXPECT_EQ(status({result(Outcome::failed), result(Outcome::flaky)}, true), ExitStatus::failed);
}

TEST(Patterns, WithoutAsterisksArePartsOfTheName) {
  EXPECT_TRUE(matches("oo", "boot[model=q35]"));
  EXPECT_TRUE(matches("[model=q35]", "boot[model=q35]"));
  EXPECT_TRUE(matches("", "boot"));
  EXPECT_FALSE(matches("toob", "boot"));
}
TEST(Patterns, WithAsterisksMeanTheWholeName) {
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("boot*", "boot[model=q35]"));
  EXPECT_TRUE(matches("*[model=q??]", "boot[model=q35]"));
  EXPECT_TRUE(matches("b*t*5]", "boot[model=q35]"));
  EXPECT_TRUE(matches("*ab", "aab"));
  EXPECT_FALSE(matches("oo*", "boot"));
  EXPECT_FALSE(matches("boot?", "boot"));
  EXPECT_FALSE(matches("*b", "abc"));
}
TEST(Patterns, SeveralChooseTogetherAndExclamationMarksExclude) {
  const std::vector<std::string> two = {"a", "b"}, not_a = {"!a"}, a_not_b = {"a", "!b"};
  EXPECT_TRUE(chosen({}, "x"));
  EXPECT_TRUE(chosen(two, "xb"));
  EXPECT_FALSE(chosen(two, "x"));
  EXPECT_TRUE(chosen(not_a, "x"));
  EXPECT_FALSE(chosen(not_a, "xa"));
  EXPECT_TRUE(chosen(a_not_b, "a"));
  EXPECT_FALSE(chosen(a_not_b, "ab"));
}

TEST(ShardOption, IsAPartOfAWhole) {
  EXPECT_EQ(parse_shard("2/5")->index, 2u);
  EXPECT_EQ(parse_shard("2/5")->count, 5u);
  for (const char* wrong : {"", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1/", "/2"}) {
    EXPECT_FALSE(parse_shard(wrong)) << wrong;
  }
}
TEST(Shards, TheLongestGoFirstToThePartWithTheLeastToDo) {
  EXPECT_EQ(assign_shards({"a", "b", "c", "d", "e", "f"}, {1s, 8s, 2s, 7s, 3s, 3s}, 2),
            (std::vector<std::size_t>{1, 1, 2, 2, 2, 1}));
}
TEST(Shards, AreOfOneSizeWhereNothingIsKnown) {
  EXPECT_EQ(assign_shards({"a", "b", "c", "d", "e"}, estimates({{}, {}, {}, {}, {}}), 2),
            (std::vector<std::size_t>{1, 2, 1, 2, 1}));
}
TEST(Shards, DoNotDependOnTheOrderInWhichInstancesAreGiven) {
  const auto durations = estimates({{}, {}, {}, {}});
  EXPECT_EQ(assign_shards({"a", "b", "c", "d"}, durations, 3),
            (std::vector<std::size_t>{1, 2, 3, 1}));
  EXPECT_EQ(assign_shards({"c", "d", "a", "b"}, durations, 3),
            (std::vector<std::size_t>{3, 1, 1, 2}));
}
TEST(Shards, CoverEveryInstanceOnceAndAreBalanced) {
  std::vector<std::chrono::nanoseconds> durations;
  for (int i = 0; i < 100; ++i) durations.emplace_back((i * 7919) % 1000 + 1);
  const std::vector<std::string> names(durations.size(), "x");
  const std::vector<std::size_t> shard_of = assign_shards(names, durations, 4);
  std::map<std::size_t, std::chrono::nanoseconds> work;
  for (std::size_t i = 0; i < durations.size(); ++i) work[shard_of[i]] += durations[i];
  ASSERT_EQ(work.size(), 4u);
  for (const auto& [shard, sum] : work) {
    EXPECT_LE(sum - work[1], 1000ns) << shard;
    EXPECT_LE(work[1] - sum, 1000ns) << shard;
  }
}
TEST(Shards, AnUnknownDurationCountsAsTheMedian) {
  EXPECT_EQ(estimates({5s, {}, 1s, 9s}), (std::vector<std::chrono::nanoseconds>{5s, 5s, 1s, 9s}));
}
TEST(Shards, AReportThatCannotBeReadIsAnUnknownDuration) {
  const TestFolder folder;
  std::ofstream(folder.path / "record.json") << "{";
  EXPECT_FALSE(last_duration(folder.path));
  EXPECT_FALSE(last_duration(folder.path / "none"));
}

// ---- files ----------------------------------------------------------------------------------

struct Files : testing::Test {
  TestFolder temporary;
  fs::path folder = temporary.path;
  Files() { fs::create_directories(folder / "sub"); }
  std::string add(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name) << text;
    return folder / name;
  }
  [[nodiscard]] std::vector<std::string> names(const std::vector<std::string>& words) const {
    std::vector<std::string> found;
    for (const fs::path& file : scenario_files(words)) found.push_back(file.filename());
    return found;
  }
};

TEST_F(Files, OfFoldersAndGlobsAreSortedAndCountOnce) {
  for (const char* name : {"b.yaml", "a.yaml", "B.yaml", "c.txt", "sub/d.yaml"}) add(name, "");
  using Names = std::vector<std::string>;
  EXPECT_EQ(names({folder}), (Names{"B.yaml", "a.yaml", "b.yaml"}));
  EXPECT_EQ(names({folder / "*.yaml"}), (Names{"B.yaml", "a.yaml", "b.yaml"}));
  add("comparison.yaml", "name: c\nsides: []\n");
  EXPECT_EQ(names({folder}), (Names{"B.yaml", "a.yaml", "b.yaml"}));
  EXPECT_EQ(names({folder / "comparison.yaml"}), (Names{"comparison.yaml"}));
  std::filesystem::remove(folder / "comparison.yaml");
  EXPECT_EQ(names({folder / "b.yaml", folder / "[ab].yaml", folder / "sub/../a.yaml"}),
            (Names{"b.yaml", "a.yaml"}));
}
TEST_F(Files, AWordThatMeansNoneIsAMistake) {
  EXPECT_NE(complaint_of([&] { (void)names({folder / "*.yaml"}); }).find("no file matches"),
            std::string::npos);
  EXPECT_NE(complaint_of([&] { (void)names({folder}); }).find("holds no .yaml file"),
            std::string::npos);
}
TEST_F(Files, MistakesOfAllFilesAreToldTogether) {
  const std::vector<fs::path> files = {add("a.yaml", "name: a\nimage: {}\n"),
                                       add("b.yaml", "name: b\nimage: {disk: d}\nboots: none\n")};
  const std::string told = complaint_of([&] { load_all(files); });
  EXPECT_NE(told.find("a.yaml:2:8"), std::string::npos) << told;
  EXPECT_NE(told.find("b.yaml:3:8"), std::string::npos) << told;
}
TEST_F(Files, TwoScenariosOfOneNameAreAMistake) {
  const std::vector<fs::path> files = {add("a.yaml", "name: a\nimage: {disk: d}\n"),
                                       add("b.yaml", "name: a\nimage: {disk: d}\n")};
  const std::string told = complaint_of([&] { load_all(files); });
  EXPECT_NE(told.find("'a' is the name of two scenarios"), std::string::npos) << told;
}

// ---- quarantine -----------------------------------------------------------------------------

std::vector<Instance> named(const std::vector<std::string>& names) {
  std::vector<Instance> instances(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) instances[i].scenario.name = names[i];
  return instances;
}
std::string quarantine_complaint(const char* text) {
  return complaint_of([&] { parse_quarantine(text, "q.yaml"); });
}

TEST(Quarantine, MarksWhatItNamesUntilItsLastDay) {
  const auto entries =
      parse_quarantine("- {name: 'boot*', reason: 'issue 12', until: 2026-12-31}\n", "q.yaml");
  std::vector<Instance> instances = named({"boot[model=pc]", "smoke"});
  EXPECT_TRUE(apply_quarantine(entries, "2026-12-31", true, instances).empty());
  EXPECT_EQ(instances[0].quarantine, "until 2026-12-31: issue 12");
  EXPECT_EQ(instances[1].quarantine, "");
}
TEST(Quarantine, PastItsDayAnEntryHasNoEffectAndSaysSo) {
  const auto entries =
      parse_quarantine("- {name: boot, reason: 'issue 12', until: 2026-12-31}\n", "q.yaml");
  std::vector<Instance> instances = named({"boot"});
  const auto messages = apply_quarantine(entries, "2027-01-01", true, instances);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0],
            "q.yaml:1:3: the quarantine of 'boot' ended on 2026-12-31 and has no effect");
  EXPECT_EQ(instances[0].quarantine, "");
}
TEST(Quarantine, AnEntryThatNamesNothingIsToldForAWholeSuite) {
  const auto entries = parse_quarantine("- {name: x, reason: r, until: 2026-12-31}\n", "q.yaml");
  std::vector<Instance> instances = named({"boot"});
  EXPECT_EQ(apply_quarantine(entries, "2026-01-01", true, instances).size(), 1u);
  EXPECT_TRUE(apply_quarantine(entries, "2026-01-01", false, instances).empty());
}
TEST(Quarantine, MistakesAreToldWithTheirPlace) {
  EXPECT_NE(quarantine_complaint("- {name: x, until: 2026-12-31}\n").find("q.yaml:1:3"),
            std::string::npos);
  EXPECT_NE(quarantine_complaint("- {name: x, until: 2026-12-31}\n").find("lacks the key 'reason'"),
            std::string::npos);
  EXPECT_NE(quarantine_complaint("- {name: x, reason: r}\n").find("lacks the key 'until'"),
            std::string::npos);
  EXPECT_NE(quarantine_complaint("- {name: x, reson: r, until: 2026-12-31}\n").find("'reason'?"),
            std::string::npos);
  EXPECT_NE(quarantine_complaint("name: x\n").find("this is a map"), std::string::npos);
  for (const char* day : {"2026-02-29", "2026-13-01", "26-01-01", "tomorrow", "2026-1-1"}) {
    const std::string text = std::string("- {name: x, reason: r, until: ") + day + "}\n";
    EXPECT_NE(quarantine_complaint(text.c_str()).find("q.yaml:1:31: until:"), std::string::npos)
        << quarantine_complaint(text.c_str());
  }
}

}  // namespace
}  // namespace harness
