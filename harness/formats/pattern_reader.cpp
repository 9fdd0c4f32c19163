// Results by patterns: those of a scenario's `tests:`, and the ready ones. What is missing is found
// by the plan, by the counts of the summaries, and by the closing line, as far as there are
// patterns for them.
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "base/utf8.h"
#include "formats/re2_options.h"
#include "formats/results.h"

namespace harness {
namespace {

constexpr int kMaxPatternGroups = 24;
constexpr std::size_t kMaxResultsInLine = 1000;

/// What a word of a status means, in any case.
struct StatusWord {
  std::string_view text;
  wire::Status status;
};
constexpr auto kStatusWords = std::to_array<StatusWord>({
    {"ok", wire::Status::pass},         {"pass", wire::Status::pass},
    {"passed", wire::Status::pass},     {"success", wire::Status::pass},
    {"successful", wire::Status::pass}, {"succeeded", wire::Status::pass},
    {"done", wire::Status::pass},       {"good", wire::Status::pass},
    {"fail", wire::Status::fail},       {"failed", wire::Status::fail},
    {"failure", wire::Status::fail},    {"error", wire::Status::fail},
    {"not ok", wire::Status::fail},     {"bad", wire::Status::fail},
    {"flaky", wire::Status::fail},      {"skip", wire::Status::skip},
    {"skipped", wire::Status::skip},    {"ignored", wire::Status::skip},
    {"disabled", wire::Status::skip},
});

std::optional<wire::Status> status_of(std::string_view word) {
  const auto* at = std::ranges::find_if(
      kStatusWords, [&](const StatusWord& one) { return equal_ignoring_case(word, one.text); });
  return at == kStatusWords.end() ? std::nullopt : std::optional(at->status);
}

enum class Role { group, start, result, fail, skip, pass, plan, summary, end };
constexpr std::size_t kRoles = std::size(kTestPatternKeys);

/// One pattern, compiled.
struct PatternEntry {
  PatternEntry(Role of, const std::string& text) : role(of), pattern(text, quiet_options()) {}
  Role role;
  re2::RE2 pattern;

  [[nodiscard]] bool has(const char* name) const {
    return pattern.NamedCapturingGroups().contains(name);
  }
  /// The text of a named group; nullopt where the pattern has none, or it took no part.
  [[nodiscard]] std::optional<std::string_view> group(
      const char* name, const std::array<re2::StringPiece, kMaxPatternGroups>& groups) const {
    const auto& names = pattern.NamedCapturingGroups();
    const auto at = names.find(name);
    if (at == names.end() || at->second >= kMaxPatternGroups) return std::nullopt;
    const re2::StringPiece& piece = groups[static_cast<std::size_t>(at->second)];
    if (!piece.data()) return std::nullopt;
    return trimmed({piece.data(), piece.size()});
  }
};

}  // namespace

/// All patterns, and a set that tells in one pass which of them a line can match.
class CompiledPatterns {
 public:
  explicit CompiledPatterns(const TestPatterns& patterns)
      : set_(quiet_options(), re2::RE2::UNANCHORED) {
    for (std::size_t role = 0; role < kRoles; ++role) {
      for (const std::string& text : patterns.*kTestPatternKeys[role].patterns) {
        auto entry = std::make_unique<PatternEntry>(static_cast<Role>(role), text);
        if (!entry->pattern.ok() || set_.Add(text, nullptr) < 0) continue;
        has_[role] = true;
        ends_groups_ |= entry->has("ends_group");
        entries_.push_back(std::move(entry));
      }
    }
    set_ready_ = !entries_.empty() && set_.Compile();
  }

  /// The entries that a line can match, in the order of their roles.
  void match(re2::StringPiece line, std::vector<int>& matched) const {
    matched.clear();
    if (set_ready_ && set_.Match(line, &matched)) std::ranges::sort(matched);
  }
  [[nodiscard]] const PatternEntry& entry(int index) const {
    return *entries_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] bool has(Role role) const { return has_[static_cast<std::size_t>(role)]; }
  /// Whether every group says that it ends, in a summary with a group `ends_group`.
  [[nodiscard]] bool ends_groups() const { return ends_groups_; }

 private:
  std::vector<std::unique_ptr<PatternEntry>> entries_;
  re2::RE2::Set set_;
  bool set_ready_ = false, ends_groups_ = false;
  std::array<bool, kRoles> has_{};
};

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
      const bool is_result = entry.role >= Role::result && entry.role <= Role::pass;
      if (is_result) {
        // All of a line together: in "a: PASS b: FAIL" each may be found by another pattern.
        if (!resulted) resulted = take_results(text);
        continue;
      }
      Groups groups;
      if (!find(entry, text, 0, groups)) continue;
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
    const bool closes = closing_ == Closing::required && (has(Role::end) || has(Role::summary));
    if (results_.count() > 0 && has(Role::plan) && !planned_) {
      results_.add_fault("no plan came: it cannot be told whether results are missing");
    }
    if (results_.count() > 0 && closes && open_) {
      results_.add_fault("the closing line did not come");
    }
    const bool end_missing = sound && results_.faults() > 0;
    if (patterns_->ends_groups() || (results_.count() > 0 && !closes && !has(Role::plan))) {
      miss_group_end();
    }
    FormatResults all = std::move(results_).finish(!said_failed_.empty(), skipped_);
    all.summary.end_missing = end_missing;
    return all;
  }

 private:
  using Groups = std::array<re2::StringPiece, kMaxPatternGroups>;
  [[nodiscard]] bool has(Role role) const { return patterns_->has(role); }

  /// A place where a pattern of a result matches.
  struct Match {
    const PatternEntry* entry;
    Groups groups;
    wire::Status status;
    bool named;

    [[nodiscard]] const char* begin() const { return groups[0].data(); }
    [[nodiscard]] const char* end() const { return groups[0].data() + groups[0].size(); }
  };

  static bool find(const PatternEntry& entry, re2::StringPiece text, std::size_t from,
                   Groups& groups) {
    const int count = std::min(kMaxPatternGroups, 1 + entry.pattern.NumberOfCapturingGroups());
    return entry.pattern.Match(text, from, text.size(), re2::RE2::UNANCHORED, groups.data(), count);
  }

  static wire::Status status_of_match(const PatternEntry& entry, const Groups& groups) {
    switch (entry.role) {
      case Role::result:
        return status_of(entry.group("status", groups).value_or("")).value_or(wire::Status::fail);
      case Role::skip:
        return wire::Status::skip;
      case Role::pass:
        return wire::Status::pass;
      default:
        return wire::Status::fail;
    }
  }
  /// The larger, the worse.
  static int rank(wire::Status status) {
    return status == wire::Status::fail ? 2 : status == wire::Status::skip ? 1 : 0;
  }

  /// Where the patterns of results match in the line. One without a name cannot say of how many
  /// tests it speaks: the worst of its matches is one result.
  void find_results(re2::StringPiece text) {
    matches_.clear();
    for (const int index : matched_) {
      const PatternEntry& entry = patterns_->entry(index);
      if (entry.role < Role::result || entry.role > Role::pass) continue;
      const bool named = entry.has("name");
      std::optional<Match> worst;
      std::size_t from = 0, most = kMaxResultsInLine;
      for (Groups groups; from <= text.size() && find(entry, text, from, groups); --most) {
        if (most == 0) {
          results_.add_fault("more results stand in a line than are read");
          break;
        }
        Match match{&entry, groups, status_of_match(entry, groups), named};
        from = static_cast<std::size_t>(match.end() - text.data()) + (groups[0].empty() ? 1 : 0);
        if (named) {
          matches_.push_back(match);
        } else if (!worst || rank(match.status) > rank(worst->status)) {
          worst = match;
        }
      }
      if (worst) matches_.push_back(*worst);
    }
  }

  /// The results of a line, in their order there. Of those that overlap the worst counts; one
  /// without a name only where none with a name says the like, or worse.
  bool take_results(re2::StringPiece text) {
    find_results(text);
    std::ranges::sort(matches_, [](const Match& a, const Match& b) {
      return std::tuple(rank(b.status), b.named, a.begin(), a.entry->role) <
             std::tuple(rank(a.status), a.named, b.begin(), b.entry->role);
    });
    std::vector<const Match*> taken;
    bool named = false, unnamed = false;
    int worst_named = -1;
    for (const Match& match : matches_) {
      if (match.named) worst_named = std::max(worst_named, rank(match.status));
    }
    for (const Match& match : matches_) {
      if (!match.named && (unnamed || rank(match.status) <= worst_named)) continue;
      const bool empty_name =
          match.named && match.entry->group("name", match.groups).value_or("").empty();
      if (empty_name && named && match.status != wire::Status::fail) continue;
      if (std::ranges::any_of(taken, [&](const Match* one) {
            return match.begin() < one->end() && one->begin() < match.end();
          })) {
        continue;
      }
      (match.named ? named : unnamed) = true;
      taken.push_back(&match);
    }
    std::ranges::sort(taken, {}, &Match::begin);
    for (const Match* match : taken) {
      results_.found();
      whole_line_ = match->groups[0].size() == text.size();
      take(*match->entry, match->groups);
    }
    return !taken.empty();
  }

  void take(const PatternEntry& entry, const Groups& groups) {
    const auto name = entry.group("name", groups);
    switch (entry.role) {
      case Role::group:
        end_current();
        if (patterns_->ends_groups()) miss_group_end();
        group_ = std::string(name.value_or("").substr(0, kMaxResultNameLength));
        in_group_ = {};
        return;
      case Role::start:
        end_current();
        current_ = std::string(name.value_or("").substr(0, kMaxResultNameLength));
        running_ = true;
        return;
      case Role::result: {
        const std::string_view word = entry.group("status", groups).value_or("");
        const auto status = status_of(word);
        if (!status) {
          results_.add_fault("the status '" + printable(word.substr(0, 40)) +
                             "' is not understood");
        }
        return add(name, status.value_or(wire::Status::fail), entry.group("note", groups));
      }
      case Role::fail:
        return add(name, wire::Status::fail, entry.group("note", groups));
      case Role::skip:
        return add(name, wire::Status::skip, entry.group("note", groups));
      case Role::pass:
        return add(name, wire::Status::pass, entry.group("note", groups));
      case Role::plan:
        planned_ = planned_.value_or(0) + number(entry, "total", groups).value_or(0);
        return;
      case Role::summary:
        take_status(entry, groups);
        take_groups(entry, groups);
        sum(summed_.passed, number(entry, "pass", groups));
        sum(summed_.failed, number(entry, "fail", groups));
        sum(summed_.skipped, number(entry, "skip", groups));
        sum(summed_.total, number(entry, "total", groups));
        if (!has(Role::end)) open_ = false;
        return;
      case Role::end:
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
    const auto status = status_of(*word);
    if (!status) {
      results_.add_fault("the status '" + printable(word->substr(0, 40)) + "' is not understood");
    }
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
    if (!name && !running_ && has(Role::start)) {  // a word of another's
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
    if (running_) add(std::nullopt, wire::Status::fail, "did not end");
  }

  void hold_against_summaries() {
    if (tally_ == Tally::names) return hold_names_against_summaries();
    const auto hold = [&](const std::string& what, std::uint64_t came,
                          const std::optional<std::uint64_t>& said) {
      if (said) results_.hold_against(came, what, *said, "counted at the end");
    };
    hold("results came", came_.total(), summed_.total);
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
  std::vector<Match> matches_;  // of the line at hand
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
  } summed_;  // of all summaries
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
