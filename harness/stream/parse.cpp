// One grammar per line of wire/protocol.h: the exact order of fields and the exact spacing that
// the guest's emitter writes. Anything else that carries a tag is Corrupt.
//
// To add a line: one function here and one row in kGrammars.
#include <utility>

#include "stream/cursor.h"
#include "stream/json.h"
#include "stream/stream.h"

namespace harness {
namespace {

namespace field = wire::field;

template <class T>
Parsed parsed_or_why(bool good, T& value, Cursor& at) {
  if (good) return std::move(value);
  return Corrupt{std::move(at).why()};
}

Parsed parse_begin(Cursor& at) {
  Begin begin;
  const bool good = at.field(field::protocol, begin.protocol) &&
                    (begin.protocol == wire::kVersion ||
                     at.refuse("protocol " + std::to_string(begin.protocol) +
                               " is not known here, only " + std::to_string(wire::kVersion))) &&
                    at.literal(" ") && at.key(field::image) && at.word(begin.image) &&
                    at.literal(" ") && at.key(field::boot) &&
                    at.one_of(wire::kBootPathNames, begin.boot) && at.literal(" ") &&
                    at.field(field::tests, begin.tests) && at.literal(" ") &&
                    at.field(field::metrics, begin.metrics) && at.done();
  return parsed_or_why(good, begin, at);
}

/// name: status, then iterations= and result= where the test has them.
Parsed parse_test(Cursor& at) {
  TestResult test;
  bool good = at.name(test.name) && at.literal(": ") && at.one_of(wire::kStatusNames, test.status);
  if (good && at.sees(std::string(" ") + field::iterations)) {
    good = at.literal(" ") && at.field(field::iterations, test.iterations.emplace());
  }
  if (good && at.sees(std::string(" ") + field::result)) {
    good = at.literal(" ") && at.key(field::result) && at.printed(test.result.emplace());
  }
  return parsed_or_why(good && at.done(), test, at);
}

Parsed parse_timing(Cursor& at) {
  Timing timing;
  const bool good = at.name(timing.name) && at.literal(": ") && at.number(timing.cycles) &&
                    at.literal(" ") && at.literal(wire::kCycles) && at.done();
  return parsed_or_why(good, timing, at);
}

bool is_quotient(const Bench& bench) {
  return bench.per_call == (bench.calls == 0 ? 0 : bench.cycles / bench.calls);
}

Parsed parse_bench(Cursor& at) {
  Bench bench;
  const bool good = at.number(bench.calls) && at.literal(" ") && at.literal(wire::kCalls) &&
                    at.literal(": ") && at.number(bench.cycles) && at.literal(" ") &&
                    at.literal(wire::kCycles) && at.literal(" (") && at.number(bench.per_call) &&
                    at.literal(" ") && at.literal(wire::kCyclesPerCall) && at.literal(")") &&
                    at.done() &&
                    (is_quotient(bench) || at.refuse("cycles per call is not cycles / calls"));
  return parsed_or_why(good, bench, at);
}

/// self= may be absent: it came later than the other fields.
Parsed parse_profile(Cursor& at) {
  Profile profile;
  bool good = at.name(profile.name) && at.literal(": ") && at.field(field::calls, profile.calls) &&
              at.literal(" ") && at.field(field::total, profile.total) && at.literal(" ");
  if (good && at.sees(field::self)) {
    good = at.field(field::self, profile.self.emplace()) && at.literal(" ");
  }
  good = good && at.field(field::min, profile.min) && at.literal(" ") &&
         at.field(field::avg, profile.avg) && at.literal(" ") &&
         at.field(field::max, profile.max) && at.literal(" ") && at.literal(wire::kCycles) &&
         at.done();
  return parsed_or_why(good, profile, at);
}

Parsed parse_metric(Cursor& at) {
  Metric metric;
  const bool good = at.name(metric.name) && at.literal(": ") && at.number(metric.value) &&
                    at.literal(" ") && at.unit(metric.unit) && at.done();
  return parsed_or_why(good, metric, at);
}

Parsed parse_memory(Cursor& at) {
  Memory memory;
  const std::pair<const char*, std::uint64_t*> fields[] = {
      {field::heap_used, &memory.heap_used},
      {field::heap_peak, &memory.heap_peak},
      {field::heap_largest, &memory.heap_largest},
      {field::heap_total, &memory.heap_total},
      {field::stack_used, &memory.stack_used},
      {field::stack_total, &memory.stack_total},
      {field::image, &memory.image}};
  bool good = true;
  for (const auto& [name, value] : fields) {
    good = good && at.field(name, *value) && at.literal(" ");
  }
  good = good && at.literal(wire::kBytes) && at.done();
  return parsed_or_why(good, memory, at);
}

Parsed parse_json(Cursor& at) {
  if (!is_valid_json(at.rest())) return Corrupt{"not valid JSON"};
  return JsonText{std::string(at.rest())};
}

Parsed parse_panic(Cursor& at) { return PanicText{std::string(at.rest())}; }

Parsed parse_end(Cursor& at) {
  End end;
  const bool good = at.key(field::status) && at.one_of(wire::kStatusNames, end.status) &&
                    at.literal(" ") && at.field(field::lines, end.lines) && at.literal(" ") &&
                    at.key(field::crc) && at.hex8(end.crc) && at.done();
  return parsed_or_why(good, end, at);
}

struct Grammar {
  std::string_view tag;
  Parsed (*parse)(Cursor& at);
};
constexpr Grammar kGrammars[] = {{wire::kTiming, parse_timing},   {wire::kMetric, parse_metric},
                                 {wire::kProfile, parse_profile}, {wire::kTest, parse_test},
                                 {wire::kBench, parse_bench},     {wire::kJson, parse_json},
                                 {wire::kMemory, parse_memory},   {wire::kBegin, parse_begin},
                                 {wire::kEnd, parse_end},         {wire::kPanic, parse_panic}};

}  // namespace

Parsed parse_line(std::string_view line) {
  if (!line.starts_with('[')) return ConsoleText{};
  for (const Grammar& grammar : kGrammars) {
    if (!line.starts_with(grammar.tag)) continue;
    Cursor at(line.substr(grammar.tag.size()));
    if (!at.literal(" ")) return Corrupt{"tag without a space after it"};
    return grammar.parse(at);
  }
  return ConsoleText{};
}

}  // namespace harness
