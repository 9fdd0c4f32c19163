// A profile: exact instructions by function and by context, made of what was counted. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "profile/code.h"
#include "profile/counts.h"

namespace harness::profile {

/// One function over all its contexts. `total` counts nested activations once.
struct FunctionTotals {
  std::uint32_t function = 0;
  std::uint64_t self = 0;       // instructions in it
  std::uint64_t total = 0;      // in it and in all that it called
  std::uint64_t calls = 0;      // entries
  std::uint64_t outermost = 0;  // entries while it was not active already
};

/// One caller and one it called, over all contexts.
struct Edge {
  std::uint32_t caller = 0, callee = 0;
  std::uint64_t calls = 0;
  std::uint64_t total = 0;  // instructions below those calls; nested ones of the pair count once
};

struct CountedProfile {
  GuestCode code;
  Counts counts;
  std::vector<FunctionTotals> functions;  // executed ones, most own instructions first
  std::vector<std::uint64_t> inclusive;   // of each context: its own and all below
  std::vector<Edge> edges;                // by caller, then by cost
  [[nodiscard]] const std::string& name(std::uint32_t function) const {
    return code.functions[function].name;
  }
};

/// `code` as it was at the end of the boot, without Counts::unnamed, which gets its names here.
CountedProfile make_profile(GuestCode code, Counts counts);

/// Why the parts do not add up to the plugin's own total, or nothing: they must, to the
/// instruction. Checks functions, contexts and, where none was left out, blocks.
std::optional<std::string> disagreement(const CountedProfile& profile);

/// What is to be said about the plugin's total beside QEMU's own count: nothing where they are
/// equal at QEMU's end. Else they differ, or this QEMU does not tell, or it was killed before.
std::optional<std::string> doubt(const Counts& counts);

/// How far the two counts are apart; 0 where QEMU does not tell.
std::uint64_t apart(const Counts& counts);

}  // namespace harness::profile
