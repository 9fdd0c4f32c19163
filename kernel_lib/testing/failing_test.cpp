// Fails, to show how a guest's GoogleTest prints text that knows its size (wrong-memmove.yaml).
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

TEST(Text, IsShown) {
  const std::string text = "a b";
  EXPECT_EQ(text, std::string_view("a c")) << std::string("a note");
}

}  // namespace
