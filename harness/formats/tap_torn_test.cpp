// A result that another message was printed into: whatever is left of a failure is never a pass.
#include <gtest/gtest.h>

#include <array>

#include "formats/formats_testing.h"

namespace harness {
namespace {

using testing_formats::Rank;
using testing_formats::rank_of;
using testing_formats::read_log;

constexpr auto kMessages = std::to_array<std::string_view>({
    "[    1.234567] random: crng init done\n",
    "[ 1.23] message\n",
    "[    1.234567] one\n[    1.234568] two\n",
    "a message without a time stamp\n",
    "message\n",
    "one\ntwo\nthree\n",
    "\n[    1.234567] behind a line end\n",
    "<6>[    1.234567][    T1] tagged\n",
    "usb 1-1: link ok 2 times retried\n",
    "link is not ok 2 times\n",
    "no line end",
    "2024-05-23T12:22:33.123 dated\n",
});
constexpr auto kDocuments = std::to_array<std::string_view>({
    "TAP version 13\n1..3\nok 1 a\nnot ok 2 b\nok 3 c\n",
    "1..3\nok 1 a\nnot ok 2 - b\nok 3 c\n",
    "1..1\nnot ok 1 only\n",
    "not ok 1 a\nok 2 b\n1..2\n",
    "not ok - a\nok - b\n1..2\n",
    "TAP version 14\n1..2\n\t# Subtest: s\n\t1..2\n\tok 1 x\n\tnot ok 2 y\nnot ok 1 s\nok 2 t\n",
    "ok 1 a\nnot ok 2 b\n1..2\n",
    "1..2\nok a\nnot ok b\n",
    "1..12\nok 1\nok 2\nok 3\nok 4\nok 5\nok 6\nok 7\nok 8\nok 9\nok 10\nok 11\nnot ok 12 last\n",
    "KTAP version 1\n1..2\n    KTAP version 1\n    # Subtest: s\n    1..2\n    ok 1 x\n"
    "    not ok 2 y\nnot ok 1 s\nok 2 t\n",
    "KTAP version 1\n1..1\n    KTAP version 1\n    # Subtest: s\n    1..1\n    ok 1 x\nnot ok 1 "
    "s\n",
    "TAP version 13\n1..1\n# TAP version 13\n# 1..2\n# ok 1 x\n# not ok 2 y\nnot ok 1 outer # "
    "exit=1\n",
});

/// Every message at every place of every document: the verdict is never better than without it.
TEST(TapTorn, AMessageInsideADocumentWithAFailureNeverMakesItPass) {
  for (const char* format : {"tap", "ktap"}) {
    for (const std::string_view document : kDocuments) {
      ASSERT_EQ(rank_of(read_log(format, document)), Rank::worse);
      const std::size_t begin = document.find("not ok");
      const std::size_t end = document.find('\n', begin);
      for (const std::string_view message : kMessages) {
        for (std::size_t at = begin; at < end; ++at) {
          std::string log(document);
          log.insert(at, message);
          EXPECT_EQ(rank_of(read_log(format, log)), Rank::worse) << format << ":\n" << log;
        }
      }
    }
  }
}

/// With the time stamps that a console puts before every line.
TEST(TapTorn, NorWhereEveryLineHasATimeStamp) {
  for (const std::string_view document : kDocuments) {
    for (const std::string_view message : kMessages) {
      const std::size_t begin = document.find("not ok");
      for (std::size_t at = begin; at < document.find('\n', begin); ++at) {
        std::string log(document);
        log.insert(at, message);
        std::string stamped;
        for (std::size_t from = 0; from < log.size();) {
          const std::size_t to = std::min(log.find('\n', from), log.size() - 1) + 1;
          stamped += "[    2.000001] " + log.substr(from, to - from);
          from = to;
        }
        EXPECT_EQ(rank_of(read_log("ktap", stamped)), Rank::worse) << stamped;
      }
    }
  }
}

TEST(TapTorn, ACutOffEndIsNeverAPass) {
  for (const std::string_view document : kDocuments) {
    const std::size_t last = document.find('\n', document.rfind("ok "));
    for (std::size_t size = 0; size <= last; ++size) {
      EXPECT_EQ(rank_of(read_log("ktap", document.substr(0, size))), Rank::worse)
          << document.substr(0, size);
    }
  }
}

/// What Perl's Test::More prints has its plan at the end.
TEST(TapTorn, ACutOffPlanIsMissed) {
  constexpr std::string_view kDocument =
      "    # Subtest: s\n    ok 1 - x\n    1..1\nok 1 - s\n    # Subtest: t\n    ok 1 - y\n"
      "    1..1\nok 2 - t\n1..2\n";
  ASSERT_EQ(rank_of(read_log("tap", kDocument)), Rank::pass);
  for (std::size_t size = 0; size + 2 < kDocument.size(); ++size) {
    EXPECT_EQ(rank_of(read_log("tap", kDocument.substr(0, size))), Rank::worse)
        << kDocument.substr(0, size);
  }
}

TEST(TapTorn, ATornBailOutIsNoPass) {
  constexpr std::string_view kBefore = "1..2\nok 1 a\nok 2 b\n", kWords = "Bail out! no disk\n";
  for (const std::string_view message : kMessages) {
    for (std::size_t at = 0; at <= std::string_view("Bail out!").size(); ++at) {
      if (message.back() != '\n' && at > 0) continue;
      std::string log(kBefore);
      log.append(kWords.substr(0, at)).append(message).append(kWords.substr(at));
      EXPECT_EQ(rank_of(read_log("tap", log)), Rank::worse) << log;
    }
  }
  EXPECT_EQ(rank_of(read_log("tap", std::string(kBefore) + "he had to bail out! no\n")),
            Rank::pass);
}

/// In any case, as whole ones are read, with all results before it.
TEST(TapTorn, ATornBailOutIsKnownInAnyCase) {
  constexpr std::string_view kBefore = "1..2\nok 1 a\nok 2 b\n";
  for (const std::string_view words : {"BAIL OUT! no", "bail out! no", "Bail Out! no"}) {
    for (const std::string_view message : {"message\n", "hi\n[    1.234567] ho\n"}) {
      for (std::size_t at = 0; at <= words.find('!'); ++at) {
        std::string log(kBefore);
        log.append(words.substr(0, at)).append(message).append(words.substr(at));
        EXPECT_EQ(rank_of(read_log("tap", log)), Rank::worse) << log;
      }
    }
    for (const char* glued : {"hello", "10%", "[    1.234567] hello"}) {
      EXPECT_EQ(rank_of(read_log("tap", std::string(kBefore) + glued + std::string(words))),
                Rank::worse)
          << glued << words;
    }
  }
}

TEST(TapTorn, ABailOutThatWasCutOffIsNoPass) {
  constexpr std::string_view kBefore = "1..2\nok 1 a\nok 2 b\n";
  for (const std::string_view words : {"Bail out!", "BAIL OUT!"}) {
    for (std::size_t size = 1; size <= words.size(); ++size) {
      const std::string cut(words.substr(0, size));
      EXPECT_EQ(rank_of(read_log("tap", std::string(kBefore) + cut)), Rank::worse) << cut;
      if (size < 4) continue;
      EXPECT_EQ(rank_of(read_log("ktap", std::string(kBefore) + "hello" + cut)), Rank::worse);
    }
  }
  for (const char* end : {"Bailey", "bye", "no bail", "he may bail out", "trial b", "Bailiff o"}) {
    EXPECT_EQ(rank_of(read_log("tap", std::string(kBefore) + end + "\n")), Rank::pass) << end;
  }
}

TEST(TapTorn, MessagesBetweenTheLinesOfAPassLeaveItOne) {
  for (const std::string_view message : kMessages) {
    if (message.back() != '\n') continue;
    std::string log = "TAP version 13\n1..2\n";
    for (const char* line : {"ok 1 a\n", "ok 2 b\n"}) {
      log += message;
      log += line;
    }
    log += message;
    EXPECT_EQ(rank_of(read_log("ktap", log)), Rank::pass) << log;
  }
}

TEST(TapTorn, AFailureGluedToAnotherMessageIsOne) {
  EXPECT_EQ(testing_formats::told(
                "ktap", "1..3\nok 1 a\n[ 1.2] random: crng init donenot ok 2 b\nok 3 c\n"),
            "a pass, b fail (printed behind another message), c pass");
}

/// What is quoted is no result; a result that it stands for has still to come.
TEST(TapTorn, AQuotationIsNoFailure) {
  using testing_formats::told;
  for (const char* quote : {"'not ok 2 b'", "\"not ok 2 b\"", "`not ok 2 b'", "`not ok 2 b`"}) {
    const std::string line = "looking for " + std::string(quote) + " in it\n";
    for (const char* format : {"tap", "ktap"}) {
      EXPECT_EQ(told(format, "1..2\nok 1 a\n" + line + "ok 2 b\n"), "a pass, b pass") << line;
      EXPECT_EQ(told(format, "1..1\nok 1 a\n" + line), "a pass") << line;
      EXPECT_EQ(rank_of(read_log(format, "1..2\nok 1 a\n" + line)), Rank::worse) << line;
    }
  }
  EXPECT_EQ(told("tap", "1..2\nok 1 a\nit says 'not ok 2 b\n"),
            "a pass, b fail (printed behind another message)");
}

/// Where a plan was read and results are to come, no other plan can stand.
TEST(TapTorn, WhatOnlyBeginsAsAPlanIsTextInsideOfADocument) {
  constexpr std::string_view kLine = "1..4 cpus online\n";
  const auto rank = [&](std::string log) { return rank_of(read_log("tap", log)); };
  const std::string line(kLine), plan = "1..2\n", first = "ok 1 a\n", second = "ok 2 b\n";
  EXPECT_EQ(rank(plan + line + first + second), Rank::pass);
  EXPECT_EQ(rank(plan + first + line + second), Rank::pass);
  EXPECT_EQ(rank("TAP version 14\n" + plan + first + line + second), Rank::pass);
  EXPECT_EQ(rank(plan + first + line), Rank::worse);                    // a result is missing
  EXPECT_EQ(rank(plan + first + second + line), Rank::worse);           // may be another document
  EXPECT_EQ(rank(line + first + second), Rank::worse);                  // may be the plan
  EXPECT_EQ(rank(line + plan + first + second), Rank::worse);           // of one that was lost
  EXPECT_EQ(rank(first + second + line), Rank::worse);                  // may be the plan
  EXPECT_EQ(rank(plan + first + "    " + line + second), Rank::worse);  // of a subtest
}

TEST(TapTorn, AFailureBehindAnOkOfItsNumberIsNotHidden) {
  const auto rank = [](std::string_view log) { return rank_of(read_log("tap", log)); };
  for (const char* line : {"ok 2not ok 2 - b\n", "ok 2 xnot ok 2 b\n", "oknot ok 2 b\n"}) {
    const std::string log = std::string("1..3\nok 1 a\n") + line + "ok 3 c\n";
    EXPECT_EQ(rank(log), Rank::worse) << line;
  }
  EXPECT_EQ(rank("1..2\nok 1 a\nok 2 says 'not ok 2 b' in quotes\n"), Rank::pass);
  EXPECT_EQ(rank("1..2\nok 1 a\nok 2 it is not ok 2 times\n"), Rank::pass);
}

TEST(TapTorn, ProseIsNoResultAndNoFailure) {
  EXPECT_EQ(testing_formats::told("ktap", "1..2\nok 1 a\nthe link is not ok 2 times\nok 2 b\n"),
            "a pass, b pass");
  EXPECT_EQ(testing_formats::told("ktap", "1..2\nok 1 a\nthe link is not ok 2 times\n"),
            "a pass; 1 results came, 2 were announced");
  EXPECT_EQ(testing_formats::told("ktap", "1..2\nok 1 a\nusb: link ok 2 times retried\n"),
            "a pass; 1 results came, 2 were announced");
  EXPECT_EQ(testing_formats::told("ktap", "1..2\nok 1 a\nnote: nothing to do\nok 2 b\n"),
            "a pass, b pass");
}

}  // namespace
}  // namespace harness
