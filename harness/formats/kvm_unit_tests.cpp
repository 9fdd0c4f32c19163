// kvm-unit-tests (lib/report.c of 2026; KFAIL since May 2024): a line a report, and a summary that
// counts them.
#include <algorithm>
#include <array>

#include "formats/results.h"

namespace harness {
namespace {

struct Word {
  std::string_view text;
  wire::Status status;
  std::string_view note;
  std::string_view counted;  // behind its number in SUMMARY
};
constexpr auto kWords = std::to_array<Word>({
    {"PASS: ", wire::Status::pass, "", ""},
    {"FAIL: ", wire::Status::fail, "", " unexpected failures"},
    {"XPASS: ", wire::Status::fail, "passed, and was expected to fail", " unexpected failures"},
    {"XFAIL: ", wire::Status::pass, "failed, as expected", " expected failures"},
    {"KFAIL: ", wire::Status::skip, "a known failure", " known failures"},
    {"SKIP: ", wire::Status::skip, "", " skipped"},
});

/// What SUMMARY counts beside the tests.
constexpr std::string_view kCounted[] = {" unexpected failures", " expected failures",
                                         " known failures", " skipped"};

class KvmUnitTestsReader final : public FormatReader {
 public:
  void see(std::string_view line) override {
    std::string_view text = trimmed(line);
    for (std::size_t i = 0; i < kWords.size(); ++i) {
      std::string_view name = text;
      if (!take(name, kWords[i].text)) continue;
      ++since_summary_[i];
      if (kWords[i].status == wire::Status::fail) ++failures_;
      return results_.add(name, kWords[i].status, kWords[i].note);
    }
    if (take(text, "ABORT: ")) {  // report_abort(): SUMMARY follows all the same
      aborted_ = true;
      return results_.add_fault("aborted: " + printable(text.substr(0, 100)));
    }
    if (take(text, "SUMMARY: ")) return read_summary(text);
    if (take(text, "EXIT: STATUS=")) read_exit(text);
  }

  FormatResults finish() override {
    const bool late = std::ranges::any_of(since_summary_, [](std::uint64_t n) { return n > 0; });
    const bool end_missing = results_.count() > 0 && (!summary_ || late);
    const bool sound = results_.faults() == 0;
    if (end_missing) {
      results_.add_fault("no SUMMARY: it cannot be told whether results are missing");
    }
    if (summary_ || exit_failed_ || exit_skipped_) results_.found();
    // Without a single report its own runner skips: status 77.
    FormatResults all =
        std::move(results_).finish(aborted_ || exit_failed_, summary_ || exit_skipped_);
    all.summary.end_missing = end_missing && sound;
    return all;
  }

 private:
  /// "3": the status that QEMU's debug exit would have, where the machine has none (ARM, RISC-V):
  /// twice the value and 1. Its own runner believes the first.
  void read_exit(std::string_view text) {
    constexpr std::uint64_t kPassed = 1, kSkipped = 77;  // report_summary() gives 77 >> 1
    std::uint64_t status = 0;
    if (exited_) return;
    exited_ = true;
    // What stands behind the digits says nothing to its runner.
    if (!take_number(text, status)) {
      exit_failed_ = true;
      return results_.add_fault("EXIT: STATUS= is not understood");
    }
    exit_skipped_ = status == kSkipped;
    exit_failed_ = status != kPassed && !exit_skipped_;
    if (exit_failed_ && failures_ == 0 && (summary_ || results_.count() == 0)) {
      results_.add_fault("no failure came, and it says EXIT: STATUS=" + std::to_string(status));
    }
  }

  /// "5 tests, 2 unexpected failures, 1 skipped": kinds of which none came are left out.
  void read_summary(std::string_view text) {
    std::uint64_t tests = 0;
    if (!take_number(text, tests) || !take(text, " tests")) return;
    summary_ = true;
    if (!is_whole(text)) {
      return results_.add_fault("SUMMARY is cut off: '" + printable(text.substr(0, 100)) + "'");
    }
    std::uint64_t came = 0;
    for (const std::uint64_t count : since_summary_) came += count;
    if (tests != came) {
      results_.add_fault(std::to_string(came) + " results came, SUMMARY counts " +
                         std::to_string(tests));
    }
    for (const std::string_view counted : kCounted) hold_against(text, counted);
    since_summary_ = {};
  }

  /// Whether what stands behind " tests" is nothing but counts.
  static bool is_whole(std::string_view text) {
    std::uint64_t number = 0;
    while (take(text, ", ")) {
      const bool counts =
          take_number(text, number) && std::ranges::any_of(kCounted, [&](std::string_view counted) {
            return take(text, counted);
          });
      if (!counts) return false;
    }
    return text.empty();
  }

  void hold_against(std::string_view summary, std::string_view counted) {
    std::uint64_t came = 0, said = 0;
    for (std::size_t i = 0; i < kWords.size(); ++i) {
      if (kWords[i].counted == counted) came += since_summary_[i];
    }
    for (std::size_t at = summary.find(", "); at != summary.npos; at = summary.find(", ", at + 1)) {
      std::string_view part = summary.substr(at + 2);
      std::uint64_t number = 0;
      if (take_number(part, number) && part.starts_with(counted)) said = number;
    }
    if (came == said) return;
    results_.add_fault(std::to_string(came) + std::string(counted) + " came, SUMMARY counts " +
                       std::to_string(said));
  }

  ResultList results_{line_};
  std::array<std::uint64_t, kWords.size()> since_summary_{};  // by word
  std::uint64_t failures_ = 0;
  bool summary_ = false, aborted_ = false;
  bool exited_ = false, exit_failed_ = false, exit_skipped_ = false;  // as EXIT: STATUS= says
};

}  // namespace

std::unique_ptr<FormatReader> make_kvm_unit_tests() {
  return std::make_unique<KvmUnitTestsReader>();
}

}  // namespace harness
