#include "console_text/plain_line.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

std::vector<std::string> parts(std::string_view line) {
  PlainLine plain;
  const auto found = plain.parts(line);
  return {found.begin(), found.end()};
}

TEST(PlainLine, AnOrdinaryLineIsNotCopied) {
  PlainLine plain;
  const std::string line = "  hello\tworld \xC3\xA9";
  const auto found = plain.parts(line);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].data(), line.data());
  EXPECT_EQ(found[0], line);
  EXPECT_TRUE(plain.parts("").empty());
}

TEST(PlainLine, AByteOrderMarkShowsNothing) {
  using namespace std::literals;
  EXPECT_EQ(parts("\xEF\xBB\xBF"s + "1..2"), std::vector<std::string>{"1..2"});
  EXPECT_EQ(parts("\xFF\xFE"s + "o\0k\0"s), std::vector<std::string>{"ok"});
  EXPECT_EQ(parts("\xFE\xFF"s + "\0o\0k"s), std::vector<std::string>{"ok"});
  EXPECT_TRUE(parts("\xEF\xBB\xBF").empty());
  EXPECT_EQ(parts("1\xEF\xBB\xBF"), std::vector<std::string>{"1\xEF\xBB\xBF"});
}

TEST(PlainLine, EachTextOfALineIsOne) {
  EXPECT_EQ(parts("\x1b[31m  not ok 3\x1b[0m"), std::vector<std::string>{"  not ok 3"});
  EXPECT_EQ(parts("10%\r100%\r[       OK ] A.a"),
            (std::vector<std::string>{"10%", "100%", "[       OK ] A.a"}));
  EXPECT_TRUE(parts("\r\r").empty());
}

TEST(PlainLine, EachOfVeryManyTextsIsOne) {
  EXPECT_EQ(parts(std::string(60'000, 'a') + "\r").size(), 1u);
  std::string many;
  for (int i = 0; i < 30'000; ++i) many += "a\r";
  EXPECT_EQ(parts(many + "panic: b").size(), 30'001u);
  EXPECT_EQ(parts(many + "panic: b").back(), "panic: b");
}

TEST(PlainLine, ATextIsShownWithOrWithoutItsColours) {
  EXPECT_TRUE(shows("\x1b[1;32mroot@host\x1b[0m:~# ", "root@host:~#"));
  EXPECT_TRUE(shows("\x1b[1mbold", "\x1b[1m"));
  EXPECT_FALSE(shows("root@\nhost", "root@host"));
  EXPECT_FALSE(shows("plain", "plane"));
}

}  // namespace
}  // namespace harness
