// How a guest tells what code that it made for certain arguments gained: a [JSON] line with one
// object for each piece that [CODE] has announced (wire/protocol.h).
//
//   [JSON] {"tier":{"name":"f(0=40)","of":"f","beside":"refuel","ticks":201472,"before":601051}}
//
// Both numbers are of one call, as the guest has measured it. harness/profile/tier_gains.cpp holds
// them against what was counted.
#pragma once

namespace wire::tier {

inline constexpr char kObject[] = "tier";  // the one key of the line's object
inline constexpr char kName[] = "name";    // of its [CODE] line, in tier t2
inline constexpr char kOf[] = "of";        // name of the function, in tier t1
// A function of the guest's, without its parameters: what is done in it is no part of a call,
// whoever has called it. May be left out.
inline constexpr char kBeside[] = "beside";
inline constexpr char kTicks[] = "ticks";    // that a call took
inline constexpr char kBefore[] = "before";  // that the like took of the function; 0: not known

}  // namespace wire::tier
