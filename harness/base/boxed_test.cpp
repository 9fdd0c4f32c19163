#include "base/boxed.h"

#include <gtest/gtest.h>

#include <string>

namespace harness {
namespace {

TEST(Boxed, IsAnOptionalOfThePointersSize) {
  EXPECT_EQ(sizeof(Boxed<std::string>), sizeof(void*));
  Boxed<std::string> box;
  EXPECT_FALSE(box);
  box = std::string("a");
  ASSERT_TRUE(box);
  EXPECT_EQ(*box, "a");
  EXPECT_EQ(box->size(), 1u);
  box.reset();
  EXPECT_FALSE(box);
  box = std::optional<std::string>("b");
  EXPECT_EQ(*box, "b");
  box = std::optional<std::string>();
  EXPECT_FALSE(box);
}

TEST(Boxed, ACopyHasAValueOfItsOwn) {
  Boxed<std::string> box(std::string("a"));
  const Boxed<std::string> copy = box;
  EXPECT_NE(&*copy, &*box);
  box = std::string("b");
  EXPECT_EQ(*copy, "a");
  const Boxed<std::string>& same = box;
  box = same;
  EXPECT_EQ(*box, "b");
}

}  // namespace
}  // namespace harness
