// How often `gate` and `baseline accept` boot by host time: as `ab` does, until the numbers say
// enough, looked at where it is planned, so that the rate of false alarms is what it says.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "compare/compare.h"
#include "model/record.h"
#include "stats/decide.h"

namespace harness {

class EnoughBoots {
 public:
  /// `base`: what the boots are compared with, which must outlive this; nullptr where they are to
  /// become a baseline. They say enough then when another run with these very numbers would be
  /// unchanged.
  EnoughBoots(const Measurements* base, Rules rules);

  /// Whether to boot again after those of `record`, which is not judged yet. No where that cannot
  /// help: the last boot did not pass, no number is noisy, the two do not compare. Throws
  /// UsageError as compare() does.
  bool wants_another(const RunRecord& record);

  /// For the comparison that counts: with the share of the alarms that its look has.
  [[nodiscard]] const Rules& rules() const { return rules_; }
  /// "23 boots: every number is settled"; empty where it was never asked.
  [[nodiscard]] const std::string& ended() const { return ended_; }

 private:
  [[nodiscard]] Comparison compared(const RunRecord& record) const;
  bool end(const RunRecord& record, const char* why);

  const Measurements* base_;
  Rules rules_;
  std::vector<stats::Look> looks_;
  std::optional<std::chrono::steady_clock::time_point> start_;
  std::string ended_;
};

}  // namespace harness
