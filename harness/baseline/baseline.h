// A baseline: the numbers that a scenario is held to, what they may lose, and why they are what
// they are. One JSON file, small and readable in a diff, kept in the repository. Pure: text in,
// text out.
//
//   {
//    "uniharness_baseline": 1,
//    "scenario": "session20",
//    "fingerprint": {"qemu":"7.2.22", ...},
//    "metrics": {
//     "fibonacci avg": {"value":2842,"unit":"instructions"},
//     "Total": {"value":1255004,"unit":"instructions","tolerance":"2%","limit":1300000}
//    },
//    "history": [
//     {"date":"2026-11-24","why":"first numbers","changes":{}},
//     {"date":"2026-11-25","why":"a longer summary","changes":{"Total":[1250000,1255004]},
//      "conditions":{"qemu":["7.2.21","7.2.22"]},"commit":"0123456789abcdef..."}
//    ]
//   }
//
// People may add "tolerance" ("+0", "2%", "200 instructions"), "limit" (worse than this is a
// regression, whatever the tolerance) and "better" ("lower", "higher", "neither") to a metric. A
// noisy one has "samples" instead of "value".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "compare/conditions.h"
#include "compare/measurements.h"

namespace harness {

inline constexpr int kBaselineVersion = 1;

/// One number of the history: before and after; unset where there was, or is, none.
struct AcceptedChange {
  std::string name;
  std::optional<double> old_value, new_value;
};
struct Acceptance {
  std::string date;  // UTC, ISO 8601
  std::string why;
  std::vector<AcceptedChange> changes;
  std::vector<ConditionChange> conditions = {};  // those that differ now; left out if none
  std::string commit = {};  // Measurements::commit of these numbers; left out if not known
};

struct Baseline {
  // With tolerances and limits; `source` is the file's name, `commit` that of the last acceptance.
  Measurements numbers;
  std::vector<Acceptance> history;
};

/// Whether a JSON file without faults is a baseline, of any version.
bool is_baseline(const JsonRoot& file);

/// Throws Error (ExitStatus::invalid_data) naming the file and the key: not JSON, a key that is
/// missing, unknown or of the wrong type, a newer version.
Baseline baseline_from_json(std::string_view json, const std::string& file);
std::string baseline_to_json(const Baseline& baseline);

/// The baseline after `candidate` has been accepted: its numbers and conditions, the tolerances and
/// limits of `old` where the number is still there, and one more entry of the history. `old` may be
/// nullptr. nullopt where nothing would change. Throws Error (ExitStatus::invalid_data) where a
/// number of `candidate` cannot be used.
std::optional<Baseline> accept(const Baseline* old, const Measurements& candidate, std::string why,
                               std::string date);

}  // namespace harness
