#include "baseline/baseline.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace harness {
namespace {

Series series(const std::string& name, std::vector<double> samples) {
  return {.name = name,
          .unit = "instructions",
          .better = Direction::lower,
          .noisy = false,
          .samples = std::move(samples),
          .fault = {},
          .tolerance = {},
          .limit = {}};
}

Measurements numbers(double fibonacci) {
  return {.scenario = "session20",
          .source = "reports/session20",
          .fingerprint = {{"qemu", "7.2.22"}, {"clock", "counted"}},
          .series = {series("fibonacci avg", {fibonacci, fibonacci}), series("Total", {9, 9})},
          .fault = {}};
}

std::string refusal(const std::string& json) {
  try {
    baseline_from_json(json, "b.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::invalid_data);
    return error.what();
  }
  return "accepted";
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, text.npos) << what;
  return text.replace(at, what.size(), with);
}

TEST(Baseline, ComesBackAsItWasWritten) {
  auto baseline = accept(nullptr, numbers(2842), "first \"numbers\"", "2026-11-24");
  ASSERT_TRUE(baseline);
  baseline->numbers.series[1].tolerance = parse_tolerance("2%");
  baseline->numbers.series[1].limit = 12;
  const std::string json = baseline_to_json(*baseline);
  ASSERT_TRUE(is_baseline(json_root(json)));
  const Baseline back = baseline_from_json(json, "b.json");
  EXPECT_EQ(baseline_to_json(back), json);
  EXPECT_EQ(back.numbers.series.at(0).samples, (std::vector<double>{2842}));
  EXPECT_EQ(back.numbers.series.at(1).tolerance->text(), "2%");
  EXPECT_EQ(back.numbers.series.at(1).limit, 12);
  EXPECT_EQ(back.history.at(0).why, "first \"numbers\"");
}

TEST(Baseline, SamplesOfACountedNumberThatAgreeAreExact) {
  Measurements numbers_of_old = numbers(7);
  for (Series& one : numbers_of_old.series) one.noisy = true;  // as older versions stored cycles
  numbers_of_old.series[1].samples = {9, 10};
  const auto old = accept(nullptr, numbers_of_old, "first", "2026-11-24");
  const std::string json = baseline_to_json(*old);
  EXPECT_NE(json.find("\"samples\":[7,7]"), json.npos) << json;
  const Baseline back = baseline_from_json(json, "b.json");
  EXPECT_FALSE(back.numbers.series.at(0).noisy);
  EXPECT_TRUE(back.numbers.series.at(1).noisy) << "they differ";
  const std::string host = replaced(json, "\"counted\"", "\"host\"");
  EXPECT_TRUE(baseline_from_json(host, "b.json").numbers.series.at(0).noisy);
}

TEST(Baseline, SaysAtWhichCommitItsNumbersWereMeasured) {
  Measurements first = numbers(2842), second = numbers(2843);
  second.commit = "0123456789abcdef0123456789abcdef01234567+";
  const auto old = accept(nullptr, first, "first", "2026-11-24");
  EXPECT_EQ(baseline_to_json(*old).find("commit"), std::string::npos);
  const std::string json = baseline_to_json(*accept(&*old, second, "slower", "2026-11-25"));
  const Baseline back = baseline_from_json(json, "b.json");
  EXPECT_EQ(back.numbers.commit, second.commit);
  EXPECT_EQ(back.history.at(0).commit, "");
  EXPECT_EQ(baseline_to_json(back), json);
  EXPECT_NE(refusal(replaced(json, "\"" + second.commit + "\"", "7")).find("commit"),
            std::string::npos);
}

TEST(Baseline, AcceptRecordsOldAndNewAndKeepsWhatPeopleAdded) {
  auto old = accept(nullptr, numbers(2842), "first", "2026-11-24");
  old->numbers.series[0].tolerance = parse_tolerance("1%");
  const auto next = accept(&*old, numbers(2843), "one more nop", "2026-11-25");
  ASSERT_TRUE(next);
  ASSERT_EQ(next->history.size(), 2u);
  const Acceptance& entry = next->history[1];
  EXPECT_EQ(entry.why, "one more nop");
  ASSERT_EQ(entry.changes.size(), 1u);
  EXPECT_EQ(entry.changes[0].name, "fibonacci avg");
  EXPECT_EQ(entry.changes[0].old_value, 2842);
  EXPECT_EQ(entry.changes[0].new_value, 2843);
  EXPECT_EQ(next->numbers.series[0].tolerance->text(), "1%");
  EXPECT_FALSE(accept(&*next, numbers(2843), "again", "2026-11-26"));
}

TEST(Baseline, OtherConditionsAreRecordedEvenWhereNoNumberMoved) {
  const auto old = accept(nullptr, numbers(2842), "first", "2026-11-24");
  Measurements other = numbers(2842);
  other.fingerprint = {{"qemu", "9.0.0"}, {"clock", "counted"}, {"options", "-d \"x\""}};
  const auto next = accept(&*old, other, "a new QEMU", "2026-11-25");
  ASSERT_TRUE(next);
  EXPECT_TRUE(next->history[0].conditions.empty()) << "the first are no change";
  const std::string json = baseline_to_json(*next);
  const Baseline back = baseline_from_json(json, "b.json");
  EXPECT_EQ(baseline_to_json(back), json);
  const std::vector<ConditionChange>& conditions = back.history.at(1).conditions;
  ASSERT_EQ(conditions.size(), 2u) << json;
  EXPECT_EQ(conditions[0].name, "qemu");
  EXPECT_EQ(conditions[0].old_value, "7.2.22");
  EXPECT_EQ(conditions[0].new_value, "9.0.0");
  EXPECT_EQ(conditions[1].old_value, "");
  EXPECT_EQ(conditions[1].new_value, "-d \"x\"");
  EXPECT_TRUE(back.history[1].changes.empty());
  EXPECT_NE(refusal(replaced(json, "[\"7.2.22\",", "[7,")).find("conditions.qemu"),
            std::string::npos);
}

TEST(Baseline, AVanishedNumberIsRecordedToo) {
  const auto old = accept(nullptr, numbers(1), "first", "2026-11-24");
  Measurements fewer = numbers(1);
  fewer.series.pop_back();
  const auto next = accept(&*old, fewer, "Total is gone", "2026-11-25");
  ASSERT_TRUE(next);
  EXPECT_EQ(next->history[1].changes.at(0).name, "Total");
  EXPECT_FALSE(next->history[1].changes[0].new_value);
}

TEST(Baseline, NumbersThatCannotBeUsedAreNotAccepted) {
  Measurements bad = numbers(1);
  bad.series[0].samples = {1, 2};
  EXPECT_THROW(accept(nullptr, bad, "w", "d"), Error);
  bad = numbers(1);
  bad.series[1].fault = "min over avg";
  EXPECT_THROW(accept(nullptr, bad, "w", "d"), Error);
  bad = numbers(1);
  bad.fault = "did not pass";
  EXPECT_THROW(accept(nullptr, bad, "w", "d"), Error);
}

TEST(Baseline, CorruptedOrNewerIsRefusedByName) {
  const std::string json = baseline_to_json(*accept(nullptr, numbers(2842), "first", "2026-11-24"));
  EXPECT_EQ(refusal(json), "accepted");
  EXPECT_NE(refusal(json.substr(0, json.size() / 2)).find("b.json: is not JSON"),
            std::string::npos);
  EXPECT_NE(refusal(replaced(json, "\": 1,", "\": 2,")).find("version 1 only"), std::string::npos);
  EXPECT_NE(
      refusal(replaced(json, "\"value\":2842", "\"value\":-3")).find("metrics.fibonacci avg.value"),
      std::string::npos);
  EXPECT_NE(refusal(replaced(json, "\"value\"", "\"valve\"")).find("valve: unknown key"),
            std::string::npos);
  EXPECT_NE(refusal(replaced(json, "\"Total\": {", "\"fibonacci avg\": {")).find("twice"),
            std::string::npos);
  EXPECT_NE(refusal(replaced(json, "\"unit\":\"instructions\"",
                             "\"unit\":\"instructions\",\"tolerance\":\"some\""))
                .find("tolerance: expected"),
            std::string::npos);
  EXPECT_EQ(is_baseline(json_root("{}")), false);
}

}  // namespace
}  // namespace harness
