#include "compare/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/listing.h"
#include "base/utc.h"
#include "compare/judge.h"
#include "compare/series_index.h"
#include "compare/units.h"

namespace harness {
namespace {

const GateOn* chosen(const Series& series, const Rules& rules) {
  const auto at = std::ranges::find(rules.gate_on, series.kind, &GateOn::kind);
  return at == rules.gate_on.end() ? nullptr : &*at;
}

/// Whether what becomes of its samples may fail. Of several numbers of a benchmark those are left
/// out that nobody chose, and counters of which nobody knows which way is better.
bool gates(const Series& series, const Rules& rules) {
  if (series.kind.empty()) return true;
  if (!rules.gate_on.empty()) return chosen(series, rules) != nullptr;
  return !series.is_part || series.kind == "cpu_time" || series.better != Direction::neither;
}

bool is_shown_only(const Series& series, Change change, const Rules& rules) {
  switch (change) {
    case Change::unchanged:
    case Change::improvement:
    case Change::regression:
      return !gates(series, rules);
    case Change::inconclusive:
      // That nothing could be told of cpu_time is no fault of a benchmark that sleeps.
      return !gates(series, rules) || (series.is_part && rules.gate_on.empty());
    default:
      // A benchmark that vanished or failed has no other number to say so.
      return series.is_part && !gates(series, rules);
  }
}

/// Whether the benchmark it is part of said on the other side why there are no numbers: one row is
/// enough.
bool is_told_by_main(const Series& series, SeriesIndex& other) {
  if (!series.is_part) return false;
  const Series* main = other.find(series.part_of());
  return main && (main->skipped || !main->fault.empty());
}

/// Numbers that were told in the unit of BASE, by the two units.
class Conversions {
 public:
  void add(const Series& base, const Series& candidate) {
    names_[{base.unit, candidate.unit}].push_back(base.name);
  }
  [[nodiscard]] std::vector<std::string> notes() const {
    std::vector<std::string> notes;
    notes.reserve(names_.size());
    for (const auto& [units, names] : names_) {
      notes.push_back(fmt::format("NEW is in {}, shown in {} as BASE is: {}", units.second,
                                  units.first, listed(names)));
    }
    return notes;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> names_;
};

/// One number that both sides have.
ComparedNumber compare_pair(const Series& base, const Series& candidate, const Rules& rules,
                            const Circumstances& circumstances, Conversions& conversions) {
  // A baseline does not say which number of a benchmark it is.
  const Series& kinded = base.kind.empty() ? candidate : base;
  const GateOn* gate = chosen(kinded, rules);
  const bool turned = gate && gate->better;
  const bool unlike = base.unit != candidate.unit && !base.skipped && !candidate.skipped;
  std::optional<Series> told = unlike ? converted_series(candidate, base.unit) : std::nullopt;
  if (told) conversions.add(base, candidate);
  ComparedNumber row;
  if (turned) {
    Series a = base, b = told ? *std::move(told) : candidate;
    a.better = b.better = *gate->better;
    row = compare_series(a, b, rules, circumstances);
  } else {
    row = compare_series(base, told ? *told : candidate, rules, circumstances);
  }
  row.shown_only = is_shown_only(kinded, row.change, rules);
  return row;
}

/// A missing and a new number that could be one: the same unit and the same value, not zero.
void suspect_renames(std::vector<ComparedNumber>& rows) {
  std::map<std::pair<std::string, double>, std::vector<std::size_t>> added;
  for (std::size_t i = rows.size(); i-- > 0;) {
    const ComparedNumber& row = rows[i];
    if (row.change == Change::added && row.candidate && std::isfinite(*row.candidate)) {
      added[{row.unit, *row.candidate}].push_back(i);  // the first is at the end
    }
  }
  std::vector<bool> gone(rows.size());
  for (ComparedNumber& missing : rows) {
    if (missing.change != Change::missing || !missing.base) continue;
    if (*missing.base == 0 || !std::isfinite(*missing.base)) continue;
    const auto at = added.find({missing.unit, *missing.base});
    if (at == added.end() || at->second.empty()) continue;
    const ComparedNumber& now = rows[at->second.back()];
    gone[at->second.back()] = true;
    at->second.pop_back();
    missing.change = Change::renamed;
    missing.candidate = now.candidate;
    missing.detail = fmt::format("now called '{}'? The value and the unit are the same", now.name);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (gone[i]) continue;
    if (kept != i) rows[kept] = std::move(rows[i]);
    ++kept;
  }
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
}

bool is_allowed(Change change, const Rules& rules) {
  return (change == Change::missing && rules.allow_missing) ||
         (change == Change::added && rules.allow_new) ||
         (change == Change::renamed && rules.allow_missing && rules.allow_new);
}

}  // namespace

ComparedRows compare_rows(const Measurements& base, const Measurements& candidate,
                          const Rules& rules) {
  SeriesIndex bases(base), candidates(candidate);
  ComparedRows compared;
  for (const Series& series : base.series) {
    const bool counts = series.noisy && gates(series, rules) && candidates.find(series.name);
    compared.family += counts ? 1 : 0;
  }
  Circumstances circumstances{.family = std::max<std::size_t>(compared.family, 1)};
  if (const auto begun = unix_seconds(candidate.started_at)) {
    circumstances.begun = static_cast<double>(*begun);
  }
  std::vector<ComparedNumber>& rows = compared.rows;
  rows.reserve(base.series.size());
  Conversions conversions;
  std::map<std::string_view, std::size_t> ambiguous;  // rows, by name
  const auto alone = [&](const Series& series, Change change) {
    ComparedNumber row{series.name, change, series.unit, {}, {}, fault_of(series)};
    const double median = median_of(series);
    if (!series.samples.empty()) (change == Change::missing ? row.base : row.candidate) = median;
    row.shown_only = is_shown_only(series, change, rules);
    rows.push_back(std::move(row));
  };
  for (const Series& series : base.series) {
    if (std::ranges::find(candidate.left_out, series.name) != candidate.left_out.end()) continue;
    if (bases.is_ambiguous(series.name) || candidates.is_ambiguous(series.name)) {
      constexpr Change kChange = Change::not_comparable;
      const bool shown_only = is_shown_only(series, kChange, rules);
      const auto [at, is_first] = ambiguous.try_emplace(series.name, rows.size());
      if (!is_first) {  // one row is enough, and it fails where one of them would
        rows[at->second].shown_only = rows[at->second].shown_only && shown_only;
        continue;
      }
      rows.push_back({series.name, kChange, series.unit, {}, {}, "several numbers have this name"});
      rows.back().shown_only = shown_only;
    } else if (const Series* other = candidates.find(series.name)) {
      rows.push_back(compare_pair(series, *other, rules, circumstances, conversions));
    } else if (!is_told_by_main(series, candidates)) {
      alone(series, Change::missing);
      rows.back().detail.clear();
    }
  }
  for (const Series& series : candidate.series) {
    if (bases.find(series.name) || is_told_by_main(series, bases)) continue;
    alone(series, Change::added);
  }
  suspect_renames(rows);
  for (ComparedNumber& row : rows) row.allowed = is_allowed(row.change, rules);
  compared.notes = conversions.notes();
  return compared;
}

void check_gates(const std::vector<const Measurements*>& sides, const Rules& rules) {
  for (const GateOn& gate : rules.gate_on) {
    const auto has = [&](const Measurements* side) {
      return std::ranges::find(side->series, gate.kind, &Series::kind) != side->series.end();
    };
    if (std::ranges::any_of(sides, has)) continue;
    throw UsageError(fmt::format("no benchmark of either side has a number '{}'", gate.kind),
                     "real_time, cpu_time, or the name of a counter");
  }
}

}  // namespace harness
