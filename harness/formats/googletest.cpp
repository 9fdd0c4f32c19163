// GoogleTest's console output (PrettyUnitTestResultPrinter of googletest/src/gtest.cc, up to 1.17).
//
// A result counts wherever it stands in its line, for what a test prints may lack a line end; the
// name of the running test makes it certain. A test that was started and has no result when another
// starts, or when the output ends, took the program with it. GoogleTest's own last words are held
// against what was read. With --gtest_brief=1 they are all that it prints but for failures: tests
// that are all said to have passed are one result.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "formats/results.h"

namespace harness {
namespace {

constexpr std::string_view kRun = "[ RUN      ] ", kFailed = "[  FAILED  ] ",
                           kPassed = "[  PASSED  ] ", kSkipped = "[  SKIPPED ] ";
constexpr const char* kNoRound = "a repetition of all tests was begun, and did not come";
struct Mark {
  std::string_view text;
  wire::Status status;
};
constexpr auto kMarks = std::to_array<Mark>({{"[       OK ] ", wire::Status::pass},
                                             {kFailed, wire::Status::fail},
                                             {kSkipped, wire::Status::skip}});

class GoogleTestReader final : public FormatReader {
 public:
  void see(std::string_view line) override {
    std::string_view text = trimmed(line);
    if (take(text, "[==========] ")) return read_frame(text);
    if (take(text, "Repeating all tests")) return announce_round(text);
    if (!running_) return see_brief(text);
    if (read_suite_failure(text)) return;
    if (ended_) return read_closing(text);
    if (!current_.empty() && read_result(text)) return;
    if (const std::size_t at = text.find(kRun); at == 0 || (at != text.npos && current_.empty())) {
      end_current();
      current_ = text.substr(at + kRun.size(), kMaxResultNameLength);
    } else if (current_.empty() && contains(text, kFailed)) {
      add_failed(text.substr(text.find(kFailed) + kFailed.size()), "behind its result");
    } else if (current_.empty() && is_failure(text)) {
      round_.outside = text.substr(0, kMaxResultNameLength);
    }
  }

  FormatResults finish() override {
    end_round();
    end_brief();
    end_repeating();
    return std::move(results_).finish(outside_);
  }

 private:
  /// Of one "Running N tests": another program's, or a repetition.
  struct Round {
    std::uint64_t announced = 0;
    ResultCounts counts = {};
    std::set<std::string> failed = {}, failed_suites = {};
    bool counted = false;      // "[  PASSED  ] N tests." came, the proof of a pass
    std::string outside = {};  // a failure while no test ran
  };

  /// Of a program with --gtest_brief=1.
  struct Brief {
    bool failed = false;  // a failure came
    bool begun = false;   // a test was, so it is none
    std::optional<std::uint64_t> ran = {};
    std::uint64_t passed = 0, skipped = 0;
    bool counted = false;  // "[  PASSED  ] N tests." came
  };

  /// "a.cc:3: Failure"; of Microsoft's compiler "a.cc(3): error: Failed"; also of an "unknown
  /// file". Where another message was printed into it, what is left of its end, behind its place.
  bool is_failure(std::string_view text) {
    constexpr std::string_view kEnd = ": Failure";
    const bool torn = place_came_ && text.size() > 2 && kEnd.ends_with(text);
    const bool found = text.ends_with(kEnd) || torn || bears_place(text, '(', "): error: ") ||
                       text.starts_with("unknown file: error: ");
    place_came_ |= bears_place(text, ':', ":");
    return found;
  }

  /// "a.cc", `before`, a number and `behind`, at any place of the text.
  static bool bears_place(std::string_view text, char before, std::string_view behind) {
    for (std::size_t at = text.find(before); at != text.npos; at = text.find(before, at + 1)) {
      std::size_t end = at + 1;
      while (end < text.size() && is_digit(text[end])) ++end;
      std::size_t name = at;
      while (name > 0 && is_name_char(text[name - 1])) --name;
      const bool extension = name > 1 && name < at && text[name - 1] == '.';
      if (extension && end > at + 1 && text.substr(end).starts_with(behind)) return true;
    }
    return false;
  }

  /// " (iteration 2) . . .": its round must follow. Said only where there is more than one; another
  /// program begins with 1 again.
  void announce_round(std::string_view text) {
    results_.found();
    std::uint64_t number = 0;
    const bool whole = take(text, " (iteration ") && take_number(text, number) && take(text, ")");
    if (number == 1) {
      end_repeating();
    } else {
      if (repeats_) results_.add_fault(kNoRound);
      if (!whole || number != iteration_ + 1) {
        results_.add_fault("round " + std::to_string(iteration_ + 1) +
                           " of all tests did not come in its place");
      }
    }
    repeats_ = true;
    iteration_ = number;
  }
  void end_repeating() {
    if (std::exchange(repeats_, false)) results_.add_fault(kNoRound);
    if (std::exchange(iteration_, 0) == 1) {
      results_.add_fault("all tests are repeated, and only one round came");
    }
  }

  /// "Running 5 tests from 2 test suites." and "5 tests from 2 test suites ran. (1 ms total)".
  void read_frame(std::string_view text) {
    std::uint64_t number = 0;
    if (take(text, "Running ") && take_number(text, number)) {
      end_round();
      end_brief();
      if (!std::exchange(repeats_, false)) end_repeating();  // not announced: another program
      round_ = {.announced = number};
      running_ = true;
      ended_ = false;
      results_.found();
    } else if (!take_number(text, number) || !contains(text, " ran.")) {
      return;
    } else if (!running_) {
      if (brief_.ran) end_brief();
      brief_.ran = number;
      results_.found();
    } else {
      end_current();
      ended_ = true;
      if (number == round_.announced) return;
      results_.add_fault(std::to_string(round_.announced) + " tests were announced, and " +
                         std::to_string(number) + " are said to have run");
    }
  }

  /// Behind the last words of a brief program, or before them.
  void see_brief(std::string_view text) {
    std::uint64_t number = 0;
    if (contains(text, kRun)) brief_.begun = true;
    if (contains(text, kFailed) || is_failure(text)) {
      if (brief_.ran) end_brief();
      brief_.failed = true;
    } else if (brief_.ran && take(text, kPassed) && take_tests(text, number)) {
      brief_.counted = true;
      brief_.passed = number;
    } else if (brief_.ran && take(text, kSkipped) && take_tests(text, number)) {
      brief_.skipped = number;
    }
  }

  void end_brief() {
    const Brief brief = std::exchange(brief_, {});
    if (!brief.ran) {
      if (brief.failed && briefs_) results_.add_fault("a failure came, and no closing line");
      return;
    }
    briefs_ = true;
    if (brief.begun) results_.add_fault("the number of tests was not announced");
    if (!brief.counted) results_.add_fault("the closing line did not come");
    if (*brief.ran == 0 || (!brief.counted && !brief.failed)) return;
    const bool failed = brief.failed || brief.passed + brief.skipped != *brief.ran;
    results_.add("all tests",
                 failed              ? wire::Status::fail
                 : brief.passed == 0 ? wire::Status::skip
                                     : wire::Status::pass,
                 std::to_string(*brief.ran) + " ran, " + std::to_string(brief.passed) +
                     " passed, " + std::to_string(brief.skipped) + " were skipped");
  }

  /// "3 tests.", whole.
  static bool take_tests(std::string_view& text, std::uint64_t& number) {
    return take_number(text, number) && (take(text, " test.") || take(text, " tests."));
  }

  void end_round() {
    end_current();
    if (!running_) return;
    const bool failed = round_.counts.failed > 0 || !round_.failed_suites.empty();
    if (!ended_ || (!round_.counted && !failed)) {
      results_.add_fault("the closing line did not come");
    }
    results_.hold_against(round_.counts.total(), "results came", round_.announced, "announced");
    // Of an Environment nothing is listed: only its failure is printed, and the program ends
    // with 1.
    if (round_.outside.empty() || !round_.failed_suites.empty()) return;
    results_.add_fault("a failure outside of all tests: " + printable(round_.outside));
    outside_ = true;
  }

  /// "A: SetUpTestSuite or TearDownTestSuite" (up to 1.9: TestCase), while it runs and in the list.
  bool read_suite_failure(std::string_view text) {
    if (!take(text, kFailed)) return false;
    const std::size_t at = text.find(": SetUpTest");
    if (at == text.npos || !contains(text, " or TearDownTest")) return false;
    std::string name(text.substr(0, std::min(at, kMaxResultNameLength)));
    std::set<std::string>& failed = round_.failed_suites;
    if (failed.size() < kMaxResults && failed.insert(name).second) {
      results_.add(name + ": set-up or tear-down", wire::Status::fail);
    }
    return true;
  }

  /// "Suite.name (3 ms)", "Suite.name/0, where GetParam() = 7 (3 ms)", behind its mark.
  bool read_result(std::string_view text) {
    for (const Mark& mark : kMarks) {
      for (std::size_t at = text.find(mark.text); at != text.npos;
           at = text.find(mark.text, at + 1)) {
        std::string_view name = text.substr(at + mark.text.size());
        if (!take(name, current_) ||
            !(name.empty() || name.front() == ' ' || name.front() == ',')) {
          continue;
        }
        end_with(mark.status);
        return true;
      }
    }
    return false;
  }

  void end_with(wire::Status status, std::string_view note = {}) {
    results_.add(current_, status, note);
    round_.counts.add(status);
    if (status == wire::Status::fail && round_.failed.size() < kMaxResults) {
      round_.failed.insert(current_);
    }
    current_.clear();
  }
  void end_current() {
    if (!current_.empty()) end_with(wire::Status::fail, kDidNotEnd);
  }

  /// "[  PASSED  ] 3 tests.", "[  FAILED  ] 1 test, listed below:", "[  FAILED  ] A.b".
  void read_closing(std::string_view text) {
    std::uint64_t number = 0;
    const auto hold_against = [&](std::uint64_t came, const char* what) {
      results_.hold_against(came, what, number, "counted at the end");
    };
    if (take(text, kPassed)) {
      if (!take_tests(text, number)) return;
      round_.counted = true;
      return hold_against(round_.counts.passed, "tests passed");
    }
    // " 1 FAILED TEST" and "2 FAILED TEST SUITES", last of all.
    if (std::string_view total = text; take_number(total, number) && take(total, " FAILED TEST")) {
      const bool suites = total.starts_with(" SUITE") || total.starts_with(" CASE");
      return suites ? hold_against(round_.failed_suites.size(), "suites failed")
                    : hold_against(round_.counts.failed, "tests failed");
    }
    const bool skipped = take(text, kSkipped);
    if (!skipped && !take(text, kFailed)) return;
    if (take_number(text, number) && contains(text, "listed below")) {
      if (contains(text, " test suite") || contains(text, " test case")) {
        hold_against(round_.failed_suites.size(), "suites failed");
      } else if (skipped) {
        hold_against(round_.counts.skipped, "tests were skipped");
      } else {
        hold_against(round_.counts.failed, "tests failed");
      }
      return;
    }
    if (!skipped) add_failed(text, "listed as failed at the end");
  }

  /// "A.b", "A.b (0 ms)", "A.b/0, where GetParam() = 7": a failure beside the results.
  void add_failed(std::string_view text, std::string_view note) {
    const std::size_t end = std::min(text.find(", where "), text.find(" ("));
    const std::string name(text.substr(0, std::min(end, kMaxResultNameLength)));
    if (round_.failed.size() >= kMaxResults) return;
    if (!name.empty() && round_.failed.insert(name).second) {
      results_.add(name, wire::Status::fail, note);
    }
  }

  ResultList results_{line_};
  Round round_;
  Brief brief_;
  std::string current_;  // the test that runs
  bool running_ = false, ended_ = false;
  std::uint64_t iteration_ = 0;  // of the repetition that was begun last
  bool place_came_ = false;      // "a.cc:3:", which a failure begins with
  bool briefs_ = false;          // a brief program came
  bool repeats_ = false;         // a repetition was begun, and its round did not yet come
  bool outside_ = false;         // a failure outside of all tests
};

}  // namespace

std::unique_ptr<FormatReader> make_googletest() { return std::make_unique<GoogleTestReader>(); }

}  // namespace harness
