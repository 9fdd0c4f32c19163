#include "recovery/trap_record.h"

namespace kernel {
namespace {

// Intel SDM volume 3, table 6-1: where an error code is pushed.
constexpr uint32_t kWithError = 1u << 8 | 1u << 10 | 1u << 11 | 1u << 12 | 1u << 13 | 1u << 14 |
                                1u << 17 | 1u << 21 | 1u << 29 | 1u << 30;
constexpr uint32_t kErrorBytes = 4, kFrameBytes = 12;  // eip, cs, eflags

}  // namespace

Trap trap_of(uint32_t vector, const uint32_t* pushed, uint32_t esp, uint32_t cr2) {
  const uint32_t has_error = kWithError >> vector & 1;
  return {vector, has_error ? pushed[0] : 0, pushed[has_error],
          esp + has_error * kErrorBytes + kFrameBytes, vector == kPageFault ? cr2 : 0};
}

bool covers(const CodeRange& range, const Trap& trap) {
  if (range.end == 0) return true;
  // These two report the next instruction, which may be the first one behind the range.
  const bool is_behind = trap.vector == kBreakpoint || trap.vector == kOverflow;
  const uint32_t at = trap.eip - is_behind;
  return at >= range.begin && at < range.end;
}

bool is_forbidden_write(const Trap& trap) {
  // Intel SDM volume 3, 4.7: the page is present, the access was a write, and no reserved bit was
  // set in an entry.
  constexpr uint32_t kPresent = 1 << 0, kWrite = 1 << 1, kReserved = 1 << 3;
  return trap.vector == kPageFault &&
         (trap.error & (kPresent | kWrite | kReserved)) == (kPresent | kWrite);
}

}  // namespace kernel
