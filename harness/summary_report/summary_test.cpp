#include "summary_report/summary.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "record/record_testing.h"

namespace harness::summary {
namespace {

RunRecord passed() {
  RunRecord record = sample_record();
  record.boots = {sample_boot(1, sample_session().close("pass")),
                  sample_boot(2, sample_session().close("pass"))};
  record.findings.resize(1);
  record.findings[0].status = FindingStatus::pass;
  record.verdict = {VerdictKind::pass, ""};
  return record;
}

std::string text_of(const RunRecord& record, const std::optional<Baseline>& baseline = {},
                    const std::optional<Roadmap>& roadmap = {}) {
  return document_markdown(describe(record, baseline, roadmap, {"make it"}));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Summary, TellsWhatWasBuiltAndMeasured) {
  const std::string text = text_of(passed());
  EXPECT_TRUE(has(text, "# sample: summary")) << text;
  EXPECT_TRUE(has(text, "| Init | 1,234 | instructions |"));
  EXPECT_TRUE(has(text, "Clang 19.1.7"));
  EXPECT_FALSE(has(text, "What changed")) << "there is no baseline";
  EXPECT_FALSE(has(text, "What is next")) << "there is no roadmap";
  EXPECT_FALSE(has(text, " ms")) << "host times are not the same again";
}

TEST(Summary, TellsWhatChangedSinceNumbersWereAccepted) {
  const RunRecord before = passed();
  Baseline baseline = *accept(nullptr, measurements_of(before, "x"), "first numbers", "2026-01-01");
  EXPECT_TRUE(has(text_of(before, baseline), "0 changed."));
  RunRecord record = passed();
  for (BootRecord& boot : record.boots) boot.events.timings[0].cycles += 1;
  const std::string text = text_of(record, baseline);
  EXPECT_TRUE(has(text, "1 changed.")) << text;
  EXPECT_TRUE(has(text, "| Init | 1,234 | 1,235 | regression |")) << text;
  baseline = *accept(&baseline, measurements_of(record, "x"), "one more", "2026-01-02");
  EXPECT_TRUE(has(text_of(record, baseline), "| 2026-01-02 | one more | Init | 1,234 | 1,235 |"));
}

TEST(Summary, TellsWhatIsNext) {
  Roadmap roadmap = parse_roadmap("## Soon\n- [x] a\n- [ ] b\n");
  EXPECT_TRUE(has(text_of(passed(), {}, roadmap), "1 of 2 items of the roadmap are done."));
  EXPECT_TRUE(has(text_of(passed(), {}, roadmap), "- Soon: b"));
  roadmap.open.resize(40, {"", "c"});
  EXPECT_TRUE(has(text_of(passed(), {}, roadmap), "And 28 more."));
}

TEST(Summary, RefusesWhatIsNotExactOrDidNotPass) {
  RunRecord host = passed();
  host.fingerprint.clock = ClockKind::host;
  EXPECT_THROW(text_of(host), Error);
  RunRecord failed = passed();
  failed.verdict = {VerdictKind::fail, "a check"};
  EXPECT_THROW(text_of(failed), Error);
}

}  // namespace
}  // namespace harness::summary
