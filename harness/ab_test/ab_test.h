// Two images, number by number, while they are booted interleaved. Pure: readings in, rows out.
//
// Boots are paired, in the order base-new, new-base, base-new, ... (ABBA), so that what the host
// does at the time falls on both sides alike. Verdicts are made at planned looks only; one that is
// made stands.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/record.h"
#include "stats/decide.h"

namespace harness::ab {

/// One number that one boot gave.
struct Reading {
  std::string name, unit;
  double value = 0;
  bool higher_is_better = false;  // where the scenario says so
};
/// Every number of one boot, named as `gate` and `compare` name it; first the time that QEMU ran.
/// Averages whose total is there too, and phases, are left out: they move with others, and would
/// only widen the family of numbers that are compared together.
std::vector<Reading> readings_of(BootRecord boot, ClockKind clock);

/// The time of a whole boot, among the readings by host time.
inline constexpr char kWholeTime[] = "boot";

/// One number of one counted boot of each image.
struct CountedPair {
  std::string name, unit;
  double base = 0, candidate = 0;
};

struct AbRow {
  std::string name, unit;
  std::vector<double> base, candidate;  // pair i stands at index i
  stats::Decision decision;
  std::size_t decided_after = 0;  // pairs, at the look that made the decision
  bool higher_is_better = false;
  // A sample was 0, as of a loop that took no time that the host's clock can measure: there is no
  // ratio, and no number of boots will make one.
  bool not_judged = false;
  std::vector<CountedPair> counted = {};  // of an alarm by host time (counted.h)
};

struct Plan {
  std::vector<stats::Look> looks;    // in pairs; from stats::planned_looks
  std::vector<std::string> metrics;  // compare only these (number_names.h); empty: all
  double alpha = 0.01;
  double min_effect = 0.01;
  double narrow = 0.01;  // unchanged, and sampling may stop: the interval lies within 1 +- this
  double margin = 0.03;  // unchanged at the last look: it lies within 1 +- this
};

class AbTest {
 public:
  explicit AbTest(Plan plan) : plan_(std::move(plan)) {}

  /// The first boots of the two images: warm-up, shown and not used. They say which numbers there
  /// are. Returns what is wrong: no number, one that only one side has, a metric that was asked for
  /// and is not there.
  std::optional<std::string> begin(const std::vector<Reading>& base,
                                   const std::vector<Reading>& candidate);
  /// One pair more. Returns what is wrong: a number that did not come, or a new one.
  std::optional<std::string> add(const std::vector<Reading>& base,
                                 const std::vector<Reading>& candidate);
  /// A look, if one is planned at this many pairs, or if `last`. True: every number is settled, or
  /// cannot be.
  bool look(bool last);

  [[nodiscard]] const std::vector<AbRow>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<AbRow>& warm_up() const { return warm_up_; }
  [[nodiscard]] std::size_t pairs() const { return pairs_; }
  [[nodiscard]] const Plan& plan() const { return plan_; }

 private:
  std::optional<std::string> append(const std::vector<Reading>& base,
                                    const std::vector<Reading>& candidate,
                                    std::vector<AbRow>& to) const;

  Plan plan_;
  std::vector<AbRow> rows_, warm_up_;
  std::size_t pairs_ = 0;
};

/// For a clock that counts: two boots of each side, which must agree to the last instruction.
/// Fills the decisions: equal is unchanged, more is a regression, a side that disagrees with itself
/// is inconclusive.
void decide_exactly(std::vector<AbRow>& rows);

/// The outcome of all rows that are judged: a regression anywhere, else inconclusive anywhere, else
/// an improvement anywhere, else unchanged. Inconclusive where none is judged.
stats::Conclusion overall(const std::vector<AbRow>& rows);

}  // namespace harness::ab
