// GoogleTest's console output. A test that was started and has no result when another starts, or
// when the output ends, took the program with it.
#include "formats/prefix.h"
#include "formats/results.h"

namespace harness {
namespace {

class GoogleTestReader final : public FormatReader {
 public:
  void see(std::string_view line) override {
    std::string_view text = trimmed(without_prefix(line));
    if (take(text, "[==========] ")) return read_frame(text);
    if (!running_ || ended_) return;  // behind the end failures are listed once more
    if (take(text, "[ RUN      ] ")) {
      end_current();
      current_ = text.substr(0, kMaxResultNameLength);
    } else if (take(text, "[       OK ] ")) {
      read_result(text, wire::Status::pass);
    } else if (take(text, "[  FAILED  ] ")) {
      read_result(text, wire::Status::fail);
    } else if (take(text, "[  SKIPPED ] ")) {
      read_result(text, wire::Status::skip);
    }
  }

  FormatResults finish() override {
    end_current();
    if (running_ && !ended_) results_.add_fault("the closing line did not come");
    if (ended_ && results_.count() != announced_) {
      results_.add_fault(std::to_string(results_.count()) + " results came, " +
                         std::to_string(announced_) + " were announced");
    }
    return std::move(results_).finish();
  }

 private:
  /// "Running 5 tests from 2 test suites." and "5 tests from 2 test suites ran. (1 ms total)".
  void read_frame(std::string_view text) {
    std::uint64_t number = 0;
    if (take(text, "Running ") && take_number(text, number)) {
      // Another program's, or the next repetition's: counted on.
      end_current();
      announced_ += number;
      running_ = true;
      ended_ = false;
      results_.found();
    } else if (running_ && take_number(text, number) && text.find(" ran.") != text.npos) {
      end_current();
      ended_ = true;
    }
  }

  /// "Suite.name (3 ms)", "Suite.name/0, where GetParam() = 7 (3 ms)".
  void read_result(std::string_view text, wire::Status status) {
    if (current_.empty() || !text.starts_with(current_)) return;
    results_.add(current_, status);
    current_.clear();
  }

  void end_current() {
    if (current_.empty()) return;
    results_.add(current_, wire::Status::fail, "did not end");
    current_.clear();
  }

  ResultList results_;
  std::string current_;
  std::uint64_t announced_ = 0;
  bool running_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<FormatReader> make_googletest() { return std::make_unique<GoogleTestReader>(); }

}  // namespace harness
