// What a guest printed for one of its tests: the lines that belong to a failure, and the place in
// its source that they name. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"

namespace harness {

struct TestFailure {
  std::vector<std::string> output;  // lines, printable, long ones cut
  std::uint64_t first_line = 0;     // of them in the serial log, counted from 1; 0 for none
  std::uint64_t left_out = 0;       // lines before these that belong to the test, too
  std::string file;                 // that the output names with a line; or empty
  std::uint64_t line = 0;
};

/// The lines between the result before and that of `test`, which is one of boot.events.tests: from
/// the line that says that it starts, where a format has such; for TAP with what stands behind the
/// result, its YAML block and comments, or, where nothing does, the comments in front of it. The
/// last kMaxTestLines of them. Empty for a result that stands in no line.
TestFailure failure_of(const BootRecord& boot, const TestResult& test);
inline constexpr std::size_t kMaxTestLines = 60;

/// The lines to show where there is room for `most`: from the one that names the place on, or,
/// where none does, the last.
std::vector<std::string> shown_lines(const TestFailure& failure, std::size_t most);

/// "src/main.c:12" in `line`: the path and the number behind it. False where it names no such
/// place: the last part of a path has an extension that begins with a letter.
bool find_source_place(std::string_view line, std::string& file, std::uint64_t& number);

}  // namespace harness
