#include "report/rates.h"

#include <gtest/gtest.h>

#include "report/html/sections.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

RunRecord record_of(std::vector<Metric> metrics, ClockKind clock = ClockKind::host) {
  RunRecord record = passing_record();
  record.fingerprint.clock = clock;
  for (BootRecord& boot : record.boots) boot.events.metrics = metrics;
  return record;
}
const std::vector<Metric> kTokens = {{"tokens", 229, "tokens"}, {"generation.time", 951'378, "us"}};

TEST(Rates, AreTokensASecondAndMillisecondsAToken) {
  const std::vector<Rate> rates = rates_of(record_of(kTokens));
  ASSERT_EQ(rates.size(), 1u);
  const std::vector<Figure> figures = figures_of(rates[0]);
  ASSERT_EQ(figures.size(), 4u);
  EXPECT_EQ(figures[0].number + " " + figures[0].words, "240.7 tokens a second");
  EXPECT_EQ(figures[1].number + " " + figures[1].words, "4.15 ms a token");
  EXPECT_EQ(figures[2].number + " " + figures[2].words, "229 tokens");
  EXPECT_EQ(figures[3].number + " " + figures[3].words, "951.4 ms in all");
}
// An instruction is no nanosecond of anybody's.
TEST(Rates, UnderTheCountedClockAreInstructionsEach) {
  const std::vector<Rate> rates = rates_of(record_of(
      {{"tokens", 229, "tokens"}, {"generation.time", 82'687, "us"}}, ClockKind::counted));
  ASSERT_EQ(rates.size(), 1u);
  EXPECT_EQ(figures_of(rates[0])[0].number, "361,079");
  EXPECT_EQ(figures_of(rates[0])[0].words, "instructions a token");
  for (const Figure& figure : figures_of(rates[0])) {
    EXPECT_EQ(figure.words.find("second"), std::string::npos);
  }
  RunRecord halted = record_of(kTokens, ClockKind::counted);
  halted.boots[0].trace.halted = 1;
  EXPECT_TRUE(rates_of(halted).empty());
}
TEST(Rates, GoByTheUnitsAndNotByTheGuest) {
  EXPECT_EQ(rates_of(record_of({{"load.blocks", 12, "blocks"},
                                {"serve.requests", 90, "requests"},
                                {"load.time", 3, "ms"},
                                {"serve.time", 2, "s"}}))
                .size(),
            2u);
  // Which of two times is meant, nobody knows; a size is no count; nothing took no time.
  EXPECT_TRUE(
      rates_of(record_of({{"tokens", 9, "tokens"}, {"a.time", 1, "ms"}, {"b.time", 1, "ms"}}))
          .empty());
  EXPECT_TRUE(rates_of(record_of({{"memory.peak", 9, "bytes"}, {"time", 1, "ms"}})).empty());
  EXPECT_TRUE(rates_of(record_of({{"tokens", 9, "tokens"}, {"time", 0, "ms"}})).empty());
  EXPECT_TRUE(rates_of(record_of({{"tokens", 9, "tokens"}, {"time", 1, "cycles"}})).empty());
}
TEST(Rates, OfNumbersThatCannotBeAreStillText) {
  const std::vector<Rate> rates =
      rates_of(record_of({{"tokens", UINT64_MAX, "tokens"}, {"time", 1, "ns"}}));
  ASSERT_EQ(rates.size(), 1u);
  EXPECT_EQ(figures_of(rates[0])[0].number, "1.84e+28");
  EXPECT_EQ(figures_of(rates_of(record_of({{"tokens", 1, "tokens"}, {"time", UINT64_MAX, "s"}}))[0])
                .size(),
            4u);
}
TEST(Rates, AndTheTextStandFirstInThePage) {
  RunRecord record = record_of(kTokens);
  for (BootRecord& boot : record.boots) {
    boot.trace.serial =
        "hello\n[TIMING] Load: 5 cycles\nOnce upon a time <b>\nthere was.\r\n[TIMING] Init: 7 "
        "cycles\n"
        "short\n";
    boot.events.lines = collect_events(boot.trace.serial, {}).lines;
  }
  EXPECT_EQ(made_text(rates_of(record), record.boots[0]), "Once upon a time <b>\nthere was.");
  EXPECT_EQ(made_text({{"requests", 1, 1}}, record.boots[0]), "");
  const std::string page = render_html(record);
  EXPECT_NE(page.find("<b>240.7</b> <span>tokens a second</span>"), page.npos);
  EXPECT_NE(page.find("<blockquote>Once upon a time &lt;b&gt;\nthere was.</blockquote>"),
            page.npos);
  EXPECT_LT(page.find("id=\"made\""), page.find("id=\"profile\""));
  EXPECT_LT(page.find("id=\"profile\""), page.find("id=\"numbers\""));
  EXPECT_EQ(render_html(passing_record()).find("id=\"made\""), page.npos);
}

}  // namespace
}  // namespace harness
