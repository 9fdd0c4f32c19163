#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "check/check_testing.h"
#include "check/pattern.h"
#include "model/param.h"

namespace harness {
namespace {

TEST(CheckTable, NamesAreUniqueAndFound) {
  std::set<std::string_view> names;
  for (const CheckKind& kind : check_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_EQ(find_check(kind.name), &kind);
  }
  EXPECT_EQ(find_check("nonsense"), nullptr);
}
TEST(CheckTable, RowsReferToTheirOwnParameters) {
  for (const CheckKind& kind : check_kinds()) {
    const auto has = [&](std::string_view name) {
      return std::ranges::find(kind.params, name, &ParamSpec::name) != kind.params.end();
    };
    EXPECT_TRUE(kind.scalar.empty() || has(kind.scalar)) << kind.name;
    for (const std::string_view key : kind.one_of) EXPECT_TRUE(has(key)) << kind.name << key;
    for (const ParamSpec& param : kind.params) {
      EXPECT_TRUE(param.needs.empty() || has(param.needs)) << kind.name << param.name;
      EXPECT_FALSE(param.help.empty()) << kind.name << param.name;
      const bool chooses = param.type == ParamType::choice || param.type == ParamType::verdict;
      EXPECT_EQ(chooses, !param.choices.empty()) << kind.name << param.name;
    }
  }
}
TEST(CheckTable, NoCheckNeedsMoreThanARecordToRun) {
  // A record with nothing in it but one silent boot: every check must answer, none may crash.
  const RunRecord record = testing_record::run_of({""});
  for (const CheckKind& kind : check_kinds()) {
    const Finding finding = kind.run(record, testing_record::spec_of(std::string(kind.name)));
    EXPECT_EQ(finding.status == FindingStatus::pass, finding.reason.empty()) << kind.name;
  }
}
TEST(CheckTable, HarnessErrorsCannotBeExpected) {
  const auto& endings = find_check("ending")->params.front().choices;
  for (const char* kind : {"harness_error", "interrupted"}) {
    EXPECT_EQ(std::ranges::find(endings, kind), endings.end()) << kind;
  }
  EXPECT_NE(std::ranges::find(endings, "panic"), endings.end());
}

TEST(PatternFault, IsWhatRe2Says) {
  EXPECT_EQ(pattern_fault("a(b"), "missing ): a(b");
  EXPECT_EQ(pattern_fault("a(b)"), std::nullopt);
}
TEST(Pattern, IsFoundInBytesThatAreNoUtf8) {
  EXPECT_TRUE(Pattern("^ERROR .+ failed$").found_in("ERROR caf\xE9 failed"));
  EXPECT_FALSE(Pattern("^ERROR .+ failed$").found_in("ERROR caf\xE9 passed"));
}

TEST(Pattern, ABrokenOneMatchesNothing) { EXPECT_FALSE(Pattern("a(b").found_in("a(b")); }

}  // namespace
}  // namespace harness
