// Results by patterns: those of a scenario's `tests:`, and the ready ones. What is missing is found
// by the plan, by the counts of the summaries, and by the closing line, as far as there are
// patterns for them.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "formats/compiled_patterns.h"
#include "formats/results.h"
#include "formats/results_in_line.h"

namespace harness {
namespace {

class PatternReader final : public FormatReader {
 public:
  PatternReader(std::shared_ptr<const CompiledPatterns> patterns, Closing closing, Tally tally)
      : patterns_(std::move(patterns)), closing_(closing), tally_(tally) {}

  void see(std::string_view line) override {
    line = utf8_.of(line);
    const re2::StringPiece text(line.data(), line.size());
    patterns_->match(text, matched_);
    bool resulted = false;
    for (const int index : matched_) {
      const PatternEntry& entry = patterns_->entry(index);
      if (is_result(entry.role)) {
        // All of a line together: in "a: PASS b: FAIL" each may be found by another pattern.
        if (!resulted) resulted = take_results(text);
        continue;
      }
      Groups groups;
      if (!entry.find(text, 0, groups)) continue;
      results_.found();
      take(entry, groups);
    }
    after_result_ = resulted;
  }

  [[nodiscard]] bool runs_test() const override { return running_; }

  FormatResults finish() override {
    end_current();
    if (!said_failed_.empty() && came_.failed == 0) {
      results_.add_fault("its closing line says '" + printable(said_failed_) + "'");
    }
    if (planned_) {
      results_.hold_against(came_.total(), "results came", *planned_, "announced");
    }
    hold_against_summaries();
    const bool sound = results_.faults() == 0;
    const bool closes =
        closing_ == Closing::required && (has(PatternRole::end) || has(PatternRole::summary));
    if (results_.count() > 0 && has(PatternRole::plan) && !planned_) {
      results_.add_fault("no plan came: it cannot be told whether results are missing");
    }
    if (results_.count() > 0 && closes && open_) {
      results_.add_fault("the closing line did not come");
    }
    const bool end_missing = sound && results_.faults() > 0;
    if (patterns_->ends_groups() || (results_.count() > 0 && !closes && !has(PatternRole::plan))) {
      miss_group_end();
    }
    FormatResults all = std::move(results_).finish(!said_failed_.empty(), skipped_);
    all.summary.end_missing = end_missing;
    return all;
  }

 private:
  using Groups = PatternGroups;
  [[nodiscard]] bool has(PatternRole role) const { return patterns_->has(role); }

  bool take_results(re2::StringPiece text) {
    const auto found = in_line_.find(*patterns_, matched_, text);
    for (std::uint64_t i = 0; i < in_line_.cut(); ++i) {
      results_.add_fault("more results stand in a line than are read");
    }
    for (const ResultInLine* one : found) {
      results_.found();
      whole_line_ = one->groups[0].size() == text.size();
      if (!one->said) not_understood(one->entry->group("status", one->groups).value_or(""));
      const auto note = one->entry->group("note", one->groups);
      add(one->entry->group("name", one->groups), one->status(),
          one->said ? note : std::optional(kNotUnderstood));
    }
    return !found.empty();
  }

  void not_understood(std::string_view word) {
    results_.add_fault("the status '" + printable(word.substr(0, 40)) + "' is not understood");
  }

  void take(const PatternEntry& entry, const Groups& groups) {
    const auto name = entry.group("name", groups);
    switch (entry.role) {
      case PatternRole::group:
        end_current();
        if (patterns_->ends_groups()) miss_group_end();
        group_ = std::string(name.value_or("").substr(0, kMaxResultNameLength));
        in_group_ = {};
        return;
      case PatternRole::start:
        end_current();
        current_ = std::string(name.value_or("").substr(0, kMaxResultNameLength));
        running_ = true;
        return;
      case PatternRole::result:
      case PatternRole::fail:
      case PatternRole::skip:
      case PatternRole::pass:
        return;  // take_results()
      case PatternRole::plan:
        planned_ = planned_.value_or(0) + number(entry, "total", groups).value_or(0);
        return;
      case PatternRole::summary:
        take_status(entry, groups);
        take_groups(entry, groups);
        sum(summed_.passed, number(entry, "pass", groups));
        sum(summed_.failed, number(entry, "fail", groups));
        sum(summed_.skipped, number(entry, "skip", groups));
        sum(summed_.total, number(entry, "total", groups));
        sum(summed_.most, number(entry, "most", groups));
        if (!has(PatternRole::end)) open_ = false;
        return;
      case PatternRole::end:
        end_current();
        take_status(entry, groups);
        open_ = false;
        return;
    }
  }

  std::optional<std::uint64_t> number(const PatternEntry& entry, const char* name,
                                      const Groups& groups) {
    const auto text = entry.group(name, groups);
    if (!text || text->empty()) return std::nullopt;
    std::string_view rest = *text;
    std::uint64_t value = 0;
    if (take_number(rest, value) && rest.empty()) return value;
    results_.add_fault("the count '" + printable(text->substr(0, 40)) + "' is not understood");
    return std::nullopt;
  }
  static void sum(std::optional<std::uint64_t>& into, std::optional<std::uint64_t> value) {
    if (value) into = into.value_or(0) + *value;
  }

  void take_status(const PatternEntry& entry, const Groups& groups) {
    const auto word = entry.group("status", groups);
    if (!word) return;
    const auto status = status_of_word(*word);
    if (!status) not_understood(*word);
    if (status == wire::Status::skip) skipped_ = true;
    if (status == wire::Status::fail && said_failed_.empty()) said_failed_ = word->substr(0, 40);
  }

  /// That the group at hand has ended, or how many groups did: `groups`, and those that passed.
  void take_groups(const PatternEntry& entry, const Groups& groups) {
    if (const auto name = entry.group("ends_group", groups);
        name && name->substr(0, kMaxResultNameLength) == group_) {
      end_current();
      group_.clear();
      in_group_ = {};
    }
    if (!entry.has("groups")) return;
    const auto said = number(entry, "groups", groups);
    const auto passed = number(entry, "groups_passed", groups);
    const auto failed = number(entry, "groups_failed", groups);
    if (!said || !passed || !failed) return results_.add_fault("its closing line is cut off");
    // More may have come: groups that were run alone before.
    if (groups_ended_ < *said) {
      results_.hold_against(groups_ended_, "groups ended", *said, "counted at the end");
    }
    results_.hold_against(*passed + *failed, "groups passed or failed", *said,
                          "counted at the end");
    groups_ended_ = 0;
  }
  void miss_group_end() {
    if (!group_.empty()) results_.add_fault("'" + printable(group_) + "' did not end");
  }

  void add(std::optional<std::string_view> name, wire::Status status,
           std::optional<std::string_view> note) {
    if (name && !group_.empty() && *name == group_) return end_group(status);
    if (!name && !running_ && has(PatternRole::start)) {  // a word of another's
      if (status != wire::Status::fail || !whole_line_ || !after_result_) return;
      return results_.add_fault("a failure came right behind a result");
    }
    if (running_ && name && *name != current_) end_current();
    const std::string own(name.value_or(current_));
    running_ = false;
    current_.clear();
    results_.add(group_.empty() || own.empty() ? own : group_ + "/" + own, status,
                 note.value_or(""));
    came_.add(status);
    in_group_.add(status);
    if (tally_ == Tally::names) note_name(own, status);
    open_ = true;
  }

  /// Of a test that ran several times a failure counts, else a pass.
  void note_name(std::string_view own, wire::Status status) {
    if (by_name_.size() >= kMaxResults) return;
    std::string name = group_ + "/";
    name += own.substr(0, own.find('['));
    const auto [at, first] = by_name_.emplace(std::move(name), status);
    const bool worse = status == wire::Status::fail || at->second == wire::Status::skip;
    if (!first && worse) at->second = status;
  }

  /// The group's own result: a test only where it says what none of its tests said.
  void end_group(wire::Status status) {
    end_current();
    ++groups_ended_;
    if (status == wire::Status::fail && in_group_.failed == 0) results_.add(group_, status);
    if (status == wire::Status::pass && in_group_.failed > 0) {
      results_.add_fault("'" + printable(group_) + "' passed, and " +
                         std::to_string(in_group_.failed) + " of its tests failed");
    }
    if (status != wire::Status::fail && in_group_.total() == 0) {
      results_.add(group_, wire::Status::skip, "no tests");
    }
    group_.clear();
    in_group_ = {};
  }

  void end_current() {
    if (running_) add(std::nullopt, wire::Status::fail, kDidNotEnd);
  }

  void hold_against_summaries() {
    if (tally_ == Tally::names) return hold_names_against_summaries();
    const auto hold = [&](const std::string& what, std::uint64_t came,
                          const std::optional<std::uint64_t>& said) {
      if (said) results_.hold_against(came, what, *said, "counted at the end");
    };
    hold("results came", came_.total(), summed_.total);
    if (came_.total() > summed_.most.value_or(came_.total())) {
      hold("results came", came_.total(), summed_.most);
    }
    hold("tests passed", came_.passed, summed_.passed);
    hold("tests failed", came_.failed, summed_.failed);
    hold("tests were skipped", came_.skipped, summed_.skipped);
  }

  void hold_names_against_summaries() {
    if (!summed_.passed || !summed_.failed || !summed_.skipped) return;
    ResultCounts came;
    for (const auto& [name, status] : by_name_) came.add(status);
    results_.hold_against(came.passed, "tests passed", *summed_.passed, "counted at the end");
    results_.hold_against(came.failed, "tests failed", *summed_.failed, "counted at the end");
    if (came.skipped > *summed_.skipped) {  // less: those that never ran
      results_.hold_against(came.skipped, "tests were skipped", *summed_.skipped,
                            "counted at the end");
    }
    if (!summed_.total) return;
    results_.hold_against(*summed_.passed + *summed_.failed + *summed_.skipped,
                          "tests have a result in the summaries", *summed_.total, "counted there");
  }

  std::shared_ptr<const CompiledPatterns> patterns_;
  Closing closing_;
  Tally tally_;
  std::vector<int> matched_;
  ResultsInLine in_line_;
  Utf8Text utf8_;

  ResultList results_{line_};
  std::string group_, current_;
  bool whole_line_ = false;    // the match at hand is all of its line
  bool after_result_ = false;  // the line before was a result
  bool running_ = false;       // a test was started and has no result
  bool open_ = false;          // results came since the last closing line
  std::string said_failed_;    // how a closing line said so
  bool skipped_ = false;
  ResultCounts came_, in_group_;
  std::map<std::string, wire::Status> by_name_;  // where summaries count names
  std::uint64_t groups_ended_ = 0;  // by a result of their own, since groups were counted
  std::optional<std::uint64_t> planned_;
  struct {
    std::optional<std::uint64_t> passed, failed, skipped, total;
    std::optional<std::uint64_t> most;  // counted with others that have no results
  } summed_;                            // of all summaries
};

}  // namespace

std::shared_ptr<const CompiledPatterns> compile_patterns(const TestPatterns& patterns) {
  return std::make_shared<CompiledPatterns>(patterns);
}

std::unique_ptr<FormatReader> make_reader(std::shared_ptr<const CompiledPatterns> patterns,
                                          Closing closing, Tally tally) {
  return std::make_unique<PatternReader>(std::move(patterns), closing, tally);
}

}  // namespace harness
