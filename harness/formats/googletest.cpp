// GoogleTest's console output (PrettyUnitTestResultPrinter of googletest/src/gtest.cc, up to 1.17).
//
// A result counts wherever it stands in its line, for what a test prints may lack a line end; the
// name of the running test makes it certain. A test that was started and has no result when another
// starts, or when the output ends, took the program with it. GoogleTest's own last words are held
// against what was read.
#include <algorithm>
#include <array>
#include <set>

#include "formats/results.h"

namespace harness {
namespace {

constexpr std::string_view kRun = "[ RUN      ] ", kFailed = "[  FAILED  ] ",
                           kPassed = "[  PASSED  ] ", kSkipped = "[  SKIPPED ] ";
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
    if (!running_) return;
    if (read_suite_failure(text)) return;
    if (ended_) return read_closing(text);
    if (!current_.empty() && read_result(text)) return;
    if (const std::size_t at = text.find(kRun); at == 0 || (at != text.npos && current_.empty())) {
      end_current();
      current_ = text.substr(at + kRun.size(), kMaxResultNameLength);
    } else if (current_.empty() && text.ends_with(": Failure")) {
      outside_ = std::string(text.substr(0, kMaxResultNameLength));
    }
  }

  FormatResults finish() override {
    end_current();
    if (running_ && !ended_) results_.add_fault("the closing line did not come");
    if (ended_) {
      hold_against("results came", round_.total(), "announced", round_.announced);
      close_round();
    }
    // Of an Environment nothing is listed: only its failure is printed, and the program ends
    // with 1.
    const bool outside = !outside_.empty() && suite_failures_.empty();
    if (outside) results_.add_fault("a failure outside of all tests: " + printable(outside_));
    return std::move(results_).finish(outside);
  }

 private:
  /// Of one "Running N tests": another program's, or a repetition.
  struct Round {
    std::uint64_t announced = 0, passed = 0, failed = 0, skipped = 0;
    std::uint64_t suites = 0;  // whose set-up or tear-down failed
    [[nodiscard]] std::uint64_t total() const { return passed + failed + skipped; }
  };

  /// "Running 5 tests from 2 test suites." and "5 tests from 2 test suites ran. (1 ms total)".
  void read_frame(std::string_view text) {
    std::uint64_t number = 0;
    if (take(text, "Running ") && take_number(text, number)) {
      end_current();
      if (running_) {
        if (!ended_) results_.add_fault("the closing line did not come");
        hold_against("results came", round_.total(), "announced", round_.announced);
        close_round();
      }
      round_ = {.announced = number};
      running_ = true;
      ended_ = false;
      results_.found();
    } else if (running_ && take_number(text, number) && contains(text, " ran.")) {
      end_current();
      ended_ = true;
    }
  }

  void hold_against(std::string_view what, std::uint64_t count, std::string_view said_to_be,
                    std::uint64_t said) {
    if (count == said) return;
    results_.add_fault(std::to_string(count) + " " + std::string(what) + ", " +
                       std::to_string(said) + " were " + std::string(said_to_be));
  }

  /// "A: SetUpTestSuite or TearDownTestSuite" (up to 1.9: TestCase), while it runs and in the list.
  bool read_suite_failure(std::string_view text) {
    if (!take(text, kFailed)) return false;
    const std::size_t at = text.find(": SetUpTest");
    if (at == text.npos || !contains(text, " or TearDownTest")) return false;
    std::string name(text.substr(0, std::min(at, kMaxResultNameLength)));
    if (suite_failures_.size() < kMaxResults && suite_failures_.insert(name).second) {
      ++round_.suites;
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
    ++(status == wire::Status::pass   ? round_.passed
       : status == wire::Status::fail ? round_.failed
                                      : round_.skipped);
    if (status == wire::Status::fail && failed_.size() < kMaxResults) failed_.insert(current_);
    current_.clear();
  }
  void end_current() {
    if (!current_.empty()) end_with(wire::Status::fail, "did not end");
  }

  /// "[  PASSED  ] 3 tests.", "[  FAILED  ] 1 test, listed below:", "[  FAILED  ] A.b".
  void read_closing(std::string_view text) {
    std::uint64_t number = 0;
    if (take(text, kPassed)) {
      if (take_number(text, number))
        hold_against("tests passed", round_.passed, "counted at the end", number);
      return;
    }
    const bool skipped = take(text, kSkipped);
    if (!skipped && !take(text, kFailed)) return;
    if (take_number(text, number) && contains(text, "listed below")) {
      if (contains(text, " test suite") || contains(text, " test case")) {
        hold_against("suites failed", round_.suites, "counted at the end", number);
        round_.suites = number;
      } else if (skipped) {
        hold_against("tests were skipped", round_.skipped, "counted at the end", number);
      } else {
        hold_against("tests failed", round_.failed, "counted at the end", number);
      }
      return;
    }
    const std::string name(text.substr(0, std::min(text.find(", where "), text.find(" ("))));
    if (!skipped && !name.empty() && failed_.insert(name).second) {
      results_.add(name, wire::Status::fail, "listed as failed at the end");
    }
  }

  void close_round() {
    if (failed_.size() >= kMaxResults) failed_.clear();
  }

  ResultList results_;
  Round round_;
  std::string current_;                        // the test that runs
  std::string outside_;                        // a failure while none ran
  std::set<std::string, std::less<>> failed_;  // tests
  std::set<std::string, std::less<>> suite_failures_;
  bool running_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<FormatReader> make_googletest() { return std::make_unique<GoogleTestReader>(); }

}  // namespace harness
