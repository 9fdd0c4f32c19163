// Registers and addresses in what a guest printed as it crashed. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "model/record.h"

namespace harness {

struct CrashText {
  /// In the order in which they were printed; of a name that came twice the first.
  std::vector<CrashRegister> registers;
  /// The innermost first. The others are return addresses.
  std::vector<std::uint64_t> addresses;
  /// The first address is that of the instruction at which the processor stopped, not a return
  /// address.
  bool exact = false;
};

/// More of either are not kept.
inline constexpr std::size_t kMaxCrashFrames = 32, kMaxCrashRegisters = 64;

/// What a [PANIC] line of ours says ("eip=0x100153 ... trace=0x100153,0x10012E"), or what stands
/// near the line of a crash in other words: registers by their names ("RIP: 0010:ffffffff81000000",
/// "x0  0x..."), and addresses for which `is_code` holds, in lines up to kCrashLines behind it:
/// those behind a line that announces a backtrace; without one, those in lines that hold nothing
/// else (xv6), in frames ("#0 0x..."), in "[<...>]" and behind "caller". A number in a sentence is
/// none. Empty for a boot that did not crash, or said no addresses.
CrashText read_crash_text(std::string_view serial, const Events& events,
                          const std::function<bool(std::uint64_t)>& is_code);
inline constexpr std::size_t kCrashLines = 80;

}  // namespace harness
