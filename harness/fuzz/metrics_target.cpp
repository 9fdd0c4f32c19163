#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "formats/metrics.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"

namespace harness::fuzz {

/// The first byte names the pattern, for to compile one takes longer than all else here; "*" is
/// all.
int fuzz_metrics(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxCount = 50;
  constexpr std::size_t kMaxLog = 2 << 10;
  Input input(data, size);
  const unsigned chosen = input.byte();
  const std::string blown = blown_up(input.rest(), kMaxLog);
  std::string_view log = blown;
  std::vector<MetricPattern> entries = {
      {.pattern = R"x((?P<name>\w+)[:=] *(?P<value>\S+) (?P<unit>\S+))x",
       .samples = SampleRule::median},
      {.pattern = R"x(^ok (?P<value>\S+))x", .name = "ok", .unit = "ns", .scale = 1000},
      {.pattern = R"x((?P<name>\w+) (?P<value>[-+0-9.,' ]+)(?P<unit>[a-zA-Z]+/?s?))x",
       .unit = "us",
       .samples = SampleRule::max,
       .rounds = true,
       .comma = true,
       .absolute = true}};
  if (chosen != '*') entries = {entries[chosen % entries.size()]};
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
  return 0;
}

}  // namespace harness::fuzz
