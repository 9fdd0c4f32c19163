#include "report/test_failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "console_text/plain_line.h"
#include "console_text/prefix.h"
#include "model/line_text.h"

namespace harness {
namespace {

/// The lines of a boot as its formats see them.
class PlainLog {
 public:
  explicit PlainLog(const BootRecord& boot) : boot_(boot) {}
  [[nodiscard]] std::size_t size() const { return boot_.events.lines.size(); }
  /// Counted from 0. Valid until the next call.
  std::string_view at(std::size_t index) {
    const std::string_view raw = bytes(index);
    const auto parts = plain_.parts(raw.substr(0, kLooked));
    return parts.empty() ? std::string_view() : without_stamps(parts.back());
  }
  [[nodiscard]] std::string shown(std::size_t index) const {
    constexpr std::size_t kMaxLength = 300;
    const std::string_view raw = bytes(index);
    if (raw.size() <= kMaxLength) return printable(raw);
    return printable(raw.substr(0, kMaxLength)) + " …";
  }

 private:
  static constexpr std::size_t kLooked = 1000;
  [[nodiscard]] std::string_view bytes(std::size_t index) const {
    return line_text(boot_.events.lines[index], boot_.trace.serial);
  }
  const BootRecord& boot_;
  PlainLine plain_;
};

/// How formats announce a test, or the first one of a document: GoogleTest, Zephyr's ztest, TAP.
bool starts_test(std::string_view line) {
  const std::string_view text = trimmed(line);
  const bool plan = text.starts_with("1..") && text.size() > 3 && is_digit(text[3]);
  // The result of a suite is none of ours, and stands between those of tests.
  const bool result = text.starts_with("ok ") || text.starts_with("not ok ");
  return plan || result || contains(line, "[ RUN      ]") || text.starts_with("START - ") ||
         text.starts_with("TAP version ") || text.starts_with("KTAP version ") ||
         text.starts_with("# Subtest: ");
}

bool has_format(const BootRecord& boot, std::string_view name) {
  return std::ranges::any_of(boot.events.formats, [&](const FormatSummary& format) {
    return format.name == name && format.found;
  });
}

/// How many lines from `at` on explain the TAP result before them: a YAML block, comments.
std::size_t explaining_lines(PlainLog& log, std::size_t at) {
  std::size_t count = 0;
  bool in_block = false;
  for (; at + count < log.size() && count < kMaxTestLines; ++count) {
    const std::string_view line = trimmed(log.at(at + count));
    const bool opens = !in_block && line == "---";
    const bool closes = in_block && line == "...";
    if (!opens && !in_block && !line.starts_with('#')) break;
    in_block = (in_block || opens) && !closes;
  }
  return count;
}

bool is_path_char(char c) {
  return is_name_char(c) || std::string_view("./+-@~").find(c) != std::string_view::npos;
}

}  // namespace

bool find_source_place(std::string_view line, std::string& file, std::uint64_t& number) {
  constexpr std::size_t kMaxDigits = 7, kMaxPath = 300;
  for (std::size_t colon = line.find(':'); colon != line.npos; colon = line.find(':', colon + 1)) {
    std::size_t end = colon + 1;
    while (end < line.size() && is_digit(line[end])) ++end;
    if (end == colon + 1 || end - colon - 1 > kMaxDigits) continue;
    if (end < line.size() && is_name_char(line[end])) continue;
    std::size_t begin = colon;
    while (begin > 0 && is_path_char(line[begin - 1]) && colon - begin < kMaxPath) --begin;
    const std::string_view path = line.substr(begin, colon - begin);
    const std::size_t slash = path.rfind('/');
    const std::string_view name = path.substr(slash == path.npos ? 0 : slash + 1);
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos || dot == 0 || dot + 1 == name.size() || !is_letter(name[dot + 1])) {
      continue;
    }
    file = path;
    std::from_chars(line.data() + colon + 1, line.data() + end, number);
    return number > 0;
  }
  return false;
}

TestFailure failure_of(const BootRecord& boot, const TestResult& test) {
  TestFailure failure;
  PlainLog log(boot);
  // One line behind the last: the end of the output took it.
  if (test.line == 0 || test.line > log.size() + 1) return failure;
  std::uint64_t before = boot.events.begin ? 1 : 0;  // the line of the result before
  for (const TestResult& other : boot.events.tests) {
    if (other.line < test.line) before = std::max(before, other.line);
  }
  const bool tap = has_format(boot, "tap");
  const std::size_t behind = tap ? explaining_lines(log, test.line) : 0;
  // In TAP what explains a result stands behind it; the kernel's KTAP, and many a guest, have it in
  // front. What follows a success is this test's, where nothing else explains it.
  const auto explains_another = [&](std::size_t line) {  // counted from 1
    return tap && line > 0 && (behind > 0 || trimmed(log.at(line - 1)).starts_with("not ok "));
  };
  std::size_t first = before;  // counted from 0: the line behind it
  if (explains_another(before)) first += explaining_lines(log, first);
  std::size_t end = test.line - 1;
  first = std::min(first, end);
  for (std::size_t at = end; at > first; --at) {
    if (!starts_test(log.at(at - 1))) continue;
    first = std::min(end, at + (explains_another(at) ? explaining_lines(log, at) : 0));
    break;
  }
  // The result itself is in the middle.
  if (tap) end = std::min<std::size_t>(log.size(), test.line + behind);
  if (end - first > kMaxTestLines) {
    failure.left_out = end - first - kMaxTestLines;
    first = end - kMaxTestLines;
  }
  for (std::size_t at = first; at < end; ++at) {
    if (boot.events.lines[at].protocol) continue;  // numbers, and what belongs to no test
    if (failure.file.empty()) find_source_place(log.at(at), failure.file, failure.line);
    if (failure.output.empty()) failure.first_line = at + 1;
    failure.output.push_back(log.shown(at));
  }
  return failure;
}

std::vector<std::string> shown_lines(const TestFailure& failure, std::size_t most) {
  const std::vector<std::string>& all = failure.output;
  if (all.size() <= most) return all;
  std::size_t first = all.size() - most;
  if (!failure.file.empty()) {
    const std::string place = fmt::format("{}:{}", printable(failure.file), failure.line);
    const auto at =
        std::ranges::find_if(all, [&](const std::string& line) { return contains(line, place); });
    first = std::min(first, static_cast<std::size_t>(at - all.begin()));
  }
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
  return {begin, begin + static_cast<std::ptrdiff_t>(most)};
}

}  // namespace harness
