// What the readers share: a bounded list of results, and the first of the faults.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "formats/formats.h"

namespace harness {

inline constexpr std::size_t kMaxResults = 20'000;
inline constexpr std::size_t kMaxResultNameLength = 200;

/// How many results of each kind came.
struct ResultCounts {
  std::uint64_t passed = 0, failed = 0, skipped = 0;

  void add(wire::Status status) {
    ++(status == wire::Status::pass ? passed : status == wire::Status::fail ? failed : skipped);
  }
  void add(const ResultCounts& other) {
    passed += other.passed;
    failed += other.failed;
    skipped += other.skipped;
  }
  [[nodiscard]] std::uint64_t total() const { return passed + failed + skipped; }
};

class ResultList {
 public:
  /// `line`: the reader's own, which says where it is.
  explicit ResultList(const std::uint64_t& line) : line_(&line) {}
  /// `note` is what stands beside the status: a reason of a skip, say.
  void add(std::string_view name, wire::Status status, std::string_view note = {}) {
    ++count_;
    if (tests_.size() >= kMaxResults) return;
    TestResult test{.name = clean(name.empty() ? "test " + std::to_string(count_) : name),
                    .status = status,
                    .iterations = {},
                    .result = {},
                    .line = *line_};
    if (!note.empty()) test.result = clean(note);
    tests_.push_back(std::move(test));
  }
  /// Puts "group/" before the names of all results from `first` on.
  void put_below(std::string_view group, std::size_t first) {
    if (group.empty()) return;
    const std::string prefix = clean(group) + "/";
    for (std::size_t i = first; i < tests_.size(); ++i) {
      tests_[i].name.insert(0, prefix);
      cut(tests_[i].name);
    }
  }
  /// Makes skips of the failures from `first` on.
  void excuse(std::size_t first, std::string_view why) {
    for (std::size_t i = first; i < tests_.size(); ++i) {
      if (tests_[i].status != wire::Status::fail) continue;
      tests_[i].status = wire::Status::skip;
      tests_[i].result = why;
    }
  }
  /// What is wrong with the results as a whole; the first is kept, the others are counted.
  void add_fault(std::string why) {
    if (faults_++ == 0) fault_ = std::move(why);
  }
  void found() { found_ = true; }
  /// Adds the fault "3 tests failed, 2 were counted at the end" where the two differ.
  void hold_against(std::uint64_t came, const std::string& what, std::uint64_t said,
                    const std::string& how) {
    if (came == said) return;
    add_fault(std::to_string(came) + " " + what + ", " + std::to_string(said) + " were " + how);
  }

  [[nodiscard]] std::size_t size() const { return tests_.size(); }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t faults() const { return faults_; }

  /// Results with their summary: fail where one failed or `failed` says so, skip where all were
  /// skipped (or none came, and `skipped` says why), else pass. No result is no pass: where a
  /// document came, holds none and is not `skipped`, that is a failure.
  FormatResults finish(bool failed = false, bool skipped = false) && {
    if (count_ > tests_.size()) {
      add_fault(std::to_string(count_) + " results came, more than are kept");
    }
    if (found_ && count_ == 0 && !failed && !skipped && faults_ == 0) {
      failed = true;
      add_fault("no test ran");
    }
    FormatResults all{std::move(tests_), {}};
    FormatSummary& summary = all.summary;
    summary.found = found_ || count_ > 0;
    summary.results = count_;
    summary.fault = fault_;
    if (faults_ > 1) summary.fault += " (and " + std::to_string(faults_ - 1) + " more)";
    const auto of = [&](wire::Status status) {
      return std::ranges::count(all.tests, status, &TestResult::status);
    };
    if (failed || of(wire::Status::fail) > 0) {
      summary.status = wire::Status::fail;
    } else if ((skipped && count_ == 0) || (!all.tests.empty() && of(wire::Status::pass) == 0)) {
      summary.status = wire::Status::skip;
    }
    return all;
  }

 private:
  /// Printable, and not longer than a name may be.
  static std::string clean(std::string_view text) {
    std::string name = printable(text.substr(0, kMaxResultNameLength + 4));
    cut(name);
    return name;
  }
  static void cut(std::string& name) {
    if (name.size() <= kMaxResultNameLength) return;
    name.resize(kMaxResultNameLength);
    // Not in the middle of a character of several bytes: that one goes as a whole.
    for (int i = 0; i < 4 && (name.back() & 0x80) != 0; ++i) {
      const bool first_byte = (name.back() & 0x40) != 0;
      name.pop_back();
      if (first_byte) break;
    }
  }
  const std::uint64_t* line_;
  std::vector<TestResult> tests_;
  std::uint64_t count_ = 0, faults_ = 0;
  std::string fault_;
  bool found_ = false;
};

/// The next number in `text`, cut off its front; false where it does not start with one, or with
/// one of more than 9 digits.
inline bool take_number(std::string_view& text, std::uint64_t& number) {
  std::size_t digits = 0;
  number = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    if (digits == 9) return false;
    number = number * 10 + static_cast<std::uint64_t>(text[digits] - '0');
  }
  text.remove_prefix(digits);
  return digits > 0;
}

}  // namespace harness
