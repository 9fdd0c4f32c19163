#include "history/json.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/json.h"
#include "history/entry_testing.h"

namespace harness::history {
namespace {

std::string refusal(const std::string& text) {
  try {
    entries_from_lines(text, "f.jsonl");
    return "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::invalid_data);
    EXPECT_FALSE(error.hint.empty());
    return error.what();
  }
}

std::string with(std::string text, const std::string& old, const std::string& candidate) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, text.npos) << old;
  return at == text.npos ? text : text.replace(at, old.size(), candidate);
}

TEST(HistoryLines, RoundTrip) {
  Entry plain = sample_entry(0, {1, UINT64_MAX});
  Entry other = sample_entry(1, {7}, ClockKind::host);
  other.revision = {};
  other.verdict = VerdictKind::panic;
  other.metrics.push_back({Source::timing, "a \"b\" \xC3\xA9", "", {{3, 0}}});
  Entry empty = sample_entry(2, {1});
  empty.metrics.clear();
  empty.waits_for_disk = false;
  other.waits_for_disk = true;
  other.metrics.push_back({Source::size, "size app", "bytes", {{1, 7}}});
  const std::string text = to_line(plain) + "\n" + to_line(other) + to_line(empty);
  const auto entries = entries_from_lines(text, "x");
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(to_line(entries[0]), to_line(plain));
  EXPECT_EQ(to_line(entries[1]), to_line(other));
  EXPECT_EQ(to_line(entries[2]), to_line(empty));
  EXPECT_EQ(entries[0].metrics, plain.metrics);
  EXPECT_EQ(entries[0].waits_for_disk, std::nullopt);
  EXPECT_EQ(entries[1].waits_for_disk, true);
  EXPECT_EQ(entries[2].waits_for_disk, false);
  EXPECT_EQ(entries[1].revision, other.revision);
  EXPECT_TRUE(same_environment(entries[0].fingerprint, plain.fingerprint));
}

TEST(HistoryLines, FaultIsNamedByItsLine) {
  const std::string good = to_line(sample_entry(0, {1}));
  EXPECT_NE(refusal(good + good + "{\n").find("f.jsonl:3: "), std::string::npos);
  EXPECT_NE(refusal(good + "\n" + with(good, "\"schema\":1", "\"schema\":2"))
                .find("f.jsonl:3: schema: this version reads schema 1 only"),
            std::string::npos);
}

TEST(HistoryLines, WhatCannotBeIsRefused) {
  const std::string good = to_line(sample_entry(0, {5, 6}));
  ASSERT_EQ(refusal(good), "accepted");
  const std::pair<const char*, const char*> faults[] = {
      {"\"scenario\":\"sample\",", ""},
      {"\"scenario\":\"sample\"", "\"scenario\":\"\""},
      {"\"scenario\":\"sample\"", "\"scenario\":\"a\\u001b[2J\""},
      {"\"scenario\":\"sample\"", "\"scenario\":\"sample\",\"extra\":1"},
      {"\"scenario\":\"sample\"", "\"scenario\":\"sample\",\"scenario\":\"b\""},
      {"\"arch\":\"i386\"", "\"arch\":\"i386\",\"arch\":\"i386\""},
      {"\"arch\":\"i386\"", "\"arch\":\"i386\",\"more\":\"i386\""},
      {"2026-01-01T", "2026-01-01 "},
      {"\"verdict\":\"pass\"", "\"verdict\":\"splendid\""},
      {"\"clock\":\"counted\"", "\"clock\":\"sundial\""},
      {"\"source\":\"profile\"", "\"source\":\"hearsay\""},
      {"\"name\":\"fibonacci avg\"", "\"name\":\"\""},
      {"[1,5]", "[1,-5]"},
      {"[1,5]", "[1,5.5]"},
      {"[1,5]", "[1,18446744073709551616]"},
      {"[1,5]", "[1]"},
      {"[1,5]", "[0,5]"},
      {"[1,5]", "[2,5]"},
      {"[[1,5],[2,6]]", "[]"},
      {"[[1,5],[2,6]]", "[[[[[[[[[[1]]]]]]]]]]"},
      {"\"dirty\":false", "\"dirty\":0"},
      {"\"commit\":\"0000", "\"commit\":\"-c x"},
      {"\"identity\":\"0", "\"identity\":\"G"},
      {"\"memory\":33554432", "\"memory\":-1"},
  };
  for (const auto& [old, candidate] : faults) {
    EXPECT_NE(refusal(with(good, old, candidate)), "accepted") << old << " -> " << candidate;
  }
  EXPECT_NE(refusal(std::string("\0\0\0", 3)), "accepted");
  EXPECT_NE(refusal("[]"), "accepted");
  EXPECT_NE(refusal("7"), "accepted");
}

TEST(HistoryLines, NumberThatIsThereTwiceIsRefused) {
  Entry entry = sample_entry(0, {1});
  entry.metrics.push_back(entry.metrics[0]);
  EXPECT_NE(refusal(to_line(entry)).find("metrics[1]: is there twice"), std::string::npos);
}

TEST(HistoryLines, EveryCutAndEveryChangedByteIsRefusedOrRead) {
  const std::string good = to_line(sample_entry(0, {5, 6}));
  for (std::size_t size = 1; size + 1 < good.size(); ++size) {
    EXPECT_NE(refusal(good.substr(0, size)), "accepted") << size;
  }
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string harmed = good;
    harmed[i] = static_cast<char>(harmed[i] ^ 0x80);
    EXPECT_NE(refusal(harmed), "accepted") << i;
  }
}

TEST(HistoryJson, WhatIsPrintedIsJson) {
  std::vector<Entry> entries = sample_entries({1, 2, 2}, ClockKind::host);
  entries[2].metrics[0].name = "quote \" \xff";
  const auto series = series_of(entries, {});
  for (const std::string& text : {to_json(series), to_json(calibrate(entries)),
                                  to_json(std::vector<Holding>{{series[0].key, 3, 3}})}) {
    EXPECT_TRUE(is_valid_json(text)) << text;
  }
  const std::string steps = to_json(series_of(sample_entries({1, 2, 2}), {}));
  EXPECT_NE(steps.find("\"at\": 1"), std::string::npos) << steps;
}

}  // namespace
}  // namespace harness::history
