#include <gtest/gtest.h>

#include "formats/formats_testing.h"

namespace harness {
namespace {

using testing_formats::Rank;
using testing_formats::rank_of;
using testing_formats::read_log;
using testing_formats::told;

std::string tap(std::string_view log) { return told("tap", log); }

TEST(Tap, ResultsHaveNamesDirectivesAndAPlan) {
  EXPECT_EQ(tap("TAP version 13\n1..4\nok 1 - open\nnot ok 2 close\n"
                "ok 3 lock # SKIP no locks here\nnot ok 4 rename # TODO later\n"),
            "open pass, close fail, lock skip (SKIP no locks here), rename skip (TODO later)");
  EXPECT_EQ(tap("1..2\nok\nnot ok\n"), "test 1 pass, test 2 fail");
  EXPECT_EQ(tap("TAP version 14\nok 1 - plan at the end\n1..1\n"), "plan at the end pass");
}

TEST(Tap, StatusOfTheWholeIsThatOfItsTests) {
  const auto status = [](std::string_view log) { return read_log("tap", log).summary.status; };
  EXPECT_EQ(status("1..1\nok 1\n"), wire::Status::pass);
  EXPECT_EQ(status("1..2\nok 1\nnot ok 2\n"), wire::Status::fail);
  EXPECT_EQ(status("1..0 # SKIP no device\n"), wire::Status::skip);
  EXPECT_EQ(status("1..1\nok 1 # skip no device\n"), wire::Status::skip);
  EXPECT_EQ(status("Bail out! no memory\n"), wire::Status::fail);
}

/// TAP 14: "Harnesses must not treat failing SKIP test points as a test failure"; `prove`
/// (TAP::Parser 3.44), which reads up to 13, fails the file.
TEST(Tap, AFailureThatIsSkippedIsASkipSinceTap14) {
  constexpr const char* kLines = "1..2\nok 1 - a\nnot ok 2 - b # SKIP no disk\n";
  constexpr const char* kFails =
      "a pass, b fail (SKIP no disk (before TAP 14 that does not excuse a 'not ok'))";
  constexpr const char* kSkips = "a pass, b skip (SKIP no disk)";
  EXPECT_EQ(tap(kLines), kFails);
  EXPECT_EQ(tap(std::string("TAP version 13\n") + kLines), kFails);
  EXPECT_EQ(tap(std::string("TAP version 14\n") + kLines), kSkips);
  EXPECT_EQ(tap(std::string("KTAP version 1\n") + kLines), kSkips);
  EXPECT_EQ(told("ktap", kLines), kSkips);
  EXPECT_EQ(told("ktap", std::string("TAP version 13\n") + kLines), kSkips);
  // Of two documents each has its own version, and a subtest that of its document.
  EXPECT_EQ(tap("TAP version 14\n1..1\nok 1 - x\n" + std::string(kLines)),
            "x pass, " + std::string(kFails));
  EXPECT_EQ(tap("TAP version 14\n1..1\n    1..1\n    not ok 1 - in # SKIP\nok 1 - out\n"),
            "out/in skip (SKIP)");
}

TEST(Tap, SubtestsAreNamedByTheirGroup) {
  // As TAP 14 nests, and as KUnit does.
  EXPECT_EQ(tap("TAP version 14\n1..2\n# Subtest: files\n    1..2\n    ok 1 - read\n"
                "    not ok 2 - write\nnot ok 1 - files\nok 2 - net\n"),
            "files/read pass, files/write fail, net pass");
  EXPECT_EQ(told("ktap",
                 "KTAP version 1\n1..1\n    KTAP version 1\n    # Subtest: list\n    1..2\n"
                 "        KTAP version 1\n        # Subtest: sort\n        1..1\n"
                 "        ok 1 empty\n    ok 1 sort\n    ok 2 splice\nok 1 list\n"),
            "list/sort/empty pass, list/splice pass");
  // A group that nobody named before takes the name of its own result.
  EXPECT_EQ(tap("1..1\n  1..1\n  ok 1 inner\nok 1 outer\n"), "outer/inner pass");
}

TEST(Tap, AGroupThatFailsByItselfIsATestOfItsOwn) {
  EXPECT_EQ(tap("1..1\n  1..1\n  ok 1 a\nnot ok 1 suite_exit\n"),
            "suite_exit/a pass, suite_exit fail");
  EXPECT_EQ(tap("1..1\n  1..1\n  not ok 1 a\nok 1 suite\n"),
            "suite/a fail; 'suite' says ok, and 1 of its tests failed");
}

TEST(Tap, PrefixesOfKernelsAndMonitorsDoNotMatter) {
  EXPECT_EQ(tap("[    0.500000] KTAP version 1\n[    0.600000] 1..1\n"
                "[    0.700000]     KTAP version 1\n[    0.700000]     1..1\n"
                "[    0.800000]     ok 1 a\n[    0.900000] ok 1 b\n"),
            "b/a pass");
  EXPECT_EQ(tap("<6>[    1.5][   T12] 1..1\n<6>[    1.5][   T12] ok 1 a\n"), "a pass");
  EXPECT_EQ(tap("(XEN) (d1) 1..1\n(XEN) (d1) ok 1 a\n"), "a pass");
  EXPECT_EQ(tap("CPU0: 1..1\nCPU3: ok 1 a\n"), "a pass");
}

TEST(Tap, WhatIsMissingIsTold) {
  EXPECT_EQ(tap("TAP version 13\nok 1 a\n"),
            "a pass; no plan: it cannot be told whether results are missing");
  EXPECT_EQ(tap("1..3\nok 1 a\nok 2 b\n"), "a pass, b pass; 2 results came, 3 were announced");
  EXPECT_EQ(tap("1..3\nok 1 a\nok 3 c\n"), "a pass, c pass; 2 results came, 3 were announced");
  EXPECT_EQ(told("ktap", "1..3\nok 1 a\nok 3 c\n"),
            "a pass, c pass; results 2 to 2 are missing before 'c' (and 1 more)");
  EXPECT_EQ(tap("1..1\nok 1 a\nok 1 a\n"), "a pass, a pass; result 1 came again (and 1 more)");
  EXPECT_EQ(told("ktap", "1..1\nok 1 a\nok 1 a\n"),
            "a pass, a pass; result 1 came again or too late (and 1 more)");
  EXPECT_EQ(tap("1..2\nok 1 a\nBail out! no disk\n"), "a pass; bailed out: no disk (and 1 more)");
  EXPECT_EQ(tap("KTAP version 1\n1..1\n    # Subtest: s\n    1..2\n    ok 1 a\nok 1 s\n"),
            "s/a pass; 1 results of s came, 2 were announced");
  EXPECT_EQ(tap("KTAP version 1\n1..2\n"), "; 0 results came, 2 were announced");
}

TEST(Tap, OtherTextIsNoResult) {
  const FormatResults all =
      read_log("tap", "ok\nok then, 5 of 6\nnot ok 3 without a beginning\n# Subtest:\n1..x\n");
  EXPECT_FALSE(all.summary.found);
  EXPECT_TRUE(all.tests.empty());
}

TEST(Tap, TwoDocumentsInOneStreamAreTwoPlans) {
  EXPECT_EQ(tap("TAP version 13\n1..1\nok 1 a\nTAP version 13\n1..2\nok 1 b\nok 2 c\n"),
            "a pass, b pass, c pass");
  EXPECT_EQ(tap("TAP version 13\n1..2\nok 1 a\nTAP version 13\n1..1\nok 1 b\n"),
            "a pass, b pass; 1 results came, 2 were announced");
}

TEST(Tap, HostileInputIsBounded) {
  std::string deep = "1..1\n";
  for (std::size_t i = 1; i < 200; ++i) deep += std::string(i, ' ') + "1..1\n";
  EXPECT_NE(tap(deep).find("nested deeper than 32"), std::string::npos);
  EXPECT_EQ(tap("1..99999999999999999999\nok 99999999999999999999 a\nok 999999999 b\n"), "");
  std::string flood = "1..25000\n";
  for (int i = 1; i <= 25000; ++i)
    flood += "ok " + std::to_string(i) + " " + std::string(500, 'x') + "\n";
  const FormatResults all = read_log("tap", flood);
  EXPECT_EQ(all.tests.size(), 20'000u);
  EXPECT_EQ(all.tests[0].name.size(), 200u);
  EXPECT_EQ(all.summary.fault, "25000 results came, more than are kept");
  // A name is not cut inside a character.
  const std::string wide =
      read_log("tap", "1..1\nok 1 " + std::string(199, 'x') + "\xC3\xA9\n").tests.at(0).name;
  EXPECT_EQ(wide, std::string(199, 'x'));
  EXPECT_EQ(tap("1..1\nok 1 \x1b[2J\xff<b>\n").find('\x1b'), std::string::npos);
}

TEST(Tap, ResultsMayComeInAnyOrderButNotInKtap) {
  EXPECT_EQ(tap("TAP version 14\n1..3\nok 2 b\nok 3 c\nok 1 a\n"), "b pass, c pass, a pass");
  EXPECT_EQ(told("ktap", "1..2\nok 2 b\nok 1 a\n"),
            "b pass, a pass; results 1 to 1 are missing before 'b' (and 1 more)");
  EXPECT_EQ(tap("1..3\nok 2 b\nok 4 d\nok 1 a\n"), "b pass, d pass, a pass; result 3 is missing");
}

TEST(Tap, ALineOfAnApplicationsLogIsNoResult) {
  EXPECT_EQ(tap("TAP version 14\n1..1\nWARN net: not ok 7 retry\nok 1 a\n"), "a pass");
  EXPECT_EQ(tap("TAP version 13\n1..2\nok 1 a\nINFO app: ok 2 b\n"),
            "a pass; 1 results came, 2 were announced");
  EXPECT_EQ(tap("[    0.100000] 1..2\n<6>[    0.200000] ok 1 a\nERROR: ok 2 b\n"),
            "a pass, b pass");
}

TEST(Tap, NoResultIsNoPass) {
  const auto status = [](const char* format, std::string_view log) {
    const FormatResults all = read_log(format, log);
    return std::string(wire::status_name(all.summary.status)) + ": " + all.summary.fault;
  };
  EXPECT_EQ(status("tap", "TAP version 13\n1..0\n"), "skip: ");
  EXPECT_EQ(status("tap", "1..0 # nothing to do\n"), "skip: ");
  EXPECT_EQ(status("tap", "TAP version 13\n"), "pass: nothing came");
  EXPECT_EQ(told("ktap",
                 "KTAP version 1\n1..1\n    KTAP version 1\n    # Subtest: s\n    1..0\n"
                 "ok 1 s\n"),
            "s skip (no tests)");
  EXPECT_EQ(told("ktap", "KTAP version 1\n1..2\n  KTAP version 1\n  1..0\nok 1 s\nok 2 t\n"),
            "s skip (no tests), t pass");
  EXPECT_EQ(told("ktap", "KTAP version 1\n1..1\n    # Subtest: s\nok 1 t\n"), "t pass");
}

TEST(Tap, BlocksOfYamlHoldNoResults) {
  EXPECT_EQ(tap("TAP version 13\n1..2\nok 1 - a\n  ---\n  out: |\n    1..2\n    not ok 1 inner\n"
                "  ...\nok 2 - b\n"),
            "a pass, b pass");
  // One that is not closed ends where the indentation does.
  EXPECT_EQ(tap("1..2\nok 1 - a\n  ---\n  x: 1\nnot ok 2 - b\n"), "a pass, b fail");
  // It stands behind a result, or it is none.
  EXPECT_EQ(tap("1..1\n  ---\n  1..1\n  not ok 1 - x\nnot ok 1 - a\n"), "a/x fail");
}

TEST(Tap, ADocumentMayBeginWithASubtest) {
  EXPECT_EQ(tap("# Subtest: some subject\n    ok 1 - one\n    ok 2 - two\n    1..2\n"
                "ok 1 - some subject\n1..1\n"),
            "some subject/one pass, some subject/two pass");
  EXPECT_EQ(tap("    # Subtest: s\n    ok 1 - one\n    1..1\nok 1 - s\nok 2 - t\n1..2\n"),
            "s/one pass, t pass");
  EXPECT_EQ(tap("# Subtest: s\n    ok 1 - one\n    1..1\n"),
            "one pass; the result of s itself did not come");
}

TEST(Tap, ModulesWithoutAHeaderAreEachComplete) {
  const std::string module =
      "    KTAP version 1\n    # Subtest: example\n    1..2\n    ok 1 a\n    ok 2 b\n"
      "# example: pass:2 fail:0 skip:0 total:2\n# Totals: pass:2 fail:0 skip:0 total:2\n"
      "ok 1 example\n";
  EXPECT_EQ(told("ktap", module), "example/a pass, example/b pass");
  EXPECT_EQ(told("ktap", module + module),
            "example/a pass, example/b pass, example/a pass, example/b pass");
  EXPECT_EQ(told("ktap", module.substr(0, module.rfind("ok 1"))),
            "a pass, b pass; the result of example itself did not come");
}

TEST(Tap, ParameterisedTestsAreProvenByTheirCounts) {
  const auto log = [](const char* counts) {
    return std::string(
               "KTAP version 1\n1..1\n\tKTAP version 1\n\t# Subtest: s\n\t1..1\n"
               "\t    KTAP version 1\n\t    # Subtest: p\n\t    ok 1 x\n\t    ok 2 y # SKIP\n") +
           counts + "\tok 1 p\nok 1 s\n";
  };
  EXPECT_EQ(told("ktap", log("\t# p: pass:1 fail:0 skip:1 total:2\n")),
            "s/p/x pass, s/p/y skip (SKIP)");
  EXPECT_EQ(
      told("ktap", log("\t# p: pass:2 fail:0 skip:1 total:3\n")),
      "s/p/x pass, s/p/y skip (SKIP); 'p' counts 2 passed, 0 failed, 1 skipped, and 1 passed, "
      "0 failed, 1 skipped came (and 1 more)");
  EXPECT_NE(told("ktap", log("")).find("no plan of p"), std::string::npos);
}

TEST(Tap, WhatKselftestNestsBehindCommentsIsRead) {
  EXPECT_EQ(
      told("ktap",
           "TAP version 13\n1..2\n# selftests: cgroup: core\n# TAP version 13\n# 1..2\n"
           "# ok 1 a\n# # a remark\n# not ok 2 b\n# # Totals: pass:1 fail:1 xfail:0 xpass:0 "
           "skip:0 error:0\nnot ok 1 selftests: cgroup: core # exit=1\n"
           "# selftests: cgroup: cpu\n# ok whatever\nok 2 selftests: cgroup: cpu\n"),
      "selftests: cgroup: core/a pass, selftests: cgroup: core/b fail, selftests: cgroup: cpu "
      "pass");
  EXPECT_EQ(told("ktap", "1..1\n# TAP version 13\n# 1..2\n# ok 1 a\nok 1 core\n"),
            "core/a pass; 1 results came, 2 were announced");
}

TEST(Tap, BufferedSubtestsBelongToTheResultBeforeThem) {
  EXPECT_EQ(tap("TAP version 14\n1..2\nok 1 - parent {\n    1..2\n    ok 1 - x\n    ok 2 - y\n}\n"
                "ok 2 - next\n"),
            "parent/x pass, parent/y pass, next pass");
  EXPECT_EQ(tap("1..1\nnot ok 1 - p # time=1ms {\n    1..1\n    not ok 1 - x\n}\n"), "p/x fail");
  EXPECT_EQ(tap("1..2\nok 1 - a {\nok 2 - b\n"), "a { pass, b pass");
}

TEST(Tap, ABailOutCountsInAnyCaseAndAfterTheLastResult) {
  for (const char* words : {"Bail out! no disk", "bail out! no disk", "    BAIL OUT! no disk"}) {
    const FormatResults all = read_log("tap", std::string("1..1\nok 1\n") + words + "\n");
    EXPECT_EQ(all.summary.status, wire::Status::fail) << words;
    EXPECT_EQ(all.summary.fault, "bailed out: no disk") << words;
  }
}

TEST(Tap, AFailureThatOnlyTheLastWordsTellOfIsOneThatWasLost) {
  for (const char* words :
       {"Looks like you failed 1 test of 2.", "Looks like your test exited with 2 just after 2.",
        "FAILED: 1 / 2 tests passed.", "fail 1", "fail  1", "cancelled 1", "failed 1 of 2 tests"}) {
    EXPECT_TRUE(tap("1..2\nok 1 a\nok 2 b\n# " + std::string(words) + "\n")
                    .starts_with("a pass, b pass; it says '" + std::string(words)))
        << words;
    const bool died = std::string_view(words).starts_with("Looks like your");
    EXPECT_EQ(tap("1..2\nok 1 a\nnot ok 2 b\n# " + std::string(words) + "\n").find("says") !=
                  std::string::npos,
              died)
        << words;
  }
  for (const char* words : {"fail 0", "FAILED tests: 1", "fail 1 and more", "failed 0 of 2 tests",
                            "Looks like you won", "cancelled by nobody"}) {
    EXPECT_EQ(tap("1..1\nok 1 a\n# " + std::string(words) + "\n"), "a pass") << words;
  }
}

TEST(Tap, AnotherPlanThatTheLastWordsTellOfIsAFault) {
  for (const char* words :
       {"Looks like you planned 3 tests but ran 2.", "Looks like you planned 3"}) {
    EXPECT_EQ(tap("1..2\nok 1 a\nok 2 b\n# " + std::string(words) + "\n"),
              "a pass, b pass; it says '" + std::string(words) + "'");
  }
}

TEST(Tap, WhatFailsInASubtestWithTodoIsExcused) {
  EXPECT_EQ(
      tap("    ok 1 - x\n    not ok 2 - y\n    1..2\n    # Looks like you failed 1 test of 2.\n"
          "not ok 1 - sub # TODO later\nok 2 - b\n1..2\n"),
      "sub/x pass, sub/y skip (in a subtest with TODO), b pass");
  // An "ok" excuses nothing, and neither does a skip.
  EXPECT_EQ(tap("  not ok 1 - y\n  1..1\nok 1 - s # TODO\n1..1\n"),
            "s/y fail; 's' says ok, and 1 of its tests failed");
  EXPECT_EQ(told("ktap", "1..1\n  1..1\n  not ok 1 y\nnot ok 1 s # SKIP\n"), "s/y fail");
}

TEST(Tap, NamesOfSubtestsInSubtestsStandBeforeThem) {
  // As node:test prints them.
  EXPECT_EQ(tap("TAP version 13\n# Subtest: a\nok 1 - a\n# Subtest: outer\n    # Subtest: inner\n"
                "        # Subtest: one\n        ok 1 - one\n        1..1\n    ok 1 - inner\n"
                "    1..1\nok 2 - outer\n1..2\n"),
            "a pass, outer/inner/one pass");
}

/// What a KUnit up to 6.12 prints of one parameter: no plan, and no counts either.
TEST(Tap, OneParameterIsProvenByTheResultOfItsTest) {
  const std::string head =
      "KTAP version 1\n1..1\n    KTAP version 1\n    # Subtest: s\n    1..1\n"
      "        KTAP version 1\n        # Subtest: lengths\n        ok 1 len=8\n";
  EXPECT_EQ(told("ktap", head + "    ok 1 lengths\nok 1 s\n"), "s/lengths/len=8 pass");
  // Of two it prints the counts; another test closes nothing.
  EXPECT_EQ(told("ktap", head + "        ok 2 len=9\n    ok 1 lengths\nok 1 s\n"),
            "s/lengths/len=8 pass, s/lengths/len=9 pass; no plan of lengths: it cannot be told "
            "whether results are missing");
  EXPECT_EQ(rank_of(read_log("ktap", head + "    ok 1 other\nok 1 s\n")), Rank::worse);
}

TEST(Tap, ResultsOfKtapHaveNumbers) {
  EXPECT_EQ(told("ktap", "KTAP version 1\n1..2\nok 1 a\nok then\n"),
            "a pass; 1 results came, 2 were announced");
  EXPECT_EQ(told("ktap", "KTAP version 1\n1..1\nok so far\nok 1 a\n"), "a pass");
  EXPECT_EQ(rank_of(read_log("ktap", "KTAP version 1\n1..2\nok 1 a\nnot ok\n")), Rank::worse);
}

TEST(Tap, ResultsWithoutNumbersMayStandBeforeTheirPlan) {
  EXPECT_EQ(told("tap", "ok - a\nok - b\n1..2\n"), "a pass, b pass");
  EXPECT_EQ(told("tap", "ok - a\nnot ok - b\n1..2\n"), "a pass, b fail");
  EXPECT_EQ(told("tap", "disk ok\nok\nok then\n1..1\nok 1 a\n"), "a pass");
}

TEST(Tap, WhatNobodyKnowsIsAFault) {
  for (const char* log : {"TAP version 12\n1..1\nok 1 a\n", "TAP version 15\n1..1\nok 1 a\n",
                          "KTAP version 2\n1..1\nok 1 a\n", "1..2 of 3\n  1..1\n  ok 1 x\nok 1 a\n",
                          "not ok at all\nTAP version 13\n1..1\nok 1 a\n", "1..2\nok 1 a\nok 0 b\n",
                          "TAP version 13\npragma +strict\n1..1\nNonsense!\nok 1 a\n",
                          "1..2\nok 1 a\n  ---\n  not ok 1 x\nok 2 b\n"}) {
    const FormatResults all = read_log("tap", log);
    EXPECT_FALSE(all.summary.fault.empty()) << log;
    EXPECT_EQ(rank_of(all), Rank::worse) << log;
  }
  EXPECT_EQ(told("tap", "pragma +strict\npragma -strict\n1..1\nNonsense!\nok 1 a\n"), "a pass");
  EXPECT_EQ(told("tap", "not ok at all\n"), "");
}

TEST(Tap, APlanOfPerlsTestMayExcuseFailures) {
  EXPECT_EQ(told("tap", "1..3 todo 2 3;\nok 1\nnot ok 2\nok 3\n"),
            "test 1 pass, test 2 skip, test 3 pass");
  EXPECT_EQ(told("tap", "1..2 todo 2\nnot ok 1\nnot ok 2\n"), "test 1 fail, test 2 skip");
}

TEST(Tap, ASkipOfAGroupWhoseTestsRanIsListed) {
  EXPECT_EQ(told("tap", "1..1\n  1..1\n  ok 1 x\nok 1 g # SKIP half\n"),
            "g/x pass, g skip (SKIP half)");
  EXPECT_EQ(told("tap", "1..1\n  1..1\n  ok 1 x # SKIP\nok 1 g # SKIP all\n"), "g/x skip (SKIP)");
}

TEST(Tap, ATestHasOneNameWhetherItPassesOrFails) {
  EXPECT_EQ(told("ktap", "1..2\nok 1 net: foo # rcode=0\nnot ok 2 net: bar # exit=1\n"),
            "net: foo pass, net: bar fail (exit=1)");
}

TEST(Tap, ColoursAndCarriageReturnsDoNotMatter) {
  EXPECT_EQ(tap("1..3\n\x1b[32mok 1 - a\x1b[0m\n\x1b[33mok 2 - b # SKIP\x1b[0m\r\r\n"
                "10%\r100%\r\x1b[31mnot ok 3 - c # TODO\x1b[0m\n"),
            "a pass, b skip (SKIP), c skip (TODO)");
}

}  // namespace
}  // namespace harness
