// TAP and KTAP (testanything.org, the kernel's Documentation/dev-tools/ktap.rst).
//
// Subtests are told by indentation alone: a line that is further in than the level at hand opens a
// level, and one that is further out closes those behind it. The result that follows at the outer
// level is the group's own: its name goes before the names of its tests, and it is listed as a test
// only where it says what none of them said. Results have numbers, so a lost line is a certainty,
// and a result that a kernel message was printed into is found by the number that must come next.
#include <optional>

#include "formats/prefix.h"
#include "formats/results.h"

namespace harness {
namespace {

constexpr std::size_t kMaxDepth = 32;
constexpr std::uint64_t kNone = UINT64_MAX;

struct Level {
  std::size_t indent = 0;
  std::size_t first = 0;               // its first entry in the list of results
  std::optional<std::uint64_t> plan;   // results announced
  std::uint64_t came = 0, failed = 0;  // results that came
  std::uint64_t last = 0;              // number of the one that came last
  std::string name = {};               // of "# Subtest:"
};

bool is_word_end(std::string_view text) { return text.empty() || text.front() == ' '; }

bool same_word(std::string_view a, std::string_view upper) {
  return a.size() == upper.size() &&
         std::equal(a.begin(), a.end(), upper.begin(), [](char x, char y) {
           return (x >= 'a' && x <= 'z' ? static_cast<char>(x - 'a' + 'A') : x) == y;
         });
}

/// "SKIP reason" behind the last " # " of a result; the description is cut before it.
struct Directive {
  bool skip = false, todo = false;
  std::string_view text;
};
Directive take_directive(std::string_view& description) {
  Directive found;
  const std::size_t at = description.rfind("# ");
  if (at == description.npos || (at > 0 && description[at - 1] != ' ')) return found;
  const std::string_view text = description.substr(at + 2);
  const std::string_view word = text.substr(0, text.find_first_of(" :"));
  found.skip = same_word(word, "SKIP") || same_word(word, "SKIPPED");
  found.todo = same_word(word, "TODO");
  found.text = text;
  if (found.skip || found.todo) description = trimmed(description.substr(0, at));
  return found;
}

class TapReader final : public FormatReader {
 public:
  void see(std::string_view line) override {
    std::string_view text = without_prefix(line);
    const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
    text = trimmed(text);
    if (text.empty()) return;
    if (read_version(text)) return start(indent);
    if (text.starts_with('#')) return read_comment(indent, text);
    if (read_plan(indent, text) || read_result(indent, text)) return;
    if (take(text, "Bail out!")) {
      bailed_ = true;
      results_.add_fault("bailed out: " + printable(trimmed(text).substr(0, 100)));
      return;
    }
    read_torn(text);
  }

  FormatResults finish() override {
    while (!levels_.empty()) close();
    return std::move(results_).finish(bailed_, skipped_);
  }

 private:
  static bool read_version(std::string_view text) {
    std::uint64_t number = 0;
    return (take(text, "KTAP version ") || take(text, "TAP version ")) &&
           take_number(text, number) && text.empty();
  }

  void start(std::size_t indent) {
    results_.found();
    // A version at the level of one that has begun is another document.
    while (!levels_.empty() && levels_.back().indent >= indent && begun(levels_.back())) close();
    if (!levels_.empty() && levels_.back().indent == indent) return;
    open(indent);
  }
  static bool begun(const Level& level) { return level.came > 0 || level.plan; }

  void read_comment(std::size_t indent, std::string_view text) {
    if (!take(text, "# Subtest: ")) return;
    if (!levels_.empty() && levels_.back().indent == indent && levels_.back().came == 0 &&
        levels_.size() > 1) {
      levels_.back().name = text.substr(0, kMaxResultNameLength);
    } else {
      next_name_ = text.substr(0, kMaxResultNameLength);
    }
  }

  /// "1..5", "1..0 # SKIP reason".
  bool read_plan(std::size_t indent, std::string_view text) {
    std::uint64_t count = 0;
    if (!take(text, "1..") || !take_number(text, count) || !is_word_end(text)) return false;
    results_.found();
    while (!levels_.empty() && levels_.back().indent > indent) close();
    // A second plan belongs to a document that does not say its version.
    if (!levels_.empty() && levels_.back().indent == indent && levels_.back().plan) close();
    if (levels_.empty() || levels_.back().indent < indent) open(indent);
    levels_.back().plan = count;
    const std::string_view directive = trimmed(text);
    if (count == 0 && levels_.size() == 1 && directive.starts_with("# ")) skipped_ = true;
    return true;
  }

  bool read_result(std::size_t indent, std::string_view text) {
    const bool failed = take(text, "not ");
    if (!take(text, "ok") || !is_word_end(text)) return false;
    if (!text.empty()) text.remove_prefix(1);
    std::uint64_t number = kNone;
    std::string_view rest = text;
    if (take_number(rest, number) && is_word_end(rest)) {
      text = trimmed(rest);
    } else {
      number = kNone;
    }
    // Any program may print "ok": before a version or a plan only a first result counts.
    if (levels_.empty() && number != 1) return false;
    close_inner(indent);
    take_result(failed, number, text);
    return true;
  }

  /// Of a line that some other output stands before: "random: crng init donenot ok 3 name".
  void read_torn(std::string_view text) {
    if (levels_.empty()) return;
    const std::uint64_t next = levels_.back().last + 1;
    for (std::size_t at = text.find("ok "); at != text.npos; at = text.find("ok ", at + 1)) {
      std::string_view rest = text.substr(at + 3);
      std::uint64_t number = 0;
      if (!take_number(rest, number) || number != next || !is_word_end(rest)) continue;
      inner_.reset();
      return take_result(text.substr(0, at).ends_with("not "), number, trimmed(rest));
    }
  }

  /// Makes the level of this indentation the one at hand, and notes the subtest that it closes.
  void close_inner(std::size_t indent) {
    inner_.reset();
    while (!levels_.empty() && levels_.back().indent > indent) {
      // Without an outer level, what looked like one was only indented.
      if (levels_.size() == 1) {
        levels_.back().indent = indent;
        break;
      }
      inner_ = close();
    }
    if (levels_.empty() || levels_.back().indent < indent) open(indent);
  }

  void take_result(bool failed, std::uint64_t number, std::string_view text) {
    Level& level = levels_.back();
    take(text, "- ");
    const Directive directive = take_directive(text);
    const std::string_view name = trimmed(text);
    if (number == kNone) number = level.last + 1;
    if (number > level.last + 1) {
      results_.add_fault("results " + std::to_string(level.last + 1) + " to " +
                         std::to_string(number - 1) + " are missing before '" +
                         printable(name.substr(0, 60)) + "'");
    } else if (number <= level.last) {
      results_.add_fault("result " + std::to_string(number) + " came again or too late");
    }
    level.last = std::max(level.last, number);
    ++level.came;
    const bool bad = failed && !directive.skip && !directive.todo;
    if (bad) ++level.failed;
    const wire::Status status = bad                                            ? wire::Status::fail
                                : directive.skip || (directive.todo && failed) ? wire::Status::skip
                                                                               : wire::Status::pass;
    if (inner_ && inner_->came > 0) {
      results_.put_below(inner_->name.empty() ? name : inner_->name, inner_->first);
      if (!bad && inner_->failed > 0 && status == wire::Status::pass) {
        results_.add_fault("'" + printable(name.substr(0, 60)) + "' says ok, and " +
                           std::to_string(inner_->failed) + " of its tests failed");
      }
      if (!bad || inner_->failed > 0) return;
    }
    results_.add(name, status, directive.skip || directive.todo ? directive.text : "");
  }

  void open(std::size_t indent) {
    if (levels_.size() == kMaxDepth) {
      results_.add_fault("subtests are nested deeper than " + std::to_string(kMaxDepth));
      close();
    }
    levels_.push_back({.indent = indent, .first = results_.size(), .plan = {}});
    if (levels_.size() > 1) levels_.back().name = std::exchange(next_name_, {});
  }

  Level close() {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    const std::string where = level.name.empty() ? "" : " of " + printable(level.name);
    if (!level.plan && level.came > 0) {
      results_.add_fault("no plan" + where + ": it cannot be told whether results are missing");
    } else if (level.plan && *level.plan != level.came) {
      results_.add_fault(std::to_string(level.came) + " results" + where + " came, " +
                         std::to_string(*level.plan) + " were announced");
    } else if (!level.plan && !level.name.empty() && level.came == 0) {
      results_.add_fault("nothing" + where + " came");
    }
    return level;
  }

  ResultList results_;
  std::vector<Level> levels_;
  std::optional<Level> inner_;  // the subtest that the line at hand closed
  std::string next_name_;       // of a "# Subtest:" whose level has not begun
  bool bailed_ = false, skipped_ = false;
};

}  // namespace

std::unique_ptr<FormatReader> make_tap() { return std::make_unique<TapReader>(); }

}  // namespace harness
