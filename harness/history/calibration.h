// What a gate would have done in the past, had it been switched on with this or that threshold.
// Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "history/series.h"

namespace harness::history {

/// A gate rule: `--tolerance` of so many hundredths for all numbers. 0: none is allowed to move.
inline constexpr double kThresholds[] = {0, 0.001, 0.01, 0.02, 0.05, 0.10};

/// What became of an alarm.
enum class AlarmOutcome {
  real,         // the number stayed worse: a step of the series
  false_alarm,  // nothing had changed: the same image, or it went back, or it never became a step
  undecided     // too few later runs to decide
};

/// How one threshold did. A pair of runs counts once, as real if any of its alarms is real, else as
/// false if any of them is, whatever the count of numbers.
struct ThresholdResult {
  double threshold = 0;
  std::size_t flagged = 0, real = 0, false_alarms = 0, undecided = 0;
  std::size_t inconclusive = 0;  // pairs without an alarm that the statistics could not settle
  double rate = 0;               // false alarms / pairs
  double low = 0, high = 1;      // 95 % interval of the rate, Clopper-Pearson
  /// The metric that raised most false alarms, and how many.
  std::string noisiest;
  std::size_t noisiest_alarms = 0;
};

/// Of one scenario under one clock: runs of unlike fingerprint are never a pair.
struct CalibrationGroup {
  std::string scenario;
  ClockKind clock = ClockKind::counted;
  std::size_t runs = 0, pairs = 0;    // that passed; of which each was compared with the one before
  std::size_t not_passed = 0;         // runs left out, for a gate compares none of these
  std::size_t exact = 0, noisy = 0;   // numbers judged by their values, and by statistics
  std::vector<std::string> left_out;  // numbers that may wait for the disk: no gate judges them
  /// Pairs of which a number is on one side only or cannot be compared: invalid_data for a gate,
  /// whatever it tolerates.
  std::size_t unlike = 0;
  bool enough = false;  // kFewestPairs or more
  std::vector<ThresholdResult> thresholds;
};
inline constexpr std::size_t kFewestPairs = 10;

struct Calibration {
  std::vector<CalibrationGroup> groups;
};

/// Replays the rules over `entries`, which are in the order of time: each run that passed is held
/// against the one before it by compare(), which judges for gates as well. Real, false and
/// undecided alarms are distinguished thus. An exact number that got worse is real, unless the
/// image was the same to the byte; where it is not known what was booted, one that was back at the
/// next run is a false alarm. A noisy number is a false alarm where the image was the same; real
/// where noisy_change_points() finds a step for the worse there (one run off at most); else a false
/// alarm once it was back at the next run, or once as many runs followed as a step needs; else
/// undecided.
Calibration calibrate(std::span<const Entry> entries, const stats::ChangePointRules& rules = {});

}  // namespace harness::history
