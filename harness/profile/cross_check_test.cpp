#include "profile/cross_check.h"

#include <gtest/gtest.h>

#include "profile/sample_profile.h"

namespace harness::profile {
namespace {

/// What an honest guest says of f: 2 calls, its total and 7 instructions more for each.
Events honest() {
  Events events;
  events.profiles = {{"f", 2, 474, 237, 237, 237, 300}};
  events.metrics = {{"profiler.overhead", 10, "cycles"}};
  return events;
}

CrossCheck of(const Events& events, const CountedProfile& profile = sample_profile()) {
  const auto checks = cross_check(profile, events);
  EXPECT_EQ(checks.size(), 1u);
  return checks.at(0);
}

TEST(CrossCheck, WhatIsWithinTheOverheadAgrees) {
  const CrossCheck check = of(honest());
  EXPECT_EQ(check.agreement, Agreement::agrees) << check.reason;
  EXPECT_EQ(check.counted_calls, 2u);
  EXPECT_EQ(check.counted_total, 460u);
}

TEST(CrossCheck, OneCallMoreOrLessIsFound) {
  for (const std::uint64_t calls : {1U, 3U}) {
    Events events = honest();
    events.profiles[0].calls = calls;
    EXPECT_EQ(of(events).agreement, Agreement::differs);
    EXPECT_NE(of(events).reason.find("2 were made"), std::string::npos);
  }
}

TEST(CrossCheck, InstructionsBeyondTheOverheadAreFoundInBothDirections) {
  Events events = honest();
  for (const auto& [total, expected] :
       {std::pair{480U, Agreement::agrees}, std::pair{481U, Agreement::differs},
        std::pair{440U, Agreement::agrees}, std::pair{439U, Agreement::differs}}) {
    events.profiles[0].total = total;
    EXPECT_EQ(of(events).agreement, expected) << total;
  }
}

TEST(CrossCheck, WhatCannotBeComparedIsSaidAndNotJudged) {
  Events events = honest();
  events.metrics.clear();
  EXPECT_EQ(of(events).agreement, Agreement::unchecked);
  EXPECT_NE(of(events).reason.find("profiler.overhead"), std::string::npos);
  events = honest();
  events.profiles[0].name = "layer 1";
  EXPECT_EQ(of(events).agreement, Agreement::unchecked);
  GuestCode code = sample_code();
  code.functions[0].name = "other::f()";
  EXPECT_EQ(of(honest(), make_profile(code, sample_counts())).agreement, Agreement::unchecked);
}

/// g becomes the guest's profiler: begin and end are what it says they are.
CountedProfile with_profiler() {
  GuestCode code = sample_code();
  code.functions[2].name = "kernel::Profiler::begin(int)";
  return make_profile(code, sample_counts());
}

TEST(CrossCheck, TheProfilersOwnWorkBelowAFunctionIsNotTheFunctions) {
  EXPECT_EQ(of(honest(), with_profiler()).counted_total, 350u);
}

TEST(CrossCheck, AnOverheadThatIsStatedTooHighIsNotBelieved) {
  Events events = honest();
  events.metrics[0].value = 40;  // counted: 150 instructions in 6 calls
  EXPECT_EQ(of(events, with_profiler()).overhead, 40u);
  events.metrics[0].value = 51;
  EXPECT_EQ(of(events, with_profiler()).overhead, 25u);
  events.metrics.clear();
  EXPECT_EQ(of(events, with_profiler()).overhead, 25u);
}

}  // namespace
}  // namespace harness::profile
