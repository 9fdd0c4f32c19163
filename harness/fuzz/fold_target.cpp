#include <algorithm>
#include <chrono>
#include <string>

#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "fuzz/same.h"
#include "stream/collector.h"
#include "stream/crash.h"
#include "stream/crc.h"
#include "stream/parse.h"
#include "stream/split.h"

namespace harness::fuzz {
namespace {

/// Line count and checksum of a session, by the definition in wire/protocol.h and a byte at a time.
struct Reference {
  std::uint64_t lines = 0;
  std::uint32_t crc = 0;
};
Reference reference(std::string_view log) {
  Reference result;
  wire::Crc32 crc;
  bool inside = false;
  while (!log.empty()) {
    const std::size_t newline = log.find('\n');
    std::string_view line = log.substr(0, newline);
    const std::string_view bytes = log.substr(0, newline == log.npos ? newline : newline + 1);
    log.remove_prefix(bytes.size());
    if (newline != log.npos && line.ends_with('\r')) line.remove_suffix(1);
    const Parsed parsed = parse_line(line);
    if (!inside && std::holds_alternative<Begin>(parsed) && newline != log.npos) inside = true;
    if (!inside) continue;
    if (std::holds_alternative<End>(parsed)) {
      crc.add(line.data(), line.rfind(" crc="));
      break;
    }
    crc.add(bytes.data(), bytes.size());
    if (newline != log.npos) ++result.lines;
  }
  result.crc = crc.value();
  return result;
}

Events events_of(std::string_view log, std::string_view cuts, const EventLimits& limits,
                 bool foreign) {
  OutputRules rules;
  rules.allowances = {{std::string(crash_signatures().front().name), "", "A>", "<A"}};
  if (foreign) rules.exits.push_back({0, ExitMeaning::pass});
  std::size_t called = 0;
  EventCollector collector(
      [&](std::string_view line, LineKind, bool) {
        require(line.size() <= kMaxLineLength, "live output comes in lines of bounded length");
        ++called;
      },
      rules, limits);
  in_pieces(log, cuts,
            [&](std::string_view piece) { collector.add(piece, std::chrono::nanoseconds(1)); });
  Events events = collector.finish();
  require(called == events.lines.size() || events.lines.size() == limits.lines,
          "each line is shown once");
  return events;
}

std::size_t values_of(const Events& events) {
  return events.tests.size() + events.timings.size() + events.benches.size() +
         events.profiles.size() + events.metrics.size() + events.json.size() + events.panics.size();
}

}  // namespace

int fuzz_fold(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::string_view cuts = input.text();
  const unsigned how = input.byte();
  const bool closed = how % 2 == 1;
  EventLimits limits;
  if ((how & 2) != 0) {
    limits = {input.byte(), input.byte(), input.byte()};
    limits.code = limits.values;
  }
  std::string log = blown_up(input.rest());
  if (closed) {
    // No mutation finds a checksum: the log is given the closing line that fits.
    if (!log.empty() && !log.ends_with('\n')) log += '\n';
    log += "[END] status=pass lines=" + std::to_string(reference(log).lines) + " crc=";
    log += hex8(reference(log.substr(0, log.size() - 5)).crc) + "\n";
  }

  const bool foreign = (how & 4) != 0;
  const Events events = events_of(log, {}, limits, foreign);
  require(same(events, events_of(log, cuts, limits, foreign)),
          "how the input was cut makes no difference");
  // The first panic is kept whatever came before it.
  require(events.lines.size() <= limits.lines && values_of(events) <= limits.values + 1,
          "no more is kept than the limits allow");

  require(events.code.size() <= limits.code, "no more code is known than the limit allows");

  const auto ends = static_cast<std::size_t>(std::ranges::count(log, '\n'));
  require(events.lines.size() <= ends + log.size() / kMaxLineLength + 1, "no line is invented");
  std::size_t last = 0;
  for (const Line& line : events.lines) {
    require(line.begin >= last && line.end >= line.begin && line.end <= log.size(),
            "lines stand in order inside the log");
    last = line.end;
  }
  require(events.protocol_errors.size() <= 1010, "the list of damage is bounded");
  for (const ProtocolError& damage : events.protocol_errors) {
    require(damage.text.size() <= 200, "quoted damage is cut");
    require(!damage.why.empty(), "damage has a reason");
  }
  const bool long_line = log.size() > kMaxLineLength;
  if (events.begin && !long_line) {
    const Reference expected = reference(log);
    require(events.counted_lines == expected.lines, "lines are counted as the protocol says");
    require(events.computed_crc == expected.crc, "the checksum is the protocol's");
  }
  return 0;
}

}  // namespace harness::fuzz
