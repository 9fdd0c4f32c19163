// Two sides, number by number. Pure.
//
// An exact number (counted clock, bytes) is compared by equality, or by a tolerance that somebody
// stated. A noisy one (host clock) is compared by statistics (stats/decide.h), and by nothing else:
// a mean of a few samples is neither a pass nor a fail. What is missing, cannot be, or was measured
// under other conditions is not compared, and that is a failure of its own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "compare/measurements.h"

namespace harness {

enum class Change {
  unchanged,
  improvement,
  regression,
  inconclusive,
  missing,         // in BASE only
  added,           // in NEW only
  renamed,         // suspected: a missing and a new number with the same values and unit
  not_comparable,  // unit or direction changed, or the data is invalid
  skipped,         // on both sides: the benchmark said that it cannot run here
  invalid,         // the samples of a side are broken (broken_data.h)
};
inline constexpr std::size_t kChanges = 10;
/// "unchanged", ..., "new", "renamed", "not comparable", "skipped", "invalid".
const char* change_name(Change change);

struct ComparedNumber {
  std::string name;
  Change change = Change::unchanged;
  std::string unit;
  std::optional<double> base, candidate;  // medians; unset where that side has none
  std::string detail;                     // why, where the numbers do not say it
  bool too_few = false;                   // inconclusive, whatever its samples had been
  bool allowed = false;                   // on one side only, and the rules say that it may be
  bool noisy = false;                     // judged by statistics
  bool by_limit = false;                  // a regression because of an absolute limit
  bool shown_only = false;                // whatever became of it, nothing follows from that
};

/// What may fail, of benchmarks that have several numbers (Series::kind).
struct GateOn {
  std::string kind;                      // "real_time", "cpu_time", the name of a counter
  std::optional<Direction> better = {};  // of a counter, in place of what its name says
};

/// The name of the scenario among the conditions that may be ignored. `ignore_fingerprint` does not
/// cover it: that is how a run was measured, and this is what.
inline constexpr std::string_view kScenarioCondition = "scenario";

struct Rules {
  // By name or pattern (number_names.h); they go before those of a baseline.
  std::map<std::string, Tolerance> tolerances;
  std::optional<Tolerance> tolerance;  // of all others; unset: exact
  bool allow_missing = false;
  bool allow_new = false;
  // A side of another scenario is a fault, unless `ignore` names kScenarioCondition.
  bool same_scenario = false;
  bool ignore_fingerprint = false;       // conditions of measurement may differ, all of them
  std::vector<std::string> ignore = {};  // these may, by name: "host_name"
  // Empty: all but counters of which nobody says which way is better.
  std::vector<GateOn> gate_on = {};
  double share = 1;  // of the rate of false alarms, where this is one look of several
  // The runs named as BASE have shown every level of the host (stats/unseen_levels.h).
  bool one_run_decides = false;
  // BASE is files that somebody has chosen: of kFewNumbers at most, one run decides.
  bool chosen_files = false;
};

/// The more noisy numbers are compared, the likelier is it that one of them is at a level of the
/// host that its runs have not shown.
inline constexpr std::size_t kFewNumbers = 5;

/// Whether the row is no failure: nothing got worse, or what changed is allowed.
bool passes(const ComparedNumber& row);

/// Whether statistics, and no absolute limit, call it a regression or an improvement.
bool is_alarm_by_statistics(const ComparedNumber& row);

struct Comparison {
  std::string scenario, base, candidate;
  std::vector<ComparedNumber> rows;
  std::vector<std::string> faults;  // why it does not compare as a whole; then rows may be empty
  std::vector<std::string> notes;   // what a reader must know: rules that were waived, suspicions
  // Functions that execute another number of instructions, the cause first, as sentences.
  std::vector<std::string> moved = {};
  ExitStatus status = ExitStatus::pass;
  std::string base_commit = {}, candidate_commit = {};  // Measurements::commit of the two
};

/// A fault of a whole side, or else a regression, decides before missing and invalid numbers, and
/// those before an inconclusive one. Throws UsageError for a tolerance whose number is on neither
/// side or has another unit, for two about one number, and for a condition to be ignored, or a kind
/// of number to gate on, that neither side has.
Comparison compare(const Measurements& base, const Measurements& candidate, const Rules& rules);

/// Takes back every alarm by statistics, which tells a difference and not what made it: regressions
/// and improvements of noisy numbers become inconclusive, with `why`. Absolute limits hold.
void cap_at_inconclusive(Comparison& comparison, const std::string& why);

/// Takes back alarms by statistics that the runs before (compare/several_runs.h) do not bear out:
/// what is not called the same where `candidate` is held against them. Repetitions within two runs
/// tell that the runs differ, which runs of one program may. Numbers that the runs lack stay as
/// they are.
void hold_against_runs(Comparison& comparison, const Measurements& runs,
                       const Measurements& candidate, const Rules& rules);

/// Many against many (folders of reports), by scenario; one against one whatever they are called.
/// A scenario of one side only is a comparison with a fault. Never empty.
std::vector<Comparison> compare_all(const std::vector<Measurements>& base,
                                    const std::vector<Measurements>& candidate, const Rules& rules);

/// One word for a whole: "unchanged", "improvement" where something that may fail got better and
/// nothing got worse, "regression", "not_comparable", "inconclusive".
const char* comparison_word(const Comparison& comparison);
const char* comparison_word(const std::vector<Comparison>& all);

/// The status of the worst, in the order above.
ExitStatus status_of(const std::vector<Comparison>& all);

}  // namespace harness
