// Rust's libtest (library/test/src/formatters): the pretty form by patterns, and the terse one of
// "cargo test -q", which is a character a test. Those have no names, and are counted through.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "formats/results.h"

namespace harness {
namespace {

// pretty.rs, with the times of --report-time and the benchmarks that `summary` calls measured. What
// a test prints may come before its status. A plan that was cut off is one.
std::unique_ptr<FormatReader> make_pretty() {
  static const auto kPatterns = compile_patterns(TestPatterns{
      .start = {R"(^test (?P<name>.+?) \.\.\. )"},
      .result =
          {R"((?:^test (?P<name>.+?) \.\.\. .*?|^)(?P<status>ok|FAILED|ignored)(?:, (?P<note>.+?))?(?: \(time limit exceeded\))?(?: <[0-9.]+s>)?$)"},
      .pass = {R"((?:^test (?P<name>.+?) \.\.\. .*?|^)bench: +(?P<note>[0-9.,]+ ns/iter))"},
      .plan = {R"(^running (?P<total>\d+) t(?:e|es|ests?)?$)"},
      .summary = {
          R"(^test result: (?P<status>ok|FAILED)\. (?P<pass>\d+) passed; (?P<fail>\d+) failed; (?P<skip>\d+) ignored)",
          R"(^test result: .*; (?P<pass>\d+) measured)"}});
  return make_reader(kPatterns);
}

/// The characters of terse.rs, and what a result is called in the pretty form.
std::string_view word_of(char result) {
  switch (result) {
    case '.':
      return "ok";
    case 'F':
      return "FAILED";
    case 'i':
      return "ignored";
    default:
      return "";
  }
}

class LibtestReader final : public FormatReader {
 public:
  void see(std::string_view line) override {
    pretty_->at_line(line_);
    constexpr std::string_view kPlan = "running ";
    if (line.starts_with(kPlan) && line.size() > kPlan.size() && is_digit(line[kPlan.size()])) {
      if (open_) ++unended_;
      terse_ = open_ = true;
      came_ = 0;
    } else if (terse_ && (take_slow(line) || take_terse(line))) {
      return;
    } else if (line.starts_with("test result: ") ||
               (line.starts_with("test ") && contains(line, " ..."))) {
      terse_ = false;
    }
    if (line.starts_with("test result: ")) open_ = false;
    pretty_->see(line);
  }
  FormatResults finish() override {
    FormatResults all = pretty_->finish();
    if (unended_ > 0 && all.summary.fault.empty()) {
      all.summary.fault = "the next tests began, and no 'test result: ' of those before came";
      all.summary.status = wire::Status::fail;
    }
    return all;
  }
  /// Several may, and a failure is shown again behind all of them.
  [[nodiscard]] bool runs_test() const override { return open_; }

 private:
  /// "..i.F", "..i. 4/9", or since Rust 1.80 "a::b --- FAILED".
  bool take_terse(std::string_view line) {
    constexpr std::string_view kNamed = " --- FAILED";
    if (line.ends_with(kNamed)) {
      pass_on(line.substr(0, line.size() - kNamed.size()), "FAILED");
      return true;
    }
    const std::string_view row = line.substr(0, line.find(' '));
    if (row.empty() || row.find_first_not_of(".Fi") != row.npos || !is_progress(line, row)) {
      return false;
    }
    for (const char result : row) {
      if (came_ > kMaxResults) break;
      pass_on("test " + std::to_string(came_ + 1), word_of(result));
    }
    return true;
  }
  /// "..test a has been running for over 60 seconds": not yet a result, on a line of its own or
  /// behind those that came.
  bool take_slow(std::string_view line) {
    constexpr std::string_view kSlow = " has been running for over ";
    const std::size_t row = std::min(line.find_first_not_of(".Fi"), line.size());
    const std::string_view text = line.substr(row);
    const std::size_t at = text.find(kSlow);
    if (!text.starts_with("test ") || at == text.npos) return false;
    std::string_view rest = text.substr(at + kSlow.size());
    std::uint64_t seconds = 0;
    if (!take_number(rest, seconds) || rest != " seconds") return false;
    return row == 0 || take_terse(line.substr(0, row));
  }
  static bool is_progress(std::string_view line, std::string_view row) {
    std::string_view rest = line.substr(row.size());
    std::uint64_t number = 0;
    return rest.empty() || (take(rest, " ") && take_number(rest, number) && take(rest, "/") &&
                            take_number(rest, number) && rest.empty());
  }
  void pass_on(std::string_view name, std::string_view word) {
    ++came_;
    std::string line = "test ";
    line.append(name).append(" ... ").append(word);
    pretty_->see(line);
  }

  std::unique_ptr<FormatReader> pretty_ = make_pretty();
  bool open_ = false;        // a plan came, and not yet its result
  std::size_t unended_ = 0;  // plans whose result never came
  bool terse_ = false;       // since a plan no line of the pretty form came
  std::size_t came_ = 0;     // of the program at hand
};

}  // namespace

std::unique_ptr<FormatReader> make_libtest() { return std::make_unique<LibtestReader>(); }

}  // namespace harness
