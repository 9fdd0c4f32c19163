#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "console_text/plain_line.h"
#include "console_text/prefix.h"
#include "formats/formats.h"
#include "formats/metrics.h"
#include "formats/results.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"

namespace harness::fuzz {

namespace {

void fuzz_metrics(std::string_view log) {
  constexpr std::size_t kMaxCount = 50;
  const std::vector<MetricPattern> entries = {
      {.pattern = R"x((?P<name>\w+)[:=] *(?P<value>\S+) (?P<unit>\S+))x",
       .samples = SampleRule::median},
      {.pattern = R"x(^ok (?P<value>\S+))x", .name = "ok", .unit = "ns", .scale = 1000},
      {.pattern = R"x((?P<name>\w+) (?P<value>[-+0-9.,' ]+)(?P<unit>[a-zA-Z]+/?s?))x",
       .unit = "us",
       .samples = SampleRule::max,
       .rounds = true,
       .comma = true,
       .absolute = true}};
  MetricReader reader(entries, kMaxCount);
  for (std::uint64_t number = 1; !log.empty(); ++number) {
    const std::size_t end = std::min(log.find('\n'), log.size());
    reader.see(log.substr(0, end), number);
    log.remove_prefix(std::min(end + 1, log.size()));
  }
  const auto [found, damage] = reader.finish();
  std::size_t samples = 0;
  for (const FoundMetric& one : found) {
    samples += one.samples.size();
    require(std::ranges::find(one.samples, one.value) != one.samples.end(),
            "the number that stands for a boot came");
    require(!one.name.empty() && printable(one.name + one.unit) == one.name + one.unit,
            "names and units are printable");
  }
  require(samples <= kMaxCount && damage.size() <= 200, "what is kept is bounded");
  for (const ProtocolError& one : damage) {
    require(one.line > 0 && printable(one.why) == one.why, "damage has its line");
  }
}

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

}  // namespace

int fuzz_formats(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxLog = 2 << 10;  // longer than any name that is kept
  Input input(data, size);
  const std::string log = blown_up(input.rest(), kMaxLog);
  const std::vector<std::string> lines = plain_lines(log);
  for (const Format& format : formats()) {
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
  // To compile the patterns takes longer than all else here.
  constexpr std::size_t kSeldom = 32;
  if (log.size() % kSeldom == 0) fuzz_metrics(log);
  return 0;
}

}  // namespace harness::fuzz
