// One more line of the protocol, for apps that learn from their data how much there is to say:
//
//   [PLAN] tests=0 metrics=5
//
// It stands between [BEGIN] and [END] (wire/protocol.h), as often as need be, and adds to the plan
// that [BEGIN] announced.
#pragma once

namespace wire {

inline constexpr char kPlan[] = "[PLAN]";

}  // namespace wire
