// One grammar per line of wire/protocol.h: the exact order of fields and the exact spacing that
// the guest's emitter writes. Anything else that carries a tag is Corrupt.
//
// To add a line: one function here and one row in kGrammars.
#include <algorithm>
#include <iterator>
#include <utility>

#include <wire/plan.h>

#include "base/json.h"
#include "stream/cursor.h"
#include "stream/line.h"
#include "stream/parse.h"

namespace harness {
namespace {

namespace field = wire::field;

/// Each grammar reads what follows the tag and its blank, and returns whether all of it is right.
bool read_begin(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  Begin& begin = values.begin;
  return at.field(field::protocol, begin.protocol) &&
         (begin.protocol == wire::kVersion ||
          at.refuse("protocol " + std::to_string(begin.protocol) + " is not known here, only " +
                    std::to_string(wire::kVersion))) &&
         at.literal(" ") && at.key(field::image) && at.word(begin.image) && at.literal(" ") &&
         at.key(field::boot) && at.one_of(wire::kBootPathNames, begin.boot) && at.literal(" ") &&
         at.field(field::tests, begin.tests) && at.literal(" ") &&
         at.field(field::metrics, begin.metrics) && at.done();
}

bool read_plan(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  MorePlanned& plan = values.plan;
  return at.field(field::tests, plan.tests) && at.literal(" ") &&
         at.field(field::metrics, plan.metrics) && at.done();
}

/// name: status, then iterations= and result= where the test has them.
bool read_test(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  TestResult& test = values.test;
  test.iterations.reset();
  test.result.reset();
  bool good = at.name(test.name) && at.literal(": ") && at.one_of(wire::kStatusNames, test.status);
  if (good && at.sees_after_blank(field::iterations)) {
    good = at.literal(" ") && at.field(field::iterations, test.iterations.emplace());
  }
  if (good && at.sees_after_blank(field::result)) {
    good = at.literal(" ") && at.key(field::result) && at.printed(test.result.emplace());
  }
  return good && at.done();
}

bool read_timing(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  Timing& timing = values.timing;
  return at.name(timing.name) && at.literal(": ") && at.number(timing.cycles) && at.literal(" ") &&
         at.literal(wire::kCycles) && at.done();
}

bool is_quotient(const Bench& bench) {
  return bench.per_call == (bench.calls == 0 ? 0 : bench.cycles / bench.calls);
}

bool read_bench(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  Bench& bench = values.bench;
  return at.number(bench.calls) && at.literal(" ") && at.literal(wire::kCalls) &&
         at.literal(": ") && at.number(bench.cycles) && at.literal(" ") &&
         at.literal(wire::kCycles) && at.literal(" (") && at.number(bench.per_call) &&
         at.literal(" ") && at.literal(wire::kCyclesPerCall) && at.literal(")") && at.done() &&
         (is_quotient(bench) || at.refuse("cycles per call is not cycles / calls"));
}

/// self= and first= may be absent: they came later than the other fields.
bool read_profile(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  Profile& profile = values.profile;
  profile.self.reset();
  profile.first.reset();
  bool good = at.name(profile.name) && at.literal(": ") && at.field(field::calls, profile.calls) &&
              at.literal(" ") && at.field(field::total, profile.total) && at.literal(" ");
  if (good && at.sees(field::self)) {
    good = at.field(field::self, profile.self.emplace()) && at.literal(" ");
  }
  good = good && at.field(field::min, profile.min) && at.literal(" ") &&
         at.field(field::avg, profile.avg) && at.literal(" ") &&
         at.field(field::max, profile.max) && at.literal(" ");
  if (good && at.sees(field::first)) {
    good = at.field(field::first, profile.first.emplace()) && at.literal(" ");
  }
  return good && at.literal(wire::kCycles) && at.done();
}

bool read_metric(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  Metric& metric = values.metric;
  return at.name(metric.name) && at.literal(": ") && at.number(metric.value) && at.literal(" ") &&
         at.unit(metric.unit) && at.done();
}

bool read_memory(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  Memory& memory = values.memory;
  return at.field(field::heap_used, memory.heap_used) && at.literal(" ") &&
         at.field(field::heap_peak, memory.heap_peak) && at.literal(" ") &&
         at.field(field::heap_largest, memory.heap_largest) && at.literal(" ") &&
         at.field(field::heap_total, memory.heap_total) && at.literal(" ") &&
         at.field(field::stack_used, memory.stack_used) && at.literal(" ") &&
         at.field(field::stack_total, memory.stack_total) && at.literal(" ") &&
         at.field(field::image, memory.image) && at.literal(" ") && at.literal(wire::kBytes) &&
         at.done();
}

bool read_phase(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  Phase& phase = values.phase;
  return at.name(phase.name) && at.literal(": ") && at.number(phase.cycles) && at.literal(" ") &&
         at.literal(wire::kCycles) && at.done();
}

/// Its checksum covers the line up to " crc=", tag and all.
bool read_boot(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  BeforeKernel& boot = values.boot;
  boot.boot_sector.reset();
  bool good = at.field(field::firmware, boot.firmware) && at.literal(" ");
  if (good && at.sees(field::boot_sector)) {
    good = at.field(field::boot_sector, boot.boot_sector.emplace()) && at.literal(" ");
  }
  std::uint32_t crc = 0;
  if (!good || !at.literal(wire::kCycles) || !at.literal(" ") || !at.key(field::crc) ||
      !at.hex8(crc) || !at.done()) {
    return false;
  }
  const std::string said = std::string(wire::kBoot) + " " + std::string(rest);
  wire::Crc32 computed;
  computed.add(said.data(), said.rfind(" crc="));
  return computed.value() == crc || at.refuse("checksum of the line differs");
}

/// Of bytes: some, and none behind the last address.
bool is_span(std::uint64_t base, std::uint64_t size) { return size != 0 && size - 1 <= ~base; }

/// load, move or retire, each with its fields; name= runs to the end of the line.
bool read_code(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  CodeLine& code = values.code;
  code = {};
  if (!at.one_of(kCodeKindNames, code.kind) || !at.literal(" ") || !at.key(field::base) ||
      !at.address(code.base) || !at.literal(" ")) {
    return false;
  }
  if (code.kind == CodeLine::Kind::move) {
    return at.key(field::to) && at.address(code.to) && at.done();
  }
  if (!at.field(field::size, code.size)) return false;
  if (!is_span(code.base, code.size)) return at.refuse("code of no size, or beyond 64 bits");
  if (code.kind == CodeLine::Kind::retire) return at.done();
  if (!at.literal(" ") || !at.key(field::tier) || !at.word(code.tier)) return false;
  if (code.tier.size() > wire::kCodeTierBytes) return at.refuse("tier longer than 16 bytes");
  return at.literal(" ") && at.key(field::name) && at.escaped(code.name) && at.done();
}

bool read_json(std::string_view rest, LineValues& values) {
  values.rest = rest;
  if (is_valid_json(rest)) return true;
  values.why = "not valid JSON";
  return false;
}

bool read_panic(std::string_view rest, LineValues& values) {
  values.rest = rest;
  return true;
}

bool read_end(std::string_view rest, LineValues& values) {
  Cursor at(rest, values.why);
  End& end = values.end;
  return at.key(field::status) && at.one_of(wire::kStatusNames, end.status) && at.literal(" ") &&
         at.field(field::lines, end.lines) && at.literal(" ") && at.key(field::crc) &&
         at.hex8(end.crc) && at.done();
}

struct Grammar {
  std::string_view tag;
  LineKind kind;
  bool (*read)(std::string_view rest, LineValues& values);
};
constexpr Grammar kGrammars[] = {{wire::kTiming, LineKind::timing, read_timing},
                                 {wire::kMetric, LineKind::metric, read_metric},
                                 {wire::kProfile, LineKind::profile, read_profile},
                                 {wire::kTest, LineKind::test, read_test},
                                 {wire::kBench, LineKind::bench, read_bench},
                                 {wire::kJson, LineKind::json, read_json},
                                 {wire::kMemory, LineKind::memory, read_memory},
                                 {wire::kBegin, LineKind::begin, read_begin},
                                 {wire::kPlan, LineKind::plan, read_plan},
                                 {wire::kPhase, LineKind::phase, read_phase},
                                 {wire::kBoot, LineKind::boot, read_boot},
                                 {wire::kCode, LineKind::code, read_code},
                                 {wire::kEnd, LineKind::end, read_end},
                                 {wire::kPanic, LineKind::panic, read_panic}};

/// The grammar of the line's tag, or nullptr.
const Grammar* grammar_of(std::string_view line) {
  const auto* at = std::ranges::find_if(
      kGrammars, [&](const Grammar& grammar) { return line.starts_with(grammar.tag); });
  return at == std::end(kGrammars) ? nullptr : at;
}

}  // namespace

LineKind read_line(std::string_view line, LineValues& values) {
  if (!line.starts_with('[')) return LineKind::text;
  const Grammar* grammar = grammar_of(line);
  if (!grammar) return LineKind::text;
  const std::string_view rest = line.substr(grammar->tag.size());
  if (!rest.starts_with(' ')) {
    values.why = "tag without a space after it";
    return LineKind::corrupt;
  }
  return grammar->read(rest.substr(1), values) ? grammar->kind : LineKind::corrupt;
}

Parsed parse_line(std::string_view line) {
  LineValues values;
  switch (read_line(line, values)) {
    case LineKind::text:
      return ConsoleText{};
    case LineKind::corrupt:
      return Corrupt{std::move(values.why)};
    case LineKind::begin:
      return std::move(values.begin);
    case LineKind::plan:
      return values.plan;
    case LineKind::test:
      return std::move(values.test);
    case LineKind::timing:
      return std::move(values.timing);
    case LineKind::bench:
      return values.bench;
    case LineKind::profile:
      return std::move(values.profile);
    case LineKind::metric:
      return std::move(values.metric);
    case LineKind::memory:
      return values.memory;
    case LineKind::phase:
      return std::move(values.phase);
    case LineKind::boot:
      return values.boot;
    case LineKind::code:
      return std::move(values.code);
    case LineKind::json:
      return JsonText{std::string(values.rest)};
    case LineKind::panic:
      return PanicText{std::string(values.rest)};
    case LineKind::end:
      return values.end;
  }
  return ConsoleText{};
}

}  // namespace harness
