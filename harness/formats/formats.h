// Formats of test results that guests print who do not know our protocol: each one file and one row
// in the table (table.cpp). A reader is fed every line of console text, live and in a replay, and
// tells at the end which tests there were, and whether all that was announced has come.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "model/record.h"

namespace harness {

/// Notes of failed results that a reader itself writes: they belong to the reason of a failure.
inline constexpr std::string_view kDidNotEnd = "did not end";
inline constexpr std::string_view kNotUnderstood = "its status is not understood";

/// All that one format found in one boot.
struct FormatResults {
  std::vector<TestResult> tests;  // in the order of their lines
  FormatSummary summary;
};

/// Reads one format, line by line. Memory is bounded by kMaxResults, whatever comes; time is
/// linear in the bytes.
class FormatReader {
 public:
  virtual ~FormatReader() = default;
  /// The next line of console text in its normal form (console_text/): without its line end, what
  /// is for a terminal, and the prefixes of logs. Its own indentation stands. Any bytes.
  virtual void see(std::string_view line) = 0;
  /// The end of the output. Called once, last.
  virtual FormatResults finish() = 0;
  /// Whether a test is running whose result is still to come.
  [[nodiscard]] virtual bool runs_test() const { return false; }
  /// The lines that follow have this number, counted from 1 in the serial log: the results in them
  /// get it.
  void at_line(std::uint64_t number) { line_ = number; }

 protected:
  std::uint64_t line_ = 0;
};

struct Format {
  std::string_view name;  // in `formats:`
  std::string_view help;  // one sentence
  std::unique_ptr<FormatReader> (*make)();
  bool closes = true;  // a plan or a closing line proves that no result is missing
  /// Guests that print it report by their exit status as well, and some print no results: where the
  /// scenario lists the statuses (`exit:`), they are enough.
  bool decided_by_status = false;
  /// What crash words hold that a test may bring about on purpose: while one runs, its result
  /// decides what they meant, and they count only where none comes.
  std::array<std::string_view, 2> meant = {};
  /// With what a line begins behind which nothing can follow such words: no test has meant them.
  std::array<std::string_view, 2> halts = {};
};
/// Whether the closing line that there are patterns for must come.
enum class Closing { required, optional };
/// What the counts of summaries count: results; or tests by their names, where one that ran several
/// times (with a parameter, in brackets behind its name) is one, and those that never ran are
/// skipped.
enum class Tally { results, names };
/// The patterns of a scenario's `tests:`, compiled. A pattern that RE2 refuses finds nothing.
class CompiledPatterns;
std::shared_ptr<const CompiledPatterns> compile_patterns(const TestPatterns& patterns);
/// A reader of results by such patterns, which many readers may share.
std::unique_ptr<FormatReader> make_reader(std::shared_ptr<const CompiledPatterns> patterns,
                                          Closing closing = Closing::required,
                                          Tally tally = Tally::results);
/// The name that the results of `tests:` have among those of formats.
inline constexpr std::string_view kTestsFormat = "tests";

/// All formats, in the order of the reference page.
std::span<const Format> formats();
/// The row of that name, or nullptr.
const Format* find_format(std::string_view name);

std::unique_ptr<FormatReader> make_tap();
std::unique_ptr<FormatReader> make_ktap();
std::unique_ptr<FormatReader> make_kvm_unit_tests();
std::unique_ptr<FormatReader> make_googletest();
std::unique_ptr<FormatReader> make_solo5();
// By patterns (ready_patterns.cpp):
std::unique_ptr<FormatReader> make_ztest();
std::unique_ptr<FormatReader> make_lk_unittest();
std::unique_ptr<FormatReader> make_uktest();
std::unique_ptr<FormatReader> make_libtest();
std::unique_ptr<FormatReader> make_blog_os();
std::unique_ptr<FormatReader> make_sel4test();
std::unique_ptr<FormatReader> make_unity();
std::unique_ptr<FormatReader> make_cmocka();

}  // namespace harness
