#include "profile/tier_gains.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

namespace harness::profile {
namespace {

/// f [t1] takes 10,000 a call, f(0=40) [t2] 4,000.
CountedProfile with_versions() {
  CountedProfile profile;
  profile.code.functions = {{.name = "f [t1]", .tier = "t1"},
                            {.name = "f(0=40) [t2]", .tier = "t2"},
                            {.name = "twice [t2] @0x1000", .tier = "t2"},
                            {.name = "twice [t2] @0x2000", .tier = "t2"}};
  profile.functions = {{0, 80'000, 100'000, 10, 10},
                       {1, 70'000, 80'000, 20, 20},
                       {2, 10, 10, 1, 1},
                       {3, 10, 10, 1, 1}};
  return profile;
}

TierGain gain_of(const std::string& line) {
  Events events;
  events.json = {line};
  const auto gains = tier_gains(with_versions(), events);
  EXPECT_EQ(gains.size(), 1U);
  return gains.empty() ? TierGain{} : gains[0];
}
TierGain said(std::uint64_t ticks, std::uint64_t before) {
  return gain_of(fmt::format(R"-({{"tier":{{"name":"f(0=40)","of":"f","ticks":{},"before":{}}}}})-",
                             ticks, before));
}

TEST(TierGains, WhatIsSaidAgreesWithWhatIsCounted) {
  const TierGain gain = said(4'500, 10'500);
  EXPECT_EQ(gain.agreement, TierGain::Agreement::agrees) << gain.reason;
  EXPECT_EQ(gain.calls, 20U);
  EXPECT_EQ(gain.counted, 4'000U);
  EXPECT_EQ(gain.counted_before, 10'000U);
}

TEST(TierGains, WhatIsDoneBesideIsNoPartOfACall) {
  CountedProfile profile = with_versions();
  profile.code.functions.push_back({.name = "refuel(int)"});
  profile.code.functions.push_back({.name = "refuels(int)"});
  // Of f: 60,000 of 100,000 in refuel, called by itself once more, 5,000 in another; of the version
  // nothing, and of nobody's 7,000.
  profile.counts.contexts = {{},           {0, 0, 10, 0}, {1, 4, 1, 0}, {2, 4, 1, 0},
                             {1, 5, 1, 0}, {0, 1, 20, 0}, {0, 4, 1, 0}};
  profile.inclusive = {187'000, 100'000, 60'000, 20'000, 5'000, 80'000, 7'000};
  const auto gain_beside = [&](const char* beside) {
    Events events;
    events.json = {fmt::format(
        R"-({{"tier":{{"name":"f(0=40)","of":"f","beside":"{}","ticks":4000,"before":10000}}}})-",
        beside)};
    return tier_gains(profile, events).at(0);
  };
  EXPECT_EQ(gain_beside("refuel").counted_before, 4'000U);
  EXPECT_EQ(gain_beside("refuel").counted, 4'000U);
  EXPECT_EQ(gain_beside("refuel").agreement, TierGain::Agreement::differs) << "it gains nothing";
  EXPECT_EQ(gain_beside("").counted_before, 10'000U);
  EXPECT_EQ(gain_beside("none").counted_before, 10'000U);
}

TEST(TierGains, ACallThatTakesMoreThanWasSaidDiffers) {
  const TierGain gain = said(2'000, 10'000);
  EXPECT_EQ(gain.agreement, TierGain::Agreement::differs);
  EXPECT_EQ(gain.reason, "a call takes something else than the guest has measured");
  EXPECT_TRUE(has_difference({gain}));
}

TEST(TierGains, AGainThatIsNotThereDiffers) {
  const TierGain gain = said(4'000, 20'000);
  EXPECT_EQ(gain.agreement, TierGain::Agreement::differs);
  EXPECT_TRUE(gain.reason.starts_with("the gain is another")) << gain.reason;
}

TEST(TierGains, AMeanOfCallsWithSeveralArgumentsIsNotWhatOneOfThemTook) {
  CountedProfile profile = with_versions();
  profile.code.functions.push_back({.name = "f(0=50) [t2]", .tier = "t2"});
  profile.functions.push_back({4, 70'000, 80'000, 20, 20});
  const auto line = [](int argument, int ticks, int before) {
    return fmt::format(R"-({{"tier":{{"name":"f(0={})","of":"f","ticks":{},"before":{}}}}})-",
                       argument, ticks, before);
  };
  const auto gains_of = [&](const std::string& second) {
    Events events;
    events.json = {line(40, 4'000, 20'000), second};
    return tier_gains(profile, events);
  };
  const auto gains = gains_of(line(50, 4'000, 10'000));
  EXPECT_EQ(gains.at(0).agreement, TierGain::Agreement::unchecked);
  EXPECT_NE(gains.at(0).reason, "");
  EXPECT_EQ(gains.at(1).agreement, TierGain::Agreement::agrees);
  EXPECT_FALSE(has_difference(gains));
  // Each of them must still take what was said; and one that nobody called proves nothing.
  EXPECT_TRUE(has_difference(gains_of(line(50, 9'000, 10'000))));
  EXPECT_TRUE(has_difference(gains_of(line(60, 4'000, 10'000))));
}

TEST(TierGains, WhatWasNotCalledOrIsNotOneIsUnchecked) {
  EXPECT_EQ(gain_of(R"({"tier":{"name":"none","of":"f","ticks":1,"before":2}})").agreement,
            TierGain::Agreement::unchecked);
  EXPECT_EQ(gain_of(R"({"tier":{"name":"twice","of":"f","ticks":10,"before":20}})").agreement,
            TierGain::Agreement::unchecked);
  EXPECT_EQ(said(4'000, 0).agreement, TierGain::Agreement::unchecked);
}

TEST(TierGains, ANumberThatIsNoneDiffers) {
  for (const char* ticks : {"\"many\"", "-5", "30002.5", "18446744073709551616"}) {
    const TierGain gain = gain_of(
        fmt::format(R"({{"tier":{{"name":"none","of":"f","ticks":{},"before":2}}}})", ticks));
    EXPECT_EQ(gain.agreement, TierGain::Agreement::differs) << ticks;
    EXPECT_EQ(gain.reason, "what it says is no number of instructions");
  }
}

TEST(TierGains, WhatFollowsAThousandLinesIsADifference) {
  Events events;
  events.json.assign(1001, R"({"tier":{"name":"none","of":"f","ticks":1,"before":2}})");
  const auto gains = tier_gains(with_versions(), events);
  ASSERT_EQ(gains.size(), 1001U);
  EXPECT_FALSE(has_difference({gains.front()}));
  EXPECT_TRUE(has_difference(gains));
}

TEST(TierGains, OtherLinesAreNone) {
  Events events;
  events.json = {R"({"curve":{}})", R"([1])", R"({"tier":{},"more":1})"};
  EXPECT_TRUE(tier_gains(with_versions(), events).empty());
  EXPECT_EQ(render_tier_gains({}), "");
}

TEST(TierGains, AreShownWithWhatTheyDifferBy) {
  const std::string text = render_tier_gains({said(2'000, 10'000)});
  EXPECT_NE(text.find("f(0=40)\n  counted         4,000, f "), std::string::npos) << text;
  EXPECT_NE(text.find("  said            2,000, f 10,000: 80.0 % less\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("  differs: "), std::string::npos) << text;
}

TEST(TierGains, ANameCannotWriteToTheTerminal) {
  TierGain one;
  one.name = "\x1b[2J";
  EXPECT_EQ(render_tier_gains({one}).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace harness::profile
