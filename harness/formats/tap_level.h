// One level of a TAP document while it is read: the plan, what came, and what is wrong with it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <wire/protocol.h>

#include "base/text.h"
#include "formats/results.h"
#include "formats/tap_line.h"

namespace harness {

/// "95 passed, 0 failed, 5 skipped"
inline std::string text_of(const ResultCounts& counts) {
  return std::to_string(counts.passed) + " passed, " + std::to_string(counts.failed) + " failed, " +
         std::to_string(counts.skipped) + " skipped";
}
inline bool agree(const ResultCounts& counts, const TapTotals& totals) {
  return counts.passed == totals.counts.passed && counts.failed == totals.counts.failed &&
         counts.skipped == totals.counts.skipped &&
         totals.total.value_or(counts.total()) == counts.total();
}

/// "ok 1 - name {", until its "}" comes.
struct PendingResult {
  bool failed = false;
  std::optional<std::uint64_t> number;
  std::string text;
};

struct TapLevel {
  TapLevel(std::size_t columns, std::size_t first_result, bool modules_print_it)
      : indent(columns), first(first_result), of_modules(modules_print_it) {}

  static constexpr std::uint64_t kMaxNumber = 1 << 20;
  static constexpr std::size_t kMaxRemembered = 16;

  std::size_t indent;
  std::size_t first;      // its first entry in the list of results
  bool of_modules;        // the kernel's, which print no plan around their suites
  bool declared = false;  // by a version or a plan
  bool counted = false;   // the guest's own counts agree with what came
  bool named = false;     // by "# Subtest:"
  std::string name = {};
  std::optional<std::uint64_t> plan = {};  // results announced
  std::string plan_rest = {};              // what stands behind their number
  std::uint64_t came = 0, groups = 0;      // results that came; those of subtests
  std::uint64_t last = 0;                  // the highest number that came
  ResultCounts direct = {}, leaves = {};   // of its results; of all tests in it
  std::vector<bool> numbers = {};          // that came, from 1 on
  std::optional<PendingResult> pending = {};
  /// Failures in the middle of lines, by number.
  std::vector<std::pair<std::uint64_t, std::string>> remembered = {};

  void set_name(std::string text) {
    name = std::move(text);
    named = true;
  }
  [[nodiscard]] bool begun() const { return came > 0 || plan || pending; }

  [[nodiscard]] bool has(std::uint64_t number) const {
    return number > 0 && number <= numbers.size() && numbers[number - 1];
  }
  /// False where the number is higher than is kept.
  bool note(std::uint64_t number) {
    last = std::max(last, number);
    if (number == 0 || number > kMaxNumber) return number == 0;
    if (number > numbers.size()) numbers.resize(number);
    numbers[number - 1] = true;
    return true;
  }
  /// The failures that are glued to another message in `text`.
  void remember_glued(std::string_view text) {
    if (!contains(text, "not ok ")) return;
    for (const GluedFailure& one : glued_failures(text, kMaxRemembered - remembered.size())) {
      remembered.emplace_back(one.number, std::string(one.text.substr(0, kMaxResultNameLength)));
    }
  }

  /// A level that no version and no plan declared is that of modules which were loaded one by one,
  /// each a document of its own: their results may all have the number 1.
  [[nodiscard]] bool starts_anew(std::uint64_t number) const {
    return of_modules && !declared && number == 1 && groups == came;
  }
  /// Whether a result further out belongs to this level all the same, which then is no subtest.
  [[nodiscard]] bool continues_with(std::optional<std::uint64_t> number) const {
    if (named || indent >= kCommentColumns) return false;
    if (plan == came) return false;
    return number ? *number > 1 && *number == last + 1 : !plan;
  }

  /// What is wrong with the level as a whole, at its end; empty where nothing is. `of_one`: what
  /// closes it proves that one result was all.
  [[nodiscard]] std::string fault(bool of_one) const {
    const std::string where = name.empty() ? "" : " of " + printable(name);
    if (came == 0 && indent >= kCommentColumns) return "";  // it was only a comment
    if (plan && *plan != came) {
      return std::to_string(came) + " results" + where + " came, " + std::to_string(*plan) +
             " were announced";
    }
    if (!plan && came == 0) {
      return named || declared ? "nothing" + where + " came" : "";
    }
    if (!plan && !is_proven() && !(of_one && came == 1 && last == 1)) {
      return "no plan" + where + ": it cannot be told whether results are missing";
    }
    if (indent >= kCommentColumns || starts_anew(1)) return "";
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (!numbers[i]) return "result " + std::to_string(i + 1) + where + " is missing";
    }
    return plan && last > *plan ? "results" + where + " have numbers beyond the plan" : "";
  }

 private:
  /// Without a plan: by counts that the guest printed, by modules that are each complete, or by the
  /// result of the runner that this level is printed below.
  [[nodiscard]] bool is_proven() const {
    return counted || (of_modules && !declared && groups == came) || indent >= kCommentColumns;
  }
};

/// The level that these counts are of, or nullptr.
inline TapLevel* level_of(std::vector<TapLevel>& levels, const TapTotals& totals) {
  if (totals.name == "Totals") return levels.empty() ? nullptr : &levels.back();
  TapLevel* found = nullptr;
  for (TapLevel& one : levels) {
    if (one.named && one.name == totals.name) found = &one;
  }
  return found;
}

/// Whether a line that only begins as a plan does ("1..4 cpus online") stands where none can: the
/// level has its plan, and results of it are still to come.
inline bool in_planned_level(const std::vector<TapLevel>& levels, const TapLine& line) {
  if (levels.empty() || levels.back().indent != line.indent) return false;
  const std::optional<std::uint64_t>& plan = levels.back().plan;
  return plan && levels.back().came < *plan;
}

/// What kselftest's runner puts behind "# " is read once a document has begun there.
inline bool in_comment_level(const std::vector<TapLevel>& levels, const TapLine& line) {
  const bool begins = line.kind == TapKind::version || line.kind == TapKind::plan;
  const bool inside =
      !levels.empty() && levels.back().indent >= line.indent / kCommentColumns * kCommentColumns;
  return begins || inside;
}

}  // namespace harness
