// What reports say of counts that are not the same in every boot, and of what shares are shares.
// Pure.
#pragma once

#include <string>

#include "model/record.h"

namespace harness {

/// Numbers of a run under the counted clock that are not exact (record/summary.h), untrusted text.
struct InexactCounts {
  /// "Noisy: counted, yet not the same in every boot: 'Init'": they should have been. Empty for
  /// none, as under the host clock.
  std::string alarm;
  /// Those that wait for a disk, which is nobody's fault and in no gate. Empty for none.
  std::string note;
};
InexactCounts inexact_counts(const RunRecord& record);

/// The own time of all sections of a boot's profile. In floating point: what a guest says may add
/// up to more than 64 bits hold.
double own_time_of_sections(const BootRecord& boot);

/// "Shares are of the 441,786 instructions in these sections themselves, which are 29.5 % of the
/// 1,495,273 that the guest counted from its start to its end.": the second part where the guest
/// tells its phases. Empty without a profile.
std::string shares_text(const RunRecord& record, const BootRecord& boot);

}  // namespace harness
