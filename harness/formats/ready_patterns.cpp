// Ready patterns for test frameworks of kernels and unikernels: one function each, and a row
// in table.cpp. The sources named are what prints the lines. Patterns are compiled once, when a
// format is first used.
#include "formats/formats.h"

namespace harness {

// Zephyr, subsys/testsuite/ztest (ztest.c, tc_util.h), 2.x to 4.x. The counts of the suites came
// with the new API of 3.3; older ones only say that one has ended. They count tests, not runs: of a
// suite or a test that never ran a skip, of one with parameters ("name[instance/3]") one.
std::unique_ptr<FormatReader> make_ztest() {
  static const auto kPatterns = compile_patterns(TestPatterns{
      .group = {R"(^Running (?:TESTSUITE|test suite) (?P<name>\S+))"},
      .start = {R"(^START - (?P<name>[^\s\[]+(?:\[.*\])?))"},
      .result =
          {R"(^\s*(?P<status>PASS|FAIL|SKIP) - (?P<name>[^\s\[]+?(?:\[.*\])?)(?:\.| in [0-9.]+ seconds)\s*$)"},
      .summary =
          {R"(^\s*- (?P<status>FAIL) - \[)",  // of one test, in the summary of a suite
           R"(^(?:TESTSUITE|Test suite) (?P<ends_group>\S+)(?: (?P<status>failed))?)",
           R"(^SUITE (?P<status>\w+) - .*: pass = (?P<pass>\d+), fail = (?P<fail>\d+), skip = (?P<skip>\d+), total = (?P<total>\d+))"},
      .end = {R"(^PROJECT EXECUTION (?P<status>\w+))"}});
  return make_reader(kPatterns, Closing::required, Tally::names);
}

// LK and Zircon, lib/unittest (unittest.h, all_tests.c). Whatever a test prints stands between its
// name and its status. A case that is run alone has no closing line; that of all cases counts them,
// and not their tests: `groups` and its parts.
std::unique_ptr<FormatReader> make_lk_unittest() {
  static const auto kPatterns = compile_patterns(TestPatterns{
      .group = {R"(^CASE (?P<name>\S+)\s+\[STARTED\])"},
      .start = {R"(^\s+(?P<name>\S+)\s+\[RUNNING\])"},
      .result =
          {R"((?:^CASE (?P<name>\S+)\s+|\s)\[(?P<status>PASSED|FAILED|IGNORED)\]\s*(?:\(\d+ ms\))?\s*$)"},
      .summary = {
          R"(^\s*CASES:\s+\d+\s+SUCCESS:\s+\d+\s+(?P<status>FAILED):\s+[1-9])",
          R"(^\s*CASES:\s*(?:(?P<groups>\d+)\s+SUCCESS:\s+(?P<groups_passed>\d+)\s+FAILED:\s+(?P<groups_failed>\d+))?)"}});
  return make_reader(kPatterns, Closing::optional);
}

// Unikraft, lib/uktest (test.h, test.c): a line for each assertion, padded with dots; brackets
// stand where there is no colour.
std::unique_ptr<FormatReader> make_uktest() {
  static const auto kPatterns = compile_patterns(TestPatterns{
      .group = {R"(^test:\s+\[?(?P<name>[^\]:>]+(?:->|:)[^\]:\s]+))"},
      .result = {R"(^\s*:?\s*(?P<name>expected .*?) \.* ?\[? ?(?P<status>PASSED|FAILED) ?\]?\s*$)"},
      .summary = {R"(^\s*- (?:Suites|Cases):\s+[1-9]\d* (?P<status>failed))",
                  R"(^\s*- Assertions:\s+(?:(?P<fail>\d+) failed, )?(?P<total>\d+) total)"}});
  return make_reader(kPatterns);
}

// The runner of blog_os (os.phil-opp.com, "Testing"), and of kernels that follow it. Its tests that
// must panic, or overflow a stack, run without a harness: they print no plan.
std::unique_ptr<FormatReader> make_blog_os() {
  static const auto kPatterns = compile_patterns(TestPatterns{
      .start = {R"(^(?P<name>[A-Za-z_][A-Za-z0-9_:<>]*)\.\.\.)"},
      .result =
          {R"((?:^(?P<name>[A-Za-z_][A-Za-z0-9_:<>]*)\.\.\..*|^)\[(?P<status>ok|failed|ignored)\]\s*$)"},
      .plan = {R"(^[Rr]unning (?P<total>\d+) tests?)"}});
  return make_reader(kPatterns);
}

// seL4's sel4test (sel4test-tests and sel4test-driver, main.c). What the driver tests by itself has
// no result of its own, and counts in the closing line, too.
std::unique_ptr<FormatReader> make_sel4test() {
  static const auto kPatterns = compile_patterns(TestPatterns{
      .start = {R"(^Running test (?P<name>\S+) \()"},
      .result = {R"(^Test (?P<name>[A-Z]\S*) (?P<status>passed|failed)$)"},
      .summary = {
          R"(^Test suite (?P<status>passed|failed)\. (?:\d+/)?(?P<most>\d+) tests passed\.)"}});
  return make_reader(kPatterns);
}

// Unity (unity.c, extras/fixture with -v), as ESP-IDF, RT-Thread and many boards run it. What a
// test prints may stand before its place.
std::unique_ptr<FormatReader> make_unity() {
  static const auto kPatterns = compile_patterns(TestPatterns{
      .result =
          {R"(:\d+:(?P<name>[^:]+):(?P<status>PASS|FAIL|IGNORE)(?: ?\(\d+ ms\))?(?:: ?(?P<note>.*))?$)",
           R"(^(?P<name>TEST\([^()]*\)) (?P<status>PASS)(?: ?\(\d+ ms\))?$)"},
      .skip = {R"(^IGNORE_(?P<name>TEST\([^()]*\))$)"},
      .summary = {R"(^(?P<total>\d+) Tests (?P<fail>\d+) Failures (?P<skip>\d+) Ignored)"}});
  return make_reader(kPatterns);
}

// cmocka 1.1 and 2.0 (cmocka.c, its standard output). Behind the counts the names are listed once
// more, when no test runs.
std::unique_ptr<FormatReader> make_cmocka() {
  static const auto kPatterns = compile_patterns(
      TestPatterns{.start = {R"(^\[ RUN      \] (?P<name>.+?)\s*$)"},
                   .result = {R"(\[ +(?P<status>OK|FAILED|SKIPPED) +\] )"},
                   .plan = {R"(^\[==========\] (?:.*: )?Running (?P<total>\d+) test\(s\))"},
                   .summary = {R"(^\[  PASSED  \] (?P<pass>\d+) test\(s\))",
                               R"(^\[  FAILED  \] (?:.*: )?(?P<fail>\d+) test\(s\))",
                               R"(^\[  SKIPPED \] (?:.*: )?(?P<skip>\d+) test\(s\))"}});
  return make_reader(kPatterns);
}

}  // namespace harness
