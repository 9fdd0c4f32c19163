#include "record/outline.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <string>

#include "base/error.h"
#include "record/codec.h"
#include "record/record_testing.h"

namespace harness {
namespace {

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return at == text.npos ? text : text.replace(at, from.size(), to);
}

/// What a list shows of a record.
void expect_same(const RunRecord& outline, const RunRecord& record) {
  EXPECT_EQ(outline.scenario, record.scenario);
  EXPECT_EQ(outline.started_at, record.started_at);
  EXPECT_EQ(outline.verdict.kind, record.verdict.kind);
  EXPECT_EQ(outline.verdict.reason, record.verdict.reason);
  EXPECT_EQ(outline.compared, record.compared);
  EXPECT_EQ(outline.compared_why, record.compared_why);
  ASSERT_EQ(outline.findings.size(), record.findings.size());
  for (std::size_t i = 0; i < record.findings.size(); ++i) {
    EXPECT_EQ(outline.findings[i].status, record.findings[i].status);
  }
  ASSERT_EQ(outline.boots.size(), record.boots.size());
  for (std::size_t i = 0; i < record.boots.size(); ++i) {
    EXPECT_EQ(outline.boots[i].trace.wall, record.boots[i].trace.wall);
  }
}

TEST(RecordOutline, IsWhatTheRecordSays) {
  RunRecord record = sample_record();
  record.compared = "regression";
  record.compared_why = "f: 1 → 2";
  record.boots[1].trace.wall = std::chrono::nanoseconds(123'456'789);
  const std::string text = record_to_json(record);
  const auto outline = outline_of_record(text);
  ASSERT_TRUE(outline);
  expect_same(*outline, record_from_json(text, "record.json"));
  EXPECT_EQ(outline->boots[1].trace.wall, std::chrono::nanoseconds(123'456'789));
}

TEST(RecordOutline, IsNoneWhereABootWasTakenAway) {
  std::string text = record_to_json(sample_record());
  ASSERT_TRUE(outline_of_record(text));
  const std::string made = "\"boots_made\": 2";
  ASSERT_NE(text.find(made), text.npos);
  text.replace(text.find(made), made.size(), "\"boots_made\": 3");
  EXPECT_FALSE(outline_of_record(text));
}

TEST(RecordOutline, WhatAGuestCallsAsWeDoIsNotTaken) {
  RunRecord record = sample_record();
  record.boots[0].events.json = {
      R"({"verdict":{"kind":"pass","reason":""},"scenario":"x","status":"pass","wall_ns":1,)"
      R"("boots":[{"trace":{"wall_ns":1}}],"findings":[{"status":"pass"}]})"};
  const std::string text = record_to_json(record);
  const auto outline = outline_of_record(text);
  ASSERT_TRUE(outline);
  expect_same(*outline, record_from_json(text, "record.json"));
}

TEST(RecordOutline, ThatLacksAnythingIsNone) {
  const std::string text = record_to_json(sample_record());
  ASSERT_TRUE(outline_of_record(text));
  for (const char* key : {"schema", "scenario", "started_at", "verdict", "kind", "reason",
                          "findings", "status", "compared", "boots", "trace", "wall_ns"}) {
    const std::string quoted = "\"" + std::string(key) + "\":";
    EXPECT_FALSE(outline_of_record(with(text, quoted, "\"other\":"))) << key;
  }
}

/// The keys of the record, of its verdict, and of each finding and boot.
TEST(RecordOutline, WithAKeyTooManyOrTooFewIsNoneAsForTheReaderOfAll) {
  const std::string text = record_to_json(sample_record());
  const nlohmann::ordered_json whole = nlohmann::ordered_json::parse(text);
  ASSERT_TRUE(outline_of_record(whole.dump()));
  std::size_t tried = 0;
  for (const char* place : {"", "/verdict", "/findings/0", "/findings/1", "/boots/0", "/boots/1"}) {
    const nlohmann::ordered_json::json_pointer at(place);
    const auto is_none = [&](const nlohmann::ordered_json& changed, const std::string& what) {
      EXPECT_FALSE(outline_of_record(changed.dump())) << place << " " << what;
      EXPECT_THROW(record_from_json(changed.dump(), "r"), Error) << place << " " << what;
      ++tried;
    };
    nlohmann::ordered_json more = whole;
    more[at]["zz"] = 1;
    is_none(more, "with another key");
    for (const auto& [key, value] : whole[at].items()) {
      nlohmann::ordered_json less = whole;
      less[at].erase(key);
      is_none(less, "without " + key);
      nlohmann::ordered_json other = whole;
      if (value.is_boolean()) {
        other[at][key] = 1;
      } else {
        other[at][key] = true;
      }
      is_none(other, "with another " + key);
    }
  }
  EXPECT_GT(tried, 60u);
}

TEST(RecordOutline, ThatSaysSomethingTwiceOrWronglyIsNone) {
  const std::string text = record_to_json(sample_record());
  const auto is_none = [&](const std::string& from, const std::string& to) {
    EXPECT_FALSE(outline_of_record(with(text, from, to))) << to;
  };
  is_none("\"verdict\": {", R"("verdict": {"kind":"pass","reason":""}, "verdict": {)");
  for (const char* more : {R"("verdict": "fail")", R"("boots": null)", R"("findings": {})",
                           R"("fingerprint": 1)", R"("about": "again")"}) {
    std::string at_the_end = text;
    at_the_end.replace(text.rfind('}'), 1, "," + std::string(more) + "}");
    EXPECT_FALSE(outline_of_record(at_the_end)) << more;
  }
  is_none("\"fingerprint\": {", R"("fingerprint": [], "was": {)");
  is_none("\"sizes\": {", R"("sizes": null, "was": {)");
  is_none("\"kind\":\"panic\"", R"("kind":"pass","kind":"panic")");
  is_none("\"kind\":\"panic\"", R"("kind":"splendid")");
  is_none("\"kind\":\"panic\"", R"("kind":1)");
  is_none("\"scenario\": \"sample\"", R"("scenario": "", "scenario": "sample")");
  is_none("\"scenario\": \"sample\"", R"("scenario": null)");
  is_none("\"scenario\": \"sample\"", R"("scenario": "sample", "scen\u0061rio": "other")");
  is_none("\"status\": \"fail\"", R"("status": "pass", "status": "fail")");
  is_none("\"status\": \"fail\"", R"("status": "good")");
  is_none("\"findings\": [", R"("findings": [], "findings": [)");
  is_none("\"findings\": [", R"("findings": [1,)");
  is_none("\"findings\": [", R"("findings": [[],)");
  is_none("\"boots\": [", R"("boots": [{"trace":{}},)");
  is_none("\"boots\": [", R"("boots": [], "boots": [)");
  is_none("\"wall_ns\": 64000000", R"("wall_ns": -1)");
  is_none("\"wall_ns\": 64000000", R"("wall_ns": 1.5)");
  is_none("\"wall_ns\": 64000000", R"("wall_ns": 9223372036854775808)");
  is_none("\"wall_ns\": 64000000", R"("wall_ns": 1, "wall_ns": 64000000)");
  is_none("\"schema\": " + std::to_string(kRecordSchema),
          "\"schema\": " + std::to_string(kRecordSchema + 1));
  is_none("\"smp\":1", "\"smp\":NaN");
  EXPECT_FALSE(outline_of_record("{}"));
  EXPECT_FALSE(outline_of_record("[]"));
  EXPECT_FALSE(outline_of_record("1"));
}

/// A file that was cut off or changed anywhere: never another answer than that of the whole reader.
TEST(RecordOutline, OfADamagedFileAgreesWithTheReaderOfAll) {
  const std::string text = record_to_json(sample_record());
  for (std::size_t size = 0; size + 2 < text.size(); size += 13) {
    EXPECT_FALSE(outline_of_record(text.substr(0, size))) << size;
  }
  std::size_t both = 0;
  for (std::size_t at = 0; at < text.size(); at += 7) {
    std::string changed = text;
    changed[at] = text[at] == '1' ? '2' : '1';
    const auto outline = outline_of_record(changed);
    if (!outline) continue;
    try {
      const RunRecord whole = record_from_json(changed, "record.json");
      expect_same(*outline, whole);
      ++both;
    } catch (const Error&) {
      continue;  // of what a list does not show
    }
  }
  EXPECT_GT(both, 100u);
}

}  // namespace
}  // namespace harness
