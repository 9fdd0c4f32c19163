// The grammars of protocol lines are exact: what parses, printed again by a writer that shares no
// code with the parser, is the same line to the byte.
#include <fmt/format.h>

#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "stream/crc.h"
#include "stream/parse.h"

namespace harness::fuzz {
namespace {

struct Print {
  std::string_view line;

  std::string operator()(const ConsoleText&) const {
    for (const char* tag :
         {"[BEGIN]", "[PLAN]", "[TEST]", "[TIMING]", "[BENCH]", "[PROFILE]", "[METRIC]", "[MEMORY]",
          "[PHASE]", "[BOOT]", "[CODE]", "[JSON]", "[PANIC]", "[END]"}) {
      require(!line.starts_with(tag), "a line with a tag is never taken for console text");
    }
    return std::string(line);
  }
  std::string operator()(const Corrupt& corrupt) const {
    require(!corrupt.why.empty() && corrupt.why.size() < 300, "a fault has a short reason");
    require(line.starts_with('['), "only a line with a tag is corrupt");
    return std::string(line);
  }
  std::string operator()(const Begin& b) const {
    return fmt::format("[BEGIN] protocol={} image={} boot={} tests={} metrics={}", b.protocol,
                       b.image, wire::boot_path_name(b.boot), b.tests, b.metrics);
  }
  std::string operator()(const MorePlanned& p) const {
    return fmt::format("[PLAN] tests={} metrics={}", p.tests, p.metrics);
  }
  std::string operator()(const TestResult& t) const {
    std::string text = fmt::format("[TEST] {}: {}", t.name, wire::status_name(t.status));
    if (t.iterations) text += fmt::format(" iterations={}", *t.iterations);
    if (t.result) text += fmt::format(" result={}", *t.result);
    return text;
  }
  std::string operator()(const Timing& t) const {
    return fmt::format("[TIMING] {}: {} cycles", t.name, t.cycles);
  }
  std::string operator()(const Bench& b) const {
    return fmt::format("[BENCH] {} calls: {} cycles ({} cycles/call)", b.calls, b.cycles,
                       b.per_call);
  }
  std::string operator()(const Profile& p) const {
    const std::string self = p.self ? fmt::format(" self={}", *p.self) : "";
    const std::string first = p.first ? fmt::format(" first={}", *p.first) : "";
    return fmt::format("[PROFILE] {}: calls={} total={}{} min={} avg={} max={}{} cycles", p.name,
                       p.calls, p.total, self, p.min, p.avg, p.max, first);
  }
  std::string operator()(const Metric& m) const {
    return fmt::format("[METRIC] {}: {} {}", m.name, m.value, m.unit);
  }
  std::string operator()(const Memory& m) const {
    return fmt::format(
        "[MEMORY] heap_used={} heap_peak={} heap_largest={} heap_total={} stack_used={} "
        "stack_total={} image={} bytes",
        m.heap_used, m.heap_peak, m.heap_largest, m.heap_total, m.stack_used, m.stack_total,
        m.image);
  }
  std::string operator()(const Phase& p) const {
    return fmt::format("[PHASE] {}: {} cycles", p.name, p.cycles);
  }
  std::string operator()(const BeforeKernel& b) const {
    const std::string loader = b.boot_sector ? fmt::format(" boot_sector={}", *b.boot_sector) : "";
    const std::string said = fmt::format("[BOOT] firmware={}{} cycles", b.firmware, loader);
    wire::Crc32 crc;
    crc.add(said.data(), said.size());
    return said + " crc=" + hex8(crc.value());
  }
  std::string operator()(const CodeLine& c) const {
    require(c.kind == CodeLine::Kind::move || (c.size != 0 && c.base + (c.size - 1) >= c.base),
            "code has a size, and does not wrap");
    if (c.kind == CodeLine::Kind::move) {
      return fmt::format("[CODE] move base=0x{:X} to=0x{:X}", c.base, c.to);
    }
    if (c.kind == CodeLine::Kind::retire) {
      return fmt::format("[CODE] retire base=0x{:X} size={}", c.base, c.size);
    }
    return fmt::format("[CODE] load base=0x{:X} size={} tier={} name={}", c.base, c.size, c.tier,
                       c.name);
  }
  std::string operator()(const JsonText& json) const { return "[JSON] " + json.text; }
  std::string operator()(const PanicText& panic) const { return "[PANIC] " + panic.text; }
  std::string operator()(const End& e) const {
    return fmt::format("[END] status={} lines={} crc={}", wire::status_name(e.status), e.lines,
                       hex8(e.crc));
  }
};

}  // namespace

int fuzz_parse(const std::uint8_t* data, std::size_t size) {
  const std::string_view line = view(data, size);
  if (line.find('\n') != line.npos) return -1;  // not a line: libFuzzer keeps no such input
  const Parsed parsed = parse_line(line);
  require(std::visit(Print{line}, parsed) == line, "a parsed line, printed, is the line");
  return 0;
}

}  // namespace harness::fuzz
