// kvm-unit-tests (lib/report.c): a line a report, and a summary that counts them.
#include "formats/prefix.h"
#include "formats/results.h"

namespace harness {
namespace {

struct Word {
  std::string_view text;
  wire::Status status;
  std::string_view note;
};
constexpr Word kWords[] = {
    {"PASS: ", wire::Status::pass, ""},
    {"FAIL: ", wire::Status::fail, ""},
    {"SKIP: ", wire::Status::skip, ""},
    {"XFAIL: ", wire::Status::pass, "failed, as expected"},
    {"XPASS: ", wire::Status::fail, "passed, and was expected to fail"},
};

class KvmUnitTestsReader final : public FormatReader {
 public:
  void see(std::string_view line) override {
    std::string_view text = trimmed(without_prefix(line));
    for (const Word& word : kWords) {
      std::string_view name = text;
      if (take(name, word.text)) {
        ++since_summary_;
        return results_.add(name, word.status, word.note);
      }
    }
    std::uint64_t tests = 0;
    if (!take(text, "SUMMARY: ") || !take_number(text, tests) || !text.starts_with(" test")) return;
    summary_ = true;
    if (tests != since_summary_) {
      results_.add_fault(std::to_string(since_summary_) + " results came, SUMMARY counts " +
                         std::to_string(tests));
    }
    since_summary_ = 0;
  }

  FormatResults finish() override {
    if (results_.count() > 0 && (!summary_ || since_summary_ > 0)) {
      results_.add_fault("no SUMMARY: it cannot be told whether results are missing");
    }
    if (summary_) results_.found();
    return std::move(results_).finish();
  }

 private:
  ResultList results_;
  std::uint64_t since_summary_ = 0;
  bool summary_ = false;
};

}  // namespace

std::unique_ptr<FormatReader> make_kvm_unit_tests() {
  return std::make_unique<KvmUnitTestsReader>();
}

}  // namespace harness
