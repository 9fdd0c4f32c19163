// Where the time of a boot goes: QEMU's start, the firmware, the guest's phases, the end.
// Instructions of counted boots beside host time of others, less that of an empty guest. Pure:
// boots in, rows out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/record.h"

namespace harness::timeline {

struct TimelineRow {
  std::string name;
  std::optional<std::uint64_t> instructions;  // of the first counted boot; unset where none counts
  bool noisy = false;                         // the counted boots differ in it
  std::vector<double> milliseconds;           // one sample a boot under the host clock
};

struct Timeline {
  std::vector<TimelineRow> rows;  // in order of time; the host times of a boot add up to its whole
  TimelineRow whole;              // start to end of QEMU; instructions: from power-on to [END]
  std::vector<double> empty;      // whole boots of an empty guest, in milliseconds
  std::vector<double> own;        // whole - empty, pair by pair: the guest's own share
};

/// The rows are the [PHASE] lines of the guest. A guest that has none, or a host without a counter
/// to read them by, gets those that its serial output shows: to the first byte, to the last.
/// `host` and `empty` are pairs, taken side by side (equal counts, at least one); `counted` may be
/// empty. All boots ended well.
Timeline make_timeline(const std::vector<BootRecord>& host, const std::vector<Trace>& empty,
                       const std::vector<BootRecord>& counted);

}  // namespace harness::timeline
