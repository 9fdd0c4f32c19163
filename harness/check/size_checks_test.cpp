#include <gtest/gtest.h>

#include "check/check_testing.h"

namespace harness {
namespace {

using namespace testing_record;

RunRecord record_with_sizes() {
  RunRecord record = run_of({session({})});
  record.sizes = {.loaded = 20000,
                  .app = 9000,
                  .library = 11000,
                  .archive = 15000,
                  .disk = 10485760,
                  .bss = 4096};
  return record;
}

TEST(SizeCheck, KnowsEverySize) {
  const std::pair<const char*, std::uint64_t> sizes[] = {
      {"loaded", 20000},  {"app", 9000},      {"library", 11000}, {"demo", 20000},
      {"archive", 15000}, {"disk", 10485760}, {"bss", 4096}};
  for (const auto& [of, size] : sizes) {
    EXPECT_EQ(run_check(record_with_sizes(), "size",
                        {{"of", text(of)}, {"min", count(size)}, {"max", count(size)}})
                  .status,
              FindingStatus::pass)
        << of;
    EXPECT_EQ(
        run_check(record_with_sizes(), "size", {{"of", text(of)}, {"max", count(size - 1)}}).status,
        FindingStatus::fail)
        << of;
  }
}
TEST(SizeCheck, ReasonHasBothFigures) {
  const Finding finding =
      run_check(record_with_sizes(), "size", {{"of", text("demo")}, {"max", count(19000)}});
  EXPECT_EQ(finding.check, "size demo");
  EXPECT_EQ(finding.figure, "20,000 bytes");
  EXPECT_EQ(finding.reason, "demo is 20,000 bytes, must be at most 19,000");
}
TEST(SizeCheck, AnUnknownSizeIsInvalid) {
  RunRecord record = record_with_sizes();
  record.sizes.library.reset();
  for (const char* of : {"library", "demo"}) {
    const Finding finding = run_check(record, "size", {{"of", text(of)}});
    EXPECT_EQ(finding.status, FindingStatus::invalid) << of;
    EXPECT_EQ(finding.reason,
              "the size of '" + std::string(of) + "' is not known: no file of the build states it");
  }
}

TEST(ReductionCheck, PassesAndShowsBeforeAndAfter) {
  const Finding finding =
      run_check(record_with_sizes(), "reduction",
                {{"of", text("app")}, {"from", count(13304)}, {"at_least", 30.0}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.figure, "13,304 \u2192 9,000 bytes, 32.4 % less");
}
TEST(ReductionCheck, FailsWhereItIsTooSmall) {
  const Finding finding =
      run_check(record_with_sizes(), "reduction",
                {{"of", text("app")}, {"from", count(13304)}, {"at_least", 33.0}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "app is 32.4 % less, must be at least 33.0 % less than 13,304");
}
TEST(ReductionCheck, GrowthFailsEvenWhereNothingIsAsked) {
  const Finding finding =
      run_check(record_with_sizes(), "reduction",
                {{"of", text("app")}, {"from", count(8000)}, {"at_least", 0.0}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.figure, "8,000 \u2192 9,000 bytes, 12.5 % more");
}
TEST(ReductionCheck, ExactlyAsMuchAsAskedPasses) {
  EXPECT_EQ(run_check(record_with_sizes(), "reduction",
                      {{"of", text("app")}, {"from", count(10000)}, {"at_least", 10.0}})
                .status,
            FindingStatus::pass);
}

}  // namespace
}  // namespace harness
