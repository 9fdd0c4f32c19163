#include "onboarding/config_condition.h"

#include <gtest/gtest.h>

namespace harness::onboarding {
namespace {

const Configuration kConfiguration = {{"TARGET", "qemu"}, {"CONFIG_EFI", "n"}};

TEST(ConfigCondition, ComparesTheConfigurationWithWords) {
  const auto is = [](std::string_view text) { return condition_holds(text, kConfiguration); };
  EXPECT_EQ(is("[[ \"$TARGET\" != qemu ]]"), false);
  EXPECT_EQ(is("[[ $TARGET == qemu ]]"), true);
  EXPECT_EQ(is("[ \"${TARGET}\" = \"qemu\" ]"), true);
  EXPECT_EQ(is("[[ \"$NOT_THERE\" = y ]]"), false);
  EXPECT_EQ(is("[[ -z \"$NOT_THERE\" ]]"), true);
  EXPECT_EQ(is("[[ -n '' ]]"), false);
  EXPECT_EQ(is("[[ \"$TARGET\" != qemu ]] && [[ \"$CONFIG_EFI\" = y ]]"), false);
  EXPECT_EQ(is("[[ \"$TARGET\" = qemu ]] && [[ \"$CONFIG_EFI\" = n ]]"), true);
  EXPECT_EQ(is("[[ 1 = 1 ]] || [[ 1 = 1 ]] && [[ 1 = 2 ]]"), false) << "from left to right";
}

TEST(ConfigCondition, WhatWantsAShellIsNotUnderstood) {
  for (const char* text :
       {"", "true", "[[ $(id -u) = 0 ]]", "[[ \"$TARGET\" =~ q.* ]]", "[[ `id` = 0 ]]",
        "[[ $TARGET = qemu", "! [[ a = a ]]", "[[ a = a ]] && touch /tmp/x",
        "[[ '$TARGET' = qemu ]]", "[[ a < b ]]", "[[ a = a ]] &&", "[[ * = a ]]"}) {
    EXPECT_EQ(condition_holds(text, kConfiguration), std::nullopt) << text;
  }
}

TEST(ConfigCondition, ConfigurationIsKeysAndValues) {
  const Configuration found =
      parse_configuration("SRCDIR=/a b\nTARGET=qemu\n# x\nbad key=1\nU32_LONG_FMT=\nQ=\"x y\"\n");
  EXPECT_EQ(found.size(), 4u);
  EXPECT_EQ(found.at("SRCDIR"), "/a b");
  EXPECT_EQ(found.at("U32_LONG_FMT"), "");
  EXPECT_EQ(found.at("Q"), "x y");
}

}  // namespace
}  // namespace harness::onboarding
