#include "compare/conditions.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace harness {
namespace {

Measurements side(ComparedFingerprint fingerprint) {
  Measurements one;
  one.scenario = "s";
  one.fingerprint = std::move(fingerprint);
  one.series = {{.name = "a", .unit = "instructions", .samples = {1}, .fault = {}}};
  return one;
}

const Measurements kBase = side({{"host_name", "a"}, {"library_build_type", "release"}});

TEST(Conditions, OneAloneIsWaivedAndTheOthersAreNot) {
  const Measurements elsewhere = side({{"host_name", "b"}, {"library_build_type", "release"}});
  const Measurements debug = side({{"host_name", "b"}, {"library_build_type", "debug"}});
  Rules rules;
  EXPECT_EQ(compare(kBase, elsewhere, rules).status, ExitStatus::invalid_data);
  rules.ignore = {"host_name"};
  const Comparison waived = compare(kBase, elsewhere, rules);
  EXPECT_EQ(waived.status, ExitStatus::pass);
  EXPECT_EQ(waived.notes.at(0),
            "measured under other conditions: host_name: a and b (compared because it was asked "
            "for)");
  const Comparison refused = compare(kBase, debug, rules);
  EXPECT_EQ(refused.status, ExitStatus::invalid_data);
  EXPECT_EQ(refused.faults.at(0),
            "measured under other conditions: library_build_type: release and debug");
  rules.ignore = {"host_name", "library_build_type"};
  EXPECT_EQ(compare(kBase, debug, rules).status, ExitStatus::pass);
}

TEST(Conditions, OneThatNobodyKnowsIsASlipOfThePen) {
  Rules rules;
  rules.ignore = {"hostname"};
  try {
    compare(kBase, kBase, rules);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "no side says anything of a condition 'hostname'");
    EXPECT_EQ(error.hint, "they say: host_name, library_build_type, scenario");
  }
  rules.ignore = {"host_name"};
  EXPECT_EQ(compare(kBase, kBase, rules).status, ExitStatus::pass) << "it need not differ";
  EXPECT_EQ(status_of(compare_all({kBase, kBase}, {kBase}, rules)), ExitStatus::pass);
}

TEST(Conditions, OneThatBothFilesAreTooOldToTellOfIsANote) {
  Rules rules;
  rules.ignore = {"host", "num_cpus"};
  const Comparison all = compare(kBase, kBase, rules);
  EXPECT_EQ(all.status, ExitStatus::pass);
  EXPECT_EQ(all.notes.at(0),
            "neither side says anything of host, num_cpus: there was nothing to ignore");
  EXPECT_EQ(status_of(compare_all({kBase, kBase}, {kBase}, rules)), ExitStatus::pass);
}

}  // namespace
}  // namespace harness
