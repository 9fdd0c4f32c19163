// Formats of test results that guests print who do not know our protocol: each one file and one row
// in the table (table.cpp). A reader is fed every line of console text, live and in a replay, and
// tells at the end which tests there were, and whether all that was announced has come.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "model/record.h"

namespace harness {

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
  /// The next line of console text, without its line end. Any bytes.
  virtual void see(std::string_view line) = 0;
  /// The end of the output. Called once, last.
  virtual FormatResults finish() = 0;
};

struct Format {
  std::string_view name;  // in `formats:`
  std::string_view help;  // one sentence
  std::unique_ptr<FormatReader> (*make)();
};
/// All formats, in the order of the reference page.
std::span<const Format> formats();
/// The row of that name, or nullptr.
const Format* find_format(std::string_view name);

std::unique_ptr<FormatReader> make_tap();
std::unique_ptr<FormatReader> make_kvm_unit_tests();
std::unique_ptr<FormatReader> make_googletest();
std::unique_ptr<FormatReader> make_solo5();

}  // namespace harness
