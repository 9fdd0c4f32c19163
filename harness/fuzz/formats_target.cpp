#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "console_text/plain_line.h"
#include "console_text/prefix.h"
#include "formats/formats.h"
#include "formats/results.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"

namespace harness::fuzz {

namespace {

/// As a reader is given them.
std::vector<std::string> plain_lines(std::string_view log) {
  std::vector<std::string> lines;
  PlainLine plain;
  while (!log.empty()) {
    const std::size_t end = std::min(log.find('\n'), log.size());
    for (const std::string_view part : plain.parts(log.substr(0, end))) {
      lines.emplace_back(without_stamps(part));
    }
    log.remove_prefix(std::min(end + 1, log.size()));
  }
  return lines;
}

void fuzz_reader(const Format& format, const std::vector<std::string>& lines) {
  const auto reader = format.make();
  for (const std::string& line : lines) reader->see(line);
  const FormatResults all = reader->finish();
  require(all.tests.size() <= kMaxResults, "the list of results is bounded");
  require(all.summary.results >= all.tests.size(), "no result is invented");
  require(all.tests.empty() || all.summary.found, "results are of something that was found");
  require(all.tests.size() == all.summary.results || !all.summary.fault.empty(),
          "results that are not kept are told");
  require(printable(all.summary.fault) == all.summary.fault, "a fault is printable");
  require(!all.summary.found || all.summary.results > 0 || !all.summary.fault.empty() ||
              all.summary.status != wire::Status::pass,
          "no result is no pass");
  bool failed = false;
  for (const TestResult& test : all.tests) {
    require(!test.name.empty() && test.name.size() <= kMaxResultNameLength, "names are cut");
    require(printable(test.name) == test.name, "a name is printable");
    failed |= test.status == wire::Status::fail;
  }
  require(!failed || all.summary.status == wire::Status::fail, "a failure is not hidden");
}

}  // namespace

/// The first byte names the reader, so that an input is worth one reader's time; "*" is all.
int fuzz_formats(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxLog = 2 << 10;  // longer than any name that is kept
  Input input(data, size);
  const unsigned chosen = input.byte();
  const std::vector<std::string> lines = plain_lines(blown_up(input.rest(), kMaxLog));
  const std::span<const Format> all = formats();
  if (chosen != '*') {
    fuzz_reader(all[chosen % all.size()], lines);
    return 0;
  }
  for (const Format& format : all) fuzz_reader(format, lines);
  return 0;
}

}  // namespace harness::fuzz
