// TAP and KTAP: what the lines of tap_line.h mean together.
//
// Subtests are told by indentation alone: a line that is further in than the level at hand opens a
// level, and one that is further out closes those behind it. The result that follows at the outer
// level is the group's own: its name goes before the names of its tests, and it is listed as a test
// only where it says what none of them said. Results have numbers, so a lost line is a certainty.
//
// Another message may be printed into a result. What is left of it is never taken for a pass: an
// "ok" behind a line that begins or ends with "not" is a fault, one inside a line no result.
//
// "not ok # SKIP" is a skip since TAP 14, which says so, and in KTAP, as the kernel's own reader
// has it (kselftest printed that before Linux 5.8). In an older TAP it fails, as for TAP::Parser.
#include <algorithm>
#include <optional>
#include <utility>

#include "formats/results.h"
#include "formats/tap_last_words.h"
#include "formats/tap_level.h"
#include "formats/tap_line.h"
#include "formats/tap_torn.h"

namespace harness {
namespace {

constexpr std::size_t kMaxDepth = 32;

/// Which order the numbers of results must have.
enum class Order { any, ascending };

class TapReader final : public FormatReader {
 public:
  explicit TapReader(Order order) : order_(order) {}

  void see(std::string_view line) override {
    const TapLine read = read_tap_line(line);
    if (read.text.empty() && read.kind != TapKind::comment) return;
    if (skip_yaml(read)) return;
    const bool known_level = read.indent < kCommentColumns || in_comment_level(levels_, read);
    switch (known_level ? read.kind : TapKind::comment) {
      case TapKind::version:
        return start(read);
      case TapKind::plan:
        return take_plan(read);
      case TapKind::result:
        return see_result(read);
      case TapKind::comment:
        return take_comment(read);
      case TapKind::odd_plan:
        return in_planned_level(levels_, read) ? see_text(read.text) : note_odd(read.text);
      case TapKind::pragma:
        if (read.rest == "+strict" || read.rest == "-strict") strict_ = read.rest[0] == '+';
        return;
      case TapKind::bail_out:
        return bail_out(read);
      case TapKind::brace:
        return close_buffered(read.indent);
      case TapKind::yaml:
      case TapKind::text:
        return see_text(read.text);
    }
  }

  FormatResults finish() override {
    while (!levels_.empty()) {
      const bool alone = levels_.size() == 1;
      const TapLevel level = close();
      if (alone && level.named && level.indent > 0 && level.indent < kCommentColumns) {
        results_.add_fault("the result of " + printable(level.name) + " itself did not come");
      }
    }
    note_odd(torn_.begun_bail_out());
    if (!odd_.empty() && results_.count() > 0) {
      results_.add_fault("it is not known what '" + printable(odd_) + "' means");
    }
    return std::move(results_).finish(bailed_, skipped_);
  }

 private:
  /// Whether the line belongs to a block of YAML behind a result.
  bool skip_yaml(const TapLine& line) {
    if (yaml_indent_) {
      if (line.indent >= *yaml_indent_) {
        if (line.kind == TapKind::result && line.failed) hidden_ = line.text.substr(0, 60);
        if (line.indent > *yaml_indent_ || !line.text.starts_with("...")) return true;
        yaml_indent_.reset();
        hidden_.clear();
        return true;
      }
      // A block without its end is none: a failure in it may have been one.
      yaml_indent_.reset();
      if (!hidden_.empty()) note_odd(std::exchange(hidden_, {}));
    }
    if (line.kind != TapKind::yaml || !after_result_ || levels_.empty()) {
      after_result_ = false;
      return false;
    }
    after_result_ = false;
    if (line.indent <= levels_.back().indent) return false;
    yaml_indent_ = line.indent;
    return true;
  }

  void start(const TapLine& line) {
    const std::size_t indent = line.indent;
    results_.found();
    torn_.take();
    // A version at the level of one that has begun is another document.
    while (!levels_.empty() && levels_.back().indent >= indent && levels_.back().begun()) close();
    if (levels_.empty() || levels_.back().indent != indent) open(indent);
    levels_.back().declared = true;
    if (!line.known_version) note_odd(line.text);
    const bool excuses = order_ == Order::ascending || line.of_the_kernel || line.count >= 14;
    if (levels_.size() == 1) skip_excuses_ = excuses;
  }

  void take_comment(const TapLine& line) {
    std::string_view text = line.text;
    if (const auto totals = read_tap_totals(text)) return hold_against(*totals);
    if (const auto word = read_tap_last_word(text); word != TapLastWord::none) {
      return hold_against(word, line);
    }
    if (!take(text, "Subtest: ")) return;
    // The name of a subtest in a subtest: the outer one has begun.
    const bool inside = levels_.empty() || levels_.back().indent < line.indent;
    if (!next_name_.empty() && line.indent > next_name_indent_ && inside) open(line.indent);
    TapLevel* level = levels_.empty() ? nullptr : &levels_.back();
    const bool opened = level && level->indent == line.indent && !level->named &&
                        level->came == 0 && (levels_.size() > 1 || line.indent > 0);
    const std::string name(text.substr(0, kMaxResultNameLength));
    if (opened) {
      level->set_name(name);
    } else {
      next_name_ = name;
      next_name_indent_ = line.indent;
    }
  }

  /// A failure that the guest tells of must have come.
  void hold_against(TapLastWord word, const TapLine& line) {
    const auto at =
        std::ranges::find_if(levels_.rbegin(), levels_.rend(),
                             [&](const TapLevel& one) { return one.indent <= line.indent; });
    if (at == levels_.rend()) return;
    if (word == TapLastWord::failed && (at->direct.failed > 0 || !at->remembered.empty())) return;
    results_.add_fault("it says '" + printable(line.text.substr(0, 80)) +
                       (word == TapLastWord::failed ? "', and no failure came" : "'"));
  }

  /// Counts that the guest printed prove that nothing is missing, or that something is.
  void hold_against(const TapTotals& totals) {
    TapLevel* const level = level_of(levels_, totals);
    if (!level) return;
    if (!agree(level->direct, totals) && !agree(level->leaves, totals)) {
      return results_.add_fault("'" + printable(totals.name.substr(0, 60)) + "' counts " +
                                text_of(totals.counts) + ", and " + text_of(level->direct) +
                                " came");
    }
    level->counted = true;
  }

  void take_plan(const TapLine& line) {
    results_.found();
    torn_.take();
    while (!levels_.empty() && levels_.back().indent > line.indent &&
           (levels_.size() > 1 || levels_.back().begun())) {
      close();
    }
    // A second plan belongs to a document that does not say its version.
    if (!levels_.empty() && levels_.back().indent == line.indent && levels_.back().plan) close();
    if (levels_.empty() || levels_.back().indent < line.indent) open(line.indent);
    levels_.back().plan = line.count;
    levels_.back().plan_rest = line.rest.substr(0, kMaxResultNameLength);
    levels_.back().declared = true;
    if (line.count == 0 && levels_.size() == 1) skipped_ = true;
  }

  void bail_out(const TapLine& line) {
    bailed_ = true;
    results_.found();
    results_.add_fault("bailed out: " + printable(line.rest.substr(0, 100)));
  }

  void see_result(const TapLine& line) {
    // KTAP's results have a number: "ok then" is none.
    const bool counts = line.number || line.failed || order_ == Order::any;
    if (!counts) return see_text(line.text);
    // Any program may print "ok": before a version or a plan only a first result counts.
    const bool named = !line.number && line.rest.starts_with("- ");
    if (levels_.empty() && line.number != 1 && !named) {
      return line.failed ? note_odd(line.text) : void();
    }
    torn_.see_result(line);
    enter(line);
    flush_pending();
    next_name_.clear();
    if (!line.rest.ends_with('{')) return take_result(line.failed, line.number, line.rest);
    levels_.back().pending = {line.failed, line.number, std::string(line.rest)};
    inner_.reset();
  }

  /// "}": the subtests of "ok 1 - name {" are complete.
  void close_buffered(std::size_t indent) {
    std::size_t level = levels_.size();
    while (level > 0 && levels_[level - 1].indent > indent) --level;
    if (level == 0 || levels_[level - 1].indent != indent || !levels_[level - 1].pending) return;
    inner_.reset();
    while (levels_.size() > level) inner_ = close();
    const std::optional<PendingResult> pending = std::exchange(levels_.back().pending, {});
    if (!pending) return;
    std::string_view text = pending->text;
    text.remove_suffix(1);
    take_result(pending->failed, pending->number, trimmed(text));
  }

  /// A result whose name only ends in a brace.
  void flush_pending() {
    const std::optional<PendingResult> pending = std::exchange(levels_.back().pending, {});
    if (!pending) return;
    if (inner_) {
      results_.add_fault("the subtests of '" + printable(pending->text.substr(0, 60)) +
                         "' have no end");
    }
    std::optional<TapLevel> inner = std::exchange(inner_, {});
    take_result(pending->failed, pending->number, pending->text);
    inner_ = std::move(inner);
  }

  /// Text may hide the beginning of a result, or hold a whole one behind another message.
  void see_text(std::string_view text) {
    torn_.see(text);
    if ((strict_ && !levels_.empty()) || is_piece_of_bail_out(text)) note_odd(text);
    if (!levels_.empty()) levels_.back().remember_glued(text);
  }

  /// What makes it uncertain what the document says, if there is one.
  void note_odd(std::string_view text) {
    if (odd_.empty()) odd_ = text.substr(0, 60);
  }

  /// Makes the level of this result the one at hand, and notes the subtest that it closes.
  void enter(const TapLine& line) {
    inner_.reset();
    while (!levels_.empty() && levels_.back().indent > line.indent) {
      const bool outermost = levels_.size() == 1;
      if (outermost && levels_.back().continues_with(line.number)) {
        levels_.back().indent = line.indent;  // what looked like a subtest was only indented
        break;
      }
      inner_ = close(!outermost && order_ == Order::ascending && levels_.back().named &&
                     read_tap_description(line.rest, line.failed).name == levels_.back().name);
    }
    if (levels_.empty() || levels_.back().indent < line.indent) open(line.indent);
  }

  void take_result(bool failed, std::optional<std::uint64_t> given, std::string_view text) {
    after_result_ = true;
    TapLevel& level = levels_.back();
    TapDescription description = read_tap_description(text, failed);
    const std::uint64_t number = given.value_or(level.last + 1);
    const std::string name =
        description.name.empty() ? "test " + std::to_string(number) : description.name;
    note_number(level, number, name);
    std::string torn = torn_.take();
    if (torn.empty() && holds_glued_failure(text, number)) torn = text.substr(0, 60);
    if (!failed && !torn.empty()) {
      ++level.came;
      results_.found();
      return results_.add_fault(
          "result " + std::to_string(number) + " ('" + printable(name.substr(0, 60)) +
          "') may have been 'not ok': before it stands '" + printable(torn) + "'");
    }
    const bool plain = description.directive == TapDirective::none;
    if (plain && failed && plan_excuses(level.plan_rest, number)) {
      description.directive = TapDirective::todo;
    }
    wire::Status status = status_of(failed, description.directive);
    std::string note(description.note);
    if (failed && description.directive == TapDirective::skip && !skip_excuses_) {
      status = wire::Status::fail;
      note += " (before TAP 14 that does not excuse a 'not ok')";
    }
    std::optional<TapLevel> inner = std::exchange(inner_, {});
    if (failed && description.directive == TapDirective::todo && inner) {
      // What fails in a subtest whose own failure is excused does not count.
      results_.excuse(inner->first, "in a subtest with TODO");
      inner->leaves.skipped += std::exchange(inner->leaves.failed, 0);
    }
    const bool noted = description.directive != TapDirective::none || status == wire::Status::fail;
    add(level, name, status, noted ? note : "", inner);
  }

  /// Counts a result, and lists it unless the tests of its group have said it all.
  void add(TapLevel& level, const std::string& name, wire::Status status, const std::string& note,
           const std::optional<TapLevel>& inner) {
    ++level.came;
    const bool empty_group = inner && inner->came == 0 && inner->plan == 0;
    if (empty_group && status == wire::Status::pass) status = wire::Status::skip;
    level.direct.add(status);
    const bool group = inner && inner->came > 0;
    if (group || empty_group) ++level.groups;
    if (group) {
      level.leaves.add(inner->leaves);
      results_.put_below(inner->named ? inner->name : name, inner->first);
      if (status == wire::Status::pass && inner->direct.failed > 0) {
        results_.add_fault("'" + printable(name.substr(0, 60)) + "' says ok, and " +
                           std::to_string(inner->direct.failed) + " of its tests failed");
      }
      const bool as_told = status == wire::Status::skip
                               ? inner->leaves.passed < inner->leaves.total()
                               : status == wire::Status::pass || inner->direct.failed > 0;
      if (as_told) return;
    } else {
      level.leaves.add(status);
    }
    results_.add(name, status, empty_group && note.empty() ? "no tests" : note);
  }

  void note_number(TapLevel& level, std::uint64_t number, std::string_view name) {
    if (order_ == Order::ascending && number > level.last + 1) {
      const std::uint64_t first = level.last + 1;
      settle(level, number - 1);
      if (level.last + 1 < number) {
        results_.add_fault("results " + std::to_string(first) + " to " +
                           std::to_string(number - 1) + " are missing before '" +
                           printable(name.substr(0, 60)) + "'");
      }
    }
    const bool again = order_ == Order::ascending ? number <= level.last : level.has(number);
    if (again && !level.starts_anew(number)) {
      results_.add_fault("result " + std::to_string(number) + " came again" +
                         (order_ == Order::ascending ? " or too late" : ""));
    }
    if (number == 0) results_.add_fault("results begin with 1, and a result 0 came");
    if (!level.note(number)) results_.add_fault("the numbers of the results are too high");
  }

  /// Takes the failures that were found in the middle of lines for the results up to `last` that
  /// did not come otherwise.
  void settle(TapLevel& level, std::uint64_t last) {
    for (const auto& [number, name] : std::exchange(level.remembered, {})) {
      if (number > last || number == 0 || level.has(number)) {
        if (number > last) level.remembered.emplace_back(number, name);
        continue;
      }
      level.note(number);
      ++level.came;
      level.direct.add(wire::Status::fail);
      level.leaves.add(wire::Status::fail);
      results_.add(name, wire::Status::fail, "printed behind another message");
    }
  }

  void open(std::size_t indent) {
    if (levels_.size() == kMaxDepth) {
      results_.add_fault("subtests are nested deeper than " + std::to_string(kMaxDepth));
      close();
    }
    if (levels_.empty()) skip_excuses_ = order_ == Order::ascending;
    levels_.emplace_back(indent, results_.size(), order_ == Order::ascending);
    if ((levels_.size() > 1 || indent > 0) && !next_name_.empty()) {
      levels_.back().set_name(std::exchange(next_name_, {}));
    }
  }

  /// `of_one`: what closes it proves that one result was all. KUnit counts more than one.
  TapLevel close(bool of_one = false) {
    if (levels_.back().pending) {
      inner_.reset();
      flush_pending();
    }
    settle(levels_.back(), UINT64_MAX);
    TapLevel level = std::move(levels_.back());
    levels_.pop_back();
    if (std::string fault = level.fault(of_one); !fault.empty()) results_.add_fault(fault);
    return level;
  }

  Order order_;
  ResultList results_{line_};
  std::vector<TapLevel> levels_;
  std::optional<TapLevel> inner_;           // the subtest that the line at hand closed
  std::optional<std::size_t> yaml_indent_;  // inside a block of YAML
  std::string next_name_;                   // of a "# Subtest:" whose level has not begun
  std::size_t next_name_indent_ = 0;
  std::string hidden_;  // a failure in a block of YAML
  std::string odd_;     // a line that makes it uncertain what the document says
  TornLines torn_;
  bool after_result_ = false;  // the line before was a result
  bool bailed_ = false, skipped_ = false;
  bool strict_ = false;        // "pragma +strict": what is no TAP is a fault
  bool skip_excuses_ = false;  // a "not ok", in the document at hand
};

}  // namespace

std::unique_ptr<FormatReader> make_tap() { return std::make_unique<TapReader>(Order::any); }
std::unique_ptr<FormatReader> make_ktap() { return std::make_unique<TapReader>(Order::ascending); }

}  // namespace harness
