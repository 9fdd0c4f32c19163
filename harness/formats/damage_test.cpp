// What happens to a log on its way: it is cut, lines of others are printed into it, lines are lost.
// Of no format does that make a verdict better than that of the whole.
#include <gtest/gtest.h>

#include <array>

#include "formats/formats_testing.h"

namespace harness {
namespace {

using testing_formats::Rank;
using testing_formats::rank_of;
using testing_formats::read_log;

struct Document {
  std::string_view format, text;
  Rank whole;
};
constexpr auto kDocuments = std::to_array<Document>({
    {"googletest",
     "[==========] Running 2 tests from 1 test suite.\n[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
     "[ RUN      ] A.b\n[       OK ] A.b (0 ms)\n"
     "[==========] 2 tests from 1 test suite ran. (0 ms total)\n[  PASSED  ] 2 tests.\n",
     Rank::pass},
    {"googletest",
     "[==========] Running 2 tests from 1 test suite.\n[ RUN      ] A.a\na.cc:3: Failure\n"
     "[  FAILED  ] A.a (0 ms)\n[ RUN      ] A.b\n[       OK ] A.b (0 ms)\n"
     "[==========] 2 tests from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n"
     "[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.a\n\n 1 FAILED TEST\n",
     Rank::worse},
    {"kvm-unit-tests", "PASS: a\nPASS: b\nSUMMARY: 2 tests\n", Rank::pass},
    {"kvm-unit-tests", "PASS: a\nFAIL: b\nSUMMARY: 2 tests, 1 unexpected failures\n", Rank::worse},
    {"kvm-unit-tests", "PASS: a\nXPASS: b\nSUMMARY: 2 tests, 1 unexpected failures\n", Rank::worse},
    {"ztest",
     "Running TESTSUITE s\nSTART - test_a\n PASS - test_a in 0.001 seconds\nSTART - test_b\n"
     " PASS - test_b in 0.001 seconds\nTESTSUITE s succeeded\n"
     "SUITE PASS - 100.00% [s]: pass = 2, fail = 0, skip = 0, total = 2 duration = 0.1 seconds\n"
     "PROJECT EXECUTION SUCCESSFUL\n",
     Rank::pass},
    {"ztest",
     "Running TESTSUITE s\nSTART - test_a\n PASS - test_a in 0.001 seconds\nSTART - test_b\n"
     " FAIL - test_b in 0.001 seconds\nTESTSUITE s failed.\n"
     "SUITE FAIL -  50.00% [s]: pass = 1, fail = 1, skip = 0, total = 2 duration = 0.1 seconds\n"
     "PROJECT EXECUTION FAILED\n",
     Rank::worse},
    {"uktest",
     "test: a->b\n\texpected `1` to be 1 and was 1 ..... [ PASSED ]\n"
     "\texpected `2` to be 2 and was 2 ..... [ PASSED ]\n"
     "Test Summary\n - Assertions: 2 total\n",
     Rank::pass},
    {"uktest",
     "test: a->b\n\texpected `1` to be 1 and was 1 ..... [ PASSED ]\n"
     "\texpected `2` to be 1 and was 2 ..... [ FAILED ]\n"
     "Test Summary\n - Assertions: 1 failed, 2 total\n",
     Rank::worse},
    {"libtest",
     "running 2 tests\ntest a ... ok\ntest b ... ok\n\n"
     "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n",
     Rank::pass},
    {"libtest",
     "running 2 tests\ntest a ... ok\ntest b ... FAILED\n\n"
     "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n",
     Rank::worse},
    {"blog-os", "Running 2 tests\na::a...\t[ok]\na::b...\t[ok]\n", Rank::pass},
    {"blog-os", "Running 2 tests\na::a...\t[ok]\na::b...\t[failed]\n", Rank::worse},
    {"sel4test",
     "Starting test 1: A1\nRunning test A1 (x)\nTest A1 passed\nStarting test 2: B1\n"
     "Running test B1 (y)\nTest B1 passed\nTest suite passed. 2 tests passed. 0 tests disabled.\n",
     Rank::pass},
    {"sel4test",
     "Starting test 1: A1\nRunning test A1 (x)\nTest A1 passed\nStarting test 2: B1\n"
     "Running test B1 (y)\nTest B1 failed\nTest suite failed. 1/2 tests passed.\n",
     Rank::worse},
    {"unity", "a.c:3:test_a:PASS\na.c:9:test_b:PASS\n\n---\n2 Tests 0 Failures 0 Ignored \nOK\n",
     Rank::pass},
    {"unity",
     "a.c:3:test_a:PASS\na.c:9:test_b:FAIL: no\n\n---\n2 Tests 1 Failures 0 Ignored \nFAIL\n",
     Rank::worse},
    {"cmocka",
     "[==========] tests: Running 2 test(s).\n[ RUN      ] a\n[       OK ] a\n[ RUN      ] b\n"
     "[       OK ] b\n[==========] tests: 2 test(s) run.\n[  PASSED  ] 2 test(s).\n",
     Rank::pass},
    {"cmocka",
     "[==========] tests: Running 2 test(s).\n[ RUN      ] a\n[       OK ] a\n[ RUN      ] b\n"
     "[  ERROR   ] --- 0x1 != 0x2\n[   LINE   ] --- b.c:12: error: Failure!\n[  FAILED  ] b\n"
     "[==========] tests: 2 test(s) run.\n[  PASSED  ] 1 test(s).\n"
     "[  FAILED  ] tests: 1 test(s), listed below:\n[  FAILED  ] b\n\n 1 FAILED TEST(S)\n",
     Rank::worse},
    {"solo5", "Solo5: Bindings version v0.9.0\nSUCCESS\nSolo5: solo5_exit(1) called\n",
     Rank::worse},
    {"tap", "1..2\nok 1 a\nok 2 b\n# fail 0\n", Rank::pass},
    {"tap", "1..2\nok 1 a\nnot ok 2 b\n# Looks like you failed 1 test of 2.\n", Rank::worse},
});
constexpr auto kMessages = std::to_array<std::string_view>({
    "[    1.234567] random: crng init done\n",
    "\n[    1.234567] behind a line end\n",
    "message\n",
    "one\ntwo\n",
    "no line end",
    "ok\n",
    "\r\n",
    "\x1b[32m",
});

/// A document that passes may only pass whole: its last byte is its line end.
TEST(Damage, ACutIsNeverBetterThanTheWhole) {
  for (const Document& document : kDocuments) {
    ASSERT_EQ(rank_of(read_log(document.format, document.text)), document.whole)
        << document.format << ":\n"
        << document.text;
    if (document.whole == Rank::pass) continue;
    for (std::size_t size = 0; size < document.text.size(); ++size) {
      EXPECT_EQ(rank_of(read_log(document.format, document.text.substr(0, size))), Rank::worse)
          << document.format << ":\n"
          << document.text.substr(0, size);
    }
  }
}

TEST(Damage, AMessageInItIsNeverBetterThanTheWhole) {
  for (const Document& document : kDocuments) {
    if (document.whole == Rank::pass) continue;
    for (const std::string_view message : kMessages) {
      for (std::size_t at = 0; at <= document.text.size(); ++at) {
        std::string log(document.text);
        log.insert(at, message);
        EXPECT_EQ(rank_of(read_log(document.format, log)), document.whole)
            << document.format << ":\n"
            << log;
      }
    }
  }
}

/// Where a format counts its results, one that was lost is missed.
TEST(Damage, ALostLineIsNeverBetterThanTheWhole) {
  for (const Document& document : kDocuments) {
    if (document.whole == Rank::pass) continue;
    for (std::size_t begin = 0; begin < document.text.size();) {
      const std::size_t end = document.text.find('\n', begin) + 1;
      std::string log(document.text);
      log.erase(begin, end - begin);
      EXPECT_EQ(rank_of(read_log(document.format, log)), document.whole) << document.format << ":\n"
                                                                         << log;
      begin = end;
    }
  }
}

/// All results of a document that passes are needed for it.
TEST(Damage, APassWithoutOneOfItsResultsIsNone) {
  for (const Document& document : kDocuments) {
    if (document.whole != Rank::pass) continue;
    for (const std::string_view mark : {"ok", "OK ]", "PASS - test", "PASS:", "PASSED ]", "[ok]"}) {
      for (std::size_t at = document.text.find(mark); at != document.text.npos;
           at = document.text.find(mark, at + 1)) {
        const std::size_t before = document.text.rfind('\n', at);
        const std::size_t begin = before == document.text.npos ? 0 : before + 1;
        std::string log(document.text);
        log.erase(begin, document.text.find('\n', at) + 1 - begin);
        EXPECT_EQ(rank_of(read_log(document.format, log)), Rank::worse) << document.format << ":\n"
                                                                        << log;
      }
    }
  }
}

}  // namespace
}  // namespace harness
