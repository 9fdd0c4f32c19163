#include "console_text/terminal.h"

#include <gtest/gtest.h>

#include <string_view>

namespace harness {
namespace {

std::string shown(std::string_view bytes) { return shown_text(bytes); }

TEST(TerminalFilter, ColoursAndTitlesShowNothing) {
  EXPECT_EQ(shown("\x1b[1;32mroot@host\x1b[0m:~# "), "root@host:~# ");
  EXPECT_EQ(shown("\x1b[01;31m\x1b[Kmatch\x1b[m\x1b[K"), "match");
  EXPECT_EQ(shown("\x1b]0;a title\ax\x1b]2;t\x1b\\y\x1bP1$r\x1b\\z"), "xyz");
  EXPECT_EQ(shown("\x1b(B\x1b[?25l\x1b[=3h\x1b"
                  "7a\x1b"
                  "8"),
            "a");
  EXPECT_EQ(shown(std::string_view("a\0b\ac", 5)), "abc");
  EXPECT_EQ(shown("\x15\x07\t**** PANIC\x0e\x0f"), "\t**** PANIC");
}

TEST(TerminalFilter, AMoveOfTheCursorEndsAText) {
  EXPECT_EQ(shown("10%\r100%\rPASS"), "10%\n100%\nPASS");
  EXPECT_EQ(shown("\x1b[2J\x1b[01;01Hhello\x1b[5;1Hworld"), "hello\nworld");
  EXPECT_EQ(shown("a\r\nb\n\nc\r\r\nd"), "a\nb\n\nc\n\nd");
  EXPECT_EQ(shown("a\fb\vc"), "a\nb\nc");
}

TEST(TerminalFilter, CursorForwardShowsAsBlanks) {
  EXPECT_EQ(shown("a\x1b[Cb\x1b[3Cc"), "a b   c");
  EXPECT_EQ(shown("\x1b[99999999999C").size(), 80u);
}

TEST(TerminalFilter, ABackspaceTakesOneCharacterOfThisText) {
  EXPECT_EQ(shown("-\b\\\b|\b/\bok"), "ok");
  EXPECT_EQ(shown("a\xC3\xA9\bx"), "ax");
  EXPECT_EQ(shown("a\n\b\bb"), "a\nb");
}

TEST(TerminalFilter, WhatHasNoEndWasNoControlString) {
  EXPECT_EQ(shown("ok\x1b]0;not ok 2"), "ok\n0;not ok 2");
  EXPECT_EQ(shown("\x1b]0;a\nKernel panic"), "0;a\nKernel panic");
  EXPECT_EQ(shown("\x1b]" + std::string(1000, 'x')).size(), 1000u);
  EXPECT_EQ(shown("a\x1b[31"), "a");
  EXPECT_EQ(shown("\x1b[3\xC3\xA9"), "\xC3\xA9");
}

TEST(TerminalFilter, BytesOfAnyKindAreTaken) {
  std::string all;
  for (int i = 0; i < 256; ++i) {
    for (int j = 0; j < 256; ++j) {
      all += '\x1b';
      all += static_cast<char>(i);
      all += static_cast<char>(j);
    }
  }
  EXPECT_LE(shown(all).size(), 100 * all.size());
}

}  // namespace
}  // namespace harness
